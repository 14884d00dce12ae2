"""Times read against another time of the article, times without bounds, and times counted up to today."""

from __future__ import annotations

from datetime import date

import pytest

from khabar import Resolver
from khabar.resolve.moments import TimeExpression
from khabar.resolve.symbols import symbol
from khabar.resolve.times import find_times
from khabar.segment.tokens import tokens

MONDAY = "2015-08-10"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def found(text: str) -> list[TimeExpression]:
    return find_times([token.norm for token in tokens(text)])


def days(text: str, *, future: bool = False) -> str:
    """The days of the one expression, seen from Monday 10 August 2015; an open end left empty, `-` for none."""
    (one,) = found(text)
    interval = one.resolve(date.fromisoformat(MONDAY), future=future)
    if interval is None:
        return "-"
    return str(interval.start) if interval.start == interval.end else f"{interval.start or ''}..{interval.end or ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار الوفد المدينة يوم 3 مارس 2014.\nوفي اليوم نفسه عاد إلى بلده.", ["2014-03-03", "2014-03-03"]),
        ("زار الوفد المدينة يوم 3 مارس 2014.\nوعاد في اليوم التالي إلى بلده.", ["2014-03-03", "2014-03-04"]),
        ("بدأ البناء عام 2009.\nوتوقف العمل في العام التالي.", ["2009-01-01..2009-12-31", "2010-01-01..2010-12-31"]),
        ("وقع الاتفاق في 5 مايو 2013.\nوانهار بعد ذلك بثلاثة أيام.", ["2013-05-05", "2013-05-08"]),
        ("وقع الاتفاق في مايو 2013.\nوكانت المفاوضات بدأت قبل ذلك بعام.", ["2013-05-01..2013-05-31", "2012-01-01..2012-12-31"]),
        ("أغلق المعبر عام 2012.\nولم يفتح منذ ذلك الحين.", ["2012-01-01..2012-12-31", "2012-01-01..2015-08-10"]),
        ("انخفض السعر في 8 يوليو ثم ارتفع في 24 من نفس الشهر.", ["2015-07-08", "2015-07-24"]),
        ("قصفت البلدة السبت الماضي.\nوبعد يومين قصفت قرية مجاورة.", ["2015-08-08", "2015-08-10"]),
        ("وقع الانفجار أمس.\nوهرعت الفرق إلى المكان في الساعة الثامنة مساء.", ["2015-08-09", "2015-08-09"]),
    ],
)
def test_times_told_from_the_time_before(resolver: Resolver, text: str, expected: list[str]) -> None:
    values = [f.value for f in resolver.resolve("time", text, published=MONDAY)]
    told = [(v["from"][:10], v["to"][:10]) for v in values]
    assert [a if a == b else f"{a}..{b}" for a, b in told] == expected


def test_nothing_told_before_is_nothing_to_lean_on(resolver: Resolver) -> None:
    (found,) = resolver.resolve("time", "عاد الوفد في اليوم نفسه إلى بلده بعد جولة في المنطقة.\nوقال المتحدث إن الزيارة ناجحة.", published=MONDAY)
    assert found.value == {"from": None, "to": None, "symbol": "TOLD+0D"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("حتى الآن", "..2015-08-10"), ("إلى حد الآن", "..2015-08-10"), ("حتى هذه اللحظة", "..2015-08-10"), ("إلى الآن", "..2015-08-10"),
        ("حتى 17 سبتمبر", "..2015-09-17"), ("حتى يوم الأحد المقبل", "..2015-08-16"), ("بداية من الغد", "2015-08-11.."),
        ("انطلاقا من 21 سبتمبر 2016", "2016-09-21.."), ("قبل 26 أغسطس", "..2015-08-25"), ("قبل عام 2011", "..2010-12-31"),
        ("لليوم العشرين على التوالي", "2015-07-22..2015-08-10"), ("للأسبوع السابع على التوالي", "2015-06-22..2015-08-10"),
        ("الليلة قبل الماضية", "2015-08-08"), ("في وقت سابق الجمعة", "2015-08-07"), ("في وقت سابق من يوليو", "2015-07-01..2015-07-31"),
        ("خلال مارس وجوان ونوفمبر 2014", "2014-03-01..2014-11-30"), ("في 28 (يونيو) حزيران", "2015-06-28"),
        ("خلال شهر سبتمبر أو أكتوبر المقبلين", "2015-09-01..2015-10-31"), ("الشهرين الماضيين", "2015-06-10..2015-08-10"),
        ("ثالث أيام عيد الفطر", "2015-07-19"), ("عطلة عيد الفطر", "2015-07-17..2015-07-19"), ("ليلة رأس السنة", "2014-12-31..2015-01-01"),
        ("صيف العام الماضي", "2014-06-01..2014-08-31"), ("أواخر العام الماضي", "2014-09-01..2014-12-31"), ("منتصف يوليو", "2015-07-15"),
        ("خلال أسبوعين", "2015-07-27..2015-08-10"),
        ("على مدى أربعة أشهر", "2015-04-10..2015-08-10"), ("منذ ما يزيد عن 14 يوما", "2015-07-27..2015-08-10"), ("مواليد 1991", "1991-01-01..1991-12-31"),
        ("عام 2010-2011", "2010-01-01..2011-12-31"), ("الربع الأول من 2015", "2015-01-01..2015-03-31"), ("موسم 2014/2015", "2014-01-01..2015-12-31"),
    ],
)  # fmt: skip
def test_spans_from_and_up_to(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    ["الفترة الماضية", "المرحلة المقبلة", "الموسم الماضي", "السنة الدراسية الحالية", "في وقت لاحق", "أقرب وقت ممكن", "في ذلك الوقت", "الموسم الرياضي المقبل"],
)
def test_times_without_bounds(text: str) -> None:
    assert days(text) == "-"


def test_within_weeks_to_come() -> None:
    assert days("خلال أسبوعين", future=True) == "2015-08-10..2015-08-24"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اليوم التالي", "TOLD+1D"),
        ("قبل ذلك بعام", "TOLD-1Y"),
        ("قبل 26 أغسطس", "(,<XXXX-08-26)"),
        ("صيف العام الماضي", "XXXX@-1-SU"),
        ("خلال أسبوعين", "~P2W"),
    ],
)
def test_symbols(text: str, expected: str) -> None:
    (one,) = found(text)
    assert symbol(one.moment) == expected


@pytest.mark.parametrize(
    "text", ["الخطوة المقبلة", "في الوقت الذي", "من قبل الشرطة", "بعد ذلك بقليل وصلت", "ولي العهد", "أي وقت مضى", "للشهر الأول", "على مدى يومين"]
)
def test_no_times(text: str) -> None:
    assert found(text) == []
