"""What to ask of the store: filters on events, as conditions of SQL. Every value is bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal_column, or_, select, text

from khabar.model import InvalidValue
from khabar.model.ontology import SOURCE_KINDS, STATUSES, TYPES
from khabar.store.search import condition
from khabar.store.tables import article, copy, event, member, mention, participant, place, source

KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: those that fit every field given. `place` is a name of a place, a first-level unit or a country (ISO 3166-1 alpha-3), or an
    id; `near` latitude, longitude and kilometres; `actor` an id, a code or the beginning of one (`SYR MIL`, `SYR`), or part of a name;
    `since` and `until` days, inclusive; `text` a question to the articles' full text; `confidence` the least of the surest mention;
    `country` an ISO 3166-1 alpha-3 code."""

    type: str | None = None
    status: str | None = None
    place: str | None = None
    near: tuple[float, float, float] | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    source_kind: str | None = None
    outlet: str | None = None
    text: str | None = None
    confidence: float | None = None
    reviewed: bool | None = None
    article: str | None = None
    country: str | None = None

    def __post_init__(self) -> None:
        for name, legal in (("type", TYPES), ("status", STATUSES), ("source_kind", SOURCE_KINDS)):
            value = getattr(self, name)
            if value is not None and value not in legal:
                raise InvalidValue(f"{name} {value!r}: expected one of {', '.join(legal)}")


def conditions(wanted: EventFilter, dialect: str, *, counted: bool = False) -> Iterator[ColumnElement[bool]]:
    """The filter as conditions on table `event`; `counted` where all events that fit are to be read, not the first in an order."""
    columns = event.c
    for name in ("type", "status", "reviewed", "country"):
        if (value := getattr(wanted, name)) is not None:
            yield columns[name] == value
    if wanted.since:
        yield columns.date_to >= wanted.since
    if wanted.until:
        yield columns.date_from <= wanted.until
    if wanted.confidence is not None:
        yield columns.confidence >= wanted.confidence
    if wanted.place:
        yield _placed(wanted.place, dialect)
    if wanted.near:
        yield from _near(*wanted.near)
    if wanted.actor:
        yield _acted(wanted.actor, dialect, counted)
    if wanted.source_kind:
        yield _told(source.c.kind == wanted.source_kind, source, dialect)
    if wanted.outlet or wanted.article or wanted.text is not None:
        yield columns.event_id.in_(_reported(wanted, dialect))


def _placed(name: str, dialect: str) -> ColumnElement[bool]:
    if len(name) == 3 and name.isupper() and name.isascii():
        return event.c.country == name
    if ":" in name or (len(name) > 3 and name[2] == "-" and name.isupper()):
        return _told(place.c.place_id == name, place, dialect)
    same = func.lower(name)
    return or_(func.lower(event.c.place) == same, func.lower(event.c.admin1) == same, event.c.event_id.in_(_of_place(name)))


def _of_place(name: str) -> Any:
    """Events of which a mention names a place by these words: few enough to be looked up."""
    joined = and_(place.c.mention_id == member.c.mention_id, place.c.run_id == member.c.run_id)
    return select(member.c.event_id).join(place, joined).where(place.c.text == name)


def _near(lat: float, lon: float, km: float) -> Iterator[ColumnElement[bool]]:
    """Within so many kilometres, by the distance on a plane laid at that latitude: right to 1 % within 300 km."""
    high, wide = km / KM_A_DEGREE, km / (KM_A_DEGREE * max(cos(radians(lat)), 0.01))
    yield event.c.lat.between(lat - high, lat + high)
    yield event.c.lon.between(lon - wide, lon + wide)
    north, east = (event.c.lat - lat) / high, (event.c.lon - lon) / wide
    yield north * north + east * east <= 1


def _acted(name: str, dialect: str, counted: bool) -> ColumnElement[bool]:
    c = participant.c
    through = "" if counted else dialect  # one party is seldom in most events: they are counted sooner by looking them up
    if name.replace(" ", "").replace("-", "").isupper() and name.isascii():
        return _told(or_(c.code == name, c.code.between(f"{name} ", f"{name} ~")), participant, through)
    within = func.instr if dialect == "sqlite" else func.strpos
    words = name.lower()
    if words == name.upper() and not words.isascii():  # Arabic: no case to lower, and names in the actor book are Latin
        return _told(or_(c.entity == name, within(c.text, words) > 0), participant, through)
    return _told(or_(c.entity == name, within(func.lower(c.name), words) > 0, within(func.lower(c.text), words) > 0), participant, through)


def _told(condition: ColumnElement[bool], part: Any, dialect: str) -> ColumnElement[bool]:
    """Events of which a mention has a part that fits. They may be most of a store: SQLite, which cannot tell, would look each of them up, while going
    through an index that holds all that is asked is quicker; the plus keeps it from the former."""
    joined = and_(part.c.mention_id == member.c.mention_id, part.c.run_id == member.c.run_id)
    tested: ColumnElement[str] = literal_column("+event.event_id", String) if dialect == "sqlite" else event.c.event_id
    return tested.in_(select(member.c.event_id).join(part, joined).where(condition))


def _reported(wanted: EventFilter, dialect: str) -> Any:
    """Events told by articles of an outlet, of an id, or that answer a question."""
    found = select(member.c.event_id).join(article, article.c.article_id == member.c.article_id)
    if wanted.outlet:
        found = found.where(article.c.outlet == wanted.outlet)
    if wanted.article:
        found = found.where(article.c.article_id == wanted.article)
    if wanted.text is not None:
        sql, value = condition(dialect, wanted.text)
        found = found.where(article.c.number.in_(text(sql).bindparams(question=value)))
    return found


def claims_of(event_id: str) -> Any:
    """The claims of an event, earliest first."""
    return (
        select(member.c.event_id, mention, article.c.outlet, article.c.published, article.c.text, copy.c.original)
        .join_from(member, mention, and_(mention.c.mention_id == member.c.mention_id, mention.c.run_id == member.c.run_id))
        .join(article, article.c.article_id == member.c.article_id)
        .outerjoin(copy, copy.c.article_id == member.c.article_id)
        .where(member.c.event_id == event_id)
        .order_by(article.c.published, member.c.article_id, mention.c.position)
    )
