"""An event as its claims tell it: one row from many mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from khabar.model import Mention, Participant, Place
from khabar.model.ontology import STATUSES
from khabar.model.rows import FIGURES, EventRow, Telling

T = TypeVar("T", bound=Hashable)
_FINENESS = ("point", "town", "district", "area", "governorate", "region", "country", "unknown")
_ATTACHED = re.compile(r"^[وف]?(?:[بك]ال|لل|(?<=[وف])ال)(?=\w\w)")
MAX_NAMES = 12  # of actors or recipients in a row; what more there are stands in the mentions


def summary(event_id: str, tellings: Sequence[Telling]) -> EventRow:
    """The row of an event. Its type is the one most voices give; it happened if any says so; its day and place are the finest that most give."""
    mentions = [t.mention for t in tellings]
    kind = commonest(m.type for m in mentions)
    days = _days(mentions)
    confidences = [m.confidence.mention for m in mentions if m.confidence]
    parts: dict[str, Any] = {**_setting(mentions), **_parties(mentions), **_ranges(mentions)}
    return EventRow(
        event_id=event_id, type=kind, modes=tuple(sorted({x for m in mentions if m.type == kind for x in m.modes})), status=status_of(mentions),
        date_from=days[0], date_to=days[1], articles=len({t.article_id for t in tellings}), voices=len({t.voice for t in tellings}),
        denials=sum(m.status == "denied" for m in mentions), confidence=max(confidences, default=None), reviewed=all(t.reviewed for t in tellings), **parts,
    )  # fmt: skip


def commonest(values: Iterable[T]) -> T:
    """The value that occurs most often, of several the first."""
    return Counter(values).most_common(1)[0][0]


def status_of(mentions: Iterable[Mention]) -> str:
    """`actual` where any mention says that it happened; otherwise what most say, of as many the more certain."""
    counts = Counter(m.status for m in mentions)
    return "actual" if counts["actual"] else max(STATUSES, key=lambda s: (counts[s], -STATUSES.index(s)))


def _setting(mentions: Iterable[Mention]) -> dict[str, Any]:
    """The place's name, country, unit, degrees and precision, all None where no mention names one."""
    place, named = _place(mentions), {"place": "name"}
    columns = ("place", "country", "admin1", "lat", "lon", "precision")
    return {c: getattr(place.location, named.get(c, c)) if place else None for c in columns}


def _parties(mentions: Sequence[Mention]) -> dict[str, Any]:
    actors, recipients = _people([p for m in mentions for p in m.actors]), _people([p for m in mentions for p in m.recipients])
    codes = {"actor_codes": tuple(dict.fromkeys(actors.values())), "recipient_codes": tuple(dict.fromkeys(recipients.values()))}
    return {"actors": tuple(actors), "recipients": tuple(recipients), **codes}


def _ranges(mentions: Sequence[Mention]) -> dict[str, int | None]:
    ranges = {role: _range(mentions, role) for role in FIGURES}
    return {f"{role}_{side}": value for role, pair in ranges.items() for side, value in zip(("low", "high"), pair, strict=True)}


def _place(mentions: Iterable[Mention]) -> Place | None:
    """The place most mentions name, of as many the finest."""
    places = [p for m in mentions for p in m.places]
    counts = Counter(_identity(p) for p in places)
    return min(places, key=lambda p: (_coarse(p), -counts[_identity(p)]), default=None)


def _coarse(place: Place) -> int:
    precision = place.location.precision
    return _FINENESS.index(precision) if precision in _FINENESS else len(_FINENESS)


def _identity(place: Place) -> tuple[Any, ...]:
    return (place.location.id or place.name, place.country)


def _days(mentions: Iterable[Mention]) -> tuple[date | None, date | None]:
    """The shortest period that a mention gives; of as short ones the commonest."""
    spans = Counter((m.time.start, m.time.end) for m in mentions if m.time and m.time.start and m.time.end)
    return min(spans, key=lambda p: ((p[1] - p[0]).days, -spans[p]), default=(None, None))


def label(participant: Participant) -> str:
    """What a participant is called in a row: the English name of those in the actor book, else the words of the article, without the
    conjunction and preposition written onto them."""
    return participant.name or _ATTACHED.sub("ال", participant.span.text.strip())


def _people(members: Iterable[Participant]) -> dict[str, str]:
    """Names with codes, those told most often first."""
    counts = Counter((label(p), p.code) for p in members)
    return {name: code for (name, code), _ in counts.most_common(MAX_NAMES)}


def _range(mentions: Iterable[Mention], role: str) -> tuple[int | None, int | None]:
    """The lowest and the highest number that any mention gives for a role; parts of a total and tolls of more than this event are left out."""
    found = [c for m in mentions for c in m.counts if c.role == role and not c.cumulative and c.part_of is None]
    highs = [c.low if c.high is None else c.high for c in found]
    return min((c.low for c in found), default=None), max(highs, default=None)
