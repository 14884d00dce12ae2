"""Text as it is shown: every character in its place, no word cut, nothing that steers obeyed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from khabar.web.shown import BIDI, Control, Mark, stretches, visible

ALPHABET = "اب تَـ\u0651\n\r\t😀a(\u202e\u2066\u200f\u2069\u2028\x00\x1b\x85\ufeff<&\"'"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS.filter(len))
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)), max_size=8))
    return text, [Mark(a, min(len(text), a + n), ("trigger", "actors", "sources")[i % 3], i) for i, (a, n) in enumerate(pairs)]


def plain(pieces: tuple[str | Control, ...]) -> str:
    return "".join(p.sign if isinstance(p, Control) else p for p in pieces)


@given(marked())
def test_every_character_keeps_its_place(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    found = stretches(text, marks)
    assert "".join(plain(s.pieces) for s in found) == visible(text)
    assert len(visible(text)) == len(text)
    at = 0
    for s in found:
        assert s.start == at
        at += len(plain(s.pieces))


@given(marked())
def test_no_word_is_cut_and_every_mark_is_shown(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    found = stretches(text, marks)
    for s in found[1:]:
        assert text[s.start - 1].isspace() or text[s.start].isspace()
    for m in marks:
        if text[m.start : m.end].strip():
            assert any(m.mention in s.mentions and m.part in s.parts for s in found)


@given(TEXTS)
def test_nothing_that_steers_is_left(text: str) -> None:
    left = set(visible(text))
    assert not left & set(BIDI)
    assert not {c for c in left if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
    assert not left & {"\u2028", "\u2029", "\ufeff"}
