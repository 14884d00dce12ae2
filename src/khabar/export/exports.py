"""The formats of `khabar export`, and the way back of those that hold a whole store."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from khabar.export.formats import FORMATS
from khabar.export.job import Job, Report, Target
from khabar.export.jsonlines import read_jsonl
from khabar.export.view import told_filter
from khabar.model import InvalidValue
from khabar.store import EventFilter, Store
from khabar.stories.ledger import RULES, Rule


def export(
    store: Store, to: str, path: str | Path | IO[bytes], *, wanted: EventFilter | None = None, full: bool = False, counts: Rule = "median",
    who: str | None = None, version: str = "",
) -> Report:  # fmt: skip
    """Write what a store holds in a format, to a path or a binary stream; what was written and what was dropped.

    `wanted` chooses events. `full` leaves names and places as they are, which is kept in the store with who asked for it (`who`, by default the
    user's name); without it people are protected. `counts` is the rule for conflicting figures, `version` that of khabar. A format that needs a
    package that is missing raises MissingExtra, a path that cannot be written InvalidValue."""
    if to not in FORMATS:
        raise InvalidValue(f"format {to!r}: expected one of {', '.join(FORMATS)}")
    if counts not in RULES:
        raise InvalidValue(f"rule {counts!r}: expected one of {', '.join(RULES)}")
    target = Target(Path(path)) if isinstance(path, str | Path) else Target(stream=path)
    job = Job(store, to, target, wanted or EventFilter(), counts, full, version)
    if full:
        asked = who or os.environ.get("KHABAR_WHO") or os.environ.get("USER") or "anonymous"
        store.note_export(asked, to, full, json.dumps(told_filter(job.wanted, True), ensure_ascii=False, sort_keys=True))
    module, function = FORMATS[to]
    write: Callable[[Job], None] = getattr(import_module(f"khabar.export.{module}"), function)
    if not job.whole:
        _ = job.view  # what cannot be read leaves no folder behind
    write(job)
    return job.report()


def import_store(store: Store, path: str | Path) -> dict[str, int]:
    """Fill an empty store with a whole export: a JSONL file, a folder of Parquet files, or a data package (folder, datapackage.json or .zip); how
    many rows went into each table. Anything else raises InvalidValue, a store that holds anything StoreError; then nothing is read in."""
    return store.load(_rows(Path(path)))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.suffix == ".zip" or path.name == "datapackage.json" or (path / "datapackage.json").is_file():
        from khabar.export.package import read_datapackage

        return read_datapackage(path)
    if path.is_dir():
        from khabar.export.arrow import read_parquet

        return read_parquet(path)
    return _lines(path)


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with open(path, "rb") as lines:
            yield from read_jsonl(lines, str(path))
    except OSError as error:
        raise InvalidValue(f"{path}: {error.strerror}; expected an export of `khabar export --full`") from None
