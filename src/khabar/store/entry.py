"""What goes into the store in one transaction: an input, its coded article, and what search needs of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khabar.model import Mention, Record, canonical_json
from khabar.model.rows import mention_ids

Row = dict[str, Any]
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Entry:
    """One input. `key` is its stable name, `digest` the SHA-256 of its raw bytes, `quotes` the start and end of the sentence of each mention,
    `words` and `keys` the folded words of the text and the forms they are found by."""

    key: str
    digest: str
    record: Record
    url: str | None = None
    title: str | None = None
    caption: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    fetched: str | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    quotes: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def document_id(self) -> str:
        return self.record.id or self.key

    @property
    def content(self) -> str:
        """A digest of what is read of the input: text, title, day and outlet."""
        r = self.record
        return digest(canonical_json([r.text, self.title, r.published and r.published.isoformat(), r.outlet, r.outcome.reason if r.text is None else None]))

    @property
    def mention_ids(self) -> tuple[str, ...]:
        return mention_ids(self.document_id, digest(self.record.text or ""), self.record.mentions)


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def mention_row(mention_id: str, run_id: str, article_id: str, position: int, m: Mention, quote: tuple[int, int]) -> Row:
    """The row of table `mention`."""
    figures = SEPARATOR.join(f"{c.role} {_range(c.low, c.high)}" for c in m.counts)
    return {
        "mention_id": mention_id, "run_id": run_id, "article_id": article_id, "position": position, "type": m.type, "status": m.status,
        "start": m.trigger.start, "end": m.trigger.end, "date_from": m.time and m.time.start, "date_to": m.time and m.time.end,
        "confidence": m.confidence and m.confidence.mention, "sources": SEPARATOR.join(s.span.text for s in m.sources),
        "source_kinds": SEPARATOR.join(s.kind for s in m.sources), "figures": figures, "quote_start": quote[0], "quote_end": quote[1],
        "record": canonical_json(m.record()),
    }  # fmt: skip


def _range(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def part_rows(mention_id: str, run_id: str, m: Mention) -> Iterator[tuple[str, Row]]:
    """The rows of the tables of a mention's parts, each with the name of its table."""
    own = {"mention_id": mention_id, "run_id": run_id}
    for role, members in (("actor", m.actors), ("recipient", m.recipients)):
        for i, p in enumerate(members):
            yield "participant", {**own, "role": role, "position": i, "text": p.span.text, "code": p.code, "name": p.name, "entity": p.entity}
    for i, x in enumerate(m.places):
        where = x.location.record()
        place_id = where.pop("id")
        yield "place", {**own, "position": i, "text": x.span.text, **where, "place_id": place_id}
    for i, c in enumerate(m.counts):
        own_values = {"role": c.role, "low": c.low, "high": c.high, "text": c.span.text, "who": c.who, "part_of": c.part_of, "cumulative": c.cumulative}
        yield "figure", {**own, "position": i, **own_values}
    for i, s in enumerate(m.sources):
        yield "source", {**own, "position": i, "text": s.span.text, "kind": s.kind, "cue": s.cue and s.cue.text}
