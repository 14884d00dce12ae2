"""What was fetched, kept as it came: WARC 1.1, one gzip member a record, only ever added to."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import threading
import zlib
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from khabar.collect.fetch.body import Zlib
from khabar.collect.fetch.exchange import Exchange
from khabar.model import InvalidValue, KhabarError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord, WarcRecordType

SUFFIX = ".warc.gz"
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_PIECE = 2**20


class ArchiveFault(KhabarError):
    """An archive that cannot be added to; `str()` says why and what to do."""


class Archive:
    """A WARC file. Every answer becomes a response and a request record, written in one go and flushed; an answer "not modified" a revisit.

    Bodies are kept as sent (packed if the server packed them), the chunks of a chunked one joined and its Transfer-Encoding header renamed.
    Dates are UTC. Bodies that were refused (too large, of another type) are not kept. May be used from several threads, not by several
    processes at a time. Raises InvalidValue for a name that is none of a packed WARC, ArchiveFault where the file cannot be added to."""

    def __init__(self, path: str | os.PathLike[str], *, software: str = "khabar") -> None:
        self.path = os.fspath(path)
        if not self.path.endswith(SUFFIX):
            raise InvalidValue(f"{self.path}: expected a name that ends in {SUFFIX}")
        self._lock = threading.Lock()
        try:
            _check_whole(self.path)
            self._file: BinaryIO = open(self.path, "ab", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise ArchiveFault(f"{self.path}: cannot be written: {error.strerror or error}") from error
        self._info = self._start(software)

    def _start(self, software: str) -> str:
        fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        record = _record("warcinfo", datetime.now(UTC), "application/warc-fields", fields.encode())
        record.headers["WARC-Filename"] = os.path.basename(self.path)
        self._write(_member(record))
        return record.record_id or ""

    def add(self, found: Exchange) -> None:
        """Keep an answer and its request. Raises ArchiveFault; the file then ends where it did before."""
        answer = _answer_record(found)
        asked = _record("request", found.at, "application/http; msgtype=request", found.request)
        asked.headers["WARC-Concurrent-To"] = answer.record_id or ""
        for record in (answer, asked):
            record.headers["WARC-Target-URI"] = str(found.url)
            record.headers["WARC-IP-Address"] = found.address
            record.headers["WARC-Warcinfo-ID"] = self._info
        self._write(_member(answer) + _member(asked))

    def _write(self, data: bytes) -> None:
        with self._lock:
            before = self._file.seek(0, os.SEEK_END)
            try:
                view = memoryview(data)
                while view:
                    view = view[self._file.write(view) :]
            except OSError as error:
                self._file.truncate(before)
                raise ArchiveFault(f"{self.path}: cannot be written: {error.strerror or error}") from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _answer_record(found: Exchange) -> WarcRecord:
    not_modified = found.status == 304
    payload = b"" if not_modified else found.body.packed
    block = _head(found) + payload
    record = _record("revisit" if not_modified else "response", found.at, "application/http; msgtype=response", block)
    if not_modified:
        record.headers["WARC-Profile"] = _PROFILE
    else:
        record.headers["WARC-Payload-Digest"] = _digest(payload)
    if not found.body.complete:
        record.headers["WARC-Truncated"] = "length"
    return record


def _head(found: Exchange) -> bytes:
    lines = [f"HTTP/1.1 {found.status} {found.phrase}".rstrip()]
    for name, value in found.headers:
        kept = f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name
        lines.append(f"{kept}: {' '.join(value.splitlines())}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _record(kind: str, at: datetime, content_type: str, block: bytes) -> WarcRecord:
    from fastwarc.warc import WarcRecord, WarcRecordType

    types: dict[str, WarcRecordType] = {
        "warcinfo": WarcRecordType.warcinfo, "request": WarcRecordType.request, "response": WarcRecordType.response, "revisit": WarcRecordType.revisit,
    }  # fmt: skip
    record = WarcRecord()
    record.init_headers(types[kind])
    record.headers["WARC-Date"] = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record.headers["Content-Type"] = content_type
    record.headers["WARC-Block-Digest"] = _digest(block)
    record.set_bytes_content(block)
    return record


def _member(record: WarcRecord) -> bytes:
    out = io.BytesIO()
    record.write(out)
    return gzip.compress(out.getvalue(), compresslevel=6, mtime=0)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _check_whole(path: str) -> None:
    """Raise ArchiveFault where a file is no gzip, or ends inside a member: what is added behind that could not be read back."""
    if not os.path.exists(path):
        return
    stream = Zlib(gzip=True, body=False)
    with open(path, "rb") as file:
        try:
            while piece := file.read(_PIECE):
                for _ in stream.feed(piece):
                    pass
        except zlib.error as error:
            raise ArchiveFault(f"{path}: no packed WARC, or damaged ({error}); keep it, and name another file") from error
    if not stream.finished and os.path.getsize(path):
        raise ArchiveFault(f"{path}: ends inside a record, as after a crash; keep it, and name another file to go on with")
