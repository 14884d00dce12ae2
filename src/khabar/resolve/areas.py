"""Areas told by two places or by a distance: the road between two towns, the border of two countries, 20 km north of a town.

They have no sharp bounds and so no point of their own. A middle is given only where both ends are known and near each other, and a place
at a distance from a town only where the distance is small enough for the compass word to mean something.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from khabar.arabic.skeleton import latin_skeleton
from khabar.resolve.place import Place, distance

ROADS = frozenset("الطريق طريق الاوتوستراد اوتوستراد الاتوستراد".split())
BORDERS = frozenset(("الحدود", "للحدود"))
_LINKING = frozenset("الرابط الرابطه الواصل الواصله الموصل الموصله الممتد الممتده يربط تربط يصل تصل".split())
_OF_ROADS = frozenset(
    "الرييسي الرييسيه الدولي الدوليه الساحلي الساحليه العام العامه السريع السريعه السياره الوطني الوطنيه الجهوي الجهويه المحلي المحليه المتوسطه القديم".split()
)
_LYING = frozenset("الواقع الواقعه تقع يقع المنطقه منطقه المناطق مناطق المسافه مسافه منتصف".split())
_NUMBER_OF = frozenset(("رقم", "عدد"))
_ROAD_NAMES = {"الوطنيه": "National Road", "الجهويه": "Regional Road", "المحليه": "Local Road", "السياره": "Motorway", "المتوسطه": "Road", "السريع": "Highway"}
_AND = ("و", "-", "الي", "باتجاه")
_KILOMETRES = frozenset("كيلومتر كيلومترا كيلومترات كلم كم كيلو كلمتر".split())
_BEARINGS = {"Northern": (1, 0), "Southern": (-1, 0), "Eastern": (0, 1), "Western": (0, -1)}
LONGEST_KM = 150.0
"""Between ends farther apart than this the middle says nothing; a place farther than this from the town that tells it gets no point."""
SAME_UNIT_KM = 15.0
"""So near to a town is still in its first-level unit."""
ACROSS = 0.6
"""What a country must have of the context, times three, before a road across its border is told to be in it."""


class Span(NamedTuple):
    """Tokens `first` to `last` (exclusive) of an area, the places at its two ends, and whether it is the road between them."""

    first: int
    last: int
    ends: tuple[tuple[Place, ...], tuple[Place, ...]]
    road: bool


Ends = Callable[[int], "tuple[tuple[Place, ...], int] | None"]
"""Finds the place phrase that begins at a word: what it may mean, and the word after it."""


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _two(words: Sequence[str], i: int, end: Ends) -> tuple[tuple[Place, ...], tuple[Place, ...], int] | None:
    """Two place phrases from `i` on that `و`, a dash or `إلى` joins."""
    one = end(i)
    if one is None:
        return None
    j = one[1]
    if _word(words, j) in _AND:
        j += 1
    elif not _word(words, j).startswith("و"):
        return None
    other = end(j) if j < len(words) else None
    return (one[0], other[0], other[1]) if other else None


def road_between(words: Sequence[str], i: int, end: Ends) -> Span | None:
    """`الطريق الرابطة بين صفاقس والمهدية`, `طريق دمشق - بيروت`: a road from its word on."""
    j, linked = i + 1, False
    while _word(words, j) in _OF_ROADS or _word(words, j) in _LINKING or _word(words, j) in _NUMBER_OF or _word(words, j).isdecimal():
        linked, j = linked or words[j] in _LINKING, j + 1
    between = _word(words, j) == "بين"
    if linked and not between:
        return None
    found = _two(words, j + between, end) if j + between < len(words) else None
    if found is None or not (between or _joined(words, j, found[2])):
        return None
    return Span(i, found[2], found[:2], True)


def _joined(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a dash or `إلى` joins the ends: `طريق حلب ودمشق` may be two roads."""
    return any(words[k] in ("-", "الي") for k in range(first, last))


def between(words: Sequence[str], i: int, end: Ends) -> Span | None:
    """`المنطقة الواقعة بين حماة وحمص` from `بين` on: only after a word that tells of ground, or at the head of the text; else there may be talks
    between them."""
    if i and _word(words, i - 1) not in _LYING | _LINKING | ROADS:
        return None
    found = _two(words, i + 1, end) if i + 1 < len(words) else None
    return Span(i, found[2], found[:2], False) if found else None


def middle(span: Span) -> tuple[Place, ...]:
    """What an area between two places may mean, the likeliest pair first: ends in one country and near each other."""
    pairs = [p for a, b in product(span.ends[0][:4], span.ends[1][:4]) for p in _readings(a, b, span.road)]
    return tuple(sorted(pairs, key=lambda p: (p.lat is None, -p.weight)))


def _readings(a: Place, b: Place, road: bool) -> list[Place]:
    """The area between two places; across a border it lies in neither country, unless the article speaks for one."""
    area = _pair(a, b, road)
    if area.country or a.country == b.country:
        return [area]
    return [area, *(replace(area, country=end.country, weight=area.weight - ACROSS) for end in (a, b))]


def _pair(a: Place, b: Place, road: bool) -> Place:
    near = distance(a, b) <= LONGEST_KM and a.kind != "country" != b.kind
    lat = round((a.lat + b.lat) / 2, 3) if near and a.lat is not None and b.lat is not None else None
    lon = round((a.lon + b.lon) / 2, 3) if near and a.lon is not None and b.lon is not None else None
    name = f"{a.name}-{b.name} road" if road else f"between {a.name} and {b.name}"
    country = a.country if a.country == b.country else None
    admin1 = a.admin1 if country and a.admin1 == b.admin1 else None
    precision = "region" if lat is not None else "unknown"
    return Place(name, country, admin1, lat, lon, precision, "region", min(a.weight, b.weight) + (2.0 if near else 0.0), "stated")


def border(one: Place, other: Place | None) -> Place:
    """The border of two countries, or of one with whomever: it lies in the first named and has no point."""
    name = f"{one.name}-{other.name} border" if other else f"{one.name} border"
    return Place(name, one.country, None, None, None, "unknown", "region", one.weight, "stated")


def numbered_road(words: Sequence[str], i: int) -> tuple[Place, int] | None:
    """`الطريق الوطنية رقم 14`, and the word after it: a road that its number names."""
    kind = _ROAD_NAMES.get(_word(words, i + 1))
    j = i + 2 + (_word(words, i + 2) in _NUMBER_OF)
    if _word(words, i) not in ("الطريق", "للطريق", "بالطريق") or kind is None or not _word(words, j).isdecimal():
        return None
    return Place(f"{kind} {words[j]}", None, None, None, None, "unknown", "site", basis="stated"), j + 1


def told_distance(words: Sequence[str], i: int) -> float | None:
    """The kilometres told before a compass word: `على بعد 20 كلم شمال ...`, `نحو 30 كيلومترا إلى الشرق من` has none here."""
    k = next((k for k in range(i - 1, max(-1, i - 4), -1) if words[k] in _KILOMETRES), None)
    if k is None or k == 0:
        return None
    try:
        return float(words[k - 1].replace(",", ""))
    except ValueError:
        return None


def displaced(place: Place, english: str, km: float) -> Place:
    """So many kilometres to one side of a place; beyond LONGEST_KM, or off no compass point, without coordinates."""
    bearing = [_BEARINGS[part] for part in _compass(english)]
    away = replace(place, id=None, kind="region", basis="stated", admin1=place.admin1 if km <= SAME_UNIT_KM else None)
    if place.lat is None or place.lon is None or not bearing or km > LONGEST_KM or place.kind in ("country", "region", "governorate"):
        return replace(away, lat=None, lon=None, precision="unknown")
    north, east = sum(n for n, _ in bearing), sum(e for _, e in bearing)
    size = math.hypot(north, east) or 1.0
    lat = place.lat + km * north / size / 111.2
    lon = place.lon + km * east / size / (111.2 * math.cos(math.radians(place.lat)))
    return replace(away, lat=round(lat, 2), lon=round(lon, 2), precision="region")


def _compass(english: str) -> list[str]:
    """The compass points of a direction: `Northwestern` is Northern and Western."""
    return [point for point in _BEARINGS if point.removesuffix("ern").lower() in english.lower()]


def countryside(place: Place, phrase: Place) -> Place:
    """The countryside of a place: of a governorate or its seat it reaches as far as that, of another town as far as its district."""
    if phrase.lat is None or phrase.precision != "region":
        return phrase
    seat = place.kind == "governorate" or (place.admin1 is not None and latin_skeleton(place.name) == latin_skeleton(place.admin1))
    return replace(phrase, precision="governorate" if seat else "district")
