"""What of a store is exported: events with who tells them and the words that tell it, people protected unless all is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Protocol
from urllib.parse import unquote, urlsplit

from khabar.export.protect import Shield, hidden, protected, sensitive, shield
from khabar.model import Mention, content_id
from khabar.model.rows import ArticleRow, ClaimRow, Copy, EventRow, MentionRow, Telling
from khabar.store import EventFilter
from khabar.stories.ledger import Figure, Rule, ledger
from khabar.stories.summary import summary

REVIEWED = ("accept", "fix", "add")
COUNTRY = 3  # letters of an ISO code, the one kind of place that a filter may name without telling where a sensitive event was


class Source(Protocol):
    """The part of a store that an export reads."""

    def events(self, wanted: EventFilter | None = None) -> tuple[EventRow, ...]: ...
    def told(self, wanted: EventFilter | None = None) -> Iterator[tuple[MentionRow, tuple[int, int]]]: ...
    def contents(self, article_ids: Iterable[str]) -> Iterator[tuple[ArticleRow, str | None]]: ...
    def copies(self) -> tuple[Copy, ...]: ...


@dataclass(frozen=True, slots=True)
class Article:
    """An article that tells an exported event."""

    article_id: str
    outlet: str | None
    published: date | None
    url: str | None
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of an exported event, with the characters `start` to `end` of the sentence that tells it."""

    mention_id: str
    event_id: str
    article_id: str
    mention: Mention
    start: int
    end: int
    copy_of: str | None = None
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event, its mentions by day of publication, and its numbers by the rule of the export."""

    row: EventRow
    told: tuple[Told, ...]
    figures: tuple[Figure, ...]

    def figure(self, role: str) -> Figure | None:
        """The number of a role, where the rule comes to a single one."""
        found = [f for f in self.figures if f.role == role]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class View:
    """All that an export may show. `dropped` counts what of the store it leaves out or hides."""

    articles: Mapping[str, Article]
    events: tuple[Event, ...]
    rule: Rule
    full: bool
    dropped: Mapping[str, int]

    def quote(self, told: Told) -> str:
        return self.articles[told.article_id].text[told.start : told.end]


def view(store: Source, wanted: EventFilter, rule: Rule = "median", *, full: bool = False) -> View:
    """The events that fit. Without `full`, names of private persons and exact places of sensitive events are hidden in all of it."""
    told = [_told(row, quote) for row, quote in store.told(wanted)]
    articles = {row.article_id: _article(row, text) for row, text in store.contents(dict.fromkeys(t.article_id for t in told))}
    copies = {c.article_id: c.original for c in store.copies()}
    told = [replace(t, copy_of=copies.get(t.article_id)) for t in told]
    dropped: Counter[str] = Counter()
    rows = {e.event_id: e for e in store.events(wanted)}
    if not full:
        articles, told = _protected(articles, told, wanted, dropped)
    by_event: dict[str, list[Told]] = defaultdict(list)
    for t in sorted(told, key=lambda t: (articles[t.article_id].published or date.max, t.article_id)):
        by_event[t.event_id].append(t)
    events = tuple(_event(rows[e] if full else None, e, by_event[e], articles, rule) for e in rows if e in by_event)
    return View(articles, events, rule, full, dropped)


def _told(row: MentionRow, quote: tuple[int, int]) -> Told:
    return Told(row.mention_id, row.event_id, row.article_id, row.mention, *quote, decided=row.decided)


def _article(row: ArticleRow, text: str | None) -> Article:
    return Article(row.article_id, row.outlet, row.published, row.url, row.title, text or "")


def _event(row: EventRow | None, event_id: str, told: list[Told], articles: Mapping[str, Article], rule: Rule) -> Event:
    if row is None:
        row = summary(event_id, [_telling(t, articles[t.article_id]) for t in told])
    return Event(row, tuple(told), ledger([claim(t, articles[t.article_id]) for t in told], rule).figures)


def _telling(t: Told, article: Article) -> Telling:
    return Telling(t.mention_id, t.article_id, t.copy_of or t.article_id, article.published, t.mention, t.decided in REVIEWED)


def claim(t: Told, article: Article) -> ClaimRow:
    """A mention as a claim of the ledger."""
    m = t.mention
    said = getattr(m, "said", None)
    sources, kinds = tuple(s.span.text for s in m.sources), tuple(s.kind for s in m.sources)
    figures = tuple((c.role, c.low, c.high) for c in m.counts)
    quote = article.text[t.start : t.end]
    return ClaimRow(
        t.event_id, t.mention_id, t.article_id, article.outlet, article.published, said and said.start, sources, kinds, m.status, figures, quote, t.start,
        t.end, t.copy_of,
    )  # fmt: skip


def _protected(articles: dict[str, Article], told: list[Told], wanted: EventFilter, dropped: Counter[str]) -> tuple[dict[str, Article], list[Told]]:
    """Articles and mentions with people hidden; counts what was hidden."""
    by_article: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        by_article[t.article_id].append(t)
    shields = {a: shield(articles[a].text, [t.mention for t in members]) for a, members in by_article.items()}
    exposed = {t.event_id for t in told if sensitive(t.mention, shields[t.article_id])}
    if _pinpoints(wanted):
        told = [t for t in told if t.event_id not in exposed]
        dropped["sensitive events, since the filter names a place"] += len(exposed)
        by_article = {a: kept for a, members in by_article.items() if (kept := [t for t in members if t.event_id not in exposed])}
    new_articles: dict[str, Article] = {}
    new_told: list[Told] = []
    ids = {a: _public_id(a, shields[a]) for a in by_article}
    for a, members in by_article.items():
        masked = hidden(articles[a].text, shields[a], [t.mention for t in members if t.event_id in exposed])
        new_articles[ids[a]] = article = _masked(articles[a], ids[a], masked, dropped)
        for t in members:
            mention = protected(t.mention, masked, article.text, coarse=t.event_id in exposed)
            new_told.append(replace(t, article_id=ids[a], mention=mention, copy_of=ids.get(t.copy_of or "", t.copy_of)))
        dropped["words of private names masked"] += len(masked.names)
        dropped["places coarsened"] += sum(p != q for t, n in zip(members, new_told[-len(members) :], strict=True)
                                           for p, q in zip(_where(t), _where(n), strict=True))  # fmt: skip
    return new_articles, new_told


def _where(t: Told) -> list[object]:
    return [p.location for p in t.mention.places]


def _masked(article: Article, article_id: str, masked: Shield, dropped: Counter[str]) -> Article:
    """An article with its text masked, and its title and link where they hold masked names."""
    url = article.url
    if url and masked.mask_name(unquote(url)) != unquote(url):
        parts = urlsplit(url)
        url = f"{parts.scheme}://{parts.netloc}/"
        dropped["links shortened"] += 1
    title = article.title and masked.mask_name(article.title)
    return replace(article, article_id=article_id, text=masked.mask(article.text), title=title, url=url)


def _public_id(article_id: str, masked: Shield) -> str:
    """An id that tells no masked name."""
    plain = unquote(article_id)
    return article_id if masked.mask_name(plain) == plain else content_id(article_id, prefix="a")


def _pinpoints(wanted: EventFilter) -> bool:
    """Whether a filter tells where its events were, more exactly than by country."""
    return wanted.near is not None or bool(wanted.place and not (len(wanted.place) == COUNTRY and wanted.place.isupper()))


def told_filter(wanted: EventFilter, full: bool) -> dict[str, object]:
    """The fields of a filter that are set; words of a reader's own choice are left out of what is published with people protected."""
    given = {f.name: getattr(wanted, f.name) for f in fields(wanted) if getattr(wanted, f.name) is not None}
    plain = {k: v.isoformat() if isinstance(v, date) else list(v) if isinstance(v, tuple) else v for k, v in given.items()}
    return {k: "(given)" if not full and k in ("actor", "text") else v for k, v in plain.items()}
