"""Times: spans and days by the codebook, section 6."""

from __future__ import annotations

import timeit
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.calendar import gregorian_to_hijri, hijri_to_gregorian
from khabar.arabic.fold import fold
from khabar.resolve.times import Interval, TimeExpression, find_times
from khabar.segment.tokens import tokens

WEDNESDAY = date(2015, 7, 22)


def found(text: str) -> list[TimeExpression]:
    return find_times([token.norm for token in tokens(text)])


def only(text: str) -> TimeExpression:
    times = found(text)
    assert len(times) == 1, times
    return times[0]


def days(text: str, anchor: date | None = WEDNESDAY, *, future: bool = False) -> str:
    """The days of the one expression as `start..end`, a single day once, `-` for none."""
    interval = only(text).resolve(anchor, future=future)
    if interval is None:
        return "-"
    return str(interval.start) if interval.start == interval.end else f"{interval.start}..{interval.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمس", "2015-07-21"), ("يوم أمس", "2015-07-21"), ("بالأمس", "2015-07-21"), ("اليوم", "2015-07-22"), ("صباح اليوم", "2015-07-22"),
        ("أول من أمس", "2015-07-20"), ("أول أمس", "2015-07-20"), ("أمس الأول", "2015-07-20"), ("البارحة", "2015-07-21"), ("الليلة الماضية", "2015-07-21"),
        ("هذا المساء", "2015-07-22"), ("أمس الثلاثاء", "2015-07-21"), ("أمس (الثلاثاء)", "2015-07-21"), ("أمس الإثنين", "2015-07-20"),
        ("اليوم الجمعة", "2015-07-17"), ("أمس الأول الجمعة", "2015-07-17"), ("الأربعاء", "2015-07-22"), ("الخميس", "2015-07-16"),
        ("مساء الخميس", "2015-07-16"),
        ("والاثنين", "2015-07-20"), ("يوم الثلاثاء", "2015-07-21"), ("الأربعاء الماضي", "2015-07-15"), ("ليل الأحد الاثنين", "2015-07-19..2015-07-20"),
        ("ليل الجمعة/السبت", "2015-07-17..2015-07-18"), ("ليلة السبت - الأحد", "2015-07-18..2015-07-19"),
        ("يومي الثلاثاء والأربعاء", "2015-07-21..2015-07-22"),
        ("الاثنين من الأسبوع الماضي", "2015-07-13"), ("في الساعات الأولى من فجر اليوم", "2015-07-22"), ("منتصف ليل الأحد", "2015-07-19"),
        ("طوال يومي أمس وأول من أمس", "2015-07-20..2015-07-21"), ("مساء الثلاثاء قبل الماضي", "2015-07-14"), ("يوم جمعة", "2015-07-17"),
    ],
)  # fmt: skip
def test_days_told_from_today(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("غدا", "2015-07-23"), ("بعد غد", "2015-07-24"), ("غدا الثلاثاء", "2015-07-21"), ("الخميس", "2015-07-23"), ("الأربعاء", "2015-07-22"),
        ("الأربعاء المقبل", "2015-07-29"), ("اليوم وغدا", "2015-07-22..2015-07-23"), ("يومي السبت والأحد القادمين", "2015-07-25..2015-07-26"),
        ("في 17 سبتمبر", "2015-09-17"), ("حتى 17 سبتمبر أيلول", "None..2015-09-17"), ("بداية من يوم 20 أوت", "2015-08-20..None"),
        ("العام المقبل", "2016-01-01..2016-12-31"),
        ("بعد يومين", "2015-07-24"), ("11 و12 أكتوبر المقبل", "2015-10-11..2015-10-12"), ("في شهر ماي المقبل", "2016-05-01..2016-05-31"),
    ],
)  # fmt: skip
def test_planned(text: str, expected: str) -> None:
    assert days(text, future=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأسبوع الماضي", "2015-07-13..2015-07-19"), ("الأسبوع الجاري", "2015-07-20..2015-07-26"), ("هذا الأسبوع", "2015-07-20..2015-07-26"),
        ("الأسبوع المقبل", "2015-07-27..2015-08-02"), ("الشهر الماضي", "2015-06-01..2015-06-30"), ("الشهر قبل الماضي", "2015-05-01..2015-05-31"),
        ("العام الماضي", "2014-01-01..2014-12-31"), ("الأسبوعين الماضيين", "2015-07-06..2015-07-19"), ("خلال اليومين الماضيين", "2015-07-20..2015-07-21"),
        ("في اليومين الأخيرين", "2015-07-21..2015-07-22"), ("في الأيام الثلاثة الماضية", "2015-07-19..2015-07-21"),
        ("خلال الساعات الـ24 الماضية", "2015-07-21..2015-07-22"), ("خلال الـ24 ساعة الماضية", "2015-07-21..2015-07-22"), ("قبل ثلاثة أيام", "2015-07-19"),
        ("قبل أسبوع", "2015-07-15"), ("قبل عام", "2014-07-22"), ("قبل أربعة أشهر", "2015-03-22"), ("منذ سنة", "2014-07-22..2015-07-22"),
        ("منذ نحو أسبوع", "2015-07-15..2015-07-22"), ("منذ مارس الماضي", "2015-03-01..2015-07-22"), ("منذ يوم السبت", "2015-07-18..2015-07-22"),
        ("في منتصف شهر جويلية الفارط", "2014-07-11..2014-07-20"), ("نهاية الأسبوع الماضي", "2015-07-18..2015-07-19"),
        ("مطلع يونيو", "2015-06-01..2015-06-10"),
        ("أواخر حزيران", "2015-06-21..2015-06-30"), ("في نهاية العام 2014", "2014-12-01..2014-12-31"), ("في منتصف 2013", "2013-06-01..2013-07-31"),
        ("النصف الأول من عام 2015", "2015-01-01..2015-06-30"), ("الربع الثاني من عام 2014", "2014-04-01..2014-06-30"),
        ("الصيف الماضي", "2014-06-01..2014-08-31"),
        ("صائفة 2014", "2014-06-01..2014-08-31"), ("في وقت سابق من الشهر الحالي", "2015-07-01..2015-07-22"), ("لليوم السادس", "2015-07-17..2015-07-22"),
    ],
)  # fmt: skip
def test_periods(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يوم 12 نوفمبر", "2014-11-12"), ("12 نوفمبر 2019", "2019-11-12"), ("12 تشرين الثاني 2019", "2019-11-12"),
        ("نوفمبر (تشرين الثاني) 2019", "2019-11-01..2019-11-30"),
        ("في اذار/ مارس 2014", "2014-03-01..2014-03-31"), ("14 يوليو تموز", "2015-07-14"), ("2019/11/5", "2019-11-05"), ("05-11-2019", "2019-11-05"),
        ("04/04/2017", "2017-04-04"), ("5 و6 جانفي", "2015-01-05..2015-01-06"), ("من 5 إلى 7 مارس", "2015-03-05..2015-03-07"),
        ("بين 3 و5 مايو", "2015-05-03..2015-05-05"), ("في نوفمبر 2019", "2019-11-01..2019-11-30"), ("نوفمبر الماضي", "2014-11-01..2014-11-30"),
        ("عام 2011", "2011-01-01..2011-12-31"), ("سنة 2014", "2014-01-01..2014-12-31"), ("في 2003", "2003-01-01..2003-12-31"),
        ("3 اغسطس الجاري", "2015-08-03"),
        ("يوم 12 من الشهر الجاري", "2015-07-12"), ("الخامس من الشهر الماضي", "2015-06-05"), ("في التاسع من أغسطس 2014", "2014-08-09"),
        ("الخامس والعشرين من يناير", "2015-01-25"), ("يوم الخميس 16 فيفري 2017", "2017-02-16"), ("اليوم الخميس، 8 جوان 2017", "2017-06-08"),
        ("من 30 جانفي الى غاية 3 فيفري 2017", "2017-01-30..2017-02-03"), ("في سنتي 2010 و2011", "2010-01-01..2011-12-31"),
        ("منذ عام 2009", "2009-01-01..2015-07-22"),
        ("في الفترة بين 2006 و2013", "2006-01-01..2013-12-31"), ("منذ العام الفين وخمسة", "2005-01-01..2015-07-22"),
        ("في التسعينيات", "1990-01-01..1999-12-31"),
        ("يوم 23 ديسمبر من العام الماضي", "2014-12-23"), ("8 فبراير", "2015-02-08"), ("31 فبراير 2015", "-"),
        ("كانون الاول/ ديسمبر الماضي", "2014-12-01..2014-12-31"),
        ("فجر يوم 3 رمضان 1436", "2015-06-20"), ("1 محرم", "2014-10-25"), ("أثناء عيد الفطر", "2015-07-17..2015-07-19"),
        ("19 - 21 شوال 1436", "2015-08-04..2015-08-06"),
        ("عيد العمال الماضي", "2015-05-01"), ("في عاشوراء", "2014-11-03"), ("رمضان الماضي", "2015-06-18..2015-07-16"), ("10 / 10 / 1436 هـ", "2015-07-26"),
    ],
)  # fmt: skip
def test_dates(text: str, expected: str) -> None:
    assert days(text) == expected


def test_date_without_year_just_ahead_is_the_coming_one() -> None:
    assert days("في 15 نوفمبر", date(2015, 11, 1)) == "2015-11-15"


@pytest.mark.parametrize("text", ["مؤخرا", "قبل فترة", "منذ أكثر من شهر", "في الآونة الأخيرة", "قبل أيام", "خلال الأيام المقبلة", "قبل بضعة أشهر"])
def test_undatable(text: str) -> None:
    assert only(text).kind == "vague"
    assert days(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "أحد المهاجمين", "مارس ضغوطا", "جمعية خيرية", "قال خميس", "الأمين العام الحالي", "اليوم التالي", "المصري اليوم", "12:30", "فتح باب الحوار",
        "الرئيس السابق", "عام وخاص", "ثورة 25 يناير", "حتى الآن", "صلاة الجمعة", "2011 قتيلا", "5 جنود", "محمد رمضان", "",
    ],
)  # fmt: skip
def test_no_times(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("قتل في نوفمبر 2019 نحو 1500", "في نوفمبر 2019"), ("قال اليوم الجمعة إن", "اليوم الجمعه"), ("ليومي 8 و9 مارس 2017 بعد", "ليومي 8 و 9 مارس 2017"),
        ("وقع منذ يوم الخميس الماضي 26 جانفي 2017 ثم", "منذ يوم الخميس الماضي 26 جانفي 2017"),
        ("حدث في الساعات الأولى من صباح الاثنين هنا", "في الساعات الاولي من صباح الاثنين"),
        ("قصف فجر أمس المدينة", "فجر امس"), ("عند الساعة 12:30 من ظهر أمس", "ظهر امس"), ("بعد ظهر الاثنين", "بعد ظهر الاثنين"),
    ],
)  # fmt: skip
def test_spans(text: str, span: str) -> None:
    words = [token.norm for token in tokens(text)]
    (time,) = find_times(words)
    assert " ".join(words[time.first : time.last]) == span


def test_basis() -> None:
    assert only("12 نوفمبر 2019").resolve(None, future=False) == Interval(date(2019, 11, 12), date(2019, 11, 12), "stated")
    assert only("حاليا").resolve(WEDNESDAY, future=False) == Interval(WEDNESDAY, WEDNESDAY, "publication")
    assert only("أمس").resolve(None, future=False) is None


def test_a_line_of_this_day_in_history() -> None:
    assert days("1914 - اندلاع الحرب", date(2015, 8, 1)) == "1914-08-01"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans())
def test_numeric_dates_round_trip(day: date, slashed: bool) -> None:
    text = day.strftime("%Y/%m/%d") if slashed else f"{day.day}-{day.month}-{day.year}"
    assert only(f"يوم {text}").resolve(None, future=False) == Interval(day, day, "stated")


@given(st.dates(date(622, 7, 20), date(2300, 1, 1)))
def test_hijri_round_trip(day: date) -> None:
    assert hijri_to_gregorian(*gregorian_to_hijri(day)) == day


@pytest.mark.parametrize(("hijri", "day"), [((1436, 10, 1), date(2015, 7, 17)), ((1445, 9, 1), date(2024, 3, 11)), ((1400, 1, 1), date(1979, 11, 21))])
def test_known_hijri_days(hijri: tuple[int, int, int], day: date) -> None:
    assert abs(hijri_to_gregorian(*hijri) - day) <= timedelta(hijri[0] < 1401)


def test_hijri_refuses_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="expected"):
        hijri_to_gregorian(1436, 13, 1)
    with pytest.raises(ValueError, match="before"):
        gregorian_to_hijri(date(600, 1, 1))


WORDS = (
    "في منذ حتي يوم يومي مساء ليل بعد قبل خلال امس غدا اليوم الاول من اول الاحد الاثنين الماضي المقبل الجاري الشهر الاسبوع العام عام شهر 5 12 2019 2011/2/3"
    " مارس تشرين الثاني رمضان اب الي و - / ( ) , مطلع نهايه النصف ايام ثلاثه الايام ساعه عيد الفطر الصيف وقت سابق بين غايه هذا نفس الليله الف الفين ال بدايه"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=14), st.dates(), st.booleans())
def test_any_words(words: list[str], anchor: date, future: bool) -> None:
    times = find_times(words)
    assert all(a.last <= b.first for a, b in pairwise(times))
    for time in times:
        assert time.last <= len(words)
        time.resolve(anchor, future=future)
        time.resolve(None, future=future)


@given(st.text())
def test_any_text(text: str) -> None:
    found(text)


def test_fast_without_times() -> None:
    words = fold("قال وزير الخارجية إن بلاده ترفض أي محاولة لعرقلة عملية السلام في المنطقة مؤكدا أن الإدارة تعمل مع شركائها من أجل").split() + ["كلمه"] * 10
    assert min(timeit.repeat(lambda: find_times(words), number=200, repeat=5)) / 200 < 100e-6
