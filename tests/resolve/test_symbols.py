"""Symbols: what each kind of time says without a day to read it against."""

from __future__ import annotations

import pytest

from khabar.resolve.symbols import symbol
from khabar.resolve.times import find_times
from khabar.segment.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمس", "P-1D"), ("غدا", "P1D"), ("اليوم", "P0D"), ("أمس الثلاثاء", "P-1D&WXX-2"), ("حاليا", "PRESENT_REF"), ("مؤخرا", "PAST_REF"),
        ("قريبا", "FUTURE_REF"), ("قبل أيام", "PAST_REF"), ("خلال الأيام المقبلة", "X"), ("الجمعة", "XXXX-WXX-5"), ("الجمعة الماضي", "XXXX-WXX-5@-1"),
        ("الجمعة من الأسبوع المقبل", "XXXX-WXX@1-5"), ("الأسبوع الماضي", "XXXX-WXX@-1"), ("الشهر الجاري", "XXXX-XX@0"), ("العام المقبل", "XXXX@1"),
        ("العقد الماضي", "XXX@-1"), ("الأسبوعين الماضيين", "XXXX-WXX@-2..-1"), ("الساعات الـ24 الماضية", "(PT-24H,PRESENT_REF)"),
        ("قبل ثلاثة أيام", "P-3D"), ("بعد أسبوعين", "P2W"), ("قبل سنتين وثلاثة أشهر", "P-2Y3M"), ("منذ سنة", "(P-1Y,PRESENT_REF)"),
        ("2 أكتوبر", "XXXX-10-02"), ("12 نوفمبر 2019", "2019-11-12"), ("نوفمبر 2019", "2019-11"), ("نوفمبر الماضي", "XXXX-11@-1"), ("عام 2011", "2011"),
        ("سنتي 2010 و2011", "(2010,2011)"), ("5 و6 جانفي", "(XXXX-01-05,XXXX-01-06)"), ("يوم 23 ديسمبر من العام الماضي", "XXXX@-1-12-23"),
        ("الخميس 16 فيفري 2017", "2017-02-16&WXX-4"), ("3 رمضان 1436", "H1436-09-03"), ("1 محرم", "HXXXX-01-01"), ("رمضان الماضي", "HXXXX-09@-1"),
        ("12 من الشهر الجاري", "XXXX-XX@0-12"), ("صيف 2015", "2015-SU"), ("الصيف الماضي", "XXXX-SU@-1"), ("مطلع يونيو", "XXXX-06-START"),
        ("النصف الأول من عام 2015", "2015-H1"), ("الربع الثاني من عام 2014", "2014-Q2"), ("من 30 جانفي الى 3 فيفري 2017", "(XXXX-01-30,2017-02-03)"),
        ("حتى 17 سبتمبر", "(,XXXX-09-17)"), ("بداية من 20 أوت", "(XXXX-08-20,)"), ("أول جمعة من يوليو 2015", "2015-07-WXX-5-#1"),
        ("الأسبوع الثالث من هذا الشهر", "XXXX-XX@0-W#3"), ("بقية الأسبوع", "(PRESENT_REF,XXXX-WXX@0)"), ("عطلة نهاية الأسبوع", "XXXX-WXX-WE"),
    ],
)  # fmt: skip
def test_symbol(text: str, expected: str) -> None:
    (time,) = find_times([token.norm for token in tokens(text)])
    assert symbol(time.moment) == expected


@pytest.mark.parametrize(("text", "expected"), [("في 15", "XXXX-XX-15"), ("الجمعة 22", "XXXX-XX-22&WXX-5"), ("شهر و21 يوما من الآن", "~P-1M21D")])
def test_symbol_of_a_loose_reading(text: str, expected: str) -> None:
    (time,) = find_times([token.norm for token in tokens(text)], loose=True)
    assert symbol(time.moment) == expected
