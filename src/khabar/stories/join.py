"""Joining: events of articles that are one event, by likeness, unless people judged otherwise."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khabar.model.rows import Decision, Join
from khabar.stories.likeness import Weights, features, reasons, score
from khabar.stories.units import Unit

WINDOW = 10  # days between reports that may tell of one event
NEIGHBOURS = 25  # candidates for each event, those that share most
RARE = 14  # words of an event's sentences that call for comparisons, the rarest
SHARED = 0.06  # likeness in these words from which two events are compared
COMMON = 400  # events of the window that a word may occur in to call for a comparison
KEPT = 0.1  # score from which the reasons for and against are kept

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stories:
    """Groups of mention ids that are one event each, and the scores they rest on."""

    groups: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided about pairs of mentions."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


def judged(decisions: Iterable[Decision]) -> Judged:
    """The judgements in force: the last one about each pair that was not undone."""
    every = list(decisions)
    undone = {d.value for d in every if d.kind == "undo"}
    last: dict[tuple[str, str], str] = {}
    for d in every:
        if d.kind in ("same", "different") and d.decision_id not in undone:
            first, second = sorted(d.subject)
            last[first, second] = d.kind
    return Judged(frozenset(p for p, k in last.items() if k == "same"), frozenset(p for p, k in last.items() if k == "different"))


def join(units: Sequence[Unit], weights: Weights, people: Judged | None = None) -> Stories:
    """Groups of units by average linkage: the two groups that are likeliest one event are joined first, until none reach the threshold.
    Pairs that people judged come before all; what they keep apart is never joined."""
    people = people or Judged()
    scored = {pair: score(features(units[pair[0]], units[pair[1]]), weights) for pair in candidates(units)}
    groups = _link(units, scored, weights, people)
    kept = sorted((p for p, s in scored.items() if s >= KEPT))
    joins = tuple(_join(units[i], units[j], scored[i, j], weights) for i, j in kept)
    return Stories(tuple(tuple(sorted(m for i in g for m in units[i].mention_ids)) for g in groups), joins)


def _join(a: Unit, b: Unit, s: float, weights: Weights) -> Join:
    first, second = sorted((a.mention_ids[0], b.mention_ids[0]))
    return Join(first, second, round(s, 4), reasons(features(a, b), weights))


def candidates(units: Sequence[Unit]) -> Iterator[Pair]:
    """Pairs worth comparing: reports at most WINDOW days apart that share rare words of their sentences."""
    order = sorted(range(len(units)), key=lambda i: (units[i].published or date.min, i))
    rare = [dict(list(u.quote.items())[:RARE]) for u in units]
    holding: dict[str, list[int]] = defaultdict(list)
    for i in order:
        shared: dict[int, float] = defaultdict(float)
        for w, x in rare[i].items():
            for j in _recent(holding[w], units, i):
                shared[j] += x * rare[j][w]
        for _, j in heapq.nlargest(NEIGHBOURS, ((s, -j) for j, s in shared.items() if s >= SHARED)):
            yield min(i, -j), max(i, -j)
        for w in rare[i]:
            holding[w].append(i)


def _recent(held: list[int], units: Sequence[Unit], i: int) -> list[int]:
    """The events holding a word that are near enough in time, `held` in order of days; none where the word is too common."""
    day = units[i].published
    if day is not None and held and (first := units[held[0]].published) is not None and (day - first).days > WINDOW:
        held[:] = [j for j in held if (day - (units[j].published or day)).days <= WINDOW]
    return held if len(held) <= COMMON else []


class _Linker:
    """Average linkage over a sparse graph: pairs that were never compared count as unlike."""

    def __init__(self, n: int, scored: Mapping[Pair, float]) -> None:
        self.members = {i: [i] for i in range(n)}
        self.sums: dict[int, dict[int, float]] = defaultdict(dict)
        self.apart: dict[int, set[int]] = defaultdict(set)
        for (i, j), s in scored.items():
            self.sums[i][j] = self.sums[j][i] = s

    def mean(self, a: int, b: int) -> float:
        return self.sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def merge(self, a: int, b: int) -> None:
        """Put group b into group a."""
        self.members[a] += self.members.pop(b)
        for c, s in self.sums.pop(b, {}).items():
            self.sums[c].pop(b, None)
            if c != a:
                self.sums[a][c] = self.sums[c][a] = self.sums[a].get(c, 0.0) + s
        for c in self.apart.pop(b, set()):
            self.apart[c].discard(b)
            self.apart[c].add(a)
            self.apart[a].add(c)


def _link(units: Sequence[Unit], scored: Mapping[Pair, float], weights: Weights, people: Judged) -> list[list[int]]:
    linker = _Linker(len(units), scored)
    _settle(linker, units, people)
    heap = [(-linker.mean(a, b), a, b) for a in linker.members for b in linker.sums[a] if a < b and linker.mean(a, b) >= weights.threshold]
    heapq.heapify(heap)
    while heap:
        s, a, b = heapq.heappop(heap)
        if a not in linker.members or b not in linker.members or -s != linker.mean(a, b) or b in linker.apart[a]:
            continue
        linker.merge(a, b)
        for c in linker.sums[a]:
            if (mean := linker.mean(a, c)) >= weights.threshold:
                heapq.heappush(heap, (-mean, min(a, c), max(a, c)))
    return [sorted(g) for g in linker.members.values()]


def _settle(linker: _Linker, units: Sequence[Unit], people: Judged) -> None:
    """Join what people joined, and mark what they keep apart."""
    home = {m: i for i, u in enumerate(units) for m in u.mention_ids}
    root = {i: i for i in linker.members}
    for x, y in sorted(people.same):
        if x in home and y in home:
            a, b = sorted((_root(root, home[x]), _root(root, home[y])))
            if a != b:
                linker.merge(a, b)
                root[b] = a
    for x, y in people.different:
        if x in home and y in home:
            a, b = _root(root, home[x]), _root(root, home[y])
            linker.apart[a].add(b)
            linker.apart[b].add(a)


def _root(root: dict[int, int], i: int) -> int:
    while root[i] != i:
        i = root[i]
    return i
