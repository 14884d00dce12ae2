"""The desk at which people review: what is to be looked at next, who looks at what, decisions that take note of each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select

from khabar.model import InvalidValue
from khabar.model.review import Item, Reading
from khabar.model.rows import Decision, DecisionKind
from khabar.store import batches
from khabar.store.accounts import Accounts
from khabar.store.database import Database
from khabar.store.doubts import Judge, fill, refill
from khabar.store.layers import article_of, record, undo_last
from khabar.store.members import BATCH, Summarise, in_batches, read_decision
from khabar.store.readings import apart, for_all, readings
from khabar.store.state import State, state
from khabar.store.tables import article, assignment, batch, coding, decision, doubt, lease, member

LEASE_SECONDS = 600.0
TRIES = 4  # to choose without holding up those who write, before it is done in their turn


class Desk(batches.Batches):
    """What reviewing asks of a store."""

    def __init__(self, base: Database, summarise: Summarise) -> None:
        self._base = base
        self._summarise = summarise

    def decide(self, at: str, who: str, kind: DecisionKind, subject: tuple[str, ...], value: Any, expected: str | None, judge: Judge) -> Decision:
        """Keep and apply a decision, unless another one about its subject was made since the one `expected`."""
        with self._base.writing() as connection:
            before = _events(connection, subject)
            made = record(connection, self._summarise, at, who, kind, subject, value, expected)
            connection.execute(delete(lease).where(lease.c.mention_id.in_(subject)))
            refill(connection, judge, before | _events(connection, made.subject))
        return made

    def undo(self, at: str, who: str, judge: Judge) -> Decision | None:
        """Take back the last decision of a coder that still stands, and answer with it."""
        with self._base.writing() as connection:
            undone = undo_last(connection, self._summarise, at, who)
            if undone is not None:
                refill(connection, judge, _events(connection, undone.subject))
            return undone

    def history(self, subject: str, coder: str | None) -> tuple[Decision, ...]:
        """All decisions about a mention or an article, oldest first, undone ones and undoings among them; those of blind coders once their batch
        is closed, and a coder's own."""
        seen = or_(batch.c.closed.is_not(None), coding.c.who == (coder or ""))
        hidden = select(coding).join(batch, batch.c.batch_id == coding.c.batch_id).where(coding.c.subject == subject, seen).order_by(coding.c.position)
        open_ = select(decision).where(or_(decision.c.subject == subject, decision.c.other == subject)).order_by(decision.c.position)
        with self._base.reading() as connection:
            found = [read_decision(r) for query in (hidden, open_) for r in connection.execute(query).all()]
        return tuple(sorted(found, key=lambda d: d.at))

    def article_of(self, mention_id: str) -> str:
        """The article that a mention stands in; one that is not in the store raises InvalidValue."""
        with self._base.reading() as connection:
            return article_of(connection, "note", (mention_id,), None)

    def readings(self, article_id: str, coder: str | None) -> tuple[Reading, ...]:
        """The mentions of an article as a coder sees them."""
        with self._base.reading() as connection:
            return readings(connection, article_id, coder)

    def accounts(self) -> Accounts:
        """What is told by whom, and when."""
        return Accounts(self._base)

    def state(self) -> State:
        """How far the store is reviewed."""
        with self._base.reading() as connection:
            return state(connection)

    # --- the queue

    def fill(self, judge: Judge) -> int:
        """Work out the doubt about mentions that came or changed; about how many."""
        return fill(self._base, judge)

    def queue(self, coder: str, limit: int, after: str | None, batch_id: str | None, now: float) -> tuple[Item, ...]:
        """The next items of a coder, the most doubtful first, and note that the coder looks at them."""
        with self._base.reading() as connection:
            blind = self._blind(connection, batch_id)
        while True:
            chosen, busy = self._chosen(coder, limit, after, batch_id, now)
            with self._base.reading() as connection:
                found = _items(connection, coder, chosen, busy, blind)
            undecided = tuple(i for i in found if i.reading.standing in ("machine", "unsure"))
            if undecided or not chosen:  # else others decided about all of them while they were chosen
                return undecided

    def _chosen(self, coder: str, limit: int, after: str | None, batch_id: str | None, now: float) -> tuple[list[Any], set[str]]:
        """What a coder looks at from now on, and what others look at."""
        for _ in range(TRIES):
            with self._base.reading() as connection:
                rows = self._candidates(connection, coder, batch_id, after, 2 * limit, now)
            with self._base.writing() as connection:
                busy = _busy(connection, coder, now)
                chosen = _free_first(iter(rows), busy, limit)
                if len(rows) < 2 * limit or not any(r.mention_id in busy for r in chosen):
                    _take(connection, coder, chosen, now)
                    return chosen, busy
        with self._base.writing() as connection:
            chosen = self._candidates(connection, coder, batch_id, after, limit, now)
            _take(connection, coder, chosen, now)
            return chosen, _busy(connection, coder, now)

    def _candidates(self, connection: Connection, coder: str, batch_id: str | None, after: str | None, limit: int, now: float) -> list[Any]:
        return _free_first(self._rows(connection, coder, batch_id, _position(after)), _busy(connection, coder, now), limit)

    def _rows(self, connection: Connection, coder: str, batch_id: str | None, after: tuple[float, str] | None) -> Iterator[Any]:
        """What a coder may still decide about, by doubt."""
        if batch_id is None or not self._blind(connection, batch_id):
            yield from _open(connection, coder, batch_id, after)
            return
        mine = select(assignment.c.article_id).where(assignment.c.batch_id == batch_id, assignment.c.coder == coder).order_by(assignment.c.article_id)
        waiting: list[Any] = []
        for ids in in_batches(connection.execute(mine).scalars()):
            known = {r.mention_id: r for r in connection.execute(select(doubt).where(doubt.c.article_id.in_(ids)))}
            for article_id in ids:
                undecided = [r.mention_id for r in apart(connection, article_id, batch_id, coder) if r.decision is None]
                waiting += [known.get(m) or _undoubted(m, article_id) for m in undecided]
        yield from (r for r in sorted(waiting, key=_order) if after is None or _order(r) > (-after[0], after[1]))

    def _blind(self, connection: Connection, batch_id: str | None) -> bool:
        return batch_id is not None and bool(connection.execute(select(batch.c.blind).where(batch.c.batch_id == batch_id)).scalar())


def _events(connection: Connection, mention_ids: Sequence[str]) -> set[str]:
    return set(connection.execute(select(member.c.event_id).where(member.c.mention_id.in_(mention_ids))).scalars())


class _Undoubted:
    """A mention of which nothing is known that speaks against it."""

    score, reasons = 0.0, "[]"

    def __init__(self, mention_id: str, article_id: str) -> None:
        self.mention_id, self.article_id = mention_id, article_id


def _undoubted(mention_id: str, article_id: str) -> Any:
    return _Undoubted(mention_id, article_id)


def _order(r: Any) -> tuple[float, str]:
    return (-r.score, r.mention_id)


def _position(after: str | None) -> tuple[float, str] | None:
    """Where the items behind a cursor begin."""
    if after is None:
        return None
    score, _, mention_id = after.partition(":")
    try:
        return float(score), mention_id
    except ValueError:
        raise InvalidValue(f"after {after!r}: expected the cursor of an item") from None


def _open(connection: Connection, coder: str, batch_id: str | None, after: tuple[float, str] | None) -> Iterator[Any]:
    """Undecided mentions of the whole store, or of a coder's share of a batch, leaving out what is coded blind and what the coder was unsure of."""
    blind = select(assignment.c.article_id).join(batch, batch.c.batch_id == assignment.c.batch_id).where(batch.c.blind, batch.c.closed.is_(None))
    wanted = select(doubt).where(doubt.c.open, doubt.c.article_id.not_in(blind))
    if batch_id is not None:
        mine = select(assignment.c.article_id).where(assignment.c.batch_id == batch_id, assignment.c.coder == coder)
        wanted = wanted.where(doubt.c.article_id.in_(mine))
    while True:
        query = wanted
        if after is not None:
            behind = or_(doubt.c.score < after[0], and_(doubt.c.score == after[0], doubt.c.mention_id > after[1]))
            query = wanted.where(doubt.c.score <= after[0], behind)
        rows = connection.execute(query.order_by(doubt.c.score.desc(), doubt.c.mention_id).limit(BATCH)).all()
        yield from (r for r in rows if coder not in json.loads(r.coders))
        if len(rows) < BATCH:
            return
        after = rows[-1].score, rows[-1].mention_id


def _free_first(rows: Iterator[Any], busy: set[str], limit: int) -> list[Any]:
    """The first rows that nobody else looks at; where these are too few, others follow."""
    free: list[Any] = []
    taken: list[Any] = []
    for r in rows:
        (taken if r.mention_id in busy else free).append(r)
        if len(free) == limit:
            break
    return [*free, *taken][:limit]


def _busy(connection: Connection, coder: str, now: float) -> set[str]:
    """What others look at."""
    return set(connection.execute(select(lease.c.mention_id).where(lease.c.coder != coder, lease.c.until > now)).scalars())


def _take(connection: Connection, coder: str, rows: Sequence[Any], now: float) -> None:
    """Note that a coder looks at some mentions; what nobody looks at any more is forgotten."""
    connection.execute(delete(lease).where(lease.c.until <= now))
    for ids in in_batches(r.mention_id for r in rows):
        connection.execute(delete(lease).where(lease.c.coder == coder, lease.c.mention_id.in_(ids)))
    if rows:
        connection.execute(insert(lease), [{"mention_id": r.mention_id, "coder": coder, "until": now + LEASE_SECONDS} for r in rows])


def _items(connection: Connection, coder: str, rows: Sequence[Any], busy: set[str], blind: bool) -> tuple[Item, ...]:
    about: dict[str, Any] = {}
    read: dict[str, Reading] = {}
    for article_id in dict.fromkeys(r.article_id for r in rows):
        about[article_id] = connection.execute(select(article).where(article.c.article_id == article_id)).one()
        found = readings(connection, article_id, coder) if blind else for_all(connection, article_id)
        read |= {x.mention_id: x for x in found}
    return tuple(_item(read[r.mention_id], about[r.article_id], r, r.mention_id in busy) for r in rows if r.mention_id in read)


def _item(reading: Reading, about: Any, r: Any, busy: bool) -> Item:
    reasons = tuple((name, weight) for name, weight in json.loads(r.reasons))
    quote = about.text[slice(*reading.quote)]
    return Item(reading, about.title, about.outlet, about.published, quote, r.score, reasons, busy)
