"""Krippendorff's alpha for nominal data (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Alpha of units, each the values that coders gave it, None where a coder gave none; any number of coders. 1 is perfect agreement, 0 what
    chance would give. None where it is not defined: no unit with two values, or only one value throughout."""
    totals = Counter[Hashable]()
    disagreement = 0.0
    for unit in units:
        values = Counter(v for v in unit if v is not None)
        n = values.total()
        if n < 2:
            continue
        totals.update(values)
        disagreement += sum(count * (n - count) for count in values.values()) / (n - 1)
    every = totals.total()
    expected = every * every - sum(t * t for t in totals.values())
    return 1 - (every - 1) * disagreement / expected if expected else None
