"""The map and the timeline: what scripts draw, and the table that stands behind each picture."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from khabar import EventRow
from khabar.store import Day, Store
from khabar.web import models
from khabar.web.access import room_of
from khabar.web.asked import Asked, Short
from khabar.web.errors import BadRequest
from khabar.web.routes.events import Filter, facet_counts
from khabar.web.views import Table, add_view

MOST_DRAWN = 5_000  # events of a map; those beyond are counted in the table only
POINTS = frozenset(("point", "town"))
PARTIES = 8  # small multiples by party
SHARE = 0.75  # of the dated events in the stretch that a timeline starts from
UNITS: Mapping[str, Callable[[date], date]] = {
    "day": lambda d: d, "week": lambda d: d - timedelta(d.weekday()), "month": lambda d: d.replace(day=1), "year": lambda d: d.replace(month=1, day=1),
}  # fmt: skip
MOST_DAYS = (("day", 92), ("week", 730), ("month", 3700))
router = APIRouter()


def load_map(request: Request, filter: Filter) -> models.Map:  # noqa: A002
    """Events that fit as GeoJSON, with how precisely each is placed"""
    store = room_of(request).store
    rows = store.event_page(filter.wanted, filter.order, limit=MOST_DRAWN)
    facets = store.facets(filter.wanted)
    placed = [r for r in rows if r.lat is not None and r.lon is not None]
    return models.Map(
        features=[_feature(r) for r in placed], total=facets.total, unplaced=len(rows) - len(placed), facets=facet_counts(facets),
        outlets=list(store.outlets()), asked=filter.given, places=_places(rows),
    )  # fmt: skip


def _feature(r: EventRow) -> models.Feature:
    """A point for a village or a spot; for what is coarser the middle of an area that the properties name."""
    shape = "point" if r.precision in POINTS else "area"
    names = ("event_id", "type", "status", "place", "country", "admin1", "precision", "killed_low", "killed_high", "articles", "voices", "denials", "reviewed")
    days = {"date_from": r.date_from and r.date_from.isoformat(), "date_to": r.date_to and r.date_to.isoformat()}
    properties = {"shape": shape, **{n: getattr(r, n) for n in names}, **days}
    return models.Feature(geometry=models.Point(coordinates=(r.lon or 0.0, r.lat or 0.0)), properties=properties)


def _places(rows: Iterable[EventRow]) -> list[models.PlaceLine]:
    """The places of events with how many each has, the largest first."""
    groups: dict[tuple[Any, ...], list[EventRow]] = defaultdict(list)
    for r in rows:
        groups[r.place, r.admin1, r.country, r.precision, r.lat, r.lon].append(r)
    lines = [_place(key, members) for key, members in groups.items()]
    return sorted(lines, key=lambda x: (-x.events, x.place or "~"))


def _place(key: tuple[Any, ...], members: Sequence[EventRow]) -> models.PlaceLine:
    sums = {f"killed_{side}": sum(getattr(r, f"killed_{side}") or 0 for r in members) for side in ("low", "high")}
    days = sorted(r.date_from for r in members if r.date_from)
    names = zip(("place", "admin1", "country", "precision", "lat", "lon"), key, strict=True)
    about: dict[str, Any] = {**dict(names), **sums, "first": days[0] if days else None, "last": days[-1] if days else None}
    return models.PlaceLine(events=len(members), **about)


def map_table(found: models.Map) -> Table:
    heads = tuple(models.PlaceLine.model_fields)
    return Table(heads, [[getattr(p, h) for h in heads] for p in found.places])


def load_timeline(request: Request, filter: Filter, unit: Short = "", all: Annotated[bool, Query()] = False) -> models.Timeline:  # noqa: A002
    """Events by period and type, and by party"""
    store = room_of(request).store
    days = store.days(filter.wanted)
    first, last = (None, None) if not days else (days[0].day, days[-1].day) if all else _window(days, filter)
    chosen = _unit(unit, first, last)
    inside = [d for d in days if first and last and first <= d.day <= last]
    facets = store.facets(filter.wanted)
    return models.Timeline(
        unit=chosen, first=first, last=last, hidden=sum(d.events for d in days) - sum(d.events for d in inside), periods=_periods(inside, chosen),
        parties=_parties(store, filter, first, last, chosen), total=facets.total, facets=facet_counts(facets), outlets=list(store.outlets()),
        asked=filter.given,
    )  # fmt: skip


def _window(days: Sequence[Day], filter: Asked) -> tuple[date, date]:  # noqa: A002
    """The days worth drawing. Reports tell of events long past too, so that a few dates lie centuries apart: the shortest stretch that holds three
    in four dated events and as much again on both sides. Days that the filter sets stand."""
    counts: Counter[date] = Counter()
    for d in days:
        counts[d.day] += d.events
    ordered = sorted(counts.items())
    start, held, best = 0, 0, (ordered[0][0], ordered[-1][0])
    for day, n in ordered:
        held += n
        while held - ordered[start][1] >= SHARE * counts.total():
            held -= ordered[start][1]
            start += 1
        if held >= SHARE * counts.total() and day - ordered[start][0] < best[1] - best[0]:
            best = ordered[start][0], day
    length = max(best[1] - best[0], timedelta(7)).days
    near = [d for d in counts if best[0].toordinal() - length <= d.toordinal() <= best[1].toordinal() + length]
    return filter.wanted.since or min(near), filter.wanted.until or max(near)


def _unit(asked: str, first: date | None, last: date | None) -> str:
    if asked:
        if asked not in UNITS:
            raise BadRequest(f"unit: {', '.join(UNITS)}")
        return asked
    length = (last - first).days if first and last else 0
    return next((unit for unit, most in MOST_DAYS if length <= most), "year")


def _start(day: date, unit: str) -> date:
    return day if unit == "week" and day < date.min + timedelta(7) else UNITS[unit](day)


def _periods(days: Iterable[Day], unit: str) -> list[models.PeriodCount]:
    counts: Counter[tuple[date, str]] = Counter()
    for d in days:
        counts[_start(d.day, unit), d.type] += d.events
    return [models.PeriodCount(period=p, type=t, events=n) for (p, t), n in sorted(counts.items())]


def _parties(store: Store, filter: Asked, first: date | None, last: date | None, unit: str) -> list[models.PartyCount]:  # noqa: A002
    """The parties that act in most events, each by period."""
    counts: dict[str, Counter[date]] = defaultdict(Counter)
    for day, code, n in store.days_of_parties(filter.wanted, most=PARTIES):
        if first and last and first <= day <= last:
            counts[code][_start(day, unit)] += n
    ordered = sorted(counts.items(), key=lambda c: (-c[1].total(), c[0]))
    return [models.PartyCount(party=code, events=c.total(), periods=sorted(c.items())) for code, c in ordered]


def timeline_table(found: models.Timeline) -> Table:
    return Table(("period", "type", "events"), [(p.period, p.type, p.events) for p in found.periods])


def by_period(found: models.Timeline) -> dict[str, Any]:
    """The table behind the picture: a line a period, a column a type."""
    lines: dict[date, dict[str, int]] = defaultdict(dict)
    for p in found.periods:
        lines[p.period][p.type] = p.events
    types = sorted({p.type for p in found.periods}, key=lambda x: -sum(line.get(x, 0) for line in lines.values()))
    return {"lines": sorted(lines.items(), reverse=True)[:400], "types": types, "units": tuple(UNITS)}


add_view(router, "/map", "map", "map.html", load_map, models.Map, table=map_table)
add_view(router, "/timeline", "timeline", "timeline.html", load_timeline, models.Timeline, table=timeline_table, more=by_period)
