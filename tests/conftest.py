"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from khabar import Coder

sys.path.insert(0, str(Path(__file__).parent))
from stores import server, store, url  # noqa: F401


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The rule reader, the quicker of the two."""
    return Coder("rules")


@pytest.fixture(scope="session")
def learned() -> Coder:
    from models import needs_model

    needs_model("learned")
    return Coder("learned")
