"""JSONL: one article a line, plain or compressed, read a line at a time."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, Protocol

from khabar.collect.decode import decode
from khabar.collect.items import Hints, Item, unreadable
from khabar.collect.limits import MAX_BYTES, MAX_RATIO, MAX_UNPACKED
from khabar.model import Document, InputRejected, InvalidValue, Outcome, Record, parse_day

GZIP = b"\x1f\x8b"
_PIECE = 2**20
_BAD_STREAM = (EOFError, OSError, zlib.error)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        self.count += len(data)
        return data


class _Packed:
    """A gzip stream that stops where it unpacks to more than any text does."""

    def __init__(self, packed: BinaryIO) -> None:
        self._counted = _Counted(packed)
        self._stream = gzip.GzipFile(fileobj=self._counted, mode="rb")
        self._unpacked = 0

    def read1(self, size: int) -> bytes:
        piece = self._stream.read1(size)
        self._unpacked += len(piece)
        if self._unpacked > MAX_UNPACKED and self._unpacked > MAX_RATIO * self._counted.count:
            raise InputRejected(f"unpacks to more than {MAX_RATIO} times its size: a decompression bomb; the rest was not read")
        return piece


def read_jsonl(stream: BinaryIO, name: str, hints: Hints, *, packed: bool = False) -> Iterator[Item]:
    """An item for every line that is not blank. `name` is the file's in reasons; what the lines do not state is taken from `hints`."""
    number = 0
    try:
        for number, line in numbered_lines(_Packed(stream) if packed else stream):  # type: ignore[arg-type]
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield unreadable(f"{name}:1: UTF-16; expected JSONL in UTF-8", line=1)
                return
            yield parse_line(line, name, number, hints)
    except InputRejected as reason:
        yield unreadable(f"{name}:{number + 1}: {reason}", line=number + 1)
    except _BAD_STREAM as error:
        what = "gzip file cut short or damaged" if packed else "cannot be read"
        yield unreadable(f"{name}:{number + 1}: {what} ({error}); the rest was not read", line=number + 1)


class Pieces(Protocol):
    """A stream that gives what it has, at most `size` bytes."""

    def read1(self, size: int, /) -> bytes: ...


def numbered_lines(stream: Pieces) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1. Of a line longer than MAX_BYTES the beginning is given, over the limit."""
    number, rest = 1, b""
    while piece := stream.read1(_PIECE):
        if not rest and piece.isspace():
            number += piece.count(b"\n")
            continue
        *whole, rest = (rest + piece).split(b"\n")
        rest = rest[: MAX_BYTES + 1]
        for number, line in enumerate(whole, number):  # noqa: B020
            if line and not line.isspace():
                yield number, line
        number += bool(whole)
    if rest.strip():
        yield number, rest


def parse_line(line: bytes, name: str, number: int, hints: Hints) -> Item:
    """The article of a line, or the record that says why it is none."""
    where = f"{name}:{number}: "
    if len(line) > MAX_BYTES:
        return unreadable(f"{where}a line of more than {MAX_BYTES:,} bytes", line=number)
    try:
        fields = json.loads(decode(line))
    except (ValueError, RecursionError, InputRejected) as error:
        return unreadable(f"{where}not JSON: {error}", line=number)
    if not isinstance(fields, dict):
        return unreadable(f"{where}{type(fields).__name__} {str(fields)[:40]!r}; expected an object with `text`", line=number)
    return article(fields, where, number, hints)


def article(fields: dict[str, Any], where: str, number: int, hints: Hints) -> Item:
    """The article that a line's object describes."""
    text = fields.get("text")
    if not isinstance(text, str):
        seen = "no `text`" if text is None else f"`text` {str(text)[:40]!r}"
        return unreadable(f"{where}{seen}; expected the article's text" + (f" (id {fields['id']!r})" if fields.get("id") else ""), line=number)
    document_id = fields.get("id")
    if document_id is not None and (not isinstance(document_id, str | int) or isinstance(document_id, bool)):
        return unreadable(f"{where}`id` {str(document_id)[:40]!r}; expected text", line=number)
    try:
        outlet, url, title = (_text(fields, key) for key in ("outlet", "url", "title"))
        published = _day(fields)
    except InvalidValue as fault:
        broken = Document(text, str(document_id or ""))
        return Record(broken.id, None, None, broken.text, Outcome("failed", f"{where}{fault}"), line=number)
    return Document(with_title(text, title), "" if document_id is None else str(document_id), published or hints.published, outlet or hints.outlet, url)


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidValue(f"`{key}` {str(value)[:40]!r}; expected text")
    return value or None


def _day(fields: dict[str, Any]) -> date | None:
    stated = fields.get("published")
    if stated is None or stated == "":
        return None
    if not isinstance(stated, str):
        raise InvalidValue(f"`published` {str(stated)[:40]!r}; expected a day such as '2020-01-10'")
    return parse_day(stated)


def with_title(text: str, title: str | None) -> str:
    """The article's text with its title as first line, unless the text begins with it."""
    line = " ".join((title or "").split())
    if not line or " ".join(text[: 4 * len(line) + 100].split()).startswith(line):
        return text
    return f"{line}\n{text}"
