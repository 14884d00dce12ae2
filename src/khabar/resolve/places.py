"""Places: find the names and noun phrases of places in a sentence, and choose which place in the world each one means."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

from khabar.arabic.fold import fold
from khabar.arabic.romanise import romanise
from khabar.resolve.placewords import (
    ALSO_WORDS,
    AREAS,
    BEFORE_COUNTRY,
    COMPASS,
    COMPOUND,
    DIRECTIONS,
    NO_PLACES,
    NOT_AFTER,
    QUOTE,
    STOP_PREFIXES,
    TRAILING,
    TRAILING_COMPASS,
    PlaceWord,
    data_lines,
    load_placewords,
    number,
    strip_clitics,
)

__all__ = ["Gazetteer", "Place", "PlaceMatch", "strip_clitics"]

SAFE, COMMON, ORDINARY = 0, 1, 2
"""How a name may be matched: anywhere; after `في` or a place word (it is also a person's name); only after a place word (also a word)."""

COUNTRY_WEIGHT, NEAR_UNIT_WEIGHT, UNIT_WEIGHT, SMALL_SEAT_WEIGHT = 9.0, 5.8, 5.0, 3.0
CONTEXT_WEIGHT = 3.0
"""On the scale of log10(population): a country that all of the article is about beats a place elsewhere a thousand times as populous."""
INHERIT_SHARE = 0.34
"""The share of the context that a country needs before a place that no table knows is put there."""

_SEATLIKE = frozenset({"city", "town", "village", "district", "quarter", "camp"})
_NEAR = frozenset("""ARE AFG BHR DJI DZA EGY ESH ERI IRL IRN IRQ JOR KWT LBN LBY MAR MLI MRT NER OMN PSE QAT SAU SDN SOM SSD SYR TCD TUN TUR YEM""".split())


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the world. `precision` says what the coordinates stand for: site, place, district, admin1, region, country or unknown.

    `basis` is `stated` where the words name the country or the place is known, `inherited` where the article's country was taken over.
    """

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str
    kind: str
    weight: float = 0.0
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place phrase: tokens `first` to `last` (exclusive), in it the name itself from `core_first` to `core_last`, and what it may mean."""

    first: int
    last: int
    core_first: int
    core_last: int
    candidates: tuple[Place, ...]
    placeword: str | None = None
    country: str | None = None

    def __post_init__(self) -> None:
        if not self.first <= self.core_first < self.core_last <= self.last:
            raise ValueError(f"core {self.core_first}-{self.core_last} is not within {self.first}-{self.last}")
        if not self.candidates:
            raise ValueError("a match needs a candidate; give one without country for an unknown place")


class _Text(NamedTuple):
    """A sentence as folded words and the same words without proclitics."""

    words: Sequence[str]
    plain: Sequence[str]

    def word(self, i: int) -> str:
        return self.words[i] if i < len(self.words) else ""


def _country_rows() -> Iterator[list[str]]:
    """The rows of the lexicon's table of countries: iso3, english, names, adjective, plurals, seats."""
    path = files("khabar.lexicon").joinpath("data", "countries.tsv")
    if not path.is_file():
        return
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    yield from (row for row in rows[1:] if len(row) >= 4)


def _precision(kind: str, located: bool) -> str:
    """What coordinates of a place of this kind stand for."""
    if not located:
        return "unknown"
    return {"country": "country", "region": "region", "governorate": "admin1", "district": "district", "site": "site"}.get(kind, "place")


def _distance(a: Place, b: Place) -> float:
    """Degrees between two places, infinite where one has no coordinates."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return math.inf
    return math.hypot(a.lat - b.lat, a.lon - b.lon)


def _merge(places: list[Place]) -> tuple[Place, ...]:
    """Candidates by weight, one for each place: a settlement of the same country near a better one only lends it its coordinates."""
    out: list[Place] = []
    for place in sorted(places, key=lambda p: -p.weight):
        twin = next((i for i, p in enumerate(out) if _same(p, place)), None)
        if twin is None:
            out.append(place)
        elif out[twin].lat is None and place.lat is not None:
            kept = out[twin]
            out[twin] = replace(kept, lat=place.lat, lon=place.lon, admin1=kept.admin1 or place.admin1, precision=_precision(kept.kind, True))
    return tuple(_usual_name(place, out) for place in out)


def _usual_name(unit: Place, places: list[Place]) -> Place:
    """A governorate under the usual English name of its seat: the tables spell the same Arabic name in several ways."""
    seat = next((p for p in places if p.country == unit.country and p.kind in _SEATLIKE), None) if unit.kind == "governorate" else None
    return replace(unit, name=seat.name) if seat and seat.weight > unit.weight else unit


def _same(a: Place, b: Place) -> bool:
    """Whether two candidates of one name are the same place told by two sources."""
    if a.country != b.country or (a.kind != b.kind and not (a.kind in _SEATLIKE and b.kind in _SEATLIKE)):
        return False
    return a.lat is None or b.lat is None or _distance(a, b) < 0.5


class Gazetteer:
    """Names of places with a lazy table of what they mean. `find` marks the phrases of a sentence, `choose` settles one of them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names: dict[str, tuple[int, ...]] = {}
        self._heads: dict[str, int] = {}
        self._adjectives: dict[str, str] = {}
        self._countries: dict[str, Place] = {}
        self._capitals: dict[str, str] = {}
        self._english: dict[str, str] = {}
        self._parsed: dict[int, Place] = {}
        self.placewords = load_placewords()
        self._notnames = frozenset(files("khabar.resolve").joinpath("data", "notnames.txt").read_text("utf-8").split())

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the package's own tables, with the country names of the lexicon."""
        gazetteer, collecting = cls(), gc.isenabled()
        gc.disable()  # 30,000 small tuples would set it off ten times
        try:
            gazetteer._add_tables()
        finally:
            if collecting:
                gc.enable()
        return gazetteer

    def _add_tables(self) -> None:
        for name in ("supplement.tsv", "admin1.tsv", "places.tsv"):
            self._add_table(name)
        self._add_countries()
        self._starts = frozenset((*self._heads, *self.placewords, *DIRECTIONS, *COMPASS, *AREAS, "العاصمه"))

    _starts: frozenset[str] = frozenset()

    def _add_table(self, table: str) -> None:
        """Index the names of a table by line; the lines are read only when a name is met."""
        lines = [line for line in data_lines(table) if line and line[0] != "#"]
        first, add = len(self._lines), self._add_name
        self._lines += lines
        if table == "supplement.tsv":
            for at, line in enumerate(lines, first):
                self._add_marked(line.split("\t", 1)[0], at)
            return
        for at, line in enumerate(lines, first):
            safe, common, ordinary, _ = line.split("\t", 3)
            for level, cell in ((SAFE, safe), (COMMON, common), (ORDINARY, ordinary)):
                if cell:
                    for name in cell.split("|"):
                        add(name, at * 4 + level)

    def _add_marked(self, cell: str, at: int) -> None:
        """The names of the supplement, written unfolded; `~` marks a common name, `~~` an ordinary word."""
        for name in cell.split("|"):
            level = len(name) - len(name.lstrip("~"))
            self._add_name(" ".join(fold(name[level:]).replace("-", " ").split()), at * 4 + level)

    def _add_name(self, name: str, reference: int) -> None:
        found = self._names.get(name)
        if found is not None:
            self._names[name] = (*found, reference)
            return
        self._names[name] = (reference,)
        size = name.count(" ")
        head = name[: name.index(" ")] if size else name
        if self._heads.get(head, 0) <= size:
            self._heads[head] = size + 1

    def _add_countries(self) -> None:
        """Names and adjectives of the lexicon's countries, whose English names win."""
        for row in _country_rows():
            iso3, english, names, adjectives = row[:4]
            if iso3 == "KUR":
                continue
            self._english[iso3] = english
            at = len(self._lines)
            self._lines.append(f"\t\t\t{english}\t{iso3}\t-\t-\t-\tcountry\t-")
            for name in map(fold, names.split("|")):
                if not name.startswith(NO_PLACES):
                    self._add_name(name.replace("-", " "), at * 4 + (COMMON if name in ALSO_WORDS else SAFE))
            for adjective in adjectives.split("|"):
                self._add_adjective(fold(adjective), iso3)

    def _add_adjective(self, adjective: str, iso3: str) -> None:
        for form in (adjective, adjective + "ه", adjective + "ين", adjective + "ون", adjective + "تين"):
            self._adjectives.setdefault(form, iso3)
            self._adjectives.setdefault("ال" + form, iso3)

    @cached_property
    def _units(self) -> dict[tuple[str, str], str]:
        """English names of the first-level units by country and GeoNames code."""
        rows = (line.split("\t") for line in self._lines if line.endswith("\tgovernorate\t-"))
        return {(row[4], row[5]): row[3] for row in rows if len(row) == 10 and row[5] != "-"}

    @cached_property
    def _country_table(self) -> dict[str, tuple[Place, str]]:
        """Each country as a place, and its capital's English name."""
        rows = [line.split("\t") for line in self._lines if "\tcountry\t" in line]
        out: dict[str, tuple[Place, str]] = {}
        for row in (r for r in rows if len(r) == 10 and r[6] != "-"):
            name = self._english.get(row[4], row[3])
            out[row[4]] = (Place(name, row[4], None, number(row[6]), number(row[7]), "country", "country", COUNTRY_WEIGHT), row[9])
        return out

    def known(self, norm: str) -> bool:
        """Whether a folded word begins a name of the gazetteer or is a place word: for `strip_clitics`."""
        return norm in self._starts

    def plain(self, words: Sequence[str]) -> list[str]:
        """The words without proclitics, as `find` wants them."""
        return [strip_clitics(word, self.known) for word in words]

    def country(self, iso3: str) -> Place | None:
        """The country as a place."""
        found = self._country_table.get(iso3)
        return found[0] if found else None

    def country_of_adjective(self, norm: str) -> str | None:
        """The country of a folded adjective of origin (`التركيه` TUR)."""
        return self._adjectives.get(norm)

    def lookup(self, name: str, level: int = ORDINARY) -> tuple[Place, ...]:
        """What a folded name may mean, the weightiest first."""
        references = self._names.get(name)
        return _merge([self._place(r) for r in references if r % 4 <= level]) if references else ()

    def _place(self, reference: int) -> Place:
        at = reference // 4
        place = self._parsed.get(at)
        if place is None:
            place = self._parsed[at] = self._parse(self._lines[at].split("\t"))
        return place

    def _parse(self, row: list[str]) -> Place:
        """A line of the supplement (8 cells) or of a built table (10 cells)."""
        if len(row) == 8:
            _, name, iso3, admin1, lat, lon, kind, weight = row
            return self._made(name, iso3, admin1, (lat, lon), kind, float(weight))
        _, _, _, name, iso3, code, lat, lon, kind, last = row
        if kind == "country":
            country = self.country(iso3)
            return country or Place(name, iso3, None, None, None, "unknown", "country", COUNTRY_WEIGHT)
        if kind == "governorate":
            return self._made(name, iso3, name, (lat, lon), kind, NEAR_UNIT_WEIGHT if iso3 in _NEAR else UNIT_WEIGHT)
        population = int(last)
        return self._made(name, iso3, self._units.get((iso3, code), "-"), (lat, lon), kind, math.log10(population) if population else SMALL_SEAT_WEIGHT)

    def _made(self, name: str, iso3: str, admin1: str, where: tuple[str, str], kind: str, weight: float) -> Place:
        lat, lon = number(where[0]), number(where[1])
        return Place(name, None if iso3 == "-" else iso3, None if admin1 == "-" else admin1, lat, lon, _precision(kind, lat is not None), kind, weight)

    def find(self, words: Sequence[str], plain: Sequence[str]) -> list[PlaceMatch]:
        """The place phrases of a sentence in order, the longest at each word; `words` are folded, `plain` without proclitics."""
        starts, i, size = self._starts, 0, len(words)
        text, out = _Text(words, plain), list[PlaceMatch]()
        while i < size:
            if plain[i] in starts:
                match = self._at(text, i, bool(out) and out[-1].last == i and words[i] != plain[i])
                if match is not None:
                    out.append(match)
                    i = match.last
                    continue
            i += 1
        return out

    def _at(self, text: _Text, i: int, coordinated: bool) -> PlaceMatch | None:
        """The phrase that begins at a word: a name, or a place word, direction or area with what belongs to it."""
        before = text.plain[i - 1] if i else ""
        level = COMMON if coordinated or before == "في" else SAFE
        if before in NOT_AFTER or self._is_adjective(text, i):
            return None
        name = self._name(text, i, level)
        phrase = self._phrase(text, i)
        if name is not None and (phrase is None or phrase.last <= name.last):
            return self._with_trailing(text, name)
        return phrase

    def _phrase(self, text: _Text, i: int) -> PlaceMatch | None:
        word = text.plain[i]
        if word in self.placewords:
            return self._after_placeword(text, i, self.placewords[word])
        if word == "العاصمه":
            return self._capital(text, i)
        if word in DIRECTIONS:
            return self._direction(text, i)
        if word in COMPASS or word in AREAS:
            return self._area(text, i)
        return None

    def _is_adjective(self, text: _Text, i: int) -> bool:
        """Whether a country name that is also an adjective (`السعوديه`, `سوريه`) qualifies the noun before it."""
        word = text.words[i]
        if word not in self._adjectives or i == 0:
            return False
        before = text.words[i - 1]
        if word.startswith("ال"):
            return (len(before) > 4 and before[before.startswith(("و", "ب", "ف")) :].startswith("ال")) or before.startswith("لل")
        return text.words[i] == text.plain[i] and text.plain[i - 1] not in BEFORE_COUNTRY

    def _name(self, text: _Text, i: int, level: int) -> PlaceMatch | None:
        """The longest known name at a word that this level of safety allows."""
        words = [text.plain[i]]
        limit = self._heads.get(words[0], 0)
        if not limit:
            return None
        ends = [i + 1]
        for j in range(i + 1, min(len(text.words), i + 2 * limit)):
            if text.words[j] == "-":
                continue
            words.append(text.words[j])
            ends.append(j + 1)
        for size in range(min(limit, len(words)), 0, -1):
            key = " ".join(words[:size])
            candidates = self.lookup(key, COMMON if key in self._notnames else level)
            if candidates:
                return PlaceMatch(i, ends[size - 1], i, ends[size - 1], candidates)
        return None

    def _after_placeword(self, text: _Text, i: int, kind: PlaceWord) -> PlaceMatch | None:
        """A place word and the name after it, quoted or not, known or not."""
        quoted = text.word(i + 1) == QUOTE
        j = i + 1 + quoted
        if j >= len(text.words):
            return None
        word = text.plain[i]
        inner = self._inner(text, j) if not quoted else self._name(text, j, ORDINARY)
        if inner is None:
            return self._unknown(text, i, j, kind)
        last = inner.last + (quoted and text.word(inner.last) == QUOTE)
        candidates = tuple(_named(place, kind) for place in inner.candidates)
        match = PlaceMatch(i, last, inner.core_first, inner.core_last, tuple(sorted(candidates, key=lambda p: -p.weight)), word, inner.country)
        return self._with_trailing(text, match)

    def _inner(self, text: _Text, j: int) -> PlaceMatch | None:
        """What stands after a place word or direction: a name, or another place phrase (`ريف محافظه ادلب`)."""
        name = self._name(text, j, ORDINARY)
        if text.words[j] in self.placewords:
            phrase = self._after_placeword(text, j, self.placewords[text.words[j]])
            if phrase is not None and (name is None or phrase.last > name.last):
                return phrase
        return name

    def _unknown(self, text: _Text, i: int, j: int, kind: PlaceWord) -> PlaceMatch | None:
        """A place word and a name that no table knows."""
        quoted = text.word(j - 1) == QUOTE
        end = _closing(text, j) if quoted else self._unknown_end(text, j)
        if end <= j:
            return None
        english = romanise(" ".join(w for w in text.words[j:end] if w != "-"))
        place = Place((kind.pattern or "{}").format(english), None, None, None, None, "unknown", "site" if kind.kind == "any" else kind.kind)
        return self._with_trailing(text, PlaceMatch(i, end + quoted, j, end, (place,), text.plain[i]))

    def _unknown_end(self, text: _Text, j: int) -> int:
        """Where an unknown name that begins at `j` ends; `j` itself if the word is no name."""
        word = text.word(j)
        if word in COMPOUND:
            return max(j + 1, self._unknown_end(text, j + 1)) if j + 1 < len(text.words) else j
        if len(word) < 3 or not ("ء" <= word[0] <= "ي") or word in self._notnames or (word in self._starts and word in self.placewords):
            return j
        if word in self._adjectives or word.startswith(STOP_PREFIXES) or (word.endswith("يه") and not word.startswith("ال")):
            return j
        return j + 1

    def _capital(self, text: _Text, i: int) -> PlaceMatch | None:
        """`العاصمه` with a name or a country's adjective or both."""
        iso3 = self._adjectives.get(text.word(i + 1))
        j = i + 2 if iso3 else i + 1
        name = self._name(text, j, COMMON) if j < len(text.words) and text.words[j] == text.plain[j] else None
        if name is not None and (iso3 is None or any(p.country == iso3 for p in name.candidates)):
            ranked = tuple(sorted(name.candidates, key=lambda p: p.kind == "country"))
            return replace(name, first=i, candidates=ranked, placeword="العاصمه", country=iso3)
        if iso3 is None or iso3 not in self._country_table:
            return None
        country, capital = self._country_table[iso3]
        return PlaceMatch(i, j, i, j, (replace(country, name=capital, kind="city", precision="place"),), "العاصمه", iso3)

    def _direction(self, text: _Text, i: int) -> PlaceMatch | None:
        """A compass word before a place: `شمال سوريا`, `جنوب شرقي تركيا`, `غرب مدينه الموصل`."""
        j, english = i + 1, DIRECTIONS[text.plain[i]]
        if text.word(j) in DIRECTIONS:
            english, j = f"{english.removesuffix('ern')}{DIRECTIONS[text.word(j)].lower()}", j + 1
        if j >= len(text.words) or text.words[j] != text.plain[j]:
            return None
        inner = self._inner(text, j)
        if inner is None:
            return None
        inner = self._with_trailing(text, inner)
        return replace(inner, first=i, candidates=tuple(_directed(p, english) for p in inner.candidates))

    def _area(self, text: _Text, i: int) -> PlaceMatch | None:
        """`الجنوب الليبي`, `الاراضي السوريه`: a definite part of a country told by its adjective."""
        iso3 = self._adjectives.get(text.word(i + 1))
        country = self.country(iso3) if iso3 else None
        if country is None:
            return None
        place = _directed(country, COMPASS.get(text.plain[i], ""))
        return PlaceMatch(i, i + 2, i, i + 2, (place,), text.plain[i], iso3)

    def _with_trailing(self, text: _Text, match: PlaceMatch) -> PlaceMatch:
        """The match with the adjectives after it: those of countries settle the country, those of the compass the name."""
        last, country, candidates = match.last, match.country, match.candidates
        while last < len(text.words):
            word = text.words[last]
            bare = word[2:] if word.startswith("ال") else ""
            iso3 = self._adjectives.get(word) if bare else None
            if iso3:
                country = country or iso3
            elif bare and bare.removesuffix("ه") in TRAILING_COMPASS and match.placeword:
                candidates = tuple(_directed(p, TRAILING_COMPASS[bare.removesuffix("ه")], always=True) for p in candidates)
            elif bare not in TRAILING:
                break
            last += 1
        return replace(match, last=last, candidates=_of_country(candidates, country), country=country)

    def choose(self, match: PlaceMatch, context_countries: Mapping[str, float]) -> Place:
        """The candidate that the words and the countries of the article favour; a place no table knows inherits a dominant country."""
        total = sum(context_countries.values()) or 1.0
        best = max(match.candidates, key=lambda p: p.weight + CONTEXT_WEIGHT * context_countries.get(p.country or "", 0.0) / total)
        if best.country is not None or best.kind == "region" or not context_countries:
            return best
        iso3, share = max(context_countries.items(), key=lambda item: item[1])
        return replace(best, country=iso3, basis="inherited") if share / total >= INHERIT_SHARE else best


def _closing(text: _Text, j: int) -> int:
    """The index of the quotation mark that closes a name of at most five words begun at `j`; `j` if there is none."""
    for end in range(j + 1, min(len(text.words), j + 6)):
        if text.words[end] == QUOTE:
            return end
    return j


def _named(place: Place, kind: PlaceWord) -> Place:
    """A known place after a place word: a place of the word's kind ranks first, a site at the place gets its own name."""
    if kind.pattern is None or place.kind == kind.kind:
        same = kind.kind in (place.kind, "any") or {kind.kind, place.kind} <= _SEATLIKE - {"district", "quarter", "camp"}
        return replace(place, weight=place.weight + (4.0 if same else 0.0))
    return replace(place, name=kind.pattern.format(place.name), kind=kind.kind)


def _directed(place: Place, english: str, always: bool = False) -> Place:
    """A part of a place: of a country, region or governorate it is a region with its own name, of a town the town."""
    if not english or not (always or place.kind in ("country", "region", "governorate")):
        return place
    return replace(place, name=f"{english} {place.name}", kind="region" if place.kind != "site" else "site")


def _of_country(candidates: tuple[Place, ...], iso3: str | None) -> tuple[Place, ...]:
    """Only the candidates in a country that the words state; if none is, the place is put there without coordinates."""
    if iso3 is None:
        return candidates
    inside = tuple(p for p in candidates if p.country == iso3)
    return inside or tuple(replace(p, country=iso3, admin1=None, lat=None, lon=None, precision="unknown") for p in candidates[:1])
