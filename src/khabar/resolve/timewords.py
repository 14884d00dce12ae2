"""Readers of the hearts of time expressions, each beginning at a word of the dictionary `SPOTS`: `الجمعه الماضي`, `8 و9 مارس`.

What stands to the left of a heart, and what joins two, is the business of `khabar.resolve.times`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from khabar.arabic.calendar import FEASTS, PARTS, RECENT, SEASONS, SHIFTS, UNITS, WEEKDAYS, Unit
from khabar.arabic.numerals import find_numbers, word_set
from khabar.resolve.bare import DIGITS_LOOSE, LOOSE
from khabar.resolve.counted import Away, Rest, Weekend, Within
from khabar.resolve.dates import (
    DECADES,
    MONTH_WORDS,
    bare,
    date_after,
    days_before,
    read_century,
    read_decade,
    read_digits,
    read_feast,
    read_month,
    read_season,
    read_year,
    word_at,
    year_at,
)
from khabar.resolve.durations import read_length
from khabar.resolve.moments import Ago, DateOf, DayOffset, DayOfMonth, Edge, Moment, Now, Stretch, TimeExpression, Undated, UnitOf, WeekdayOf
from khabar.resolve.periods import (
    ERA_WORDS,
    OVER_WORDS,
    ROW_WORDS,
    UP_TO_WORDS,
    read_era,
    read_in_a_row,
    read_over,
    read_season_of,
    read_some_time,
    read_study_year,
    read_up_to_now,
)
from khabar.resolve.told import TOLD_UNITS, read_ago_of_told, read_that_time, read_told
from khabar.resolve.within import counted_in

Words = Sequence[str]
Reader = Callable[[Words, int, str], TimeExpression | None]

_OPEN, _CLOSE = frozenset('("'), frozenset(')"')
_THIS = word_set("هذا هذه بهذا بهذه")
_NOT_WEEKDAYS = word_set("صلاه خطبه صحيفه سوق جامع مسجد قداس ملحق")
_NOT_TODAY = word_set("التالي نفسه ذاته الواحد الوطني العالمي الدولي الدراسي المذكور المفتوح الاخير الذي السابق الموالي العربي الاعلامي التضامني السابع")
_NOT_YEAR = word_set("الامين النايب المدير الراي القايد المدعي المفتش الكاتب الاضراب القطاع المنسق المراقب الموتمر السكرتير النظام الحق")
_FURTHER = {"قبل": -2, "بعد": 2}  # `الجمعه قبل الماضي`, `الاسبوع بعد المقبل`
_APPROXIMATELY = word_set("يقارب يناهز يقرب يزيد يفوق يربو")
_ABOUT = word_set("نحو حوالي قرابه زهاء")
_CALENDARS = word_set("المالي الماليه الميلادي الميلاديه")
_NOT_TONIGHT = word_set("تلك ذات نفس طوال منتصف في علي من")
_DEFINITE: dict[str, tuple[Unit, int]] = {"ال" + word: unit for word, unit in UNITS.items()}


def _closed(words: Words, i: int) -> tuple[int, int] | None:
    """A weekday at `i`, bare or in brackets: the weekday and the word after."""
    if word_at(words, i) in WEEKDAYS:
        return WEEKDAYS[words[i]], i + 1
    if word_at(words, i) in _OPEN and word_at(words, i + 1) in WEEKDAYS and word_at(words, i + 2) in _CLOSE:
        return WEEKDAYS[words[i + 1]], i + 3
    return None


def _weekday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الجمعه`, `الجمعه الماضي`, `الجمعه من الاسبوع المقبل`, `الخميس 16 فيفري 2017`."""
    if word_at(words, i - 1) in _NOT_WEEKDAYS or word_at(words, i + 1) in ("عشر", "عشره") or counted_in(words, i):
        return None
    number, end = WEEKDAYS[base], i + 1
    k = end + (word_at(words, end) == "ما")
    if word_at(words, k) in _FURTHER and word_at(words, k + 1) in SHIFTS:
        return TimeExpression(i, k + 2, "weekday", WeekdayOf(number, _FURTHER[words[k]]))
    shift = SHIFTS.get(word_at(words, end))
    end += shift is not None
    if dated := date_after(words, end):
        value = replace(dated.moment, weekday=number) if isinstance(dated.moment, DateOf) else dated.moment
        return TimeExpression(i, dated.last, "day", value)
    if week := _week(words, end + (word_at(words, end) in ("من", "في"))):
        return TimeExpression(i, week[1], "weekday", WeekdayOf(number, week=week[0]))
    return TimeExpression(i, end, "weekday", WeekdayOf(number, shift))


def _week(words: Words, i: int) -> tuple[int, int] | None:
    """`الاسبوع الماضي`, `هذا الاسبوع` at `i`: which week from this one, and the word after."""
    if word_at(words, i) == "الاسبوع" and word_at(words, i + 1) in SHIFTS:
        return SHIFTS[words[i + 1]], i + 2
    return (0, i + 2) if word_at(words, i) in _THIS and word_at(words, i + 1) == "الاسبوع" else None


def _bare_weekday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`يوم جمعه`: without its article a weekday only after `يوم`."""
    if bare(word_at(words, i - 1)) not in ("يوم", "ليوم") or counted_in(words, i):
        return None
    return TimeExpression(i, i + 1, "weekday", WeekdayOf(WEEKDAYS["ال" + base]))


def _offset(words: Words, i: int, first: int, end: int, days: int) -> TimeExpression:
    """A day told from today, with the weekday or date that follows it."""
    weekday = _closed(words, end)
    end = weekday[1] if weekday else end
    if dated := date_after(words, end):
        return replace(dated, first=first)
    return TimeExpression(first, end, "day", DayOffset(days, weekday[0] if weekday else None))


def _yesterday(words: Words, i: int, base: str) -> TimeExpression | None:
    """`امس`, `امس الاول`, `اول امس`, `اول من امس`, `قبل امس`, `قبل يوم امس`."""
    if word_at(words, i + 1) == "الاول":
        return _offset(words, i, i, i + 2, -2)
    if bare(word_at(words, i - 1)) == "اول":
        return _offset(words, i, i - 1, i + 1, -2)
    if word_at(words, i - 1) == "من" and bare(word_at(words, i - 2)) == "اول":
        return _offset(words, i, i - 2, i + 1, -2)
    k = i - 1 if word_at(words, i - 1) == "يوم" else i
    if bare(word_at(words, k - 1)) == "قبل" and base == "امس":
        return _offset(words, i, k - 1, i + 1, -2)
    return _offset(words, i, i, i + 1, -1)


def _tomorrow(words: Words, i: int, base: str) -> TimeExpression | None:
    """`غدا`, `الغد`, `بعد غد`."""
    after = bare(word_at(words, i - 1)) == "بعد"
    if base == "غد" and not after and bare(word_at(words, i - 1)) not in ("يوم", "ليوم", "من", "مساء", "صباح", "ظهر", "فجر", "حتي"):
        return None
    return _offset(words, i, i - after, i + 1, 1 + after)


def _today(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`اليوم`, `اليوم الجمعه`; not `اليوم التالي`, `المصري اليوم`, `اليوم السادس`."""
    before, after = bare(word_at(words, i - 1)), word_at(words, i + 1)
    number = next(iter(find_numbers(words[i + 1 : i + 3])), None)
    if number and number.core_first == 0 and number.kind == "ordinal":
        return None
    if after in _NOT_TODAY or before in ("المصري", "ذلك", "نفس", "في", "عين", "اخبار") or words[i] == "لليوم":
        return None
    if after in SHIFTS or after in RECENT:
        return None
    return _offset(words, i, i - (before in _THIS), i + 1, 0)


def _tonight(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الليله الماضيه`, `الليله قبل الماضيه`, `هذه الليله`, `الليله`."""
    shift = SHIFTS.get(word_at(words, i + 1))
    if word_at(words, i + 1) == "قبل" and SHIFTS.get(word_at(words, i + 2)) == -1:
        return TimeExpression(i, i + 3, "day", DayOffset(-2))
    if shift is not None:
        return TimeExpression(i, i + 2, "day", DayOffset(shift))
    if bare(word_at(words, i - 1)) in _THIS:
        return TimeExpression(i - 1, i + 1, "day", DayOffset(0))
    after = word_at(words, i + 1)
    if words[i] == "الليله" and bare(word_at(words, i - 1)) not in _NOT_TONIGHT and after not in ("التي", "السابقه", "قبل", "نفسها", "ذاتها"):
        return TimeExpression(i, i + 1, "day", DayOffset(0))
    return None


def _now(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الان`, `حاليا`; not `حتي الان`."""
    if bare(word_at(words, i - 1)) in ("حتي", "الي", "لحد", "حد", "لغايه"):
        return None
    return TimeExpression(i, i + 1, "day", Now())


def _nowadays(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الوقت الراهن`, `الوقت الحالي`, `هذه الايام`."""
    if base == "الايام":
        return TimeExpression(i - 1, i + 1, "day", Now()) if bare(word_at(words, i - 1)) == "هذه" and word_at(words, i + 1) not in SHIFTS else None
    return TimeExpression(i, i + 2, "day", Now()) if word_at(words, i + 1) in ("الراهن", "الحالي", "الحاضر") else None


def _vague(words: Words, i: int, base: str) -> TimeExpression | None:
    """`موخرا`, `الاونه الاخيره`, `وقت سابق`, `فتره`: one that cannot be dated."""
    phrase = _VAGUE[base]
    end = i + 1 + len(phrase)
    lone = base in _ONLY_AFTER and bare(word_at(words, i - 1)) not in _ONLY_AFTER[base]
    if lone or words[i] == "واخيرا" or tuple(words[i + 1 : end]) != phrase:
        return None
    return TimeExpression(i, end, "vague", Undated(_SIDES.get(base, "past")))


def _unit(words: Words, i: int, base: str) -> TimeExpression | None:
    """`الاسبوع الماضي`, `هذا الشهر`, `الايام الثلاثه الماضيه`, `العام 2014`."""
    unit, count = _DEFINITE[base]
    if unit == "year" and word_at(words, i - 1) in _NOT_YEAR:
        return None
    if unit == "year" and word_at(words, i + 1) in _CALENDARS and (of_calendar := _unit([*words[: i + 1], *words[i + 2 :]], i, base)):
        return replace(of_calendar, last=of_calendar.last + 1)
    if unit == "year" and (year := year_at(words, i + 1)):
        return TimeExpression(i, year[1], "year", DateOf(None, year=year[0]))
    if count == 0:
        return _several(words, i, unit)
    after = word_at(words, i + 1)
    if unit == "decade" and bare(word_at(words, i - 1)) in _THIS:  # a contract
        return None
    if left := _left_of(words, i, unit):
        return left
    if after in _FURTHER and word_at(words, i + 2) in SHIFTS:
        return TimeExpression(i, i + 3, "period", UnitOf(unit, _FURTHER[after]))
    if unit in ("week", "month", "year") and after not in SHIFTS and _of_this(words, i):
        return TimeExpression(i, i + 1, "year" if unit == "year" else "period", UnitOf(unit, 0))
    if (bare(word_at(words, i - 1)) in _THIS or (unit == "month" and word_at(words, i - 1) == "نفس")) and unit != "hour":
        return _of_month(words, i - 1, i + 1, UnitOf(unit, 0))
    if after in RECENT and count > 1:
        return TimeExpression(i, i + 2, "period", Stretch(unit, count))
    if after not in SHIFTS or unit == "hour" or (unit == "decade" and SHIFTS[after] == 0):  # `العقد الحالي`
        return None
    if unit == "year" and (year := year_at(words, i + 2)):
        return TimeExpression(i, year[1], "year", DateOf(None, year=year[0]))
    return _of_month(words, i, i + 2, UnitOf(unit, SHIFTS[after], count))


def _of_this(words: Words, i: int) -> bool:
    """Whether the month or year is the present one without saying so: `مطلع العام`, `في وقت لاحق من الشهر`."""
    before, ended = bare(word_at(words, i - 1)), word_at(words, i + 1) == "" or not word_at(words, i + 1).startswith("ال")
    part = before in PARTS and before not in ("اول", "اخر")
    later = before == "من" and word_at(words, i - 2) in ("سابق", "لاحق") and bare(word_at(words, i - 3)) == "وقت"
    return ended and (part or later)


def _left_of(words: Words, i: int, unit: Unit) -> TimeExpression | None:
    """`بقيه الاسبوع`, `باقي هذا الشهر`, `ما تبقي من العام`, and the weekend: `عطله نهايه الاسبوع`."""
    this = bare(word_at(words, i - 1)) in _THIS
    k, end = i - this, i + 1
    end += SHIFTS.get(word_at(words, end)) == 0
    left = word_at(words, k - 1) == "من" and word_at(words, k - 2) in ("تبقي", "يتبقي")
    if word_at(words, end).startswith("ال"):  # `بقيه العام الدراسي`
        return None
    if left or bare(word_at(words, k - 1)) in ("بقيه", "باقي"):
        return TimeExpression(k - 2 if left else k - 1, end, "period", Rest(unit))
    if unit == "week" and not this and end == i + 1 and word_at(words, end) not in SHIFTS and bare(word_at(words, i - 1)) in ("نهايه", "بنهايه", "لنهايه"):
        return TimeExpression(i - 2 if bare(word_at(words, i - 2)) == "عطله" else i - 1, end, "period", Weekend())
    return None


def _of_month(words: Words, first: int, end: int, value: UnitOf) -> TimeExpression:
    """The unit, or where days stand before it the days of it: `12 من الشهر الجاري`."""
    of = first - 1 if word_at(words, first - 1) == "من" else first if bare(word_at(words, first - 1)) == "غره" else 0
    days = days_before(words, of) if value.unit == "month" and of else None
    if days and value.count == 1 and not word_at(words, days[2] - 1).endswith("الاسبوع"):
        return TimeExpression(days[2], end, "day", DayOfMonth(days[0], days[1], value.shift))
    return TimeExpression(first, end, "year" if value.unit == "year" else "period", value)


def _several(words: Words, i: int, unit: Unit) -> TimeExpression | None:
    """`الايام الثلاثه الماضيه`, `الساعات ال24 الاخيره`, `الايام القليله المقبله`."""
    number = next(iter(find_numbers(words[i + 1 : i + 4])), None)
    counted = number is not None and number.first == 0 and not number.vague and number.kind == "cardinal"
    k = i + 1 + (number.core_last if number and counted else word_at(words, i + 1) in ("القليله", "القليلات", "المعدوده", "القريبه"))
    if word_at(words, k) not in SHIFTS and word_at(words, k) not in RECENT:
        return None
    if not number or not counted:
        return TimeExpression(i, k + 1, "day", Now()) if unit == "hour" else TimeExpression(i, k + 1, "vague", Undated())
    return TimeExpression(i, k + 1, "period", _counted(unit, number.low, words[k]))


def _counted(unit: Unit, count: int, adjective: str) -> Moment:
    """So many units before or after today: past days end yesterday, recent ones today."""
    shift = SHIFTS.get(adjective)
    if unit == "hour" or shift is None or shift == 0:
        return Stretch(unit, count if shift != 1 else -count)
    return UnitOf(unit, shift, count)


def _loose_unit(words: Words, i: int, base: str) -> TimeExpression | None:
    """`ال24 ساعه الماضيه`: a unit after its number, before a definite adjective."""
    after = word_at(words, i + 1)
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
    k += word_at(words, k) in _ABOUT
    if away := _away(words, i, k, base):
        return away
    if word_at(words, k) == "اكثر" and word_at(words, k + 1) == "من":
        k += 2
    approximate = word_at(words, k) == "ما" and word_at(words, k + 1) in _APPROXIMATELY
    k += (2 + (word_at(words, k + 2) in ("من", "عن", "علي"))) if approximate else 0
    number = next(iter(find_numbers(words[k : k + 6])), None)
    counted = number is not None and number.core_first == 0
    end = k + number.core_last if number and counted else k + (word_at(words, k) in ("عده", "مضي", "مرور"))
    unit = UNITS.get(word_at(words, end))
    after = word_at(words, end + 1)
    if unit is None or after in SHIFTS or after in RECENT or (not counted and unit[1] == 1 and (after in SPOTS or after[:1].isdecimal())):
        return None
    if unit[0] == "decade" and not counted and (base == "خلال" or words[end] == "عقد") and list(words[end + 1 : end + 3]) != ["من", "الزمن"]:
        return None  # `بعد عقد اجتماع`: holding it
    end += 1
    end += word_at(words, end) in ("قليله", "معدوده", "تقريبا", "عده", "عديده", "مضت", "خلت", "طويله", "واحد", "واحده")
    end += 2 if list(words[end : end + 2]) in (["من", "الزمن"], ["من", "الزمان"]) else 0
    count = number.low if number and counted and number.value is None and not number.vague and not number.open else 0 if counted else unit[1]
    if words[k - 1] == "من" and not approximate:
        count = 0
    count = unit[1] if approximate and not counted and unit[1] else count
    if word_at(words, end) in ("من", "علي") and base in ("قبل", "بعد") and word_at(words, end + 1) not in ("الان", "اليوم"):
        count = 0
    return TimeExpression(i, end, "period" if count else "vague", _rolled(base, unit[0], count))


def _away(words: Words, i: int, k: int, base: str) -> TimeExpression | None:
    """`قبل سنتين وثلاثه اشهر`, `منذ عام ونصف`, `بعد يوم واحد وساعتين`: lengths of several parts or with a half."""
    found = read_length(words, k) if base != "خلال" else None
    if found is None or (len(found.length) == 1 and found.length[0][0] == int(found.length[0][0])):
        return None
    end = found.end + 2 if list(words[found.end : found.end + 2]) == ["من", "الان"] else found.end
    if (word_at(words, end) == "من" and base != "منذ") or word_at(words, end) in SHIFTS:
        return None
    value = Away(found.length, ahead=base == "بعد")
    return TimeExpression(i, end, "period", Edge(value, "since") if base == "منذ" and end == found.end else value)


def _rolled(base: str, unit: Unit, count: int) -> Moment:
    if not count and unit == "hour" and base in ("قبل", "منذ", "خلال"):
        return Now()
    if not count:
        return Undated("future" if base == "بعد" else "unknown" if base == "خلال" else "past")
    if base == "خلال":
        if unit in ("day", "week", "month"):
            return Within(unit, count)
        return Stretch(unit, count) if unit == "hour" and count <= 24 else Undated()
    return Edge(Ago(unit, count), "since") if base == "منذ" else Ago(unit, count if base == "قبل" else -count)


_SIDES: dict[str, Literal["past", "future", "unknown"]] = {
    "قريبا": "future",
    "لاحقا": "future",
    **dict.fromkeys(("انذاك", "حينذاك", "وقتذاك", "حينيذ", "وقتيذ"), "past"),
    "عيد": "unknown",
    "فتره": "unknown",
    "حين": "unknown",
}
_VAGUE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(word_set("موخرا اخيرا قريبا سابقا لاحقا انذاك حينها وقتها حينذاك وقتذاك حينيذ وقتيذ"), ()),
    "الاونه": ("الاخيره",), "السابق": (), "عيد": ("الفصح",), "فتره": (), "قليل": (), "حين": (),
}  # fmt: skip
_ONLY_AFTER = {**dict.fromkeys(("فتره", "قليل", "حين"), word_set("قبل بعد منذ")), "السابق": word_set("في")}  # else no times
_CLITICS = ("", "و", "ف", "ل", "ب", "ول")


def _spots() -> dict[str, tuple[tuple[Reader, str], ...]]:
    """Every word that can begin a heart, with its readers in order of trial, each with the word's form without clitics."""
    found: dict[str, tuple[tuple[Reader, str], ...]] = {}
    table: list[tuple[Reader, Sequence[str]]] = [
        (read_feast, sorted({phrase.split()[0] for phrase in FEASTS})),
        (_bare_weekday, [name[2:] for name in WEEKDAYS if name != "الاحد"]),
        (read_month, sorted(MONTH_WORDS)),
        (read_season, [*SEASONS, *("ال" + name for name in SEASONS)]),
        (read_decade, [*DECADES, *("ال" + name for name in DECADES)]),
        (read_year, ("عام", "سنه", "عامي", "سنتي")),
        (_loose_unit, sorted(UNITS)),
        (read_told, sorted(TOLD_UNITS)),
        (read_that_time, ("الحين", "الوقت")),
        (read_ago_of_told, ("قبل", "بعد", "بعدها", "قبلها")),
        (read_up_to_now, UP_TO_WORDS),
        (read_study_year, ("العام", "السنه")),
        (read_era, ERA_WORDS),
        (read_season_of, ("موسم", "الموسم")),
        (read_some_time, ("وقت",)),
        (_today, ("اليوم",)),
        (_tonight, ("الليله", "المساء", "الصباح")),
        (_unit, sorted(_DEFINITE.keys() - {"اليوم", "الليله", "القرن"})),
        (read_century, ("القرن",)),
        (_vague, sorted(_VAGUE)),
        (_now, ("الان", "حاليا")),
        (_nowadays, ("الوقت", "الايام")),
        (_yesterday, ("امس", "الامس", "البارحه", "البارح")),
        (_tomorrow, ("غدا", "غد", "الغد")),
        (_weekday, sorted(WEEKDAYS)),
        (_rolling, ("قبل", "منذ", "بعد", "خلال")),
        (read_over, OVER_WORDS),
    ]
    for reader, names in table:
        for name in names:
            for clitic in _CLITICS:
                word = clitic[:-1] + "لل" + name[2:] if clitic.endswith("ل") and name.startswith("ال") else clitic + name
                found[word] = (*found.get(word, ()), (reader, name))
    for name in ROW_WORDS:
        for word in (name, "و" + name):
            found[word] = ((read_in_a_row, name), *found.get(word, ()))
    return found


SPOTS = _spots()


def is_spot(word: str, loose: bool) -> bool:
    """Whether a heart can begin at the word."""
    return word in SPOTS or "0" <= word < ":" or (loose and word in LOOSE)


def read_at(words: Words, i: int, floor: int, loose: bool = False) -> TimeExpression | None:
    """The heart of a time expression at `i`, none of it before `floor`; null if there is none."""
    readers = SPOTS.get(words[i]) or ((read_digits, ""),)
    if loose:
        readers = (*LOOSE.get(words[i], DIGITS_LOOSE), *readers)
    found = (reader(words, i, base) for reader, base in readers)
    return next((heart for heart in found if heart and heart.first >= floor), None)
