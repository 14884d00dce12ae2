"""How far people have come: the decisions in force, and the articles they cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from khabar.model.rows import Decision, in_force
from khabar.store.members import VERDICTS, in_batches, read_decision
from khabar.store.tables import adjudication, article, coding, decision, member, mention


@dataclass(frozen=True, slots=True)
class State:
    """The last decision in force about each mention that has one, articles said to be complete, those with a mention that people rejected, the
    mentions that count by article (those of articles with text; empty where none does), decisions that settled a batch, and how many decisions
    of each kind each coder has in force."""

    last: Mapping[str, Decision]
    complete: frozenset[str]
    rejected: frozenset[str]
    members: Mapping[str, tuple[str, ...]]
    final: frozenset[str]
    work: Mapping[str, Mapping[str, int]]

    def open_in(self, article_id: str) -> int:
        """How many mentions of an article nobody decided about, or somebody was unsure of."""
        return sum(m not in self.last or self.last[m].kind == "unsure" for m in self.members.get(article_id, ()))


def state(connection: Connection) -> State:
    """The state of a store, from all its decisions."""
    made = in_force(read_decision(r) for r in connection.execute(select(decision).order_by(decision.c.position)).all())
    apart = in_force(read_decision(r) for r in connection.execute(select(coding).order_by(coding.c.position)).all())
    work: dict[str, Counter[str]] = defaultdict(Counter)
    for d in (*made, *apart):
        work[d.who][d.kind] += 1
    last = {d.subject[0]: d for d in made if d.kind in VERDICTS}
    complete = frozenset(d.subject[0] for d in made if d.kind == "complete")
    final = frozenset(connection.execute(select(adjudication.c.decision_id)).scalars())
    return State(last, complete, _rejected(connection, last), _members(connection), final, work)


def _rejected(connection: Connection, last: Mapping[str, Decision]) -> frozenset[str]:
    found: set[str] = set()
    for ids in in_batches(m for m, d in last.items() if d.kind == "reject"):
        found |= set(connection.execute(select(mention.c.article_id).where(mention.c.mention_id.in_(ids))).scalars())
    return frozenset(found)


def _members(connection: Connection) -> dict[str, tuple[str, ...]]:
    current = select(article.c.article_id).where(article.c.current, article.c.text.is_not(None)).order_by(article.c.number)
    found: dict[str, list[str]] = {a: [] for a in connection.execute(current).scalars()}
    for r in connection.execute(select(member.c.article_id, member.c.mention_id)):
        found.setdefault(r.article_id, []).append(r.mention_id)
    return {a: tuple(ids) for a, ids in found.items()}
