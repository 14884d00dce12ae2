"""What a place of the gazetteer is, and how far two of them lie apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

SEATLIKE = frozenset({"city", "town", "village", "district", "quarter", "camp"})
KINDS = SEATLIKE | {"governorate", "country", "region", "site"}
_KM = 111.2  # in a degree of latitude
_PRECISIONS = {"country": "country", "region": "region", "governorate": "governorate", "district": "district", "site": "point"}
PRECISIONS = ("point", "town", "district", "governorate", "region", "country", "unknown")
"""From the finest to none."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the world.

    `precision` says what the coordinates stand for: `point` (a building, a crossing), `town` (a settlement, within some 10 km), `district`,
    `governorate` (these two also of the countryside around a town), `country`, `region` (an area without sharp bounds: `شمال حلب`, the
    Sahel) or `unknown` (no coordinates). `basis` says where they come from: `gazetteer`, `recalled` (written down from memory, to 0.1
    degree), `inherited` (the words leave it to the article: no table knows the place, or `العاصمة`; its country is the one the article is
    about), `stated` (nothing but what the words say) or `user` (a table of one's own).
    """

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str
    kind: str
    weight: float = 0.0
    basis: str = "gazetteer"
    id: str | None = None


def precision_of(kind: str, located: bool, recalled: bool = False) -> str:
    """What coordinates of a place of this kind stand for; recalled ones are never finer than a town's 10 km."""
    if not located:
        return "unknown"
    found = _PRECISIONS.get(kind, "town")
    return "town" if recalled and found == "point" else found


def distance(a: Place, b: Place) -> float:
    """Kilometres between two places, infinite where one has no coordinates; flat earth, good to a percent over some hundred kilometres."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return math.inf
    return _KM * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2)))


def coarser(a: str, b: str) -> str:
    """The less precise of two precisions."""
    return max(a, b, key=PRECISIONS.index)
