"""Readings for a text that is asked about on its own: `في 15`, `22/04`, `يناير 1`, `الجمعه 22`.

In running news such words are mostly counts (`قتل الجمعه 15 شخصا`), so `khabar.resolve.times.find_times` tries these only when it is told to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from khabar.arabic.calendar import SEASONS, WEEKDAYS, Month, Unit
from khabar.arabic.numerals import Number, find_numbers, word_set
from khabar.resolve.clocks import part_of_day
from khabar.resolve.counted import Away, NthWeekday, Rest
from khabar.resolve.dates import MONTH_WORDS, bare, month_name, with_year, word_at, year_after, year_at
from khabar.resolve.durations import read_length
from khabar.resolve.moments import DateOf, DayNumber, DayOffset, DayOfMonth, Season, TimeExpression, UnitOf
from khabar.resolve.within import COUNTED

Words = Sequence[str]
Reader = Callable[[Words, int, str], TimeExpression | None]

_PAIR = re.compile(r"(\d{1,4})[/.-](\d{1,4})")
_YEARS = re.compile(r"([12]\d{3})-([12]\d{3})")
_DAY = re.compile(r"[012]?\d|3[01]")
_BEFORE_DAYS = word_set("في الي يوم ليوم عند حتي بتاريخ")
_FREE = word_set("في الي حتي من مع عند علي او و الساعه ان قد هو هي لا ما")
_UNITS: dict[str, Unit] = {"اليوم": "day", "الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year"}
_NEXT = word_set("التالي التاليه الاتي الاتيه")


def _free(words: Words, i: int) -> bool:
    """Whether what follows is no noun that a number before it could count."""
    return i >= len(words) or not words[i].isalpha() or words[i] in _FREE


def _number(words: Words, i: int, *, ordinal: bool | None = None) -> tuple[Number, int] | None:
    """The number of days that begins at `i`, and the word after; of a kind, if that matters."""
    found = next(iter(find_numbers(words[i : i + 6])), None)
    if found is None or found.first or found.vague or found.percent or not found.high or not 1 <= found.low <= found.high <= 31:
        return None
    if ordinal is not None and (found.kind == "ordinal") != ordinal:
        return None
    return found, i + found.core_last


def _pair(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`22/04`, `4/22`, `3/2015`, `2014-2018`."""
    if years := _YEARS.fullmatch(words[i]):
        first, last = int(years[1]), int(years[2])
        return TimeExpression(i, i + 1, "year", DateOf(None, year=first, until_year=last)) if first < last else None
    found = _PAIR.fullmatch(words[i])
    if found is None or word_at(words, i + 1) in MONTH_WORDS or word_at(words, i + 1) == "من":
        return None
    if 4 in (len(found[1]), len(found[2])):
        year, month = (int(part) for part in sorted(found.groups(), key=len, reverse=True))
        return TimeExpression(i, i + 1, "month", DateOf(Month(month), year=year)) if 1 <= month <= 12 and 1000 <= year < 2200 else None
    day, month = int(found[1]), int(found[2])
    if month > 12 >= day:
        day, month = month, day
    return TimeExpression(i, i + 1, "day", DateOf(Month(month), day, day)) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`في 15`, `يوم 27`, `الي 27`: digits after a preposition, with no noun to count."""
    before = bare(word_at(words, i - 1))
    after = word_at(words, i + 1)
    dated = after in ("من", "/", "-", "و", "الي", "حتي") or after in MONTH_WORDS
    hours = before in ("الي", "حتي") and part_of_day(word_at(words, i - 2))
    if not _DAY.fullmatch(words[i]) or not int(words[i]) or before not in _BEFORE_DAYS or dated or hours:
        return None
    return TimeExpression(i, i + 1, "day", DayNumber(int(words[i]))) if before == "يوم" or _free(words, i + 1) else None


def _ordinal(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الحادي والعشرين`, `للثاني`: after a preposition; a feminine below thirteen is an hour."""
    found = _number(words, i, ordinal=True)
    if found is None or not (words[i].startswith("لل") or bare(word_at(words, i - 1)) in _BEFORE_DAYS):
        return None
    hour = words[i].endswith("ه") and found[0].low < 13
    return TimeExpression(i, found[1], "day", DayNumber(found[0].low)) if not hour and _free(words, found[1]) else None


def _weekday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الجمعه 22`, `الخميس في الحادي والعشرين`, `الاحد الثاني`, `الاثنين, يناير الثاني والعشرين`."""
    weekday, k = WEEKDAYS[base], i + 1
    if word_at(words, k) in COUNTED and COUNTED[words[k]] > 0 and _free(words, k + 1):
        return TimeExpression(i, k + 1, "day", NthWeekday(weekday, COUNTED[words[k]], UnitOf("month", 0)))
    k += word_at(words, k) in ("في", ",")
    if word_at(words, k) in MONTH_WORDS:
        dated = _month_first(words, k, "")
        return TimeExpression(i, dated.last, "day", dated.moment) if dated and dated.first == k and dated.kind == "day" else None
    found = _number(words, k)
    if found is None or found[0].low != found[0].high or not _free(words, found[1]) or ":" in words[k]:
        return None
    return TimeExpression(i, found[1], "day", DayNumber(found[0].low, weekday)) if _falls(words, k, found[0].low) else None


def _falls(words: Words, k: int, day: int) -> bool:
    """Whether the number beside a weekday can be its day: not the tenth Monday (`الاثنين العاشر`) without `في`, nor a date's first part."""
    return (word_at(words, k - 1) == "في" or words[k][0].isdecimal() or day > 10) and word_at(words, k + 1) != "/"


def _month_first(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`يناير 1`, `سبتمبر الحادي والعشرين`, `نوفمبر بين 15 و19`, with a year after; not after days or `شهر`."""
    named = month_name(words, i)
    before = word_at(words, i - 1)
    if named is None or before in ("شهر", "من", "/") or before[:1].isdecimal() or before in COUNTED:
        return None
    found = _number(words, named[1])
    if found is None or word_at(words, found[1]) in MONTH_WORDS:
        return None
    value = DateOf(named[0], found[0].low, found[0].high)
    value, last = with_year(words, found[1], value)
    if word_at(words, last) == "من" and (year := year_at(words, last + 1)):
        value, last = replace(value, year=year[0]), year[1]
    return TimeExpression(i, last, "day", value)


def _following(words: Words, i: int, base: str) -> TimeExpression | None:
    """`اليوم التالي`, `الشهر التالي`; the days of a month told before it: `من 4 الي 22 هذا الشهر`."""
    unit = _UNITS[base]
    if word_at(words, i + 1) in _NEXT:
        moment = DayOffset(1) if unit == "day" else UnitOf(unit, 1)
        return TimeExpression(i, i + 2, "day" if unit == "day" else "period", moment)
    this = word_at(words, i - 1) == "هذا"
    shift = 0 if this else {"القادم": 1, "المقبل": 1, "الماضي": -1}.get(word_at(words, i + 1))
    if unit != "month" or shift is None:
        return None
    first = i - this - (word_at(words, i - this - 1) == "في")
    start = max(0, first - 7)
    days = [n for n in find_numbers(words[start:first]) if n.high and 1 <= n.low < n.high <= 31 and not n.vague]
    if not days or start + days[-1].core_last != first:
        return None
    return TimeExpression(start + days[-1].first, i + 1 + (not this), "day", DayOfMonth(days[-1].low, days[-1].high or 0, shift))


def _year(words: Words, i: int, base: str) -> TimeExpression | None:
    """`عام 247`, `عام مايتين وسبعه وستين`, `عام تسعه عشر وثمانيه وسبعين` (1978), `في الف وسبعمايه`."""
    named = base in ("عام", "سنه")
    if not named and bare(word_at(words, i - 1)) not in ("في", "مواليد", "منذ"):
        return None
    k = i + named
    if not word_at(words, k).isdecimal() and (found := next(iter(find_numbers(words[k : k + 8])), None)) is None:
        return None
    found = next(iter(find_numbers(words[k : k + 8])), None)
    if found is None or found.core_first or found.kind != "cardinal" or found.vague:
        return None
    if words[i] == "الالفين" and found.low == 2000:
        return TimeExpression(i, i + 1, "year", DateOf(None, year=2000, until_year=2009))
    year, end = found.low, k + found.core_last
    if named and 10 < year < 21 and (rest := _number_below_hundred(words, end)):
        year, end = 100 * year + rest[0], rest[1]
    return TimeExpression(i, end, "year", DateOf(None, year=year)) if 100 <= year < 2200 and (named or year > 999) else None


def _number_below_hundred(words: Words, i: int) -> tuple[int, int] | None:
    found = next(iter(find_numbers([word_at(words, i).removeprefix("و"), *words[i + 1 : i + 4]])), None)
    return (found.low, i + found.core_last) if found and not found.core_first and 9 < found.low < 100 else None


def _from_now(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`شهر و21 يوما من الان`: before or after now, by the tense."""
    if word_at(words, i - 1) != "من":
        return None
    for start in range(max(0, i - 10), i - 1):
        found = read_length(words, start)
        if found and found.end == i - 1:
            return TimeExpression(start, i + 1, "period", Away(found.length))
    return None


def _season(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الصيف`, `صيف`: a season alone."""
    name = base.removeprefix("ال")
    if year_after(words, i + 1) or word_at(words, i + 1) in ("الاول", "الثاني", "الاخر", "اول", "ثاني") or not _free(words, i + 1):
        return None
    return TimeExpression(i, i + 1, "period", Season(SEASONS[name]))


def _mine(words: Words, i: int, base: str) -> TimeExpression | None:
    """`بقيه اسبوعي`: what is left of a week or day of one's own."""
    unit: Unit = "week" if base == "اسبوعي" else "day"
    return TimeExpression(i - 1, i + 1, "period", Rest(unit)) if bare(word_at(words, i - 1)) in ("بقيه", "باقي") else None


_ORDINALS = "الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي"
_CLITICS = ("", "و", "ف", "ل", "ب")


def _table() -> dict[str, tuple[tuple[Reader, str], ...]]:
    found: dict[str, tuple[tuple[Reader, str], ...]] = {}
    table: list[tuple[Reader, Sequence[str]]] = [
        (_weekday, sorted(WEEKDAYS)),
        (_month_first, sorted(MONTH_WORDS)),
        (_following, sorted(_UNITS)),
        (_year, ("عام", "سنه", "الف", "الفين", "الفان", "الالفين")),
        (_from_now, ("الان",)),
        (_season, [*SEASONS, *("ال" + name for name in SEASONS)]),
        (_mine, ("اسبوعي", "يوم")),
        (_ordinal, [*_ORDINALS.split(), *(word + "ه" for word in _ORDINALS.split())]),
    ]
    for reader, names in table:
        for name in names:
            for clitic in _CLITICS:
                word = "لل" + name[2:] if clitic == "ل" and name.startswith("ال") else clitic + name
                found[word] = (*found.get(word, ()), (reader, name))
    return found


LOOSE = _table()
DIGITS_LOOSE: tuple[tuple[Reader, str], ...] = ((_pair, ""), (_day, ""))
