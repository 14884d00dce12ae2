"""A workbook for Excel: sheets from right to left, links, a data dictionary; no cell is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from tempfile import TemporaryDirectory
from typing import Any

from khabar.export.cells import cell, neutral
from khabar.export.dictionary import VIEWS, Field, dictionary
from khabar.export.events import MissingExtra
from khabar.export.job import Job
from khabar.export.tables import rows

MOST_CHARACTERS, MOST_ROWS, MOST_LINKS = 32_767, 1_048_575, 60_000  # of a cell, of a sheet below its head, of a sheet; Excel's limits
OLDEST = date(1900, 3, 1)  # Excel's calendar is right from here on
WIDTHS = {"string": 22, "list": 28, "date": 12, "integer": 10, "number": 10, "boolean": 10, "json": 22}
WIDE = {"quote": 80, "text": 80, "title": 50, "url": 40, "english": 60, "arabic": 60}
ABOUT, DICTIONARY = "about", "dictionary"


def write_xlsx(job: Job) -> None:
    """A sheet for every table of what is published, one for the dictionary, one about the export."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("workbooks need XlsxWriter: pip install 'khabar[xlsx]'") from None
    from datetime import datetime

    with TemporaryDirectory() as scratch, job.target.file() as out:
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": scratch, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "khabar", "comments": _told(job), "created": datetime(2000, 1, 1)})
        for table in VIEWS:
            _sheet(job, book, table)
        _dictionary(book)
        _about(job, book)
        book.close()


def _told(job: Job) -> str:
    head = job.head()
    return f"khabar {head['version']}; counts: {head['counts']}; protection: {head['protection'] or 'none, everything was asked for'}"


def _new(book: Any, name: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True, "bottom": 1})
    for i, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, head, bold)
    return sheet


def _sheet(job: Job, book: Any, table: str) -> None:
    fields = dictionary()[table]
    sheet = _new(book, table, [f.name for f in fields], [WIDE.get(f.name, WIDTHS[f.kind]) for f in fields])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for n, row in enumerate(rows(job.view, table), 1):
        if n > MOST_ROWS:
            job.dropped[f"rows of {table} beyond what a sheet holds"] += 1
            continue
        for i, f in enumerate(fields):
            _write(job, sheet, n, i, row[f.name], f, day)
        job.written[table] += 1
    job.written[table] += 0
    if job.written[table]:
        sheet.autofilter(0, 0, job.written[table], len(fields) - 1)


def _write(job: Job, sheet: Any, n: int, i: int, value: Any, field: Field, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(n, i, value)
    elif isinstance(value, int | float):
        sheet.write_number(n, i, value)
    elif isinstance(value, date) and value >= OLDEST:
        sheet.write_datetime(n, i, value, day)
    elif field.name == "url" and n <= MOST_LINKS and str(value).startswith(("http://", "https://")) and len(str(value)) <= 2_000:
        sheet.write_url(n, i, str(value), string=str(value)[:255])
    else:
        text = neutral(str(cell(value)))
        if len(text) > MOST_CHARACTERS:
            job.dropped[f"ends of texts longer than the {MOST_CHARACTERS} characters of a cell"] += 1
        sheet.write_string(n, i, text[:MOST_CHARACTERS])


def _dictionary(book: Any) -> None:
    sheet = _new(book, DICTIONARY, ("table", "column", "type", "english", "arabic"), (14, 18, 10, WIDE["english"], WIDE["arabic"]))
    found = [(table, f) for table in VIEWS for f in dictionary()[table]]
    for n, (table, f) in enumerate(found, 1):
        sheet.write_url(n, 0, f"internal:'{table}'!A1", string=table)
        for i, text in enumerate((f.name, f.kind, f.english, f.arabic), 1):
            sheet.write_string(n, i, text)


def _about(job: Job, book: Any) -> None:
    sheet = _new(book, ABOUT, ("what", "value"), (30, 80))
    facts = {**job.head(), **{f"dropped: {k}": v for k, v in job.dropped.items() if v}}
    for n, (name, value) in enumerate(facts.items(), 1):
        sheet.write_string(n, 0, name)
        sheet.write_string(n, 1, neutral("" if value is None else str(value)))
