"""JSON lines and CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence

from khabar.export.cells import csv_line
from khabar.export.labels import number
from khabar.model import Mention, Participant, Record

COLUMNS = (
    "id", "outlet", "published", "mention", "event", "type", "modes", "status", "trigger", "start", "end",
    "actors", "actor_codes", "actor_names", "recipients", "recipient_codes", "recipient_names", "places", "place_names", "countries",
    "time", "time_start", "time_end", "counts", "count_texts", "sources", "source_kinds", "cues", "line", "confidence",
)  # fmt: skip


def json_line(record: Record, *, why: bool = False) -> str:
    """The record of the codebook, section 7, as one line, its line end included."""
    return json.dumps(record.record(why=why), ensure_ascii=False) + "\n"


def csv_header(*, why: bool = False) -> str:
    return _line((*COLUMNS, "why") if why else COLUMNS)


def csv_rows(record: Record, *, why: bool = False) -> str:
    """One line a mention: lists joined by `; `."""
    return "".join(_line(_cells(record, m, i, why)) for i, m in enumerate(record.mentions))


def _cells(record: Record, m: Mention, index: int, why: bool) -> list[object]:
    about = [record.id, record.outlet, record.published, index, m.event, m.type, _join(m.modes), m.status, m.trigger.text, m.trigger.start, m.trigger.end]
    people = [cell for members in (m.actors, m.recipients) for cell in _people(members)]
    places = [_join([p.span.text for p in m.places]), _join([p.name for p in m.places]), _join([p.country or "" for p in m.places])]
    time = [m.time.span.text, m.time.start, m.time.end] if m.time else ["", "", ""]
    counts = [_join([number(c) for c in m.counts]), _join([c.span.text for c in m.counts])]
    sources = [_join([s.span.text for s in m.sources]), _join([s.kind for s in m.sources]), _join([s.cue.text if s.cue else "" for s in m.sources])]
    reasons = [_join([f"{r.field}: {r.rule}" for r in m.why])] if why else []
    confidence = round(m.confidence.mention, 3) if m.confidence else None
    return [*about, *people, *places, *time, *counts, *sources, _around(record.text or "", m), confidence, *reasons]


def _people(members: Sequence[Participant]) -> list[str]:
    return [_join([p.span.text for p in members]), _join([p.code for p in members]), _join([p.name or "" for p in members])]


def _join(parts: Sequence[str]) -> str:
    return "; ".join(parts)


def _around(text: str, m: Mention) -> str:
    """The line of the article that holds the trigger."""
    start = text.rfind("\n", 0, m.trigger.start) + 1
    end = text.find("\n", m.trigger.end)
    return text[start : end if end >= 0 else len(text)].strip()


def _line(cells: Sequence[object]) -> str:
    return csv_line(c if c is None or isinstance(c, int | float) else str(c) for c in cells)
