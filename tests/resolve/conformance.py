"""The Arabic date and number cases of Microsoft's Recognizers-Text, read by ours: an adapter from its values to our days.

- A case gives two answers, one for a planned and one for a past event; either is right.
- Its periods end before their last day (`endDate` is the day after), ours on it. Where the text itself names the last day (`من 4 إلى 22`),
  Microsoft's end is that very day, as if it were left out: there our end, which counts the day in, may equal theirs. So may the end of
  `بقية الأسبوع`, which Microsoft gives as the last day itself.
- Where a case has no dates (`الصيف`), it is right to find the expression and to give no other day than a season's.
- Only expressions that touch the words of the case's answer are looked at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from khabar.arabic.numerals import find_numbers
from khabar.resolve.durations import Length, read_length
from khabar.resolve.moments import Clock, TimeExpression
from khabar.resolve.times import find_times
from khabar.segment.tokens import Token, tokens

FOLDER = Path(os.environ.get("KHABAR_SHARED") or Path(__file__).parents[3] / "shared") / "conformance"
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the day it is read on, and what is to be found in it: the words and the values for the future and the past."""

    text: str
    today: date
    answers: tuple[dict[str, Any], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(answer["Text"].strip() for answer in self.answers)

    def values(self, k: int = 0) -> list[dict[str, str]]:
        """The resolutions of the answer number `k`."""
        value = self.answers[k].get("Value") or {}
        return [value.get("FutureResolution") or {}, value.get("PastResolution") or {}]


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of a file of the folder, in order."""
    found = json.loads((FOLDER / f"{name}.json").read_text("utf-8-sig"))
    return tuple(Case(c["Input"], date.fromisoformat(c.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10]), tuple(c["Results"])) for c in found)


def touching(case: Case, k: int = 0) -> list[TimeExpression]:
    """Our expressions that share words with the answer number `k`; all of them where its words do not stand in the text."""
    words = tokens(case.text)
    start = case.text.find(case.texts[k])
    end = start + len(case.texts[k])
    found = find_times([word.norm for word in words], loose=True)
    return [e for e in found if start < 0 or _shares(words, e, start, end)]


def _shares(words: list[Token], e: TimeExpression, start: int, end: int) -> bool:
    return words[e.first].start < end and start < words[e.last - 1].end


def _readings(case: Case) -> Iterator[tuple[TimeExpression, Days]]:
    for expression in touching(case):
        for future in (True, False):
            found = expression.resolve(case.today, future=future)
            yield expression, (found.start, found.end) if found else (None, None)


def _day(text: str) -> date | None:
    return None if text.startswith("0001") else date.fromisoformat(text[:10])


def names_its_end(expression: TimeExpression) -> bool:
    """Whether the text says the last day itself: `من 4 إلى 22`, `بقية الأسبوع`."""
    return expression.kind in ("day", "range") or type(expression.moment).__name__ == "Rest"


def date_right(case: Case) -> bool:
    """A single day: DateParser, HolidayParser. A day that does not exist is to be found and to stay without date."""
    wanted = {(_day(value["date"]),) * 2 for value in case.values()}
    return any(days in wanted for _, days in _readings(case))


def period_right(case: Case) -> bool:
    """Days from and to: DatePeriodParser."""
    values = [value for value in case.values() if "startDate" in value]
    if not values:
        return bool(touching(case))
    wanted = [(_day(value["startDate"]), date.fromisoformat(value["endDate"])) for value in values]
    for expression, (first, last) in _readings(case):
        for start, end in wanted:
            if first == start and (last == end - timedelta(1) or (last == end and names_its_end(expression))):
                return True
    return False


def _time(text: str) -> time:
    return time.fromisoformat(text[-8:])


def time_right(case: Case) -> bool:
    """A time of day: TimeParser."""
    wanted = {_time(value["time"]) for value in case.values()}
    return any(e.clock and e.clock.start in wanted for e in touching(case))


def _ends(clock: Clock) -> tuple[time | None, time | None]:
    return clock.start, clock.end


def time_period_right(case: Case) -> bool:
    """Times of day from and to: TimePeriodParser. Parts of a day (`في الليل`), to which Microsoft gives hours of its own, need only be found."""
    wanted = {(_time(value["startTime"]), _time(value["endTime"])) for value in case.values()}
    stated = any(char.isdigit() for char in case.answers[0]["Value"]["Timex"])
    return any(not stated or (e.clock is not None and _ends(e.clock) in wanted) for e in touching(case))


def datetime_right(case: Case) -> bool:
    """A day with a time of day: DateTimeParser."""
    wanted = {(_day(value["dateTime"]), _time(value["dateTime"])) for value in case.values()}
    return any(days[0] == days[1] and (days[0], e.clock.start if e.clock else time()) in wanted for e, days in _readings(case))


def datetime_period_right(case: Case) -> bool:
    """A day with hours from and to: DateTimePeriodParser. Where the hours are those of a part of the day, the day is enough."""
    ends = [(value["startDateTime"], value["endDateTime"]) for value in case.values()]
    wanted = {(_day(a), _day(b), _time(a), _time(b)) for a, b in ends}
    part = "T" in case.answers[0]["Value"]["Timex"] and case.answers[0]["Value"]["Timex"][-2:].isalpha()
    for e, days in _readings(case):
        if part and any(days == ends[:2] for ends in wanted):
            return True
        if e.clock and (*days, *_ends(e.clock)) in wanted:
            return True
    return False


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}


def seconds(length: Length) -> float:
    """A length of time as Microsoft counts it: a month has 30 days, a year 365."""
    return sum(count * _SECONDS[unit] for count, unit in length)


def duration_right(case: Case) -> bool:
    """A length of time: DurationParser."""
    words = [word.norm for word in tokens(case.text)]
    lengths = (found for i in range(len(words)) if (found := read_length(words, i)))
    return float(case.values()[0]["duration"]) in {seconds(found.length) for found in lengths}


def _numbers(case: Case) -> list[float]:
    return [float((answer.get("Value") or answer.get("Resolution"))["value"].rstrip("%")) for answer in case.answers]


def whole(case: Case) -> bool:
    """Whether all the numbers of a case are whole."""
    return bool(case.answers) and all(number.is_integer() for number in _numbers(case))


def number_right(case: Case) -> bool:
    """Numbers: NumberModel, its whole-number cases."""
    found = find_numbers([word.norm for word in tokens(case.text)], loose=True)
    return all(number in [n.low if n.value is None else n.value for n in found] for number in _numbers(case))


def percent_right(case: Case) -> bool:
    """Percentages: PercentModel."""
    found = find_numbers([word.norm for word in tokens(case.text)], loose=True)
    return all(number in [n.low for n in found if n.percent] for number in _numbers(case))


def _ordinal(case: Case) -> list[str]:
    return [answer["Resolution"]["value"] for answer in case.answers]


def ordinal_right(case: Case) -> bool:
    """Ordinals told as numbers: OrdinalModel without `التالي` and `الأخير`."""
    found = find_numbers([word.norm for word in tokens(case.text)])
    return all(value in [str(n.low) for n in found] for value in _ordinal(case))


def found_right(case: Case) -> bool:
    """Expressions found: the extractors. Where a case has none, none may be found."""
    if not case.answers:
        return not find_times([word.norm for word in tokens(case.text)], loose=True)
    return all(touching(case, k) for k in range(len(case.answers)))


@dataclass(frozen=True, slots=True)
class Measure:
    """A file of the folder, how its cases are judged, and which of them."""

    name: str
    right: Callable[[Case], bool]
    only: Callable[[Case], bool] = lambda _: True

    def counts(self) -> tuple[int, int]:
        """How many cases are right, of how many."""
        chosen = [case for case in cases(self.name) if self.only(case)]
        return sum(self.right(case) for case in chosen), len(chosen)

    def wrong(self) -> list[str]:
        """The texts of the cases that are not right."""
        return [case.text for case in cases(self.name) if self.only(case) and not self.right(case)]


MEASURES = (
    Measure("datetime-DateParser", date_right),
    Measure("datetime-DatePeriodParser", period_right),
    Measure("number-NumberModel", number_right, whole),
    Measure("datetime-TimeParser", time_right),
    Measure("datetime-TimePeriodParser", time_period_right),
    Measure("datetime-DateTimeParser", datetime_right),
    Measure("datetime-DateTimePeriodParser", datetime_period_right),
    Measure("datetime-HolidayParser", date_right),
    Measure("datetime-DurationParser", duration_right),
    Measure("number-OrdinalModel", ordinal_right, lambda case: all(value.isdecimal() for value in _ordinal(case))),
    Measure("number-PercentModel", percent_right),
    Measure("datetime-DateExtractor", found_right),
    Measure("datetime-DatePeriodExtractor", found_right),
    Measure("datetime-TimeExtractor", found_right),
    Measure("datetime-TimePeriodExtractor", found_right),
    Measure("datetime-DateTimeExtractor", found_right),
    Measure("datetime-DateTimePeriodExtractor", found_right),
    Measure("datetime-HolidayExtractor", found_right),
)
