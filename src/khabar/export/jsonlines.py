"""JSON lines: a first line about the export, one object a row with the name of its table, a last line with the number of rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from khabar.export.dictionary import VIEWS
from khabar.export.job import CREATOR, Job
from khabar.export.tables import rows
from khabar.model import InvalidValue

HEAD, END = "khabar", "end"  # the "table" of the first line and of the last


def write_jsonl(job: Job) -> None:
    """With `full` and no filter the whole store, otherwise what is published."""
    found = job.store.dump() if job.whole else ((table, row) for table in VIEWS for row in rows(job.view, table))
    with job.target.file() as out:
        out.write(_line({"table": HEAD, **job.head()}))
        for table, row in found:
            out.write(_line({"table": table, "row": row}))
            job.written[table] += 1
        out.write(_line({"table": END, "rows": dict(job.written)}))


def _line(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain) + "\n").encode("utf-8", "replace")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in an export")


def read_jsonl(lines: IO[bytes], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a whole store; anything else, or a file that was cut off, raises InvalidValue."""
    told: Counter[str] = Counter()
    ended = False
    for number, line in enumerate(lines, 1):
        found = _object(line, f"{name}:{number}")
        if number == 1:
            check_head(found, name)
        elif found["table"] == END:
            ended = found.get("rows") == dict(told)
        else:
            told[found["table"]] += 1
            yield found["table"], found.get("row", {})
    if not ended:
        raise InvalidValue(f"{name}: cut off after {sum(told.values())} rows, or rows are missing; export again")


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise InvalidValue(f"{where}: {error}; expected a line of `khabar export --to jsonl --full`") from None
    if not isinstance(found, dict) or not isinstance(found.get("table"), str):
        raise InvalidValue(f"{where}: no object with a table; expected a line of `khabar export --to jsonl --full`")
    return found


def check_head(head: Any, name: str) -> None:
    """Whether an export holds a whole store."""
    if not isinstance(head, dict) or head.get("creator") != CREATOR:
        raise InvalidValue(f"{name}: no export of khabar; expected one of `khabar export --full` as jsonl, parquet or datapackage")
    if head.get("layout") != "store":
        raise InvalidValue(f"{name}: an export with people protected or with a filter, which is no whole store; export with --full and no filter")
