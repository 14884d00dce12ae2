"""The calendar in Arabic words: names of days, months, feasts and units (all folded), the Hijri calendar, and the arithmetic of days."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal, NamedTuple

from khabar.arabic.numerals import word_set

Unit = Literal["hour", "day", "week", "month", "year", "decade", "century"]

# Monday is 0, as in `datetime.date.weekday`
WEEKDAYS: dict[str, int] = {
    "الاثنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "الاربعاء": 2, "الاربعا": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6,
}  # fmt: skip


class Month(NamedTuple):
    """A month of a calendar. A `weak` name has other readings (`مارس` "to practise", `رمضان` a man) and needs a date's company."""

    number: int
    hijri: bool = False
    weak: bool = False


_GREGORIAN = (
    "يناير جانفي,فبراير فيفري فبرابر شباط فيبراير,مارس اذار,ابريل افريل نيسان ابرايل,مايو ماي ايار,يونيو جوان حزيران يونيه,"
    "يوليو جويليه تموز يوليه جويلي جويله,اغسطس اوت اب غشت اغسطش,سبتمبر ايلول شتنبر سبتمر سيبتمبر,اكتوبر تشرين_الاول تشرين_اول اكتوير,"
    "نوفمبر تشرين_الثاني تشرين_ثاني نونبر نوفبر,ديسمبر كانون_الاول كانون_اول دجنبر دسمبر"
)
_HIJRI = (
    "محرم المحرم,صفر,ربيع_الاول ربيع_اول,ربيع_الثاني ربيع_ثاني ربيع_الاخر,جمادي_الاولي جمادي_الاول,جمادي_الاخره جمادي_الثانيه جمادي_الاخر,"
    "رجب,شعبان,رمضان,شوال,ذو_القعده ذي_القعده ذوالقعده,ذو_الحجه ذي_الحجه ذوالحجه"
)
_WEAK = word_set("مارس ماي اب اوت جوان غشت محرم المحرم صفر رجب شعبان رمضان شوال")


def _months() -> dict[str, Month]:
    """Folded month names, the two words of a name with a space between."""
    found = {"كانون الثاني": Month(1), "كانون ثاني": Month(1)}
    for hijri, names in ((False, _GREGORIAN), (True, _HIJRI)):
        for number, group in enumerate(names.split(","), 1):
            found.update((name.replace("_", " "), Month(number, hijri, name in _WEAK)) for name in group.split())
    return found


MONTHS: dict[str, Month] = _months()

# parts of a day, before the day's own name
DAYPARTS = word_set("زوال صباح مساء فجر ظهر عصر ليل ليله عشيه ضحي نهار ظهيره مغرب صبيحه غروب سحر الليله امسيه")

UNITS: dict[str, tuple[Unit, int]] = {  # the unit and how many of it the form means; 0 for a plural that needs a number
    "ساعه": ("hour", 1), "ساعات": ("hour", 0), "ساعتين": ("hour", 2), "ساعتان": ("hour", 2),
    "يوم": ("day", 1), "يوما": ("day", 1), "يومين": ("day", 2), "يومان": ("day", 2), "ايام": ("day", 0), "اياما": ("day", 0),
    "ليله": ("day", 1), "ليلتين": ("day", 2), "ليال": ("day", 0), "ليالي": ("day", 0),
    "اسبوع": ("week", 1), "اسبوعا": ("week", 1), "اسبوعين": ("week", 2), "اسبوعان": ("week", 2), "اسابيع": ("week", 0),
    "شهر": ("month", 1), "شهرا": ("month", 1), "شهرين": ("month", 2), "شهران": ("month", 2), "اشهر": ("month", 0), "شهور": ("month", 0),
    "عام": ("year", 1), "عاما": ("year", 1), "عامين": ("year", 2), "عامان": ("year", 2), "اعوام": ("year", 0),
    "سنه": ("year", 1), "سنتين": ("year", 2), "سنتان": ("year", 2), "سنوات": ("year", 0), "سنين": ("year", 0),
    "عقد": ("decade", 1), "عقدا": ("decade", 1), "عقدين": ("decade", 2), "عقدان": ("decade", 2), "عقود": ("decade", 0),
    "قرن": ("century", 1), "قرنا": ("century", 1), "قرنين": ("century", 2), "قرنان": ("century", 2), "قرون": ("century", 0),
}  # fmt: skip

SHIFTS: dict[str, int] = {
    **dict.fromkeys(word_set("الماضي الماضيه الماضيين الماضيتين المنصرم المنصرمه المنصرمين الفارط الفارطه الفارطين الفايت الفايته المنقضي المنقضيه"), -1),
    **dict.fromkeys(word_set("الجاري الجاريه الحالي الحاليه"), 0),
    **dict.fromkeys(word_set("المقبل المقبله المقبلين المقبلتين القادم القادمه القادمين القادمتين الاتي الاتيه الداخل"), 1),
}
RECENT = word_set("الاخير الاخيره الاخيرين الاخيرتين")

PARTS: dict[str, int] = {  # thirds of a month, a year or a week
    **dict.fromkeys(word_set("مطلع بدايه اوايل مستهل اول بدايات"), 1),
    **dict.fromkeys(word_set("منتصف اواسط وسط"), 2),
    **dict.fromkeys(word_set("نهايه اواخر اخر ختام نهايات موخر موفي"), 3),
}


class Feast(NamedTuple):
    """A feast or named day: the days of a month it lasts."""

    month: Month
    first: int
    last: int


_GREGORIAN_FEASTS = {
    "عيد العمال": (5, 1), "عيد الشغل": (5, 1), "راس السنه الميلاديه": (1, 1), "راس السنه": (1, 1), "عيد الميلاد": (12, 25), "اعياد الميلاد": (12, 25),
    "عيد الام": (3, 21), "عيد النيروز": (3, 21), "عيد النوروز": (3, 21), "يوم الارض": (3, 30), "عيد الحب": (2, 14),
}  # fmt: skip
_HIJRI_FEASTS = {
    "عيد الفطر": (10, 1, 3), "عيد الاضحي": (12, 10, 13), "عاشوراء": (1, 10, 10), "يوم عرفه": (12, 9, 9), "المولد النبوي": (3, 12, 12),
    "عيد المولد": (3, 12, 12), "راس السنه الهجريه": (1, 1, 1), "ليله القدر": (9, 27, 27), "الاسراء والمعراج": (7, 27, 27),
}  # fmt: skip
FEASTS: dict[str, Feast] = {
    **{name: Feast(Month(month), day, day) for name, (month, day) in _GREGORIAN_FEASTS.items()},
    **{name: Feast(Month(month, True), first, last) for name, (month, first, last) in _HIJRI_FEASTS.items()},
}

SEASONS: dict[str, int] = {"ربيع": 3, "صيف": 6, "صايفه": 6, "خريف": 9, "شتاء": 12}  # the first month of each

_EPOCH = 227014  # the day before 1 Muharram of year 1 (16 July 622, Julian), as a proleptic Gregorian ordinal
# Umm al-Qura, the civil calendar of Saudi Arabia, for 1401-1464: twelve bits a year, set for a month of 30 days. Outside these years
# the tabular calendar is used; both begin 1401 and 1465 on the same day. Taken from hijridate 2.x, compared there with the official tables.
_UMM_AL_QURA = (
    "54aea57526e936aaad555aa5b52ba95b49ba4db25d52daa5ad4aea56d4bd23d91da95b4ab5a56d2b693b49b6556a9754b6a56caad555b29b92ba95d4"
    "ada55aaab595749764baa5b52b6a56d2ae9572a75535a95d49ba4dd26d535aaaad4b6a57"
)
_UMM_YEARS = range(1401, 1401 + len(_UMM_AL_QURA) // 3)
_UMM_BITS = f"{int(_UMM_AL_QURA, 16):0{4 * len(_UMM_AL_QURA)}b}"
_UMM_STARTS = tuple(accumulate((29 + int(bit) for bit in _UMM_BITS), initial=723128))  # the first day of each of its months


def _hijri_month_start(year: int, month: int) -> int:
    """The Gregorian ordinal of the first day of a Hijri month."""
    if year in _UMM_YEARS:
        return _UMM_STARTS[12 * (year - _UMM_YEARS.start) + month - 1]
    return _EPOCH + 1 + (59 * (month - 1) + 1) // 2 + 354 * (year - 1) + (3 + 11 * year) // 30


def hijri_to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Hijri day: Umm al-Qura in 1401-1464 (1980-2042), else tabular; a sighted moon may differ by a day or two.

    ValueError for a month outside 1-12 or a day outside 1-30.
    """
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"{year}-{month}-{day} is no Hijri date: expected a year from 1, a month 1-12, a day 1-30")
    return date.fromordinal(_hijri_month_start(year, month) + day - 1)


def gregorian_to_hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Hijri calendar, the inverse of `hijri_to_gregorian`; ValueError before its first day."""
    ordinal = day.toordinal()
    if ordinal <= _EPOCH:
        raise ValueError(f"{day} lies before the Hijri calendar")
    year = (30 * (ordinal - _EPOCH - 1) + 10646) // 10631 + 1
    while _hijri_month_start(year, 1) > ordinal:
        year -= 1
    month = bisect_right(range(1, 13), ordinal, key=lambda number: _hijri_month_start(year, number))
    return year, month, ordinal - _hijri_month_start(year, month) + 1


def add_months(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_bounds(year, month + 1)[1].day))


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Gregorian month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(1)


def hijri_month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Hijri month, as Gregorian days."""
    following = hijri_to_gregorian(year + month // 12, month % 12 + 1, 1)
    return hijri_to_gregorian(year, month, 1), following - timedelta(1)


def weekday_before(day: date, weekday: int) -> date:
    """The latest such weekday on or before the day."""
    return day - timedelta((day.weekday() - weekday) % 7)


def weekday_after(day: date, weekday: int) -> date:
    """The next such weekday on or after the day."""
    return day + timedelta((weekday - day.weekday()) % 7)


_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}


def back(day: date, unit: Unit, count: int) -> date:
    """The day so many units before (after, if negative); hours count as days begun."""
    if unit == "month":
        return add_months(day, -count)
    if unit in _YEARS:
        return add_months(day, -12 * _YEARS[unit] * count)
    days = {"hour": -(-abs(count) // 24) * (1 if count > 0 else -1), "day": count, "week": 7 * count}[unit]
    return day - timedelta(days)


def unit_bounds(day: date, unit: Unit, shift: int) -> tuple[date, date]:
    """First and last day of the unit that lies `shift` units from the day's own: a week is Monday to Sunday."""
    if unit in ("day", "hour"):
        return (day + timedelta(shift),) * 2
    if unit == "week":
        monday = day - timedelta(day.weekday() - 7 * shift)
        return monday, monday + timedelta(6)
    if unit == "month":
        first = add_months(day.replace(day=1), shift)
        return month_bounds(first.year, first.month)
    size = _YEARS[unit]
    first_year = (day.year - (unit == "century")) // size * size + (unit == "century") + size * shift  # a century begins with its year 1
    return date(first_year, 1, 1), date(first_year + size - 1, 12, 31)
