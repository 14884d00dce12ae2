"""The list of articles, and an article with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.convertors import StringConvertor, register_url_convertor

from khabar import review
from khabar.model.review import Reading
from khabar.model.rows import ArticleRow
from khabar.store import ArticleFilter
from khabar.web import models
from khabar.web.access import room_of, user_of
from khabar.web.errors import NotFound
from khabar.web.permissions import allowed
from khabar.web.render import title_of
from khabar.web.routes.home import line
from khabar.web.shown import marks_of, stretches
from khabar.web.views import Table, add_view


class _Any(StringConvertor):
    """An id, whatever it holds: `path` leaves out line ends."""

    regex = r"(?s:.+)"


SIZE = 50
register_url_convertor("any", _Any())
router = APIRouter()
Page = Annotated[int, Query(ge=1, le=1_000_000)]
Words = Annotated[str, Query(max_length=300)]


def load_articles(request: Request, q: Words = "", outlet: Words = "", outcome: Words = "", page: Page = 1) -> models.Articles:
    """Articles that fit, the latest first"""
    store = room_of(request).store
    wanted = ArticleFilter(q.strip() or None, outlet or None, outcome or None)
    found = store.article_page(wanted, limit=SIZE, offset=(page - 1) * SIZE)
    paging = models.Paging(page=page, size=SIZE, total=store.count_articles(wanted))
    asked = {"q": q, "outlet": outlet, "outcome": outcome}
    return models.Articles(articles=[line(x) for x in found], paging=paging, outlets=list(store.outlets()), asked=asked)


def articles_table(found: models.Articles) -> Table:
    heads = tuple(models.ArticleLine.model_fields)
    return Table(heads, [[getattr(a, h) for h in heads] for a in found.articles])


def load_article(request: Request, id: str) -> models.Article:  # noqa: A002 - the name in the address
    """An article with the mentions found in it"""
    store = room_of(request).store
    row = store.article(id) or (store.article(id[:-1]) if id.endswith("/") else None)
    if row is None:
        raise NotFound(id[:200])
    text = store.text(row.article_id)
    found = review.readings(store, row.article_id, _layer(request))
    mentions = [mention_out(r) for r in found if r.standing != "rejected" or _layer(request)]
    return models.Article(article=_head(row, text), mentions=mentions)


def _head(row: ArticleRow, text: str | None) -> models.ArticleHead:
    title = title_of(row.title, text and text[:400], row.article_id)
    return models.ArticleHead(
        id=row.article_id, title=title, outlet=row.outlet, published=row.published, url=row.url, outcome=row.outcome, reason=row.reason,
        version=row.version, current=row.current, text=text,
    )  # fmt: skip


def _layer(request: Request) -> str | None:
    """The coder whose own codings of blind batches are shown; None for whoever does not review."""
    user = user_of(request)
    return user.name if allowed("review", user.role) else None


def mention_out(r: Reading) -> models.MentionOut:
    """A mention as JSON."""
    record: dict[str, Any] = r.mention.record()
    last = r.decision
    about: dict[str, Any] = {"decided": last and last.kind, "who": last and last.who, "expected": last and last.decision_id}
    about |= {"standing": r.standing, "own": r.own}
    return models.MentionOut(id=r.mention_id, event_id=r.event_id, quote=r.quote, **about, **record)


def shown(found: models.Article) -> dict[str, Any]:
    """The text of an article with its evidence marked."""
    kept = [(i, m.model_dump()) for i, m in enumerate(found.mentions) if m.standing != "rejected"]
    marks = [replace(x, mention=kept[x.mention][0]) for x in marks_of(m for _, m in kept)]
    return {"stretches": stretches(found.article.text or "", marks)}


def mentions_table(found: models.Article) -> Table:
    heads = ("mention_id", "event_id", "type", "modes", "status", "trigger", "actors", "recipients", "places", "from", "to", "counts", "sources", "decided")
    return Table(heads, [_mention_row(m) for m in found.mentions])


def _mention_row(m: models.MentionOut) -> list[Any]:
    people = [[p.get("name") or p["text"] for p in members] for members in (m.actors, m.recipients)]
    days = [m.time[k] if m.time else None for k in ("start", "end")]
    counts = [f"{c['role']} {c['text']}" for c in m.counts]
    named = [m.id, m.event_id, m.type, m.modes, m.status, m.trigger.text, *people, [p["name"] for p in m.places]]
    return [*named, *days, counts, [s["text"] for s in m.sources], m.decided]


add_view(router, "/articles", "articles", "articles.html", load_articles, models.Articles, table=articles_table)
add_view(router, "/articles/{id:any}", "article", "article.html", load_article, models.Article, table=mentions_table, in_scripts=True, more=shown)
