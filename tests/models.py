"""Whether the learned reader can be tested."""

from __future__ import annotations

from importlib.resources import files

import pytest


def needs_model(engine: str) -> None:
    """Skip where the learned reader is asked for and no model has been made."""
    if engine == "learned" and not (files("khabar.engines.learned") / "data" / "model.json").is_file():
        pytest.skip("no model of the learned reader is here; make one with: make model")
