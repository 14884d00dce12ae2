"""What the tests of batches share: a crew of forked processes with the rule reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from batches import Run
from khabar import Coder
from khabar.archives import parts
from khabar.archives.crew import Crew
from khabar.archives.folder import Folder
from khabar.archives.job import Job
from khabar.archives.settings import Settings


@pytest.fixture(scope="session")
def loaded(coder: Coder) -> Callable[[], Coder]:
    """Gives the one reader of the tests."""
    return lambda: coder


@pytest.fixture
def crew(loaded: Callable[[], Coder]) -> Iterator[Crew]:
    with Crew(2, loaded) as made:
        made.preload()
        yield made


@pytest.fixture
def run(crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a batch of files in small parts; the manifest."""
    monkeypatch.setattr(parts, "WHOLE_BYTES", 0)

    def batch(*inputs: object, out: str = "out", part: int = 5, **settings: Any) -> dict[str, Any]:
        return Job(Folder(str(tmp_path / out)), Settings("rules", part_inputs=part, **settings), crew).run([str(i) for i in inputs])

    return batch
