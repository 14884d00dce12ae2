"""The rule reader: an article's sentences to mentions, stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from khabar.arabic.calendar import WEEKDAYS, weekday_before
from khabar.engines.rules.announce import announced, continuation
from khabar.engines.rules.context import Context
from khabar.engines.rules.counts import assign_counts, counted_people
from khabar.engines.rules.draft import Draft, Link, Phrase
from khabar.engines.rules.events import agree_on_future
from khabar.engines.rules.exclude import without_demands
from khabar.engines.rules.judge import Judge, load_judge
from khabar.engines.rules.modes import assign_modes
from khabar.engines.rules.participants import assign, control, grouped, inherit
from khabar.engines.rules.phrases import chunks, described, names_told
from khabar.engines.rules.scopes import Scope, clause_end, clause_start
from khabar.engines.rules.select import Selector, topics
from khabar.engines.rules.sentence import QUOTES, Sentence, read_sentence
from khabar.engines.rules.setting import host_places, place_by_dateline, share_time
from khabar.engines.rules.sources import IMPERSONAL, PARTICLES, act_scopes, chain, report_scopes
from khabar.engines.rules.status import assign_status, cue_scopes
from khabar.engines.rules.triggers import find_triggers
from khabar.engines.rules.words import Analyzer
from khabar.lexicon import Lexicon, load_lexicon
from khabar.model import Count, Document, Mention, Participant, Place, Reason, Source, Span, Time
from khabar.resolve.places import Gazetteer
from khabar.segment import Sentence as Segment

_BRACKETS = frozenset(("(", ")", ","))
_RELATIVE = {"اليوم": 0, "امس": 1}  # how many days the weekday beside it lies before today


@dataclass(slots=True)
class Memory:
    """What one sentence hands on to the next: who spoke last, and whose quotation is still open."""

    outlet: str
    topic: list[str]
    speaker: tuple[Link, ...] = ()
    previous: tuple[Link, ...] = ()
    carried: tuple[Link, ...] = ()
    people: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)


class RuleReader:
    """Reads by lexicon and grammar alone. Stateless between articles but for its memory of words."""

    name = "rules"

    def __init__(self, judge: Judge | None = None) -> None:
        self.lexicon = load_lexicon()
        self.gazetteer = Gazetteer.load()
        self.select = Selector(load_judge() if judge is None else judge)
        self.analyzer = Analyzer(self.lexicon, self.gazetteer.known)

    def read(self, document: Document, segments: Sequence[Segment]) -> tuple[Mention, ...]:
        """The mentions of an article in text order."""
        sentences = [read_sentence(document.text, x, self.analyzer, self.gazetteer) for x in segments if x.zone in ("headline", "body")]
        memory = Memory(self.lexicon.outlet(document.outlet), topics(sentences))
        drafts = [d for s in sentences for d in self._sentence(s, memory)]
        self.select.events(drafts)
        agree_on_future(drafts)
        place_by_dateline(sentences, drafts)
        context = _countries(sentences)
        zero = _day_zero(sentences, document.published)
        return tuple(_finish(d, document, self, context, zero) for d in drafts)

    def _sentence(self, s: Sentence, memory: Memory) -> list[Draft]:
        """The acts of one sentence with everything but their event; `memory` goes on to the next sentence."""
        drafts = without_demands(s, self.select.triggers(find_triggers(s, self.lexicon), memory.topic))
        if not drafts and not _speaks(s):
            memory.carried = _open_quote(s, [], memory.carried)
            return []
        taken = {*range(s.segment.dateline), *(k for d in drafts for k in (*range(d.first, d.last), *described(s, d)))}
        s.people = frozenset(memory.people)
        found = chunks(s, taken)
        memory.people |= names_told(found)
        groups = grouped(s, found)
        for d in drafts:
            assign(d, groups, (clause_start(s, d.first), len(s) if d.sense.content else clause_end(s, d.first + 1)))
        drafts = fold_tolls(drafts)
        inherit(drafts)
        control(drafts)
        reports, memory.speaker = report_scopes(s, groups, memory.speaker, memory.outlet, {d.first for d in drafts})
        scopes = reports + [scope for d in drafts for scope in act_scopes(d)]
        if memory.carried:
            scopes.append(Scope(0, _quote_end(s), memory.carried, None, "inside a quotation from the sentence before"))
        going_on = continuation(s, drafts, memory.told, memory.coming, memory.previous)
        scopes += [going_on] if going_on else []
        drafts = [d for d in drafts if not any(sc.drops and sc.holds(d.first) for sc in scopes)]
        x = Context(s, drafts, found, groups, scopes, memory.previous, memory.carried, memory.told, memory.outlet)
        statuses = scopes + cue_scopes(s, {d.first for d in drafts if d.sense.content})
        for d in drafts:
            assign_status(d, statuses)
            self.select.status(d, x, statuses)
        for d in drafts:
            self.select.sources(d, x)
        self.select.participants(x)
        assign_modes(s, drafts)
        assign_counts(s, drafts, found, self.lexicon)
        counted_people(drafts, found)
        self.select.settings(x)
        host_places(s, drafts)
        share_time(drafts)
        memory.carried = _open_quote(s, scopes, memory.carried)
        if going_on:
            memory.speaker = memory.previous
        if memory.previous != memory.speaker:
            memory.told, memory.coming = set(), set()
        memory.coming |= announced(s, drafts)
        spoken = {x.span for x in memory.speaker}
        memory.told |= {
            a for d in drafts if any(link.span in spoken for sc in scopes if sc.holds(d.first) for link in sc.links) for a in s.words[d.first].lemmas
        }
        memory.previous = memory.speaker
        return drafts


def fold_tolls(drafts: list[Draft]) -> list[Draft]:
    """A casualty word belongs to the act of its sentence; without one, the first casualty word stands for all."""
    acts = [d for d in drafts if d.sense.type == "ASSAULT" and not _casualty(d)]
    tolls = [d for d in drafts if _casualty(d)]
    if not tolls:
        return drafts
    kept = set() if acts else {tolls[0].first}
    return [d for d in drafts if not _casualty(d) or d.first in kept]


def _speaks(s: Sentence) -> bool:
    """Whether a sentence can change who is speaking."""
    return any((w.reports and (s.verbs[i] or w.reports[0].form.kind != "noun")) or w.norm in IMPERSONAL or w.bare in PARTICLES for i, w in enumerate(s.words))


def _casualty(d: Draft) -> bool:
    """A word of toll, or a passive verb of killing or wounding, which names no act of its own; an active verb with its agent does."""
    if d.toll and d.shape == "verb" and not d.passive and (d.actors or (d.analysis is not None and d.analysis.form.person == "3mp")):
        return False
    return d.toll or (d.kills and d.passive and d.shape == "verb" and not d.actors)


def _quote_end(s: Sentence) -> int:
    return next((i for i, t in enumerate(s.tokens) if t.norm in QUOTES), len(s))


def _open_quote(s: Sentence, scopes: list[Scope], carried: tuple[Link, ...]) -> tuple[Link, ...]:
    """The chain that goes on into the next sentence: that of a quotation still open at the end of this one."""
    marks = [i for i, t in enumerate(s.tokens) if t.norm in QUOTES]
    if carried and not marks:
        return carried
    inside = (len(marks) + bool(carried)) % 2 == 1
    return chain(len(s) - 1, [sc for sc in scopes if not sc.whole]) if inside and marks else ()


def _countries(sentences: list[Sentence]) -> dict[str, float]:
    """How much the article speaks of each country: shares that sum to 1."""
    found: Counter[str] = Counter()
    for s in sentences:
        weight = 2 if s.segment.zone == "headline" else 1
        for w in s.words:
            if w.country:
                found[w.country] += weight
        for named in s.names:
            if named.name.kind in ("country", "seat"):
                found[named.name.id] += weight
            elif len(named.name.code.split()[0]) == 3 and named.name.kind != "media":
                found[named.name.code.split()[0]] += 0.5  # type: ignore[assignment]
        for match in s.places:
            country = match.candidates[0].country
            if country:
                found[country] += weight
    total = sum(found.values()) or 1
    return {k: v / total for k, v in found.items()}


def _day_zero(sentences: list[Sentence], published: date | None) -> date | None:
    """The day the article calls today: the latest on or before publication that fits the weekday it first names beside `اليوم` or `أمس`."""
    if published is None:
        return None
    for s in sentences:
        norms = [t.norm for t in s.tokens if t.norm not in _BRACKETS]
        for word, after in pairwise(norms):
            if word in _RELATIVE and after in WEEKDAYS:
                return weekday_before(published, (WEEKDAYS[after] + _RELATIVE[word]) % 7)
    return published


def _participant(p: Phrase, context: dict[str, float], lexicon: Lexicon, day: str, where: str) -> Participant:
    s = p.sentence
    start, end = s.offsets(p.first, p.last)
    code = lexicon.code_on(p.entity, p.code, day)
    country, _, sector = code.partition(" ")
    if country == "-" and sector == "CVL" and where:
        code = f"{where} CVL"
    elif country == "-" and sector in ("GOV", "MIL", "COP", "JUD", "LEG", "CVL", "OPP", "PTY") and context:
        best = max(sorted(context), key=lambda k: context[k])
        code = f"{best} {sector}" if len(best) == 3 else code
    return Participant(Span.cut(s.text, start, end), code, p.english or None, p.entity or None)


def _places(d: Draft, gazetteer: Gazetteer, context: dict[str, float]) -> tuple[Place, ...]:
    out = []
    for s, index in d.places:
        match = s.places[index]
        chosen = gazetteer.choose(match, context)
        start, end = s.offsets(match.first, match.last)
        out.append(Place(Span.cut(s.text, start, end), chosen.name, chosen.country))
    return tuple(out)


def _time(d: Draft, zero: date | None) -> Time | None:
    if d.time is None:
        return None
    s, index = d.time
    expression = s.times[index]
    start, end = s.offsets(expression.first, expression.last)
    interval = expression.resolve(zero, future=d.status == "planned")
    span = Span.cut(s.text, start, end)
    if interval is None or (interval.start is None and interval.end is None):
        return Time(span, None, None)
    return Time(span, interval.start or interval.end, interval.end or interval.start, interval.basis)


def _finish(d: Draft, document: Document, reader: RuleReader, context: dict[str, float], zero: date | None) -> Mention:
    s = d.sentence
    start, end = s.offsets(d.first, d.last)
    day = document.published.isoformat() if document.published else ""
    counts = tuple(Count(t.span, t.role, t.low, t.high, t.who, t.approximate, t.open) for t in d.counts)
    places = _places(d, reader.gazetteer, context)
    where = next((p.country for p in places if p.country), "")
    return Mention(
        trigger=Span.cut(document.text, start, end),
        type=d.sense.type,
        modes=tuple(dict.fromkeys(d.modes)),
        status=d.status,
        event=d.event,
        actors=tuple(_participant(p, context, reader.lexicon, day, where) for p in d.actors),
        recipients=tuple(_participant(p, context, reader.lexicon, day, where) for p in d.recipients),
        places=places,
        time=_time(d, zero),
        counts=counts,
        sources=tuple(Source(x.span, x.kind, x.cue) for x in d.sources),
        why=tuple(Reason(f, r) for f, r in dict.fromkeys(d.why)),
    )
