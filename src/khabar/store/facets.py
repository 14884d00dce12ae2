"""Events page by page in any order, and how many there would be behind each further choice: fast for a hundred thousand of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, func, select

from khabar.model.parse import parse_mention
from khabar.model.rows import EventRow, MentionRow
from khabar.store.database import Database
from khabar.store.members import decisions_on, event_row
from khabar.store.query import EventFilter, conditions
from khabar.store.tables import event, member, mention, participant

Order = Literal["newest", "oldest", "deadliest", "most-told", "surest", "least-sure", "denied"]
ORDERS: tuple[Order, ...] = get_args(Order)
DIMENSIONS = ("type", "status", "country", "reviewed")


@dataclass(frozen=True, slots=True)
class Facets:
    """How many events fit in all, and for every value of type, status, country and reviewed how many would fit if it were chosen in that dimension,
    the other choices staying; the largest first."""

    total: int
    counts: Mapping[str, tuple[tuple[Any, int], ...]]


@dataclass(frozen=True, slots=True)
class Day:
    """Events of a type that begin on a day."""

    day: date
    type: str
    events: int


class Faceting:
    """What a store answers to people who narrow events down."""

    _base: Database

    def event(self, event_id: str) -> EventRow | None:
        """The row of an event; None where there is none of this id."""
        with self._base.reading() as connection:
            row = connection.execute(select(event).where(event.c.event_id == event_id)).mappings().first()
        return event_row(row) if row else None

    def event_page(self, wanted: EventFilter | None = None, order: Order = "newest", *, limit: int = 50, offset: int = 0) -> tuple[EventRow, ...]:
        """Events that fit, in an order; those without what is ordered by come last."""
        fitting = conditions(wanted or EventFilter(), self._base.engine.dialect.name)
        ids = select(event.c.event_id).where(*fitting).order_by(*_ordering(order)).limit(limit).offset(offset)  # rows are wide: only those shown are read
        with self._base.reading() as connection:
            rows = connection.execute(select(event).where(event.c.event_id.in_(ids)).order_by(*_ordering(order))).mappings().all()
        return tuple(event_row(r) for r in rows)

    def facets(self, wanted: EventFilter | None = None) -> Facets:
        """The counts beside a table of events, from one pass over those that fit in all but the counted dimensions."""
        asked = wanted or EventFilter()
        open_ = replace(asked, type=None, status=None, country=None, reviewed=None)
        columns = [event.c[d] for d in DIMENSIONS]
        query = select(*columns, func.count()).where(*conditions(open_, self._base.engine.dialect.name, counted=True)).group_by(*columns)
        with self._base.reading() as connection:
            cube = [(tuple(r[:-1]), int(r[-1])) for r in connection.execute(query)]
        return _marginals(cube, tuple(getattr(asked, d) for d in DIMENSIONS))

    def days(self, wanted: EventFilter | None = None) -> tuple[Day, ...]:
        """Events that fit by the day they begin on and their type; those without a day are left out."""
        fitting = conditions(wanted or EventFilter(), self._base.engine.dialect.name)
        query = select(event.c.date_from, event.c.type, func.count()).where(*fitting, event.c.date_from.is_not(None))
        with self._base.reading() as connection:
            rows = connection.execute(query.group_by(event.c.date_from, event.c.type).order_by(event.c.date_from, event.c.type)).all()
        return tuple(Day(*r) for r in rows)

    def days_of_parties(self, wanted: EventFilter | None = None, *, most: int = 8) -> tuple[tuple[date, str, int], ...]:
        """Day, code and number of the events in which somebody of a code acts, for the codes of most events."""
        fitting = list(conditions(wanted or EventFilter(), self._base.engine.dialect.name))
        acts = (participant.c.mention_id == member.c.mention_id) & (participant.c.run_id == member.c.run_id) & (participant.c.role == "actor")
        number = func.count(event.c.event_id.distinct())
        joined = member.join(participant, acts).join(event, event.c.event_id == member.c.event_id)
        named = (participant.c.code.not_like("-%"), event.c.date_from.is_not(None), *fitting)
        top = select(participant.c.code).select_from(joined).where(*named).group_by(participant.c.code).order_by(number.desc(), participant.c.code).limit(most)
        with self._base.reading() as connection:
            codes = list(connection.execute(top).scalars())
            query = select(event.c.date_from, participant.c.code, number).select_from(joined).where(*named, participant.c.code.in_(codes))
            return tuple((r[0], r[1], r[2]) for r in connection.execute(query.group_by(event.c.date_from, participant.c.code)))

    def mentions_of(self, event_id: str) -> tuple[MentionRow, ...]:
        """The mentions of an event, in the order of their articles."""
        wanted = (
            select(member.c.event_id, mention)
            .join(mention, (mention.c.mention_id == member.c.mention_id) & (mention.c.run_id == member.c.run_id))
            .where(member.c.event_id == event_id)
            .order_by(mention.c.article_id, mention.c.position, mention.c.mention_id)
        )
        with self._base.reading() as connection:
            rows = connection.execute(wanted).all()
            decided = decisions_on(connection, [r.mention_id for r in rows])
        return tuple(_mention(r, decided.get(r.mention_id)) for r in rows)


def _mention(r: Any, last: Any) -> MentionRow:
    return MentionRow(r.mention_id, r.article_id, r.run_id, r.event_id, parse_mention(json.loads(r.record)), last.kind if last else None)


def _ordering(order: Order) -> tuple[ColumnElement[Any], ...]:
    columns: dict[Order, ColumnElement[Any]] = {
        "newest": event.c.date_from.desc().nulls_last(), "oldest": event.c.date_from.asc().nulls_last(),
        "deadliest": event.c.killed_high.desc().nulls_last(), "most-told": event.c.voices.desc(), "surest": event.c.confidence.desc().nulls_last(),
        "least-sure": event.c.confidence.asc().nulls_last(), "denied": event.c.denials.desc(),
    }  # fmt: skip
    return columns[order], event.c.event_id


def _marginals(cube: Iterable[tuple[tuple[Any, ...], int]], chosen: tuple[Any, ...]) -> Facets:
    """The counts of each dimension over the groups that the choices in the others leave."""
    counts: dict[str, Counter[Any]] = defaultdict(Counter)
    total = 0
    for values, n in cube:
        misses = [i for i, (value, asked) in enumerate(zip(values, chosen, strict=True)) if asked is not None and value != asked]
        if not misses:
            total += n
        for i, name in enumerate(DIMENSIONS):
            if not misses or misses == [i]:
                counts[name][values[i]] += n
    ordered = {name: tuple(sorted(counts[name].items(), key=lambda p: (-p[1], str(p[0])))) for name in DIMENSIONS}
    return Facets(total, ordered)
