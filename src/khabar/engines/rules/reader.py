"""The rule reader: an article's sentences to mentions, stage by stage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.engines.own import NONE, OwnTables
from khabar.engines.rules.announce import announced, continuation
from khabar.engines.rules.codes import coded
from khabar.engines.rules.context import Context
from khabar.engines.rules.counts import assign_counts, befell, counted_people
from khabar.engines.rules.draft import Draft, Link
from khabar.engines.rules.events import agree_on_future
from khabar.engines.rules.exclude import without_demands
from khabar.engines.rules.judge import Judge, load_judge
from khabar.engines.rules.modes import assign_modes
from khabar.engines.rules.participants import assign, control, grouped, inherit
from khabar.engines.rules.phrases import chunks, described, names_told
from khabar.engines.rules.scopes import Scope, clause_end, clause_start
from khabar.engines.rules.select import Selector, topics
from khabar.engines.rules.sentence import QUOTES, Sentence, read_sentences
from khabar.engines.rules.setting import host_places, place_by_dateline, share_time
from khabar.engines.rules.sources import IMPERSONAL, PARTICLES, act_scopes, chain, report_scopes
from khabar.engines.rules.status import assign_status, cue_scopes
from khabar.engines.rules.tolls import Placed, related
from khabar.engines.rules.triggers import find_triggers
from khabar.engines.rules.values import Ground, participant, place, said, time
from khabar.engines.rules.words import Analyzer
from khabar.lexicon import load_lexicon
from khabar.lexicon.lint import lint_actors
from khabar.model import Count, Document, Mention, Reason, Source, Span
from khabar.resolve.gazetteer import Gazetteer
from khabar.resolve.own import read_places
from khabar.resolve.places import PlaceFinder
from khabar.segment import Sentence as Segment


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

    def __init__(self, judge: Judge | None = None, own: OwnTables = NONE) -> None:
        if own.actors:
            for fault in lint_actors(own.actors):
                raise fault
        self.lexicon = load_lexicon(own.actors)
        self.gazetteer = Gazetteer.load()
        if own.places:
            self.gazetteer.with_places(read_places(own.places, self.gazetteer))
        self.finder = PlaceFinder(self.gazetteer)
        self.select = Selector(load_judge() if judge is None else judge)
        self.analyzer = Analyzer(self.lexicon, self.gazetteer.known)

    def read(self, document: Document, segments: Sequence[Segment]) -> tuple[Mention, ...]:
        """The mentions of an article in text order."""
        sentences, drafts = self.drafts(document, segments)
        ground = Ground.of(document, sentences, self.lexicon, self.gazetteer)
        return tuple(_finish(d, ground) for d in drafts)

    def drafts(self, document: Document, segments: Sequence[Segment]) -> tuple[list[Sentence], list[Draft]]:
        """What is known of every sentence, and the acts of the article before they become mentions."""
        read = (x for x in segments if x.zone in ("headline", "body"))
        sentences = read_sentences(document.text, read, self.analyzer, self.finder)
        memory = Memory(self.lexicon.outlet(document.outlet), topics(sentences))
        drafts = [d for s in sentences for d in self._sentence(s, memory)]
        self.select.events(drafts)
        agree_on_future(drafts)
        place_by_dateline(sentences, drafts)
        return sentences, drafts

    def _sentence(self, s: Sentence, memory: Memory) -> list[Draft]:
        """The acts of one sentence with everything but their event; `memory` goes on to the next sentence."""
        s.candidates = find_triggers(s, self.lexicon)
        drafts = without_demands(s, self.select.triggers(list(s.candidates), memory.topic))
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
    if befell(d):
        return True
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


def _tokens(s: Sentence, span: Span) -> tuple[int, int]:
    """The first token of a span and the one after its last."""
    return bisect_right(s.tokens, span.start, key=lambda t: t.start) - 1, bisect_left(s.tokens, span.end, key=lambda t: t.start)


def _finish(d: Draft, ground: Ground) -> Mention:
    s = d.sentence
    start, end = s.offsets(d.first, d.last)
    counts = related([Placed(s, *_tokens(s, t.span), Count(t.span, t.role, t.low, t.high, t.who, t.approximate, t.open)) for t in d.counts])
    places = tuple(place(s, s.places[i], ground) for s, i in d.places)
    where = next((p.country for p in places if p.country), "") or ""
    sources = tuple(Source(x.span, x.kind, x.cue) for x in d.sources)
    told = said(s, sources, ground)
    when = None if d.time is None else time(d.time[0], d.time[0].times[d.time[1]], ground, future=d.status == "planned")
    return Mention(
        trigger=Span.cut(ground.document.text, start, end),
        type=d.sense.type,
        modes=tuple(dict.fromkeys(d.modes)),
        status=d.status,
        event=d.event,
        actors=tuple(participant(coded(p), ground, where) for p in d.actors),
        recipients=tuple(participant(coded(p), ground, where) for p in d.recipients),
        places=places,
        time=None if told and when and told.span == when.span else when,
        counts=counts,
        sources=sources,
        why=tuple(Reason(f, r) for f, r in dict.fromkeys(d.why)),
        said=told,
    )
