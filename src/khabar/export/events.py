"""Events as data: CSV, JSON lines and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import IO, Any

from khabar.export.cells import csv_line
from khabar.model import InvalidValue, KhabarError
from khabar.model.rows import EventRow

COLUMNS = tuple(f.name for f in fields(EventRow))


class MissingExtra(KhabarError):
    """A format needs a package that is not installed; `str()` names the extra."""


def write_events(rows: Sequence[EventRow], form: str, output: str | IO[bytes]) -> None:
    """Write events as `csv`, `jsonl` or `parquet` to a path or a binary stream."""
    data = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}[form](rows)
    if not isinstance(output, str):
        output.write(data)
        return
    try:
        with open(output, "wb") as out:
            out.write(data)
    except OSError as error:
        raise InvalidValue(f"{output}: {error.strerror}; cannot be written") from None


def as_jsonl(rows: Sequence[EventRow]) -> bytes:
    return "".join(json.dumps(r.record(), ensure_ascii=False) + "\n" for r in rows).encode()


def as_csv(rows: Sequence[EventRow]) -> bytes:
    """UTF-8 without a byte-order mark; lists joined by `; `."""
    lines = [csv_line(COLUMNS), *(csv_line(_cell(getattr(r, c)) for c in COLUMNS) for r in rows)]
    return "".join(lines).encode()


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, tuple):
        return "; ".join(value)
    return value if value is None or isinstance(value, int | float) else str(value)


def arrow_table(rows: Sequence[EventRow]) -> Any:
    """A `pyarrow.Table`: days as date32, lists as lists of strings."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra("Parquet and Arrow need pyarrow: pip install 'khabar[parquet]'") from None
    return pa.table({c: pa.array([_plain(getattr(r, c)) for r in rows], type=_arrow_type(pa, c)) for c in COLUMNS})


def as_parquet(rows: Sequence[EventRow]) -> bytes:
    table = arrow_table(rows)
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _arrow_type(pa: Any, column: str) -> Any:
    kind = next(str(f.type) for f in fields(EventRow) if f.name == column)
    if kind.startswith("tuple"):
        return pa.list_(pa.string())
    return {"date": pa.date32(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}.get(kind.split(" ")[0], pa.string())
