"""Days as web pages write them: ISO and HTTP dates, days in figures, days in words with the month names of every Arab region, days in URLs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from khabar.arabic.calendar import MONTHS, WEEKDAYS, hijri_to_gregorian
from khabar.arabic.fold import fold

FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)  # Arabic newspapers are on the web since the middle of the 1990s
_HIJRI_YEARS = range(1400, 1530)
_LATIN = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBERS = {name: (month.number, month.hijri) for name, month in MONTHS.items()}
_NUMBERS |= {name: (i, False) for i, full in enumerate(_LATIN, 1) for name in (full, full[:3])}
_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NUMBERS, key=len, reverse=True))
_SECOND = rf"(?:\s*(?:/|-|\(|\\)\s*(?:{_NAME})(?!\w)\s*\)?)?"  # the same month in another region's name: 10 يناير/كانون الثاني, 10 يناير (كانون الثاني)
_WORDS = re.compile(rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th)?\s*[-/,.]?\s*({_NAME})(?!\w){_SECOND}\s*[-/,.]?\s*(?:(?:من\s+)?(?:عام|سنه)\s+)?(\d{{4}})(?!\d)")
_MONTH_FIRST = re.compile(rf"(?<!\w)({_NAME})(?!\w){_SECOND}\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/.-]\d|\d)")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_AMERICAN = re.compile(r"\d:\d\d(?::\d\d)?\s*[ap]\.?m", re.IGNORECASE)  # M/D/YYYY h:mm AM, as ASP.NET writes
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_URL_PARTS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
_URL_FIGURES = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_FILLERS = (
    "الساعه بتوقيت غرينتش جرينتش المحلي ميلادي هجري صباحا مساء ظهرا نشر في تم تاريخ النشر اخر تحديث منذ ساعه ساعات دقيقه دقائق يوم ايام من عام ص م ه gmt am pm"
)
_OF_DAYS = re.compile(rf"(?<!\w)(?:{_NAME}|{'|'.join((*WEEKDAYS, *_FILLERS.split()))})(?!\w)|[\d\W_]")


def stated_day(text: str) -> date | None:
    """The day of a date made for machines, as written, whatever its time zone: ISO 8601, HTTP, seconds since 1970; else as `visible_day`."""
    text = text.strip()[:100]
    for read in (_iso, _epoch, _http):
        if day := read(text):
            return day
    return visible_day(text)


def visible_day(text: str) -> date | None:
    """The first day written out in a text for readers, day before month; Hijri days where no other is. None where there is none."""
    folded = fold(text)
    days = [day for find in (_in_words, _in_figures) for day in find(folded)]
    plain = [(at, day) for at, day, hijri in days if not hijri]
    return min(plain or [(at, day) for at, day, _ in days], default=(0, None))[1]


def url_day(url: str) -> date | None:
    """The day in a URL's path, such as /2020/01/10/ or /2020-01-10-; None where only year and month stand there."""
    path = unquote(url.partition("://")[2].partition("/")[2])
    for m in (*_URL_PARTS.finditer(path), *_URL_FIGURES.finditer(path)):
        parts = m.groups() if m.re is _URL_FIGURES else (m[1], m[3], m[4])
        if day := _day(*map(int, parts)):
            return day
    return None


def only_day(text: str) -> bool:
    """Whether a line says nothing but a day or a time of day."""
    folded = fold(text)
    return bool(re.search(r"\d", folded)) and len(_OF_DAYS.sub("", folded)) <= 3


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _epoch(text: str) -> date | None:
    return _plausible(datetime.fromtimestamp(int(text[:10]), UTC).date()) if _EPOCH.fullmatch(text) else None


def _http(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, OverflowError):
        return None


def _in_words(text: str) -> list[tuple[int, date, bool]]:
    found = [(m.start(), m[1], m[2], m[3]) for m in _WORDS.finditer(text)]
    found += [(m.start(), m[2], m[1], m[3]) for m in _MONTH_FIRST.finditer(text)]
    out = []
    for at, number, name, year in found:
        month, hijri = _NUMBERS[" ".join(name.split())]
        if day := (_hijri if hijri else _day)(int(year), month, int(number)):
            out.append((at, day, hijri))
    return out


def _in_figures(text: str) -> list[tuple[int, date, bool]]:
    american = _AMERICAN.search(text) is not None
    found = [(m.start(), int(m[1]), int(m[3]), int(m[4])) for m in _YEAR_FIRST.finditer(text)]
    for m in _DAY_FIRST.finditer(text):
        day, month = (int(m[3]), int(m[1])) if american and "/" in m[2] else (int(m[1]), int(m[3]))
        found.append((m.start(), int(m[4]), *((day, month) if month > 12 else (month, day))))
    made = [(at, (_hijri if year in _HIJRI_YEARS else _day)(year, month, day), year in _HIJRI_YEARS) for at, year, month, day in found]
    return [(at, day, hijri) for at, day, hijri in made if day]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> date | None:
    try:
        return _plausible(hijri_to_gregorian(year, month, day)) if year in _HIJRI_YEARS else None
    except ValueError:
        return None


def _plausible(day: date) -> date | None:
    return day if FIRST <= day <= LAST else None
