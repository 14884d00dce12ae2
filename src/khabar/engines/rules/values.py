"""From the words of a mention to its values: codes of participants, places, days. What one reader finds by rules and another by learning is
valued alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khabar.arabic.calendar import weekday_before
from khabar.arabic.romanise import romanise
from khabar.engines.rules.coreference import Referents
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.homes import Homes, is_kingdom
from khabar.engines.rules.mentions import name_of
from khabar.engines.rules.phrases import speaks_for_place
from khabar.engines.rules.sentence import Sentence, within_name
from khabar.engines.rules.setting import statement_verb
from khabar.lexicon import Lexicon
from khabar.model import Clock, Document, Location, Participant, Place, Source, Span, Time
from khabar.resolve.choose import Setting, choose
from khabar.resolve.gazetteer import Gazetteer
from khabar.resolve.moments import DayOffset, Interval
from khabar.resolve.place import Place as Located
from khabar.resolve.places import PlaceMatch
from khabar.resolve.symbols import symbol
from khabar.resolve.times import TimeExpression
from khabar.resolve.told import antecedents, resolved

_AGAIN = {
    **dict.fromkeys(("البلده", "القريه"), frozenset(("town", "village"))), **dict.fromkeys(("المحافظه", "الولايه", "الاقليم"), frozenset(("governorate",))),
    "المدينه": frozenset(("city", "town")), "المخيم": frozenset(("camp",)), "الحي": frozenset(("quarter",)),
    "المنطقه": frozenset(("city", "town", "village", "region", "district", "quarter")),
}  # fmt: skip
_STATE = frozenset(("حكومه", "سلطات", "سلطه", "دوله", "نظام"))  # with a country's adjective they name the state: `الحكومه السوريه`
_SMALL = frozenset(("quarter", "site", "village", "camp"))
_BEYOND = frozenset(("IGO", "NGO", "MNC", "IMG"))
HOME = 2  # how often an outlet may be taken to have named its own country
_OF_THE_LAND = frozenset("GOV MIL COP JUD LEG CVL OPP PTY LAB EDU BUS HLH SPY UAF REB ELI REL CRM MED -".split())  # whose country goes without saying


def countries_named(sentences: Sequence[Sentence], home: str = "") -> dict[str, float]:
    """How much the article speaks of each country: shares that sum to 1. The outlet's own (`home`) need not be named."""
    found: Counter[str] = Counter({home: HOME} if home else {})
    for s in sentences:
        weight = 2 if s.segment.zone == "headline" else 1
        for k, w in enumerate(s.words):
            if w.country and not within_name(s, k):
                found[w.country] += weight
        for named in s.names:
            if is_kingdom(s, named.first) or s.words[named.first].owned or named.first in s.namesakes or within_name(s, named.first):
                continue
            if named.name.kind in ("country", "seat"):
                found[named.name.id] += weight
            elif len(named.name.code.split()[0]) == 3 and named.name.kind != "media":
                found[named.name.code.split()[0]] += 0.5  # type: ignore[assignment]
        for match in s.places:
            country = match.candidates[0].country
            if country and speaks_for_place(s, match):
                found[country] += weight * _certainty(match)  # type: ignore[assignment]
    total = sum(found.values()) or 1
    return {k: v / total for k, v in found.items()}


def _certainty(match: PlaceMatch) -> float:
    """How far a place phrase speaks for a country: a quarter or site hardly, since every country has a `حي النصر`."""
    best = match.candidates[0]
    if any(p.country != best.country for p in match.candidates):
        return 0.25 if best.kind in _SMALL else 0.5
    return 0.25 if best.kind in _SMALL and not match.country else 1.0


def day_zero(sentences: Sequence[Sentence], published: date | None) -> date | None:
    """The day the article calls today: the latest on or before publication that fits the weekday it first names beside `اليوم` or `أمس`
    or, failing these, beside `غدا` and the like."""
    if published is None:
        return None
    named = [m for s in sentences for x in s.times if isinstance(m := x.moment, DayOffset) and m.weekday is not None]
    told = next((m for m in named if m.days in (0, -1)), next(iter(named), None))
    return weekday_before(published, ((told.weekday or 0) - told.days) % 7) if told else published


@dataclass(frozen=True, slots=True)
class Ground:
    """What the values of an article's mentions rest on: its countries, what it says of where it plays, and the day it calls today."""

    document: Document
    lexicon: Lexicon
    gazetteer: Gazetteer
    setting: Setting
    zero: date | None
    referents: Referents
    homes: Homes
    told: Mapping[tuple[int, int], Interval]

    @classmethod
    def of(
        cls, document: Document, sentences: Sequence[Sentence], lexicon: Lexicon, gazetteer: Gazetteer, countries: Mapping[str, float] | None = None
    ) -> Ground:
        """The ground of an article; `countries` that are known beside it weigh as told."""
        home = lexicon.home(document.outlet)
        shares = countries_named(sentences, home)
        for iso3, weight in (countries or {}).items():
            shares[iso3] = shares.get(iso3, 0.0) + weight
        setting = Setting.of((m for s in sentences for m in s.places), shares)
        zero, referents = day_zero(sentences, document.published), Referents(sentences, lexicon)
        told = antecedents([s.times for s in sentences], zero)
        at = {(sentences[k].segment.index, first): interval for (k, first), interval in told.items()}
        return cls(document, lexicon, gazetteer, setting, zero, referents, Homes(sentences, shares, home), at)

    def days(self, s: Sentence, expression: TimeExpression, *, future: bool) -> Interval | None:
        """The days an expression of a sentence of the article denotes; in the `future` a bare weekday is the next. `أمس الاثنين` is a conflict
        where the day before publication was no Monday, though the article's own today is taken from it."""
        interval = resolved(expression, self.zero, self.told.get((s.segment.index, expression.first)), future=future)
        moment, published = expression.moment, self.document.published
        if interval is None or published is None or not isinstance(moment, DayOffset) or moment.weekday is None:
            return interval
        return replace(interval, conflict=(published + timedelta(moment.days)).weekday() != moment.weekday)

    @property
    def day(self) -> str:
        """The day of publication as ISO date; empty where unknown."""
        return self.document.published.isoformat() if self.document.published else ""


def participant(p: Phrase, ground: Ground, where: str) -> Participant:
    """A phrase as a participant: who is meant again, the code on the day of publication, an unknown country taken from the act's place
    (`where`) or the article."""
    p = ground.referents.of(p)
    s = p.sentence
    start, end = s.offsets(p.first, p.last)
    if p.entity == "SAU" and is_kingdom(s, p.head) and (land := ground.homes.kingdom) != "SAU":
        p = p._replace(entity=land, english=ground.lexicon.countries[land], code=f"{land} GOV")
    code = ground.lexicon.code_on(p.entity, p.code, ground.day)
    country, _, sector = code.partition(" ")
    if sector in ("", "-") and not p.entity and (p.label in ("person", "people", "origin") or (p.label == "role" and country not in _BEYOND and name_of(p))):
        sector = "CVL"
        code = f"{country} {sector}"
    if country == "-" and sector == "CVL" and where:
        code = f"{where} CVL"
    elif country == "-" and (sector or "-") in _OF_THE_LAND and (found := ground.homes.of(p, sector)):
        code = f"{found} {sector or '-'}"
    entity, english = p.entity, p.english
    noun = s.words[p.head].noun
    state = code.split()[0] if p.last - p.head == 1 and s.words[p.head].article else p.code.split()[0]
    if not entity and noun and noun.lemma in _STATE and code.endswith(" GOV") and (name := ground.lexicon.countries.get(state)):
        entity, english = state, name
    return Participant(Span.cut(s.text, start, end), code, english or None, entity or None)


def place(s: Sentence, match: PlaceMatch, ground: Ground) -> Place:
    """A place phrase as the candidate that the article speaks for."""
    chosen, others = choose(match, ground.setting, ground.gazetteer)
    start, end = s.offsets(match.first, match.last)
    return Place(Span.cut(s.text, start, end), location(chosen), tuple(map(location, others)))


def named_place(s: Sentence, first: int, last: int, ground: Ground) -> PlaceMatch:
    """The tokens as a place because something else says that they name one: what the gazetteer has under any of their names, else a name
    unlisted."""
    words = [(k, s.words[k]) for k in range(first, last) if not s.words[k].sign]
    if len(words) == 1 and (again := _place_again(s, words[0][0], ground)):
        return PlaceMatch(first, last, first, last, again)
    for at, (k, w) in enumerate(words):
        for size in range(len(words) - at, 0, -1):
            rest = [x.norm for _, x in words[at + 1 : at + size]]
            found = ground.gazetteer.lookup(" ".join([w.bare, *rest])) or ground.gazetteer.lookup(" ".join([w.norm, *rest]))
            if found:
                return PlaceMatch(first, last, k, words[at + size - 1][0] + 1, found)
    name = " ".join(w.bare for _, w in words)
    country = next((w.country for _, w in words if w.country), None)
    label = " ".join(map(romanise, name.split())) or s.text[slice(*s.offsets(first, last))]
    return PlaceMatch(first, last, first, last, (Located(label, country, None, None, None, "unknown", "town", basis="stated"),), None, country, name)


def _place_again(s: Sentence, k: int, ground: Ground) -> tuple[Located, ...]:
    """What a bare word for a place takes up: `البلاد` the article's country, `العاصمه` its capital, `المدينه` the last town told."""
    word, main = s.words[k].bare, ground.setting.main()
    if word == "البلاد" and main:
        country = ground.gazetteer.country(main)
        return (country,) if country else ()
    if word == "العاصمه" and main and main in ground.gazetteer.country_table:
        return tuple(p for p in ground.gazetteer.capital(main))
    told = ground.referents.place(s, k, _AGAIN[word]) if word in _AGAIN else None
    return told.candidates if told else ()


def location(place: Located) -> Location:
    """A place of the gazetteer as the record tells it."""
    return Location(place.name, place.country, place.admin1, place.lat, place.lon, place.precision, place.basis, place.id)


def time(s: Sentence, expression: TimeExpression, ground: Ground, *, future: bool) -> Time:
    """A time expression with the days it denotes in its article; in the `future` a bare weekday is the next."""
    start, end = s.offsets(expression.first, expression.last)
    interval = ground.days(s, expression, future=future)
    told = expression.clock
    clock = Clock(told.start, told.end, told.zone) if told else None
    span = Span.cut(s.text, start, end)
    if interval is None or (interval.start is None and interval.end is None):
        return Time(span, None, None, clock=clock, symbol=symbol(expression.moment) if ground.zero is None else None)
    return Time(span, interval.start or interval.end, interval.end or interval.start, interval.basis, clock, conflict=interval.conflict)


def said(s: Sentence, sources: Iterable[Source], ground: Ground) -> Time | None:
    """When a mention was told: the time that stands between the verb of one of its sources and what is reported (`قال يوم الثلاثاء إن`)."""
    cues = {x.cue.start for x in sources if x.cue}
    for expression in s.times if cues else ():
        verb = statement_verb(s, expression.first)
        if verb is not None and s.tokens[verb].start in cues:
            return time(s, expression, ground, future=False)
    return None
