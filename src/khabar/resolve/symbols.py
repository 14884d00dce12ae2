"""Symbols: what a time expression means without a day to read it against, in the style of TIMEX3.

| symbol | meaning |
|---|---|
| `2019-11-05`, `2019-11`, `2019` | a date, month or year as stated; `X` for what is not said: `XXXX-11-05`, `XXXX-XX-15` |
| `H1436-09-03` | the same in the Hijri calendar |
| `XXXX-WXX-5` | a weekday, Monday being 1; `XXXX-WXX-WE` a weekend, `XXXX-SU` a season (SP, SU, FA, WI) |
| `...@-1`, `@0`, `@1` | the last, the current, the next of its kind: `XXXX-10@-1`; `@-2..-1` the last two |
| `XXXX-WXX@0`, `XXXX-XX@1` | a week, a month; so `XXXX` a year, `XXX` a decade, `XX` a century |
| `P-1D`, `P2W`, `P-1Y3M` | the day that lies so far from today |
| `(a,b)` | from a to b, an open end left empty, `(,<b)` ending before b; `(PT-24H,PRESENT_REF)` the last 24 hours |
| `...-START`, `-MID`, `-END` | a third of it, `+` for `أوائل`, `أواسط`, `أواخر`; `-H1` a half, `-Q3` a quarter |
| `...-#2`, `...-W#3` | the second of such weekdays in it, its third week; `#-1` the last |
| `...&WXX-5` | said to be a Friday besides |
| `TOLD+0D`, `TOLD+1D`, `TOLD-2Y` | the day of the time told before it, the next day, the year two years before |
| `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`, `X` | undated: past, now, to come, not said |
"""

from __future__ import annotations

from khabar.arabic.calendar import Month, Unit
from khabar.resolve.counted import Away, NthWeek, NthWeekday, Rest, Weekend, Within
from khabar.resolve.moments import (
    Ago,
    Anniversary,
    Century,
    DateOf,
    DayNumber,
    DayOffset,
    DayOfMonth,
    Edge,
    Moment,
    Now,
    Part,
    Range,
    Season,
    Stretch,
    Undated,
    UnitOf,
    WeekdayOf,
)
from khabar.resolve.told import Told

_REFS = {"past": "PAST_REF", "future": "FUTURE_REF", "unknown": "X"}
_UNITS: dict[Unit, str] = {
    "hour": "XXXX-XX-XXTXX", "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip
_LETTERS = {"hour": "H", "minute": "M", "second": "S", "day": "D", "week": "W", "month": "M", "year": "Y", "decade": "0Y", "century": "00Y"}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_THIRDS = {1: "START", 2: "MID", 3: "END"}


def symbol(moment: Moment) -> str:
    """The stable symbolic form of a moment, told by the table above; `X` for a kind of moment that is not ours."""
    match moment:
        case Undated(side):
            return _REFS[side]
        case Now():
            return "PRESENT_REF"
        case DayOffset(days, weekday):
            return f"P{days}D{_said(weekday)}"
        case Anniversary(year):
            return f"{year:04}-XX-XX@0"
        case WeekdayOf() | UnitOf() | Season() | DayNumber() | DayOfMonth() | Weekend():
            return _recurring(moment)
        case Stretch(unit, count):
            return _ordered(_length([(-count, unit)]), "PRESENT_REF", swap=count < 0)
        case Ago(unit, count):
            return _length([(-count, unit)])
        case Away(length, ahead):
            return ("" if ahead is not None else "~") + _length([(count if ahead else -count, unit) for count, unit in length])
        case DateOf():
            return _date(moment)
        case Part(whole, index, parts, wide):
            return f"{symbol(whole)}-{_part(index, parts)}{'+' if wide else ''}"
        case Edge(of, side):
            opened = {"before": f"(,<{symbol(of)})", "until": f"(,{symbol(of)})", "from": f"({symbol(of)},)", "later": f"(PRESENT_REF,{symbol(of)})"}
            return opened.get(side, f"({symbol(of)},PRESENT_REF)")
        case Range(start, end):
            return f"({symbol(start)},{symbol(end)})"
        case NthWeekday(weekday, nth, whole):
            return f"{symbol(whole)}-WXX-{weekday + 1}-#{nth}"
        case NthWeek(nth, whole):
            return f"{symbol(whole)}-W#{nth}"
        case Century(number):
            return f"({100 * number - 99:04},{100 * number:04})"
        case Within(unit, count):
            return "~" + _length([(count, unit)])
        case Rest(unit):
            return f"(PRESENT_REF,{_UNITS[unit]}@0)"
        case Told(unit, shift):
            return f"TOLD{shift:+}{_LETTERS[unit]}"
    return "X"


def _part(index: int, parts: int) -> str:
    return _THIRDS[index] if parts == 3 else f"{'H' if parts == 2 else 'Q'}{index}"


def _recurring(moment: WeekdayOf | UnitOf | Season | DayNumber | DayOfMonth | Weekend) -> str:
    """What comes back every week, month or year, and which of its returns is meant."""
    match moment:
        case WeekdayOf(weekday, shift, week):
            return f"XXXX-WXX{_at(week)}-{weekday + 1}{_at(shift)}"
        case UnitOf(unit, shift, count):
            further = shift + (count - 1 if shift > 0 else 1 - count)
            return f"{_UNITS[unit]}@{shift}" if count == 1 else f"{_UNITS[unit]}@{min(shift, further)}..{max(shift, further)}"
        case Season(month, year, shift, year_shift):
            return f"{_year(year)}{_at(year_shift)}-{_SEASONS[month]}{_at(shift)}"
        case DayNumber(day, weekday):
            return f"XXXX-XX-{day:02}{_said(weekday)}"
        case DayOfMonth(first, last, shift):
            days = [f"XXXX-XX@{shift}-{day:02}" for day in (first, last)]
            return _ordered(*days) if first < last else days[0]
        case Weekend():
            return "XXXX-WXX-WE"


def _date(moment: DateOf) -> str:
    if moment.month is None:
        return _year(moment.year) if moment.until_year is None else _ordered(_year(moment.year), _year(moment.until_year))
    month = _month(moment.month, moment.year, moment.year_shift)
    if moment.first is None:
        return month + _at(moment.shift)
    days = [f"{month}-{day:02}{_at(moment.shift)}" for day in (moment.first, moment.last or moment.first)]
    return (_ordered(*days) if days[0] != days[1] else days[0]) + _said(moment.weekday)


def _month(month: Month, year: int | None, year_shift: int | None) -> str:
    return f"{'H' if month.hijri else ''}{_year(year)}{_at(year_shift)}-{month.number:02}"


def _year(year: int | None) -> str:
    return "XXXX" if year is None else f"{year:04}"


def _at(shift: int | None) -> str:
    return "" if shift is None else f"@{shift}"


def _said(weekday: int | None) -> str:
    return "" if weekday is None else f"&WXX-{weekday + 1}"


def _ordered(a: str, b: str, *, swap: bool = False) -> str:
    return f"({b},{a})" if swap else f"({a},{b})"


def _length(parts: list[tuple[float, str]]) -> str:
    """`P-1Y3M`, `PT-24H`: the sign, told once, is that of all parts."""
    sign = "-" if any(count < 0 for count, _ in parts) else ""
    days = "".join(f"{abs(count):g}{_LETTERS[unit]}" for count, unit in parts if unit not in ("hour", "minute", "second"))
    hours = "".join(f"{abs(count):g}{_LETTERS[unit]}" for count, unit in parts if unit in ("hour", "minute", "second"))
    return f"P{sign if days else ''}{days}" + (f"T{'' if days else sign}{hours}" if hours else "")
