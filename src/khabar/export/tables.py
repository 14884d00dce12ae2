"""What is published, as rows of the tables of the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from khabar.export.view import Article, Event, Told, View
from khabar.model.rows import FIGURES

Row = dict[str, Any]


def rows(of: View, table: str) -> Iterator[Row]:
    """The rows of a table; lists are lists of strings, days dates."""
    return TABLES[table](of)


def event_row(event: Event) -> Row:
    """The row of `events`."""
    row = {name: getattr(event.row, name) for name in event.row.__slots__}
    best = {f"{role}_best": (found := event.figure(role)) and found.best for role in FIGURES}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in {**row, **best}.items()}


def claim_row(of: View, t: Told, article: Article) -> Row:
    """The row of `claims`."""
    m = t.mention
    days = {"date_from": m.time and m.time.start, "date_to": m.time and m.time.end, "date_basis": m.time and m.time.basis}
    sources = {"sources": [s.span.text for s in m.sources], "source_kinds": [s.kind for s in m.sources], "cues": [s.cue.text for s in m.sources if s.cue]}
    return {
        "event_id": t.event_id, "mention_id": t.mention_id, "article_id": t.article_id, "outlet": article.outlet, "published": article.published,
        "type": m.type, "modes": list(m.modes), "status": m.status, "trigger": m.trigger.text, "trigger_start": m.trigger.start,
        "trigger_end": m.trigger.end, **days, **sources, "quote": of.quote(t), "quote_start": t.start, "quote_end": t.end, "copy_of": t.copy_of,
        "confidence": m.confidence and m.confidence.mention, "decided": t.decided,
    }  # fmt: skip


def _events(of: View) -> Iterator[Row]:
    return (event_row(e) for e in of.events)


def _told(of: View) -> Iterator[Told]:
    return (t for e in of.events for t in e.told)


def _claims(of: View) -> Iterator[Row]:
    return (claim_row(of, t, of.articles[t.article_id]) for t in _told(of))


def _participants(of: View) -> Iterator[Row]:
    for t in _told(of):
        for role, members in (("actor", t.mention.actors), ("recipient", t.mention.recipients)):
            for i, p in enumerate(members):
                own = {"mention_id": t.mention_id, "role": role, "position": i, **p.span.record(), "code": p.code, "name": p.name, "entity": p.entity}
                yield _ordered("participants", own)


def _places(of: View) -> Iterator[Row]:
    for t in _told(of):
        for i, p in enumerate(t.mention.places):
            where = p.location.record()
            yield _ordered("places", {"mention_id": t.mention_id, "position": i, **p.span.record(), **where, "place_id": where["id"]})


def _figures(of: View) -> Iterator[Row]:
    for t in _told(of):
        for i, c in enumerate(t.mention.counts):
            number = {"role": c.role, "low": c.low, "high": c.high, "approximate": c.approximate, "open": c.open, "who": c.who}
            yield _ordered("figures", {"mention_id": t.mention_id, "position": i, **c.span.record(), **number})


def _tolls(of: View) -> Iterator[Row]:
    for e in of.events:
        for f in e.figures:
            number = {"low": f.low, "best": f.best, "high": f.high, "voices": f.voices}
            yield {"event_id": e.row.event_id, "role": f.role, **number, "rule": of.rule, "source": f.source}


def _articles(of: View) -> Iterator[Row]:
    return ({name: getattr(a, name) for name in a.__slots__} for a in of.articles.values())


def _ordered(table: str, row: Row) -> Row:
    from khabar.export.dictionary import columns

    return {name: row[name] for name in columns(table)}


TABLES: dict[str, Callable[[View], Iterator[Row]]] = {
    "events": _events, "claims": _claims, "participants": _participants, "places": _places, "figures": _figures, "tolls": _tolls, "articles": _articles,
}  # fmt: skip
