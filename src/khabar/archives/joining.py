"""The second pass over a batch as tasks: words counted, near-copies found in stretches of days, reports joined in blocks of days and countries.

Features, weights and the joining itself are those of `khabar.stories`. What is compared is narrowed first: articles with those of the days before them, events
with those told in articles about the same country. Groups that share a mention across the border of two months become one.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from khabar.arabic.search import words
from khabar.archives.folder import Folder
from khabar.archives.reading import Held, articles_of, rows_of_file
from khabar.archives.rows import NO_MONTH, mention_ids
from khabar.archives.tables import parquet_bytes
from khabar.archives.tasks import Tools
from khabar.archives.work import WORK
from khabar.model import Mention
from khabar.model.rows import Copy, EventRow, Telling
from khabar.stories.copies import Text, find_copies, shingles
from khabar.stories.join import WINDOW
from khabar.stories.join import join as join_units
from khabar.stories.likeness import load_weights
from khabar.stories.summary import summary
from khabar.stories.units import LEAD_WORDS, Reported, content, units

STORIES = f"{WORK}/stories"
COPY_DAYS = 3  # before an article in which it is looked for what it copies; agencies' reports are reprinted within two
_OF_TEXT = ["article_id", "outlet", "published", "text", "mentions"]


@dataclass(frozen=True, slots=True)
class _Task:
    """What the tasks of this pass share: the batch, and the files of articles that are read, by their names below the folder of a table."""

    out: Folder
    files: tuple[str, ...]

    @property
    def weight(self) -> int:
        return len(self.files)


@dataclass(frozen=True, slots=True)
class CountWords(_Task):
    """In how many leads and sentences of a file each word stands."""

    @property
    def key(self) -> str:
        return f"words of {self.files[0]}"

    def do(self, tools: Tools) -> tuple[int, dict[str, int]]:
        counts: Counter[str] = Counter()
        n = 0
        for held in articles_of(self.out, self.files[0]):
            quotes = [held.record.text[a:b] for a, b in held.quotes] if held.record.text else []
            for text in [lead(held.record.text or ""), *quotes] if quotes else []:
                counts.update(frozenset(content(text)))
                n += 1
        return n, dict(counts)


@dataclass(frozen=True, slots=True)
class FindCopies(_Task):
    """The copies among the articles of some days, looked for also in the days before."""

    since: date | None
    until: date | None

    @property
    def key(self) -> str:
        return f"copies of {self.since or 'no day'}"

    def do(self, tools: Tools) -> tuple[Copy, ...]:
        start = self.since and self.since - timedelta(days=COPY_DAYS)
        return find_copies(self._texts(start))

    def _texts(self, start: date | None) -> Iterator[Text]:
        for name in self.files:
            for r in rows_of_file(self.out, f"articles/{name}", _OF_TEXT):
                day = r["published"]
                if r["mentions"] and (day is None if start is None or self.until is None else day is not None and start <= day <= self.until):
                    yield Text(r["article_id"], r["outlet"], day, shingles(words(r["text"])))


@dataclass(frozen=True, slots=True)
class JoinMonth(_Task):
    """The events of a month, with those of the days before it, in articles about some of the countries; groups of mention ids."""

    month: str
    number: int
    of: int
    threshold: float | None

    @property
    def key(self) -> str:
        return f"events of {self.month}, {self.number + 1} of {self.of}"

    def do(self, tools: Tools) -> list[tuple[str, ...]]:
        weights = load_weights()
        weights = weights if self.threshold is None else replace(weights, threshold=self.threshold)
        idf, voices = _shared(self.out, "idf.json"), _shared(self.out, "voices.json")
        blocks: dict[str, list[Reported]] = defaultdict(list)
        for name in self.files:
            for held in articles_of(self.out, name):
                place = main_country(held.record.mentions)
                if held.record.mentions and self._ours(place, held.record.published):
                    blocks[place] += reported(held, voices)
        groups = (g for _, found in sorted(blocks.items()) for g in join_units(units(found, idf), weights).groups)
        return sorted(groups)

    def _ours(self, place: str, day: date | None) -> bool:
        if zlib.crc32(place.encode()) % self.of != self.number:
            return False
        if self.month == NO_MONTH or day is None:
            return self.month == NO_MONTH
        return day >= date.fromisoformat(f"{self.month}-01") - timedelta(days=WINDOW)


@dataclass(frozen=True, slots=True)
class WriteEvents(_Task):
    """The rows of the events that begin in a month."""

    month: str
    events: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def key(self) -> str:
        return f"rows of {self.month}"

    def do(self, tools: Tools) -> int:
        voices = _shared(self.out, "voices.json")
        home = {m: event for event, members in self.events for m in members}
        told: dict[str, list[Telling]] = defaultdict(list)
        for name in self.files:
            for held in articles_of(self.out, name):
                for telling in tellings(held, voices):
                    if telling.mention_id in home:
                        told[home[telling.mention_id]].append(telling)
        ordered = {e: sorted(ts, key=lambda t: (t.published or date.max, t.article_id, t.mention_id)) for e, ts in sorted(told.items())}
        rows = [event_row(summary(e, ts)) for e, ts in ordered.items()]
        members = [{"mention_id": t.mention_id, "event_id": e, "article_id": t.article_id} for e, ts in ordered.items() for t in ts]
        for table, found in (("events", rows), ("members", members)):
            self.out.write(f"{table}/month={self.month}/0000.parquet", parquet_bytes(table, found))
        return len(rows)


def event_row(row: EventRow) -> dict[str, Any]:
    """An event as a row of its table."""
    values = {name: getattr(row, name) for name in EventRow.__slots__ if name != "reviewed"}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def lead(text: str) -> str:
    """The words of an article's beginning that stand for it."""
    return " ".join(text.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS])


def tellings(held: Held, voices: Mapping[str, str]) -> Iterator[Telling]:
    article_id = held.row["article_id"]
    for mention_id, m in zip(mention_ids(article_id, held.record.mentions), held.record.mentions, strict=True):
        yield Telling(mention_id, article_id, voices.get(article_id, article_id), held.record.published, m)


def reported(held: Held, voices: Mapping[str, str]) -> Iterator[Reported]:
    """The mentions of an article as stories compare them."""
    text = held.record.text or ""
    beginning = lead(text)
    for telling, (start, end) in zip(tellings(held, voices), held.quotes, strict=True):
        yield Reported(telling, held.record.outlet, text[start:end], beginning)


def main_country(mentions: Iterable[Mention]) -> str:
    """The country that an article is about: the one most of its places lie in, else of most of its actors; `-` where none is known."""
    every = list(mentions)
    places = Counter(p.country for m in every for p in m.places if p.country)
    people = Counter(p.code[:3] for m in every for p in (*m.actors, *m.recipients) if p.code[:3].isalpha())
    return min((-n, country) for country, n in (places or people or {"-": 1}).items())[1]


@lru_cache(maxsize=4)
def _shared(out: Folder, name: str) -> Mapping[str, Any]:
    """What the coordinator worked out for all."""
    found: Mapping[str, Any] = out.json(f"{STORIES}/{name}") or {}
    return found
