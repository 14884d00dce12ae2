"""Places: find the names and noun phrases of places in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from khabar.arabic.romanise import romanise
from khabar.resolve.areas import BORDERS, ROADS, Span, between, border, countryside, displaced, middle, numbered_road, road_between, told_distance
from khabar.resolve.gazetteer import COMMON, ORDINARY, SAFE, Gazetteer
from khabar.resolve.place import SEATLIKE, Place, coarser
from khabar.resolve.placewords import (
    AREAS,
    AROUND,
    BEFORE_COUNTRY,
    COMPASS,
    COMPOUND,
    COUNTRYSIDE,
    DIRECTIONS,
    NOT_AFTER,
    OTHER_CAPITALS,
    PARTS,
    QUOTE,
    STOP_PREFIXES,
    TOWARDS,
    TRAILING,
    TRAILING_COMPASS,
    PlaceWord,
)

CAPITAL = "capital"
KIND_BONUS = 4.0
"""What it is worth that a place is of the kind that the word before its name tells."""
_SETTLED = frozenset(("city", "town", "village", "district", "governorate"))


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place phrase: tokens `first` to `last` (exclusive), in it the name itself from `core_first` to `core_last`, and what it may mean.

    `country` is the one that the words themselves state; `unlisted` the folded name where the ordinary tables do not have it; `within` what the
    words name of the country that the article is mainly about: `CAPITAL`, or a part by its compass word (`Northern`); `core` the name of a
    town or unit in one folded word, where it stands after a word for its kind.
    """

    first: int
    last: int
    core_first: int
    core_last: int
    candidates: tuple[Place, ...]
    placeword: str | None = None
    country: str | None = None
    unlisted: str = ""
    within: str = ""
    core: str = ""

    def __post_init__(self) -> None:
        if not self.first <= self.core_first < self.core_last <= self.last:
            raise ValueError(f"core {self.core_first}-{self.core_last} is not within {self.first}-{self.last}")
        if not self.candidates:
            raise ValueError("a match needs a candidate; give one without country for an unknown place")


class _Text(NamedTuple):
    """A sentence as folded words and the same words without proclitics."""

    words: Sequence[str]
    plain: Sequence[str]
    told: frozenset[str] = frozenset()

    def word(self, i: int) -> str:
        return self.words[i] if i < len(self.words) else ""


class PlaceFinder:
    """Marks the place phrases of sentences with what a gazetteer says they may mean."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def told(self, matches: Iterable[PlaceMatch]) -> frozenset[str]:
        """The words that are not safe as names, but that an article told with a word for a town or unit: they may stand alone in it."""
        return frozenset(m.core for m in matches if m.core and not self.gazetteer.lookup(m.core, SAFE))

    def _core(self, text: _Text, i: int, first: int, last: int) -> str:
        """The one word of a town's or unit's name from `first` on after the word at `i` for its kind; empty if it is something else."""
        kind = self.gazetteer.placewords.get(text.plain[i])
        return text.words[first] if last == first + 1 and kind and kind.kind in _SETTLED and kind.pattern is None else ""

    def find(self, words: Sequence[str], plain: Sequence[str], told: frozenset[str] = frozenset()) -> list[PlaceMatch]:
        """The place phrases of a sentence in order, the longest at each word; `words` are folded, `plain` without proclitics. Names in `told`
        count after a preposition of place too."""
        starts, i, size = self.gazetteer.starts, 0, len(words)
        text, out = _Text(words, plain, told), list[PlaceMatch]()
        while i < size:
            after_place = bool(out) and out[-1].last == i
            joined = after_place and words[i].startswith("و") and words[i][1:] in starts
            if joined or (plain[i] in starts and not _overcut(words[i], plain[i])):
                match = self._at(text, i, after_place)
                if match is not None:
                    out.append(match)
                    i = match.last
                    continue
            i += 1
        return out

    def _at(self, text: _Text, i: int, after_place: bool) -> PlaceMatch | None:
        """The phrase that begins at a word: a name, or a place word, direction or area with what belongs to it."""
        before = text.plain[i - 1] if i else ""
        definite = text.plain[i].startswith("ال") and text.words[i] == "ب" + text.plain[i]
        level = COMMON if (after_place and text.words[i] != text.plain[i]) or before == "في" or definite else SAFE
        if before in NOT_AFTER or self._is_adjective(text, i):
            return None
        if text.plain[i] in text.told and (after_place or before in TOWARDS or not before or text.words[i] in ("ب" + text.plain[i], "ل" + text.plain[i])):
            level = ORDINARY
        name = self._name(text, i, level)
        if after_place and (name is None or name.last == i + 1):
            candidates = self._without_and(text, i, name.candidates if name else ())
            name = PlaceMatch(i, i + 1, i, i + 1, candidates) if candidates else None
        phrase = self._phrase(text, i)
        if name is not None and (phrase is None or phrase.last <= name.last):
            core = self._core(text, i, i + 1, name.last) if name.last > i + 1 else ""
            return self._with_trailing(text, replace(name, core=core) if core else name)
        return phrase

    def _without_and(self, text: _Text, i: int, candidates: tuple[Place, ...]) -> tuple[Place, ...]:
        """What a name that begins with `و` may mean, that letter read as "and" too: after a place `وجده` is Jeddah sooner than Oujda."""
        word = text.words[i]
        other = self.gazetteer.lookup(word[1:], SAFE) if word.startswith("و") and word == text.plain[i] else ()
        return tuple(sorted((*candidates, *other), key=lambda p: -p.weight)) if other else candidates

    def _phrase(self, text: _Text, i: int) -> PlaceMatch | None:
        word = text.plain[i]
        if (word in ROADS or word == "بين") and (spanning := self._spanning(text, i)):
            return spanning
        if word in BORDERS:
            return self._border(text, i)
        if word in AROUND:
            return self._around(text, i)
        if word in self.gazetteer.placewords:
            return self._after_placeword(text, i, self.gazetteer.placewords[word])
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
        if word not in self.gazetteer.adjectives or i == 0:
            return False
        before = text.words[i - 1]
        if word.startswith("ال"):
            return (len(before) > 4 and before[before.startswith(("و", "ب", "ف")) :].startswith("ال")) or before.startswith("لل")
        return text.words[i] == text.plain[i] and text.plain[i - 1] not in BEFORE_COUNTRY

    def _name(self, text: _Text, i: int, level: int) -> PlaceMatch | None:
        """The longest known name at a word that this level of safety allows."""
        words = [text.plain[i]]
        limit = self.gazetteer.heads.get(words[0], 0)
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
            candidates = self.gazetteer.lookup(key, min(level, COMMON) if key in self.gazetteer.notnames else level)
            if candidates:
                return PlaceMatch(i, ends[size - 1], i, ends[size - 1], candidates)
        return None

    def _after_placeword(self, text: _Text, i: int, kind: PlaceWord) -> PlaceMatch | None:
        """A place word and the name after it, quoted or not, known or not."""
        quoted = text.word(i + 1) == QUOTE
        j = i + 1 + quoted
        if j >= len(text.words):
            return None
        if text.words[j] in COMPASS and (part := self._area(text, j)):
            return replace(part, first=i)
        word = text.plain[i]
        inner = self._inner(text, j) if not quoted else self._name(text, j, ORDINARY)
        if inner is None:
            return self._unknown(text, i, j, kind)
        last = inner.last + (quoted and text.word(inner.last) == QUOTE)
        candidates = tuple(_named(place, kind) for place in inner.candidates)
        match = PlaceMatch(
            i,
            last,
            inner.core_first,
            inner.core_last,
            tuple(sorted(candidates, key=lambda p: -p.weight)),
            word,
            inner.country,
            core=text.words[inner.core_first],
        )
        return self._with_trailing(text, match)

    def _inner(self, text: _Text, j: int) -> PlaceMatch | None:
        """What stands after a place word or direction: a name, or another place phrase (`ريف محافظه ادلب`)."""
        name = self._name(text, j, ORDINARY)
        if name is None and text.words[j] == "العاصمه":
            return self._capital(text, j)
        if text.words[j] in self.gazetteer.placewords:
            phrase = self._after_placeword(text, j, self.gazetteer.placewords[text.words[j]])
            if phrase is not None and (name is None or phrase.last > name.last):
                return phrase
        return name

    def _unknown(self, text: _Text, i: int, j: int, kind: PlaceWord) -> PlaceMatch | None:
        """A place word and a name that no table knows."""
        quoted = text.word(j - 1) == QUOTE
        end = _closing(text, j) if quoted else self._unknown_end(text, j)
        if end <= j:
            return None
        name = " ".join(w for w in text.words[j:end] if w != "-")
        if not name:
            return None
        label = (kind.pattern or "{}").format(romanise(name))
        place = Place(label, None, None, None, None, "unknown", "site" if kind.kind == "any" else kind.kind, basis="stated")
        return self._with_trailing(text, PlaceMatch(i, end + quoted, j, end, (place,), text.plain[i], unlisted=name))

    def _unknown_end(self, text: _Text, j: int) -> int:
        """Where an unknown name that begins at `j` ends; `j` itself if the word is no name."""
        word = text.word(j)
        if word in COMPOUND:
            return max(j + 1, self._unknown_end(text, j + 1)) if j + 1 < len(text.words) else j
        if len(word) < 3 or not ("ء" <= word[0] <= "ي") or word in self.gazetteer.notnames or word in self.gazetteer.placewords:
            return j
        if word in self.gazetteer.adjectives or word.startswith(STOP_PREFIXES) or (word.endswith("يه") and not word.startswith("ال")):
            return j
        return j + 1

    def _capital(self, text: _Text, i: int) -> PlaceMatch | None:
        """`العاصمه` with a name or a country's adjective or both."""
        iso3 = self.gazetteer.adjectives.get(text.word(i + 1))
        j = i + 2 if iso3 else i + 1
        name = self._name(text, j, COMMON) if j < len(text.words) and text.words[j] == text.plain[j] else None
        if name is not None and (iso3 is None or any(p.country == iso3 for p in name.candidates)):
            ranked = tuple(sorted(name.candidates, key=lambda p: p.kind == "country"))
            return replace(name, first=i, candidates=ranked, placeword="العاصمه", country=iso3)
        if iso3 is None:
            other = text.word(j) in OTHER_CAPITALS
            return None if other else PlaceMatch(i, j, i, j, (_unplaced("capital", "city"),), "العاصمه", within=CAPITAL)
        if iso3 not in self.gazetteer.country_table:
            return None
        return PlaceMatch(i, j, i, j, self.gazetteer.capital(iso3), "العاصمه", iso3)

    def _direction(self, text: _Text, i: int) -> PlaceMatch | None:
        """A compass word before a place: `شمال سوريا`, `جنوب شرقي تركيا`, `غرب مدينه الموصل`."""
        j, english = i + 1, DIRECTIONS[text.plain[i]]
        if text.word(j) in DIRECTIONS:
            english, j = f"{english.removesuffix('ern')}{DIRECTIONS[text.word(j)].lower()}", j + 1
        if j >= len(text.words) or text.words[j] != text.plain[j]:
            return None
        if text.words[j] == "البلاد" and english:
            return PlaceMatch(i, j + 1, i, j + 1, (_unplaced(english, "region"),), within=english)
        inner = self._inner(text, j)
        if inner is None:
            return None
        inner, km = self._with_trailing(text, inner), told_distance(text.plain, i)
        places = tuple(_directed(p, english) if km is None else displaced(p, english, km) for p in inner.candidates)
        return replace(inner, first=i, candidates=places)

    def _spanning(self, text: _Text, i: int) -> PlaceMatch | None:
        """A road, by its ends or its number, or the ground between two places."""

        def end(j: int) -> tuple[tuple[Place, ...], int] | None:
            found = self._inner(text, j)
            single = found is not None and found.last == j + 1
            return (self._without_and(text, j, found.candidates) if single else found.candidates, found.last) if found else None

        span: Span | None = (between if text.plain[i] == "بين" else road_between)(text.words, i, end)
        if span:
            return PlaceMatch(i, span.last, i, span.last, middle(span))
        numbered = numbered_road(text.plain, i)
        return PlaceMatch(i, numbered[1], i, numbered[1], (numbered[0],)) if numbered else None

    def _border(self, text: _Text, i: int) -> PlaceMatch | None:
        """`الحدود السوريه التركيه`, `الحدود بين سوريا وتركيا`, `الحدود السوريه`."""
        if text.word(i + 1) == "بين":
            one = self._name(text, i + 2, SAFE) if i + 2 < len(text.words) else None
            other = self._name(text, one.last, SAFE) if one and one.last < len(text.words) and text.words[one.last].startswith("و") else None
            if one is None or other is None or not one.candidates[0].kind == other.candidates[0].kind == "country":
                return None
            return PlaceMatch(i, other.last, i, other.last, (border(one.candidates[0], other.candidates[0]),))
        first = self._country_of(text.word(i + 1))
        if first is None:
            return None
        j = i + 2 + (text.word(i + 2) == "-")
        second = self._country_of(text.word(j)) or self._country_of(text.word(j).removeprefix("و"))
        last = j + 1 if second else i + 2
        return PlaceMatch(i, last, i, last, (border(first, second),), text.plain[i], first.country)

    def _country_of(self, adjective: str) -> Place | None:
        iso3 = self.gazetteer.adjectives.get(adjective) if adjective.startswith("ال") else None
        return self.gazetteer.country(iso3) if iso3 else None

    def _around(self, text: _Text, i: int) -> PlaceMatch | None:
        """`محيط مطار عدن`, `مشارف صنعاء`: an area by the name of the place."""
        if i + 1 >= len(text.words) or text.words[i + 1] != text.plain[i + 1]:
            return None
        inner = self._inner(text, i + 1)
        if inner is None or inner.candidates[0].country is None:
            return None
        inner = self._with_trailing(text, inner)
        return replace(inner, first=i, candidates=tuple(_directed(p, " ") for p in inner.candidates))

    def _area(self, text: _Text, i: int) -> PlaceMatch | None:
        """`الجنوب الليبي`, `الشمال الغربي التونسي`, `الاراضي السوريه`: a definite part of a country told by its adjective; without one
        (`الشمال الغربي`, `في الجنوب`) of the country that the article is about."""
        english, j = COMPASS.get(text.plain[i], ""), i + 1
        side = TRAILING_COMPASS.get(text.word(j).removeprefix("ال"), "") if english and text.word(j).startswith("ال") else ""
        if side:
            english, j = f"{english.removesuffix('ern')}{side.lower()}" if english != "Central" else f"Central {side}", j + 1
        iso3 = self.gazetteer.adjectives.get(text.word(j))
        country = self.gazetteer.country(iso3) if iso3 else None
        if country is not None:
            return PlaceMatch(i, j + 1, i, j + 1, (_directed(country, english),), text.plain[i], iso3)
        if not english or not (side or (i and text.plain[i - 1] in PARTS)):
            return None
        return PlaceMatch(i, j, i, j, (_unplaced(english, "region"),), text.plain[i], within=english)

    def _with_trailing(self, text: _Text, match: PlaceMatch) -> PlaceMatch:
        """The match with the adjectives after it: those of countries settle the country, those of the compass the name."""
        last, country, candidates = match.last, match.country, match.candidates
        while last < len(text.words):
            word = text.words[last]
            bare = word[2:] if word.startswith("ال") else ""
            iso3 = self.gazetteer.adjectives.get(word) if bare else None
            if iso3:
                country = country or iso3
            elif bare and bare.removesuffix("ه") in TRAILING_COMPASS and match.placeword:
                candidates = tuple(_directed(p, TRAILING_COMPASS[bare.removesuffix("ه")], always=True) for p in candidates)
            elif bare not in TRAILING:
                break
            last += 1
        return replace(match, last=last, candidates=_of_country(candidates, country), country=country)


def _unplaced(name: str, kind: str) -> Place:
    """What words name in a country that only the article tells."""
    return Place(name, None, None, None, None, "unknown", kind, basis="stated")


def _overcut(word: str, plain: str) -> bool:
    """Whether more was taken off than a clitic before a place: the `س` of the future (`سمكه`), `ف` or `ك` of a short word (`فريده`)."""
    return word != plain and (word.lstrip("وف") == "س" + plain or (len(plain) < 5 and word in ("ف" + plain, "ك" + plain)))


def _closing(text: _Text, j: int) -> int:
    """The index of the quotation mark that closes a name of at most five words begun at `j`; `j` if there is none."""
    for end in range(j + 1, min(len(text.words), j + 6)):
        if text.words[end] == QUOTE:
            return end
    return j


def _named(place: Place, kind: PlaceWord) -> Place:
    """A known place after a place word: a place of the word's kind ranks first, a site or area at the place gets its own name and precision."""
    if kind.pattern is None or place.kind == kind.kind:
        same = kind.kind in (place.kind, "any") or {kind.kind, place.kind} <= SEATLIKE - {"district", "quarter", "camp"}
        return replace(place, weight=place.weight + (KIND_BONUS if same else 0.0))
    precision = "unknown" if place.lat is None else "region" if kind.kind == "region" else coarser(place.precision, "town")
    phrase = replace(place, name=kind.pattern.format(place.name), kind=kind.kind, precision=precision, id=None)
    return countryside(place, phrase) if kind.pattern == COUNTRYSIDE else phrase


def _directed(place: Place, english: str, always: bool = False) -> Place:
    """A part of a place: of a country, region or governorate it is a region with its own name, of a town an area by the name of the town."""
    if not english:
        return place
    area = replace(place, precision="region" if place.lat is not None else "unknown")
    if english == " ":
        return area
    if not (always or place.kind in ("country", "region", "governorate")):
        return area
    return replace(area, name=f"{english} {place.name}", kind="region" if place.kind != "site" else "site", id=None)


def _of_country(candidates: tuple[Place, ...], iso3: str | None) -> tuple[Place, ...]:
    """Only the candidates in a country that the words state; if none is, the place is put there without coordinates."""
    if iso3 is None:
        return candidates
    inside = tuple(p for p in candidates if p.country == iso3)
    return inside or tuple(replace(p, country=iso3, admin1=None, lat=None, lon=None, precision="unknown", basis="stated", id=None) for p in candidates[:1])
