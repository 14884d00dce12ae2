"""Batches from any kind of file: every input once, in whatever parts, with a reason for what cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from batches import Run, jsonl, page, parquet, rows, table, text, warc_record
from khabar import Coder, Document
from khabar.archives import gather
from khabar.archives.errors import BatchError
from khabar.archives.rows import record_of
from khabar.archives.schema import TABLES
from khabar.collect.items import Hints


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def every_kind(folder: Path) -> list[Path]:
    folder.mkdir()
    packed = [gzip.compress(warc_record(n)) for n in range(13)]
    made = [write(folder / "a.warc.gz", b"".join(packed)), write(folder / "b.warc", b"".join(warc_record(n) for n in range(20, 31)))]
    made.append(write(folder / "c.warc.gz", gzip.compress(b"".join(warc_record(n) for n in range(40, 52)))))
    made += [jsonl(folder / "d.jsonl", range(60, 77)), table(folder / "e.csv", range(80, 92)), parquet(folder / "f.parquet", range(100, 114))]
    made.append(write(folder / "g.jsonl.gz", gzip.compress(jsonl(folder / "x.jsonl", range(120, 131)).read_bytes())))
    (folder / "x.jsonl").unlink()
    made += [write(folder / f"h{n}.html", page(n)) for n in range(140, 145)]
    return [*made, write(folder / "i.txt", text(150).encode())]


INPUTS = 13 + 11 + 12 + 17 + 12 + 14 + 11 + 5 + 1


def test_every_kind_in_parts_of_any_size(run: Run, tmp_path: Path) -> None:
    every_kind(tmp_path / "in")
    hashes = set()
    for part in (1, 5, 1000):
        manifest = run(tmp_path / "in", out=f"out{part}", part=part)
        assert manifest["outcomes"] == {"read": INPUTS}
        assert manifest["tables"]["articles"]["rows"] == manifest["tables"]["outcomes"]["rows"] == INPUTS
        hashes.add(manifest["hash"])
    assert len(hashes) == 1


def test_rows_are_those_of_the_coder(run: Run, tmp_path: Path, coder: Coder) -> None:
    run(jsonl(tmp_path / "a.jsonl", range(12)))
    out = tmp_path / "out"
    mentions, sources, counts = (rows(out, name) for name in ("mentions", "sources", "counts"))
    by_mention = [{m["mention_id"]: [x for x in listed if x["mention_id"] == m["mention_id"]] for m in mentions} for listed in (sources, counts)]
    articles = {a["document_id"]: a for a in rows(out, "articles")}
    for n in range(12):
        a = articles[f"j{n}"]
        own = [m for m in mentions if m["article_id"] == a["article_id"]]
        coded = coder.code(Document(text(n), f"j{n}", a["published"], "وكالة"))
        assert record_of(a, own, *by_mention).record() == coded.record()
        assert [coded.text[m["quote"]["start"] : m["quote"]["end"]] for m in own] == [m["quote"]["text"] for m in own]  # type: ignore[index]


def test_partitions_are_months(run: Run, tmp_path: Path) -> None:
    manifest = run(jsonl(tmp_path / "a.jsonl", range(30)))
    for name in TABLES:
        for path in (tmp_path / "out").glob(f"{name}/*/*.parquet"):
            assert path.parent.name.removeprefix("month=") in manifest["tables"][name]["months"]
    for article in rows(tmp_path / "out", "articles"):
        assert f"{article['published']:%Y-%m}" in manifest["tables"]["articles"]["months"]


def test_the_same_article_is_one_row(run: Run, tmp_path: Path) -> None:
    one = run(jsonl(tmp_path / "a.jsonl", range(10)), out="one")
    two = run(tmp_path / "a.jsonl", jsonl(tmp_path / "b.jsonl", range(10)), out="two")
    for name in ("articles", "mentions", "sources", "counts"):
        ours = [{k: v for k, v in r.items() if k != "file"} for r in rows(tmp_path / "two", name)]
        assert ours == [{k: v for k, v in r.items() if k != "file"} for r in rows(tmp_path / "one", name)]
    assert (one["tables"]["outcomes"]["rows"], two["tables"]["outcomes"]["rows"]) == (10, 20)
    assert {r["article_id"] for r in rows(tmp_path / "two", "outcomes")} == {r["article_id"] for r in rows(tmp_path / "two", "articles")}


def test_months_of_many_rows_become_several_files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(jsonl(tmp_path / "a.jsonl", range(40)), out="whole")
    monkeypatch.setattr(gather, "MOST", {"articles": 2, "mentions": 100, "outcomes": 100})
    cut = run(tmp_path / "a.jsonl", out="cut")
    assert cut["hash"] == whole["hash"]
    names = sorted((tmp_path / "cut").glob("articles/*/*.parquet"))
    assert len(names) > len(whole["tables"]["articles"]["months"])
    ids = [r["article_id"] for path in names for r in _rows(path)]
    assert len(set(ids)) == len(ids) == 40


def _rows(path: Path) -> list[dict[str, Any]]:
    from khabar.archives.tables import rows_in

    return list(rows_in(path))


def test_a_second_run_does_nothing_anew(run: Run, tmp_path: Path) -> None:
    source = jsonl(tmp_path / "a.jsonl", range(20))
    first = run(source)
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*.parquet")}
    assert run(source) == first
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*.parquet")} == stamps


def test_further_inputs_are_added(run: Run, tmp_path: Path) -> None:
    one, two = jsonl(tmp_path / "a.jsonl", range(9)), jsonl(tmp_path / "b.jsonl", range(9, 20))
    run(one)
    both = run(one, two)
    assert both["hash"] == run(one, two, out="at once")["hash"]
    assert run(one, out="out")["hash"] == run(one, out="one")["hash"]


def test_other_settings_need_another_folder(run: Run, tmp_path: Path) -> None:
    run(jsonl(tmp_path / "a.jsonl", range(3)))
    with pytest.raises(BatchError, match="hints"):
        run(tmp_path / "a.jsonl", hints=Hints(outlet="another"))


def test_bad_records_are_named(run: Run, tmp_path: Path) -> None:
    good = [gzip.compress(warc_record(n)) for n in range(8)]
    cut = good[2][: len(good[2]) // 2]
    wrong = gzip.compress(warc_record(9, length=100_000))
    write(tmp_path / "bad.warc.gz", b"".join([*good[:2], cut, *good[3:5], wrong, *good[5:]]))
    write(tmp_path / "broken.jsonl", b'{"id": "x1", "text": 7}\nno json\n' + json.dumps({"id": "x3", "text": text(3)}).encode())
    manifest = run(tmp_path / "bad.warc.gz", tmp_path / "broken.jsonl", part=2)
    found = {(Path(r["file"]).name, r["number"]): r for r in rows(tmp_path / "out", "outcomes")}
    assert manifest["outcomes"]["read"] == 8
    failed = {at: r["reason"] for at, r in found.items() if r["outcome"] == "failed"}
    assert set(failed) == {("bad.warc.gz", 3), ("bad.warc.gz", 6), ("broken.jsonl", 1), ("broken.jsonl", 2)}
    assert "record 3" in failed["bad.warc.gz", 3]
    assert "record 6" in failed["bad.warc.gz", 6]
    assert manifest["hash"] == run(tmp_path / "bad.warc.gz", tmp_path / "broken.jsonl", part=50, out="whole")["hash"]


def test_bombs_and_missing_files(run: Run, tmp_path: Path) -> None:
    bomb = gzip.compress(warc_record(5)[:300] + b" " * 80_000_000)
    write(tmp_path / "bomb.warc.gz", gzip.compress(warc_record(1)) + bomb)
    write(tmp_path / "bomb.jsonl.gz", gzip.compress(json.dumps({"text": text(1)}).encode() + b"\n" + b" " * 80_000_000))
    locked = write(tmp_path / "dir.warc", b"")
    manifest = run(tmp_path / "bomb.warc.gz", tmp_path / "bomb.jsonl.gz", locked)
    reasons = {(Path(r["file"]).name, r["number"]): r["reason"] for r in rows(tmp_path / "out", "outcomes") if r["reason"]}
    assert manifest["outcomes"]["read"] == 2
    assert all("bomb" in reason or "too large" in reason for reason in reasons.values())
    assert {at for at, _ in reasons} == {"bomb.warc.gz", "bomb.jsonl.gz"}


def test_no_inputs(run: Run, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no such file"):
        run(tmp_path / "nothing*.warc.gz")
    with pytest.raises(BatchError, match="scheme"):
        run("hf://datasets/x")
    with pytest.raises(BatchError, match="of no kind"):
        run(write(tmp_path / "a.doc", b""))
