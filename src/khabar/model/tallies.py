"""What counting a store gives: rows of numbers. `share` is of the sum of its table; numbers of killed are sums of what is told of each event."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any


class Tally:
    """A row of counts."""

    __slots__ = ()

    def record(self) -> dict[str, Any]:
        """The row as JSON: days are ISO 8601."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


@dataclass(frozen=True, slots=True)
class GroupCount(Tally):
    """A line of the overview: `group` says what is counted (articles, events, claims), `by` what tells them apart, `name` which of them."""

    group: str
    by: str
    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class DayCount(Tally):
    """Events of a type that lie wholly in a day, week, month or year, which `period` begins; None where no day, or a longer span, is known."""

    period: date | None
    type: str
    events: int
    killed_low: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class EventCount(Tally):
    """Events of a type or of a status."""

    name: str
    events: int
    share: float
    killed_low: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class PlaceCount(Tally):
    """Events of a country, a first-level unit or a place; what is unknown, or not asked for, is None."""

    country: str | None
    admin1: str | None
    place: str | None
    events: int
    share: float
    killed_low: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class ActorCount(Tally):
    """Events that somebody acts or suffers in, by code, and by name and id where those of the actor book are asked for. An event may have
    several: `share` is of the events."""

    role: str
    code: str
    name: str | None
    entity: str | None
    events: int
    share: float


@dataclass(frozen=True, slots=True)
class SourceCount(Tally):
    """Claims by the innermost source that vouches for them, as it is most often written, spellings folded together; `kind` is `outlet` and
    `name` the outlet's where the article names no source."""

    kind: str
    name: str | None
    claims: int
    denials: int
    share: float


@dataclass(frozen=True, slots=True)
class PartyCount(Tally):
    """Claims by who vouches: a code (country or body, and sector) of sources that the actor book or their words tell (`by` is `code`), else
    the source by name (`name`), a medium (`media`), all unnamed ones (`unnamed`), or the outlet itself (`outlet`)."""

    party: str | None
    by: str
    claims: int
    denials: int
    sources: int
    share: float


@dataclass(frozen=True, slots=True)
class OutletCount(Tally):
    """Articles of an outlet that ended in an outcome, and the events that fit which the outlet tells in those that were read."""

    outlet: str | None
    outcome: str
    articles: int
    events: int
