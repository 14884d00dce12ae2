"""Tokens: words, numbers and signs, verbatim and in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.fold import CONTROLS, MARKS, TATWEEL, fold
from khabar.segment import norm, tokens

ALPHABET = "ابتجدرسعفقلمنهويىةأإآؤئءکیھ" + "٠١٢3۴5.,:;!?؟،؛\"'«»“”()[]-–/…%٫٬_" + MARKS[:12] + TATWEEL + CONTROLS + " \n\r\t\u2028aZé漢🙂"
texts = st.one_of(st.text(st.sampled_from(ALPHABET), max_size=80), st.text(max_size=60))


def words(text: str) -> list[str]:
    return [t.text for t in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف الجيش القرية.", ["قصف", "الجيش", "القرية", "."]),
        ("قُتِلَ ثلاثةٌ", ["قُتِلَ", "ثلاثةٌ"]),
        ("الرئيـــس", ["الرئيـــس"]),
        ("المتظاهرین", ["المتظاهرین"]),
        ("قتل 1,500 و٣٫٥ مليون", ["قتل", "1,500", "و", "٣٫٥", "مليون"]),
        ("و500 متظاهر", ["و", "500", "متظاهر"]),
        ("بتاريخ 10/01/2020", ["بتاريخ", "10/01/2020"]),
        ("الـ34", ["الـ", "34"]),
        ("«نعم»، قال", ["«", "نعم", "»", "،", "قال"]),
        ("سكت... ثم", ["سكت", "...", "ثم"]),
        ("القاهرة-رويترز", ["القاهرة", "-", "رويترز"]),
        ("سبتمبر/أيلول", ["سبتمبر", "/", "أيلول"]),
        ("وكالة Reuters قالت", ["وكالة", "Reuters", "قالت"]),
        ("قناةCNN", ["قناة", "CNN"]),
        ("مي\u200cخواهد", ["مي\u200cخواهد"]),
    ],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("text", ["", "   \n", "َُ", "\u200f\u202b", "\ufeff"])
def test_nothing_to_see_is_no_token(text: str) -> None:
    assert tokens(text) == []


def test_a_range_gives_offsets_into_the_whole() -> None:
    text = "قال الوزير إن الجيش انسحب"
    start = text.index("الوزير")
    end = text.index(" انسحب")
    found = tokens(text, start, end)
    assert [t.text for t in found] == ["الوزير", "إن", "الجيش"]
    assert found[0].start == start
    assert found[-1].end == end


@given(texts)
def test_every_token_is_what_stands_there(text: str) -> None:
    for t in tokens(text):
        assert t.text == text[t.start : t.end]
        assert t.text.strip()
        assert t.norm == fold(t.text) == norm(t.text) != ""


@given(texts)
def test_tokens_are_in_order_and_apart(text: str) -> None:
    found = tokens(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(texts)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {i for t in tokens(text) for i in range(t.start, t.end)}
    assert [c for i, c in enumerate(text) if i not in covered and (c.isalpha() or c.isdecimal()) and c != TATWEEL and fold(c)] == []
