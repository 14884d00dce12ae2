"""Batches of articles for coders, what blind coders made of them, and how that was settled."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from khabar.model import InvalidValue, Mention, content_id
from khabar.model.parse import parse_mention
from khabar.model.review import Batch, Dispute
from khabar.model.rows import Decision, DecisionKind
from khabar.store.database import Database
from khabar.store.decide import make_decision, write_decision
from khabar.store.errors import StaleDecision
from khabar.store.layers import blind_batches, settled
from khabar.store.members import PEOPLE, Summarise, in_batches
from khabar.store.readings import apart, reading_of, verdicts
from khabar.store.tables import adjudication, article, assignment, batch, coding, decision, mention


class Batches:
    """Assigning, comparing, settling."""

    _base: Database
    _summarise: Summarise

    def assign(self, at: str, name: str, shares: Mapping[str, Sequence[str]], blind: bool) -> Batch:
        """Make a batch: the coders of each article. A name that is taken, articles that are not there or are coded blind already raise
        InvalidValue."""
        batch_id = content_id([at, name], prefix="b")
        with self._base.writing() as connection:
            _check(connection, name, list(shares))
            connection.execute(insert(batch), {"batch_id": batch_id, "name": name, "at": at, "blind": blind, "closed": None})
            rows = [{"batch_id": batch_id, "article_id": a, "coder": c} for a, coders in shares.items() for c in coders]
            connection.execute(insert(assignment), rows)
            return _batch(connection, batch_id)

    def batches(self) -> tuple[Batch, ...]:
        """All batches, oldest first."""
        with self._base.reading() as connection:
            ids = connection.execute(select(batch.c.batch_id).order_by(batch.c.at, batch.c.batch_id)).scalars().all()
            return tuple(_batch(connection, i) for i in ids)

    def batch(self, given: str) -> Batch:
        """The batch of a name or an id."""
        with self._base.reading() as connection:
            return _batch(connection, _batch_id(connection, given))

    def close_batch(self, at: str, batch_id: str) -> None:
        """End a batch: its articles are open to all, and what its coders decided is seen by all."""
        with self._base.writing() as connection:
            _close(connection, at, batch_id)

    def shares(self, batch_id: str) -> dict[str, tuple[str, ...]]:
        """The coders of each article of a batch."""
        with self._base.reading() as connection:
            return _shares(connection, batch_id)

    def codings(self, batch_id: str) -> dict[str, dict[str, tuple[Mention, ...]]]:
        """What each coder of a blind batch made of each article of which the coder decided about every mention: coder, article, mentions."""
        with self._base.reading() as connection:
            found: dict[str, dict[str, tuple[Mention, ...]]] = defaultdict(dict)
            for article_id, coders in _shares(connection, batch_id).items():
                for coder in coders:
                    read = apart(connection, article_id, batch_id, coder)
                    if all(r.standing not in ("machine", "unsure") for r in read):
                        found[coder][article_id] = tuple(r.mention for r in read if r.standing != "rejected")
            return found

    def units(self, batch_id: str) -> dict[str, dict[str, dict[str, Mention | None]]]:
        """By article and coder what the coder decided about each mention: the mention as coded, None where it was rejected."""
        with self._base.reading() as connection:
            out: dict[str, dict[str, dict[str, Mention | None]]] = defaultdict(dict)
            for article_id, coders in _shares(connection, batch_id).items():
                for coder in coders:
                    read = [r for r in apart(connection, article_id, batch_id, coder) if r.standing not in ("machine", "unsure")]
                    out[article_id][coder] = {r.mention_id: r.mention if r.standing != "rejected" else None for r in read}
            return out

    def disputes(self, batch_id: str) -> tuple[Dispute, ...]:
        """Every mention that coders of a blind batch decided about or are to decide about, in the order of articles and text."""
        with self._base.reading() as connection:
            return _disputes(connection, batch_id)

    def adjudicate(self, at: str, who: str, batch_id: str, subject: str, chosen: str | None, made: tuple[DecisionKind, Any] | None) -> Decision:
        """Settle what the coders of a blind batch decided about a mention: by the coding of this id, or by a decision of one's own. The last one
        of a batch that all have coded closes it."""
        with self._base.writing() as connection:
            final = _adjudicate(connection, self._summarise, at, who, batch_id, subject, chosen, made)
            if all(d.settled and not d.waiting for d in _disputes(connection, batch_id)):
                _close(connection, at, batch_id)
            return final

    def adjudicate_agreed(self, at: str, who: str, batch_id: str) -> tuple[Decision, ...]:
        """Settle every mention that all its coders coded alike, by what they agreed on."""
        with self._base.writing() as connection:
            agreed = [d for d in _disputes(connection, batch_id) if d.agreed and not d.settled]
            made = tuple(_adjudicate(connection, self._summarise, at, who, batch_id, d.mention_id, d.codings[0][1].decision_id, None) for d in agreed)
            if all(d.settled and not d.waiting for d in _disputes(connection, batch_id)):
                _close(connection, at, batch_id)
            return made


def _check(connection: Connection, name: str, article_ids: Sequence[str]) -> None:
    if connection.execute(select(batch.c.name).where(batch.c.name == name)).first():
        raise InvalidValue(f"batch {name!r}: there is one of this name; choose another")
    there: set[str] = set()
    for ids in in_batches(article_ids):
        there |= set(connection.execute(select(article.c.article_id).where(article.c.article_id.in_(ids), article.c.current)).scalars())
    if missing := [a for a in article_ids if a not in there]:
        raise InvalidValue(f"article {missing[0]!r}: not among the current articles of the store ({len(missing)} of {len(article_ids)} are not)")
    if taken := blind_batches(connection, article_ids):
        first, other = next(iter(taken.items()))
        raise InvalidValue(f"article {first!r}: is coded blind in batch {other} already ({len(taken)} of {len(article_ids)} are); close that batch first")


def _batch_id(connection: Connection, given: str) -> str:
    found = connection.execute(select(batch.c.batch_id).where((batch.c.batch_id == given) | (batch.c.name == given))).scalars().all()
    if len(found) != 1:
        raise InvalidValue(f"batch {given!r}: {'several are called so, give the id' if found else 'there is none of this name or id'}")
    return str(found[0])


def _batch(connection: Connection, batch_id: str) -> Batch:
    row = connection.execute(select(batch).where(batch.c.batch_id == batch_id)).one()
    shares = _shares(connection, batch_id)
    coders = tuple(sorted({c for members in shares.values() for c in members}))
    return Batch(batch_id, row.name, row.at, bool(row.blind), row.closed, tuple(shares), coders)


def _shares(connection: Connection, batch_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(assignment.c.article_id, assignment.c.coder).where(assignment.c.batch_id == batch_id)
    for r in connection.execute(wanted.order_by(assignment.c.article_id, assignment.c.coder)):
        found[r.article_id].append(r.coder)
    return {a: tuple(coders) for a, coders in found.items()}


def _close(connection: Connection, at: str, batch_id: str) -> None:
    connection.execute(update(batch).where(batch.c.batch_id == batch_id, batch.c.closed.is_(None)).values(closed=at))


def _disputes(connection: Connection, batch_id: str) -> tuple[Dispute, ...]:
    made = verdicts(connection, batch_id)
    final = _settled(connection, batch_id)
    out: list[Dispute] = []
    for article_id, coders in _shares(connection, batch_id).items():
        out += _of_article(connection, article_id, {c: made.get(c, {}) for c in coders}, final)
    return tuple(out)


def _of_article(
    connection: Connection, article_id: str, made: Mapping[str, Mapping[str, tuple[Decision, ...]]], final: Mapping[str, Decision]
) -> list[Dispute]:
    """The mentions of an article: the machine's in the order of the text, then those that coders added."""
    machine = (article.c.article_id == mention.c.article_id) & (article.c.run_id == mention.c.run_id)
    rows = connection.execute(select(mention.c.mention_id, mention.c.record, mention.c.start).join(article, machine).where(mention.c.article_id == article_id))
    records = {r.mention_id: json.loads(r.record) for r in sorted(rows, key=lambda r: (r.start, r.mention_id))}
    ours = set(connection.execute(select(coding.c.subject).where(coding.c.article_id == article_id)).scalars())
    added = sorted({m for about in made.values() for m in about if m not in records} & ours)
    return [_dispute(m, article_id, records.get(m), made, final.get(m)) for m in [*records, *added]]


def _dispute(mention_id: str, article_id: str, machine: Any, made: Mapping[str, Mapping[str, tuple[Decision, ...]]], final: Decision | None) -> Dispute:
    codings = tuple((coder, about[mention_id][-1]) for coder, about in made.items() if mention_id in about)
    waiting = tuple(c for c, about in made.items() if machine is not None and mention_id not in about)
    values = [_said(machine, about[mention_id]) for about in made.values() if mention_id in about]
    unsure = any(d.kind == "unsure" for _, d in codings)
    agreed = len(codings) == len(made) and not unsure and all(v == values[0] for v in values)
    return Dispute(mention_id, article_id, codings, waiting, agreed, final)


def _said(machine: Any, made: Sequence[Decision]) -> Any:
    """What a coder's decisions make of a mention, without what no coder says: the probabilities of a reader, reasons, names of events."""
    if made[-1].kind == "reject":
        return None
    fields = reading_of(made)
    record = parse_mention(dict(machine if fields is None else fields)).record()
    return {k: v for k, v in record.items() if k not in ("confidence", "event")}


def _settled(connection: Connection, batch_id: str) -> dict[str, Decision]:
    subjects = (
        select(decision.c.subject)
        .join(adjudication, adjudication.c.decision_id == decision.c.decision_id)
        .where(adjudication.c.batch_id == batch_id)
        .distinct()
    )
    found = {m: settled(connection, batch_id, m) for m in connection.execute(subjects).scalars().all()}
    return {m: d for m, d in found.items() if d is not None}


def _adjudicate(
    connection: Connection, summarise: Summarise, at: str, who: str, batch_id: str, subject: str, chosen: str | None, made: tuple[DecisionKind, Any] | None
) -> Decision:
    found = _codings_of(connection, batch_id, subject)
    if not found:
        raise InvalidValue(f"mention {subject!r}: no coder of batch {batch_id} decided about it")
    if before := settled(connection, batch_id, subject):
        raise StaleDecision(f"{subject}: {before.who} has settled it; undo that first", before)
    kind, value = made or _final(found, subject, chosen)
    final = make_decision(connection, at, who, kind, (subject,), value)
    write_decision(connection, final, summarise)
    connection.execute(insert(adjudication), {"decision_id": final.decision_id, "batch_id": batch_id, "chosen": chosen})
    return final


def _codings_of(connection: Connection, batch_id: str, subject: str) -> list[tuple[Decision, ...]]:
    """What each coder of a batch decided about a mention."""
    return [about[subject] for about in verdicts(connection, batch_id).values() if subject in about]


def _final(found: Sequence[tuple[Decision, ...]], subject: str, chosen: str | None) -> tuple[DecisionKind, Any]:
    """The decision for all that a coder's coding amounts to."""
    for made in found:
        if chosen in {d.decision_id for d in made}:
            return _amounts_to(made)
    raise InvalidValue(f"coding {chosen!r}: no coder's decision in force about {subject}")


def _amounts_to(made: Sequence[Decision]) -> tuple[DecisionKind, Any]:
    last = made[-1]
    if last.kind != "accept" or not last.value or last.value["run"] != PEOPLE:
        return last.kind, last.value
    correction = next(d for d in reversed(made) if d.kind in ("fix", "add"))
    return correction.kind, correction.value
