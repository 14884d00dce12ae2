"""What to look at next: the mentions that the most speaks against, first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from khabar.model import InvalidValue
from khabar.model.review import Doubt, Evidence, Item
from khabar.review.checks import named
from khabar.store import Store

# Chosen, not fitted: what a reader itself is unsure of counts as its probability says; a reader that misses the act altogether is as good as a coin.
LACKS, DIFFERS, RIVALS, NOT_ACTUAL, UNSURE, NO_CONFIDENCE = 0.5, 0.4, 0.3, 0.2, 0.6, 0.3
MOST = 500  # items at once
_SINGLE, _LISTS = ("mention", "status", "time"), ("modes", "actors", "recipients", "places", "counts", "sources")


def doubt(found: Evidence) -> Doubt:
    """How doubtful a mention is: the probability that something speaks against it rightly, if each thing does so by itself. Reasons are
    `field:NAME` (the probability that the reader's least sure field is wrong), `no-confidence`, `runs-lack` and `runs-differ` (other runs
    read it otherwise), `rivals` (other reports of the event), `not-actual` (planned, denied, ...) and `unsure` (a person was)."""
    reasons = sorted(_reasons(found), key=lambda r: (-r[1], r[0]))
    right = 1.0
    for _, weight in reasons:
        right *= 1 - weight
    return Doubt(round(1 - right, 6), tuple((name, round(weight, 3)) for name, weight in reasons))


def _reasons(found: Evidence) -> Iterator[tuple[str, float]]:
    worst = worst_field(found.fields.get("confidence"))
    yield ("no-confidence", NO_CONFIDENCE) if worst is None else (f"field:{worst[0]}", 1 - worst[1])
    if found.lack:
        yield "runs-lack", LACKS
    if found.differ:
        yield "runs-differ", DIFFERS
    if found.rivals:
        yield "rivals", RIVALS
    if found.fields.get("status") != "actual":
        yield "not-actual", NOT_ACTUAL
    if found.unsure:
        yield "unsure", UNSURE


def worst_field(confidence: dict[str, Any] | None) -> tuple[str, float] | None:
    """The field that a reader is least sure of, with its probability; None where it gives none."""
    if not confidence:
        return None
    known = [(name, confidence[name]) for name in _SINGLE if confidence.get(name) is not None]
    known += [(name, min(confidence[name])) for name in _LISTS if confidence.get(name)]
    return min(known, key=lambda f: (f[1], f[0]), default=None)


def queue(store: Store, *, coder: str, limit: int = 20, after: str | None = None, batch: str | None = None, now: datetime | None = None) -> tuple[Item, ...]:
    """The next mentions for a coder, the most doubtful first, those that others were given within the last ten minutes after the rest; they
    count as looked at from now on. Left out is what people decided and what this coder was unsure of, in a blind batch what this coder coded.
    `after` is the cursor of the last item seen, `batch` a name or id; without it articles that are coded blind are left out."""
    named(coder)
    if not 1 <= limit <= MOST:
        raise InvalidValue(f"limit {limit}: expected 1 to {MOST}")
    desk = store.desk()
    batch_id = desk.batch(batch).batch_id if batch is not None else None
    desk.fill(doubt)
    return desk.queue(coder, limit, after, batch_id, (now or datetime.now(UTC)).timestamp())
