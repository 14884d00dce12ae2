"""Choosing: which of the places of one name an article means, by its countries, the units and places named beside it, and importance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from khabar.resolve.gazetteer import Gazetteer
from khabar.resolve.place import Place, distance
from khabar.resolve.places import CAPITAL, KIND_BONUS, PlaceMatch

CONTEXT_WEIGHT = 3.0
"""On the scale of log10(population): a country that all of the article is about beats a place elsewhere a thousand times as populous."""
INHERIT_SHARE = 0.34
"""The share of the context that a country needs before a place that no table knows is put there."""
FOREIGN_SHARE = 0.15
"""A quarter or site known only in a country with less of the context than this is taken for an unlisted one in the article's own country."""
RENOWN = 4.8
"""A site of this weight is known abroad: Al-Aqsa, or the port of a town of some 60,000."""
UNIT_BONUS, NEAR_BONUS, NEAR_KM = 1.0, 1.5, 80.0
"""What it is worth that the article names a place's governorate, or a place nearby."""
RIVAL_MARGIN, RIVAL_KM = 0.7, 25.0
"""A namesake of nearly the same score and farther off than this makes the choice a guess: the place is left without coordinates."""
_COMMONPLACE = frozenset(("quarter", "site", "village", "camp"))
_FINE = frozenset(("point", "town", "district"))
_UNITS = frozenset(("governorate", "country", "region"))


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article says about where it plays: the shares of its countries, the first-level units (country, name) that it names or that its
    certain places lie in, and these places, which can mean one place only."""

    countries: Mapping[str, float] = field(default_factory=dict)
    units: frozenset[tuple[str, str]] = frozenset()
    anchors: tuple[Place, ...] = ()

    @classmethod
    def of(cls, matches: Iterable[PlaceMatch], countries: Mapping[str, float]) -> Setting:
        """The setting that the place phrases of an article give together."""
        units, anchors = set(), dict[str, Place]()
        for match in matches:
            best = match.candidates[0]
            if best.kind == "governorate" and best.country and best.admin1:
                units.add((best.country, best.admin1))
            elif len(match.candidates) == 1 and best.precision in _FINE:
                anchors.setdefault(best.name, best)
                units.add((best.country or "", best.admin1 or ""))
        return cls(countries, frozenset(units), tuple(anchors.values()))

    def share(self, iso3: str | None) -> float:
        """How much of the article is about a country, 0 to 1."""
        total = sum(self.countries.values()) or 1.0
        return self.countries.get(iso3, 0.0) / total if iso3 else 0.0

    def main(self) -> str | None:
        """The country that the article is mainly about, if there is one."""
        iso3, share = max(((c, self.share(c)) for c in sorted(self.countries)), key=lambda item: item[1], default=("", 0.0))
        return iso3 if share >= INHERIT_SHARE else None


class Choice(NamedTuple):
    """The place chosen and the other places it might have been, likeliest first."""

    place: Place
    others: tuple[Place, ...] = ()


def choose(match: PlaceMatch, setting: Setting, gazetteer: Gazetteer) -> Choice:
    """The candidate that the words and the article favour. A place no table knows is looked up in the country stated or inherited; where
    namesakes are equally likely, the choice has no coordinates."""
    if match.within:
        return _within(match, setting, gazetteer)
    candidates = _looked_up(match, setting, gazetteer)
    ranked = sorted(candidates, key=lambda p: -_score(p, setting))
    best, others = ranked[0], tuple(ranked[1:4])
    main = setting.main()
    strange = match.country is None and main and best.country not in (main, None) and setting.share(best.country) < FOREIGN_SHARE
    if strange and best.kind in _COMMONPLACE and not _renowned(best, match):
        label = best.name.split(" (")[0]
        return Choice(Place(label, main, None, None, None, "unknown", best.kind, basis="inherited"), tuple(ranked[:3]))
    if best.country is None and best.kind != "region" and best.id is None:
        return Choice(replace(best, country=main, basis="inherited") if main else best, others)
    return Choice(_without_guess(best, others, setting), others)


def _renowned(place: Place, match: PlaceMatch) -> bool:
    """Whether a site is known abroad; one that a word for its kind told, not its name, was given KIND_BONUS for that."""
    told = match.placeword is not None and place.id is not None
    return place.kind == "site" and place.weight - (KIND_BONUS if told else 0.0) >= RENOWN


def _within(match: PlaceMatch, setting: Setting, gazetteer: Gazetteer) -> Choice:
    """The capital or a part of the country that the article is mainly about."""
    main = setting.main()
    country = gazetteer.country(main) if main else None
    if main is None or country is None:
        return Choice(match.candidates[0])
    if match.within != CAPITAL:
        name = f"{match.within} {country.name}"
        return Choice(replace(country, name=name, kind="region", precision="region", basis="inherited", id=None))
    first, *others = gazetteer.capital(main)
    return Choice(replace(first, basis="inherited"), tuple(others))


def _looked_up(match: PlaceMatch, setting: Setting, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The candidates, those of the deep tables for a name that the others do not list."""
    iso3 = match.country or setting.main()
    if not match.unlisted or not iso3 or match.candidates[0].kind in ("site", "region"):
        return match.candidates
    return gazetteer.far(match.unlisted, iso3) or match.candidates


def _score(place: Place, setting: Setting) -> float:
    score = place.weight + CONTEXT_WEIGHT * setting.share(place.country)
    if place.precision in _UNITS:
        return score
    if place.country and place.admin1 and (place.country, place.admin1) in setting.units:
        score += UNIT_BONUS
    nearest = min((distance(place, anchor) for anchor in setting.anchors), default=NEAR_KM)
    return score + NEAR_BONUS * max(0.0, 1 - nearest / NEAR_KM)


def _without_guess(best: Place, others: tuple[Place, ...], setting: Setting) -> Place:
    """The place without coordinates where a namesake far from it is as likely."""
    if best.precision not in _FINE:
        return best
    floor = _score(best, setting) - RIVAL_MARGIN
    rivals = [p for p in others if p.precision in _FINE and _score(p, setting) >= floor and distance(best, p) > RIVAL_KM]
    if not rivals:
        return best
    same_unit = all(p.country == best.country and p.admin1 == best.admin1 for p in rivals)
    return replace(best, lat=None, lon=None, precision="unknown", id=None, admin1=best.admin1 if same_unit else None)
