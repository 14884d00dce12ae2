"""The floors of the shared gold that hold today. They are checked where the shared folder is ($KHABAR_SHARED, else ../shared), never tuned on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from khabar import Coder, Document
from khabar.evaluate import Score, load_records, score
from khabar.model import parse_day

SHARED = Path(os.environ.get("KHABAR_SHARED") or Path(__file__).parents[3] / "shared")


def scored(coder: Coder, path: Path) -> Score:
    if not path.exists():
        pytest.skip(f"the shared gold is not here: {path} is missing; set KHABAR_SHARED to the folder that holds gold/")
    gold = load_records(path)
    coded = {k: coder.code(Document(g["text"], k, g.get("published") and parse_day(g["published"]), g.get("outlet"))).record() for k, g in gold.items()}
    return score(gold, coded)


@pytest.fixture(scope="module")
def dev(coder: Coder) -> Score:
    return scored(coder, SHARED / "gold" / "dev")


@pytest.fixture(scope="module")
def sample(coder: Coder) -> Score:
    return scored(coder, SHARED / "gold" / "sample.json")


@pytest.mark.parametrize(("measure", "floor"), [("trigger+type", 0.68), ("trigger+type+status", 0.62), ("source chain (accuracy)", 0.70)])
def test_dev(dev: Score, measure: str, floor: float) -> None:
    assert dev.measures[measure].gold > 50
    assert dev.measures[measure].f1 >= floor


@pytest.mark.parametrize(("measure", "floor"), [("trigger+type", 0.75), ("source chain (accuracy)", 0.80)])
def test_sample(sample: Score, measure: str, floor: float) -> None:
    assert sample.measures[measure].gold > 20
    assert sample.measures[measure].f1 >= floor
