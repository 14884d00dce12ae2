"""Counts over the events that fit a filter, as the database groups them. The rows are few however many events there are."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import case, distinct, func, select

from khabar.store.database import Database
from khabar.store.query import EventFilter, conditions
from khabar.store.tables import article, event, member, mention, outcome, participant, source

Role = Literal["actor", "recipient"]
LEVELS = {"country": ("country",), "admin1": ("country", "admin1"), "place": ("country", "admin1", "place")}
"""What a place is told by at each level, widest first."""


class Tallies:
    """Groups with their numbers. `killed` is the sum of the lowest and of the highest number told of each event, None where none is."""

    def __init__(self, base: Database, wanted: EventFilter) -> None:
        self._base = base
        self._fitting = list(conditions(wanted, base.engine.dialect.name))

    def events_by(self, *columns: str) -> list[Any]:
        """Rows of these columns of an event with `events`, `killed_low` and `killed_high`."""
        named = [event.c[c] for c in columns]
        killed = func.sum(event.c.killed_low).label("killed_low"), func.sum(event.c.killed_high).label("killed_high")
        return self._rows(select(*named, func.count().label("events"), *killed).where(*self._fitting).group_by(*named))

    def participants(self, role: Role) -> list[Any]:
        """Rows of `code`, `name`, `entity` with the `events` they have that role in."""
        columns = participant.c.code, participant.c.name, participant.c.entity
        joined = select(*columns, func.count(distinct(member.c.event_id)).label("events")).join_from(member, participant, _same(participant))
        return self._rows(self._fit(joined).where(participant.c.role == role).group_by(*columns))

    def codes(self, role: Role) -> list[Any]:
        """Rows of `code` with the `events` that somebody of that code has that role in."""
        joined = select(participant.c.code, func.count(distinct(member.c.event_id)).label("events")).join_from(member, participant, _same(participant))
        return self._rows(self._fit(joined).where(participant.c.role == role).group_by(participant.c.code))

    def offices(self) -> dict[str, str]:
        """The code that the articles of the store give each known actor most often."""
        columns = participant.c.entity, participant.c.code
        query = select(*columns).join_from(member, participant, _same(participant)).where(participant.c.entity.is_not(None))
        return dict(self._rows(query.group_by(*columns).order_by(participant.c.entity, func.count(), participant.c.code.desc())))

    def vouchers(self) -> list[Any]:
        """Rows of the innermost source's `text` and `kind`, both None where the outlet itself vouches, the `outlet`, and the number of
        `claims` and of `denials` among them."""
        deepest = select(source.c.mention_id, source.c.run_id, func.max(source.c.position).label("position")).group_by(source.c.mention_id, source.c.run_id)
        inner = deepest.subquery()
        last = (source.c.mention_id == inner.c.mention_id) & (source.c.run_id == inner.c.run_id) & (source.c.position == inner.c.position)
        denied = func.sum(case((mention.c.status == "denied", 1), else_=0)).label("denials")
        columns = source.c.text, source.c.kind, article.c.outlet
        query = (
            select(*columns, func.count().label("claims"), denied)
            .join_from(member, mention, _same(mention))
            .join(article, article.c.article_id == member.c.article_id)
            .outerjoin(inner, _same(inner))
            .outerjoin(source, last)
        )
        return self._rows(self._fit(query).group_by(*columns))

    def articles(self) -> list[Any]:
        """Rows of `outlet`, outcome (`kind`) and `reason` with the number of current `articles`: all of them, or with a filter those that tell
        an event that fits."""
        columns = article.c.outlet, outcome.c.kind, outcome.c.reason
        became = (outcome.c.article_id == article.c.article_id) & (outcome.c.run_id == article.c.run_id)
        query = select(*columns, func.count().label("articles")).join_from(article, outcome, became).where(article.c.current)
        if self._fitting:
            query = query.where(article.c.article_id.in_(self._fit(select(member.c.article_id))))
        return self._rows(query.group_by(*columns))

    def events_told(self) -> dict[str | None, int]:
        """How many events that fit each outlet tells."""
        query = select(article.c.outlet, func.count(distinct(member.c.event_id))).join_from(member, article, article.c.article_id == member.c.article_id)
        return dict(self._rows(self._fit(query).group_by(article.c.outlet)))

    def _fit(self, query: Any) -> Any:
        return query.join(event, event.c.event_id == member.c.event_id).where(*self._fitting) if self._fitting else query

    def _rows(self, query: Any) -> list[Any]:
        with self._base.reading() as connection:
            return list(connection.execute(query).all())


def _same(part: Any) -> Any:
    """A part of the mention that counts."""
    return (part.c.mention_id == member.c.mention_id) & (part.c.run_id == member.c.run_id)
