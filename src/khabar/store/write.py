"""Putting coded articles in: one transaction an article, all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from khabar.model import canonical_json, content_id
from khabar.model.rows import Telling
from khabar.store.decide import restore_decided
from khabar.store.entry import Entry, Row, dumped, mention_row, part_rows
from khabar.store.members import Summarise, decisions_on, event_id_of, groups, remove_members, replace_events, write_events
from khabar.store.search import index_article
from khabar.store.tables import article, figure, member, mention, outcome, participant, place, run, source

Fate = Literal["new", "version", "unchanged", "kept", "recoded"]
PARTS = {"participant": participant, "place": place, "figure": figure, "source": source}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an entry: `new`, a new `version` of a known key, `unchanged`, `recoded`, or the older version `kept` since the new one
    could not be read."""

    article_id: str
    fate: Fate


def begin_run(connection: Connection, started: str, engine: str, version: str, settings: dict[str, Any]) -> str:
    """Write down a run; its id. Runs that are alike in all but their start are one: going on is no new run."""
    run_id = content_id([engine, version, settings], prefix="r")
    if not connection.execute(select(run.c.run_id).where(run.c.run_id == run_id)).first():
        position = (connection.execute(select(func.max(run.c.position))).scalar() or 0) + 1
        values = {"run_id": run_id, "position": position, "started": started, "engine": engine, "version": version, "settings": canonical_json(settings)}
        connection.execute(insert(run), values)
    return run_id


def add(connection: Connection, entry: Entry, run_id: str, summarise: Summarise) -> Added:
    """Put an entry in, as a new article, as a new version, or not at all where nothing changed."""
    current = connection.execute(select(article).where(article.c.key == entry.key, article.c.current)).first()
    if current and current.content == entry.content:
        return _again(connection, current, entry, run_id, summarise)
    if current and entry.record.text is None and current.text is not None:
        return Added(current.article_id, "kept")
    touched: set[str] = set()
    if current:
        touched = remove_members(connection, current.article_id)
        connection.execute(update(article).where(article.c.number == current.number).values(current=False))
    article_id = _insert_article(connection, entry, run_id)
    _insert_coding(connection, entry, article_id, run_id, summarise)
    write_events(connection, touched, summarise)
    return Added(article_id, "version" if current else "new")


def _again(connection: Connection, current: Any, entry: Entry, run_id: str, summarise: Summarise) -> Added:
    """An input whose content is known: its bytes may have changed, and another run may read it anew."""
    values: Row = {"digest": entry.digest, "etag": entry.etag, "last_modified": entry.last_modified, "fetched": entry.fetched}
    fate: Fate = "unchanged"
    if current.run_id != run_id or _failed(connection, current.article_id, run_id):
        values["run_id"] = run_id
        fate = "recoded"
        touched = remove_members(connection, current.article_id)
        _insert_coding(connection, entry, current.article_id, run_id, summarise)
        write_events(connection, touched, summarise)
    connection.execute(update(article).where(article.c.number == current.number).values(**values))
    return Added(current.article_id, fate)


def _failed(connection: Connection, article_id: str, run_id: str) -> bool:
    """Whether this run failed on an article; the failure is forgotten, since it is tried again."""
    failure = (outcome.c.article_id == article_id) & (outcome.c.run_id == run_id) & (outcome.c.kind == "failed")
    if not connection.execute(select(outcome.c.kind).where(failure)).first():
        return False
    connection.execute(delete(outcome).where(failure))
    return True


def _insert_article(connection: Connection, entry: Entry, run_id: str) -> str:
    r = entry.record
    version = (connection.execute(select(func.max(article.c.version)).where(article.c.document_id == entry.document_id)).scalar() or 0) + 1
    article_id = entry.document_id if version == 1 else f"{entry.document_id}~{version}"
    values = {
        "article_id": article_id, "document_id": entry.document_id, "key": entry.key, "version": version, "current": True, "digest": entry.digest,
        "content": entry.content, "run_id": run_id, "url": entry.url, "outlet": r.outlet, "published": r.published,
        "published_basis": r.published_basis, "title": entry.title, "text": r.text,
        "caption": dumped(entry.caption), "links": dumped(entry.links), "fetched": entry.fetched, "media_type": entry.media_type,
        "etag": entry.etag, "last_modified": entry.last_modified,
    }  # fmt: skip
    number = connection.execute(insert(article).returning(article.c.number), values).scalar_one()
    if entry.words:
        index_article(connection, number, entry.words, entry.keys)
    return article_id


def _insert_coding(connection: Connection, entry: Entry, article_id: str, run_id: str, summarise: Summarise) -> None:
    """The outcome and mentions of a run, unless this run has read these very words before, and the events they tell."""
    known = connection.execute(select(outcome.c.kind).where(outcome.c.article_id == article_id, outcome.c.run_id == run_id)).first()
    ids = entry.mention_ids
    if not known:
        became = entry.record.outcome
        connection.execute(insert(outcome), {"article_id": article_id, "run_id": run_id, "kind": became.kind, "reason": became.reason})
        _insert_mentions(connection, entry, ids, article_id, run_id)
    if ids:
        _insert_members(connection, entry, ids, article_id, run_id, summarise)
    restore_decided(connection, article_id, summarise)


def _insert_mentions(connection: Connection, entry: Entry, ids: tuple[str, ...], article_id: str, run_id: str) -> None:
    """The mentions of a coding. Those that this run found in the same words of an earlier version pass to this one, decisions on them too."""
    for held in (*PARTS.values(), mention):
        connection.execute(delete(held).where(held.c.run_id == run_id, held.c.mention_id.in_(ids)))
    parts: dict[str, list[Row]] = defaultdict(list)
    quotes = entry.quotes or tuple((m.trigger.start, m.trigger.end) for m in entry.record.mentions)
    for i, (mention_id, m) in enumerate(zip(ids, entry.record.mentions, strict=True)):
        parts["mention"].append(mention_row(mention_id, run_id, article_id, i, m, quotes[i]))
        for table, row in part_rows(mention_id, run_id, m):
            parts[table].append(row)
    for table, rows in parts.items():
        connection.execute(insert(PARTS.get(table, mention)), rows)


def _insert_members(connection: Connection, entry: Entry, ids: tuple[str, ...], article_id: str, run_id: str, summarise: Summarise) -> None:
    """Each event that the article tells becomes one of the store's, until stories join it with others."""
    by_id = dict(zip(ids, entry.record.mentions, strict=True))
    found = groups(ids, [m.event for m in entry.record.mentions])
    rows = [{"mention_id": m, "run_id": run_id, "article_id": article_id, "event_id": event_id} for event_id, members in found.items() for m in members]
    connection.execute(insert(member), rows)
    seen = {m for m, d in decisions_on(connection, ids).items() if d.kind in ("accept", "fix", "add")}
    published = entry.record.published
    summaries = [summarise(e, [Telling(m, article_id, article_id, published, by_id[m], m in seen) for m in members]) for e, members in found.items()]
    replace_events(connection, (), summaries)


__all__ = ["Added", "Fate", "add", "begin_run", "event_id_of"]
