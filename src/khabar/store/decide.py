"""What people decide: written down for good, applied at once, undone by a further decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from khabar.model import InvalidValue, content_id
from khabar.model.parse import parse_mention
from khabar.model.rows import Decision, DecisionKind
from khabar.store.entry import Row, dumped, mention_row, part_rows
from khabar.store.members import PEOPLE, VERDICTS, Summarise, event_id_of, forces_on, write_events
from khabar.store.tables import article, decision, figure, member, mention, participant, place, run, source, withdrawn

_PARTS = {"participant": participant, "place": place, "figure": figure, "source": source}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decisions in force about a mention come to: whether people took it out, and the decision whose reading counts, None where the
    machine's does."""

    withdrawn: bool
    reading: Decision | None


def standing(forced: Sequence[Decision]) -> Standing:
    """The last decision says whether a mention counts; its reading is the last correction, or the one that was accepted since."""
    readings = [d for d in forced if d.kind in ("fix", "add") or (d.kind == "accept" and d.value and d.value["run"] != PEOPLE)]
    return Standing(bool(forced) and forced[-1].kind == "reject", readings[-1] if readings else None)


def make_decision(connection: Connection, at: str, who: str, kind: DecisionKind, subject: tuple[str, ...], value: Any) -> Decision:
    """A decision as it is kept: one that accepts holds the run whose reading it accepts."""
    if kind == "accept" and value is None and subject:
        value = accepted(connection, subject[0], forces_on(connection, subject[:1]).get(subject[0], ()))
    return Decision(decision_id(at, who, kind, subject, value), datetime.fromisoformat(at), who, kind, subject, value)


def accepted(connection: Connection, mention_id: str, forced: Sequence[Decision]) -> dict[str, str] | None:
    """The run whose reading of a mention stands, given the decisions in force about it."""
    reading = standing(forced).reading
    if reading is not None:
        return {"run": PEOPLE if reading.kind in ("fix", "add") else reading.value["run"]}
    row = _newest(connection, mention_id)
    return {"run": row.run_id} if row is not None else None


def write_decision(connection: Connection, made: Decision, summarise: Summarise) -> None:
    """Keep a decision and apply it; one that is kept already changes nothing."""
    if connection.execute(select(decision.c.decision_id).where(decision.c.decision_id == made.decision_id)).first():
        return
    undone = _undone(connection, made) if made.kind == "undo" else None
    connection.execute(insert(decision), decision_row(made))
    if made.kind in VERDICTS or (undone is not None and undone.other is None and undone.kind not in ("note", "complete")):
        settle(connection, made.subject[0], summarise)


def decision_row(made: Decision) -> Row:
    """The row of table `decision`."""
    first, *other = made.subject
    return {
        "decision_id": made.decision_id, "at": made.at.isoformat(), "who": made.who, "kind": made.kind, "subject": first,
        "other": other[0] if other else None, "value": None if made.value is None else dumped(made.value),
    }  # fmt: skip


def _undone(connection: Connection, made: Decision) -> Any:
    """The row that an undo takes back."""
    undone = connection.execute(select(decision).where(decision.c.decision_id == made.value)).first()
    if undone is None:
        raise InvalidValue(f"decision {made.value!r}: there is none to undo")
    if undone.subject != made.subject[0]:
        raise InvalidValue(f"decision {made.value!r}: is about {undone.subject}, not about {made.subject[0]}")
    return undone


def settle(connection: Connection, mention_id: str, summarise: Summarise) -> None:
    """Make the members say what the decisions in force about a mention say, whatever they said before."""
    forced = forces_on(connection, [mention_id]).get(mention_id, ())
    now = standing(forced)
    corrected = now.reading is not None and now.reading.kind in ("fix", "add")
    if corrected and now.reading is not None:
        _correct(connection, mention_id, now.reading.value, next((d.value for d in forced if d.kind == "add"), {}))
    counting = connection.execute(select(member.c.event_id, member.c.run_id).where(member.c.mention_id == mention_id)).first()
    before = counting and counting.event_id
    run_id = None if now.withdrawn else PEOPLE if corrected else _machine_run(connection, mention_id, now.reading)
    unchanged = counting is not None and counting.run_id == run_id
    after = before if unchanged else _place(connection, mention_id, run_id, before)
    if not corrected and not unchanged:
        _forget(connection, mention_id)
    write_events(connection, {e for e in (before, after) if e}, summarise)


def _machine_run(connection: Connection, mention_id: str, accepted: Decision | None) -> str | None:
    """The run whose reading of a mention counts: the one that people accepted, else the one its article stands for, if it has the mention."""
    row = _newest(connection, mention_id)
    if row is None:
        return None
    if accepted is not None:
        has = select(mention.c.run_id).where(mention.c.mention_id == mention_id, mention.c.run_id == accepted.value["run"])
        found = connection.execute(has).scalar()
        if found:
            return str(found)
    return str(row.run_id) if row.run_id == row.counting else None


def _place(connection: Connection, mention_id: str, run_id: str | None, before: str | None) -> str | None:
    """Let the reading of a run count, or none; the event that the mention is then of: the one it is of or was of when it was withdrawn, else
    one of its own."""
    reading = select(article.c.article_id).join(mention, mention.c.article_id == article.c.article_id)
    reading = reading.where(mention.c.mention_id == mention_id, mention.c.run_id == run_id, article.c.current)
    article_id = connection.execute(reading).scalar() if run_id else None
    connection.execute(delete(member).where(member.c.mention_id == mention_id))
    if article_id is None:
        if before:
            connection.execute(delete(withdrawn).where(withdrawn.c.mention_id == mention_id))
            connection.execute(insert(withdrawn), {"mention_id": mention_id, "event_id": before})
        return None
    kept = connection.execute(select(withdrawn.c.event_id).where(withdrawn.c.mention_id == mention_id)).scalar()
    event_id = before or kept or event_id_of(mention_id)
    connection.execute(delete(withdrawn).where(withdrawn.c.mention_id == mention_id))
    connection.execute(insert(member), {"mention_id": mention_id, "run_id": run_id, "article_id": article_id, "event_id": event_id})
    return event_id


def restore_decided(connection: Connection, article_id: str, summarise: Summarise) -> None:
    """Apply anew what people decided about an article whose mentions were written anew."""
    if not connection.execute(select(decision.c.position).limit(1)).first():
        return
    subjects = set(connection.execute(select(mention.c.mention_id).where(mention.c.article_id == article_id)).scalars())
    for mention_id, forced in forces_on(connection, sorted(subjects)).items():
        if any(d.kind != "unsure" for d in forced):
            settle(connection, mention_id, summarise)


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


def _correct(connection: Connection, mention_id: str, value: Any, missed: Any) -> None:
    """Keep a person's reading beside the machine's; `value` is the mention's record, `missed` where a mention that no run has was added."""
    corrected = parse_mention(value.get("mention", value))
    row = _newest(connection, mention_id)
    article_id = row.article_id if row is not None else missed.get("article_id")
    if article_id is None:
        raise InvalidValue(f"mention {mention_id!r}: there is none to correct; `add` needs the article_id and the mention")
    _people_run(connection)
    told = corrected.trigger.start, corrected.trigger.end
    quote = (row.quote_start, row.quote_end) if row is not None else tuple(missed.get("quote") or told)
    _forget(connection, mention_id)
    position = row.position if row is not None else corrected.trigger.start
    connection.execute(insert(mention), mention_row(mention_id, PEOPLE, article_id, position, corrected, (quote[0], quote[1])))
    for name, part in part_rows(mention_id, PEOPLE, corrected):
        connection.execute(insert(_PARTS[name]), part)


def _forget(connection: Connection, mention_id: str) -> None:
    """Remove the reading that corrections made of a mention; the corrections themselves stay among the decisions."""
    for table in (mention, *_PARTS.values()):
        connection.execute(delete(table).where(table.c.mention_id == mention_id, table.c.run_id == PEOPLE))


def _people_run(connection: Connection) -> None:
    if not connection.execute(select(run.c.run_id).where(run.c.run_id == PEOPLE)).first():
        connection.execute(insert(run), {"run_id": PEOPLE, "position": 0, "started": "", "engine": "people", "version": "", "settings": "{}"})


def decision_id(made_at: str, who: str, kind: str, subject: tuple[str, ...], value: Any) -> str:
    """The id of a decision: a hash of all that it says."""
    return content_id([made_at, who, kind, subject, json.loads(dumped(value))], prefix="d")
