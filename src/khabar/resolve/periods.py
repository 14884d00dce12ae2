"""Times without bounds and counts up to today: `الفتره المقبله`, `وقت لاحق`, `العام الدراسي`, `حتي الان`, `للاسبوع السابع علي التوالي`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from khabar.arabic.calendar import RECENT, SHIFTS, UNITS, WEEKDAYS, Unit
from khabar.arabic.numerals import find_numbers, word_set
from khabar.resolve.dates import MONTH_WORDS, bare, read_year, word_at
from khabar.resolve.moments import Edge, Now, Stretch, TimeExpression, Undated

Words = Sequence[str]
Side = Literal["past", "future", "unknown"]

_THIS = word_set("هذا هذه بهذا بهذه لهذا لهذه")
_ERAS = word_set("الفتره المرحله المده الموسم الحقبه المواسم")
_NEWLY = word_set("الجديد الجديده")
_TIMES: dict[tuple[str, ...], Side] = {
    ("سابق",): "past", ("قريب",): "future", ("لاحق",): "future", ("قصير",): "unknown", ("مبكر",): "unknown", ("متاخر",): "unknown",
}  # fmt: skip
_DAY_WORDS = WEEKDAYS.keys() | word_set("يوم اليوم امس الليله الامس البارحه غدا")
_DATED = _DAY_WORDS | MONTH_WORDS | word_set("هذا هذه مساء صباح يوم نهار شهر عام سنه الاسبوع الشهر العام السنه الصيف الشتاء الخريف الربيع")
_STUDY = word_set("الدراسي الدراسيه الجامعي الجامعيه التكويني التكوينيه")
_UP_TO = word_set("حتي الي حد لحد لغايه غايه")
_HERE = word_set("الان اليوم اللحظه الساعه")
_ROWS: dict[str, Unit] = {"لليوم": "day", "للاسبوع": "week", "للشهر": "month", "للعام": "year", "للسنه": "year"}
ERA_WORDS = tuple(sorted(_ERAS))
OVER_WORDS = ("مدي", "مدار", "امتداد")
ROW_WORDS = tuple(sorted(_ROWS))
UP_TO_WORDS = tuple(sorted(_HERE))


def _side(word: str) -> Side:
    shift = SHIFTS.get(word, -1 if word in RECENT else 0)
    return "past" if shift < 0 else "future" if shift > 0 else "unknown"


def read_era(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`الفتره الماضيه`, `الموسم الرياضي المقبل`, `هذه المرحله`: times whose bounds the article does not tell."""
    season = words[i].endswith("موسم")
    k = i + 1 + (season and word_at(words, i + 1).startswith("ال") and word_at(words, i + 2) in SHIFTS)
    after = word_at(words, k)
    if after in SHIFTS or after in RECENT or (season and after in _NEWLY):
        return TimeExpression(i, k + 1, "vague", Undated(_side(after)))
    if bare(word_at(words, i - 1)) in _THIS:
        return TimeExpression(i - 1, i + 1, "vague", Undated())
    return None


def read_season_of(words: Words, i: int, base: str) -> TimeExpression | None:
    """`موسم 2012`, `موسم 2015/2016`: by its year or years."""
    return read_year(words, i, base)


def read_some_time(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`وقت لاحق`, `اقرب وقت ممكن`; not `وقت سابق من الشهر`, `وقت سابق الجمعه`, which say when."""
    if word_at(words, i - 1) == "اقرب":
        return TimeExpression(i - 1, i + 1 + (word_at(words, i + 1) == "ممكن"), "vague", Undated("future"))
    side = _TIMES.get((word_at(words, i + 1),))
    after = word_at(words, i + 2)
    if side is None or after in _DAY_WORDS or (after == "من" and word_at(words, i + 3) in _DATED):
        return None
    return TimeExpression(i, i + 2, "vague", Undated(side))


def read_study_year(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`العام الدراسي الحالي`, `السنه الجامعيه`: no calendar year."""
    if word_at(words, i + 1) not in _STUDY:
        return None
    end = i + 2 + (word_at(words, i + 2) in SHIFTS or word_at(words, i + 2) in _NEWLY)
    side = _side(words[end - 1]) if end == i + 3 else "unknown"
    return TimeExpression(i, end, "vague", Undated(side)) if end == i + 3 or bare(word_at(words, i - 1)) in ("خلال", "طيله", *_THIS) else None


def read_up_to_now(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`حتي الان`, `الي حد اليوم`, `حتي هذه اللحظه`: from some time up to today."""
    first = i - (word_at(words, i - 1) in _THIS)
    if words[i] in ("اللحظه", "الساعه") and first == i and word_at(words, i - 1) not in ("حد", "لحد"):
        return None
    start = first
    while start > 0 and first - start < 2 and bare(word_at(words, start - 1)) in _UP_TO:
        start -= 1
    lone = words[i] == "اليوم" and word_at(words, i + 1).startswith("ال")
    return None if start == first or lone else TimeExpression(start, i + 1, "period", Edge(Now(), "until"))


def read_over(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`علي مدي اربعه اشهر`: up to today; days and weeks are told so of meetings to come, too."""
    number = next(iter(find_numbers(words[i + 1 : i + 7])), None)
    if bare(word_at(words, i - 1)) != "علي" or number is None or number.core_first or number.vague or number.open:
        return None
    end = i + 1 + number.core_last
    unit = UNITS.get(word_at(words, end))
    return TimeExpression(i - 1, end + 1, "period", Stretch(unit[0], number.low)) if unit and unit[0] in ("month", "year", "decade") else None


def is_up_to_now(found: TimeExpression) -> bool:
    """`حتي الان` and the like, which say of nothing when it was."""
    return isinstance(found.moment, Edge) and found.moment.side == "until" and isinstance(found.moment.of, Now)


def read_in_a_row(words: Words, i: int, base: str) -> TimeExpression | None:
    """`لليوم السادس`, `للاسبوع السابع علي التوالي`: counted up to today."""
    number = next(iter(find_numbers(words[i + 1 : i + 4])), None)
    if number is None or number.core_first or not words[i + 1].startswith("ال") or number.vague or number.percent:
        return None
    end = i + 1 + number.core_last
    row = list(words[end : end + 2]) == ["علي", "التوالي"]
    unit = _ROWS[base]
    if not row and unit != "day":
        return None
    return TimeExpression(i, end + 2 * row, "period", Stretch(unit, number.low))
