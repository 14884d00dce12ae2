"""The atom of khabar: an attributed mention of an event with its evidence. All types are frozen and check themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from datetime import time as clock_time
from typing import Any

from khabar.model.errors import InvalidValue
from khabar.model.ontology import COUNT_ROLES, MODES, SOURCE_KINDS, STATUSES, CountRole, EventType, SourceKind, Status

CODE = re.compile(r"(?:[A-Z]{3}|-)(?: (?:[A-Z]{3}|-))?")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of an article, and what stands there."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            raise InvalidValue(f"span {self.start}-{self.end} of {self.text!r}: expected 0 <= start < end and a text of that length")

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """The span from `start` to `end` of an article's text."""
        return cls(start, end, text[start:end])

    def record(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Participant:
    """Who acts or suffers. `code` by section 5 of the codebook; `name` in English and `entity` (an id) where known."""

    span: Span
    code: str
    name: str | None = None
    entity: str | None = None

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise InvalidValue(f"participant code {self.code!r}: expected a country or body, then a sector, such as 'SYR MIL'")

    def record(self) -> dict[str, Any]:
        extra = {k: v for k, v in (("name", self.name), ("entity", self.entity)) if v is not None}
        return {**self.span.record(), "code": self.code, **extra}


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the world: its usual English `name`, ISO 3166-1 alpha-3 `country` (None where it spans several), English name of the
    first-level unit, degrees, what they stand for (`precision`: point, town, district, governorate, region, country or unknown) and where
    they come from (`basis`: gazetteer, recalled, inherited, stated or user), and an id (`gn:` GeoNames, `kh:` khabar, ISO 3166-2, ISO 3166-1)."""

    name: str
    country: str | None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unknown"
    basis: str = "stated"
    id: str | None = None

    def __post_init__(self) -> None:
        if (self.lat is None) != (self.lon is None) or (self.lat is not None and self.lon is not None and not (abs(self.lat) <= 90 and abs(self.lon) <= 180)):
            raise InvalidValue(f"place at {self.lat}, {self.lon}: expected both degrees or neither, within 90 and 180")

    def record(self) -> dict[str, Any]:
        return {k: getattr(self, k) for k in ("name", "country", "admin1", "lat", "lon", "precision", "basis", "id")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where it took place: the location meant and, likeliest first, the others it was chosen from."""

    span: Span
    location: Location
    candidates: tuple[Location, ...] = ()

    @property
    def name(self) -> str:
        return self.location.name

    @property
    def country(self) -> str | None:
        return self.location.country

    def record(self) -> dict[str, Any]:
        others = {"candidates": [x.record() for x in self.candidates]} if self.candidates else {}
        return {**self.span.record(), **self.location.record(), **others}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, `end` where hours are given from and to; `zone` the IANA name of the time it is told in, `local` for local time."""

    start: clock_time
    end: clock_time | None = None
    zone: str | None = None

    def record(self) -> dict[str, str]:
        end = {"end": f"{self.end:%H:%M}"} if self.end else {}
        return {"start": f"{self.start:%H:%M}", **end, **({"zone": self.zone} if self.zone else {})}


@dataclass(frozen=True, slots=True)
class Time:
    """When: the expression and the first and last day it denotes (inclusive), None where unknown. `basis`: stated, relative or publication.

    `clock` where the article tells the time of day, `symbol` what the words mean where there is no day to read them against, `conflict` where
    they name a weekday that the days are not.
    """

    span: Span
    start: date | None
    end: date | None
    basis: str | None = None
    clock: Clock | None = None
    symbol: str | None = None
    conflict: bool = False

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None) or (self.start and self.end and self.end < self.start):
            raise InvalidValue(f"time from {self.start} to {self.end}: expected both or neither, in order")

    def record(self) -> dict[str, Any]:
        days = {"start": self.start and self.start.isoformat(), "end": self.end and self.end.isoformat()}
        more = {"basis": self.basis, "clock": self.clock and self.clock.record(), "symbol": self.symbol, "conflict": self.conflict}
        return {"span": self.span.record(), **days, **{k: v for k, v in more.items() if v}}


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `low` to `high` inclusive; `high` None only where `open` (at least `low`). `part_of` is the place of the total that these are
    a part of among the mention's counts; `update` marks a toll said to have risen (or fallen) to the figure, `cumulative` one of a whole war
    or of years rather than of the act."""

    span: Span
    role: CountRole
    low: int
    high: int | None
    who: str
    approximate: bool = False
    open: bool = False
    part_of: int | None = None
    cumulative: bool = False
    update: bool = False

    def __post_init__(self) -> None:
        if self.role not in COUNT_ROLES:
            raise InvalidValue(f"count role {self.role!r}: expected one of {', '.join(COUNT_ROLES)}")
        if self.low < 0 or (self.high is None and not self.open) or (self.high is not None and self.high < self.low):
            raise InvalidValue(f"count {self.low} to {self.high}: expected low <= high, or no high and `open`")

    def record(self) -> dict[str, Any]:
        part = {} if self.part_of is None else {"part_of": self.part_of}
        flags = {k: True for k in ("approximate", "open", "cumulative", "update") if getattr(self, k)}
        return {**self.span.record(), "role": self.role, "low": self.low, "high": self.high, "who": self.who, **part, **flags}


@dataclass(frozen=True, slots=True)
class Source:
    """A link of the chain that vouches for a mention, with the word that introduces it."""

    span: Span
    kind: SourceKind
    cue: Span | None = None

    def __post_init__(self) -> None:
        if self.kind not in SOURCE_KINDS:
            raise InvalidValue(f"source kind {self.kind!r}: expected one of {', '.join(SOURCE_KINDS)}")

    def record(self) -> dict[str, Any]:
        return {**self.span.record(), "kind": self.kind, "cue": self.cue and self.cue.record()}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the rule that produced it and, where it rests on other words, those."""

    field: str
    rule: str
    evidence: tuple[Span, ...] = ()

    def record(self) -> dict[str, Any]:
        return {"field": self.field, "rule": self.rule, "evidence": [s.record() for s in self.evidence]}


@dataclass(frozen=True, slots=True)
class Confidence:
    """How probable a reader takes the parts of a mention to be: that the trigger names an act of the type, the status, and for each list
    its members in order. A reader that gives no probabilities leaves it out."""

    mention: float
    status: float
    modes: tuple[float, ...] = ()
    actors: tuple[float, ...] = ()
    recipients: tuple[float, ...] = ()
    places: tuple[float, ...] = ()
    time: float | None = None
    counts: tuple[float, ...] = ()
    sources: tuple[float, ...] = ()

    def record(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__slots__}
        return {k: [round(p, 3) for p in v] if isinstance(v, tuple) else v if v is None else round(v, 3) for k, v in values.items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """An act that an article mentions: section 7 of the codebook, with the sources from the outermost to the innermost."""

    trigger: Span
    type: EventType
    modes: tuple[str, ...]
    status: Status
    event: str
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    time: Time | None = None
    counts: tuple[Count, ...] = ()
    sources: tuple[Source, ...] = ()
    why: tuple[Reason, ...] = ()
    confidence: Confidence | None = None
    said: Time | None = None

    def __post_init__(self) -> None:
        if self.type not in MODES:
            raise InvalidValue(f"event type {self.type!r}: expected one of {', '.join(MODES)}")
        if self.status not in STATUSES:
            raise InvalidValue(f"status {self.status!r}: expected one of {', '.join(STATUSES)}")
        if wrong := set(self.modes) - set(MODES[self.type]):
            raise InvalidValue(f"{self.type} has no mode {', '.join(sorted(wrong))}")
        for i, count in enumerate(self.counts):
            if count.part_of is not None and not (0 <= count.part_of < len(self.counts) and count.part_of != i):
                raise InvalidValue(f"count {i} is part of count {count.part_of}: expected another of the mention's {len(self.counts)} counts")

    def spans(self) -> tuple[Span, ...]:
        """Every span the mention rests on."""
        people, places, counts = (p.span for p in (*self.actors, *self.recipients)), (p.span for p in self.places), (c.span for c in self.counts)
        sources = (span for s in self.sources for span in (s.span, s.cue) if span)
        return (self.trigger, *people, *places, *counts, *sources, *(t.span for t in (self.time, self.said) if t))

    def record(self, *, why: bool = False) -> dict[str, Any]:
        """The mention as the JSON object of the codebook, section 7; with `why`, the reasons too."""
        out: dict[str, Any] = {"trigger": self.trigger.record(), "type": self.type, "modes": list(self.modes), "status": self.status, "event": self.event}
        for field in ("actors", "recipients", "places"):
            out[field] = [x.record() for x in getattr(self, field)]
        out["time"] = self.time and self.time.record()
        if self.said:
            out["said"] = self.said.record()
        out["counts"] = [c.record() for c in self.counts]
        out["sources"] = [s.record() for s in self.sources]
        if self.confidence:
            out["confidence"] = self.confidence.record()
        if why:
            out["why"] = [r.record() for r in self.why]
        return out
