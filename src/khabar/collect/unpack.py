"""Compressed streams, read a piece at a time and stopped where they unpack to more than any text does."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO

from khabar.collect.limits import MAX_BYTES, MAX_RATIO, MAX_UNPACKED
from khabar.model import InputRejected

GZIP = b"\x1f\x8b"
BAD_STREAM = (EOFError, OSError, zlib.error)
CUT_SHORT = "gzip file cut short or damaged"
_PIECE = 2**16


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


class Packed(io.RawIOBase):
    """A gzip stream unpacked as it is read; one that unpacks to more than any text does raises InputRejected."""

    def __init__(self, packed: BinaryIO) -> None:
        self._counted = _Counted(packed)
        self._stream = gzip.GzipFile(fileobj=self._counted, mode="rb")
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def read1(self, size: int) -> bytes:
        piece = self._stream.read1(size)
        self._unpacked += len(piece)
        if self._unpacked > MAX_UNPACKED and self._unpacked > MAX_RATIO * self._counted.count:
            raise InputRejected(f"unpacks to more than {MAX_RATIO} times its size: a decompression bomb; the rest was not read")
        return piece

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self.read1(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def unpacked(data: bytes, limit: int = MAX_BYTES) -> bytes:
    """Bytes unpacked where they are gzip, else as they are. More than `limit` of them, and damaged ones, raise InputRejected."""
    if not data.startswith(GZIP):
        return data
    pieces, size = [], 0
    stream = Packed(io.BytesIO(data))
    try:
        while size <= limit and (piece := stream.read1(_PIECE)):
            pieces.append(piece)
            size += len(piece)
    except BAD_STREAM as error:
        raise InputRejected(f"{CUT_SHORT} ({error})") from None
    if size > limit:
        raise InputRejected(f"unpacks to more than {limit:,} bytes")
    return b"".join(pieces)
