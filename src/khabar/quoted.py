"""The sentence that tells each mention."""

from __future__ import annotations

from bisect import bisect_right

from khabar.model import Record
from khabar.pipeline import shortened
from khabar.segment import sentences


def quotes(record: Record) -> tuple[tuple[int, int], ...]:
    """Start and end of the sentence that holds the trigger of each mention."""
    if not record.mentions:
        return ()
    segments = shortened(sentences(record.text or ""))
    starts = [s.start for s in segments]
    return tuple(_around(segments[max(0, bisect_right(starts, m.trigger.start) - 1)], m.trigger.start, m.trigger.end) for m in record.mentions)


def _around(segment: object, start: int, end: int) -> tuple[int, int]:
    first, last = segment.start, segment.end  # type: ignore[attr-defined]
    return (first, last) if first <= start and end <= last else (start, end)
