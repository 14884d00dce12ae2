"""Times of day: hours, minutes, parts of the day, zones, ranges; beside days in news, alone when read loosely."""

from __future__ import annotations

from datetime import date, time

import pytest

from khabar.resolve.moments import Interval, TimeExpression
from khabar.resolve.times import find_times
from khabar.segment.tokens import tokens


def found(text: str, *, loose: bool = False) -> list[TimeExpression]:
    return find_times([token.norm for token in tokens(text)], loose=loose)


def told(expression: TimeExpression) -> str:
    """`10:30`, `10:30-12:00`, with the zone after it; `-` for none."""
    if expression.clock is None:
        return "-"
    hours = "-".join(f"{end:%H:%M}" for end in (expression.clock.start, expression.clock.end) if end)
    return f"{hours} {expression.clock.zone}" if expression.clock.zone else hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمس الساعة العاشرة صباحا", "10:00"), ("مساء أمس الساعة 10:30", "22:30"), ("عند الساعة الثانية عشرة من ظهر أمس", "12:00"),
        ("في تمام الساعة 18:00 بتوقيت غرينتش يوم الجمعة", "18:00 UTC"), ("الجمعة الساعة العاشرة والنصف", "10:30"),
        ("أمس عند الساعة الثالثة إلا ربعا عصرا", "14:45"), ("أمس في حدود الساعة الثالثة وعشر دقائق فجرا", "03:10"),
        ("أمس الساعة الخامسة والنصف إلا خمس دقائق", "05:25"), ("الجمعة الساعة 15:00 بتوقيت القاهرة", "15:00 Africa/Cairo"),
        ("الجمعة عند الساعة الثامنة مساء بتوقيت دمشق", "20:00 Asia/Damascus"), ("الساعة التاسعة من مساء الجمعة بتوقيت مكة المكرمة", "21:00 Asia/Riyadh"),
        ("أمس الساعة السادسة مساء بالتوقيت المحلي", "18:00 local"), ("فجر اليوم عند الساعة 4.30", "04:30"), ("أمس الساعة 0900 ت غ", "09:00 UTC"),
        ("أمس من الساعة العاشرة صباحا إلى الثانية عشرة ظهرا", "10:00-12:00"), ("أمس من الساعة الثالثة إلى الخامسة عصرا", "15:00-17:00"),
        ("أمس الساعة الواحدة بعد منتصف الليل", "01:00"), ("عند الساعة الثانية من بعد ظهر السبت", "14:00"), ("أمس الساعة الحادية عشرة ليلا", "23:00"),
        ("يوم أمس", "-"), ("مساء الجمعة", "-"), ("أمس 5 قتلى", "-"),
    ],
)  # fmt: skip
def test_beside_a_day(text: str, expected: str) -> None:
    (time,) = found(text)
    assert told(time) == expected


def test_a_clock_changes_no_words_and_no_days() -> None:
    (with_clock,), (without,) = found("أمس الساعة العاشرة"), found("أمس")
    assert (with_clock.first, with_clock.last, with_clock.moment) == (without.first, without.last, without.moment)


def test_each_day_has_its_own_clock() -> None:
    first, second = found("الجمعة الساعة العاشرة صباحا ثم وصل الأحد الساعة الثانية ظهرا")
    assert (told(first), told(second)) == ("10:00", "14:00")


@pytest.mark.parametrize("text", ["أغلقت الساعة العاشرة مساء", "أغلقت في العاشرة ليلا", "أغلقت عند 22:00 بتوقيت دمشق"])
def test_a_clock_alone_is_of_the_day_told_before(text: str) -> None:
    (one,) = found(text)
    assert one.clock
    assert one.clock.start == time(22)
    assert one.resolve(date(2015, 7, 22), future=False) == Interval(date(2015, 7, 22), date(2015, 7, 22), "publication")


@pytest.mark.parametrize("text", ["فاز 2:1", "المرحلة الثانية مساء الخميس", "تعمل على مدار الساعة", "وصل العاشرة"])
def test_no_clocks_in_news(text: str) -> None:
    assert all(one.clock is None for one in found(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انها الثامنة والنصف", "08:30"), ("السابعة والنصف صباحا", "07:30"), ("سأعود 7:56 مساءً", "19:56"), ("بعد الظهر الساعة 7", "19:00"),
        ("من 5 إلى 6 مساء", "17:00-18:00"), ("بين الساعة 5 و 6 مساء", "17:00-18:00"), ("عقد الاجتماع الساعة 1 بعد الظهر إلى 4", "13:00-16:00"),
        ("منتصف الليل", "00:00"), ("سأعود الظهر", "12:00"), ("الخامسة والنصف إلا ثلاث دقائق", "05:27"), ("الساعة 12 ظهرا", "12:00"),
    ],
)  # fmt: skip
def test_alone(text: str, expected: str) -> None:
    (time,) = found(text, loose=True)
    assert (time.kind, told(time)) == ("clock", expected)
