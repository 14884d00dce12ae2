"""Parquet: a folder with a file for every table, or one file of events."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any

from khabar.export.dictionary import VIEWS, Field, dictionary
from khabar.export.events import MissingExtra
from khabar.export.job import Job, whole_file
from khabar.export.jsonlines import check_head
from khabar.export.tables import rows
from khabar.model import InvalidValue
from khabar.store.dump import TABLES

GROUP = 5_000  # rows written at once
META = b"khabar"


def write_parquet(job: Job) -> None:
    """With `full` and no filter the whole store."""
    if job.target.single and job.whole:
        raise InvalidValue("a whole store as Parquet is a folder of files: name one with -o FOLDER")
    if job.target.single:
        with job.target.file() as out:
            _write(job, out, "events", rows(job.view, "events"))
        job.dropped["claims (one file holds events only; a folder holds every table)"] += sum(len(e.told) for e in job.view.events)
        return
    folder = job.target.folder(job.format)
    found = grouped(job.store.dump()) if job.whole else ((t, rows(job.view, t)) for t in VIEWS)
    left = set(TABLES if job.whole else ())
    for table, members in found:
        left.discard(table)
        with whole_file(Path(folder, f"{table}.parquet")) as out:
            _write(job, out, table, members)
    for table in sorted(left):
        with whole_file(Path(folder, f"{table}.parquet")) as out:
            _write(job, out, table, ())


def grouped(dumped: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """The rows of a dump, table by table."""
    for table, members in groupby(dumped, key=lambda found: found[0]):
        yield table, (row for _, row in members)


def _write(job: Job, out: IO[bytes], table: str, found: Iterable[dict[str, Any]]) -> None:
    pa, pq = _pyarrow()
    fields = dictionary()[table]
    about = {META: json.dumps(job.head(), ensure_ascii=False).encode()}
    schema = pa.schema([pa.field(f.name, _arrow_type(pa, f), metadata={"description": f.english, "description_ar": f.arabic}) for f in fields], metadata=about)
    remaining = iter(found)
    with pq.ParquetWriter(out, schema) as writer:
        while batch := list(islice(remaining, GROUP)):
            writer.write_table(pa.table({f.name: pa.array([_value(r[f.name], f) for r in batch], type=_arrow_type(pa, f)) for f in fields}, schema=schema))
            job.written[table] += len(batch)
    job.written[table] += 0


def _value(value: Any, field: Field) -> Any:
    return date.fromisoformat(value) if field.kind == "date" and isinstance(value, str) else value


def _arrow_type(pa: Any, field: Field) -> Any:
    plain = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(), "list": pa.list_(pa.string())}
    return plain.get(field.kind, pa.string())


def read_parquet(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a whole store, table after table."""
    _, pq = _pyarrow()
    for table in TABLES:
        path = folder / f"{table}.parquet"
        try:
            opened = pq.ParquetFile(io.BytesIO(path.read_bytes()) if path.stat().st_size < 1 << 20 else path)
        except (OSError, ValueError) as error:
            raise InvalidValue(f"{path}: {error}; expected a folder of `khabar export --to parquet --full`") from None
        check_head(json.loads((opened.schema_arrow.metadata or {}).get(META, b"null")), str(folder))
        for batch in opened.iter_batches(GROUP):
            for row in batch.to_pylist():
                yield table, {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("Parquet and Arrow need pyarrow: pip install 'khabar[parquet]'") from None
    return pa, pq
