"""From bytes to text: byte-order marks, encodings declared rightly, wrongly or not at all, and bytes that are no text."""

from __future__ import annotations

import codecs
import re

from khabar.collect.language import COMMON_SHARE, common_share
from khabar.model import InputRejected

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_FORMATS = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP or Office document"), (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"),
    (b"\x1f\x8b", "gzip"), (b"\x7fELF", "program"), (b"\xd0\xcf\x11\xe0", "old Office document"), (b"BZh", "bzip2"), (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"), (b"SQLite format 3", "SQLite"), (b"{\\rtf", "RTF document"),
)  # fmt: skip
ARABIC_ENCODINGS = ("cp1256", "iso8859_6", "cp720")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SAMPLE = 20_000  # bytes looked at to tell encodings apart
_MAX_CONTROL = 0.05  # share of control characters above which a text is taken for binary data
_MAX_BROKEN = 0.05  # share of undecodable among non-ASCII characters up to which text is damaged UTF-8


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of an article's bytes: its byte-order mark dropped, everything else kept. `declared` is an encoding the source names,
    believed only where the bytes bear it out. Bytes that are no text raise InputRejected."""
    for magic, name in _FORMATS:
        if data.startswith(magic):
            raise InputRejected(f"binary ({name}); expected text")
    text = without_surrogates(_decode(data, declared))
    if len(_CONTROL.findall(text[:_SAMPLE])) > _MAX_CONTROL * len(text[:_SAMPLE]):
        raise InputRejected("binary; expected text")
    return text


def without_surrogates(text: str) -> str:
    """Lone surrogates, which no encoding can write, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _decode(data: bytes, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is the high byte of Arabic (06) or Latin (00)."""
    sample = data[:_SAMPLE]
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        low = sample[::2] if name == "utf-16-le" else sample[1::2]
        if len(high) > 1 and high.count(6) + high.count(0) > 0.9 * len(high) and low.count(0) < 0.1 * len(low):
            return name
    return None


def _not_utf8(data: bytes, declared: str | None) -> str:
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if broken <= _MAX_BROKEN * sum(not c.isascii() for c in damaged[: 4 * _SAMPLE]):
        return damaged
    candidates = [name for name in dict.fromkeys((_known(declared), *ARABIC_ENCODINGS)) if name]
    shares = [(common_share(data[:_SAMPLE].decode(name, "replace")), -i, name) for i, name in enumerate(candidates)]
    share, _, best = max(shares)
    if share >= COMMON_SHARE:
        return data.decode(best, "replace")
    return _guessed(data)


def _known(encoding: str | None) -> str | None:
    """Python's name of a declared text encoding, None for UTF-8 (already tried) and unknown ones."""
    try:
        b"61".decode(name := codecs.lookup((encoding or "").strip()).name, "replace")
    except (LookupError, ValueError):
        return None
    return None if name.startswith("utf-8") else name


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise InputRejected("binary or of unknown encoding; expected UTF-8 text")
    return data.decode(best.encoding, "replace")
