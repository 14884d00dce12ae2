"""CSV: for programs without a byte-order mark, for Excel with one. No cell is a formula in either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from khabar.export.cells import BOM, cell, csv_line, neutral
from khabar.export.dictionary import VIEWS, columns
from khabar.export.job import Job, whole_file
from khabar.export.tables import rows


def write_csv(job: Job) -> None:
    """One file of events, or a folder with a file for every table."""
    _write(job, bom="", end="\n")


def write_excel_csv(job: Job) -> None:
    """Likewise, as Excel opens it with its Arabic intact."""
    _write(job, bom=BOM, end="\r\n")


def _write(job: Job, bom: str, end: str) -> None:
    if job.target.single:
        with job.target.file() as out:
            out.write(bom.encode())
            write_rows(job, out, "events", columns("events"), rows(job.view, "events"), end=end)
        _drop_other_tables(job)
        return
    folder = job.target.folder(job.format)
    for table in VIEWS:
        with whole_file(Path(folder, f"{table}.csv")) as out:
            out.write(bom.encode())
            write_rows(job, out, table, columns(table), rows(job.view, table), end=end)


def _drop_other_tables(job: Job) -> None:
    job.dropped["claims (one file holds events only; a folder holds every table)"] += sum(len(e.told) for e in job.view.events)
    job.dropped["texts of articles (likewise)"] += len(job.view.articles)


def write_rows(job: Job, out: IO[bytes], name: str, names: Sequence[str], found: Iterable[dict[str, Any]], *, end: str = "\n", delimiter: str = ",") -> None:
    """A head and rows; counts the rows, and the cells that could have been formulas."""
    out.write(csv_line(names, end=end, delimiter=delimiter).encode())
    changed = 0
    for row in found:
        cells = [cell(row[n]) for n in names]
        safe = [neutral(c) if isinstance(c, str) else c for c in cells]
        changed += cells != safe
        out.write(csv_line(safe, end=end, delimiter=delimiter).encode("utf-8", "replace"))
        job.written[name] += 1
    job.written[name] += 0
    if changed:
        job.notes.append(f"{name}: in {changed} rows an apostrophe stands before what a spreadsheet could take for a formula")
