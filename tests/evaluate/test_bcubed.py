"""B-cubed, against the example of its authors and what it must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.evaluate.bcubed import Spot, bcubed, matched

GOLD = {**dict.fromkeys("12345", "a"), **dict.fromkeys("67", "b"), **dict.fromkeys("89ABC", "c")}


def test_the_authors_example() -> None:
    """Bagga and Baldwin (1998), section 2: precision 0.76 where the second group is put with the third, 0.58 where the first is."""
    assert bcubed(GOLD, {**GOLD, "6": "c", "7": "c"}).precision == pytest.approx(0.762, abs=0.001)
    assert bcubed(GOLD, {m: "c" if g == "a" else g for m, g in GOLD.items()}).precision == pytest.approx(0.583, abs=0.001)
    assert bcubed(GOLD, {**GOLD, "6": "c", "7": "c"}).recall == 1.0


@given(st.dictionaries(st.integers(0, 30).map(str), st.integers(0, 5), min_size=1), st.data())
def test_bounds_and_symmetry(gold: dict[str, int], data: st.DataObject) -> None:
    found = {m: data.draw(st.integers(0, 5)) for m in gold}
    a, b = bcubed(gold, found), bcubed(found, gold)
    assert 0 < a.precision <= 1
    assert a.precision == pytest.approx(b.recall)
    assert bcubed(gold, gold).f1 == 1.0


def test_what_was_not_found_stands_alone() -> None:
    assert bcubed({"1": "a", "2": "a"}, {"1": "x"}).recall == 0.5


def test_a_mention_is_found_by_its_trigger_and_type() -> None:
    gold = [Spot("g", "a1", 10, 14, "ASSAULT"), Spot("h", "a1", 50, 54, "AID")]
    found = [Spot("x", "a1", 8, 14, "ACCUSE"), Spot("y", "a1", 10, 14, "ASSAULT"), Spot("z", "a2", 50, 54, "AID")]
    assert matched(gold, found) == {"g": "y"}
