"""JSONL: one article a line, plain or compressed, read a line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from khabar.collect.columns import Columns
from khabar.collect.decode import decode
from khabar.collect.items import Hints, Raw, digest_of, unread, unreadable
from khabar.collect.limits import MAX_BYTES
from khabar.collect.ranges import WHOLE, Start
from khabar.collect.rows import row
from khabar.collect.unpack import BAD_STREAM, CUT_SHORT, Packed
from khabar.model import InputRejected

MEDIA = "application/jsonl"
_PIECE = 2**20


class Pieces(Protocol):
    """A stream that gives what it has, at most `size` bytes."""

    def read1(self, size: int, /) -> bytes: ...


def read_jsonl(stream: BinaryIO, name: str, place: str, hints: Hints, columns: Columns, *, packed: bool = False, start: Start = WHOLE) -> Iterator[Raw]:
    """An input for every line that is not blank, from `start` on. `name` is the file's in reasons, `place` begins the keys of lines without URL and id;
    what the lines do not state is taken from `hints`."""
    number = start.number - 1
    if start.offset:
        stream.seek(start.offset)

    def failed(reason: str, line: int) -> Raw:
        return unread(f"{place}#{line}", unreadable(f"{name}:{line}: {reason}", line=line), MEDIA)

    try:
        for number, line in numbered_lines(Packed(stream) if packed else stream, start.number):  # type: ignore[arg-type]
            if number < start.first:
                continue
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield failed("UTF-16; expected JSONL in UTF-8", 1)
                return
            yield parse_line(line, name, number, place, hints, columns)
    except InputRejected as reason:
        yield failed(str(reason), number + 1)
    except BAD_STREAM as error:
        yield failed(f"{CUT_SHORT if packed else 'cannot be read'} ({error}); the rest was not read", number + 1)


def numbered_lines(stream: Pieces, number: int = 1) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from `number`. Of a line longer than MAX_BYTES the beginning is given, over the limit."""
    rest = b""
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


def parse_line(line: bytes, name: str, number: int, place: str, hints: Hints, columns: Columns) -> Raw:
    """The input that a line is; one that is no JSON object is known at once to hold no article."""
    where, key, digest = f"{name}:{number}: ", f"{place}#{number}", digest_of(line)

    def failed(reason: str) -> Raw:
        return unread(key, unreadable(where + reason, line=number), MEDIA, digest)

    if len(line) > MAX_BYTES:
        return failed(f"a line of more than {MAX_BYTES:,} bytes")
    try:
        fields = json.loads(decode(line))
    except (ValueError, RecursionError, InputRejected) as error:
        return failed(f"not JSON: {error}")
    if not isinstance(fields, dict):
        return failed(f"{type(fields).__name__} {str(fields)[:40]!r}; expected an object with `text`")
    return row(fields, digest, key, where, number, columns, hints, MEDIA)
