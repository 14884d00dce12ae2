"""Which mentions count, and which event each tells: the derived part of the store, rebuilt from runs and decisions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from khabar.model.parse import parse_mention
from khabar.model.rows import Decision, EventRow, Telling, in_force
from khabar.store.entry import SEPARATOR, Row
from khabar.store.tables import article, copy, decision, doubt, event, member, mention

Summarise = Callable[[str, Sequence[Telling]], EventRow]
PEOPLE = "people"  # the run that holds mentions as people corrected or added them
BATCH = 500  # ids in one question
VERDICTS = frozenset(("accept", "reject", "fix", "unsure", "add"))  # decisions about what a mention says
_LISTS = frozenset(("modes", "actors", "actor_codes", "recipients", "recipient_codes"))


def event_id_of(mention_id: str) -> str:
    """The id of the event whose first mention this is."""
    return "e" + mention_id[1:]


def event_values(row: EventRow) -> Row:
    """The row of table `event`."""
    values = {f.name: getattr(row, f.name) for f in fields(row)}
    return {k: SEPARATOR.join(v) if k in _LISTS else v for k, v in values.items()}


def event_row(row: Any) -> EventRow:
    """An event of the row of its table."""
    values: dict[str, Any] = {k: tuple(v.split(SEPARATOR) if v else ()) if k in _LISTS else v for k, v in row.items()}
    return EventRow(**values)


def in_batches(ids: Iterable[str]) -> Iterator[list[str]]:
    every = list(ids)
    for i in range(0, len(every), BATCH):
        yield every[i : i + BATCH]


def tellings(connection: Connection, event_ids: Iterable[str]) -> dict[str, list[Telling]]:
    """The mentions of events, those of the earliest article first."""
    wanted = (
        select(member.c.event_id, member.c.mention_id, member.c.article_id, copy.c.original, article.c.published, mention.c.record, member.c.run_id)
        .join_from(member, mention, (mention.c.mention_id == member.c.mention_id) & (mention.c.run_id == member.c.run_id))
        .join(article, article.c.article_id == member.c.article_id)
        .outerjoin(copy, copy.c.article_id == member.c.article_id)
        .where(member.c.event_id.in_(bindparam("ids", expanding=True)))
        .order_by(article.c.published, member.c.article_id, mention.c.position, member.c.mention_id)
    )
    found: dict[str, list[Telling]] = defaultdict(list)
    for ids in in_batches(event_ids):
        rows = connection.execute(wanted, {"ids": ids}).all()
        seen = reviewed(connection, [r.mention_id for r in rows])
        for r in rows:
            m = parse_mention(json.loads(r.record))
            found[r.event_id].append(Telling(r.mention_id, r.article_id, r.original or r.article_id, r.published, m, r.mention_id in seen))
    return found


def reviewed(connection: Connection, mention_ids: Iterable[str]) -> set[str]:
    """Those mentions that people accepted, corrected or added."""
    decided = decisions_on(connection, mention_ids)
    return {m for m, last in decided.items() if last.kind in ("accept", "fix", "add")}


def decisions_on(connection: Connection, mention_ids: Iterable[str]) -> dict[str, Decision]:
    """The last decision in force about each mention, leaving out notes and those undone."""
    return {subject: every[-1] for subject, every in forces_on(connection, mention_ids).items()}


def forces_on(connection: Connection, mention_ids: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
    """The decisions in force about each mention that has any, oldest first, leaving out notes, pairs and those undone."""
    wanted = select(decision).where(decision.c.subject.in_(bindparam("ids", expanding=True))).order_by(decision.c.position)
    made: dict[str, list[Decision]] = defaultdict(list)
    for ids in in_batches(mention_ids):
        for row in connection.execute(wanted, {"ids": ids}):
            made[row.subject].append(read_decision(row))
    kept = {subject: tuple(d for d in in_force(every) if d.kind in VERDICTS) for subject, every in made.items()}
    return {subject: every for subject, every in kept.items() if every}


def read_decision(row: Any) -> Decision:
    """The decision of a row of table `decision`."""
    from datetime import datetime

    subject = (row.subject,) if row.other is None else (row.subject, row.other)
    return Decision(row.decision_id, datetime.fromisoformat(row.at), row.who, row.kind, subject, json.loads(row.value) if row.value else None)


def write_events(connection: Connection, event_ids: Iterable[str], summarise: Summarise) -> None:
    """Bring the rows of events in line with their members; those without any are removed."""
    ids = list(dict.fromkeys(event_ids))
    for batch in in_batches(ids):
        connection.execute(delete(doubt).where(doubt.c.event_id.in_(batch)))
    told = tellings(connection, ids)
    replace_events(connection, [i for i in ids if i not in told], [summarise(i, told[i]) for i in told])


def replace_events(connection: Connection, gone: Iterable[str], rows: Iterable[EventRow]) -> None:
    """Remove events, and write rows in place of those of the same id."""
    written = [event_values(r) for r in rows]
    for ids in in_batches(gone):
        connection.execute(delete(event).where(event.c.event_id.in_(ids)))
    if written:
        existing: set[str] = set()
        for ids in in_batches(v["event_id"] for v in written):
            existing |= set(connection.execute(select(event.c.event_id).where(event.c.event_id.in_(ids))).scalars())
        if changed := [v for v in written if v["event_id"] in existing]:
            update = event.update().where(event.c.event_id == bindparam("b_event_id"))
            connection.execute(update, [{"b_event_id": v["event_id"], **v} for v in changed])
        if fresh := [v for v in written if v["event_id"] not in existing]:
            connection.execute(insert(event), fresh)


def remove_members(connection: Connection, article_id: str) -> set[str]:
    """Take an article's mentions out of their events; the events that are touched."""
    touched = set(connection.execute(select(member.c.event_id).where(member.c.article_id == article_id)).scalars())
    if touched:
        connection.execute(delete(member).where(member.c.article_id == article_id))
    return touched


def groups(ids: Sequence[str], names: Sequence[str]) -> Mapping[str, list[str]]:
    """Mentions by their article's name for the event: event id to mention ids."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for mention_id, name in zip(ids, names, strict=True):
        by_name[name].append(mention_id)
    return {event_id_of(members[0]): members for members in by_name.values()}
