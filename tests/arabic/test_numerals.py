"""Numerals against the codebook's readings, and round trips through words and digits."""

from __future__ import annotations

import timeit
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.duals import construct_dual
from khabar.arabic.fold import fold
from khabar.arabic.numerals import Number, dual, find_numbers, spell
from khabar.segment.tokens import tokens


def found(text: str) -> list[Number]:
    return find_numbers([token.norm for token in tokens(text)])


def only(text: str) -> Number:
    numbers = found(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


PLAIN = [
    ("1,500", 1500), ("1.500", 1500), ("١٬٥٠٠", 1500), ("1,500,000", 1_500_000), ("12 ألفا", 12_000), ("12 ألفا و500", 12_500), ("الـ34", 34),
    ("3.5 مليون", 3_500_000), ("3,5 ملايين", 3_500_000), ("5ر2 مليون", 2_500_000),
    ("542.963,440 مليون", 542_963_440), ("1.234.567 مليون", 1_234_567 * 10**6),
    ("0ر7 مليون", 700_000), ("7000 آلاف", 7000), ("1.500 مليون", 1_500_000), ("500 ألف", 500_000),
    ("مليونين و300 ألف", 2_300_000), ("ألف و500", 1500), ("مئة و20", 120),
    ("خمسة عشر ألفا", 15_000), ("وثلاثة", 3), ("بثلاثين", 30), ("أحد عشر", 11), ("إحدى عشرة", 11), ("اثني عشرة", 12), ("ثلاث عشرة", 13),
    ("مائة", 100), ("مئة", 100), ("مئتان", 200), ("مائتي ألف", 200_000), ("ثلاثمائة", 300), ("ثلاث مئة", 300), ("ألفان", 2000), ("ألفي مدرس", 2000),
    ("ألفا شخص", 2000), ("ألف", 1000), ("مليونا شخص", 2_000_000), ("مليون ونصف", 1_500_000), ("مليون ونصف المليون", 1_500_000),
    ("3 ملايين ونصف", 3_500_000), ("نصف مليون", 500_000), ("ربع مليون", 250_000), ("مليار", 10**9), ("خمسة وعشرون", 25), ("مئة وعشرين", 120),
    ("ألف وخمسمائة", 1500), ("أربعة آلاف", 4000), ("ثماني ضربات", 8), ("الثلاثة والعشرين", 23), ("خمسمئة وأحد عشر", 511), ("اثنين وعشرين", 22),
    ("10 000 دينار", 10_000), ("1 414 021 100 نسمة", 1_414_021_100), ("1e10", 10**10), ("3 مئة و 21", 321), ("3 مئة", 300), ("دستة", 12), ("ثلاث دزينات", 36),
    ("نصف دزينة", 6), ("دزينتين", 24), ("ثلاثة أرباع المليون", 750_000), ("ثلاثة أرباع مليون", 750_000), ("عشرون أخماس", 4), ("أربعة أرباع متتالية", 4),
    ("اثنتان وثلاثون", 32), ("القتلى الثلاثة", 3), ("مئة وخمسة عشر ألفا وثلاثمئة وواحد وستون", 115_361),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_plain(text: str, value: int) -> None:
    number = only(text)
    assert (number.low, number.high, number.kind, number.vague, number.open, number.percent) == (value, value, "cardinal", False, False, False)


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate", "is_open"),
    [
        ("نحو 20 شخصا", 20, 20, True, False), ("وقرابة مائة جريح", 100, 100, True, False), ("بنحو 30 ألفا", 30_000, 30_000, True, False),
        ("حوالي عشرة آلاف", 10_000, 10_000, True, False), ("زهاء مئة", 100, 100, True, False), ("ما يقارب 278", 278, 278, True, False),
        ("ما يقرب من 90", 90, 90, True, False), ("50 تقريبا", 50, 50, True, False), ("أكثر من 180 قتيلا", 181, None, False, True),
        ("وأكثر من ألف و500", 1501, None, False, True), ("ما يزيد عن 10", 11, None, False, True), ("ما يزيد على عشرة", 11, None, False, True),
        ("ما يفوق 70", 71, None, False, True), ("ما لا يقل عن 15", 15, None, False, True), ("لا يقل عن 15", 15, None, False, True),
        ("15 شخصا على الأقل", 15, None, False, True), ("14 جنديا افغانيا على الاقل", 14, None, False, True), ("على الأقل 15", 15, None, False, True),
        ("أقل من 20", 0, 19, False, False), ("ما يصل إلى 300", 0, 300, True, False), ("بين 20 و30 شخصا", 20, 30, False, False),
        ("ما بين 20 و30", 20, 30, False, False), ("من 5 إلى 7", 5, 7, False, False), ("5 - 7", 5, 7, False, False), ("5-7", 5, 7, False, False),
        ("بين 3 و5 آلاف", 3000, 5000, False, False), ("بين خمسة وعشرين", 5, 20, False, False), ("بين عشرة وعشرين", 10, 20, False, False),
        ("ثلاثة أو أربعة", 3, 4, False, False), ("يفوق عددهم 40", 41, None, False, True), ("لا يقل عددهم عن 15", 15, None, False, True),
        ("يصل عددهم إلى 300", 0, 300, True, False), ("ولا يتجاوز عددها 20", 0, 20, True, False), ("لا يتعدى 20", 0, 20, True, False),
        ("لم تتجاوز 20", 0, 20, True, False),
        ("ستة من مقاتلي المعارضة السورية على الأقل", 6, None, False, True), ("60 عاما فما فوق", 60, None, False, True), ("فوق 40", 41, None, False, True),
        ("بين 5 آلاف دينار و12 ألف دينار", 5000, 12_000, False, False), ("بين 10 أيام و20 يوما", 10, 20, False, False), ("بين 5% و7%", 5, 7, False, False),
        ("من 5 سنوات إلى 10 سنوات", 5, 10, False, False), ("من 5 إلى الـ7", 5, 7, False, False), ("في حدود 200", 200, 200, True, False),
        ("نيف وعشرين شخصا", 21, 29, False, False), ("عشرون ونيف", 21, 29, False, False), ("مئة ونيف", 101, None, False, True),
        ("بضعة وعشرين شخصا", 23, 29, False, False), ("بضع وثلاثون", 33, 39, False, False),
    ],
)  # fmt: skip
def test_modifiers(text: str, low: int, high: int | None, approximate: bool, is_open: bool) -> None:
    number = only(text)
    assert (number.low, number.high, number.approximate, number.open) == (low, high, approximate, is_open)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("عشرات القتلى", 20, 99), ("العشرات", 20, 99), ("مئات", 200, 999), ("والآلاف من", 2000, 9999), ("عشرات الآلاف", 20_000, 99_999),
        ("مئات الآلاف", 200_000, 999_999), ("ملايين", 2_000_000, 9_999_999), ("بضعة أشخاص", 3, 9), ("بضع مئات", 200, 999), ("بضعة عشر", 13, 19),
    ],
)  # fmt: skip
def test_vague(text: str, low: int, high: int) -> None:
    number = only(text)
    assert (number.low, number.high, number.vague) == (low, high, True)


def test_a_change_has_two_values() -> None:
    assert [n.low for n in found("ارتفع العدد من 5 إلى 7")] == [5, 7]
    assert [n.low for n in found("زيادة الحصة من 18 إلى 20 بالمئة")] == [18, 20]


def test_between_two_different_things_there_is_no_range() -> None:
    assert [n.low for n in found("بين 3 لبنانيين و20 سوريا")] == [3, 20]


def test_more_than_a_vague_number_is_open() -> None:
    assert (only("أكثر من عشرات").low, only("أكثر من عشرات").high) == (20, None)


@pytest.mark.parametrize("text", ["30%", "30 بالمئة", "30 بالمائة", "30 في المئة", "ثلاثين في المائة", "%30", "٣٠٪"])
def test_percent(text: str) -> None:
    assert (only(text).low, only(text).percent) == (30, True)


@pytest.mark.parametrize(("text", "value"), [("الأول", 1), ("الثانية عشرة", 12), ("ثالث هجوم", 3), ("الخامس والعشرين", 25), ("للمرة الحادية عشرة", 11)])
def test_ordinals(text: str, value: int) -> None:
    assert (only(text).low, only(text).kind) == (value, "ordinal")


@pytest.mark.parametrize(
    "text",
    [
        "أحد المهاجمين",
        "الأحد",
        "واحد من أهم القادة",
        "يوم الاثنين",
        "عدة أشخاص",
        "12:30",
        "2015/11/5",
        "تشرين الثاني",
        "لست",
        "كانون الأول",
        "أمس الأول",
        "كمية من السلاح",
        "كميات",
        "",
    ],
)
def test_not_numbers(text: str) -> None:
    assert found(text) == []


def test_one_follows_its_noun() -> None:
    number = only("قتل عسكري واحد على الأقل")
    assert (number.low, number.high, number.open, number.first, number.last) == (1, None, True, 2, 5)
    assert only("واحد وعشرون").low == 21


def test_spans_cover_the_modifier_and_know_the_numeral() -> None:
    number = only("قتل أكثر من 180 شخصا")
    assert (number.first, number.last, number.core_first, number.core_last) == (1, 4, 3, 4)
    number = only("قتل 15 شخصا على الأقل أمس")
    assert (number.first, number.last, number.core_first, number.core_last) == (1, 5, 1, 2)


def test_a_modifier_belongs_to_one_number() -> None:
    first, second = found("ستة أطفال على الأقل وثلاثة بالغين")
    assert (first.low, first.high, second.low, second.high) == (6, None, 3, 3)
    first, second = found("5 جنود وعشرة مسلحين على الأقل")
    assert (first.high, second.high) == (5, None)


def test_decimals_are_cut_and_approximate_and_keep_their_value() -> None:
    number = only("3.5 بالمئة")
    assert (number.low, number.high, number.approximate, number.percent, number.value) == (3, 3, True, True, 3.5)
    assert only("3.5 مليون").value is None


@pytest.mark.parametrize(
    ("text", "bounds", "rounded"),
    [
        ("7ر0 بالمئة", (0.7, 0.7), True), ("بين 2.5 و3.5 بالمئة", (2.5, 3.5), True), ("أقل من 3.5 بالمئة", (0, 3.5), True),
        ("نحو 3.5 بالمئة", (3.5, 3.5), False), ("أكثر من 3.5 بالمئة", (3.5, None), True), ("3 بالمئة", None, False),
    ],
)  # fmt: skip
def test_bounds_keep_decimals(text: str, bounds: tuple[float, float | None] | None, rounded: bool) -> None:
    assert (only(text).bounds, only(text).rounded) == (bounds, rounded)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("أكثر من عامين", 3, None), ("نحو عامين", 2, 2), ("عامين أو ثلاثة", 2, 3), ("أقل من عامين", 0, 1), ("دون عامين", 2, 2), ("يصل إلى عامين", 2, 2)],
)
def test_duals_have_modifiers_too(text: str, low: int, high: int | None) -> None:
    words = fold(text).split()
    (number,) = find_numbers(words, duals=[words.index("عامين")])
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["خمسة بالمئة", "5 بالمئة", "خمسة في المئة"])
def test_five_percent_is_not_five_hundred(text: str) -> None:
    assert (only(text).low, only(text).percent) == (5, True)


@pytest.mark.parametrize("text", ["ثلاثة أرباع السكان", "نصف العصير", "ثلاثة أخماس"])
def test_a_fraction_of_one_is_no_count(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "value"), [("-1", -1), ("سالب 5", -5), ("ناقص خمسة", -5), ("سالب خمسة بالمئة", -5), ("مئة وثلاثون خمس", 26), ("4 - 5", 4)])
def test_loose_reading_knows_signs_and_fifths(text: str, value: int) -> None:
    (number,) = find_numbers([token.norm for token in tokens(text)], loose=True)
    assert number.low == value


@pytest.mark.parametrize(("text", "values"), [("0 574 574", [0, 574, 574]), ("150 300 ريال", [150, 300]), ("10 500 دينار", [10_500])])
def test_neighbours_are_not_always_thousands(text: str, values: list[int]) -> None:
    assert [number.low for number in found(text)] == values


def test_a_dash_is_no_sign_in_running_text() -> None:
    assert only("- 5 قتلى").low == 5


@given(st.integers(0, 999_999_999))
def test_words_round_trip(n: int) -> None:
    number = only("بلغ العدد " + spell(n))
    assert (number.low, number.high, number.core_last) == (n, n, len(fold(spell(n)).split()) + 2)


@given(st.integers(1, 10**12))
def test_digits_round_trip(n: int) -> None:
    arabic = str(n).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert only(f"{n} قتيل").low == only(f"{n:,} قتيل").low == only(f"{arabic} قتيل").low == n


WORDS = "و من بين الى ال على الاقل اكثر نحو عشرات ملايين نصف 5 2.5 5-7 % - ر مئة ألف خمسة عشر الثالث واحد بضع ما في تقدير"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_any_words_give_ordered_numbers(words: list[str]) -> None:
    numbers = find_numbers([fold(word) for word in words])
    assert all(a.core_last <= b.first for a, b in pairwise(numbers))
    assert all(number.last <= len(words) for number in numbers)


@given(st.text())
def test_any_text(text: str) -> None:
    found(text)


def test_spell_refuses_what_it_cannot_say() -> None:
    with pytest.raises(ValueError, match="1000000000"):
        spell(10**9)


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("قتيلان", "قتيل"), ("جنديين", "جندي"), ("شخصين", "شخص"), ("امراتان", "امراه"), ("للجنديين", "جندي"), ("غارتين", "غاره"), ("وغارتين", "غاره"),
        ("التفجيرين", "تفجير"), ("مسلحان", "مسلح"), ("مدنيان", "مدني"), ("لجنتين", "لجنه"), ("ولايتين", "ولايه"), ("بنتين", "بنت"),
        ("البلدين", "بلد"), ("سنتين", "سنه"), ("مرتين", "مره"), ("فردين", "فرد"), ("آخران", "اخر"),
        ("بلدان", None), ("البيان", None), ("الأحيان", None),
        ("العاملين", None), ("اللاعبين", None), ("الغليان", None),
        ("مدنيين", None), ("مسلحين", None), ("لبنان", None), ("باكستان", None), ("برلمان", None), ("بساتين", None), ("اثنين", None), ("قال", None),
    ],
)  # fmt: skip
def test_dual(word: str, singular: str | None) -> None:
    assert dual(fold(word)) == singular


@pytest.mark.parametrize(
    ("word", "after", "singular"),
    [
        ("محافظتي", "حلب", "محافظه"), ("وزيري", "الخارجيه", "وزير"), ("طرفا", "النزاع", "طرف"), ("بمدينتي", "سرت", "مدينه"),
        ("هجومي", "باريس", None),
        ("هجومي", "المطار", "هجوم"),
        ("هجوما", "السبت", None), ("وزيرا", "جديدا", None), ("حياتي", "كلها", None), ("يومي", "السبت", None), ("مدينتي", ".", None),
    ],
)  # fmt: skip
def test_duals_before_a_noun(word: str, after: str, singular: str | None) -> None:
    assert construct_dual(word, after) == singular


def test_fast_without_numbers() -> None:
    words = fold("قال وزير الخارجية إن بلاده ترفض أي محاولة لعرقلة عملية السلام في المنطقة مؤكدا أن الإدارة تعمل مع شركائها من أجل").split() + ["كلمه"] * 10
    assert min(timeit.repeat(lambda: find_numbers(words), number=200, repeat=5)) / 200 < 100e-6
