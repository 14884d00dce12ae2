"""Batches: articles for coders, and what becomes of their codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from khabar.model import InvalidValue
from khabar.model.review import Batch, Dispute
from khabar.model.rows import Decision
from khabar.review.checks import named
from khabar.review.deciding import added, fixed
from khabar.store import Store


def assign(
    store: Store, name: str, articles: Iterable[str], coders: Sequence[str], blind: bool = True, *, each: int | None = None, now: datetime | None = None
) -> Batch:
    """Give articles to coders: each to `each` of them in turn, to all where it is None. In a blind batch everybody starts from what the machine
    read, and what a coder decides is shown to nobody else and counts for nothing until it is adjudicated or the batch closed."""
    wanted = list(dict.fromkeys(articles))
    people = [named(c) for c in dict.fromkeys(coders)]
    many = len(people) if each is None else each
    if not wanted or not people or not name.strip() or not name.isprintable():
        raise InvalidValue(f"batch {name!r}: {len(wanted)} articles for {len(people)} coders; expected a name on one line and at least one of both")
    if not 1 <= many <= len(people):
        raise InvalidValue(f"each {each}: expected 1 to {len(people)}, the number of coders")
    shares = {a: tuple(people[(i * many + k) % len(people)] for k in range(many)) for i, a in enumerate(wanted)}
    return store.desk().assign(_stamp(now), name.strip(), shares, blind)


def batches(store: Store) -> tuple[Batch, ...]:
    """All batches, oldest first."""
    return store.desk().batches()


def batch(store: Store, given: str) -> Batch:
    """The batch of a name or id."""
    return store.desk().batch(given)


def close(store: Store, given: str, *, now: datetime | None = None) -> Batch:
    """End a batch, whatever is left to do: its articles are open to all again. What its coders decided and nobody settled counts for nothing,
    but stays, and `history` shows it."""
    desk = store.desk()
    desk.close_batch(_stamp(now), desk.batch(given).batch_id)
    return desk.batch(given)


def disputes(store: Store, given: str, *, agreed: bool = False, settled: bool = False) -> tuple[Dispute, ...]:
    """What the coders of a blind batch decided, mention by mention, where they differ, were unsure, or are not done; with `agreed` and `settled`
    also where they agree and what is settled."""
    found = store.desk().disputes(_blind(store, given))
    return tuple(d for d in found if (agreed or not d.agreed) and (settled or d.settled is None))


def adjudicate(store: Store, adjudicator: str, subject: str, choice: str | Mapping[str, Any], *, batch: str, now: datetime | None = None) -> Decision:
    """Settle a mention of a blind batch. `choice` is the id of the coding that is right, or a decision of one's own: an object with `kind` (accept,
    reject, fix, add) and, for `fix` and `add`, the mention as `value`. Settled twice raises StaleDecision; `undo` takes it back."""
    named(adjudicator)
    batch_id = _blind(store, batch)
    if isinstance(choice, str):
        return store.desk().adjudicate(_stamp(now), adjudicator, batch_id, subject, choice, None)
    kind, value = choice.get("kind"), choice.get("value")
    if kind not in ("accept", "reject", "fix", "add"):
        raise InvalidValue(f"choice {kind!r}: expected the id of a coding, or the kind accept, reject, fix or add")
    if kind == "fix":
        value = fixed(store, subject, value)
    if kind == "add":
        value = added(store, store.desk().article_of(subject), value)[1]
    return store.desk().adjudicate(_stamp(now), adjudicator, batch_id, subject, None, (kind, value))


def adjudicate_agreed(store: Store, adjudicator: str, batch: str, *, now: datetime | None = None) -> tuple[Decision, ...]:
    """Settle every mention of a blind batch that all its coders coded alike."""
    return store.desk().adjudicate_agreed(_stamp(now), named(adjudicator), _blind(store, batch))


def _blind(store: Store, given: str) -> str:
    found = store.desk().batch(given)
    if not found.blind:
        raise InvalidValue(f"batch {found.name!r}: is not blind, so there is nothing to compare; its decisions count at once")
    return found.batch_id


def _stamp(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).isoformat()
