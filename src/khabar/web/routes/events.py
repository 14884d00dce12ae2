"""The table of events with its facets, and an event with the ledger of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from khabar import RULES, EventRow, StoreError, ledger, why_joined_pair
from khabar.model.rows import MentionRow
from khabar.store import Facets
from khabar.stories.ledger import Line
from khabar.web import models
from khabar.web.access import room_of
from khabar.web.asked import Asked, PageNumber, Short, asked
from khabar.web.errors import BadRequest, NotFound
from khabar.web.views import Table, add_view

SIZE, MOST_ROWS = 50, 100_000
COUNTRIES = 60  # of the facet's values shown
MOST_JOINS = 40  # pairs shown of an event's reasons
router = APIRouter()
Filter = Annotated[Asked, Depends(asked)]


def event_line(row: EventRow) -> models.EventLine:
    return models.EventLine.model_validate(row.record())


def load_events(request: Request, filter: Filter, page: PageNumber = 1, size: Annotated[int, Query(ge=1, le=1000)] = SIZE) -> models.Events:  # noqa: A002
    """Events that fit, with facets"""
    store = room_of(request).store
    counts = store.facets(filter.wanted)
    rows = store.event_page(filter.wanted, filter.order, limit=size, offset=(page - 1) * size)
    paging = models.Paging(page=page, size=size, total=counts.total)
    return models.Events(
        events=[event_line(r) for r in rows], paging=paging, facets=facet_counts(counts), outlets=list(store.outlets()), asked=filter.given, sort=filter.order
    )


def facet_counts(found: Facets) -> dict[str, list[models.FacetCount]]:
    """The facets as JSON; what is unknown cannot be chosen and is left out."""
    return {name: [_facet(v, n) for v, n in values[:COUNTRIES] if v is not None] for name, values in found.counts.items()}


def _facet(value: Any, number: int) -> models.FacetCount:
    named = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return models.FacetCount(value=named, events=number)


def all_events(request: Request, filter: Filter) -> Table:  # noqa: A002
    """All events that fit as a table"""
    rows = room_of(request).store.event_page(filter.wanted, filter.order, limit=MOST_ROWS)
    return events_table(rows)


def events_table(rows: tuple[EventRow, ...]) -> Table:
    heads = tuple(models.EventLine.model_fields)
    return Table(heads, [[getattr(r, h) for h in heads] for r in rows])


def load_event(request: Request, id: Annotated[str, Path(max_length=100)], counts: Short = "median") -> models.Event:  # noqa: A002
    """An event with the ledger of its claims"""
    store = room_of(request).store
    if counts not in RULES:
        raise BadRequest(f"counts: {', '.join(RULES)}")
    try:
        event_id = store.event_of(id)
    except StoreError:
        raise NotFound(id[:100]) from None
    row = store.event(event_id)
    if row is None:
        raise NotFound(id[:100])
    found, by_id = ledger(store.claims(event_id), counts), {m.mention_id: m for m in store.mentions_of(event_id)}
    return models.Event(
        event=event_line(row), rule=counts, lines=[_line(x, by_id) for x in found.lines],
        figures=[models.FigureOut.model_validate(f) for f in found.figures], joins=_joins(store, event_id), types=_types(by_id),
    )  # fmt: skip


def _line(line: Line, by_id: Mapping[str, MentionRow]) -> models.LedgerLine:
    row = by_id[line.claim.mention_id]
    m = row.mention
    more = {"type": m.type, "modes": list(m.modes), "trigger": m.trigger.text, "confidence": m.confidence and m.confidence.mention, "decided": row.decided}
    return models.LedgerLine.model_validate({**line.record(), **more})


def _joins(store: Any, event_id: str) -> list[models.JoinLine]:
    found = why_joined_pair(store, [event_id])[:MOST_JOINS]
    return [models.JoinLine(first=j.first, second=j.second, score=j.score, reasons=list(j.reasons)) for j in found]


def _types(by_id: Mapping[str, MentionRow]) -> list[models.FacetCount]:
    counts = Counter(m.mention.type for m in by_id.values())
    return [models.FacetCount(value=t, events=n) for t, n in counts.most_common()]


def claims_table(found: models.Event) -> Table:
    heads = tuple(h for h in models.LedgerLine.model_fields if h != "figures")
    rows = [[*(getattr(x, h) for h in heads), [_figure(f) for f in x.figures]] for x in found.lines]
    return Table((*heads, "figures"), rows)


def _figure(figure: Mapping[str, Any]) -> str:
    low, high = figure["low"], figure["high"]
    return f"{figure['role']} {low}" + ("+" if high is None else f"-{high}" if high != low else "")


def originals(found: models.Event) -> dict[str, Any]:
    """The lines that stand for themselves, each with those that only repeat it."""
    by_id = {x.mention_id: x for x in found.lines}
    copies: dict[str, list[models.LedgerLine]] = {}
    shown = []
    for x in found.lines:
        if x.repeats and x.repeats in by_id:
            copies.setdefault(_root(x, by_id), []).append(x)
        else:
            shown.append(x)
    return {"shown": shown, "copies": copies, "by_id": by_id, "rules": RULES}


def _root(line: models.LedgerLine, by_id: Mapping[str, models.LedgerLine]) -> str:
    """The first of a chain of repetitions."""
    seen = {line.mention_id}
    while line.repeats and line.repeats in by_id and line.repeats not in seen:
        seen.add(line.repeats)
        line = by_id[line.repeats]
    return line.mention_id


add_view(router, "/events", "events", "events.html", load_events, models.Events, rows=all_events)
add_view(router, "/events/{id}", "event", "event.html", load_event, models.Event, table=claims_table, more=originals, in_scripts=True)
