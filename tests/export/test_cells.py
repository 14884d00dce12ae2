"""No cell of a spreadsheet is a formula, whatever hides before it; nothing else of a text changes."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.export.cells import cell, csv_line, is_formula, neutral

HIDDEN = (
    "", " ", "\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\u2060", "\u00ad",
    "\u180e", "\u3164", "\u115f", "\u2800", "\u3000", "\x00", "\x07", "\u064b", "\ufe0f", "\U000e0020", "\n",
)  # fmt: skip
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼", "₌")


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_formulas_are_neutralised_behind_what_shows_nothing(hidden: str, start: str) -> None:
    text = f"{hidden}{start}1+1"
    assert neutral(text) == "'" + text


@given(st.lists(st.sampled_from([h for h in HIDDEN if h]), max_size=6).map("".join), st.sampled_from(STARTS), st.text(max_size=20))
def test_several_hidden_characters_do_not_help(hidden: str, start: str, rest: str) -> None:
    assert neutral(hidden + start + rest).startswith("'")


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\tقال", "\rقال"])
def test_tabs_and_returns_are_neutralised(text: str) -> None:
    assert neutral(text) == "'" + text


@given(st.text())
def test_the_text_stays_behind_the_apostrophe(text: str) -> None:
    assert neutral(text).removeprefix("'" if is_formula(text) else "") == text
    assert not is_formula(neutral(text))


@given(st.text(st.characters(min_codepoint=0x620, max_codepoint=0x64A), min_size=1))
def test_arabic_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@given(st.text(min_size=1))
def test_what_a_reader_sees_first_is_no_operator(text: str) -> None:
    """What is let through unchanged begins, for the eye, with something else."""
    if neutral(text) == text:
        seen = [c for c in text if unicodedata.category(c)[0] not in "CZM"]
        assert not seen or unicodedata.normalize("NFKC", seen[0])[:1] not in set("=+-@")


@given(st.lists(st.text() | st.integers() | st.none(), min_size=1, max_size=6))
def test_a_line_of_csv_reads_back(cells: list[str | int | None]) -> None:
    line = csv_line(cells)
    assert next(csv.reader(io.StringIO(line, newline=""))) == ["" if c is None else str(c) for c in cells]


def test_values_as_cells() -> None:
    assert cell(["أ", "ب"]) == "أ; ب"
    assert cell(True) == "true"
    assert cell(None) is None
    assert cell(3) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", ["a\rb", "\r=1+1", "a\nb", "a\r\nb", "\r"])
def test_a_line_end_in_a_cell_ends_no_line(text: str, end: str) -> None:
    line = csv_line([text, "x"], end=end)
    assert line.endswith(end)
    assert next(iter(csv.reader(io.StringIO(line, newline="")))) == [text, "x"]
