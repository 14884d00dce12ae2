"""Resolving without coding: the times, numbers, places and actors of a text as identifiers and values one can compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from khabar.arabic.duals import construct_dual, dual
from khabar.arabic.fold import fold
from khabar.arabic.numerals import Number
from khabar.engines.own import NONE, OwnTables
from khabar.engines.rules.codes import coded
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.mentions import inside
from khabar.engines.rules.reader import RuleReader
from khabar.engines.rules.sentence import Sentence, read_sentences
from khabar.engines.rules.sources import trimmed
from khabar.engines.rules.values import Ground, location, participant, place
from khabar.lexicon import Name, words_of
from khabar.model import Document, InvalidValue, LexiconFault, Location, Span, parse_day
from khabar.model.ontology import VALUE_KINDS, ValueKind
from khabar.pipeline import shortened
from khabar.resolve import own
from khabar.resolve.gazetteer import Gazetteer
from khabar.resolve.quantities import quantities
from khabar.resolve.symbols import symbol
from khabar.resolve.times import Interval, TimeExpression, find_times
from khabar.segment import sentences

_COMING = frozenset("سوف المقرر المزمع المنتظر المرتقب يعتزم تعتزم ينوي تنوي سيتم ستتم".split())
_CLAUSE = frozenset("ان انه انها انهم انهما بان بانه بانها بانهم".split())
_CONTEXT = 9.0  # what a country given beside a text weighs against those that the text names, whose shares sum to 1


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text: where it stands, what it is, what it was worked out from, and what else it might be."""

    span: Span
    value: dict[str, Any]
    basis: str | None = None
    candidates: tuple[dict[str, Any], ...] = ()

    def record(self) -> dict[str, Any]:
        return {**self.span.record(), "value": self.value, "basis": self.basis, "candidates": list(self.candidates)}


class Resolver:
    """Finds and resolves values in texts of any length: a phrase, a sentence, an article. One instance may serve any number of texts."""

    def __init__(self, tables: OwnTables = NONE) -> None:
        self._reader = RuleReader(own=tables)

    def resolve(
        self, kind: ValueKind, text: str, *, published: date | str | None = None, country: str | None = None, outlet: str | None = None
    ) -> tuple[Found, ...]:
        """What a text says of a kind, in text order. `published` is the day relative times are read against, `country` (ISO 3166-1 alpha-3)
        the one the text is about, if it does not say so itself, `outlet` the paper or station it is from."""
        if kind not in VALUE_KINDS:
            raise InvalidValue(f"kind {kind!r}: expected one of {', '.join(VALUE_KINDS)}")
        if country is not None and self._reader.gazetteer.country(country) is None:
            raise InvalidValue(f"country {country!r}: expected an ISO 3166-1 alpha-3 code, such as SYR")
        day = parse_day(published) if isinstance(published, str) else published
        return tuple(self._readings[kind](_Text(self._reader, text, day, country, outlet)))

    def search_places(self, name: str, country: str | None = None) -> Iterator[tuple[str, Location]]:
        """The places that bear a name, in Arabic (any spelling, also part of the name) or English, the weightiest first: the folded name and
        the place. In a `country`, those of the deep tables too."""
        wanted = fold(name).strip()
        arabic = any("ء" <= c <= "ي" for c in wanted)
        found = [(key, p) for key, places in self._reader.gazetteer.names() for p in places if (wanted in key if arabic else wanted.lower() in p.name.lower())]
        found = [(key, p) for key, p in found if country in (None, p.country)]
        found += [(wanted, p) for p in (self._reader.gazetteer.far(wanted, country) if country and arabic else ()) if all(p.id != q.id for _, q in found)]
        yield from ((key, location(p)) for key, p in sorted(found, key=lambda x: (x[0] != wanted, -x[1].weight, x[0])))

    def search_actors(self, name: str) -> Iterator[Name]:
        """The actors that bear a name, Arabic (any spelling, also part of it) or English, or have that id: one for each office."""
        wanted = " ".join(words_of(name))
        arabic = any("ء" <= c <= "ي" for c in wanted)
        found: dict[Name, None] = {}
        for first, entries in self._reader.lexicon.names.items():
            for rest, who in entries:
                if wanted in " ".join((first, *rest)) if arabic else (name.lower() in who.english.lower() or name == who.id):
                    found.setdefault(who)
        yield from sorted(found, key=lambda who: (who.english, who.since))

    @property
    def _readings(self) -> dict[ValueKind, Callable[[_Text], Iterator[Found]]]:
        return {"time": _times, "number": _numbers, "place": _places, "actor": _actors}


def lint_places(path: Path) -> tuple[LexiconFault, ...]:
    """Every fault of a table of places of one's own."""
    return own.lint_places(path, Gazetteer.load())


class _Text:
    """A text looked up once."""

    def __init__(self, reader: RuleReader, text: str, published: date | None, country: str | None, outlet: str | None) -> None:
        self.text, self.lexicon = text, reader.lexicon
        document = Document(text=text or " ", published=published, outlet=outlet)
        segments = shortened(sentences(text))
        self.alone = len(segments) == 1
        self.sentences = read_sentences(text, segments, reader.analyzer, reader.finder)
        self.ground = Ground.of(document, self.sentences, reader.lexicon, reader.gazetteer, {country: _CONTEXT} if country else {})

    def times(self, s: Sentence) -> list[TimeExpression]:
        """The time expressions of a sentence; of a text of one sentence those too that news would mean otherwise (`في 15`)."""
        return find_times([t.norm for t in s.tokens], loose=True) if self.alone else s.times


def _times(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        for expression in text.times(s):
            interval = text.ground.days(s, expression, future=_is_coming(s, expression.first, expression.last))
            yield Found(_span(s, expression.first, expression.last), _time_value(expression, interval), interval.basis if interval else None)


def _span(s: Sentence, first: int, last: int) -> Span:
    """The tokens without a joining `و` or `ف` before the first."""
    start, end = s.offsets(first, last)
    joined = bool(s.words[first].conjunction) and s.text[start] in "وف" and end - start > 2 and not s.tokens[first].norm.startswith("وقت")
    return Span.cut(s.text, start + joined, end)


def _time_value(expression: TimeExpression, interval: Interval | None) -> dict[str, Any]:
    """`from` and `to` as ISO dates, inclusive, with clock times and their zone where given; symbolic where there is no day to read against."""
    first, last = (interval.start, interval.end) if interval else (None, None)
    value: dict[str, Any] = {"from": first and first.isoformat(), "to": last and last.isoformat()}
    clock = expression.clock
    if clock and first and last:
        value = {"from": f"{first}T{clock.start:%H:%M}", "to": f"{last}T{clock.end or clock.start:%H:%M}"}
    if clock and clock.zone:
        value["zone"] = clock.zone
    if interval is None:
        value["symbol"] = symbol(expression.moment)
    if interval and interval.conflict:
        value["conflict"] = True
    return value


def _is_coming(s: Sentence, first: int, last: int) -> bool:
    """Whether the verb nearest to the words, or one that announces, speaks of the future; verbs of a clause that `ان` opens behind them do not count
    where one stands before (`اعلنت الاربعاء انها ستطلق`)."""
    verbs = [k for k in range(len(s)) if s.verbs[k] or s.words[k].norm in _COMING]
    clause = next((k for k in range(last, len(s)) if s.words[k].norm in _CLAUSE), len(s))
    verbs = [k for k in verbs if k < clause] if verbs and verbs[0] < first else verbs
    nearest = min(verbs, key=lambda k: min(abs(k - first), abs(k - last)), default=None)
    if nearest is None:
        return False
    w = s.words[nearest]
    return w.norm in _COMING or any(a.split.particle == "س" for a in w.analyses) or (nearest > 0 and s.words[nearest - 1].norm in _COMING)


def _numbers(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        words = [t.norm for t in s.tokens]
        duals = [k for k in range(len(s)) if _is_dual(s, k)]
        for number in quantities(words, text.times(s), duals, loose=text.alone):
            yield Found(_span(s, number.first, number.last), _number_value(number), "stated")


def _is_dual(s: Sentence, k: int) -> bool:
    """Whether a word stands for two: not an adjective after another dual, not a name, and no relational adjective in `ين`."""
    word, after = s.words[k], s.tokens[k + 1].norm if k + 1 < len(s) else ""
    if k in s.number_at or word.function or (word.given and not word.noun):
        return False
    if construct_dual(word.norm, after) and not s.words[k + 1].function and k + 1 not in s.time_at:
        return True
    if k in s.place_at:
        return False
    known = dual(word.norm) is not None and (not word.country or word.norm.endswith(("يان", "يتين", "يتان")))
    return known and not (k and not word.conjunction and dual(s.tokens[k - 1].norm) and s.words[k - 1].article == word.article)


def _number_value(number: Number) -> dict[str, Any]:
    """A number as its bounds."""
    low, high = number.bounds or (number.low, number.high)
    value = {"low": low, "high": high, "approximate": number.approximate and not number.rounded, "open": number.open, "kind": number.kind}
    return {**value, **({"percent": True} if number.percent else {})}


def _places(text: _Text) -> Iterator[Found]:
    keys = ("id", "name", "country", "admin1", "lat", "lon", "precision")
    for s in text.sentences:
        for match in s.places:
            found = place(s, match, text.ground)
            values = [{k: getattr(x, k) for k in keys} for x in (found.location, *found.candidates)]
            yield Found(found.span, values[0], found.location.basis, tuple(values[1:]))


def _actors(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        for phrase in text.ground.referents.mentions(s):
            found = _actor(s, phrase, text)
            yield found
            within = (_actor(s, p, text) for p in inside(phrase))
            yield from (x for x in within if x.value != found.value)


def _actor(s: Sentence, phrase: Phrase, text: _Text) -> Found:
    who = participant(coded(phrase), text.ground, "")
    return Found(trimmed(s, phrase), {"id": who.entity, "name": who.name, "code": who.code}, "listed" if who.entity else "described")
