"""Places of one's own: a table beside the gazetteer, checked before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from khabar.arabic.fold import fold
from khabar.model import LexiconFault
from khabar.resolve.gazetteer import Gazetteer, supplement_line
from khabar.resolve.place import KINDS

COLUMNS = ("names", "english", "iso3", "admin1", "lat", "lon", "kind", "weight")
DEFAULT_WEIGHT = "5.5"  # as a town of 300,000: places that somebody took the trouble to list beat small namesakes


def lint_places(path: Path, gazetteer: Gazetteer) -> tuple[LexiconFault, ...]:
    """Every fault of a table of places, by line."""
    return tuple(chain.from_iterable(faults for _, faults in _rows(path, gazetteer)))


def read_places(path: Path, gazetteer: Gazetteer) -> list[str]:
    """The lines of a table of places as `Gazetteer.with_places` wants them; the first fault is raised."""
    out = []
    for cells, faults in _rows(path, gazetteer):
        for fault in faults:
            raise fault
        if cells:
            weight = cells[7] if cells[7] != "-" else DEFAULT_WEIGHT
            out.append(supplement_line((*cells[:7], weight), f"own:{cells[1].lower().replace(' ', '_')}", "user"))
    return out


def _rows(path: Path, gazetteer: Gazetteer) -> Iterator[tuple[tuple[str, ...], list[LexiconFault]]]:
    """The cells of each line with their faults; no cells where the line is none."""
    header, seen = False, dict[tuple[str, str, str], int]()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield (), [LexiconFault(path.name, 0, f"cannot be read: {error}; expected a UTF-8 table")]
        return
    for number, line in enumerate(text.splitlines(), 1):
        cells = tuple(cell.strip() or "-" for cell in line.split("\t"))
        if not line.strip() or line.startswith("#"):
            continue
        if not header:
            header = True
            if cells != COLUMNS:
                yield (), [LexiconFault(path.name, number, f"columns {' '.join(cells)}; expected {' '.join(COLUMNS)}, with tabs between")]
            continue
        found = list(_faults(path.name, number, cells, gazetteer, seen))
        yield (() if found else cells), found


def _faults(file: str, line: int, cells: tuple[str, ...], gazetteer: Gazetteer, seen: dict[tuple[str, str, str], int]) -> Iterator[LexiconFault]:
    if len(cells) != len(COLUMNS):
        yield LexiconFault(file, line, f"{len(cells)} cells; expected {len(COLUMNS)}: {' '.join(COLUMNS)}")
        return
    names, english, iso3, admin1, lat, lon, kind, weight = cells
    if iso3 != "-" and gazetteer.country(iso3) is None:
        yield LexiconFault(file, line, f"country {iso3!r}; expected an ISO 3166-1 alpha-3 code, such as SYR, or -")
    if admin1 != "-" and iso3 != "-" and (units := gazetteer.unit_names(iso3)) and admin1 not in units:
        yield LexiconFault(file, line, f"first-level unit {admin1!r}; expected one of {', '.join(sorted(units))}")
    if kind not in KINDS:
        yield LexiconFault(file, line, f"kind {kind!r}; expected one of {', '.join(sorted(KINDS))}")
    if english == "-":
        yield LexiconFault(file, line, "no english")
    yield from (LexiconFault(file, line, fault) for fault in (*_degrees(lat, lon), *_number("weight", weight)))
    for name in names.split("|"):
        folded = fold(name.lstrip("~")).strip()
        if not any("ء" <= c <= "ي" for c in folded):
            yield LexiconFault(file, line, f"name {name!r}; expected Arabic")
        key = (folded, iso3, admin1)
        if key in seen:
            yield LexiconFault(file, line, f"{name!r} repeats line {seen[key]}: the same name in the same unit")
        seen.setdefault(key, line)


def _degrees(lat: str, lon: str) -> Iterator[str]:
    if (lat == "-") != (lon == "-"):
        yield f"coordinates {lat}, {lon}; expected both or neither"
        return
    yield from (*_number("lat", lat, 90), *_number("lon", lon, 180))


def _number(column: str, cell: str, limit: float = 12) -> Iterator[str]:
    try:
        fits = cell == "-" or abs(float(cell)) <= limit
    except ValueError:
        fits = False
    if not fits:
        yield f"{column} {cell!r}; expected a number up to {limit:g}, or -"
