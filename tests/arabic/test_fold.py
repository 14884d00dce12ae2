"""Folding: one spelling for many, and the exact way back to the untouched text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.fold import CONTROLS, MARKS, TATWEEL, fold, fold_with_map

ARABIC = "".join(chr(c) for c in (*range(0x0600, 0x0700), *range(0x0750, 0x0780), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)))
SIGNS = " \n.,:;!?\"'()«»“”‹›–—-…\u00a0٪%abCÉßﬁ09"
news = st.text(st.sampled_from(ARABIC + MARKS + TATWEEL + CONTROLS + SIGNS), max_size=60)
texts = st.one_of(news, st.text(max_size=60))


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("أحمد إبراهيم آدم ٱلله", "احمد ابراهيم ادم الله"),
        ("مستشفى", "مستشفي"),
        ("مدرسة", "مدرسه"),
        ("مسؤول رئيس", "مسوول رييس"),
        ("ھذه الوکالة المتظاهرین", "هذه الوكاله المتظاهرين"),  # Persian heh, kaf and yeh
        ("قُتِلَ مُتظاهِرٌ", "قتل متظاهر"),
        ("الرئيــــس", "الرييس"),
        ("هٰذا", "هذا"),
        ("١٢٣ ۴۵۶ 789", "123 456 789"),
        ("٣٫٥ ١٬٢٠٠ ٩٪", "3.5 1,200 9%"),
        ("ﻗﺼﻒ ﻻ ﷲ", "قصف لا الله"),  # presentation forms and ligatures
        ("«نعم» “لا”", '"نعم" "لا"'),
        ("\u202bقصف\u202c\u200f", "قصف"),
        ("مي\u200cخواهد", "ميخواهد"),
        ("\ufeffخبر\u00a0عاجل", "خبر عاجل"),
        ("كيف؟ نعم، لا؛", "كيف? نعم, لا;"),
        ("Reuters CNN", "reuters cnn"),
    ],
)
def test_one_spelling(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@pytest.mark.parametrize("pair", ["قتل قاتل", "سجن سحن", "علي علا", "بيان بنان", "ماء ما"])
def test_different_words_stay_different(pair: str) -> None:
    a, b = pair.split()
    assert fold(a) != fold(b)


def test_no_character_needs_a_second_folding() -> None:
    unstable = [f"U+{c:04X}" for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000 and fold(once := fold(chr(c))) != once]
    assert unstable == []


def test_all_digits_of_all_scripts_become_ascii() -> None:
    decimals = [chr(c) for c in range(sys.maxunicode + 1) if chr(c).isdecimal()]
    assert len(decimals) > 500
    assert [d for d in decimals if fold(d) != str(unicodedata.decimal(d))] == []


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts, texts)
def test_folding_goes_character_by_character(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)


@given(texts)
def test_no_marks_tatweel_or_controls_are_left(text: str) -> None:
    assert not set(fold(text)) & set(MARKS + TATWEEL + CONTROLS)


@given(texts)
def test_the_map_is_monotone_and_exact(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)
    for char, origin in zip(folded.text, folded.origin, strict=False):
        assert char in fold(text[origin])


@given(texts, st.data())
def test_a_folded_range_finds_its_words_in_the_original(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    if not folded.text:
        return
    i = data.draw(st.integers(0, len(folded.text) - 1))
    j = data.draw(st.integers(i + 1, len(folded.text)))
    start, end = folded.span(i, j)
    assert 0 <= start < end <= len(text)
    assert folded.text[i:j] in fold(text[start:end])
    inside = folded.origin[i] != folded.origin[i - 1] if i else True
    if inside and folded.origin[j - 1] != folded.origin[j]:  # no character of several folded ones is cut through
        assert fold(text[start:end]) == folded.text[i:j]


@given(texts)
def test_locate_goes_back_to_where_a_character_came_from(text: str) -> None:
    folded = fold_with_map(text)
    for index, origin in enumerate(folded.origin[:-1]):
        assert folded.origin[folded.locate(origin)] == origin
        assert folded.locate(origin) >= index


def test_marks_belong_to_the_letter_before_them() -> None:
    text = "قالَ قُتِلَ أمسِ"
    folded = fold_with_map(text)
    at = folded.text.index("قتل")
    start, end = folded.span(at, at + 3)
    assert text[start:end] == "قُتِلَ"


def test_a_ligature_goes_back_to_one_character() -> None:
    folded = fold_with_map("ﷲ أكبر")
    assert folded.text.startswith("الله ")
    assert folded.span(0, 4) == folded.span(1, 2) == (0, 1)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 5)])
def test_empty_and_foreign_ranges_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="folded range"):
        fold_with_map("قصفَ").span(start, end)
