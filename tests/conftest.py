"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from khabar import Coder

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()
