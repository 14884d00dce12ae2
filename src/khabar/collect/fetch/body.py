"""Bodies, unpacked as they come in, so that what is too large is never held."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from importlib.util import find_spec
from typing import Any, Protocol

from khabar.collect.fetch.answers import FetchRefused
from khabar.collect.fetch.limits import MAX_ASIDE, RATIO_FROM, Limits

PIECE = 64 * 1024
_TRAILING = b"\x00"
_MAX_MEMBERS = 1_000  # of a gzip stream; parallel packers make one for every 64 to 128 KiB, a body of empty ones costs time alone


@dataclass(frozen=True, slots=True)
class Body:
    """A body as sent and unpacked; `complete` says whether all of it was read."""

    packed: bytes
    unpacked: bytes
    complete: bool = True


class Reads(Protocol):
    """A response, as urllib3 gives it."""

    def read(self, amt: int, *, decode_content: bool) -> bytes: ...


def _brotli() -> Any:
    """The decompressor of brotli where a version is installed that can be told when to stop, else None."""
    if find_spec("brotli") is None:
        return None
    import brotli

    return brotli.Decompressor if hasattr(brotli.Decompressor, "can_accept_more_data") else None


def accepted_encodings() -> str:
    """What Accept-Encoding says."""
    return "gzip, deflate, br" if _brotli() else "gzip, deflate"


class _Identity:
    finished = True

    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece


class Zlib:
    """gzip, of one or more members, and deflate with or without its zlib header. `body` is that of an answer: zeros
    behind the last member are passed over, and there may be _MAX_MEMBERS members."""

    def __init__(self, *, gzip: bool, body: bool = True) -> None:
        self._gzip, self._begun, self._padding = gzip, False, _TRAILING if body else b""
        self._members, self._limit = 0, _MAX_MEMBERS if body else None
        self._stream = zlib.decompressobj(31 if gzip else 15)

    @property
    def finished(self) -> bool:
        return self._stream.eof

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if not self._begun and not self._gzip and (piece[0] & 15) != 8:
            self._stream = zlib.decompressobj(-15)
        self._begun = True
        while piece:
            if self._stream.eof:
                if not self._gzip or not piece.lstrip(self._padding):
                    return
                self._next_member()
            yield self._stream.decompress(piece, PIECE)
            while not self._stream.eof and (out := self._stream.decompress(self._stream.unconsumed_tail, PIECE)):
                yield out
            piece = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _next_member(self) -> None:
        self._members += 1
        if self._limit and self._members > self._limit:
            raise zlib.error(f"more than {self._limit:,} gzip members")
        self._stream = zlib.decompressobj(31)


class _Brotli:
    def __init__(self, decompressor: Any) -> None:
        self._stream = decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, piece: bytes) -> Iterator[bytes]:
        out = self._stream.process(piece, output_buffer_limit=PIECE)
        while out:
            yield out
            out = b"" if self._stream.is_finished() else self._stream.process(b"", output_buffer_limit=PIECE)


_Unpacker = _Identity | Zlib | _Brotli


def _unpacker(encoding: str, url: str) -> _Unpacker:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Identity()
    if name in ("gzip", "x-gzip", "deflate"):
        return Zlib(gzip=name != "deflate")
    if name == "br" and (decompressor := _brotli()):
        return _Brotli(decompressor)
    raise FetchRefused("encoding", url, f"Content-Encoding {encoding[:40]!r} was not asked for; expected {accepted_encodings()} or none")


def read_body(response: Reads, encoding: str, url: str, limits: Limits, *, cut: bool = False) -> Body:
    """The body of an answer; with `cut` only its beginning where it is too large. Raises FetchRefused (`encoding`, `truncated`, `bomb`,
    `too_large`) and what urllib3 raises."""
    unpacker = _unpacker(encoding, url)
    packed: list[bytes] = []
    parts: list[bytes] = []
    try:
        _read_all(response, unpacker, packed, parts, _Sizes(url, limits))
    except _unpack_errors() as error:
        raise FetchRefused("encoding", url, f"not the {encoding} it says it is ({error})") from error
    except FetchRefused as refused:
        if not cut or refused.reason != "too_large":
            raise
        return Body(b"".join(packed), b"".join(parts)[: limits.max_bytes], complete=False)
    if packed and not unpacker.finished:
        raise FetchRefused("truncated", url, f"its {encoding} stream ends before its end", passing=True)
    whole = b"".join(packed)
    return Body(whole, whole if isinstance(unpacker, _Identity) else b"".join(parts))


def read_aside(response: Reads) -> Body:
    """The body of a redirect or an error as far as it is worth reading; what goes wrong only makes it incomplete."""
    from urllib3.exceptions import HTTPError

    packed: list[bytes] = []
    came = 0
    try:
        while came < MAX_ASIDE and (piece := response.read(PIECE, decode_content=False)):
            packed.append(piece)
            came += len(piece)
    except (HTTPError, OSError, HTTPException):
        came = MAX_ASIDE
    return Body(b"".join(packed), b"", complete=came < MAX_ASIDE)


@dataclass(slots=True)
class _Sizes:
    """The bytes that came and what they unpacked to, held against the limits."""

    url: str
    limits: Limits
    came: int = 0
    size: int = 0

    def add(self, came: int = 0, size: int = 0) -> None:
        self.came += came
        self.size += size
        if self.size > RATIO_FROM and self.size > self.limits.ratio * self.came:
            raise FetchRefused("bomb", self.url, f"unpacks to more than {self.limits.ratio} times its size; the rest was not read")
        if max(self.came, self.size) > self.limits.max_bytes:
            raise FetchRefused("too_large", self.url, f"more than {self.limits.max_bytes:,} bytes; the rest was not read")


def _read_all(response: Reads, unpacker: _Unpacker, packed: list[bytes], parts: list[bytes], sizes: _Sizes) -> None:
    while piece := response.read(PIECE, decode_content=False):
        packed.append(piece)
        sizes.add(came=len(piece))
        for part in unpacker.feed(piece):
            parts.append(part)
            sizes.add(size=len(part))


def _unpack_errors() -> tuple[type[Exception], ...]:
    if _brotli() is None:
        return (zlib.error,)
    import brotli

    error: type[Exception] = brotli.error
    return zlib.error, error
