"""20,000 damaged articles: no crash, no hang, every span verbatim, as many records as articles."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from articles import articles
from khabar import Coder, Document
from mutate import check, mutate

LIMIT_S = 5.0
SLICES, EACH = 40, 500


def run_slice(seed: int, count: int) -> int:
    """Code `count` mutations drawn with `seed`; how many records came."""
    rng, texts, coder = random.Random(seed), articles(), Coder()
    records = 0
    for _ in range(count):
        text = mutate(rng.choice(texts), rng.choice(texts), rng)
        begin = time.perf_counter()
        record = check(coder, Document(text, published=rng.choice(["2020-01-12", None])))  # type: ignore[arg-type]
        assert time.perf_counter() - begin < LIMIT_S, f"over {LIMIT_S} s: {text!r}"
        records += record.id is not None
    return records


def test_a_few_mutations() -> None:
    assert run_slice(-1, 150) == 150


@pytest.mark.slow
def test_twenty_thousand_mutations() -> None:
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(run_slice, range(SLICES), [EACH] * SLICES)) == SLICES * EACH == 20_000
