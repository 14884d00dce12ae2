"""Readers of the hearts of time expressions, each beginning at a word of the dictionary `SPOTS`: `الجمعه الماضي`, `8 و9 مارس`.

What stands to the left of a heart, and what joins two, is the business of `khabar.resolve.times`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from khabar.arabic.calendar import FEASTS, MONTHS, RECENT, SEASONS, SHIFTS, UNITS, WEEKDAYS, Month, Unit
from khabar.arabic.numerals import find_numbers, word_set
from khabar.resolve.moments import (
    Ago,
    Anniversary,
    DateOf,
    DayOffset,
    DayOfMonth,
    Edge,
    Moment,
    Now,
    Season,
    Stretch,
    TimeExpression,
    Undated,
    UnitOf,
    WeekdayOf,
)

Words = Sequence[str]


Reader = Callable[[Words, int, str], TimeExpression | None]

_YEAR = re.compile(r"1[3-9]\d\d|20\d\d")
_NUMERIC_DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_OPEN, _CLOSE = frozenset('("'), frozenset(')"')
_BETWEEN_NAMES = frozenset(("/", "-", "(", "او"))
_THIS = word_set("هذا هذه بهذا بهذه")
_NOT_DATES = word_set("شارع ميدان جسر مدينه ثوره حركه كتايب مستشفي جامعه احداث هجمات اعتداءات حي ساحه دوار ملعب تحالف منظمه حزب عمليه بيان")
_NOT_WEEKDAYS = word_set("صلاه خطبه صحيفه سوق جامع مسجد قداس ملحق")
_NOT_TODAY = word_set("التالي نفسه ذاته الواحد الوطني العالمي الدولي الدراسي المذكور المفتوح الاخير الذي السابق الموالي العربي الاعلامي التضامني السابع")
_NOT_YEAR = word_set("الامين النايب المدير الراي القايد المدعي المفتش الكاتب الاضراب القطاع المنسق المراقب الموتمر السكرتير النظام الحق")
_MONTH_PREPOSITIONS = word_set("في خلال منذ حتي بحلول شهر لشهر بشهر وفي ومنذ مطلع منتصف نهايه اواخر اوايل بدايه اواسط مستهل من الي")
_YEAR_PREPOSITIONS = word_set("في خلال منذ حتي بحلول وفي ومنذ مطلع منتصف نهايه اواخر اوايل بدايه اواسط مستهل قبل بعد صيف شتاء ربيع خريف")
_FEAST_PREPOSITIONS = word_set("في خلال اثناء يوم ايام ليله صباح مساء منذ حتي بحلول عشيه ليوم")
_ABOUT = word_set("نحو حوالي قرابه زهاء")
_DEFINITE: dict[str, tuple[Unit, int]] = {"ال" + word: unit for word, unit in UNITS.items()}
_DECADES = {name + ending: 1900 + 10 * k for k, name in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 3) for ending in ("ينيات", "ينات")}


def _word(words: Words, i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _bare(word: str) -> str:
    """Without `و` or `ف` in front, where a longer word is left."""
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def _year_at(words: Words, i: int) -> tuple[int, int] | None:
    """A year in digits or words at `i` and the word after it, its `م` or `ه` included."""
    if _YEAR.fullmatch(_word(words, i)):
        return int(words[i]), i + 2 if _word(words, i + 1) in ("م", "ه", "هجري", "ميلادي", "هجريه", "ميلاديه") else i + 1
    if _word(words, i).startswith("الفين") or _word(words, i) == "الف":
        number = next(iter(find_numbers(words[i : i + 8])), None)
        if number and number.core_first == 0 and 1900 < number.low < 2100:
            return number.low, i + number.core_last
    return None


def _year_after(words: Words, i: int) -> tuple[int, int] | None:
    """A year at `i`, `عام`, `من عام` and the like before it allowed."""
    k = i + 1 if _word(words, i) == "من" else i
    if _word(words, k) in ("عام", "سنه", "العام", "السنه", "لعام", "لسنه"):
        return _year_at(words, k + 1)
    return _year_at(words, i)


def _year_shift(words: Words, i: int) -> tuple[int, int] | None:
    """`من العام الماضي`, `من هذا العام`, `العام الحالي` at `i`: the shift and the word after."""
    k = i + 1 if _word(words, i) == "من" else i
    if _word(words, k) in _THIS and _word(words, k + 1) in ("العام", "السنه"):
        return 0, k + 2
    if _word(words, k) in ("العام", "السنه") and _word(words, k + 1) in SHIFTS:
        return SHIFTS[words[k + 1]], k + 2
    return None


def _days_before(words: Words, end: int, floor: int = 0) -> tuple[int, int, int] | None:
    """Days of a month that end right before `end`: first day, last day, and the word they begin at."""
    start = max(floor, end - 6)
    numbers = [n for n in find_numbers(words[start:end]) if not n.vague and n.high and 1 <= n.low <= n.high <= 31]
    if not numbers or start + numbers[-1].core_last != end:
        return None
    last = numbers[-1]
    first = start + (last.first if last.high != last.low else last.core_first)
    low = last.low
    for other in reversed(numbers[:-1] if last.high == last.low else []):
        between = list(words[start + other.core_last : first])
        if other.low >= low or not (between == ["و"] or (not between and words[first].startswith("و"))):
            break
        low, first = other.low, start + other.core_first
    return low, last.high or last.low, first


def _month_name(words: Words, i: int) -> tuple[Month, int] | None:
    """The month named at `i` and the word after, its second name included: `تموز/يوليو`, `سبتمبر (ايلول)`, `يوليو تموز`."""
    for size in (2, 1):
        name = " ".join(words[i : i + size])
        month = MONTHS.get(name) or MONTHS.get(name[1:] if name[0] in "وفبل" else "")
        if month and len(words) >= i + size:
            return _second_name(words, i + size, month)
    return None


def _second_name(words: Words, i: int, month: Month) -> tuple[Month, int]:
    k = i + 1 if _word(words, i) in _BETWEEN_NAMES else i
    for size in (2, 1):
        other = MONTHS.get(" ".join(words[k : k + size])) if k + size <= len(words) else None
        if other and other[:2] == month[:2]:
            end = k + size
            return month._replace(weak=False), end + 1 if _word(words, i) == "(" and _word(words, end) == ")" else end
    return month, i


def _month(words: Words, i: int, _base: str) -> TimeExpression | None:
    """A month with the days before it and the year or shift after it."""
    named = _month_name(words, i)
    if named is None:
        return None
    month, end = named
    before = i - 1 if _word(words, i - 1) in ("شهر", "من") else i
    before = before - 1 if before < i and _word(words, before - 1) == "من" else before
    days = _days_before(words, before)
    value = DateOf(month, *(days[:2] if days else ()))
    value, last = _with_year(words, end, value)
    if days and _word(words, days[2] - 1) in _NOT_DATES:
        return None
    if words[i] in ("باب", "لاب", "فاب"):
        return None
    if month.weak and not days and last == end and (_word(words, i - 1) not in _MONTH_PREPOSITIONS or words[i] == "اب"):
        return None
    first = days[2] if days else i
    return TimeExpression(first, last, "day" if days else "month", value)


def _with_year(words: Words, i: int, value: DateOf) -> tuple[DateOf, int]:
    """The date with the year, shift or year shift that stands at `i`, and the word after."""
    k = i + 1 if _word(words, i) in ("(", ",") and _YEAR.fullmatch(_word(words, i + 1)) and _word(words, i) == "," else i
    if year := _year_after(words, k):
        return replace(value, year=year[0]), year[1]
    if _word(words, i) in SHIFTS:
        return replace(value, shift=SHIFTS[words[i]]), i + 1
    if shift := _year_shift(words, i):
        return replace(value, year_shift=shift[0]), shift[1]
    return value, i


def _date_after(words: Words, i: int) -> TimeExpression | None:
    """A date that begins at `i`, after `,`, `(` or `الموافق` at most: `الخميس, 8 جوان 2017`."""
    k = i + 1 if _word(words, i) in (",", "(", ")", "الموافق", "الموافقه") else i
    for at in range(k + 1, min(k + 5, len(words))):
        if words[at] in _MONTH_WORDS:
            found = _month(words, at, words[at])
            if found and found.first == k and found.kind == "day":
                return replace(found, last=found.last + (_word(words, i) == "(" and _word(words, found.last) == ")"))
    return _digits(words, k, "") if _NUMERIC_DATE.fullmatch(_word(words, k)) or _word(words, k + 1) == "/" else None


def _closed(words: Words, i: int) -> tuple[int, int] | None:
    """A weekday at `i`, bare or in brackets: the weekday and the word after."""
    if _word(words, i) in WEEKDAYS:
        return WEEKDAYS[words[i]], i + 1
    if _word(words, i) in _OPEN and _word(words, i + 1) in WEEKDAYS and _word(words, i + 2) in _CLOSE:
        return WEEKDAYS[words[i + 1]], i + 3
    return None


def _weekday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الجمعه`, `الجمعه الماضي`, `الجمعه من الاسبوع المقبل`, `الخميس 16 فيفري 2017`."""
    if _word(words, i - 1) in _NOT_WEEKDAYS or _word(words, i + 1) in ("عشر", "عشره"):
        return None
    number, end = WEEKDAYS[base], i + 1
    k = end + (_word(words, end) == "ما")
    if _word(words, k) == "قبل" and _word(words, k + 1) in SHIFTS:
        return TimeExpression(i, k + 2, "weekday", WeekdayOf(number, -2))
    shift = SHIFTS.get(_word(words, end))
    end += shift is not None
    if dated := _date_after(words, end):
        value = replace(dated.moment, weekday=number) if isinstance(dated.moment, DateOf) else dated.moment
        return TimeExpression(i, dated.last, "day", value)
    if _word(words, end) == "من" and _word(words, end + 1) == "الاسبوع" and _word(words, end + 2) in SHIFTS:
        return TimeExpression(i, end + 3, "weekday", WeekdayOf(number, week=SHIFTS[words[end + 2]]))
    if _word(words, end) == "من" and _word(words, end + 1) == "هذا" and _word(words, end + 2) == "الاسبوع":
        return TimeExpression(i, end + 3, "weekday", WeekdayOf(number, week=0))
    return TimeExpression(i, end, "weekday", WeekdayOf(number, shift))


def _bare_weekday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`يوم جمعه`: without its article a weekday only after `يوم`."""
    return TimeExpression(i, i + 1, "weekday", WeekdayOf(WEEKDAYS["ال" + base])) if _bare(_word(words, i - 1)) in ("يوم", "ليوم") else None


def _offset(words: Words, i: int, first: int, end: int, days: int) -> TimeExpression:
    """A day told from today, with the weekday or date that follows it."""
    weekday = _closed(words, end)
    end = weekday[1] if weekday else end
    if dated := _date_after(words, end):
        return replace(dated, first=first)
    return TimeExpression(first, end, "day", DayOffset(days, weekday[0] if weekday else None))


def _yesterday(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`امس`, `امس الاول`, `اول امس`, `اول من امس`."""
    if _word(words, i + 1) == "الاول":
        return _offset(words, i, i, i + 2, -2)
    if _bare(_word(words, i - 1)) == "اول":
        return _offset(words, i, i - 1, i + 1, -2)
    if _word(words, i - 1) == "من" and _bare(_word(words, i - 2)) == "اول":
        return _offset(words, i, i - 2, i + 1, -2)
    return _offset(words, i, i, i + 1, -1)


def _tomorrow(words: Words, i: int, base: str) -> TimeExpression | None:
    """`غدا`, `الغد`, `بعد غد`."""
    after = _bare(_word(words, i - 1)) == "بعد"
    if base == "غد" and not after and _bare(_word(words, i - 1)) not in ("يوم", "ليوم", "من", "مساء", "صباح", "ظهر", "فجر", "حتي"):
        return None
    return _offset(words, i, i - after, i + 1, 1 + after)


def _today(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`اليوم`, `اليوم الجمعه`; not `اليوم التالي`, `المصري اليوم`; `لليوم السادس` counts the days up to today."""
    before, after = _bare(_word(words, i - 1)), _word(words, i + 1)
    number = next(iter(find_numbers(words[i + 1 : i + 3])), None)
    if number and number.core_first == 0 and number.kind == "ordinal":
        if words[i] != "لليوم":
            return None
        end = i + 1 + number.core_last
        end += 2 if list(words[end : end + 2]) == ["علي", "التوالي"] else 0
        return TimeExpression(i, end, "period", Stretch("day", number.low))
    if after in _NOT_TODAY or before in ("المصري", "ذلك", "نفس", "في") or words[i] == "لليوم":
        return None
    if after in SHIFTS or after in RECENT:
        return None
    return _offset(words, i, i - (before in _THIS), i + 1, 0)


def _tonight(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الليله الماضيه`, `هذه الليله`, `الليله`."""
    shift = SHIFTS.get(_word(words, i + 1))
    if shift is not None:
        return TimeExpression(i, i + 2, "day", DayOffset(shift))
    if _bare(_word(words, i - 1)) in _THIS:
        return TimeExpression(i - 1, i + 1, "day", DayOffset(0))
    return None


def _now(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الان`, `حاليا`; not `حتي الان`."""
    if _bare(_word(words, i - 1)) in ("حتي", "الي", "لحد", "حد", "لغايه"):
        return None
    return TimeExpression(i, i + 1, "day", Now())


def _vague(words: Words, i: int, base: str) -> TimeExpression | None:
    """`موخرا`, `الاونه الاخيره`, `وقت سابق`, `فتره`: one that cannot be dated."""
    phrase = _VAGUE[base]
    end = i + 1 + len(phrase)
    lone = base in _ONLY_AFTER and _bare(_word(words, i - 1)) not in _ONLY_AFTER[base]
    if lone or words[i] == "واخيرا" or tuple(words[i + 1 : end]) != phrase or (base == "وقت" and _word(words, end) == "من" and _word(words, end + 1) in SPOTS):
        return None
    return TimeExpression(i, end, "vague", Undated())


def _unit(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الاسبوع الماضي`, `هذا الشهر`, `الايام الثلاثه الماضيه`, `العام 2014`."""
    unit, count = _DEFINITE[base]
    if unit == "year" and _word(words, i - 1) in _NOT_YEAR:
        return None
    if unit == "year" and (year := _year_at(words, i + 1)):
        return TimeExpression(i, year[1], "year", DateOf(None, year=year[0]))
    if count == 0:
        return _several(words, i, unit)
    after = _word(words, i + 1)
    if after == "قبل" and _word(words, i + 2) in SHIFTS:
        return TimeExpression(i, i + 3, "period", UnitOf(unit, -2))
    if (_bare(_word(words, i - 1)) in _THIS or (unit == "month" and _word(words, i - 1) == "نفس")) and unit != "hour":
        return _of_month(words, i - 1, i + 1, UnitOf(unit, 0))
    if after in RECENT and count > 1:
        return TimeExpression(i, i + 2, "period", Stretch(unit, count))
    if after not in SHIFTS or unit == "hour":
        return None
    if unit == "year" and (year := _year_at(words, i + 2)):
        return TimeExpression(i, year[1], "year", DateOf(None, year=year[0]))
    return _of_month(words, i, i + 2, UnitOf(unit, SHIFTS[after], count))


def _of_month(words: Words, first: int, end: int, value: UnitOf) -> TimeExpression:
    """The unit, or where days stand before it the days of it: `12 من الشهر الجاري`."""
    days = _days_before(words, first - 1) if value.unit == "month" and _word(words, first - 1) == "من" else None
    if days and value.count == 1:
        return TimeExpression(days[2], end, "day", DayOfMonth(days[0], days[1], value.shift))
    return TimeExpression(first, end, "year" if value.unit == "year" else "period", value)


def _several(words: Words, i: int, unit: Unit) -> TimeExpression | None:
    """`الايام الثلاثه الماضيه`, `الساعات ال24 الاخيره`, `الايام القليله المقبله`."""
    number = next(iter(find_numbers(words[i + 1 : i + 4])), None)
    counted = number is not None and number.first == 0 and not number.vague and number.kind == "cardinal"
    k = i + 1 + (number.core_last if number and counted else _word(words, i + 1) in ("القليله", "القليلات", "المعدوده", "القريبه"))
    if _word(words, k) not in SHIFTS and _word(words, k) not in RECENT:
        return None
    if not number or not counted:
        return TimeExpression(i, k + 1, "vague", Undated())
    return TimeExpression(i, k + 1, "period", _counted(unit, number.low, words[k]))


def _counted(unit: Unit, count: int, adjective: str) -> Moment:
    """So many units before or after today: past days end yesterday, recent ones today."""
    shift = SHIFTS.get(adjective)
    if unit == "hour" or shift is None or shift == 0:
        return Stretch(unit, count if shift != 1 else -count)
    return UnitOf(unit, shift, count)


def _loose_unit(words: Words, i: int, base: str) -> TimeExpression | None:
    """`ال24 ساعه الماضيه`: a unit after its number, before a definite adjective."""
    after = _word(words, i + 1)
    if after not in SHIFTS and after not in RECENT:
        return None
    start = max(0, i - 4)
    number = next((n for n in find_numbers(words[start:i]) if start + n.core_last == i), None)
    if number is None or number.vague:
        return None
    return TimeExpression(start + number.core_first, i + 2, "period", _counted(UNITS[base][0], number.low, after))


def _rolling(words: Words, i: int, base: str) -> TimeExpression | None:
    """`قبل ثلاثه ايام`, `منذ سنه`, `بعد يومين`, `خلال 24 ساعه`, `قبل ايام`."""
    k = i + 1
    about = _word(words, k) in _ABOUT
    k += about
    if _word(words, k) == "اكثر" and _word(words, k + 1) == "من":
        k += 2
    number = next(iter(find_numbers(words[k : k + 6])), None)
    counted = number is not None and number.core_first == 0
    end = k + number.core_last if number and counted else k + (_word(words, k) in ("عده", "مضي", "مرور"))
    unit = UNITS.get(_word(words, end))
    after = _word(words, end + 1)
    if unit is None or after in SHIFTS or after in RECENT or (not counted and unit[1] == 1 and (after in SPOTS or after[:1].isdecimal())):
        return None
    end += 1
    end += _word(words, end) in ("قليله", "معدوده", "تقريبا", "عده", "عديده", "مضت", "خلت", "طويله", "واحد", "واحده")
    count = number.low if number and counted and not number.vague and not number.open else 0 if counted else unit[1]
    if words[k - 1] == "من":
        count = 0
    if _word(words, end) == "من" and base in ("قبل", "بعد") and _word(words, end + 1) not in ("الان", "اليوم"):
        count = 0
    return TimeExpression(i, end, "period" if count else "vague", _rolled(base, unit[0], count))


def _rolled(base: str, unit: Unit, count: int) -> Moment:
    if not count:
        return Undated()
    if base == "خلال":
        return Stretch(unit, count) if unit == "hour" and count <= 24 else Undated()
    return Edge(Ago(unit, count), "since") if base == "منذ" else Ago(unit, count if base == "قبل" else -count)


def _year(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`عام 2011`, `سنتي 2010 و2011`."""
    year = _year_at(words, i + 1)
    return _years(words, i, year) if year else None


def _years(words: Words, first: int, year: tuple[int, int]) -> TimeExpression:
    """A year and, after `و` or `الي`, the year it runs to."""
    low, end = year
    k = end + 1 if _word(words, end) in ("و", "الي", "-", "حتي") else 0
    other = _year_at(words, k + (_word(words, k) in ("عام", "سنه"))) if k else None
    if other and low < other[0]:
        return TimeExpression(first, other[1], "year", DateOf(None, year=low, until_year=other[0]))
    return TimeExpression(first, end, "year", DateOf(None, year=low))


def _season(words: Words, i: int, base: str) -> TimeExpression | None:
    """`صيف 2015`, `الصيف الماضي`, `خلال الصيف`."""
    month = SEASONS[base.removeprefix("ال")]
    if year := _year_after(words, i + 1):
        return TimeExpression(i, year[1], "period", Season(month, year=year[0]))
    if not base.startswith("ال"):
        return None
    if _word(words, i + 1) in SHIFTS:
        return TimeExpression(i, i + 2, "period", Season(month, shift=SHIFTS[words[i + 1]]))
    return TimeExpression(i, i + 1, "period", Season(month)) if _bare(_word(words, i - 1)) == "خلال" else None


def _feast(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`عيد الفطر الماضي`, `عاشوراء`, `راس السنه الهجريه`."""
    for size in (3, 2, 1):
        phrase = " ".join(words[i : i + size])
        feast = FEASTS.get(phrase) or FEASTS.get(_bare(phrase))
        if feast and i + size <= len(words):
            value, end = _with_year(words, i + size, DateOf(feast.month, feast.first, feast.last))
            if end == i + size and _bare(_word(words, i - 1)) not in _FEAST_PREPOSITIONS:
                return None
            return TimeExpression(i, end, "day", value)
    return None


def _decade(words: Words, i: int, base: str) -> TimeExpression | None:
    """`التسعينيات`, with `من القرن الماضي` or without."""
    start = _DECADES[base.removeprefix("ال")]
    if _word(words, i + 1) == "من" and _word(words, i + 2) != "القرن":  # of one's life
        return None
    end = next((i + 1 + n for n in (3, 2) if list(words[i + 1 : i + 1 + n]) == ["من", "القرن", "الماضي"][3 - n :]), i + 1)
    return TimeExpression(i, end, "year", DateOf(None, year=start, until_year=start + 9))


def _digits(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`2019/11/5`, `05-11-2019`, and a bare year after a preposition or at the head of a line of a chronicle."""
    word = "".join(words[i : i + 5]) if _word(words, i + 1) == "/" and _word(words, i + 3) == "/" else words[i]
    if match := _NUMERIC_DATE.fullmatch(word):
        year, month, day = (int(part) for part in (match[1], match[2], match[3]) if part) if match[1] else (int(match[k]) for k in (6, 5, 4))
        if month > 12 >= day:
            month, day = day, month
        valid = 1 <= month <= 12 and 1 <= day <= 31
        end = i + 1 if word == words[i] else i + 5
        end += _word(words, end) in ("ه", "م")
        value = DateOf(Month(month, 1300 < year < 1600), day, day, year=year + 2000 * (year < 100))
        return TimeExpression(i, end, "day", value) if valid else None
    year_at = _year_at(words, i)
    if year_at is None or not (1900 <= year_at[0] < 2100):
        return None
    before = _word(words, i - 1)
    found = _years(words, i, year_at)
    if before in _YEAR_PREPOSITIONS:
        return found
    if _word(words, i - 2) in ("منذ", "ومنذ") and before.isalpha():
        return replace(found, first=i - 2, moment=Edge(found.moment, "since"))
    paired = isinstance(found.moment, DateOf) and found.moment.until_year
    if paired and before in ("من", "بين"):
        return replace(found, first=i - 1)
    return TimeExpression(0, 1, "day", Anniversary(year_at[0])) if i == 0 and _word(words, 1) == "-" else None


_VAGUE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(word_set("موخرا اخيرا قريبا سابقا لاحقا انذاك حينها وقتها"), ()),
    "الاونه": ("الاخيره",), "الفتره": ("الاخيره",), "وقت": ("سابق",), "السابق": (), "فتره": (), "قليل": (), "حين": (),
}  # fmt: skip
_ONLY_AFTER = {**dict.fromkeys(("فتره", "قليل", "حين"), word_set("قبل بعد منذ")), "السابق": word_set("في")}  # else no times
_MONTH_WORDS = frozenset(name.split()[0] for name in MONTHS)
_CLITICS = ("", "و", "ف", "ل", "ب", "ول")


def _spots() -> dict[str, tuple[tuple[Reader, str], ...]]:
    """Every word that can begin a heart, with its readers in order of trial, each with the word's form without clitics."""
    found: dict[str, tuple[tuple[Reader, str], ...]] = {}
    table: list[tuple[Reader, Sequence[str]]] = [
        (_feast, sorted({phrase.split()[0] for phrase in FEASTS})),
        (_bare_weekday, [name[2:] for name in WEEKDAYS if name != "الاحد"]),
        (_month, sorted(_MONTH_WORDS)),
        (_season, [*SEASONS, *("ال" + name for name in SEASONS)]),
        (_decade, [*_DECADES, *("ال" + name for name in _DECADES)]),
        (_year, ("عام", "سنه", "عامي", "سنتي")),
        (_loose_unit, sorted(UNITS)),
        (_today, ("اليوم",)),
        (_tonight, ("الليله", "المساء", "الصباح")),
        (_unit, sorted(_DEFINITE.keys() - {"اليوم", "الليله"})),
        (_vague, sorted(_VAGUE)),
        (_now, ("الان", "حاليا")),
        (_yesterday, ("امس", "الامس", "البارحه", "البارح")),
        (_tomorrow, ("غدا", "غد", "الغد")),
        (_weekday, sorted(WEEKDAYS)),
        (_rolling, ("قبل", "منذ", "بعد", "خلال")),
    ]
    for reader, names in table:
        for name in names:
            for clitic in _CLITICS:
                word = clitic[:-1] + "لل" + name[2:] if clitic.endswith("ل") and name.startswith("ال") else clitic + name
                found[word] = (*found.get(word, ()), (reader, name))
    return found


SPOTS = _spots()


def read_at(words: Words, i: int, floor: int) -> TimeExpression | None:
    """The heart of a time expression at `i`, none of it before `floor`; null if there is none."""
    readers = SPOTS.get(words[i]) or ((_digits, ""),)
    found = (reader(words, i, base) for reader, base in readers)
    return next((heart for heart in found if heart and heart.first >= floor), None)
