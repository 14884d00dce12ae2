"""The mentions of an article as a coder sees them: those of all, or, while the article is coded blind, the machine's and the coder's own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select

from khabar.model.parse import parse_mention
from khabar.model.review import Reading, Standing
from khabar.model.rows import Decision, in_force
from khabar.store.decide import standing
from khabar.store.layers import blind_batches
from khabar.store.members import PEOPLE, VERDICTS, forces_on, in_batches, read_decision
from khabar.store.tables import adjudication, article, assignment, coding, member, mention


def readings(connection: Connection, article_id: str, coder: str | None) -> tuple[Reading, ...]:
    """The mentions of an article in the order of the text, those that people rejected among them."""
    batch_id = blind_batches(connection, [article_id]).get(article_id)
    if batch_id and coder is not None and _has_part(connection, batch_id, article_id, coder):
        found = apart(connection, article_id, batch_id, coder)
    else:
        found = for_all(connection, article_id)
    return tuple(sorted(found, key=lambda r: (r.mention.trigger.start, r.mention.trigger.end, r.mention_id)))


def _has_part(connection: Connection, batch_id: str, article_id: str, coder: str) -> bool:
    mine = assignment.c.batch_id == batch_id, assignment.c.article_id == article_id, assignment.c.coder == coder
    return connection.execute(select(assignment.c.coder).where(*mine)).first() is not None


def for_all(connection: Connection, article_id: str) -> list[Reading]:
    """The mentions that count, and those that people rejected as they were last read."""
    same = and_(member.c.mention_id == mention.c.mention_id, member.c.run_id == mention.c.run_id)
    rows = connection.execute(select(mention, member.c.event_id).join(member, same).where(mention.c.article_id == article_id)).all()
    counting = {r.mention_id for r in rows}
    others = connection.execute(select(mention).where(mention.c.article_id == article_id)).all()
    forced = forces_on(connection, {r.mention_id for r in [*rows, *others]})
    rejected = {m: made for m, made in forced.items() if m not in counting and made[-1].kind == "reject"}
    gone = [_last_read(m, made, [r for r in others if r.mention_id == m]) for m, made in rejected.items()]
    final = adjudicated(connection, [made[-1].decision_id for made in forced.values()])
    return [_reading(r, forced.get(r.mention_id, ()), final) for r in [*rows, *gone] if r is not None]


def _last_read(mention_id: str, made: Sequence[Decision], rows: Sequence[Any]) -> Any:
    """The row of a rejected mention that was rejected."""
    reading = standing(made).reading
    run = PEOPLE if reading and reading.kind in ("fix", "add") else reading.value["run"] if reading else None
    return next((r for r in rows if r.run_id == run), max(rows, key=lambda r: r.run_id != PEOPLE, default=None))


def adjudicated(connection: Connection, decision_ids: Iterable[str]) -> set[str]:
    """Those decisions that settled a batch."""
    found: set[str] = set()
    for ids in in_batches(decision_ids):
        found |= set(connection.execute(select(adjudication.c.decision_id).where(adjudication.c.decision_id.in_(ids))).scalars())
    return found


def _reading(r: Any, made: Sequence[Decision], final: set[str]) -> Reading:
    last = made[-1] if made else None
    event_id = getattr(r, "event_id", None)
    return Reading(
        r.mention_id, r.article_id, r.run_id, event_id, parse_mention(json.loads(r.record)), (r.quote_start, r.quote_end), standing_of(last, final), last
    )


def standing_of(last: Decision | None, final: set[str]) -> Standing:
    """How the last decision in force lets a mention stand."""
    if last is None:
        return "machine"
    if last.kind in ("reject", "unsure"):
        return "rejected" if last.kind == "reject" else "unsure"
    return "adjudicated" if last.decision_id in final else "reviewed"


def apart(connection: Connection, article_id: str, batch_id: str, coder: str) -> list[Reading]:
    """The machine's mentions of an article with what one coder of a blind batch made of them, and those that this coder added."""
    own = verdicts(connection, batch_id, article_id).get(coder, {})
    machine = and_(article.c.article_id == mention.c.article_id, article.c.run_id == mention.c.run_id)
    rows = connection.execute(select(mention).join(article, machine).where(mention.c.article_id == article_id)).all()
    found = [_own(r, own.get(r.mention_id, ())) for r in rows]
    added = [m for m in own if m not in {r.mention_id for r in rows}]
    return found + [a for a in (_added(article_id, m, own[m]) for m in added) if a]


def verdicts(connection: Connection, batch_id: str, article_id: str | None = None) -> dict[str, dict[str, tuple[Decision, ...]]]:
    """What the coders of a batch decided about mentions, in force, oldest first: coder, then mention."""
    wanted = select(coding).where(coding.c.batch_id == batch_id).order_by(coding.c.position)
    if article_id is not None:
        wanted = wanted.where(coding.c.article_id == article_id)
    rows = [read_decision(r) for r in connection.execute(wanted).all()]
    out: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for who in dict.fromkeys(d.who for d in rows):
        for d in in_force(d for d in rows if d.who == who):
            if d.kind in VERDICTS:
                out[who][d.subject[0]].append(d)
    return {who: {m: tuple(made) for m, made in about.items()} for who, about in out.items()}


def reading_of(made: Sequence[Decision]) -> Mapping[str, Any] | None:
    """The fields of the mention that decisions in force corrected or added, None where the machine's stand."""
    reading = standing(made).reading
    if reading is None or reading.kind not in ("fix", "add"):
        return None
    fields: Mapping[str, Any] = reading.value.get("mention", reading.value)
    return fields


def _own(r: Any, made: Sequence[Decision]) -> Reading:
    fields = reading_of(made)
    last = made[-1] if made else None
    read = parse_mention(json.loads(r.record)) if fields is None else parse_mention(dict(fields))
    run = r.run_id if fields is None else PEOPLE
    return Reading(r.mention_id, r.article_id, run, None, read, (r.quote_start, r.quote_end), standing_of(last, set()), last, True)


def _added(article_id: str, mention_id: str, made: Sequence[Decision]) -> Reading | None:
    fields = reading_of(made)
    if fields is None:
        return None
    value = next(d.value for d in made if d.kind == "add" or d.kind == "fix")
    read = parse_mention(dict(fields))
    quote = value.get("quote") or (read.trigger.start, read.trigger.end)
    return Reading(mention_id, article_id, PEOPLE, None, read, (quote[0], quote[1]), standing_of(made[-1], set()), made[-1], True)
