"""Krippendorff's alpha against the worked examples of K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A to C."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.review import nominal_alpha


def units(*coders: str) -> list[list[str | None]]:
    """Units of coders' rows; a point is a value that is missing."""
    return [[None if v == "." else v for v in unit] for unit in zip(*(c.split() for c in coders), strict=True)]


def test_binary_data_of_two_observers() -> None:
    assert nominal_alpha(units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")) == pytest.approx(0.095, abs=0.0005)


def test_nominal_data_of_two_observers() -> None:
    assert nominal_alpha(units("a a b b d c c c e d d a", "b a b b b c c c e d d d")) == pytest.approx(0.692, abs=0.0005)


def test_nominal_data_of_several_observers_with_gaps() -> None:
    rows = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
    assert nominal_alpha(units(*rows)) == pytest.approx(0.743, abs=0.0005)


def test_where_alpha_is_not_defined() -> None:
    assert nominal_alpha([]) is None
    assert nominal_alpha([["a", None], [None, "b"]]) is None
    assert nominal_alpha([["a", "a"], ["a", "a"]]) is None


def test_perfect_agreement_is_one_and_opposition_below_chance() -> None:
    assert nominal_alpha(units("a b a b", "a b a b")) == 1
    assert (nominal_alpha(units("a b a b", "b a b a")) or 0) < 0


VALUES = st.lists(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3), max_size=12)


@given(VALUES)
def test_the_order_of_units_and_coders_and_the_names_of_values_do_not_matter(data: list[list[str | None]]) -> None:
    alpha = nominal_alpha(data)
    assert alpha is None or alpha <= 1
    renamed = [[v and v * 2 for v in reversed(u)] for u in reversed(data)]
    assert nominal_alpha(renamed) == (alpha if alpha is None else pytest.approx(alpha))
    for order in permutations(range(3)):
        assert nominal_alpha([[u[i] for i in order] for u in data]) == (alpha if alpha is None else pytest.approx(alpha))
