"""Moments: what an expression of time means before it is read against a day, and the days it then denotes (codebook, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal, Protocol

from khabar.arabic.calendar import (
    Month,
    Unit,
    add_months,
    back,
    gregorian_to_hijri,
    hijri_month_bounds,
    hijri_to_gregorian,
    month_bounds,
    unit_bounds,
    weekday_after,
    weekday_before,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; null for an end that is not known. `basis` says what the days were worked out from.

    `conflict` where the text names a weekday that these days are not: `امس الاثنين` on a Wednesday, `الجمعه 12 نوفمبر 2019`.
    """

    start: date | None
    end: date | None
    basis: Literal["stated", "relative", "publication"]
    conflict: bool = False

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("an interval needs a start or an end")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is after end {self.end}")


class Moment(Protocol):
    """What a time expression means, before it is read against a day."""

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The days meant, seen from `anchor`; null where they cannot be known."""


def _relative(bounds: tuple[date, date] | None) -> Interval | None:
    return Interval(*bounds, "relative") if bounds else None


@dataclass(frozen=True, slots=True)
class Undated:
    """`موخرا`, `قبل فتره`, `قريبا`: a time that no calendar knows, only whether it is past or future, if that."""

    side: Literal["past", "future", "unknown"] = "unknown"

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Always null."""
        return None


@dataclass(frozen=True, slots=True)
class Now:
    """`حاليا`, `الان`: the day of publication."""

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The anchor itself."""
        return Interval(anchor, anchor, "publication") if anchor else None


@dataclass(frozen=True, slots=True)
class DayOffset:
    """`امس` (-1), `غدا` (1). A weekday that does not fit wins: the nearest day on or before that fits, marked as a conflict."""

    days: int
    weekday: int | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The day so many days from the anchor, or the latest such weekday up to it."""
        if anchor is None:
            return None
        told = anchor + timedelta(self.days)
        day = told if self.weekday is None else weekday_before(told, self.weekday)
        return Interval(day, day, "relative", conflict=day != told)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A year at the head of a line of "this day in history": the anchor's day in that year."""

    year: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """One day; 28 February for a 29th."""
        if anchor is None:
            return None
        day = add_months(anchor, 12 * (self.year - anchor.year))
        return Interval(day, day, "publication")


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """`الجمعه` (shift null), `الجمعه الماضي` (-1), `قبل الماضي` (-2), `المقبل` (1), `بعد المقبل` (2).

    `week` is the week it is said to lie in, this one being 0.
    """

    weekday: int
    shift: int | None = None
    week: int | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Bare: the latest such day up to the anchor or, `future`, the next from it on; shifted: not the anchor itself."""
        if anchor is None:
            return None
        if self.week is not None:
            day = unit_bounds(anchor, "week", self.week)[0] + timedelta(self.weekday)
        elif self.shift and self.shift > 0:
            day = weekday_after(anchor + timedelta(1), self.weekday) + timedelta(7 * (self.shift - 1))
        elif self.shift and self.shift < 0:
            day = weekday_before(anchor - timedelta(1), self.weekday) - timedelta(7 * (-1 - self.shift))
        else:
            day = weekday_after(anchor, self.weekday) if future else weekday_before(anchor, self.weekday)
        return Interval(day, day, "relative")


_LONG = frozenset(("month", "year"))


@dataclass(frozen=True, slots=True)
class UnitOf:
    """`الاسبوع الماضي` (week, -1), `العام المقبل` (year, 1), `الشهرين الماضيين` (month, -1, count 2)."""

    unit: Unit
    shift: int
    count: int = 1

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Whole units, a week being Monday to Sunday; several months or years run up to the anchor or from it on."""
        if anchor is None:
            return None
        if self.count > 1 and self.unit in _LONG:
            away = back(anchor, self.unit, self.count if self.shift < 0 else -self.count)
            return Interval(min(anchor, away), max(anchor, away), "relative")
        further = self.shift + (self.count - 1 if self.shift > 0 else 1 - self.count)
        ends = (*unit_bounds(anchor, self.unit, self.shift), *unit_bounds(anchor, self.unit, further))
        return Interval(min(ends), max(ends), "relative")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`الساعات ال24 الماضيه`: the stretch of so many units that ends (count above 0) or begins (below 0) at the anchor."""

    unit: Unit
    count: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """From so many units before the anchor to the anchor; after it for a negative count. Days count the anchor in."""
        if anchor is None:
            return None
        days = self.count - (1 if self.count > 0 else -1) if self.unit == "day" else self.count
        ends = (anchor, back(anchor, self.unit, days))
        return Interval(min(ends), max(ends), "relative")


@dataclass(frozen=True, slots=True)
class Ago:
    """`قبل ثلاثه ايام` (count 3), `بعد يومين` (-2), the latter only told of the future."""

    unit: Unit
    count: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """One day; null for a count ahead of a past event, which starts from some other day."""
        if anchor is None or (self.count < 0 and not future):
            return None
        day = back(anchor, self.unit, self.count)
        return Interval(day, day, "relative")


@dataclass(frozen=True, slots=True)
class DateOf:
    """A day, days, a month or a year of a calendar, as far as the text says it: `8 و9 مارس القادم`, `نوفمبر 2019`, `عام 2011`.

    `shift` is the word after the month (`الماضي` -1, `الجاري` 0, `المقبل` 1), `year_shift` that after a year (`من العام الماضي` -1).
    """

    month: Month | None
    first: int | None = None
    last: int | None = None
    year: int | None = None
    shift: int | None = None
    year_shift: int | None = None
    weekday: int | None = None
    until_year: int | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The date; without a year, the one that fits the shift, the tense and the weekday best. Null for a date that does not exist."""
        if self.year is not None:
            bounds = self._in(self.year, self.until_year)
            return Interval(*bounds, "stated", conflict=self._disagrees(bounds[0])) if bounds else None
        if anchor is None or self.month is None:
            return None
        year = gregorian_to_hijri(anchor)[0] if self.month.hijri else anchor.year
        if self.year_shift is not None:
            return self._checked(self._in(year + self.year_shift))
        found = [bounds for y in range(year - 2, year + 3) if (bounds := self._in(y))]
        fitting = [bounds for bounds in found if self.weekday is None or bounds[0].weekday() == self.weekday]
        near = [bounds for bounds in fitting if abs(bounds[0] - anchor).days < 400]
        if near and self.weekday is not None and self.shift is None:  # the weekday settles the year
            return self._checked(min(near, key=lambda bounds: abs(bounds[0] - anchor)))
        return self._checked(choose(near or found, anchor, self.shift, future=future))

    def _disagrees(self, day: date) -> bool:
        return self.weekday is not None and day.weekday() != self.weekday

    def _checked(self, bounds: tuple[date, date] | None) -> Interval | None:
        return Interval(*bounds, "relative", conflict=self._disagrees(bounds[0])) if bounds else None

    def _in(self, year: int, until: int | None = None) -> tuple[date, date] | None:
        try:
            return self._bounds(year, until or year)
        except ValueError:
            return None

    def _bounds(self, year: int, until: int) -> tuple[date, date]:
        hijri = self.month.hijri if self.month else 1300 <= year < 1600
        if self.month is None:
            bounds = hijri_month_bounds if hijri else month_bounds
            return bounds(year, 1)[0], bounds(until, 12)[1]
        if self.first is None:
            return (hijri_month_bounds if hijri else month_bounds)(year, self.month.number)
        if not hijri:
            return date(year, self.month.number, self.first), date(year, self.month.number, self.last or self.first)
        days = hijri_to_gregorian(year, self.month.number, self.first), hijri_to_gregorian(year, self.month.number, self.last or self.first)
        sighted = self._sighted(days[0])
        return days[0] + sighted, days[1] + sighted

    def _sighted(self, day: date) -> timedelta:
        """How much earlier or later, two days at most, the moon was sighted, by the weekday told beside a Hijri date."""
        if self.weekday is None:
            return timedelta()
        return next((timedelta(k) for k in (0, -1, 1, -2, 2) if (day + timedelta(k)).weekday() == self.weekday), timedelta())


@dataclass(frozen=True, slots=True)
class Century:
    """`القرن التاسع عشر`: it ends with its hundredth year."""

    number: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """A hundred Gregorian years."""
        return Interval(date(100 * self.number - 99, 1, 1), date(100 * self.number, 12, 31), "stated")


@dataclass(frozen=True, slots=True)
class DayNumber:
    """`الجمعه 22`, and where a text is read loosely `في 15`: a day of the month without its month."""

    day: int
    weekday: int | None = None
    shift: None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The latest such day up to the anchor or, `future`, the next; with a weekday, the one that falls on it."""
        if anchor is None:
            return None
        months = [add_months(anchor.replace(day=1), k) for k in range(-8, 9)]
        days = [start.replace(day=self.day) for start in months if self.day <= month_bounds(start.year, start.month)[1].day]
        fitting = [day for day in days if self.weekday is None or day.weekday() == self.weekday]
        return _relative(choose([(day, day) for day in fitting], anchor, None, future=future))


FAR_BACK = timedelta(270)  # a date without a year that far back, with its next return near, means the next: `15 نوفمبر` said on 1 November
NEAR_AHEAD = timedelta(92)


def choose(found: Sequence[tuple[date, date]], anchor: date, shift: int | None, *, future: bool) -> tuple[date, date] | None:
    """Of the yearly returns of a date, the one meant: the last or next one strictly, the nearest, or by the tense."""
    past = [bounds for bounds in found if (bounds[1] < anchor if shift == -1 else bounds[0] <= anchor)]
    ahead = [bounds for bounds in found if (bounds[0] > anchor if shift == 1 else bounds[1] >= anchor)]
    if shift == 0:
        return min(found, key=lambda bounds: abs(bounds[0] + (bounds[1] - bounds[0]) / 2 - anchor), default=None)
    if shift == 1 or (shift is None and future):
        return min(ahead, default=None)
    if shift is None and past and ahead and anchor - max(past)[1] > FAR_BACK and min(ahead)[0] - anchor < NEAR_AHEAD:
        return min(ahead)
    return max(past, default=None)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """`يوم 12 من الشهر الجاري`: days of the month that lies `shift` months from the anchor's."""

    first: int
    last: int
    shift: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The days, or null where the month is shorter."""
        if anchor is None:
            return None
        start, end = unit_bounds(anchor, "month", self.shift)
        return Interval(start.replace(day=self.first), start.replace(day=self.last), "relative") if self.last <= end.day else None


@dataclass(frozen=True, slots=True)
class Season:
    """`صيف 2015`, `الصيف الماضي`: three whole months, `month` the first of them."""

    month: int
    year: int | None = None
    shift: int | None = None
    year_shift: int | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The season; a winter belongs to the year of its December."""
        if self.year is not None:
            return Interval(*self._in(self.year), "stated")
        if anchor is None:
            return None
        if self.year_shift is not None:
            return Interval(*self._in(anchor.year + self.year_shift), "relative")
        return _relative(choose([self._in(anchor.year + k) for k in (-2, -1, 0, 1, 2)], anchor, self.shift, future=future))

    def _in(self, year: int) -> tuple[date, date]:
        start = date(year, self.month, 1)
        return start, add_months(start, 3) - timedelta(1)


@dataclass(frozen=True, slots=True)
class Part:
    """`مطلع`, `منتصف`, `اواخر` (thirds) or `النصف الاول`, `الربع الثاني` (index of so many parts) of a longer time."""

    whole: Moment
    index: int
    parts: int = 3
    wide: bool = False

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Thirds of ten days of a month, its middle the 15th; the end of a week is its Saturday and Sunday; of a year, its first, two middle or
        last months, four where `wide` (`اواخر`); of decades and centuries, so many whole years."""
        found = self.whole.resolve(anchor, future=future)
        if found is None or found.start is None or found.end is None:
            return found
        start, length = found.start, (found.end - found.start).days + 1
        if length > 400:
            low, high = (round(length / 365.25 * k / self.parts) for k in (self.index - 1, self.index))
            return Interval(add_months(start, 12 * low), add_months(start, 12 * high) - timedelta(1), found.basis)
        if length > 300:
            narrow = self.parts == 3 and not self.wide
            months = {1: (0, 1), 2: (5, 7), 3: (11, 12)}[self.index] if narrow else self._months()
            return Interval(add_months(start, months[0]), add_months(start, months[1]) - timedelta(1), found.basis)
        if 28 <= length <= 31 and self.index == 2 and self.parts == 3 and not self.wide:
            return Interval(start + timedelta(14), start + timedelta(14), found.basis)
        low, high = _third(length, self.index) if self.parts == 3 else (length * (self.index - 1) // self.parts, length * self.index // self.parts)
        return Interval(start + timedelta(low), start + timedelta(high - 1), found.basis)

    def _months(self) -> tuple[int, int]:
        size = 12 // self.parts
        return size * (self.index - 1), size * self.index


def _third(length: int, index: int) -> tuple[int, int]:
    """First day and the day after the last of a third, counted from 0: 10 days in a month, and Mon-Tue, Wed-Fri, Sat-Sun in a week."""
    cuts = (0, 2, 5, 7) if length == 7 else (0, 10, 20, length) if 28 <= length <= 31 else (0, length // 3, 2 * length // 3, length)
    return cuts[index - 1], max(cuts[index], cuts[index - 1] + 1)


@dataclass(frozen=True, slots=True)
class Edge:
    """`منذ`, `حتي`, `قبل`, `بدايه من`, `في وقت سابق من`: a time that runs from or to another."""

    of: Moment
    side: Literal["since", "until", "from", "earlier", "later", "before"]

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """`since` and `earlier` run to the anchor, `later` from it; `from` and `until` are open on their other side, if still to come, else the
        time itself."""
        found = self.of.resolve(anchor, future=future and self.side != "since")
        if found is None:
            return None
        if self.side in ("from", "until"):
            return self._open(found, anchor, future)
        if self.side == "before":
            return Interval(None, found.start - timedelta(1), found.basis, found.conflict) if found.start else found
        if self.side == "later":
            inside = anchor and found.start and found.end and found.start <= anchor <= found.end
            return Interval(anchor, found.end, found.basis) if inside else found
        if found.start is None or anchor is None or found.start > anchor:
            return found
        return Interval(found.start, anchor, found.basis)

    def _open(self, found: Interval, anchor: date | None, future: bool) -> Interval:
        """`حتي 17 سبتمبر` said before that day is open at its start, as `حتي الان` is; `بدايه من الغد` at its end."""
        end = found.start if self.side == "from" else found.end
        coming = future or isinstance(self.of, Now) or (anchor is not None and end is not None and end > anchor)
        if not coming or end is None:
            return found
        return Interval(end, None, found.basis, found.conflict) if self.side == "from" else Interval(None, end, found.basis, found.conflict)


@dataclass(frozen=True, slots=True)
class Range:
    """`من 30 جانفي الى 3 فيفري 2017`, `ليل الاحد الاثنين`, `اليوم وغدا`: from one time to another."""

    start: Moment
    end: Moment

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """From the start of one to the end of the other; a start that does not say its year or week is the latest before the end."""
        end = self.end.resolve(anchor, future=future)
        if end is None or end.end is None:
            return self.start.resolve(anchor, future=future)
        told = isinstance(self.start, WeekdayOf) and self.start.week is not None
        loose = isinstance(self.start, WeekdayOf | DateOf | DayNumber) and self.start.shift is None and not told
        start = self.start.resolve(end.end if loose else anchor, future=False)
        if start is None or start.start is None:
            return end
        if start.start > end.end:  # told backwards: `امس واول من امس`
            return Interval(end.start, start.end, end.basis) if start.start - end.end < timedelta(7) else end
        return Interval(start.start, end.end, end.basis)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, `end` where hours are given from and to; `zone` the IANA name of the time it is told in, `local` for `بالتوقيت المحلي`."""

    start: time
    end: time | None = None
    zone: str | None = None


Kind = Literal["day", "weekday", "month", "year", "period", "range", "clock", "vague"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words `first` to `last` (exclusive) that say when, the words before it that belong to it included (`في نوفمبر 2019`).

    `clock` is the time of day told beside it, whose words are not counted in and which changes none of its days.
    """

    first: int
    last: int
    kind: Kind
    moment: Moment
    clock: Clock | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.first < self.last:
            raise ValueError(f"words {self.first}-{self.last} are no span")

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The days meant, seen from the day of publication (or day zero); `future` for a planned event. Null where undatable."""
        try:
            return self.moment.resolve(anchor, future=future)
        except (OverflowError, ValueError):  # beyond the years 1 to 9999
            return None
