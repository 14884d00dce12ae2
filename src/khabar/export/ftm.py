"""FollowTheMoney entities as JSON lines: events, those of the actor book who take part, articles, and what links them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from khabar.export.job import Job
from khabar.export.sides import land
from khabar.export.tables import event_row
from khabar.export.view import Article, Event
from khabar.lexicon import load_lexicon
from khabar.model import Participant, content_id

SCHEMATA = {"person": "Person", "media": "Organization", "state": "PublicBody", "country": "PublicBody", "seat": "PublicBody"}
LANGUAGE = "ara"


def write_ftm(job: Job) -> None:
    """One entity a line. Whoever is not in the actor book is no entity, and counted as dropped."""
    with job.target.file() as out:
        for entity in _entities(job):
            out.write((json.dumps(entity, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
            job.written[entity["schema"]] += 1
    job.dropped["figures by source (an event's summary states the range)"] += sum(bool(e.figures) for e in job.view.events)


def _entities(job: Job) -> Iterator[dict[str, Any]]:
    parties: dict[str, Participant] = {}
    for e in job.view.events:
        for _, p in _members(e):
            if p.entity:
                parties.setdefault(p.entity, p)
            else:
                job.dropped["participants who are not in the actor book"] += 1
    yield from (_party(p) for p in parties.values())
    yield from (_article(a) for a in job.view.articles.values())
    for e in job.view.events:
        yield _event(e)
        for a in dict.fromkeys(t.article_id for t in e.told):
            ids = {"entity": [event_id(e)], "document": [article_id(a)], "role": ["tells the event"]}
            yield {"id": content_id([e.row.event_id, a], prefix="doc-"), "schema": "Documentation", "properties": ids}


def _members(e: Event) -> Iterator[tuple[str, Participant]]:
    return ((role, p) for t in e.told for role in ("actors", "recipients") for p in getattr(t.mention, role))


def event_id(e: Event) -> str:
    return f"khabar-{e.row.event_id}"


def article_id(given: str) -> str:
    return content_id(given, prefix="khabar-a")


def _actor_id(entity: str) -> str:
    return f"khabar-actor-{entity.replace(':', '-').replace(' ', '-').lower()}"


def _party(p: Participant) -> dict[str, Any]:
    held = load_lexicon().offices.get(p.entity or "")
    kind = held[0].kind if held else "media" if (p.entity or "").startswith("media:") else "country" if p.entity == p.code[:3] else "org"
    found = {"name": [p.name or p.span.text], "country": _country(p.code[:3]), "notes": [f"khabar actor book: {p.entity}, coded {p.code}"]}
    return _entity(_actor_id(p.entity or ""), SCHEMATA.get(kind, "Organization"), found)


def _article(a: Article) -> dict[str, Any]:
    about: dict[str, Sequence[Any]] = {"title": [a.title], "publisher": [a.outlet], "sourceUrl": [a.url], "publishedAt": [a.published]}
    found = {**about, "language": [LANGUAGE], "bodyText": [a.text]}
    return _entity(article_id(a.article_id), "Article", found)


def _event(e: Event) -> dict[str, Any]:
    r = e.row
    by_role: Mapping[str, dict[str, None]] = {"actors": {}, "recipients": {}}
    for role, p in _members(e):
        if p.entity:
            by_role[role][_actor_id(p.entity)] = None
    about = "; ".join(f"{k} {v}" for k, v in event_row(e).items() if k.endswith("_best") and v is not None)
    modes = f" ({', '.join(r.modes)})" if r.modes else ""
    found: dict[str, Sequence[Any]] = {
        "name": [f"{r.type}{modes}" + (f", {r.place}" if r.place else "") + (f", {r.date_from}" if r.date_from else "")], "startDate": [r.date_from],
        "endDate": [r.date_to], "location": [r.place], "country": _country(r.country), "summary": [f"status {r.status}; {about}".rstrip("; ")],
        "organizer": list(by_role["actors"]), "involved": list(by_role["recipients"]), "keywords": [r.type, *r.modes],
    }  # fmt: skip
    return _entity(event_id(e), "Event", found)


def _country(code: str | None) -> list[str]:
    return [c] if (c := land(code).iso2.lower()) else []


def _entity(identifier: str, schema: str, found: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """An entity without empty properties; days as ISO 8601."""
    values = {k: [v.isoformat() if isinstance(v, date) else str(v) for v in vs if v] for k, vs in found.items()}
    return {"id": identifier, "schema": schema, "properties": {k: v for k, v in values.items() if v}}
