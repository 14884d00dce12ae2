"""Days and weeks counted within the month or year that follows them: `اول جمعه من يوليو`, `الاسبوع الثالث من الشهر الماضي`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.arabic.calendar import MONTHS, WEEKDAYS
from khabar.resolve.counted import NthWeek, NthWeekday
from khabar.resolve.moments import TimeExpression, UnitOf

Words = Sequence[str]

COUNTED = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "الاخير": -1}
_COUNTING = {"اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4, "خامس": 5, "اخر": -1}
_WHOLES = frozenset(("هذا", "الشهر", "العام", "السنه", "شهر", "عام", "سنه", *(name.split()[0] for name in MONTHS)))


def _word(words: Words, i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _weekday(word: str) -> int | None:
    day = WEEKDAYS.get(word)
    return WEEKDAYS.get("ال" + word) if day is None and word != "احد" else day


def counted_in(words: Words, i: int) -> bool:
    """Whether the weekday at `i` is one of several of a month told after it."""
    k = i - 1 if _word(words, i - 1) == "يوم" else i
    end = i + 2 if _word(words, i + 1) == "الاخير" else i + 1 if _word(words, k - 1) in _COUNTING else 0
    return bool(end) and _word(words, end) in ("من", "في") and _word(words, end + 1) in _WHOLES


def take_counted(words: Words, found: TimeExpression, floor: int) -> TimeExpression | None:
    """The month or year with what is counted in it on its left; null where nothing is."""
    week = isinstance(found.moment, UnitOf) and (found.moment.unit not in ("month", "year") or found.moment.count > 1)
    if found.kind not in ("month", "year", "period") or week:
        return None
    k = found.first - (_word(words, found.first - 1) == "شهر")
    k -= _word(words, k - 1) in ("من", "في")
    nth = COUNTED.get(_word(words, k - 1)) if k - 2 >= floor else None
    if nth and _word(words, k - 2) in ("الاسبوع", "والاسبوع", "للاسبوع"):
        return replace(found, first=k - 2, kind="period", moment=NthWeek(nth, found.moment))
    if nth == -1 and (day := WEEKDAYS.get(_word(words, k - 2))) is not None:
        return replace(found, first=k - 2, kind="day", moment=NthWeekday(day, nth, found.moment))
    day = _weekday(_word(words, k - 1))
    first = k - 2 - (_word(words, k - 2) == "يوم")
    nth = _COUNTING.get(_word(words, first))
    if day is None or nth is None or first < floor:
        return None
    return replace(found, first=first, kind="day", moment=NthWeekday(day, nth, found.moment))
