"""Cells of spreadsheets: no cell is a formula, whatever stands in an article."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

SEPARATOR = "; "
BOM = "\ufeff"
_LINE_END = "\r\n"
_FORMULA = frozenset("=+-@")
_AT_ONCE = ("\t", "\r")
_INVISIBLE = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me", "Co", "Cn"))
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and symbols that show nothing


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: its first visible character is one of `= + - @`, in any width, or it begins with a
    tab or carriage return."""
    if text.startswith(_AT_ONCE):
        return True
    for char in text:
        if unicodedata.category(char) in _INVISIBLE or char in _BLANK:
            continue
        return bool(set(unicodedata.normalize("NFKC", char)[:1]) & _FORMULA)
    return False


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet might take it for a formula."""
    return "'" + text if is_formula(text) else text


def cell(value: Any) -> str | int | float | None:
    """A value as a cell: lists joined by `; `, days ISO 8601, truth as `true` or `false`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return SEPARATOR.join(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float) else str(value)


def csv_line(cells: Iterable[str | int | float | None], *, end: str = "\n", delimiter: str = ",") -> str:
    """One line of CSV; nothing is an empty cell. Cells that hold either character of a line end are quoted, whatever `end` is: Python's writer quotes those
    of its own line end only, and a bare carriage return would begin a new line for most readers."""
    out = io.StringIO()
    csv.writer(out, lineterminator=_LINE_END, delimiter=delimiter).writerow("" if c is None else c for c in cells)
    return out.getvalue().removesuffix(_LINE_END) + end
