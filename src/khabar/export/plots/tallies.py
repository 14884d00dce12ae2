"""Which plot each table of counts makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from khabar.export.labels import BODIES, SECTORS, country
from khabar.export.plots.charts import Bar, Part, bars, timeline
from khabar.export.plots.page import COLOURS, Caption
from khabar.model.tallies import ActorCount, DayCount, EventCount, GroupCount, OutletCount, PartyCount, PlaceCount, SourceCount, Tally

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.2}
MOST_TYPES = len(COLOURS) - 1
KINDS = {"named": "named source", "unnamed": "unnamed source", "media": "other media", "outlet": "the outlet itself"}
OUTCOMES = ("read", "no_events", "rejected", "failed")


def plot_days(rows: Sequence[DayCount], caption: Caption, unit: str, shown: tuple[date, date] | None) -> Any:
    """Columns of events by type, the commonest types in colour; `shown` is the first and the last day drawn."""
    inside = [r for r in rows if r.period is not None and shown and shown[0] <= r.period <= shown[1]]
    common = [t for t, _ in _counted(inside).most_common(MOST_TYPES)]
    others = len(_counted(inside)) > len(common)
    parts = [*map(Part, common), *([Part("other types", rest=True)] if others else [])]
    counts: dict[date, list[float]] = defaultdict(lambda: [0.0] * len(parts))
    for r in inside:
        if r.period is not None:
            counts[r.period][common.index(r.type) if r.type in common else -1] += r.events
    dateless, total = sum(r.events for r in rows if r.period is None), sum(r.events for r in rows)
    apart = total - dateless - sum(r.events for r in inside)
    notes = [f"{dateless:,} not dated to a {unit}"] * bool(dateless) + [f"{apart:,} earlier or later"] * bool(apart)
    return timeline(counts, parts, _noted(caption, notes), DAYS[unit])


def _counted(rows: Sequence[DayCount]) -> Counter[str]:
    counts = Counter[str]()
    for r in sorted(rows, key=lambda r: r.type):
        counts[r.type] += r.events
    return counts


def plot_rows(rows: Sequence[Tally], caption: Caption, most: int = 20) -> Any:
    """Bars of the rows of any other table, at most so many; the caption says what is left out."""
    drawn, parts, left_out = _DRAWN[type(rows[0])](rows) if rows else ([], [Part("")], "")
    more = len(drawn) - most
    notes = [left_out] * bool(left_out) + [f"{more:,} more with {sum(sum(b.values) for b in drawn[most:]):,.0f} in all"] * (more > 0)
    return bars(drawn[:most], parts, _noted(caption, notes))


def _noted(caption: Caption, left_out: Sequence[str]) -> Caption:
    note = ("Not shown: " + "; ".join(left_out),) if left_out else ()
    return replace(caption, notes=(*note, *caption.notes))


Drawn = tuple[list[Bar], list[Part], str]


def _events(rows: Sequence[EventCount]) -> Drawn:
    return [Bar(r.name, (r.events,), _with_share(r.events, r.share)) for r in rows], [Part("events")], ""


def _groups(rows: Sequence[GroupCount]) -> Drawn:
    chosen = [r for r in rows if (r.group, r.by) == ("events", "type")]
    return [Bar(r.name, (r.count,), _with_share(r.count, r.share)) for r in chosen], [Part("events")], ""


def _places(rows: Sequence[PlaceCount]) -> Drawn:
    known = [r for r in rows if _place(r)]
    unknown = sum(r.events for r in rows) - sum(r.events for r in known)
    left_out = f"{unknown:,} without such a place" if unknown else ""
    return [Bar(_place(r), (r.events,), _with_share(r.events, r.share)) for r in known], [Part("events")], left_out


def _place(row: PlaceCount) -> str:
    """`Aleppo, Syria`; nothing where the finest of what is known is the country but finer places are drawn beside it."""
    names = [row.place, row.admin1 if row.admin1 != row.place else None, country(row.country) if country(row.country) != row.place else None]
    return ", ".join(n for n in names if n)


def _actors(rows: Sequence[ActorCount]) -> Drawn:
    return [Bar(r.name or in_words(r.code), (r.events,), _with_share(r.events, r.share)) for r in rows], [Part("events")], ""


def _sources(rows: Sequence[SourceCount]) -> Drawn:
    kinds = [k for k in KINDS if any(r.kind == k for r in rows)]
    made = [Bar(r.name or "unknown", tuple(r.claims * (r.kind == k) for k in kinds), _with_share(r.claims, r.share)) for r in rows]
    return made, [Part(KINDS[k], rest=k == "outlet") for k in kinds], ""


def _parties(rows: Sequence[PartyCount]) -> Drawn:
    parts = [Part("claims"), Part("of these denials")] if any(r.denials for r in rows) else [Part("claims")]
    values = [(r.claims - r.denials, r.denials)[: len(parts)] for r in rows]
    return [Bar(_party(r), v, _with_share(r.claims, r.share)) for r, v in zip(rows, values, strict=True)], parts, ""


def _party(row: PartyCount) -> str:
    if row.by == "code":
        return in_words(row.party or "")
    return "unnamed sources" if row.by == "unnamed" else f"{row.party or 'unknown'} ({row.by})" if row.by in ("outlet", "media") else row.party or ""


def _outlets(rows: Sequence[OutletCount]) -> Drawn:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for r in rows:
        found[r.outlet or "unknown outlet"][r.outcome] += r.articles
    kinds = [k for k in OUTCOMES if any(c[k] for c in found.values())]
    ordered = sorted(found.items(), key=lambda p: -p[1].total())
    made = [Bar(name, tuple(c[k] for k in kinds)) for name, c in ordered]
    return made, [Part(k.replace("_", " "), rest=k == "no_events") for k in kinds], ""


def in_words(code: str) -> str:
    """`Syria, military` for `SYR MIL`; the code where it says nothing."""
    land, _, sector = code.partition(" ")
    words = (BODIES.get(land) or country(land.strip("-")), SECTORS.get(sector, sector.strip("-")))
    return ", ".join(w for w in words if w) or "unknown"


def _with_share(count: int, share: float) -> str:
    return f"{count:,}  ({share:.1%})" if share >= 0.001 else f"{count:,}  (<0.1%)"


_DRAWN: dict[type, Callable[[Any], Drawn]] = {
    EventCount: _events, GroupCount: _groups, PlaceCount: _places, ActorCount: _actors, SourceCount: _sources, PartyCount: _parties, OutletCount: _outlets,
}  # fmt: skip
