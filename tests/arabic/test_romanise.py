"""Romanising of unknown names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.romanise import romanise


@pytest.mark.parametrize(
    ("folded", "english"),
    [
        ("الفريكه", "Al-Farika"),
        ("كمونه", "Kamuna"),
        ("صرين", "Sarin"),
        ("تل اعور", "Tall A'ur"),
        ("عين عيسي", "Ayn Isi"),
        ("الشعيطات", "Al-Sha'itat"),
        ("وادي القاضي", "Wadi al-Qadi"),
        ("", ""),
        ("nato", "Nato"),
    ],
)
def test_spells_readably(folded: str, english: str) -> None:
    assert romanise(folded) == english


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", max_size=30))
def test_arabic_letters_become_latin(folded: str) -> None:
    assert all(c.isascii() for c in romanise(folded))
