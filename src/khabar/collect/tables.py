"""Tables with an article a row: CSV, TSV and Parquet, read a row or a batch at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from khabar.collect.columns import Columns, missing, places
from khabar.collect.decode import decode
from khabar.collect.items import Hints, Raw, digest_of, unread, unreadable
from khabar.collect.limits import MAX_BYTES
from khabar.collect.ranges import WHOLE, Start
from khabar.collect.rows import row
from khabar.collect.unpack import BAD_STREAM, CUT_SHORT, Packed
from khabar.model import InputRejected, canonical_json

CSV, PARQUET = "text/csv", "application/vnd.apache.parquet"
_SAMPLE = 2**16  # bytes looked at for encoding and delimiter
_BATCH = 16  # rows of Parquet held at once
_DELIMITERS = ",;\t|"
MAX_COLUMNS = 1_000
MAX_BATCH = 2 * MAX_BYTES  # bytes of the rows held at once


class _Limited(io.RawIOBase):
    """A stream with a look at its beginning, whose lines cannot grow past MAX_BYTES unseen: csv reads one whole line at a time."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._line = stream, 0
        self.head = b""
        while len(self.head) < _SAMPLE and (piece := stream.read1(_SAMPLE)):
            self.head += piece
        self._rest = self.head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._rest[: len(buffer)] or self._stream.read1(len(buffer))
        self._rest = self._rest[len(buffer) :]
        end = data.rfind(b"\n")
        self._line = len(data) - end - 1 if end >= 0 else self._line + len(data)
        if self._line > MAX_BYTES:
            raise InputRejected(f"a line of more than {MAX_BYTES:,} bytes; the rest was not read")
        buffer[: len(data)] = data
        return len(data)


def read_csv(
    stream: BinaryIO, name: str, place: str, hints: Hints, columns: Columns, *, tabs: bool = False, packed: bool = False, start: Start = WHOLE
) -> Iterator[Raw]:
    """An input for every row of a table whose first row names its columns, from `start` on. Rows are numbered from 1 after the names."""
    number = 0

    def failed(reason: str, at: int) -> Raw:
        return unread(f"{place}#{at}", unreadable(f"{name}:{at}: {reason}", line=at), CSV)

    try:
        lines = _Limited(Packed(stream) if packed else stream)
        rows = csv.reader(io.TextIOWrapper(io.BufferedReader(lines), _encoding(lines.head), "replace", newline=""), **_dialect(lines.head, tabs=tabs))
        csv.field_size_limit(MAX_BYTES)
        heads = [head.strip() for head in next(rows, [])]
        if fault := _heads_fault(heads, columns):
            yield failed(fault, 0)
            return
        for cells in rows:
            if any(cell.strip() for cell in cells):
                number += 1
                if number >= start.first:
                    yield _csv_row(heads, cells, name, place, number, columns, hints)
    except (InputRejected, csv.Error) as reason:
        yield failed(f"{reason}" if isinstance(reason, InputRejected) else f"no table from here ({reason}); the rest was not read", number + 1)
    except BAD_STREAM as error:
        yield failed(f"{CUT_SHORT if packed else 'cannot be read'} ({error}); the rest was not read", number + 1)


def _heads_fault(heads: list[str], columns: Columns) -> str | None:
    if not any(heads):
        return "empty; expected a first row with the names of the columns"
    if len(heads) > MAX_COLUMNS:
        return f"{len(heads):,} columns; at most {MAX_COLUMNS:,} are read"
    return missing(columns, heads)


def _csv_row(heads: list[str], cells: list[str], name: str, place: str, number: int, columns: Columns, hints: Hints) -> Raw:
    where = f"{name}:{number}: "
    digest = digest_of(canonical_json(cells).encode("utf-8", "surrogatepass"))
    if len(cells) > len(heads) and any(c.strip() for c in cells[len(heads) :]):
        fault = f"{len(cells)} cells under {len(heads)} names; quote cells that hold the separator"
        return unread(f"{place}#{number}", unreadable(where + fault, line=number), CSV, digest)
    fields: dict[str, str | None] = {}
    for head, cell in zip(heads, cells, strict=False):
        fields.setdefault(head, cell if cell.strip() else None)
    return row(fields | dict.fromkeys(heads[len(cells) :]), digest, f"{place}#{number}", where, number, columns, hints, CSV)


def _encoding(head: bytes) -> str:
    """The encoding of a table, told from its beginning."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = decode(head)
        names = ("cp1256", "iso8859_6", "cp720", "utf-16-le", "utf-16-be")
        return next((name for name in names if head.decode(name, "replace") == text), "utf-8")
    decode(head)  # tells binary data
    return "utf-8"


def _dialect(head: bytes, *, tabs: bool) -> dict[str, Any]:
    """The separator that stands most often in the first line."""
    first = head.decode(_encoding(head), "replace").partition("\n")[0]
    return {"delimiter": "\t" if tabs else max(_DELIMITERS, key=first.count), "strict": False}


def read_parquet(stream: BinaryIO, name: str, place: str, hints: Hints, columns: Columns, *, start: Start = WHOLE) -> Iterator[Raw]:
    """An input for every row of a Parquet file from `start` on; without pyarrow, the record that says how to install it."""
    number = 0

    def failed(reason: str, at: int) -> Raw:
        return unread(f"{place}#{at}", unreadable(f"{name}:{at}: {reason}", line=at), PARQUET)

    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        yield failed("Parquet needs the package pyarrow, which is not installed; install it with: pip install 'khabar[parquet]'", 0)
        return
    try:
        table = parquet.ParquetFile(stream, memory_map=False, pre_buffer=False, buffer_size=_SAMPLE)
        heads = list(table.schema_arrow.names)
        if fault := _heads_fault(heads, columns):
            yield failed(fault, 0)
            return
        groups, number = _groups_from(table.metadata, start.first)
        wanted = [head for head in places(columns, heads).values() if head]
        for batch in table.iter_batches(batch_size=_BATCH, row_groups=groups, columns=wanted, use_threads=False):
            if batch.nbytes > MAX_BATCH:
                yield failed(f"{batch.num_rows} rows of {batch.nbytes:,} bytes; the rest was not read", number + 1)
                return
            for fields in batch.to_pylist():
                number += 1
                if number >= start.first:
                    yield _parquet_row(fields, name, place, number, columns, hints)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        yield failed(f"Parquet file damaged ({str(error)[:200]}); the rest was not read", number + 1)


def _groups_from(metadata: Any, first: int) -> tuple[list[int], int]:
    """The row groups that hold rows from number `first` on, and how many rows stand before them."""
    before, number = 0, 0
    while number < metadata.num_row_groups and before + metadata.row_group(number).num_rows < first:
        before += metadata.row_group(number).num_rows
        number += 1
    return list(range(number, metadata.num_row_groups)), before


def _parquet_row(fields: dict[str, Any], name: str, place: str, number: int, columns: Columns, hints: Hints) -> Raw:
    digest = digest_of(canonical_json({k: _plain(v) for k, v in fields.items()}).encode("utf-8", "surrogatepass"))
    return row(fields, digest, f"{place}#{number}", f"{name}:{number}: ", number, columns, hints, PARQUET)


def _plain(value: Any) -> Any:
    """A cell's value as JSON can hold it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | None) else str(value)
