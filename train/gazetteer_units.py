"""The first-level unit of a place: by GeoNames' own code where that is of our units, else by the units of the towns around it.

`gazetteer_units.tsv` pairs the codes. In Palestine, where GeoNames knows two units and we sixteen, a place lies where the hand-written towns
nearest to it do, if they agree: of 217 towns left out one at a time, 163 were given a unit and 97.5 in 100 of these the right one; the
nearest centre of a unit is right for 48 in 100 only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazetteer_supplement import kilometres

COARSE = frozenset({"PSE"})
"""Countries whose GeoNames codes are coarser than their units."""
ASTRAY_KM = 250.0
NEIGHBOURS, WITHIN_KM, AGREEMENT = 5, 60.0, 0.8
_TABLE = Path(__file__).with_suffix(".tsv")


class Town(NamedTuple):
    """A town whose unit is known."""

    unit: str
    lat: float
    lon: float


class Units(NamedTuple):
    """ISO 3166-2 codes: of GeoNames' units by country and code, of single places by GeoNames id; the known towns of coarse countries."""

    of_code: Mapping[tuple[str, str], str]
    of_place: Mapping[str, str]
    towns: Mapping[str, Sequence[Town]]

    def of(self, iso3: str, code: str, key: str, lat: float, lon: float) -> str:
        """The unit of a place as the tables' column `admin1` has it: GeoNames' code, or that of ISO 3166-2 where it has none of ours; `-` where unknown."""
        single = self.of_place.get(key)
        if single or iso3 not in COARSE:
            return single or code
        return by_neighbours(self.towns.get(iso3, ()), lat, lon) or "-"


def by_neighbours(towns: Iterable[Town], lat: float, lon: float) -> str | None:
    """The unit of the towns around a point, the nearer the more they count; None unless they agree."""
    near = sorted((kilometres((lat, lon), (t.lat, t.lon)), t.unit) for t in towns)[:NEIGHBOURS]
    votes: Counter[str] = Counter()
    for far, unit in near:
        if far <= WITHIN_KM:
            votes[unit] += 1 / (far + 1)  # type: ignore[assignment]
    best, weight = max(votes.items(), key=lambda v: v[1], default=("", 0.0))
    return best if weight > AGREEMENT * sum(votes.values()) else None


def read_units(towns: Mapping[str, Sequence[Town]]) -> Units:
    """The table of pairs; ValueError where a line is none."""
    codes, places = dict[tuple[str, str], str](), dict[str, str]()
    for number, line in enumerate(_TABLE.read_text("utf-8").splitlines(), 1):
        if line.startswith(("#", "geonames\t")):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise ValueError(f"{_TABLE.name}, line {number}: {len(cells)} cells; expected geonames, name and iso3166_2")
        if cells[0].startswith("gn:"):
            places[cells[0][3:]] = cells[2]
        else:
            country, _, code = cells[0].partition(".")
            codes[country, code] = cells[2]
    return Units(codes, places, towns)


def codes_of(units: Units) -> dict[str, str]:
    """GeoNames' codes of each unit by its ISO 3166-2 code, joined by commas."""
    out: dict[str, list[str]] = defaultdict(list)
    for (_, code), unit in sorted(units.of_code.items()):
        out[unit].append(code)
    return {unit: ",".join(codes) for unit, codes in out.items()}


def centre(unit: Mapping[str, str], points: Sequence[tuple[float, float]]) -> tuple[str, str]:
    """The degrees of a unit's centre as its table has them, or the mean of its towns where these all lie far from there (the South of Lebanon
    is told to be in Florida); `-` where unknown."""
    if not unit["lat"] or not unit["lon"]:
        return "-", "-"
    here = (float(unit["lat"]), float(unit["lon"]))
    if len(points) < 3 or min(kilometres(here, p) for p in points) <= ASTRAY_KM:
        return unit["lat"], unit["lon"]
    return f"{sum(p[0] for p in points) / len(points):.4f}", f"{sum(p[1] for p in points) / len(points):.4f}"
