"""Weights for the evidence that the grammar collects: additive, learned from annotated articles, one table a question.

The grammar proposes candidates and describes them by named features; a question (is this phrase the actor?) is answered by the sum of the
features' weights. `train/fit_weights.py` learns the tables and writes them as JSON with the hash of what they were learned from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from typing import Final

Table = dict[str, float]
BIAS: Final = "bias"


class Judge:
    """Answers questions by their weight tables. A question without a table has no opinion: its score is None."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self.tables = tables
        self._joint: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = {}

    def scores(self, questions: tuple[str, ...], features: Iterable[str]) -> list[float]:
        """The log-odds of several questions about the same features, read in one pass."""
        joint = self._joint.get(questions)
        if joint is None:
            names = sorted({f for q in questions for f in self.tables[q]})
            joint = self._joint[questions] = {f: tuple(self.tables[q].get(f, 0.0) for q in questions) for f in names}
        found = [joint[BIAS], *filter(None, map(joint.get, features))]
        return list(map(sum, zip(*found, strict=True)))

    def knows(self, question: str) -> bool:
        return question in self.tables

    def score(self, question: str, features: Iterable[str]) -> float:
        """The log-odds of yes; positive means more likely than not."""
        table = self.tables[question]
        return table[BIAS] + sum(map(table.get, features, repeat(0.0)))

    def reasons(self, question: str, features: Iterable[str], limit: int = 3) -> str:
        """The features that spoke most for a yes, for people to read."""
        table = self.tables[question]
        ranked = sorted(((table.get(f, 0.0), f) for f in features), reverse=True)[:limit]
        return ", ".join(f"{name} {weight:+.1f}" for weight, name in ranked if weight > 0)


def probability(score: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """The weights that ship with khabar; no opinions where the file is missing."""
    path = files("khabar.engines.rules") / "data" / "weights.json"
    if not path.is_file():
        return Judge({})
    return Judge(json.loads(path.read_text("utf-8"))["tables"])
