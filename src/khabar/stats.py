"""Counting what a store holds: events by day, type, status, place and actor; claims by source and by party; articles by outlet.

Every function takes a store and, where wanted, an `EventFilter`; each answers with typed rows, the largest first (days in order)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from khabar.arabic.search import words
from khabar.model import InvalidValue
from khabar.model.tallies import ActorCount, DayCount, EventCount, GroupCount, OutletCount, PartyCount, PlaceCount, SourceCount
from khabar.store import EventFilter, Store
from khabar.store.tallies import LEVELS, Role

Unit = Literal["day", "week", "month", "year"]
Level = Literal["country", "admin1", "place"]
OUTLET = "outlet"  # the kind of a claim for which the article names no source
BODIES = frozenset(("IGO", "NGO", "MNC", "IMG", "INT"))  # codes too wide to be a party: their members are told by name
MOST = 0.9  # of the dated events in the stretch that `window` starts from
MOST_DAYS: tuple[tuple[Unit, int], ...] = (("day", 75), ("week", 550), ("month", 3700))
_START: dict[Unit, Callable[[date], date]] = {
    "day": lambda d: d, "week": lambda d: d - timedelta(d.weekday()), "month": lambda d: d.replace(day=1), "year": lambda d: d.replace(month=1, day=1),
}  # fmt: skip


def period_of(unit: Unit, first: date | None, last: date | None) -> date | None:
    """The first day of the period that a span lies in wholly; None where it does not, or is unknown."""
    if first is None or last is None or (unit == "week" and min(first, last) < date.min + timedelta(7)):
        return None
    start = _START[unit](first)
    return start if _START[unit](last) == start else None


def by_day(store: Store, wanted: EventFilter | None = None, unit: Unit = "day") -> tuple[DayCount, ...]:
    """Events by period and type. Those that do not lie in one period come last, under None."""
    _check("unit", unit, tuple(_START))
    found: dict[tuple[date | None, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for r in store.tallies(wanted).events_by("date_from", "date_to", "type"):
        counts = found[period_of(unit, r.date_from, r.date_to), r.type]
        for i, value in enumerate((r.events, *_killed(r))):
            counts[i] += value
    keys = sorted(found, key=lambda k: (k[0] is None, k[0] or date.min, k[1]))
    return tuple(DayCount(*k, *found[k]) for k in keys)


def window(rows: Iterable[DayCount], wanted: EventFilter | None = None) -> tuple[date, date] | None:
    """The first and the last day worth drawing of counts by day. Reports also tell of events long past, so that a few dates lie centuries
    apart: the shortest stretch that holds nine in ten dated events, and as much again before and after it where events lie there. Days that
    the filter sets stand. None where no event is dated."""
    days = Counter[date]()
    for r in rows:
        if r.period is not None:
            days[r.period] += r.events
    if not days:
        return None
    first, last = _dense(sorted(days.items()), MOST * days.total())
    length = max(last - first, timedelta(7))
    near = [d for d in days if first.toordinal() - length.days <= d.toordinal() <= last.toordinal() + length.days]
    asked = wanted or EventFilter()
    since, until = asked.since or min(near), asked.until or max(near)
    return since, max(since, until)


def unit_for(first: date, last: date) -> Unit:
    """The unit in which a stretch of time gives a readable number of columns."""
    days = (last - first).days
    return next((unit for unit, most in MOST_DAYS if days <= most), "year")


def _dense(days: Sequence[tuple[date, int]], least: float) -> tuple[date, date]:
    """The shortest stretch of days that holds at least so many events."""
    best, held, start = (days[0][0], days[-1][0]), 0, 0
    for day, n in days:
        held += n
        while held - days[start][1] >= least:
            held -= days[start][1]
            start += 1
        if held >= least and day - days[start][0] < best[1] - best[0]:
            best = days[start][0], day
    return best


def by_type(store: Store, wanted: EventFilter | None = None) -> tuple[EventCount, ...]:
    """Events by type."""
    return _events(store, wanted, "type")


def by_status(store: Store, wanted: EventFilter | None = None) -> tuple[EventCount, ...]:
    """Events by status: whether they happened, are planned, threatened, denied."""
    return _events(store, wanted, "status")


def by_place(store: Store, wanted: EventFilter | None = None, level: Level = "country") -> tuple[PlaceCount, ...]:
    """Events by country, first-level unit or place."""
    _check("level", level, tuple(LEVELS))
    rows = _largest(store.tallies(wanted).events_by(*LEVELS[level]), "events")
    total = sum(r.events for r in rows)
    return tuple(
        PlaceCount(r.country, getattr(r, "admin1", None), getattr(r, "place", None), r.events, r.events / total, *_killed(r)) for r in rows
    )  # fmt: skip


def by_actor(store: Store, wanted: EventFilter | None = None, role: Role = "actor", *, named: bool = False) -> tuple[ActorCount, ...]:
    """Events by the codes of those who act (or suffer: `role="recipient"`); with `named` by the actors that the actor book knows."""
    _check("role", role, ("actor", "recipient"))
    tallies, total = store.tallies(wanted), store.count_events(wanted)
    if not named:
        return tuple(ActorCount(role, r.code, None, None, r.events, r.events / total) for r in _largest(tallies.codes(role), "events"))
    known = [r for r in tallies.participants(role) if r.entity]
    return tuple(ActorCount(role, r.code, r.name, r.entity, r.events, r.events / total) for r in _largest(known, "events"))


def by_source(store: Store, wanted: EventFilter | None = None) -> tuple[SourceCount, ...]:
    """Claims by the innermost source, with its share of all claims."""
    pots = _pots(((r.kind or OUTLET, _folded(r.text or r.outlet)), r) for r in store.tallies(wanted).vouchers())
    total = sum(p.claims for p in pots.values())
    rows = [SourceCount(kind, p.name, p.claims, p.denials, p.claims / total) for (kind, _), p in pots.items()]
    return tuple(sorted(rows, key=lambda r: (-r.claims, r.kind, r.name or "")))


def by_party(store: Store, wanted: EventFilter | None = None) -> tuple[PartyCount, ...]:
    """Claims by the party that vouches. Sources are looked up in the actor book, some 1,000 different ones a second."""
    tallies = store.tallies(wanted)
    rows = tallies.vouchers()
    party = Parties(tallies.offices())
    pots = _pots((party.of(r.kind, r.text or r.outlet), r) for r in rows)
    total = sum(p.claims for p in pots.values())
    found = [
        PartyCount(key if by in ("code", "known") else p.name if by != "unnamed" else None, "name" if by == "known" else by,
                   p.claims, p.denials, len(p.sources), p.claims / total)
        for (by, key), p in pots.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda r: (-r.claims, r.by, r.party or "")))


def by_outlet(store: Store, wanted: EventFilter | None = None) -> tuple[OutletCount, ...]:
    """Current articles by outlet and outcome: all of them, or with a filter those that tell an event that fits."""
    tallies = store.tallies(wanted)
    told, counts = tallies.events_told(), Counter[tuple[str | None, str]]()
    for r in tallies.articles():
        counts[r.outlet, r.kind] += r.articles
    rows = [OutletCount(o, kind, n, told.get(o, 0) if kind == "read" else 0) for (o, kind), n in counts.items()]
    return tuple(sorted(rows, key=lambda r: (r.outlet or "", -r.articles, r.outcome)))


def overview(store: Store, wanted: EventFilter | None = None) -> tuple[GroupCount, ...]:
    """How many articles ended how, events by type, status and whether day and place are known, claims by kind of source."""
    tallies = store.tallies(wanted)
    dated = Counter[str]()
    for r in tallies.events_by("date_from", "date_to"):
        dated["unknown" if r.date_from is None else "day" if r.date_from == r.date_to else "longer span"] += r.events
    placed = Counter[str]()
    for r in tallies.events_by("precision"):
        placed[r.precision or "unknown"] += r.events
    return (
        *_grouped("articles", "outcome", ((r.kind, r.articles) for r in tallies.articles())),
        *_grouped("events", "type", ((r.type, r.events) for r in tallies.events_by("type"))),
        *_grouped("events", "status", ((r.status, r.events) for r in tallies.events_by("status"))),
        *_grouped("events", "date", dated.items()),
        *_grouped("events", "place", placed.items()),
        *_grouped("claims", "source", ((r.kind or OUTLET, r.claims) for r in tallies.vouchers())),
    )


def _events(store: Store, wanted: EventFilter | None, column: str) -> tuple[EventCount, ...]:
    rows = _largest(store.tallies(wanted).events_by(column), "events")
    total = sum(r.events for r in rows)
    return tuple(EventCount(r[0], r.events, r.events / total, *_killed(r)) for r in rows)


def _grouped(group: str, by: str, pairs: Iterable[tuple[str, int]]) -> list[GroupCount]:
    counts = Counter[str]()
    for name, n in pairs:
        counts[name] += n
    ordered = sorted(counts.items(), key=lambda p: (-p[1], p[0]))
    return [GroupCount(group, by, name, n, n / counts.total()) for name, n in ordered]


def _killed(row: Any) -> tuple[int, int]:
    """The sums of the lowest and highest numbers of killed; none told is 0."""
    return int(row.killed_low or 0), int(row.killed_high or 0)


def _largest(rows: Sequence[Any], count: str) -> list[Any]:
    """Rows by count, the largest first, equal ones in the order of what they name."""
    return sorted(rows, key=lambda r: (-getattr(r, count), [str(v or "") for v in r]))


def _check(what: str, value: str, legal: Sequence[str]) -> None:
    if value not in legal:
        raise InvalidValue(f"{what} {value!r}: expected one of {', '.join(legal)}")


@dataclass(slots=True)
class _Pot:
    """Claims that are counted together, and the spellings of who vouches."""

    claims: int = 0
    denials: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)

    @property
    def name(self) -> str | None:
        """The commonest spelling, of equally common ones the first in the order of letters."""
        return min(self.spellings, key=lambda s: (-self.spellings[s], s), default=None)


def _pots(keyed: Iterable[tuple[tuple[str, str], Any]]) -> dict[tuple[str, str], _Pot]:
    pots: dict[tuple[str, str], _Pot] = defaultdict(_Pot)
    for key, r in keyed:
        pot, written = pots[key], r.text or r.outlet
        pot.claims += r.claims
        pot.denials += int(r.denials)
        if written:
            pot.spellings[_bare(written)] += r.claims
            pot.sources.add(_folded(written))
    return pots


def _folded(name: str | None) -> str:
    """A name in folded spelling, without signs; as it stands where it holds no letter."""
    return " ".join(words(name or "")) or (name or "")


def _bare(name: str) -> str:
    """A name as written, on one line, without the quotation marks and commas that cling to its ends."""
    return " ".join(name.split()).strip("\"'«»“”،,:؛. ") or name


class Parties:
    """Who stands behind a source. `offices` gives known actors the code that the articles give them, which depends on the time."""

    def __init__(self, offices: dict[str, str]) -> None:
        self._offices = offices
        self._seen: dict[tuple[str | None, str], tuple[str, str]] = {}
        self._resolver: Any = None

    @classmethod
    def among(cls, store: Store) -> Parties:
        """Parties as the articles of a store tell who holds which office."""
        return cls(store.tallies().offices())

    def of(self, kind: str | None, written: str | None) -> tuple[str, str]:
        """How the party is told (`code`, `known`, `name`, `media`, `unnamed`, `outlet`), and by what."""
        name = _folded(written)
        if kind is None or kind == "media" or not written:
            return kind or OUTLET, name
        if (kind, name) not in self._seen:
            self._seen[kind, name] = self._told(kind, name, _bare(written))
        return self._seen[kind, name]

    def _told(self, kind: str, name: str, written: str) -> tuple[str, str]:
        value = self._look_up(written)
        code = self._offices.get(value["id"] or "", value["code"]) if value else ""
        land, _, sector = code.partition(" ")
        if value and value["name"] and (land in BODIES or sector in ("", "-")):
            return "known", value["name"]
        if land not in BODIES and land.strip("-") and sector.strip("-"):
            return "code", code
        return ("unnamed", "") if kind == "unnamed" else ("name", name)

    def _look_up(self, written: str) -> dict[str, Any] | None:
        if self._resolver is None:
            from khabar.resolver import Resolver

            self._resolver = Resolver()
        return next((f.value for f in self._resolver.resolve("actor", written)), None)
