"""How doubtful each mention that counts is: worked out once and kept until its event changes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from khabar.model.review import Doubt, Evidence
from khabar.store.database import Database
from khabar.store.entry import Row, dumped
from khabar.store.members import BATCH, PEOPLE, forces_on, in_batches
from khabar.store.tables import doubt, event, member, mention, outcome

Judge = Callable[[Evidence], Doubt]
_FIGURES = tuple((event.c[f"{role}_low"], event.c[f"{role}_high"]) for role in ("killed", "injured", "arrested"))


def fill(base: Database, judge: Judge) -> int:
    """Work out what is missing, some mentions a transaction, so that others may write in between; how many were missing."""
    if not _missing(base):
        return 0
    with base.reading() as connection:
        ids = connection.execute(select(member.c.mention_id).where(member.c.mention_id.not_in(select(doubt.c.mention_id)))).scalars().all()
    for batch in in_batches(ids):
        with base.writing() as connection:
            _insert(connection, connection.execute(_unjudged().where(member.c.mention_id.in_(batch))).all(), judge)
    return len(ids)


def refill(connection: Connection, judge: Judge, event_ids: Iterable[str]) -> None:
    """Work out what is missing of some events, in the transaction that changed them."""
    for batch in in_batches(event_ids):
        _insert(connection, connection.execute(_unjudged().where(member.c.event_id.in_(batch))).all(), judge)


def _insert(connection: Connection, rows: Sequence[Any], judge: Judge) -> None:
    for i in range(0, len(rows), BATCH):
        connection.execute(insert(doubt), _judged(connection, rows[i : i + BATCH], judge))


def _missing(base: Database) -> bool:
    """Whether a mention that counts has no doubt yet; what does not count never has one."""
    with base.reading() as connection:
        counts = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (member, doubt)]
    return counts[0] > counts[1]


def _unjudged() -> Any:
    differing = [and_(event.c.articles > 1, low != high) for low, high in _FIGURES]
    rivals = and_(event.c.articles > 1, event.c.denials > 0)
    for condition in differing:
        rivals = rivals | condition
    return (
        select(member.c.mention_id, member.c.event_id, member.c.article_id, member.c.run_id, mention.c.status, mention.c.record, rivals.label("rivals"))
        .join_from(member, mention, and_(mention.c.mention_id == member.c.mention_id, mention.c.run_id == member.c.run_id))
        .join(event, event.c.event_id == member.c.event_id)
        .outerjoin(doubt, doubt.c.mention_id == member.c.mention_id)
        .where(doubt.c.mention_id.is_(None))
    )


def _judged(connection: Connection, rows: Sequence[Any], judge: Judge) -> list[Row]:
    ids = [r.mention_id for r in rows]
    readers = _readers(connection, {r.article_id for r in rows})
    readings: dict[str, dict[str, str]] = defaultdict(dict)
    for found in connection.execute(select(mention.c.mention_id, mention.c.run_id, mention.c.status).where(mention.c.mention_id.in_(ids))):
        readings[found.mention_id][found.run_id] = found.status
    decided = forces_on(connection, ids)
    out = []
    for r in rows:
        others = readers[r.article_id] - {r.run_id}
        has = readings[r.mention_id]
        last = decided.get(r.mention_id, ())
        unsure = bool(last) and last[-1].kind == "unsure"
        lack, differ = sum(o not in has for o in others), sum(has.get(o, r.status) != r.status for o in others)
        told = judge(Evidence(json.loads(r.record), lack, differ, bool(r.rivals), unsure))
        coders = sorted({d.who for d in last if d.kind == "unsure"}) if unsure else []
        out.append(_row(r, told, not last or unsure, coders))
    return out


def _readers(connection: Connection, article_ids: set[str]) -> dict[str, set[str]]:
    """The runs that have read each article."""
    readers: dict[str, set[str]] = defaultdict(set)
    read = select(outcome.c.article_id, outcome.c.run_id).where(outcome.c.article_id.in_(article_ids), outcome.c.kind.in_(("read", "no_events")))
    for r in connection.execute(read.where(outcome.c.run_id != PEOPLE)):
        readers[r.article_id].add(r.run_id)
    return readers


def _row(r: Any, told: Doubt, undecided: bool, coders: list[str]) -> Row:
    return {
        "mention_id": r.mention_id, "event_id": r.event_id, "article_id": r.article_id, "score": told.score, "reasons": dumped(told.reasons),
        "open": undecided, "coders": dumped(coders),
    }  # fmt: skip
