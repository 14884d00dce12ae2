"""What the views of other data sets need of an event: its countries' codes, the kind of each side, days and places as they grade them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from khabar.export.job import Job
from khabar.export.labels import country
from khabar.export.view import Event
from khabar.model import InvalidValue, Participant
from khabar.stories.summary import label

Kind = Literal["state", "rebel", "civilian", "other", ""]
STATE, ARMED = frozenset("GOV MIL COP SPY".split()), frozenset("REB UAF CRM".split())
CIVIL = frozenset("CVL REF MED EDU BUS LAB REL HLH ELI OPP PTY LEG JUD".split())
EXACT, NEAR, UNIT = frozenset(("point", "town", "place")), frozenset(("district", "area")), frozenset(("governorate",))
HASH_DIGITS = 13  # hexadecimal digits of an id that make a number which every program holds exactly


@dataclass(frozen=True, slots=True)
class Land:
    """A country's codes: ISO 3166-1 alpha-2 and numeric, and the regions of ACLED and UCDP."""

    iso2: str
    numeric: str
    acled: str
    ucdp: str


@dataclass(frozen=True, slots=True)
class Side:
    """A participant of an event: its name, code, and what it is."""

    name: str
    code: str
    kind: Kind


@lru_cache(maxsize=1)
def _lands() -> dict[str, Land]:
    lines = files("khabar.export").joinpath("countries.tsv").read_text("utf-8").splitlines()[1:]
    return {iso3: Land(*rest) for iso3, *rest in (line.split("\t") for line in lines)}


def land(code: str | None) -> Land:
    """The codes of a country by its ISO 3166-1 alpha-3 code; all empty where there is none."""
    return _lands().get(code or "", Land("", "", "", ""))


def side(code: str) -> Kind:
    """What a participant of a code is: an arm of a state, an armed group, civilians, or none of these."""
    sector = code.partition(" ")[2]
    if sector in STATE:
        return "state"
    if sector in ARMED:
        return "rebel"
    return "civilian" if sector in CIVIL else "other" if sector.strip("-") else ""


def sides(event: Event, role: Literal["actors", "recipients"]) -> tuple[Side, ...]:
    """The participants of an event in a role, each once, those told most often first."""
    found: dict[tuple[str, str], int] = {}
    for p in _members(event, role):
        found[label(p), p.code] = found.get((label(p), p.code), 0) + 1
    return tuple(Side(name, code, side(code)) for name, code in sorted(found, key=lambda k: -found[k]))


def _members(event: Event, role: str) -> Iterator[Participant]:
    return (p for t in event.told if t.mention.status != "denied" for p in getattr(t.mention, role))


def nation(code: str) -> str:
    """The English name of a code's country, or the empty string."""
    return country(code.partition(" ")[0].strip("-"))


def number(event_id: str) -> int:
    """An id as a number: data sets of others number their events."""
    return int(re.sub(r"[^0-9a-f]", "", event_id[1:])[:HASH_DIGITS] or "0", 16)


def actual(job: Job) -> Iterator[Event]:
    """The events that happened; those planned, requested, hypothetical or denied are counted as dropped."""
    for e in job.view.events:
        if e.row.status == "actual":
            yield e
        else:
            job.dropped[f"{e.row.status} events"] += 1


class Days(NamedTuple):
    """The days of an event; `told` is false where no report tells any and the first day of publication stands for them."""

    first: date
    last: date
    told: bool

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


def days(job: Job, event: Event) -> Days | None:
    """When an event was, as far as its reports tell; else the day of the first report, as POLECAT has it. None where that is unknown too."""
    first, last = event.row.date_from, event.row.date_to
    if first is not None and last is not None:
        return Days(first, last, True)
    published = min((a.published for t in event.told if (a := job.view.articles[t.article_id]).published), default=None)
    return Days(published, published, False) if published else None


def note_days(job: Job, written: Iterable[Days]) -> None:
    """Say how many events have the day of their first report for want of another."""
    assumed = sum(not d.told for d in written)
    if assumed:
        job.notes.append(f"no report tells the day of {assumed} events: theirs is that of the first report")


def one_rule(job: Job) -> None:
    """A view with one column for a number needs a rule that comes to one; the report states it."""
    if job.rule == "by-source":
        raise InvalidValue(f"counts by-source gives several numbers, and {job.format} has room for one: expected lowest, median or latest")
    job.notes.append(f"conflicting figures: the {job.rule} of those that voices give, each voice once (`{job.rule}`)")


def joined(parts: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(p for p in parts if p))
