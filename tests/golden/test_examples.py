"""The bundled examples, mention by mention, against what was stored.

After a change that is meant (new weights, a new rule), look at the diff this test prints, then rewrite all the expectations with

    KHABAR_GOLDEN=update .venv/bin/python -m pytest tests/golden/test_examples.py

and read the diff once more in git. An expectation is one mention a line: trigger, type, status, sources from the outermost to the innermost.
"""

from __future__ import annotations

import difflib
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from khabar import Coder, Document
from khabar.model import parse_day

HERE = Path(__file__).parent
EXAMPLES = files("khabar") / "examples"
INDEX: dict[str, dict[str, Any]] = {e["file"].removesuffix(".txt"): e for e in json.loads((EXAMPLES / "index.json").read_text("utf-8"))["examples"]}
UPDATE = os.environ.get("KHABAR_GOLDEN") == "update"


def coded(coder: Coder, name: str) -> list[str]:
    """The mentions of an example, one JSON object a line."""
    entry = INDEX[name]
    text = (EXAMPLES / f"{name}.txt").read_text("utf-8")
    record = coder.code(Document(text, name, parse_day(entry["published"]), entry["outlet"]))
    assert record.outcome.kind == "read"
    mentions = ({"trigger": m.trigger.text, "type": m.type, "status": m.status, "sources": [s.span.text for s in m.sources]} for m in record.mentions)
    return [json.dumps(m, ensure_ascii=False) for m in mentions]


@pytest.mark.parametrize("name", sorted(INDEX))
def test_example(coder: Coder, name: str) -> None:
    path = HERE / f"{name}.jsonl"
    found = coded(coder, name)
    if UPDATE:
        path.write_text("\n".join(found) + "\n", "utf-8")
    stored = path.read_text("utf-8").splitlines()
    diff = difflib.unified_diff(stored, found, f"stored {path.name}", "coded now", lineterm="", n=1)
    assert stored == found, "\n" + "\n".join(diff) + "\n\nmeant? KHABAR_GOLDEN=update rewrites what is stored"


def test_every_example_has_its_expectation_and_the_reverse() -> None:
    texts = {p.name.removesuffix(".txt") for p in EXAMPLES.iterdir() if p.name.endswith(".txt")}
    assert texts == set(INDEX) == {p.stem for p in HERE.glob("*.jsonl")}
