"""The supplement: places written by hand in `train/gazetteer/*.tsv`, located by GeoNames where it has them.

Columns: names (Arabic, `|` between; `~` a common name, `~~` an ordinary word), english, iso3, admin1, lat, lon, kind, weight. Coordinates there
are recalled and stay so, rounded to 0.1 degree, unless GeoNames has a place of that name in the country within 30 km, or, for a row without
coordinates, exactly one in the unit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from gazetteer_words import marked
from khabar.arabic.fold import fold
from khabar.arabic.skeleton import latin_skeleton, plain_latin
from khabar.resolve.gazetteer import supplement_line

HEADER = """# Places that conflict and political news names and that GeoNames lacks, spells otherwise or places otherwise. Written by train/build_gazetteer.py
# from train/gazetteer/*.tsv, where the format is told. basis: gazetteer (coordinates of GeoNames, CC BY 4.0), recalled (from memory), - (none).
"""
COLUMNS = "names\tcommon\tordinary\tenglish\tiso3\tadmin1\tlat\tlon\tkind\tweight\tid\tbasis"
SETTLED = frozenset(("city", "town", "village", "district", "camp"))
NEAR_KM, ALIKE = 30.0, 0.8


@dataclass(frozen=True)
class Known:
    """A place of GeoNames: its name, GeoNames code of the first-level unit, degrees and id."""

    name: str
    code: str
    lat: float
    lon: float
    key: str


Index = dict[tuple[str, str], list[Known]]


def index(cities: Iterable[dict[str, object]], iso: dict[str, str]) -> Index:
    """GeoNames by country and skeleton."""
    out: Index = defaultdict(list)
    for city in cities:
        iso3 = iso.get(str(city["countrycode"]))
        if iso3:
            known = Known(str(city["name"]), str(city["admin1code"]), float(str(city["latitude"])), float(str(city["longitude"])), str(city["geonameid"]))
            out[iso3, latin_skeleton(known.name, iso3)].append(known)
    return out


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Flat-earth distance."""
    return 111.2 * math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians(a[0])))


def alike(a: str, b: str, iso3: str) -> bool:
    """Whether two Latin spellings are of one name."""
    return SequenceMatcher(None, plain_latin(a, iso3).replace(" ", ""), plain_latin(b, iso3).replace(" ", ""), autojunk=False).ratio() >= ALIKE


def locate(row: list[str], places: Index, units: dict[tuple[str, str], str]) -> Known | None:
    """The place of GeoNames that a row means, if it is certain; `units` maps country and GeoNames code to a unit's English name."""
    _, english, iso3, admin1, lat, lon, kind, _ = row
    if kind not in SETTLED:
        return None
    found = [k for k in places.get((iso3, latin_skeleton(english, iso3)), ()) if alike(english, k.name, iso3)]
    if lat != "-":
        here = (float(lat), float(lon))
        return min((k for k in found if kilometres(here, (k.lat, k.lon)) <= NEAR_KM), key=lambda k: kilometres(here, (k.lat, k.lon)), default=None)
    inside = [k for k in found if units.get((iso3, k.code)) == admin1]
    return inside[0] if len(inside) == 1 else None


def rows(folder: Path) -> Iterator[list[str]]:
    """The hand-written rows, file by file, the general file last so that regional ones win."""
    for path in sorted(folder.glob("*.tsv"), key=lambda p: (p.name == "world.tsv", p.name)):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "names\t")):
                yield line.split("\t")


def plain(name: str) -> str:
    """An English name without diacritics and ayn signs, as `admin1.tsv` has it."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[‘’ʻʼ`']", "", "".join(c for c in letters if not unicodedata.combining(c)))


def _names(cell: str) -> set[str]:
    return {fold(name.lstrip("~")) for name in cell.split("|")}


def merged(found: Iterable[list[str]]) -> list[list[str]]:
    """Rows of one place told twice made one: same country, kind and a shared name, less than 50 km apart or one without coordinates."""
    out: list[list[str]] = []
    seen: dict[tuple[str, str, str], list[list[str]]] = defaultdict(list)
    for row in found:
        group = "settled" if row[6] in SETTLED else row[6]
        keys = [(row[2], group, name) for name in _names(row[0])]
        twin = next((t for key in keys for t in seen[key] if _together(t, row)), None)
        if twin is None:
            out.append(row)
            twin = row
        else:
            known = _names(twin[0])
            twin[0] = "|".join([twin[0], *(n for n in row[0].split("|") if fold(n.lstrip("~")) not in known)])
            if twin[4] == "-":
                twin[4], twin[5] = row[4], row[5]
        for key in keys:
            seen[key].append(twin)
    return out


def _together(a: list[str], b: list[str]) -> bool:
    if a[4] == "-" or b[4] == "-":
        return a[3] == b[3]
    return kilometres((float(a[4]), float(a[5])), (float(b[4]), float(b[5]))) < 50


def _cells(row: list[str], known: Known | None) -> str:
    """A line of the built table."""
    names, english, iso3, admin1, lat, lon, kind, weight = row
    names = "|".join(map(marked, names.split("|")))
    if known:
        return supplement_line((names, english, iso3, admin1, f"{known.lat:.3f}", f"{known.lon:.3f}", kind, weight), f"gn:{known.key}", "gazetteer")
    key = "kh:" + "-".join((english.lower().replace(" ", "_").replace("'", ""), iso3, kind)) if kind != "country" else iso3
    if lat == "-":
        return supplement_line((names, *row[1:]), key, "-")
    return supplement_line((names, english, iso3, admin1, f"{float(lat):.1f}", f"{float(lon):.1f}", kind, weight), key, "recalled")


def unit_of(row: list[str], units: Mapping[str, Mapping[str, tuple[float, float] | None]]) -> str:
    """The first-level unit of a row as `admin1.tsv` spells it: the one named, or one of the same consonants. ValueError for a unit that the
    country does not have."""
    iso3, named = row[2], plain(row[3])
    known = units.get(iso3, {})
    if named == "-" or named in known or not known:
        return named
    alike_units = [name for name in known if latin_skeleton(name, iso3) == latin_skeleton(named, iso3)]
    if len(alike_units) == 1:
        return alike_units[0]
    raise ValueError(f"{row[1]} ({iso3}): no first-level unit {row[3]!r} among {', '.join(sorted(known))}")


def write(folder: Path, places: Index, units: dict[tuple[str, str], str], known: Mapping[str, Mapping[str, tuple[float, float] | None]], out: Path) -> None:
    """The table of the supplement; ValueError where rows name units that their countries do not have."""
    found, wrong = [], []
    for row in rows(folder):
        try:
            found.append([*row[:3], unit_of(row, known), *row[4:]])
        except ValueError as fault:
            wrong.append(str(fault))
    if wrong:
        raise ValueError("\n".join(wrong))
    lines = []
    for row in merged(found):
        place = locate(row, places, units)
        if place and row[3] == "-":
            row[3] = units.get((row[2], place.code), "-")
        lines.append(_cells(row, place))
    out.write_text(HEADER + COLUMNS + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
