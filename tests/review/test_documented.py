"""The example of docs/review.md runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from desk import filled

from khabar.dataset import open_store

GUIDE = Path(__file__).parents[2] / "docs" / "review.md"


def test_the_example_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("khabar.db", create=True) as store:
        filled(store, 2)
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    exec(code, {})
    assert "'machine': 1, 'reviewed': 3" in capsys.readouterr().out
