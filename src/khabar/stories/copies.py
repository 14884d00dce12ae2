"""Near-copies: articles that share most of their wording, found by MinHash with banding and counted as one voice.

Broder, "On the resemblance and containment of documents" (1997). With 64 bands of 2 values a pair at a Jaccard index of 0.2 becomes a candidate
with probability 0.93, at 0.05 with 0.15; candidates are then compared exactly.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from khabar.model.rows import Copy

SHINGLE = 5  # words; the length used for the parts of khabar's corpus
LIKENESS = 0.5  # Jaccard index from which an article is a copy
CONTAINED = 0.8  # share of the shorter article's shingles from which it is one, as where a paper shortens an agency's report
MIN_SHINGLES = 15  # of an article that can be told to be a copy
BANDS, ROWS = 64, 2
_MANY = 200  # articles alike in a band; more are boilerplate

Shingles = frozenset[int]


@dataclass(frozen=True, slots=True)
class Text:
    """An article as copies are looked for: the hashes of its shingles, and what tells which of two came first."""

    article_id: str
    outlet: str | None
    published: date | None
    shingles: Shingles


def shingles(words: Sequence[str]) -> Shingles:
    """The 32-bit hashes of every run of SHINGLE folded words."""
    return frozenset(zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def find_copies(texts: Iterable[Text], agencies: frozenset[str] = frozenset()) -> tuple[Copy, ...]:
    """Every article that repeats another, with the one it repeats: of those alike the one of an agency, else the earliest, else the longest."""
    every = [t for t in texts if len(t.shingles) >= MIN_SHINGLES]
    groups = _Groups(len(every))
    pairs: dict[tuple[int, int], float] = {}
    for i, j in _candidates(every):
        if groups.root(i) == groups.root(j):
            continue
        likeness = alike(every[i].shingles, every[j].shingles)
        if likeness:
            pairs[i, j] = likeness
            groups.unite(i, j)
    return tuple(c for members in groups.of_several() for c in _copies([every[i] for i in members], agencies))


def alike(a: Shingles, b: Shingles) -> float:
    """The Jaccard index of two articles where one copies the other, else 0."""
    both = len(a & b)
    index = both / (len(a) + len(b) - both)
    return index if index >= LIKENESS or both >= CONTAINED * min(len(a), len(b)) else 0.0


def _copies(members: Sequence[Text], agencies: frozenset[str]) -> Iterator[Copy]:
    first = min(members, key=lambda t: (t.outlet not in agencies, t.published or date.max, -len(t.shingles), t.article_id))
    for t in members:
        if t is not first:
            both = len(t.shingles & first.shingles)
            yield Copy(t.article_id, first.article_id, round(both / (len(t.shingles) + len(first.shingles) - both), 3))


def _candidates(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in a band; within a band each with the first, which suffices for groups."""
    rng = np.random.default_rng(1)
    a, b = (rng.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1) for _ in range(2))
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for i, t in enumerate(texts):
        signature = _signature(t.shingles, a, b)
        for band in range(BANDS):
            buckets[band, signature[band * ROWS : (band + 1) * ROWS].tobytes()].append(i)
    for members in buckets.values():
        if 1 < len(members) <= _MANY:
            yield from ((members[k], j) for n, j in enumerate(members) for k in (0, n - 1) if n and members[k] != j)


def _signature(found: Shingles, a: NDArray[np.uint64], b: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The least upper half of (a h + b) mod 2^64 over an article's hashes, for each of the permutations."""
    hashes = np.fromiter(found, np.uint64, len(found))
    mixed: NDArray[np.uint64] = (hashes[:, None] * a[None, :] + b[None, :]) >> np.uint64(32)
    return np.asarray(mixed.min(axis=0))


class _Groups:
    """Disjoint sets of the numbers below n."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def unite(self, i: int, j: int) -> None:
        a, b = self.root(i), self.root(j)
        self._parent[max(a, b)] = min(a, b)

    def of_several(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            found[self.root(i)].append(i)
        return [members for members in found.values() if len(members) > 1]
