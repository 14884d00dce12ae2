"""Readers of calendar dates: years, months with their days, dates in digits, feasts, seasons and decades."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khabar.arabic.calendar import FEASTS, MONTHS, SEASONS, SHIFTS, Month
from khabar.arabic.numerals import find_numbers, word_set
from khabar.resolve.moments import Anniversary, Century, DateOf, Edge, Range, Season, TimeExpression

Words = Sequence[str]

_YEAR = re.compile(r"1[3-9]\d\d|20\d\d")
_YEARS = re.compile(r"(1\d{3}|20\d\d)[-/](1\d{3}|20\d\d)")
_NUMERIC_DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_DAY = re.compile(r"[012]?\d|3[01]")
_BETWEEN_NAMES = frozenset(("/", "-", "(", "او"))
_NOT_DATES = word_set(
    "شارع نهج ميدان جسر مدينه ثوره انتفاضه حركه تيار ايتلاف قوي كتايب كتيبه مستشفي جامعه مدرسه متحف قاعه احداث هجمات اعتداءات حي ساحه دوار ملعب تحالف منظمه "
    "حزب عمليه بيان"
)
_MONTH_PREPOSITIONS = word_set("في خلال منذ حتي بحلول شهر لشهر بشهر وفي ومنذ مطلع منتصف نهايه اواخر اوايل بدايه اواسط مستهل من الي")
_YEAR_PREPOSITIONS = word_set(
    "في خلال منذ حتي بحلول وفي ومنذ مطلع منتصف نهايه اواخر اوايل بدايه اواسط مستهل قبل بعد صيف شتاء ربيع خريف موفي بنهايه غره مواليد لغايه وحتي"
)
_STARTS = word_set("بدءا بدايه ابتداء انطلاقا اعتبارا")
_YEARS_PREPOSITIONS = word_set("في خلال منذ بين من الفتره للفتره اعوام سنوات عامي سنتي الاعوام السنوات وفي")
FRACTIONS = {"النصف": 2, "الربع": 4, "الثلث": 3, "نصف": 2}  # with `الاول` and the like, a part of a month or year
NTH = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الاخير": -1}
_FEAST_PREPOSITIONS = word_set("في خلال اثناء يوم ايام ليله صباح مساء منذ حتي بحلول عشيه ليوم عطله اجازه")
_NTH_OF_FEAST = {"اول": 0, "اولي": 0, "ثاني": 1, "ثالث": 2, "رابع": 3}
DECADES = {name + ending: 1900 + 10 * k for k, name in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 2) for ending in ("ينيات", "ينات")}
MONTH_WORDS = frozenset(name.split()[0] for name in MONTHS)
_THIS = word_set("هذا هذه بهذا بهذه")


def word_at(words: Words, i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def bare(word: str) -> str:
    """Without `و` or `ف` in front, where a longer word is left."""
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def year_at(words: Words, i: int) -> tuple[int, int] | None:
    """A year in digits or words at `i` and the word after it, its `م` or `ه` included."""
    if _YEAR.fullmatch(word_at(words, i)):
        return int(words[i]), i + 2 if word_at(words, i + 1) in ("م", "ه", "هجري", "ميلادي", "هجريه", "ميلاديه") else i + 1
    if word_at(words, i).startswith("الفين") or word_at(words, i) == "الف":
        number = next(iter(find_numbers(words[i : i + 8])), None)
        if number and number.core_first == 0 and 1900 < number.low < 2100:
            return number.low, i + number.core_last
    return None


def year_after(words: Words, i: int) -> tuple[int, int] | None:
    """A year at `i`, `عام`, `من عام` and the like before it allowed."""
    k = i + 1 if word_at(words, i) == "من" else i
    if word_at(words, k) in ("عام", "سنه", "العام", "السنه", "لعام", "لسنه"):
        return year_at(words, k + 1)
    return year_at(words, i)


def year_shift(words: Words, i: int) -> tuple[int, int] | None:
    """`من العام الماضي`, `من هذا العام`, `العام الحالي` at `i`: the shift and the word after."""
    k = i + 1 if word_at(words, i) == "من" else i
    if word_at(words, k) in _THIS and word_at(words, k + 1) in ("العام", "السنه"):
        return 0, k + 2
    if word_at(words, k) in ("العام", "السنه") and word_at(words, k + 1) in SHIFTS:
        return SHIFTS[words[k + 1]], k + 2
    return None


def days_before(words: Words, end: int, floor: int = 0) -> tuple[int, int, int] | None:
    """Days of a month that end right before `end`: first day, last day, and the word they begin at."""
    start = max(floor, end - 6)
    if end > start and bare(words[end - 1]) == "غره":
        return 1, 1, end - 1
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


def _nth_day(words: Words, end: int) -> tuple[int, int, int] | None:
    """`اول ايام` right before `end`: the day twice, and the word it begins at."""
    nth = _NTH_OF_FEAST.get(word_at(words, end - 2).removeprefix("ب")) if word_at(words, end - 1) == "ايام" else None
    return None if nth is None else (nth + 1, nth + 1, end - 2)


def month_name(words: Words, i: int) -> tuple[Month, int] | None:
    """The month named at `i` and the word after, its second name included: `تموز/يوليو`, `سبتمبر (ايلول)`, `يوليو تموز`."""
    for size in (2, 1):
        name = " ".join(words[i : i + size])
        month = MONTHS.get(name) or MONTHS.get(name[1:] if name[0] in "وفبل" else "")
        if month and len(words) >= i + size:
            return _second_name(words, i + size, month)
    return None


def _second_name(words: Words, i: int, month: Month) -> tuple[Month, int]:
    k = i + 1 if word_at(words, i) in _BETWEEN_NAMES else i
    for size in (2, 1):
        other = MONTHS.get(" ".join(words[k : k + size])) if k + size <= len(words) else None
        if other and other[:2] == month[:2]:
            end = k + size
            return month._replace(weak=False), end + 1 if word_at(words, i) == "(" and word_at(words, end) == ")" else end
    return month, i


def read_month(words: Words, i: int, _base: str) -> TimeExpression | None:
    """A month with the days before it and the year or shift after it."""
    named = month_name(words, i)
    if named is None:
        return None
    month, end = named
    closing = word_at(words, i - 1) == "(" and word_at(words, end) == ")" and days_before(words, i - 1) is not None
    if closing:  # `28 (يونيو) حزيران`
        other = month_name(words, end + 1) if end + 1 < len(words) else None
        end = other[1] if other and other[0][:2] == month[:2] else end + 1
    slash = word_at(words, i - 1) in ("/", "-") and _DAY.fullmatch(word_at(words, i - 2)) and not (month.weak and word_at(words, end) != "/")
    before = i - 1 if slash or closing or word_at(words, i - 1) in ("شهر", "من") else i
    before = before - 1 if before < i and word_at(words, before - 1) == "من" else before
    days = days_before(words, before) or _nth_day(words, before)
    value = DateOf(month, *(days[:2] if days else ()))
    value, last = with_year(words, end, value)
    whose = word_at(words, days[2] - 1) if days else ""
    if whose.endswith("الاسبوع") or whose in FRACTIONS:  # `الاسبوع الثالث من يوليو`, `النصف الثاني من يوليو`
        days, value = None, replace(value, first=None, last=None)
    if days and (whose in _NOT_DATES or (whose[:1] in ("ب", "ل", "و") and whose[1:] in _NOT_DATES)):  # `بشارع 20 مارس`
        return None
    if words[i] in ("باب", "لاب", "فاب") or (word_at(words, i - 1) == "(" and word_at(words, i - 2) in MONTH_WORDS and not days):
        return None
    if month.weak and not days and last == end and (word_at(words, i - 1) not in _MONTH_PREPOSITIONS or words[i] == "اب") and not _in_list(words, i):
        return None
    first = days[2] if days else i
    return TimeExpression(first, last, "day" if days else "month", value)


def _in_list(words: Words, i: int) -> bool:
    """Whether a month name stands right after another: `مارس وجوان`, `ماي او جوان`."""
    return i > 0 and (words[i].startswith("و") or word_at(words, i - 1) in ("و", "او")) and word_at(words, i - 1 - (words[i - 1] in ("و", "او"))) in MONTH_WORDS


def with_year(words: Words, i: int, value: DateOf) -> tuple[DateOf, int]:
    """The date with the year, shift or year shift that stands at `i`, and the word after."""
    k = i + 1 if word_at(words, i) in ("/", ",") and _YEAR.fullmatch(word_at(words, i + 1)) else i
    if year := year_after(words, k):
        return replace(value, year=year[0]), year[1]
    if word_at(words, i) in SHIFTS:
        return replace(value, shift=SHIFTS[words[i]]), i + 1
    if shift := year_shift(words, i):
        return replace(value, year_shift=shift[0]), shift[1]
    return value, i


def date_after(words: Words, i: int) -> TimeExpression | None:
    """A date that begins at `i`, after `,`, `(` or `الموافق` at most: `الخميس, 8 جوان 2017`."""
    k = i + 1 if word_at(words, i) in (",", "(", ")", "الموافق", "الموافقه") else i
    for at in range(k + 1, min(k + 5, len(words))):
        if words[at] in MONTH_WORDS:
            found = read_month(words, at, words[at])
            if found and found.first == k and found.kind == "day":
                return replace(found, last=found.last + (word_at(words, i) == "(" and word_at(words, found.last) == ")"))
    return read_digits(words, k, "") if _NUMERIC_DATE.fullmatch(word_at(words, k)) or word_at(words, k + 1) == "/" else None


def read_year(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`عام 2011`, `سنتي 2010 و2011`."""
    year = year_at(words, i + 1)
    if pair := _YEARS.fullmatch(word_at(words, i + 1)):
        return TimeExpression(i, i + 2, "year", DateOf(None, year=int(pair[1]), until_year=int(pair[2]))) if pair[1] < pair[2] else None
    return read_years(words, i, year) if year else None


def read_years(words: Words, first: int, year: tuple[int, int]) -> TimeExpression:
    """A year and, after `و` or `الي`, the year it runs to."""
    low, end = year
    k = end + 1 if word_at(words, end) in ("و", "الي", "-", "حتي", "/") else 0
    other = year_at(words, k + (word_at(words, k) in ("عام", "سنه"))) if k else None
    if other and word_at(words, end) == "/" and other[0] != low + 1:
        other = None
    if other and low < other[0]:
        return TimeExpression(first, other[1], "year", DateOf(None, year=low, until_year=other[0]))
    return TimeExpression(first, end, "year", DateOf(None, year=low))


def read_season(words: Words, i: int, base: str) -> TimeExpression | None:
    """`صيف 2015`, `الصيف الماضي`, `هذا الصيف`, `خلال الصيف`."""
    month = SEASONS[base.removeprefix("ال")]
    if shift := year_shift(words, i + 1):  # `صيف العام الماضي`
        return TimeExpression(i, shift[1], "period", Season(month, year_shift=shift[0]))
    if word_at(words, i - 1) == "فصل" and base.startswith("ال") and word_at(words, i + 1) not in SHIFTS and not year_after(words, i + 1):
        return TimeExpression(i - 1, i + 1, "period", Season(month))
    if year := year_after(words, i + 1):
        return TimeExpression(i, year[1], "period", Season(month, year=year[0]))
    if not base.startswith("ال"):
        return None
    if word_at(words, i + 1) in SHIFTS:
        return TimeExpression(i, i + 2, "period", Season(month, shift=SHIFTS[words[i + 1]]))
    if bare(word_at(words, i - 1)) in _THIS:
        return TimeExpression(i - 1, i + 1, "period", Season(month, shift=0))
    return TimeExpression(i, i + 1, "period", Season(month)) if bare(word_at(words, i - 1)) == "خلال" else None


def read_feast(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`عيد الفطر الماضي`, `عاشوراء`, `راس السنه الهجريه`."""
    for size in (3, 2, 1):
        phrase = " ".join(words[i : i + size])
        feast = FEASTS.get(phrase) or FEASTS.get(bare(phrase))
        if feast and i + size <= len(words):
            value, end = with_year(words, i + size, DateOf(feast.month, feast.first, feast.last))
            if end == i + size and bare(word_at(words, i - 1)) not in _FEAST_PREPOSITIONS:
                return None
            end += word_at(words, end) in ("المبارك", "السعيد")
            if phrase.endswith("راس السنه") and feast.month.number == 1 and bare(word_at(words, i - 1)) == "ليله":
                eve = replace(value, month=Month(12), first=31, last=31)
                return TimeExpression(i - 1, end, "day", Range(eve, value))
            nth = _NTH_OF_FEAST.get(word_at(words, i - 2).removeprefix("ب")) if word_at(words, i - 1) in ("ايام", "يوم") else None
            if nth is not None and feast.first + nth <= feast.last:
                day = feast.first + nth
                return TimeExpression(i - 2, end, "day", replace(value, first=day, last=day))
            return TimeExpression(i, end, "day", value)
    return None


def read_decade(words: Words, i: int, base: str) -> TimeExpression | None:
    """`التسعينيات`, with `من القرن الماضي`, `سبعينيات القرن التاسع عشر` or without: of the twentieth."""
    start, k = DECADES[base.removeprefix("ال")], i + 1
    of = word_at(words, k) == "من"
    century = _century(words, k + of)
    if word_at(words, k) in ("الهجريه", "الهجري") or (century is None and ((of and word_at(words, k + 1) != "القرن") or start == 1920)):
        return None  # `شاب في العشرينيات من عمره`
    if century is None or not (of or not base.startswith("ال")):  # `السبعينيات القرن` would be no grammar
        return TimeExpression(i, k, "year", DateOf(None, year=start, until_year=start + 9))
    start += 100 * (century[0] - 20)
    return TimeExpression(i, century[1], "year", DateOf(None, year=start, until_year=start + 9))


def _century(words: Words, i: int) -> tuple[int, int] | None:
    """The number of the century at `i`, the last one being the twentieth, and the word after."""
    if word_at(words, i) not in ("القرن", "والقرن", "للقرن", "بالقرن"):
        return None
    if word_at(words, i + 1) in ("الماضي", "المنصرم"):
        return 20, i + 2
    if word_at(words, i + 1) in ("الحالي", "الجاري"):
        return 21, i + 2
    number = next(iter(find_numbers(words[i + 1 : i + 4])), None)
    if number is None or number.core_first or not words[i + 1].startswith("ال") or not 1 <= number.low <= 21:
        return None
    end = i + 1 + number.core_last
    if word_at(words, end) in ("الهجري", "قبل", "للهجره"):
        return None
    return number.low, end + (word_at(words, end) in ("الميلادي", "للميلاد"))


def read_century(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`القرن الماضي`, `القرن التاسع عشر`, `القرن الحادي والعشرين`."""
    found = _century(words, i)
    return TimeExpression(i, found[1], "year", Century(found[0])) if found else None


def read_digits(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`2019/11/5`, `05-11-2019`, and a bare year after a preposition or at the head of a line of a chronicle."""
    word = "".join(words[i : i + 5]) if word_at(words, i + 1) == "/" and word_at(words, i + 3) == "/" else words[i]
    if match := _NUMERIC_DATE.fullmatch(word):
        year, month, day = (int(part) for part in (match[1], match[2], match[3]) if part) if match[1] else (int(match[k]) for k in (6, 5, 4))
        if month > 12 >= day:
            month, day = day, month
        valid = 1 <= month <= 12 and 1 <= day <= 31
        end = i + 1 if word == words[i] else i + 5
        end += word_at(words, end) in ("ه", "م")
        value = DateOf(Month(month, 1300 < year < 1600), day, day, year=year + 2000 * (year < 100))
        return TimeExpression(i, end, "day", value) if valid else None
    before = word_at(words, i - 1)
    if (pair := _YEARS.fullmatch(words[i])) and before in _YEARS_PREPOSITIONS and pair[1] < pair[2]:
        return TimeExpression(i, i + 1, "year", DateOf(None, year=int(pair[1]), until_year=int(pair[2])))
    stated = year_at(words, i)
    if stated is None or not (1900 <= stated[0] < 2100):
        return None
    found = read_years(words, i, stated)
    if before in _YEAR_PREPOSITIONS or (before in NTH and word_at(words, i - 2) in FRACTIONS):
        return found
    if before == "من" and (word_at(words, i - 2) in _STARTS or (word_at(words, i - 2) in NTH and word_at(words, i - 3) in FRACTIONS)):
        return found
    if before == "(" and word_at(words, found.last) == ")":
        return found
    if word_at(words, i - 2) in ("منذ", "ومنذ") and before.isalpha():
        return replace(found, first=i - 2, moment=Edge(found.moment, "since"))
    paired = isinstance(found.moment, DateOf) and found.moment.until_year
    if paired and before in ("من", "بين"):
        return replace(found, first=i - 1)
    return TimeExpression(0, 1, "day", Anniversary(stated[0])) if i == 0 and word_at(words, 1) == "-" else None
