"""Joining: events of articles that are one event, by likeness, unless people judged otherwise."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khabar.model import Location
from khabar.model.rows import Decision, Join, in_force
from khabar.stories.likeness import Weights, features, nearest, reasons, score
from khabar.stories.units import Unit, scaled

WINDOW = 12  # days between reports that may tell of one event
NEIGHBOURS = 12  # stories that an event is compared with, those that share most
RARE = 14  # words of an event's sentences that call for comparisons, the rarest
COMMON = 300  # stories of the window that a word, place or name may occur in to call for a comparison
KEPT = 0.1  # score from which the reasons for and against are kept
PROFILE_WORDS = 60  # of a story, the weightiest
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stories:
    """Groups of mention ids that are one event each, and the scores they rest on."""

    groups: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided about pairs of mentions."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


def judged(decisions: Iterable[Decision]) -> Judged:
    """The judgements in force: the last one about each pair that was not undone."""
    last: dict[Pair, str] = {}
    for d in in_force(decisions):
        if d.kind in ("same", "different"):
            first, second = sorted(d.subject)
            last[first, second] = d.kind
    return Judged(frozenset(p for p, k in last.items() if k == "same"), frozenset(p for p, k in last.items() if k == "different"))


@dataclass(slots=True)
class Story:
    """Events of articles taken for one event, and what they come to together."""

    members: list[Unit] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    leads: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, date]] = field(default_factory=Counter)
    latest: date | None = None

    def add(self, unit: Unit) -> None:
        self.members.append(unit)
        self.words.update(unit.quote)
        self.leads.update(unit.lead)
        if unit.start and unit.end:
            self.days[unit.start, unit.end] += 1
        if unit.published:
            self.latest = max(self.latest or unit.published, unit.published)

    def profile(self) -> Unit:
        """The story as if it were one event of one article; that of a single event is the event itself."""
        if len(self.members) == 1:
            return self.members[0]
        ms = self.members
        start, end = self.days.most_common(1)[0][0] if self.days else (None, None)
        places: Counter[Location] = Counter(x for m in ms for x in set(m.locations))
        return Unit(
            tuple(i for m in ms for i in m.mention_ids), ms[-1].article_id, ms[-1].voice, self.latest, Counter(m.type for m in ms).most_common(1)[0][0],
            frozenset().union(*(m.triggers for m in ms)), frozenset().union(*(m.statuses for m in ms)), start, end, tuple(x for x, _ in places.most_common(4)),
            _common(m.actors for m in ms), _common(m.recipients for m in ms), _common(m.codes for m in ms), _ranges(ms),
            scaled(dict(self.words.most_common(PROFILE_WORDS))), scaled(dict(self.leads.most_common(PROFILE_WORDS))),
        )  # fmt: skip


def _common(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """What is told most often, so that a slip of one report does not speak for the story."""
    counts = Counter(x for s in sets for x in s)
    return frozenset(x for x, _ in counts.most_common(8))


def _ranges(units: Sequence[Unit]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for u in units:
        for role, (low, high) in u.counts.items():
            a, b = found.get(role, (low, high))
            found[role] = (min(a, low), max(b, high))
    return found


def join(units: Sequence[Unit], weights: Weights, people: Judged | None = None) -> Stories:
    """Stories from the events of articles, taken in the order of days: each goes to the story it is likeliest to tell, if the probability reaches
    the threshold, else begins one. What people joined is one story from the start; what they keep apart never becomes one."""
    return _Joiner(units, weights, people or Judged()).run()


def steps(units: Sequence[Unit], label: Mapping[int, str]) -> Iterator[tuple[dict[str, float], bool]]:
    """Features of each labelled event against the stories it would be compared with, and whether it belongs there, when all before it were
    put rightly: what the weights are fitted on."""
    yield from _Joiner(units, Weights(0.0, {}, 2.0), Judged()).taught(label)


def compared(unit: Unit, story: Story) -> dict[str, float]:
    """What an event and a story share and where they differ."""
    return features(unit, story.profile()) | nearest(unit, story.members)


class _Joiner:
    """The stories so far, found by the words, places and names they hold."""

    def __init__(self, units: Sequence[Unit], weights: Weights, people: Judged) -> None:
        self.units, self.weights = units, weights
        self.stories: list[Story] = []
        self.holding: dict[str, list[int]] = defaultdict(list)
        self.home: dict[str, int] = {}
        self.bound = _bound(units, people)
        self.apart: dict[str, set[str]] = defaultdict(set)
        for x, y in people.different:
            self.apart[x].add(y)
            self.apart[y].add(x)
        self.joins: list[Join] = []

    def run(self) -> Stories:
        for i in self._order():
            unit = self.units[i]
            told = self._told(i)
            self._put(unit, self._likeliest(unit) if told is None else told)
        groups = tuple(tuple(sorted(m for u in s.members for m in u.mention_ids)) for s in self.stories)
        return Stories(groups, tuple(sorted(self.joins, key=lambda j: (j.first, j.second))))

    def taught(self, label: Mapping[int, str]) -> Iterator[tuple[dict[str, float], bool]]:
        right: dict[str, int] = {}
        for i in self._order():
            if i in label:
                for s in self._candidates(self.units[i]):
                    yield compared(self.units[i], self.stories[s]), right.get(label[i]) == s
                right[label[i]] = self._put(self.units[i], right.get(label[i]))

    def _order(self) -> list[int]:
        return sorted(range(len(self.units)), key=lambda i: (self.units[i].published or date.min, self.units[i].mention_ids[0]))

    def _told(self, i: int) -> int | None:
        """The story of an event that people joined this one with."""
        return next((self.home[m] for m in self.bound.get(i, ()) if m in self.home), None)

    def _likeliest(self, unit: Unit) -> int | None:
        best, at = 0.0, None
        for s in self._candidates(unit):
            story = self.stories[s]
            if self.apart and self._kept_apart(unit, story):
                continue
            found = compared(unit, story)
            p = score(found, self.weights)
            if p >= KEPT:
                self.joins.append(Join(unit.mention_ids[0], story.members[0].mention_ids[0], round(p, 4), reasons(found, self.weights)))
            if p > best:
                best, at = p, s
        return at if best >= self.weights.threshold else None

    def _kept_apart(self, unit: Unit, story: Story) -> bool:
        held = {m for u in story.members for m in u.mention_ids}
        return any(self.apart.get(m, frozenset()) & held for m in unit.mention_ids)

    def _candidates(self, unit: Unit) -> list[int]:
        """The stories that share most with an event, among those told lately."""
        shared: dict[int, float] = defaultdict(float)
        for key, x in keys(unit):
            for s in self._recent(key, unit.published):
                shared[s] += x
        return [-s for _, s in heapq.nlargest(NEIGHBOURS, ((x, -s) for s, x in shared.items()))]

    def _recent(self, key: str, day: date | None) -> list[int]:
        held = self.holding[key]
        if day is not None and len(held) > COMMON:
            held[:] = [s for s in held if (last := self.stories[s].latest) is None or (day - last).days <= WINDOW]
        if len(held) > COMMON:
            return []
        return held if day is None else [s for s in held if (last := self.stories[s].latest) is None or (day - last).days <= WINDOW]

    def _put(self, unit: Unit, at: int | None) -> int:
        """Add an event to a story, or begin one; its place."""
        if at is None:
            self.stories.append(Story())
            at = len(self.stories) - 1
        self.stories[at].add(unit)
        for m in unit.mention_ids:
            self.home[m] = at
        for key, _ in keys(unit):
            if at not in self.holding[key][-50:]:
                self.holding[key].append(at)
        return at


def keys(unit: Unit) -> Iterator[tuple[str, float]]:
    """What calls for comparing an event with others, and how much each weighs: rare words, places finer than a country, names."""
    yield from list(unit.quote.items())[:RARE]
    for place in {x.id for x in unit.locations if x.id and x.precision not in ("country", "region")}:
        yield f"@{place}", 0.25
    for name in unit.actors | unit.recipients:
        yield f"#{name}", 0.15


def _bound(units: Sequence[Unit], people: Judged) -> dict[int, list[str]]:
    """For each event that people joined with others, all mentions of the group."""
    group: dict[str, set[str]] = {}
    for x, y in sorted(people.same):
        merged = group.get(x, {x}) | group.get(y, {y})
        for m in merged:
            group[m] = merged
    out: dict[int, list[str]] = {}
    for i, u in enumerate(units):
        found = sorted({m for own in u.mention_ids for m in group.get(own, ())})
        if found:
            out[i] = found
    return out
