"""Rows as Parquet, and a hash of rows that does not depend on their order."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from typing import Any

from khabar.archives.folder import Folder, arrow
from khabar.archives.rows import Row
from khabar.archives.schema import arrow_schema
from khabar.model import canonical_json

_WORDS = 2**256
_BATCH = 2_000  # rows held as Python objects at once


def table_of(name: str, rows: list[Row]) -> Any:
    """A pyarrow table of rows."""
    return arrow().Table.from_pylist(rows, schema=arrow_schema(name))


def parquet_bytes(name: str, rows: list[Row]) -> bytes:
    """A Parquet file of a table."""
    return written(table_of(name, rows))


def batches_bytes(name: str, groups: Iterable[list[Row]]) -> bytes:
    """An Arrow file of a table, a record batch for each list of rows that holds any: read batch by batch, it costs a third of Parquet."""
    pa = arrow()
    from pyarrow import ipc

    out = io.BytesIO()
    with ipc.new_file(out, arrow_schema(name), options=ipc.IpcWriteOptions(compression="zstd")) as writer:
        for rows in groups:
            if rows:
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=arrow_schema(name)))
    return out.getvalue()


def written(table: Any) -> bytes:
    """A pyarrow table as a Parquet file."""
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", row_group_size=20_000)
    return out.getvalue()


def batch_in(folder: Folder, name: str, number: int) -> Any:
    """A record batch of an Arrow file."""
    arrow()
    from pyarrow import ipc

    with folder.open(name) as file:
        return ipc.open_file(file).get_batch(number)


def row_hash(row: Row) -> int:
    """The SHA-256 of a row's canonical JSON as a number."""
    return int.from_bytes(hashlib.sha256(canonical_json(row).encode("utf-8", "surrogatepass")).digest(), "big")


def rows_hash(rows: Iterable[Row], begin: int = 0) -> int:
    """The sum of the hashes of rows modulo 2^256, which is the same in whatever order and however divided they come."""
    return (begin + sum(map(row_hash, rows))) % _WORDS


def rows_in(file: Any, columns: list[str] | None = None) -> Iterator[Row]:
    """The rows of an open Parquet file, some at a time."""
    from pyarrow import parquet

    for batch in parquet.ParquetFile(file).iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
        yield from batch.to_pylist()
