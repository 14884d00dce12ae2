"""Who may decide what, and where it is kept: for all to see, or apart while an article is coded blind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from khabar.model import InvalidValue
from khabar.model.rows import Decision, DecisionKind, in_force
from khabar.store.decide import accepted, decision_row, make_decision, write_decision
from khabar.store.errors import StaleDecision
from khabar.store.members import VERDICTS, Summarise, in_batches, read_decision
from khabar.store.tables import adjudication, article, assignment, batch, coding, decision, mention

ANY = "*"  # as the decision one saw last: whatever it is
_PAIRS = frozenset(("same", "different"))


def blind_batches(connection: Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """The open blind batch of each article that is in one."""
    wanted = select(assignment.c.article_id, batch.c.batch_id).join(batch, batch.c.batch_id == assignment.c.batch_id)
    wanted = wanted.where(batch.c.blind, batch.c.closed.is_(None))
    found: dict[str, str] = {}
    for ids in in_batches(article_ids):
        found |= {r.article_id: r.batch_id for r in connection.execute(wanted.where(assignment.c.article_id.in_(ids)))}
    return found


def article_of(connection: Connection, kind: str, subject: Sequence[str], value: Any) -> str:
    """The article that a decision is about, that of its first mention where it is about two; what is not in the store raises InvalidValue."""
    given = subject[0] if kind == "complete" else value.get("article_id") if kind == "add" else None
    if given is None:
        for mention_id in reversed(subject):
            given = _home(connection, mention_id)
            if given is None:
                raise InvalidValue(f"mention {mention_id!r}: not in the store")
    elif not connection.execute(select(article.c.article_id).where(article.c.article_id == given)).first():
        raise InvalidValue(f"article {given!r}: not in the store")
    return str(given)


def _home(connection: Connection, mention_id: str) -> str | None:
    """The article of a mention that a run or a person has found."""
    for table in (mention, coding):
        column = table.c.mention_id if table is mention else table.c.subject
        found = connection.execute(select(table.c.article_id).where(column == mention_id)).scalar()
        if found is not None:
            return str(found)
    return None


def layer_of(connection: Connection, kind: str, article_id: str, who: str) -> str | None:
    """The batch that a decision is kept in, None where it is for all; somebody else's blind batch raises InvalidValue."""
    batch_id = None if kind in _PAIRS else blind_batches(connection, [article_id]).get(article_id)
    if batch_id is None:
        return None
    mine = select(assignment.c.coder).where(assignment.c.batch_id == batch_id, assignment.c.article_id == article_id, assignment.c.coder == who)
    if not connection.execute(mine).first():
        raise InvalidValue(f"article {article_id!r}: is coded blind in a batch that {who} has no part in; decide when it is closed, or adjudicate")
    return batch_id


def record(
    connection: Connection, summarise: Summarise, at: str, who: str, kind: DecisionKind, subject: tuple[str, ...], value: Any, expected: str | None
) -> Decision:
    """Keep a decision where it belongs, unless another was made about its subject since the one `expected`. What the same coder decided
    already is answered with that decision."""
    article_id = article_of(connection, kind, subject, value)
    layer = layer_of(connection, kind, article_id, who)
    if layer and (closed := settled(connection, layer, subject[0])):
        raise StaleDecision(f"{subject[0]}: {closed.who} has settled what the coders of the batch decided", closed)
    before = decisions_about(connection, subject, layer, who)
    if kind == "accept" and layer:
        value = accepted(connection, subject[0], [d for d in before if d.kind in VERDICTS])
    made = make_decision(connection, at, who, kind, subject, value)
    last = latest(before, made)
    if kind != "note" and last and (last.who, last.kind, last.subject, last.value) == (who, kind, subject, made.value):
        return last
    if kind != "note" and expected != ANY and (last and last.decision_id) != expected:
        told = f"{last.who} decided {last.kind}" if last else "a decision was undone"
        raise StaleDecision(f"{' '.join(subject)}: {told} since you looked; look again", last)
    if layer is None:
        write_decision(connection, made, summarise)
    else:
        write_coding(connection, layer, article_id, made)
    return made


def write_coding(connection: Connection, batch_id: str, article_id: str, made: Decision) -> None:
    """Keep what a coder decided apart."""
    connection.execute(insert(coding), {**decision_row(made), "batch_id": batch_id, "article_id": article_id})


def decisions_about(connection: Connection, subject: Sequence[str], layer: str | None, who: str) -> tuple[Decision, ...]:
    """The decisions in force about a subject that a coder goes by: his own of the layer, or those of all."""
    if layer is None:
        rows = connection.execute(select(decision).where(decision.c.subject.in_(subject)).order_by(decision.c.position))
    else:
        own = coding.c.batch_id == layer, coding.c.who == who, coding.c.subject.in_(subject)
        rows = connection.execute(select(coding).where(*own).order_by(coding.c.position))
    return in_force(read_decision(r) for r in rows.all())


def latest(every: Sequence[Decision], like: Decision) -> Decision | None:
    """The last of some decisions in force that a decision would take the place of."""
    return next((d for d in reversed(every) if topic(d) == topic(like)), None)


def topic(d: Decision) -> tuple[str, ...]:
    """What a decision settles: two about the same thing cannot both stand."""
    if d.kind in VERDICTS:
        return ("mention", *d.subject)
    return ("pair", *sorted(d.subject)) if d.kind in _PAIRS else (d.kind, *d.subject)


def settled(connection: Connection, batch_id: str, subject: str) -> Decision | None:
    """The decision in force by which an adjudicator settled what the coders of a batch decided about a subject."""
    rows = connection.execute(
        select(decision).join(adjudication, adjudication.c.decision_id == decision.c.decision_id)
        .where(adjudication.c.batch_id == batch_id, decision.c.subject == subject).order_by(decision.c.position)
    ).all()  # fmt: skip
    if not rows:
        return None
    standing = {d.decision_id: d for d in decisions_about(connection, [subject], None, "")}
    return next((standing[r.decision_id] for r in reversed(rows) if r.decision_id in standing), None)


def undo_last(connection: Connection, summarise: Summarise, at: str, who: str) -> Decision | None:
    """Take back the last decision of a coder that still stands; the decision taken back, None where none stands."""
    found = [f for f in (_last_for_all(connection, who), _last_apart(connection, who)) if f]
    if not found:
        return None
    undone, layer, article_id = max(found, key=lambda f: f[0].at)
    made = make_decision(connection, at, who, "undo", undone.subject[:1], undone.decision_id)
    if layer is None:
        write_decision(connection, made, summarise)
    else:
        write_coding(connection, layer, article_id, made)
    return undone


_Found = tuple[Decision, str | None, str]


def _last_for_all(connection: Connection, who: str) -> _Found | None:
    """The last decision of a coder that nobody undid and that none of somebody else took the place of."""
    rows = connection.execute(select(decision).where(decision.c.who == who, decision.c.kind != "undo").order_by(decision.c.position.desc()))
    for row in rows:
        made = read_decision(row)
        standing = decisions_about(connection, made.subject, None, who)
        if made in standing and (made.kind == "note" or latest(standing, made) == made):
            rows.close()
            return made, None, ""
    return None


def _last_apart(connection: Connection, who: str) -> _Found | None:
    """The last decision of a coder in an open blind batch that is not settled."""
    own = select(coding).join(batch, batch.c.batch_id == coding.c.batch_id).where(coding.c.who == who, batch.c.closed.is_(None))
    every: dict[str, list[Decision]] = defaultdict(list)
    where: dict[str, Any] = {}
    for row in connection.execute(own.order_by(coding.c.position)).all():
        every[row.batch_id].append(read_decision(row))
        where[row.decision_id] = row
    standing = [d for made in every.values() for d in in_force(made)]
    for d in sorted(standing, key=lambda d: where[d.decision_id].position, reverse=True):
        row = where[d.decision_id]
        if not settled(connection, row.batch_id, row.subject):
            return d, row.batch_id, row.article_id
    return None
