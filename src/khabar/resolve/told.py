"""Times told from another time of the article: `في اليوم نفسه`, `العام التالي`, `منذ ذلك الحين`, `بعد ذلك بيومين`, and hours without a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from khabar.arabic.calendar import SHIFTS, Unit, back, unit_bounds
from khabar.arabic.numerals import word_set
from khabar.resolve.dates import bare, days_before, word_at
from khabar.resolve.durations import read_length
from khabar.resolve.moments import Ago, Edge, Interval, Moment, Part, Range, TimeExpression, Undated

Words = Sequence[str]
TOLD_UNITS: dict[str, Unit] = {
    **dict.fromkeys(word_set("اليوم الليله الصباح المساء الفجر"), "day"),
    "الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year", "التاريخ": "day",
}  # fmt: skip
_SAME_BEFORE = word_set("نفس ذات بنفس بذات لنفس ذلك تلك لذلك بذلك لتلك بتلك")
_SAME_AFTER = word_set("نفسه نفسها ذاته ذاتها عينه عينها")
_NEXT = {**dict.fromkeys(word_set("التالي التاليه الموالي المواليه اللاحق اللاحقه"), 1), **dict.fromkeys(word_set("السابق السابقه"), -1)}


@dataclass(frozen=True, slots=True)
class Told:
    """The day, week, month or year of the time told before (`shift` 0), or one so many units later (earlier if negative); the unit `hour`
    stands for that time itself, `exact` for the day so far away where the unit is longer, `days` for days of its month.

    `hour` for a time of day without its day: where no day is told before, it is of the day of publication.
    """

    unit: Unit = "day"
    shift: int = 0
    hour: bool = False
    exact: bool = False
    days: tuple[int, int] | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Without the time told before: null, or for an hour the anchor."""
        return Interval(anchor, anchor, "publication") if anchor and self.hour else None

    def after(self, told: Interval) -> Interval | None:
        """The days meant after a time told."""
        day = (told.end if self.shift > 0 else told.start) or told.start or told.end
        if day is None:
            return None
        if self.days:
            start, end = unit_bounds(day, "month", self.shift)
            return Interval(start.replace(day=self.days[0]), start.replace(day=self.days[1]), told.basis) if self.days[1] <= end.day else None
        if self.unit == "year" or (self.unit in ("week", "month") and not self.exact):
            return Interval(*unit_bounds(day, self.unit, self.shift), told.basis)
        day = day if self.unit == "hour" else back(day, self.unit, -self.shift)
        return Interval(day, day, told.basis)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Days that are known already."""

    interval: Interval | None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Those days."""
        return self.interval


def leans_on(moment: Moment) -> Unit | None:
    """The unit in which a moment is read against the time told before it; null if it is not. A length ahead (`بعد يومين`) is, told of the past."""
    match moment:
        case Told(unit):
            return unit
        case Ago(unit, count):
            return ("day" if unit == "hour" else unit) if count < 0 else None
        case Edge(of=of):
            return leans_on(of)
        case Part(whole=whole):
            return leans_on(whole)
        case Range(start=start, end=end):
            return leans_on(start) or leans_on(end)
    return None


def grounded(moment: Moment, told: Interval, *, future: bool) -> Moment:
    """The moment with what leans on the time told before it worked out."""
    match moment:
        case Told():
            return _Fixed(moment.after(told))
        case Ago(unit, count) if count < 0 and not future:
            return _Fixed(Told(unit, -count, exact=True).after(told))
        case Edge(of, side):
            return Edge(grounded(of, told, future=future), side)
        case Part(whole=whole):
            return replace(moment, whole=grounded(whole, told, future=future))
        case Range(start, end):
            return Range(grounded(start, told, future=future), grounded(end, told, future=future))
    return moment


def read_told(words: Words, i: int, base: str) -> TimeExpression | None:
    """`في اليوم نفسه`, `نفس اليوم`, `ذلك العام`, `اليوم التالي`, `الشهر الموالي`."""
    unit = TOLD_UNITS[base]
    before, after = bare(word_at(words, i - 1)), word_at(words, i + 1)
    if unit == "month" and (found := _day_of_same(words, i, before, after)):
        return found
    if before in ("ذلك", "تلك") and after in SHIFTS:  # `وافق علي ذلك الاسبوع الماضي`
        return None
    if before in _SAME_BEFORE:
        return _after_since(words, TimeExpression(i - 1, i + 1, _kind(unit), Told(unit)), before, base)
    if after in _SAME_AFTER:
        return TimeExpression(i, i + 2, _kind(unit), Told(unit))
    shift = _NEXT.get(after) if base != "التاريخ" else None
    if shift is None or (shift < 0 and word_at(words, i - 1) not in ("في", "خلال", "منذ", "عن", "من")):
        return None
    return TimeExpression(i, i + 2, _kind(unit), Told(unit, shift))


def _day_of_same(words: Words, i: int, before: str, after: str) -> TimeExpression | None:
    """`24 من نفس الشهر`, `الخامس من الشهر نفسه`."""
    of, end = (i - 2, i + 1) if before == "نفس" else (i - 1, i + 2)
    same = before == "نفس" or after in _SAME_AFTER
    days = days_before(words, of) if same and of > 0 and words[of] == "من" else None
    return TimeExpression(days[2], end, "day", Told("month", days=days[:2])) if days else None


def _after_since(words: Words, found: TimeExpression, before: str, base: str) -> TimeExpression | None:
    """`منذ ذلك التاريخ` says since when, `بذلك اليوم` may be said of any day."""
    alone = base == "التاريخ" and bare(word_at(words, found.first - 1)) not in ("منذ", "في", "حتي", "قبل", "بعد", "من")
    return None if alone or before.startswith("ل") else found


def _kind(unit: Unit) -> Literal["day", "month", "year", "period"]:
    return "day" if unit == "day" else "month" if unit == "month" else "year" if unit == "year" else "period"


def read_that_time(words: Words, i: int, _base: str) -> TimeExpression | None:
    """`منذ ذلك الحين`, from the time told before to now; `في ذلك الوقت`, which is some time."""
    if bare(word_at(words, i - 1)) not in ("ذلك", "ذاك"):
        return None
    since = bare(word_at(words, i - 2)) in ("منذ", "ومنذ")
    if since:
        return TimeExpression(i - 2, i + 1, "period", Edge(Told("hour"), "since"))
    return TimeExpression(i - 1, i + 1, "vague", Undated("past"))


def read_ago_of_told(words: Words, i: int, base: str) -> TimeExpression | None:
    """`بعد ذلك بيومين`, `قبل ذلك بعام`, `بعدها باسبوع`: so long after or before the time told."""
    k = i + 1 if base in ("بعدها", "قبلها", "بعده") else i + 2 if word_at(words, i + 1) == "ذلك" else 0
    word = word_at(words, k) if k else ""
    if not word.startswith("ب") or len(word) < 3:
        return None
    found = read_length([word[1:], *words[k + 1 : k + 6]], 0)
    if found is None or len(found.length) > 1:
        return None
    count, unit = found.length[0]
    if count != int(count) or unit in ("minute", "second", "hour", "decade", "century"):
        return None
    sign = 1 if base.startswith("بعد") else -1
    return TimeExpression(i, k + found.end, "period", Told(unit, sign * int(count), exact=True))  # type: ignore[arg-type]  # the small units are gone


def resolved(found: TimeExpression, anchor: date | None, told: Interval | None, *, future: bool) -> Interval | None:
    """The days of an expression, seen from `anchor` and, where it leans on it, from the time told before; None beyond the years of the calendar."""
    try:
        known = replace(found, moment=grounded(found.moment, told, future=future)) if told else found
        return known.resolve(anchor, future=future)
    except (OverflowError, ValueError):
        return None


def antecedents(sentences: Sequence[Sequence[TimeExpression]], zero: date | None) -> dict[tuple[int, int], Interval]:
    """For each expression of an article that leans on another, by its sentence and first word, the days it is read against."""
    out: dict[tuple[int, int], Interval] = {}
    thread = _Thread(zero)
    for number, found in enumerate(sentences):
        thread.near = thread.near[-1:]
        thread.near.append(None)
        for k, expression in enumerate(found):
            told = thread.told(expression, found[k + 1 :])
            if told:
                out[number, expression.first] = told
            thread.note(resolved(expression, zero, told, future=False), expression)
    return out


@dataclass(slots=True)
class _Thread:
    """The days an article has told so far: the last day, and the last time of any length."""

    zero: date | None
    day: Interval | None = None
    any: Interval | None = None
    near: list[Interval | None] = field(default_factory=list)

    def told(self, found: TimeExpression, later: Sequence[TimeExpression]) -> Interval | None:
        """What the expression leans on; an hour, failing a day before it, on one later in its sentence."""
        unit = leans_on(found.moment)
        if unit is None:
            return None
        if isinstance(found.moment, Told) and found.moment.hour and self.day is None:
            return next((days for x in later if x.kind in _DAYS and (days := x.resolve(self.zero, future=False))), None)
        if isinstance(found.moment, Ago):  # no word says that it leans: only on what is near
            return next((told for told in reversed(self.near) if told), None)
        return self.day if unit in ("day", "week") else self.any

    def note(self, interval: Interval | None, found: TimeExpression) -> None:
        """Remember days that a text can take up again."""
        if interval is None or interval.start is None or interval.end is None or interval.basis == "publication":
            return
        if isinstance(found.moment, Edge) and found.moment.side == "since":
            return
        self.any = self.near[-1] = interval
        if found.kind in _DAYS and (interval.end - interval.start).days < 3:
            self.day = interval


_DAYS = frozenset(("day", "weekday", "range"))
