"""Resolving without coding: the times, numbers, places and actors of a text as identifiers and values one can compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from khabar.arabic.numerals import find_numbers
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import chunks, classify, head_of
from khabar.engines.rules.reader import RuleReader
from khabar.engines.rules.sentence import Sentence, read_sentence
from khabar.engines.rules.sources import trimmed
from khabar.engines.rules.triggers import find_triggers
from khabar.engines.rules.values import Ground, participant, place
from khabar.model import Document, Span, parse_day
from khabar.pipeline import shortened
from khabar.segment import sentences

Kind = Literal["time", "number", "place", "actor"]
KINDS: tuple[Kind, ...] = ("time", "number", "place", "actor")
_COMING = frozenset("سوف المقرر المزمع المنتظر المرتقب يعتزم تعتزم ينوي تنوي سيتم ستتم".split())
_NAMING = frozenset(("person", "people", "org", "group", "armed", "state", "party", "media", "role", "source", "origin"))
_CONTEXT = 3.0  # what a country given beside a text weighs against those that the text names, whose shares sum to 1


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

    def __init__(self, reader: RuleReader | None = None) -> None:
        self._reader = reader or RuleReader()

    def resolve(self, kind: Kind, text: str, *, published: date | str | None = None, country: str | None = None) -> tuple[Found, ...]:
        """What a text says of a kind, in text order. `published` is the day relative times are read against, `country` (ISO 3166-1 alpha-3)
        the one the text is about, if it does not say so itself."""
        day = parse_day(published) if isinstance(published, str) else published
        return tuple(self._readings[kind](_Text(self._reader, text, day, country)))

    @property
    def _readings(self) -> dict[Kind, Callable[[_Text], Iterator[Found]]]:
        return {"time": _times, "number": _numbers, "place": _places, "actor": _actors}


class _Text:
    """A text looked up once."""

    def __init__(self, reader: RuleReader, text: str, published: date | None, country: str | None) -> None:
        self.text, self.lexicon = text, reader.lexicon
        document = Document(text=text or " ", published=published)
        segments = shortened(sentences(text))
        self.sentences = [read_sentence(text, s, reader.analyzer, reader.finder) for s in segments]
        self.ground = Ground.of(document, self.sentences, reader.lexicon, reader.gazetteer, {country: _CONTEXT} if country else {})


def _times(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        for expression in s.times:
            interval = expression.resolve(text.ground.zero, future=_is_coming(s, expression.first, expression.last))
            start, end = s.offsets(expression.first, expression.last)
            days = (interval.start, interval.end) if interval else (None, None)
            value = {"from": days[0] and days[0].isoformat(), "to": days[1] and days[1].isoformat()}
            yield Found(Span.cut(text.text, start, end), value, interval.basis if interval else None)


def _is_coming(s: Sentence, first: int, last: int) -> bool:
    """Whether the verb nearest to the words, or one that announces, speaks of the future."""
    verbs = [k for k in range(len(s)) if s.verbs[k] or s.words[k].norm in _COMING]
    nearest = min(verbs, key=lambda k: min(abs(k - first), abs(k - last)), default=None)
    if nearest is None:
        return False
    w = s.words[nearest]
    return w.norm in _COMING or any(a.split.particle == "س" for a in w.analyses) or (nearest > 0 and s.words[nearest - 1].norm in _COMING)


def _numbers(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        for n in find_numbers([t.norm for t in s.tokens]):
            if n.first in s.time_at:
                continue
            start, end = s.offsets(n.first, n.last)
            value = {"low": n.low, "high": n.high, "approximate": n.approximate, "open": n.open, "kind": n.kind}
            yield Found(Span.cut(text.text, start, end), value, "stated")


def _places(text: _Text) -> Iterator[Found]:
    keys = ("id", "name", "country", "admin1", "lat", "lon", "precision")
    for s in text.sentences:
        for match in s.places:
            found = place(s, match, text.ground)
            values = [{k: getattr(x, k) for k in keys} for x in (found.location, *found.candidates)]
            yield Found(found.span, values[0], found.location.basis, tuple(values[1:]))


def _actors(text: _Text) -> Iterator[Found]:
    for s in text.sentences:
        taken = {k for d in find_triggers(s, text.lexicon) for k in range(d.first, d.last) if k not in s.name_at}
        for chunk in chunks(s, taken | set(range(s.segment.dateline))):
            phrase = _naming(chunk.phrase)
            if phrase is not None:
                who = participant(phrase, text.ground, "")
                yield Found(trimmed(s, phrase), {"id": who.entity, "name": who.name, "code": who.code}, "listed" if who.entity else "described")


def _naming(phrase: Phrase) -> Phrase | None:
    """The phrase from where it begins to name somebody; null where it names nobody."""
    s = phrase.sentence
    for k in range(phrase.first, phrase.last):
        noun, named = s.words[k].noun, s.name_at.get(k)
        if named or (noun and noun.label in _NAMING) or s.words[k].country or s.words[k].given:
            start = phrase.first if k <= phrase.head else k
            found = classify(s, start, phrase.last, head_of(s, start, phrase.last))
            return found._replace(label="state", code=f"{named.name.id} GOV") if named and found.label == "place" else found if found.label != "place" else None
    return None
