"""A store of what may be published: the events of a view with people protected, as rows that a new, empty store is filled with.

It holds no decisions but that somebody reviewed a mention, no runs, notes, accounts or reasons, and only articles that tell an event that is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from khabar.export.view import REVIEWED, Article, Told, View
from khabar.model import content_id
from khabar.store.dump import TABLES
from khabar.store.entry import mention_row, part_rows
from khabar.store.members import event_values

RUN = "r0"
REVIEWER = "reviewer"
WHEN = "1970-01-01T00:00:00+00:00"  # when and by whom is nobody's business but the store's
Rows = Iterator[tuple[str, dict[str, Any]]]


def published_rows(view: View, version: str) -> Rows:
    """The rows, each with the name of its table, tables in the order of a dump."""
    by_article: dict[str, list[Told]] = defaultdict(list)
    for event in view.events:
        for told in event.told:
            by_article[told.article_id].append(told)
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    tables["run"].append({"run_id": RUN, "position": 1, "started": WHEN, "engine": "published", "version": version, "settings": "{}"})
    for article_id, members in by_article.items():
        tables["article"].append(_article(view.articles[article_id]))
        tables["outcome"].append({"article_id": article_id, "run_id": RUN, "kind": "read", "reason": None})
        for table, row in _mentions(sorted(members, key=lambda t: (t.mention.trigger.start, t.mention_id))):
            tables[table].append(row)
    tables["event"] = [_days(event_values(e.row)) for e in view.events]
    copies = {t.article_id: t.copy_of for members in by_article.values() for t in members if t.copy_of in by_article and t.copy_of != t.article_id}
    tables["copy"] = [{"article_id": a, "original": original, "likeness": 1.0} for a, original in copies.items()]
    yield from ((name, row) for name in TABLES for row in tables[name])


def _article(a: Article) -> dict[str, Any]:
    same = dict.fromkeys(("caption", "links"), "[]")
    unknown = dict.fromkeys(("published_basis", "fetched", "media_type", "etag", "last_modified"))
    about = {"url": a.url, "outlet": a.outlet, "published": a.published and a.published.isoformat(), "title": a.title, "text": a.text}
    ids = dict.fromkeys(("article_id", "document_id", "key"), a.article_id)
    return {**ids, "version": 1, "current": True, "digest": "", "content": "", "run_id": RUN, **about, **same, **unknown}


def _mentions(members: list[Told]) -> Rows:
    for i, t in enumerate(members):
        yield "mention", _days(mention_row(t.mention_id, RUN, t.article_id, i, t.mention, (t.start, t.end)))
        yield from part_rows(t.mention_id, RUN, t.mention)
        yield "member", {"mention_id": t.mention_id, "run_id": RUN, "article_id": t.article_id, "event_id": t.event_id}
        if t.decided in REVIEWED:
            verdict = {"kind": "accept", "subject": t.mention_id, "other": None, "value": None}
            yield "decision", {"decision_id": content_id(t.mention_id, prefix="d"), "at": WHEN, "who": REVIEWER, **verdict}


def _days(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if k in ("date_from", "date_to") and v is not None else v for k, v in row.items()}
