"""What the JSON interface answers, as typed objects; OpenAPI is made of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ErrorAbout(BaseModel):
    code: str
    message: str
    id: str = Field(description="the request's id, which the room's log has too")


class ErrorBody(BaseModel):
    """The one shape of all errors."""

    error: ErrorAbout


class ArticleLine(BaseModel):
    """An article of a list; `title` is its title, or the first line of its text."""

    id: str
    title: str
    outlet: str | None
    published: date | None
    url: str | None
    outcome: str
    reason: str | None
    mentions: int


class Totals(BaseModel):
    articles: int
    events: int
    mentions: int
    reviewed: int


class ExampleLine(BaseModel):
    name: str
    outlet: str
    outlet_english: str
    published: str
    description: str


class Home(BaseModel):
    """What the home page shows."""

    totals: Totals
    latest: list[ArticleLine]
    examples: list[ExampleLine]
    engines: list[str]
    engine: str


class Paging(BaseModel):
    """A page of a list: its number from 1, how many lines a page has, how many there are in all."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


class Articles(BaseModel):
    articles: list[ArticleLine]
    paging: Paging
    outlets: list[tuple[str, int]]
    asked: dict[str, str]


class SpanOut(BaseModel):
    """Characters (code points) `start` to `end` of the article's text."""

    start: int
    end: int
    text: str


class MentionOut(BaseModel):
    """A mention that counts, corrections applied: the object of `khabar schema` with its ids, the last decision (`decided`, `who`; its id is
    `expected`), how it stands (machine, reviewed, adjudicated, unsure; rejected for those who review) and the sentence (`quote`). `own` are codings of a
    blind batch that others do not see."""

    id: str
    event_id: str | None
    type: str
    modes: list[str]
    status: str
    event: str
    trigger: SpanOut
    actors: list[dict[str, Any]]
    recipients: list[dict[str, Any]]
    places: list[dict[str, Any]]
    time: dict[str, Any] | None
    said: dict[str, Any] | None = None
    counts: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    confidence: dict[str, Any] | None = None
    decided: str | None
    who: str | None
    expected: str | None
    standing: str
    own: bool
    quote: tuple[int, int]


class ArticleHead(BaseModel):
    id: str
    title: str
    outlet: str | None
    published: date | None
    url: str | None
    outcome: str
    reason: str | None
    version: int
    current: bool
    text: str | None


class Article(BaseModel):
    """An article with what was found in it; offsets count the text's code points."""

    article: ArticleHead
    mentions: list[MentionOut]


class EventLine(BaseModel):
    """An event as its claims tell it: the row of `khabar events`."""

    model_config = ConfigDict(from_attributes=True)

    event_id: str
    type: str
    modes: list[str]
    status: str
    date_from: date | None
    date_to: date | None
    place: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    actors: list[str]
    actor_codes: list[str]
    recipients: list[str]
    recipient_codes: list[str]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    articles: int
    voices: int
    denials: int
    confidence: float | None
    reviewed: bool


class FacetCount(BaseModel):
    """A value that may be chosen and how many events there would be."""

    value: str
    events: int


class Events(BaseModel):
    """A page of the events that fit, with the counts behind each further choice."""

    events: list[EventLine]
    paging: Paging
    facets: dict[str, list[FacetCount]]
    outlets: list[tuple[str, int]]
    asked: dict[str, str]
    sort: str


class FigureOut(BaseModel):
    """A number by a rule: its role, the lowest, the best and the highest claimed, and how many voices give one."""

    model_config = ConfigDict(from_attributes=True)

    role: str
    low: int
    best: int
    high: int
    voices: int
    source: str | None


class LedgerLine(BaseModel):
    """A claim: who vouches (outermost first), the status, the numbers, the sentence with its offsets; and which mentions it repeats, corrects, denies."""

    event_id: str
    mention_id: str
    article_id: str
    outlet: str | None
    published: date | None
    said: date | None
    sources: list[str]
    source_kinds: list[str]
    status: str
    figures: list[dict[str, Any]]
    quote: str
    start: int
    end: int
    copy_of: str | None
    repeats: str | None = None
    corrects: str | None = None
    denies: list[str] = []
    type: str
    modes: list[str]
    trigger: str
    confidence: float | None
    decided: str | None


class JoinLine(BaseModel):
    """Why two mentions are taken for one event: a score from 0 to 1, and what adds to it and takes from it."""

    first: str
    second: str
    score: float
    reasons: list[tuple[str, float]]


class Event(BaseModel):
    """An event with the ledger of its claims, its figures by a rule, what joined its reports, and the types they give it."""

    event: EventLine
    rule: str
    lines: list[LedgerLine]
    figures: list[FigureOut]
    joins: list[JoinLine]
    types: list[FacetCount]


class DecisionOut(BaseModel):
    """A decision: never deleted, undone by a further one."""

    decision_id: str
    at: str
    who: str
    kind: str
    subject: list[str]
    value: Any = None


class Stale(BaseModel):
    """Somebody decided meanwhile: `last` is that decision, null where it was undone."""

    error: ErrorAbout
    last: DecisionOut | None = None


class Undone(BaseModel):
    undone: DecisionOut | None


class History(BaseModel):
    decisions: list[DecisionOut]


class BatchName(BaseModel):
    batch_id: str
    name: str
    blind: bool


class Queue(BaseModel):
    """Mentions to decide about: each the object that `khabar.review.Item.record` gives. `cursor` of the last goes into `after`.
    `coder` is who asks: what waits in a browser to be saved is kept under this name."""

    coder: str
    items: list[dict[str, Any]]
    batch: str | None
    batches: list[BatchName]


class Work(BaseModel):
    coder: str
    decisions: dict[str, int]
    given: int
    done: int


class BatchOut(BaseModel):
    batch_id: str
    name: str
    at: str
    blind: bool
    closed: str | None
    articles: int
    coders: list[str]
    mentions: int
    settled: int
    work: list[Work]


class ProgressOut(BaseModel):
    """Mentions by standing, articles with text and how many of them are reviewed, coders and batches."""

    mentions: dict[str, int]
    articles: int
    reviewed: int
    coders: list[Work]
    batches: list[BatchOut]


class AgreementOut(BaseModel):
    """Krippendorff's alpha and F1 of pairs, by batch; `batches` are the blind ones."""

    batches: list[str]
    agreement: dict[str, Any] | None


class DisputeOut(BaseModel):
    mention_id: str
    article_id: str
    words: str | None
    trigger: str | None
    type: str | None
    codings: list[DecisionOut]
    waiting: list[str]
    agreed: bool


class AdjudicationOut(BaseModel):
    batches: list[str]
    batch: str | None
    disputes: list[DisputeOut]


class Point(BaseModel):
    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Feature(BaseModel):
    """An event; `shape` is `point`, or `area` where the point is the middle of a district, governorate, region or country that is meant as a whole."""

    type: Literal["Feature"] = "Feature"
    geometry: Point
    properties: dict[str, Any]


class PlaceLine(BaseModel):
    place: str | None
    admin1: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    events: int
    killed_low: int
    killed_high: int
    first: date | None
    last: date | None


class Map(BaseModel):
    """A GeoJSON collection of the events that fit, at most 5,000; `unplaced` of them have no degrees. `places` is the table behind the picture."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]
    total: int
    unplaced: int
    facets: dict[str, list[FacetCount]]
    outlets: list[tuple[str, int]]
    asked: dict[str, str]
    places: list[PlaceLine]


class PeriodCount(BaseModel):
    period: date
    type: str
    events: int


class PartyCount(BaseModel):
    """Events that a party acts in, by period."""

    party: str
    events: int
    periods: list[tuple[date, int]]


class Timeline(BaseModel):
    """Events that begin between `first` and `last` by period; `hidden` lie outside, long before or after the bulk."""

    unit: str
    first: date | None
    last: date | None
    hidden: int
    periods: list[PeriodCount]
    parties: list[PartyCount]
    total: int
    facets: dict[str, list[FacetCount]]
    outlets: list[tuple[str, int]]
    asked: dict[str, str]


class Compared(BaseModel):
    """Two sides: each with its numbers, events only one tells, events both tell with what differs, words for the same thing, names for the same body.
    `comparison` is null until both sides are named."""

    asked: dict[str, str]
    outlets: list[tuple[str, int]]
    comparison: dict[str, Any] | None
