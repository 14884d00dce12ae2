"""Times: the expressions of a sentence that say when, and the days they denote (codebook, section 6).

Reads folded words. The heart of an expression is read first (`khabar.resolve.timewords`); then what stands to its left is taken
in (`في`, `مساء`, `منذ`, `مطلع`), and neighbours that make a range are joined (`من 30 جانفي الى 3 فيفري`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from khabar.arabic.calendar import DAYPARTS, PARTS
from khabar.arabic.numerals import word_set
from khabar.resolve.clocks import with_clocks
from khabar.resolve.dates import FRACTIONS, NTH
from khabar.resolve.moments import DateOf, DayOffset, Edge, Interval, Part, Range, TimeExpression, UnitOf, WeekdayOf
from khabar.resolve.timewords import is_spot, read_at
from khabar.resolve.within import take_counted

__all__ = ["Interval", "TimeExpression", "find_times"]

Words = Sequence[str]
_WHOLE = frozenset(("وقت", "فجر", "فتره", "وسط"))
_DAY_WORDS = word_set("يوم يومي ليوم ليومي بيوم ايام نهار طوال طيله كامل تاريخ بتاريخ")
_HOURS = word_set("ساعه ساعات وقت الساعات الساعه بساعه")
_HOUR_KINDS = word_set("متاخره متاخر مبكره مبكر الاولي الاولي سابق لاحق الاخيره المتاخره المبكره")
_PLAIN = word_set("في خلال اثناء عند قرب غضون بحر بحلول")
_UNTIL = word_set("حتي لغايه")
_FROM = word_set("بدايه بدءا ابتداء اعتبارا انطلاقا")
_WIDE = word_set("اوايل اواسط اواخر")
_PERIODS = word_set("الفتره المده فتره")


def _word(words: Words, i: int) -> str:
    """The word at `i` without a joining `و` or `ف`; empty beyond the ends."""
    word = words[i] if 0 <= i < len(words) else ""
    return word[1:] if len(word) > 2 and word[0] in "وف" and word not in _WHOLE else word


def _take_dayparts(words: Words, found: TimeExpression, floor: int) -> TimeExpression:
    """With `مساء`, `بعد ظهر`, `منتصف ليل`, `يوم` and the hours before them: `في الساعات الاولي من فجر`."""
    first = found.first
    while first > floor:
        word = _word(words, first - 1)
        half = word in ("منتصف", "بعد", "قبل", "اول", "اخر") and _word(words, first) in ("ليل", "ظهر", "عصر", "الليل", "منتصف", "زوال")
        if not (word in DAYPARTS or word in _DAY_WORDS or half):
            break
        first -= 1
    k = first - 1 if _word(words, first - 1) == "من" else first
    if k - 2 >= floor and _word(words, k - 1) in _HOUR_KINDS and _word(words, k - 2) in _HOURS:
        side: dict[str, Literal["earlier", "later"]] = {"سابق": "earlier", "لاحق": "later"}
        of = side.get(_word(words, k - 1)) if isinstance(found.moment, UnitOf) else None
        return replace(found, first=k - 2, moment=Edge(found.moment, of) if of else found.moment)
    return replace(found, first=first)


def _take_part(words: Words, found: TimeExpression, floor: int) -> TimeExpression:
    """With `مطلع`, `منتصف شهر`, `النصف الاول من` before a month, week or year."""
    first = found.first
    if found.kind == "month" and first > floor and _word(words, first - 1) in ("شهر", "شهري", "لشهر", "بشهر"):
        first -= 1
    word = _word(words, first - 1) if first > floor else ""
    name = word if word in PARTS else word[1:] if word[:1] in ("ب", "ل") else ""
    if name in PARTS and found.kind in ("month", "year", "period"):
        return replace(found, first=first - 1, moment=Part(found.moment, PARTS[name], wide=name in _WIDE))
    k = first - 1 if word == "من" else first
    parts, nth = FRACTIONS.get(_word(words, k - 2)), NTH.get(_word(words, k - 1))
    if k - 2 >= floor and parts and nth and found.kind in ("month", "year"):
        return replace(found, first=k - 2, moment=Part(found.moment, nth % (parts + 1) if nth > 0 else parts, parts))
    return replace(found, first=first)


def _take_preposition(words: Words, found: TimeExpression, floor: int) -> TimeExpression:
    """With `في`, `منذ`, `حتي`, `بدايه من`, `الى غايه` before everything else."""
    first = found.first
    if first - 1 >= floor and _word(words, first - 1) in _PERIODS and found.kind in ("range", "year"):
        first -= 1
    word, before = (_word(words, first - k) if first - k >= floor else "" for k in (1, 2))
    if word == "من" and before in _FROM:
        return replace(found, first=first - 2, moment=Edge(found.moment, "from"))
    if word == "منذ":
        return replace(found, first=first - 1, moment=Edge(found.moment, "since"))
    if word == "قبل" and before != "من" and found.kind in ("day", "weekday", "month", "year") and not isinstance(found.moment, Edge | DayOffset):
        return replace(found, first=first - 1, moment=Edge(found.moment, "before"))
    far = word in ("غايه", "حدود") and before in ("الي", "حتي")
    if word in _UNTIL or far:
        return replace(found, first=first - 1 - far, moment=Edge(found.moment, "until"))
    return replace(found, first=first - 1 if word in _PLAIN else first)


def _extended(words: Words, heart: TimeExpression, floor: int) -> TimeExpression:
    """The heart with all that belongs to it on its left, nothing before `floor`."""
    if heart.kind == "vague":
        first = heart.first - (heart.first > floor and _word(words, heart.first - 1) in ("في", "قبل", "بعد", "منذ", "خلال", "حتي"))
        return replace(heart, first=first)
    found = _take_dayparts(words, heart, floor)
    found = take_counted(words, found, floor) or _take_part(words, found, floor) if found.kind in ("month", "year", "period") else found
    return _take_preposition(words, found, floor)


def _range(words: Words, left: TimeExpression, right: TimeExpression, floor: int) -> TimeExpression | None:
    """The two as one, if what stands between says so: `الى`, `وحتى`, `و`, the dash of `ليله الاربعاء - الخميس`."""
    gap = [_word(words, k) for k in range(left.last, right.first) if words[k] != ","]
    start = left.moment.of if isinstance(left.moment, Edge) and left.moment.side != "until" else left.moment
    opened = start is not left.moment or (left.first > floor and _word(words, left.first - 1) in ("من", "بين"))
    if "vague" in (left.kind, right.kind):
        return None
    end = right.moment
    nights = gap in (["-"], ["/"], ["او"]) and left.kind == right.kind == "weekday"
    if not gap and isinstance(end, Edge) and end.side == "until" and opened:
        end = end.of
    elif not (nights or gap in (["الي"], ["حتي"]) or _told_in_a_row(words, left, right, gap)):
        return None
    if isinstance(start, Range):
        start = start.start
    first = left.first - (start is left.moment and opened)
    return TimeExpression(first, right.last, "range", Range(start, end))


def _stated(found: TimeExpression) -> bool:
    """A day with its year."""
    return found.kind == "day" and isinstance(found.moment, DateOf) and found.moment.year is not None


def _told_in_a_row(words: Words, left: TimeExpression, right: TimeExpression, gap: Sequence[str]) -> bool:
    """Days or months with no more than `و`, `او` or the dash of two full dates between them."""
    dashed = gap == ["-"] and _stated(left) and _stated(right)
    return dashed or _months_linked(words, left, right, gap) or (gap in (["و"], []) and _linked(words, left, right))


def _months_linked(words: Words, left: TimeExpression, right: TimeExpression, gap: Sequence[str]) -> bool:
    """`مارس وجوان ونوفمبر 2015`, `سبتمبر او اكتوبر المقبلين`: months told in a row, the year once."""
    start = left.moment.start if isinstance(left.moment, Range) else left.moment
    named = isinstance(start, DateOf) and isinstance(right.moment, DateOf) and start.first is None and right.kind == "month"
    if not named or not isinstance(start, DateOf) or start.month is None or start.year or start.shift is not None:
        return False
    return gap in (["او"], ["و"]) or (not gap and words[right.first].startswith("و"))


def _in_week(week: TimeExpression, days: TimeExpression) -> TimeExpression | None:
    """`الاسبوع المقبل بين الاربعاء والجمعه`, `هذا الاسبوع الجمعه` as one: weekdays right after the week they lie in."""
    whole, inner = week.moment, days.moment
    if not isinstance(whole, UnitOf) or whole.unit != "week" or whole.count != 1 or week.last != days.first:
        return None
    if isinstance(inner, WeekdayOf) and inner.shift is None:
        return replace(days, first=week.first, moment=replace(inner, week=whole.shift))
    if isinstance(inner, Range) and isinstance(inner.start, WeekdayOf) and isinstance(inner.end, WeekdayOf):
        start, end = replace(inner.start, week=whole.shift), replace(inner.end, week=whole.shift)
        return replace(days, first=week.first, moment=Range(start, end))
    return None


def _linked(words: Words, left: TimeExpression, right: TimeExpression) -> bool:
    """Days told one after the other, with `و` or, for two weekdays of one night, without."""
    days = left.kind in ("day", "weekday", "range") and right.kind in ("day", "weekday")
    return days and (words[right.first].startswith("و") or words[right.first - 1] == "و" or left.kind == right.kind == "weekday")


def _joined(words: Words, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Neighbours that make a range made one."""
    out: list[TimeExpression] = []
    floor = 0
    for right in found:
        whole = _range(words, out[-1], right, floor) if out else None
        if whole:
            floor = out[-2].last if len(out) > 1 else 0
            out[-1] = _take_preposition(words, whole, floor) if not isinstance(out[-1].moment, Edge) else whole
        else:
            floor = out[-1].last if out else 0
            out.append(right)
    return _weeks_joined(out)


def _weeks_joined(found: Sequence[TimeExpression]) -> list[TimeExpression]:
    out: list[TimeExpression] = []
    for days in found:
        whole = _in_week(out[-1], days) if out else None
        out[-1:] = [whole] if whole else [*out[-1:], days]
    return out


def find_times(words: Sequence[str], *, loose: bool = False) -> list[TimeExpression]:
    """The time expressions of one sentence of folded words, signs being words of their own, in order. Never raises on any text.

    `loose`, for a text that is asked about on its own: bare days (`في 15`, `22/04`), months before their days and times of day alone count.
    """
    spots = [i for i, word in enumerate(words) if is_spot(word, loose)]
    found: list[TimeExpression] = []
    floor = 0
    for i in spots:
        heart = read_at(words, i, floor, loose) if i >= floor else None
        if heart:
            found.append(_extended(words, heart, floor))
            floor = heart.last
    joined = _joined(words, found) if len(found) > 1 else found
    return with_clocks(words, joined, loose)
