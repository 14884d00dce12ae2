"""The bundled examples as the learned reader codes them, against what was stored.

Rounding differs between processors, so that a mention near its bound may come or go: nine in ten of what was stored must still be there, and as little be
new. After a new model: KHABAR_GOLDEN=update .venv/bin/python -m pytest tests/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_examples import INDEX, coded

from khabar import Coder

STORE = Path(__file__).parent / "learned"
ALIKE = 0.9


@pytest.mark.parametrize("name", sorted(INDEX))
def test_example(learned: Coder, name: str) -> None:
    path = STORE / f"{name}.jsonl"
    found = coded(learned, name)
    if os.environ.get("KHABAR_GOLDEN") == "update":
        path.write_text("\n".join(found) + "\n", "utf-8")
    stored = path.read_text("utf-8").splitlines()
    shared = len(set(stored) & set(found))
    assert shared >= ALIKE * len(set(stored))
    assert shared >= ALIKE * len(set(found))
