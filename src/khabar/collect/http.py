"""The page inside an HTTP response as archives keep it: status, headers, and the body unpacked within limits."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from khabar.collect.limits import MAX_BYTES
from khabar.collect.unpack import GZIP, unpacked
from khabar.model import InputRejected

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
MAX_HEAD = 2**16  # bytes of a status line and headers


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response: header names in lower case, the body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        return charset_of(self.headers.get("content-type"))

    def content(self) -> bytes:
        """The body without transfer and content encodings. Archives often keep the headers of encodings they have undone: a body that is not so encoded
        is taken as it is. Bodies that unpack to more than MAX_BYTES raise InputRejected."""
        body = self.body
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            body = _dechunked(body)
        packing = self.headers.get("content-encoding", "").strip().lower()
        if body.startswith(GZIP):
            return unpacked(body)
        return _inflated(body) if packing == "deflate" else _unbrotlied(body) if packing == "br" else body


def charset_of(content_type: str | None) -> str | None:
    """The encoding that a Content-Type header names."""
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def read_response(block: bytes) -> Response | None:
    """The response that a block of bytes is, None where it is none."""
    status = _STATUS.match(block)
    end = _END.search(block, 0, MAX_HEAD)
    if not status or not end:
        return None
    headers: dict[str, str] = {}
    for line in block[: end.start()].decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Response(int(status[1]), headers, block[end.end() :])


def _dechunked(body: bytes) -> bytes:
    pieces, at = [], 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if size == 0 or at > len(body):
            break
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(pieces) if pieces else body


def _inflated(body: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _limited(zlib.decompressobj(bits).decompress(body, MAX_BYTES + 1))
        except zlib.error:
            continue
    return body


def _unbrotlied(body: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader

    reader, pieces, size = BrotliReader(io.BytesIO(body)), [], 0
    try:
        while size <= MAX_BYTES and (piece := reader.read(2**16)):
            pieces.append(piece)
            size += len(piece)
    except OSError:
        return body
    return _limited(b"".join(pieces))


def _limited(body: bytes) -> bytes:
    if len(body) > MAX_BYTES:
        raise InputRejected(f"unpacks to more than {MAX_BYTES:,} bytes")
    return body
