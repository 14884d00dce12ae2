"""Moments counted within a longer time: its third Friday, its second week, what is left of it; and those a length of time away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from khabar.arabic.calendar import Unit, back, unit_bounds, weekday_after, weekday_before
from khabar.resolve.durations import Length
from khabar.resolve.moments import Interval, Moment, Stretch


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """`اول جمعه من يوليو`, `الاحد الاخير من الشهر الماضي` (nth -1)."""

    weekday: int
    nth: int
    whole: Moment

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The day, or null where there are not so many."""
        found = self.whole.resolve(anchor, future=future)
        if found is None or found.start is None or found.end is None:
            return None
        first = weekday_after(found.start, self.weekday) + timedelta(7 * (self.nth - 1))
        day = weekday_before(found.end, self.weekday) if self.nth == -1 else first
        return Interval(day, day, found.basis) if found.start <= day <= found.end else None


@dataclass(frozen=True, slots=True)
class NthWeek:
    """`الاسبوع الثالث من الشهر`, `الاسبوع الثاني من عام 2015`, `الاسبوع الاخير من يوليو` (nth -1)."""

    nth: int
    whole: Moment

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """Monday to Sunday: of a year by ISO 8601, of a month the weeks that begin in it. The last week is the last seven days."""
        found = self.whole.resolve(anchor, future=future)
        if found is None or found.start is None or found.end is None:
            return None
        if self.nth == -1:
            return Interval(found.end - timedelta(6), found.end, found.basis)
        monday = self._monday(found.start, found.end)
        return Interval(monday, monday + timedelta(6), found.basis) if monday <= found.end else None

    def _monday(self, start: date, end: date) -> date:
        first = weekday_before(start + timedelta(3), 0) if (end - start).days > 31 else weekday_after(start, 0)
        return first + timedelta(7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class Rest:
    """`بقيه الاسبوع`, `باقي العام`: from the anchor to the end of its unit."""

    unit: Unit

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The anchor counted in."""
        return Interval(anchor, unit_bounds(anchor, self.unit, 0)[1], "relative") if anchor else None


@dataclass(frozen=True, slots=True)
class Within:
    """`خلال اسبوعين`: so many units up to the anchor or, told of the future, from it on."""

    unit: Unit
    count: int

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """From the anchor or to it."""
        return Stretch(self.unit, -self.count if future else self.count).resolve(anchor, future=future)


@dataclass(frozen=True, slots=True)
class Weekend:
    """`عطله نهايه الاسبوع`: Saturday and Sunday, as in `khabar.resolve.moments.Part`."""

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """The latest up to the anchor or, `future`, the one that is on or comes next."""
        if anchor is None:
            return None
        saturday = weekday_before(anchor, 5) if not future or anchor.weekday() == 6 else weekday_after(anchor, 5)
        return Interval(saturday, saturday + timedelta(1), "relative")


_DAYS = {"month": 30, "year": 365, "decade": 3652, "century": 36524}


@dataclass(frozen=True, slots=True)
class Away:
    """`قبل سنتين وثلاثه اشهر`, `بعد عام ونصف`, `شهر و21 يوما من الان`: a length of time before or after the anchor, by the tense if `ahead` is null."""

    length: Length
    ahead: bool | None = None

    def resolve(self, anchor: date | None, *, future: bool) -> Interval | None:
        """One day; null for a length ahead told of the past, which starts from some other day."""
        if anchor is None or (self.ahead and not future):
            return None
        day, sign = anchor, -1 if self.ahead or (self.ahead is None and future) else 1
        for count, unit in self.length:
            day = _moved(day, unit, sign * count)
        return Interval(day, day, "relative")


def _moved(day: date, unit: str, count: float) -> date:
    """The day a number of units before, halves of months and years as months and days."""
    if unit in ("minute", "second"):
        return day
    whole = int(count)
    day = back(day, unit, whole)  # type: ignore[arg-type]  # minutes and seconds are gone
    if unit == "year":
        return back(day, "month", round(12 * (count - whole)))
    return day - timedelta(round(_DAYS.get(unit, 0) * (count - whole)))
