"""B-cubed (Bagga and Baldwin, 1998): how well groups of mentions agree with those that people made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple


class Agreement(NamedTuple):
    """B-cubed precision, recall and F1, and the number of mentions they are the mean of."""

    precision: float
    recall: float
    f1: float
    mentions: int


def bcubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Agreement:
    """Agreement over the mentions of `gold` (mention to group). A mention that `found` lacks is a group of its own."""
    system: dict[str, Hashable] = {m: found.get(m, ("alone", m)) for m in gold}
    own, theirs, both = Counter(gold.values()), Counter(system.values()), Counter((gold[m], system[m]) for m in gold)
    n = len(gold) or 1
    precision = sum(both[gold[m], system[m]] / theirs[system[m]] for m in gold) / n
    recall = sum(both[gold[m], system[m]] / own[gold[m]] for m in gold) / n
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Agreement(precision, recall, f1, len(gold))


class Spot(NamedTuple):
    """A mention as it is found again: its article, where its trigger stands, its type."""

    id: str
    article_id: str
    start: int
    end: int
    type: str


def matched(gold: Iterable[Spot], found: Iterable[Spot]) -> dict[str, str]:
    """The found mention that stands for each of gold's: one whose trigger overlaps, of the same type where there is one."""
    by_article: dict[str, list[Spot]] = defaultdict(list)
    for f in found:
        by_article[f.article_id].append(f)
    out: dict[str, str] = {}
    for g in gold:
        over = [f for f in by_article[g.article_id] if f.start < g.end and g.start < f.end]
        if over:
            out[g.id] = min(over, key=lambda f: (f.type != g.type, f.start)).id
    return out
