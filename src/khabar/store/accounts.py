"""What single outlets, or the sources behind claims, tell in a stretch of time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from khabar.model.parse import parse_mention
from khabar.model.rows import ClaimRow, EventRow
from khabar.store.database import Database
from khabar.store.members import event_row, in_batches
from khabar.store.tables import article, copy, event, member, mention, participant

SAME = and_(mention.c.mention_id == member.c.mention_id, mention.c.run_id == member.c.run_id)


class Accounts:
    """Claims by when they were published and by outlet, and what they rest on."""

    def __init__(self, base: Database) -> None:
        self._base = base

    def published(self, since: date | None, until: date | None, outlet: str | None = None) -> Iterator[ClaimRow]:
        """The claims of articles published between two days, both included; those of articles without a day only where no day is given."""
        wanted = _claims()
        if since is not None:
            wanted = wanted.where(article.c.published >= since)
        if until is not None:
            wanted = wanted.where(article.c.published <= until)
        yield from self._rows(wanted if outlet is None else wanted.where(article.c.outlet == outlet))

    def about(self, event_ids: Iterable[str], outlet: str | None = None) -> Iterator[ClaimRow]:
        """All claims about events, whenever published."""
        wanted = _claims() if outlet is None else _claims().where(article.c.outlet == outlet)
        for ids in in_batches(event_ids):
            yield from self._rows(wanted.where(member.c.event_id.in_(ids)))

    def events(self, event_ids: Iterable[str]) -> dict[str, EventRow]:
        """The rows of events."""
        found: dict[str, EventRow] = {}
        with self._base.reading() as connection:
            for ids in in_batches(event_ids):
                rows = connection.execute(select(event).where(event.c.event_id.in_(ids))).mappings().all()
                found |= {r["event_id"]: event_row(r) for r in rows}
        return found

    def named(self, mention_ids: Iterable[str]) -> list[Any]:
        """Rows of `mention_id`, `entity`, `name` and `text` of the participants that the actor book knows."""
        columns = participant.c.mention_id, participant.c.entity, participant.c.name, participant.c.text
        same = and_(participant.c.mention_id == member.c.mention_id, participant.c.run_id == member.c.run_id)
        wanted = select(*columns).join(member, same).where(participant.c.entity.is_not(None))
        found: list[Any] = []
        with self._base.reading() as connection:
            for ids in in_batches(mention_ids):
                found += connection.execute(wanted.where(participant.c.mention_id.in_(ids))).all()
        return found

    def outlets(self) -> list[str]:
        """The outlets of the current articles, by name."""
        with self._base.reading() as connection:
            wanted = select(article.c.outlet).where(article.c.current, article.c.outlet.is_not(None)).distinct().order_by(article.c.outlet)
            return list(connection.execute(wanted).scalars())

    def _rows(self, wanted: Any) -> Iterator[ClaimRow]:
        with self._base.reading() as connection:
            rows = connection.execute(wanted.order_by(article.c.published, member.c.article_id, mention.c.position)).all()
        return (_claim(r) for r in rows)


def _claims() -> Any:
    quote = func.substr(article.c.text, mention.c.quote_start + 1, mention.c.quote_end - mention.c.quote_start).label("quote")
    columns = mention.c.mention_id, mention.c.status, mention.c.record, mention.c.quote_start, mention.c.quote_end
    return (
        select(member.c.event_id, member.c.article_id, *columns, article.c.outlet, article.c.published, copy.c.original, quote)
        .join_from(member, mention, SAME)
        .join(article, article.c.article_id == member.c.article_id)
        .outerjoin(copy, copy.c.article_id == member.c.article_id)
    )


def _claim(r: Any) -> ClaimRow:
    m = parse_mention(json.loads(r.record))
    figures = tuple((c.role, c.low, c.high) for c in m.counts if c.part_of is None and not c.cumulative)
    return ClaimRow(
        r.event_id, r.mention_id, r.article_id, r.outlet, r.published, m.said.start if m.said else None, tuple(s.span.text for s in m.sources),
        tuple(s.kind for s in m.sources), r.status, figures, r.quote, r.quote_start, r.quote_end, r.original,
    )  # fmt: skip
