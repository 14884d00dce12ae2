"""The day of publication where only the text tells it: in its dateline (`دمشق 3 كانون الثاني 2020 (سانا) -`) or beside `اليوم`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from khabar.resolve.moments import DateOf, TimeExpression
from khabar.resolve.times import find_times

_LEAD = 5  # tokens before the date of a dateline: a place of two words, a comma, a weekday
_ENDS = frozenset(("-", "(", ":", "/", "–", "—", "."))
_SENTENCES = 4  # where an article says its own day, it does so at once


def _single_day(found: TimeExpression) -> date | None:
    """The one day of a full date whose weekday, if told, fits."""
    moment = found.moment
    if not isinstance(moment, DateOf) or moment.year is None or moment.first is None or moment.first != (moment.last or moment.first):
        return None
    interval = found.resolve(None, future=False)
    return interval.start if interval and not interval.conflict else None


def _tells_today(words: Sequence[str], found: TimeExpression, first: bool) -> bool:
    """Whether a date is the dateline's, in the `first` sentence, or stands beside `اليوم`."""
    if "اليوم" in words[found.first : found.first + 3]:
        return True
    after = words[found.last] if found.last < len(words) else ""
    return first and found.first <= _LEAD and after in _ENDS


def day_told(sentences: Iterable[Sequence[str]]) -> date | None:
    """The day that an article's first sentences of folded words say it is from; null where they do not."""
    for number, words in enumerate(sentences):
        if number == _SENTENCES:
            break
        for found in find_times(words):
            day = _single_day(found) if _tells_today(words, found, number == 0) else None
            if day:
                return day
    return None
