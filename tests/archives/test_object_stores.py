"""Inputs and results in an object store, which here is a folder behind pyarrow's file systems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from batches import jsonl, rows, warc_record
from khabar import open_store
from khabar.archives import BatchError, check_hash, folder, parts
from khabar.archives.crew import Crew
from khabar.archives.folder import Folder, find, is_batch, opened
from khabar.archives.job import Job
from khabar.archives.settings import Settings
from khabar.dataset import collect_batch


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bucket of two inputs, s3://bucket."""
    dirfs, here = pytest.importorskip("fsspec.implementations.dirfs"), pytest.importorskip("fsspec.implementations.local")
    from pyarrow import fs

    def system(url: str) -> tuple[Any, str]:
        held = dirfs.DirFileSystem(str(tmp_path), here.LocalFileSystem(auto_mkdir=True))
        return fs.PyFileSystem(fs.FSSpecHandler(held)), url.partition("://")[2]

    monkeypatch.setattr(folder, "_system", system)
    monkeypatch.setattr(parts, "WHOLE_BYTES", 0)
    (tmp_path / "bucket" / "in").mkdir(parents=True)
    jsonl(tmp_path / "bucket" / "in" / "a.jsonl", range(15))
    (tmp_path / "bucket" / "in" / "b.warc").write_bytes(b"".join(warc_record(n) for n in range(20, 31)))
    return tmp_path / "bucket"


def test_names_and_globs(bucket: Path) -> None:
    assert [f.name for f in find("s3://bucket/in")] == ["s3://bucket/in/a.jsonl", "s3://bucket/in/b.warc"]
    assert [f.name for f in find("s3://bucket/*/*.warc")] == ["s3://bucket/in/b.warc"]
    assert [f.size for f in find("s3://bucket/in/a.jsonl")] == [(bucket / "in" / "a.jsonl").stat().st_size]
    with pytest.raises(BatchError, match="no such file"):
        find("s3://bucket/none/*.warc")
    with opened("s3://bucket/in/b.warc") as stream:
        assert stream.peek(4)[:4] == b"WARC"  # type: ignore[attr-defined]
        assert stream.seek(5) == 5


def test_a_batch_from_and_to_a_bucket(bucket: Path, crew: Crew, tmp_path: Path) -> None:
    manifest = Job(Folder("s3://bucket/out"), Settings("rules", part_inputs=4), crew).run(["s3://bucket/in"])
    assert manifest["outcomes"] == {"read": 26}
    assert check_hash("s3://bucket/out") == (manifest["hash"], manifest["hash"])
    assert {r["file"] for r in rows(bucket / "out", "outcomes")} == {"s3://bucket/in/a.jsonl", "s3://bucket/in/b.warc"}
    again = Job(Folder("s3://bucket/out"), Settings("rules", part_inputs=4), crew).run(["s3://bucket/in/*.jsonl", "s3://bucket/in/b.warc"])
    assert again == manifest
    assert is_batch("s3://bucket/out")
    assert not is_batch("s3://bucket/in")
    with open_store(str(tmp_path / "s.db"), create=True) as store:
        assert {s.fate for s in collect_batch(store, "s3://bucket/out")} == {"new"}
