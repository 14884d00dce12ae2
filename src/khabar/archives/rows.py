"""A record as rows of a batch's tables, and back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from khabar.archives.errors import BatchError
from khabar.collect.items import Piece
from khabar.model import Count, Mention, Outcome, Place, Record, Span, Time, content_id
from khabar.model.parse import parse_mention
from khabar.quoted import quotes

Row = dict[str, Any]
MOST = 2**63 - 1  # of a count; a column holds no more
NO_MONTH = "none"  # the partition of what states no day
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Input:
    """Where an input stands: the name of its file, what its keys begin with, and its number there."""

    file: str
    place: str
    number: int

    @property
    def id(self) -> str:
        return content_id([self.place, self.number], prefix="i")


def month_of(day: date | None) -> str:
    """The partition of a day of publication, such as 2020-01."""
    return f"{day:%Y-%m}" if day and day.year >= 1000 else NO_MONTH


def rows_of(where: Input, piece: Piece, record: Record) -> dict[str, list[Row]]:
    """The rows of an input, by table."""
    out: dict[str, list[Row]] = defaultdict(list)
    held = record.text is not None and record.outcome.kind != "rejected"
    article_id = article_id_of(piece, record) if held else None
    out["outcomes"].append(_outcome(where, piece, record, article_id))
    if article_id is not None:
        out["articles"].append(_article(where, piece, record, article_id))
        ids = mention_ids(article_id, record.mentions)
        for i, (mention_id, m, quote) in enumerate(zip(ids, record.mentions, quotes(record), strict=True)):
            own = {"mention_id": mention_id, "article_id": article_id}
            about = {"outlet": _clean(record.outlet), "published": record.published}
            out["mentions"].append({**own, "position": i, **about, **_mention(m), "quote": Span.cut(record.text or "", *quote).record()})
            out["sources"] += [{**own, "position": k, **s.record()} for k, s in enumerate(m.sources)]
            out["counts"] += [{**own, "position": k, **_count(c)} for k, c in enumerate(m.counts)]
    return out


def article_id_of(piece: Piece, record: Record) -> str:
    """The id of an article: the same for the same document, outlet, day, title and text."""
    day = record.published and record.published.isoformat()
    return content_id([record.id, record.outlet, day, _clean(piece.title), record.text], prefix="a")


def mention_ids(article_id: str, mentions: Sequence[Mention]) -> list[str]:
    """The id of each mention of an article: the same for the same words and type, whatever reader found it."""
    seen: dict[tuple[int, int, str], int] = defaultdict(int)
    out = []
    for m in mentions:
        at = (m.trigger.start, m.trigger.end, m.type)
        seen[at] += 1
        out.append(content_id([article_id, *at, seen[at]], prefix="m"))
    return out


def _outcome(where: Input, piece: Piece, record: Record, article_id: str | None) -> Row:
    became = record.outcome
    return {
        "input_id": where.id, "file": _clean(where.file), "number": where.number, "key": _clean(piece.key), "digest": piece.digest,
        "document_id": _clean(record.id), "article_id": article_id, "outcome": became.kind, "reason": _clean(became.reason),
        "mentions": len(record.mentions),
    }  # fmt: skip


def _article(where: Input, piece: Piece, record: Record, article_id: str) -> Row:
    url = getattr(piece.item, "url", None)
    fetched = piece.fetched.astimezone(UTC).replace(microsecond=0) if piece.fetched else None
    return {
        "article_id": article_id, "document_id": record.id or "", "key": _clean(piece.key), "digest": piece.digest, "url": url,
        "outlet": _clean(record.outlet), "published": record.published, "published_basis": record.published_basis, "published_from": piece.basis,
        "title": _clean(piece.title), "text": record.text, "caption": [_clean(c) for c in piece.caption],
        "links": [{"text": _clean(text), "url": _clean(to)} for text, to in piece.links], "fetched": fetched, "media_type": _clean(piece.media_type),
        "outcome": record.outcome.kind, "reason": _clean(record.outcome.reason), "mentions": len(record.mentions), "file": _clean(where.file),
        "number": where.number,
    }  # fmt: skip


def _clean(text: str | None) -> str | None:
    """Lone surrogates, which no file can hold, become U+FFFD."""
    return text if text is None or text.isascii() else _SURROGATE.sub("\ufffd", text)


def _mention(m: Mention) -> Row:
    return {
        "type": m.type, "modes": list(m.modes), "status": m.status, "event": m.event, "trigger": m.trigger.record(),
        "actors": [p.record() for p in m.actors], "recipients": [p.record() for p in m.recipients], "places": [_place(p) for p in m.places],
        "time": m.time and _time(m.time), "said": m.said and _time(m.said), "confidence": m.confidence and m.confidence.record(),
    }  # fmt: skip


def _place(p: Place) -> Row:
    return {**p.record(), "candidates": [x.record() for x in p.candidates]}


def _time(t: Time) -> Row:
    own = {"basis": t.basis, "clock": t.clock and t.clock.record(), "symbol": t.symbol, "conflict": t.conflict}
    return {"span": t.span.record(), "start": t.start, "end": t.end, **own}


def _count(c: Count) -> Row:
    flags = {name: getattr(c, name) for name in ("approximate", "open", "cumulative", "update")}
    high = None if c.high is None else min(c.high, MOST)
    return {**c.span.record(), "role": c.role, "low": min(c.low, MOST), "high": high, "who": _clean(c.who), "part_of": c.part_of, **flags}


def record_of(article: Row, mentions: Sequence[Row], sources: Mapping[str, Sequence[Row]], counts: Mapping[str, Sequence[Row]]) -> Record:
    """The record that became rows: those of an article, its mentions in any order, and their sources and counts by mention."""
    try:
        ordered = sorted(mentions, key=lambda m: m["position"])
        found = tuple(_read_mention(m, sources.get(m["mention_id"], ()), counts.get(m["mention_id"], ())) for m in ordered)
        outcome = Outcome(article["outcome"], article["reason"])
        basis = article["published_basis"]
        return Record(article["document_id"], article["outlet"], article["published"], article["text"], outcome, found, published_basis=basis)
    except (KeyError, TypeError) as error:
        raise BatchError(f"row of {sorted(article)}: {type(error).__name__} {error}; expected the tables that docs/batch-schema.md describes") from None


def _read_mention(row: Row, sources: Sequence[Row], counts: Sequence[Row]) -> Mention:
    fields = {name: row[name] for name in ("trigger", "type", "modes", "status", "event", "actors", "recipients", "places")}
    times = {name: row[name] and _read_time(row[name]) for name in ("time", "said")}
    in_order = (sorted(x, key=lambda s: s["position"]) for x in (sources, counts))
    listed = dict(zip(("sources", "counts"), in_order, strict=True))
    return parse_mention({**fields, **times, **listed, "confidence": row["confidence"]})


def _read_time(t: Row) -> Row:
    return {**t, **{side: t[side] and t[side].isoformat() for side in ("start", "end")}}
