"""Rows as a table for the terminal, each cell wrapped to its column, Arabic isolated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from khabar.export.bidi import plain, width
from khabar.export.table import BOLD, GUTTER, Line, row_lines

MIN_COLUMN = 6


def listing(heads: Sequence[str], rows: Iterable[Sequence[str]], *, columns: int = 120, colour: bool = False) -> str:
    """The rows under their heads, `columns` wide; columns that stay empty are left out."""
    cells = [[plain(c) for c in r] for r in rows]
    used = [i for i in range(len(heads)) if any(r[i] for r in cells)]
    if not used:
        return ""
    widths = _fitted([max(width(heads[i]), *(width(r[i]) for r in cells)) for i in used], columns)
    lines = row_lines([[Line(heads[i], BOLD)] for i in used], widths, colour)
    for r in cells:
        lines += row_lines([[Line(r[i])] for i in used], widths, colour)
    return "\n".join(lines) + "\n"


def _fitted(wanted: Sequence[int], columns: int) -> list[int]:
    """The widths, the widest made narrower until all fit."""
    widths = list(wanted)
    room = columns - GUTTER * (len(widths) - 1)
    while sum(widths) > room and max(widths) > MIN_COLUMN:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def facts(pairs: Mapping[str, str]) -> str:
    """Names and values, one pair a line."""
    longest = max(map(len, pairs), default=0)
    return "".join(f"{name:<{longest}}  {value}\n" for name, value in pairs.items() if value)
