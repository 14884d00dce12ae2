"""WARC files, plain and gzip: the pages of their records, with reasons for damaged ones and a search for the next record after them."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from khabar.collect.html import looks_like_html
from khabar.collect.http import MAX_HEAD, Response, read_response
from khabar.collect.items import Hints, Piece, Raw, digest_of, unread, unreadable
from khabar.collect.limits import MAX_BYTES, MAX_RATIO, MAX_UNPACKED
from khabar.collect.page import page_piece, text_piece
from khabar.collect.ranges import WHOLE, Start
from khabar.collect.unpack import GZIP
from khabar.model import InputRejected

MEDIA = "application/warc"
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")
MAX_BLOCK = MAX_BYTES + MAX_HEAD
MAX_FAULTS = 1_000  # damaged places of a file after which the rest is not read
_READ = ("response", "resource", "conversion")
_BEGIN = re.compile(rb"WARC/1\.[01]\r?\n")
_SWALLOWED = re.compile(rb"WARC/1\.[01]\r\nWARC-")
_MEMBER = b"\x1f\x8b\x08"
_PIECE = 2**16
_STEP = 2**20
_DAMAGE = (OSError, EOFError, ValueError, zlib.error)


class _Plain:
    """A WARC read from an offset, for fastwarc, which asks for `read` and `tell` and panics where `tell` fails. `raw` tells the file's offset of a
    position read."""

    def __init__(self, stream: BinaryIO, at: int) -> None:
        if at:
            stream.seek(at)
        self._stream, self._at = stream, at
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size > 0 else _PIECE)
        self._given += len(data)
        return data

    def tell(self) -> int:
        return self._given

    def raw(self, position: int) -> int:
        return self._at + position

    def begins(self, position: int) -> bool:
        """Whether reading may begin at a position, which `raw` was asked about last."""
        return True

    def reached(self) -> int:
        """The file's offset of the last place read from which reading may begin."""
        return self._at


class _Members(_Plain):
    """A gzip WARC unpacked as it is read. fastwarc unpacks too, but takes 17 s for a member of a gigabyte of line ends, which packs to one megabyte;
    this stops there."""

    def __init__(self, stream: BinaryIO, at: int) -> None:
        super().__init__(stream, at)
        self._starts: deque[tuple[int, int]] = deque([(0, at)])
        self._rest, self._read = b"", 0
        self._before = (0, 0)
        self._unpacker: Any = zlib.decompressobj(31)
        self._fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        limit = size if size > 0 else _PIECE
        while self._fault is None:
            try:
                data = self._step(limit)
            except (EOFError, zlib.error) as error:
                self._fault = OSError(f"gzip member cut short or damaged: {error}")
                break
            if data is None:
                return b""
            if data:
                return self._counted(data)
        raise self._fault

    def _step(self, limit: int) -> bytes | None:
        """Some unpacked bytes, none yet, or None at the end."""
        if self._unpacker.eof:
            self._rest = self._unpacker.unused_data.lstrip(b"\x00")
            if not self._rest:
                self._fill()
            if not self._rest:
                return None
            self._starts.append((self._given, self._at + self._read - len(self._rest)))
            self._before = (self._given, self._read - len(self._rest))
            self._unpacker = zlib.decompressobj(31)
        elif not self._rest:
            self._fill()
            if not self._rest and not self._unpacker.unconsumed_tail:
                raise EOFError("the file ends within it")
        data: bytes = self._unpacker.decompress(self._rest, limit)
        self._rest = self._unpacker.unconsumed_tail
        return data

    def _fill(self) -> None:
        self._rest = self._stream.read(_PIECE)
        self._read += len(self._rest)

    def _counted(self, data: bytes) -> bytes:
        self._given += len(data)
        given, read = self._given - self._before[0], self._read - self._before[1]
        if given > MAX_UNPACKED and given > MAX_RATIO * read:
            raise InputRejected(f"a gzip member unpacks to more than {MAX_RATIO} times its size: a decompression bomb; the rest of it was not read")
        return data

    def raw(self, position: int) -> int:
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            self._starts.popleft()
        return self._starts[0][1]

    def begins(self, position: int) -> bool:
        return self._starts[0][0] == position

    def reached(self) -> int:
        return self._starts[-1][1]


def read_warc(stream: BinaryIO, name: str, place: str, hints: Hints, *, start: Start = WHOLE) -> Iterator[Raw]:
    """An input for every page of a WARC from `start` on: responses with status 200 and HTML or text, resources and conversions of these types. Records are
    numbered from 1, of whatever type; `name` is the file's in reasons, `place` begins the keys of records without address."""
    yield from _Archive(stream, name, place, hints, start).items()


def warc_starts(stream: BinaryIO, every: int) -> Iterator[Start]:
    """Where reading may begin anew after every so many pages."""
    archive = _Archive(stream, "", "", Hints())
    for pages, raw in enumerate(archive.items()):
        if pages and pages % every == 0:
            yield Start(raw.line or 1, *archive.clean)


class _Archive:
    """The reading of one file: how many records were seen, and how many damaged places."""

    def __init__(self, stream: BinaryIO, name: str, place: str, hints: Hints, start: Start = WHOLE) -> None:
        self._stream, self._name, self._place, self._hints = stream, name, place, hints
        self._packed = stream.peek(2).startswith(GZIP)  # type: ignore[attr-defined]
        self._seekable = stream.seekable()
        self._number, self._faults, self._vain = start.number - 1, 0, 0
        self._start = start
        self.clean = (start.offset, start.number)
        """The last offset at which a record was found that can be read without what stands before it, and its number."""

    def items(self) -> Iterator[Raw]:
        at: int | None = self._start.offset
        while at is not None:
            at = yield from self._from(at)

    def _from(self, at: int) -> Generator[Raw, None, int | None]:
        """The items from a place on; returns the next place to begin at, after damage."""
        from fastwarc.warc import ArchiveIterator

        source, last, seen = (_Members if self._packed else _Plain)(self._stream, at), at, 0
        try:
            for record in ArchiveIterator(cast(BinaryIO, source), parse_http=False, stream_detect=False, max_header_len=MAX_HEAD):
                self._number, seen, last = self._number + 1, seen + 1, source.raw(record.stream_pos)
                if source.begins(record.stream_pos):
                    self.clean = (last, self._number)
                block = _block(record)
                if block is not None and (raw := self._item(record, block)):
                    yield raw
                elif record.content_length > MAX_BLOCK:
                    return self._after(last)
        except InputRejected as reason:
            yield self._fault(str(reason))
            return (yield from self._go_on(max(last, source.reached())))
        except _Damaged as fault:
            yield self._fault(str(fault), own=True)
            return (yield from self._go_on(last))
        except _DAMAGE as error:
            if at == 0 or seen:
                yield self._fault(f"damaged ({error})")
            return (yield from self._go_on(last))
        return (yield from self._end(source, last, seen == 0))

    def _end(self, source: _Plain, last: int, none: bool) -> Generator[Raw, None, int | None]:
        """What fastwarc passes over at the end of a file without a word: a header without its end."""
        rest = self._after(last) if self._seekable and not none else None
        if rest is not None or (none and self._number == 0 and source.tell()):
            yield self._fault("no record, or a header cut short")
        return rest

    def _fault(self, reason: str, own: bool = False) -> Raw:
        """The reason of a damaged record: the last one seen where it is its `own`, else the one after it."""
        self._faults += 1
        self._number += not own
        line = max(1, self._number)
        return unread(f"{self._place}#{line}", unreadable(f"{self._name}: record {line}: {reason}", line=line), MEDIA)

    def _go_on(self, last: int) -> Generator[Raw, None, int | None]:
        self._vain += 1
        if self._vain > MAX_FAULTS:
            yield self._fault(f"more than {MAX_FAULTS:,} damaged places; the rest was not read")
            return None
        return self._after(last)

    def _after(self, last: int) -> int | None:
        """Where the next record begins after an offset of the file."""
        if not self._seekable:
            return None
        self._stream.seek(last + 1)
        at, window = last + 1, self._stream.read(_STEP)
        while window:
            for start in _begins(window, self._packed):
                return at + start
            kept = window[-32:]
            at, window = at + len(window) - len(kept), kept + self._stream.read(_STEP)
            if len(window) == len(kept):
                return None
        return None

    def _item(self, record: Any, block: bytes) -> Raw | None:
        """The input that a record is, None where it is no page."""
        response = _response(record, block)
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
        if response is None or response.status != 200 or response.media_type not in PAGES or url.endswith("/robots.txt"):
            return None
        number, key = self._number, url or f"{self._place}#{self._number}"
        digest, fetched = digest_of(response.body), _moment(record)

        def make() -> Piece:
            return _piece(response, key, digest, url or None, fetched, self._hints)

        packed = "content-encoding" in response.headers or "chunked" in response.headers.get("transfer-encoding", "").lower()
        return Raw(key, digest, make, response.media_type or MEDIA, key, number, b"" if packed else response.body)


def _begins(window: bytes, packed: bool) -> Iterator[int]:
    """Where records begin in a stretch of the file."""
    if not packed:
        yield from (m.start() for m in _BEGIN.finditer(window))
        return
    at = window.find(_MEMBER)
    while at >= 0:
        try:
            if zlib.decompressobj(31).decompress(window[at : at + 4_096], 16).startswith(b"WARC/"):
                yield at
        except zlib.error:
            pass
        at = window.find(_MEMBER, at + 1)


class _Damaged(Exception):
    """A record whose block is not what its header says."""


def _block(record: Any) -> bytes | None:
    """A record's content, None of one whose type or size is of no interest. _Damaged where it is cut short, reaches into the next record or is a page too
    large."""
    if str(record.record_type) not in _READ:
        return None
    length = record.content_length
    if not (stated := record.headers.get("Content-Length") or "").strip().isdigit():
        raise _Damaged(f"header cut short or wrong: Content-Length {stated[:40]!r}; expected a number")
    block = _content(record, min(length, MAX_BLOCK + 1))
    if found := _SWALLOWED.search(block):
        raise _Damaged(f"Content-Length {length:,} reaches into the next record, {found.start():,} bytes on")
    if length > MAX_BLOCK:
        response = _response(record, block)
        if response is None or response.media_type not in PAGES:
            return None
        raise _Damaged(f"too large: {length:,} bytes; at most {MAX_BYTES:,} are read")
    if len(block) < length:
        raise _Damaged(f"cut short: {len(block):,} of {length:,} bytes")
    return block


def _content(record: Any, size: int) -> bytes:
    """At most `size` bytes of a record's content; _Damaged where they cannot be unpacked."""
    block = bytearray()
    try:
        while len(block) < size and (piece := record.reader.read(size - len(block))):
            block += piece
    except _DAMAGE as error:
        raise _Damaged(f"damaged ({error})") from None
    return bytes(block)


def _response(record: Any, block: bytes) -> Response | None:
    """The response in a record; of a record without HTTP, its content as one with the record's media type."""
    if str(record.record_type) == "response":
        return read_response(block)
    return Response(200, {"content-type": record.headers.get("Content-Type") or ""}, block)


def _moment(record: Any) -> datetime | None:
    moment: datetime | None = record.record_date
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _piece(response: Response, key: str, digest: str, url: str | None, fetched: datetime | None, hints: Hints) -> Piece:
    content = response.content()
    if response.media_type == "text/plain" or (not response.media_type and not looks_like_html(content)):
        return text_piece(content, key, digest, key, url, hints, charset=response.charset, fetched=fetched)
    return page_piece(content, key, digest, key, url, hints, charset=response.charset, fetched=fetched)
