"""`khabar export` and `khabar import` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar import open_store
from khabar.cli.main import main
from khabar.dataset import begin_run
from records import entry, raids


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "s.db")
    with open_store(path, create=True) as made:
        run = begin_run(made, "rules")
        for r in raids(3):
            made.add(entry(r), run)
    return path


def test_there_and_back(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "jsonl", "--full", "--who", "huda", "-o", str(tmp_path / "x.jsonl"), "--store", store]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "people are not protected" in told.err
    assert main(["import", str(tmp_path / "x.jsonl"), "--store", str(tmp_path / "new.db")]) == 0
    assert "3 article" in capsys.readouterr().err
    with open_store(store) as one, open_store(str(tmp_path / "new.db")) as two:
        assert list(one.dump()) == list(two.dump())
        assert [e["who"] for e in one.exports()] == ["huda"]


def test_what_was_dropped_goes_to_standard_error(store: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "--to", "geojson", "--type", "ASSAULT", "--store", store]) == 0
    told = capfdbinary.readouterr()
    found = json.loads(told.out)
    assert found["khabar"]["filter"] == {"type": "ASSAULT"}
    assert {f["properties"]["type"] for f in found["features"]} == {"ASSAULT"}
    assert b"dropped: " in told.err
    assert b"people protected" in told.err


def test_a_folder_needs_a_name(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "brat", "--store", store]) == 2
    assert "-o FOLDER" in capsys.readouterr().err


def test_what_is_no_whole_export_is_refused(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "jsonl", "-o", str(tmp_path / "part.jsonl"), "--store", store]) == 0
    assert main(["import", str(tmp_path / "part.jsonl"), "--store", str(tmp_path / "new.db")]) == 2
    assert "export with --full and no filter" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.jsonl"), "--store", str(tmp_path / "newer.db")]) == 2
