"""The network as the reader sees it: three questions, whatever computes them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from khabar.engines.learned.decode import Floats, Scores

Ints = NDArray[np.int64]


class Network(Protocol):
    """Answers as logits. `words` gives the vectors [words, width] of a window and its scores by question; `links` [acts, words, roles] whether
    a span of an act begins at a word; `same` [acts, acts] whether two acts, given by their vectors, are one event."""

    def words(self, ids: Ints, member: Floats, evidence: Floats) -> tuple[Floats, Scores]: ...

    def links(self, vectors: Floats, acts: Ints, distance: Ints, votes: Floats) -> Floats: ...

    def same(self, vectors: Floats, extra: Floats) -> Floats: ...
