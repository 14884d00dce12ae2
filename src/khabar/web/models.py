"""What the JSON interface answers, as typed objects; OpenAPI is made of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, Field


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
    """A mention that counts, corrections applied: the object of `khabar schema` with its ids, the last decision and the sentence (`quote`)."""

    id: str
    event_id: str
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
