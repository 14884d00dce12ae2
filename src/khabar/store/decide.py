"""What people decide: written down for good, applied at once, undone by a further decision."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from khabar.model import InvalidValue, content_id
from khabar.model.parse import parse_mention
from khabar.model.rows import Decision
from khabar.store.entry import dumped, mention_row, part_rows
from khabar.store.members import PEOPLE, Summarise, decisions_on, event_id_of, write_events
from khabar.store.tables import article, decision, figure, member, mention, participant, place, run, source

_PARTS = {"participant": participant, "place": place, "figure": figure, "source": source}


def write_decision(connection: Connection, made: Decision, summarise: Summarise) -> None:
    """Keep a decision and apply it; one that is kept already changes nothing."""
    if connection.execute(select(decision.c.decision_id).where(decision.c.decision_id == made.decision_id)).first():
        return
    first, *other = made.subject
    values = {
        "decision_id": made.decision_id, "at": made.at.isoformat(), "who": made.who, "kind": made.kind, "subject": first,
        "other": other[0] if other else None, "value": None if made.value is None else dumped(made.value),
    }  # fmt: skip
    connection.execute(insert(decision), values)
    if made.kind == "undo":
        _undo(connection, made, summarise)
    elif made.kind not in ("note", "same", "different"):
        apply_decision(connection, made, summarise)


def _undo(connection: Connection, made: Decision, summarise: Summarise) -> None:
    """Put a mention back to what the decision before the undone one made of it."""
    undone = connection.execute(select(decision).where(decision.c.decision_id == made.value)).first()
    if undone is None:
        raise InvalidValue(f"decision {made.value!r}: there is none to undo")
    if undone.other is None:
        before = decisions_on(connection, [undone.subject]).get(undone.subject)
        touched = _withdraw(connection, undone.subject)
        if undone.kind != "add" or before:
            _reinstate(connection, undone.subject)
        if before:
            apply_decision(connection, before, summarise)
        write_events(connection, touched | _events(connection, undone.subject), summarise)


def apply_decision(connection: Connection, made: Decision, summarise: Summarise) -> None:
    """Make the members say what a decision says."""
    subject = made.subject[0]
    touched = _events(connection, subject)
    if made.kind == "reject":
        touched |= _withdraw(connection, subject)
    elif made.kind in ("fix", "add"):
        _correct(connection, subject, made.value, added=made.kind == "add")
    elif not touched:
        _reinstate(connection, subject)
    write_events(connection, touched | _events(connection, subject), summarise)


def restore_decided(connection: Connection, article_id: str, summarise: Summarise) -> None:
    """Apply anew what people decided about an article whose mentions were written anew."""
    if connection.execute(select(func.count()).select_from(decision)).scalar() == 0:
        return
    subjects = set(connection.execute(select(mention.c.mention_id).where(mention.c.article_id == article_id)).scalars())
    for made in decisions_on(connection, subjects).values():
        if made.kind in ("reject", "fix", "add"):
            apply_decision(connection, made, summarise)


def _events(connection: Connection, mention_id: str) -> set[str]:
    return set(connection.execute(select(member.c.event_id).where(member.c.mention_id == mention_id)).scalars())


def _withdraw(connection: Connection, mention_id: str) -> set[str]:
    touched = _events(connection, mention_id)
    connection.execute(delete(member).where(member.c.mention_id == mention_id))
    return touched


def _newest(connection: Connection, mention_id: str) -> Any:
    """The machine's row of a mention in the run that its article stands for, else in the newest run that has it."""
    wanted = (
        select(mention, article.c.run_id.label("counting"), run.c.position.label("age"))
        .join(article, article.c.article_id == mention.c.article_id)
        .join(run, run.c.run_id == mention.c.run_id)
        .where(mention.c.mention_id == mention_id, mention.c.run_id != PEOPLE)
    )
    rows = connection.execute(wanted).all()
    return max(rows, key=lambda r: (r.run_id == r.counting, r.age), default=None)


def _reinstate(connection: Connection, mention_id: str) -> None:
    """Let the machine's reading of a mention count again, as an event of its own."""
    row = _newest(connection, mention_id)
    if row is not None and row.run_id == row.counting and not _events(connection, mention_id):
        _enrol(connection, mention_id, row.run_id, row.article_id)


def _enrol(connection: Connection, mention_id: str, run_id: str, article_id: str) -> None:
    event_id = event_id_of(mention_id)
    connection.execute(insert(member), {"mention_id": mention_id, "run_id": run_id, "article_id": article_id, "event_id": event_id})


def _correct(connection: Connection, mention_id: str, value: Any, *, added: bool) -> None:
    """Put a person's reading in the place of the machine's; `value` is the mention's record, with `article_id` where it is added."""
    corrected = parse_mention(value.get("mention", value))
    row = _newest(connection, mention_id)
    article_id = value.get("article_id") if added else row and row.article_id
    if article_id is None:
        raise InvalidValue(f"mention {mention_id!r}: there is none to correct; `add` needs the article_id and the mention")
    _people_run(connection)
    quote = (row.quote_start, row.quote_end) if row is not None else tuple(value.get("quote") or (corrected.trigger.start, corrected.trigger.end))
    for table in (mention, *_PARTS.values()):
        connection.execute(delete(table).where(table.c.mention_id == mention_id, table.c.run_id == PEOPLE))
    position = row.position if row is not None else corrected.trigger.start
    connection.execute(insert(mention), mention_row(mention_id, PEOPLE, article_id, position, corrected, (quote[0], quote[1])))
    for name, part in part_rows(mention_id, PEOPLE, corrected):
        connection.execute(insert(_PARTS[name]), part)
    if _events(connection, mention_id):
        connection.execute(member.update().where(member.c.mention_id == mention_id).values(run_id=PEOPLE))
    elif connection.execute(select(article.c.current).where(article.c.article_id == article_id)).scalar():
        _enrol(connection, mention_id, PEOPLE, article_id)


def _people_run(connection: Connection) -> None:
    if not connection.execute(select(run.c.run_id).where(run.c.run_id == PEOPLE)).first():
        connection.execute(insert(run), {"run_id": PEOPLE, "position": 0, "started": "", "engine": "people", "version": "", "settings": "{}"})


def decision_id(made_at: str, who: str, kind: str, subject: tuple[str, ...], value: Any) -> str:
    """The id of a decision: a hash of all that it says."""
    return content_id([made_at, who, kind, subject, json.loads(dumped(value))], prefix="d")
