"""What all tests share."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest

from khabar import Coder

sys.path.insert(0, str(Path(__file__).parent))
from stores import server, store, url  # noqa: F401


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The rule reader, the quicker of the two."""
    return Coder("rules")


def needs_model(engine: str) -> None:
    """Skip where the learned reader is asked for and no model has been made."""
    if engine == "learned" and not (files("khabar.engines.learned") / "data" / "model.json").is_file():
        pytest.skip("no model of the learned reader is here; make one with: make model")


@pytest.fixture(scope="session")
def learned() -> Coder:
    needs_model("learned")
    return Coder("learned")
