"""20,000 damaged articles for the rule reader and 1,000 for the learned one: no crash, no hang, every span verbatim, as many records as articles."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from articles import articles
from khabar import Coder, Document
from models import needs_model
from mutate import check, mutate

LIMIT_S = 5.0
SLICES, EACH = 40, 500
LEARNED_EACH = 25


def run_slice(seed: int, count: int, engine: str) -> int:
    """Code `count` mutations drawn with `seed`; how many records came."""
    rng, texts, coder = random.Random(seed), articles(), Coder(engine)
    records = 0
    for _ in range(count):
        text = mutate(rng.choice(texts), rng.choice(texts), rng)
        begin = time.perf_counter()
        record = check(coder, Document(text, published=rng.choice(["2020-01-12", None])))  # type: ignore[arg-type]
        assert time.perf_counter() - begin < LIMIT_S, f"over {LIMIT_S} s: {text!r}"
        records += record.id is not None
    return records


@pytest.mark.parametrize(("engine", "count"), [("rules", 150), ("learned", 20)])
def test_a_few_mutations(engine: str, count: int) -> None:
    needs_model(engine)
    assert run_slice(-1, count, engine) == count


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "each"), [("rules", EACH), ("learned", LEARNED_EACH)])
def test_many_mutations(engine: str, each: int) -> None:
    needs_model(engine)
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(run_slice, range(SLICES), [each] * SLICES, [engine] * SLICES)) == SLICES * each
