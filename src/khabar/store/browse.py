"""Reading a store page by page, as people do: lists of articles, one article with what was found in it, totals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, text

from khabar.model.errors import InvalidValue
from khabar.model.ontology import OUTCOME_KINDS
from khabar.model.parse import parse_mention
from khabar.model.rows import ArticleRow, MentionRow
from khabar.store.database import Database
from khabar.store.members import decisions_on
from khabar.store.search import condition
from khabar.store.tables import article, decision, event, member, mention, outcome
from khabar.store.team import Accounts

HEAD = 160  # characters of an article's beginning, shown where it has no title
_JOINED = (outcome.c.article_id == article.c.article_id) & (outcome.c.run_id == article.c.run_id)


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which current articles: those that fit every field given. `text` is a question to the full text, `outcome` a kind of outcome."""

    text: str | None = None
    outlet: str | None = None
    outcome: str | None = None

    def __post_init__(self) -> None:
        if self.outcome is not None and self.outcome not in OUTCOME_KINDS:
            raise InvalidValue(f"outcome {self.outcome!r}: expected one of {', '.join(OUTCOME_KINDS)}")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of a list: its row, its first characters (None where it holds no text), and how many mentions it has that count."""

    article: ArticleRow
    head: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a store holds: current articles, events, mentions that count, and those of them that people reviewed."""

    articles: int
    events: int
    mentions: int
    reviewed: int


class Browsing:
    """What a store answers to people who leaf through it."""

    _base: Database

    def accounts(self) -> Accounts:
        """Who may log in to a team's reading room."""
        return Accounts(self._base)

    def article(self, article_id: str) -> ArticleRow | None:
        """The row of an article; None where there is none of this id."""
        with self._base.reading() as connection:
            row = connection.execute(_rows().where(article.c.article_id == article_id)).first()
        return _article(row) if row else None

    def article_page(self, wanted: ArticleFilter | None = None, *, limit: int = 50, offset: int = 0) -> tuple[Listed, ...]:
        """Current articles that fit, those that came in last first."""
        members = select(func.count()).where(member.c.article_id == article.c.article_id).scalar_subquery()
        query = self._fitting(_rows().add_columns(func.substr(article.c.text, 1, HEAD).label("head"), members.label("mentions")), wanted)
        with self._base.reading() as connection:
            rows = connection.execute(query.order_by(article.c.number.desc()).limit(limit).offset(offset)).all()
        return tuple(Listed(_article(r), r.head, r.mentions) for r in rows)

    def count_articles(self, wanted: ArticleFilter | None = None) -> int:
        """How many current articles fit."""
        with self._base.reading() as connection:
            return int(connection.execute(self._fitting(select(func.count()).select_from(article).join(outcome, _JOINED), wanted)).scalar_one())

    def outlets(self, *, limit: int = 200) -> tuple[tuple[str, int], ...]:
        """The outlets of current articles with how many each has, the largest first."""
        wanted = select(article.c.outlet, func.count()).where(article.c.current, article.c.outlet.is_not(None)).group_by(article.c.outlet)
        with self._base.reading() as connection:
            return tuple((r[0], r[1]) for r in connection.execute(wanted.order_by(func.count().desc(), article.c.outlet).limit(limit)))

    def mentions_in(self, article_id: str) -> tuple[tuple[MentionRow, tuple[int, int]], ...]:
        """The mentions of an article that count, by where they stand, each with the start and end of its sentence."""
        wanted = (
            select(member.c.event_id, mention)
            .join(mention, (mention.c.mention_id == member.c.mention_id) & (mention.c.run_id == member.c.run_id))
            .where(member.c.article_id == article_id)
            .order_by(mention.c.start, mention.c.position, mention.c.mention_id)
        )
        with self._base.reading() as connection:
            rows = connection.execute(wanted).all()
            decided = decisions_on(connection, [r.mention_id for r in rows])
        return tuple((_mention(r, decided.get(r.mention_id)), (r.quote_start, r.quote_end)) for r in rows)

    def totals(self) -> Totals:
        """How much the store holds."""
        reviewed = select(func.count(decision.c.subject.distinct())).where(decision.c.kind.in_(("accept", "fix", "add", "reject")))
        counted = (select(func.count()).where(article.c.current), select(func.count()).select_from(event), select(func.count()).select_from(member), reviewed)
        with self._base.reading() as connection:
            return Totals(*(int(connection.execute(q).scalar_one()) for q in counted))

    def _fitting(self, query: Select[Any], wanted: ArticleFilter | None) -> Select[Any]:
        asked = wanted or ArticleFilter()
        query = query.where(article.c.current)
        if asked.outlet is not None:
            query = query.where(article.c.outlet == asked.outlet)
        if asked.outcome is not None:
            query = query.where(outcome.c.kind == asked.outcome)
        if asked.text is not None:
            sql, value = condition(self._base.engine.dialect.name, asked.text)
            query = query.where(article.c.number.in_(text(sql).bindparams(question=value)))
        return query


def _rows() -> Select[Any]:
    return select(article, outcome.c.kind, outcome.c.reason).join(outcome, _JOINED)


def _article(r: Any) -> ArticleRow:
    names = ("article_id", "key", "version", "current", "url", "outlet", "published", "title")
    return ArticleRow(**{n: getattr(r, n) for n in names}, outcome=r.kind, reason=r.reason)


def _mention(r: Any, last: Any) -> MentionRow:
    return MentionRow(r.mention_id, r.article_id, r.run_id, r.event_id, parse_mention(json.loads(r.record)), last.kind if last else None)
