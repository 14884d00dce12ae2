"""The commands that work on a store, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from khabar.cli.main import main
from records import MARCH, RAID

LONG = "وأفاد شهود بأن الطائرات عادت مرتين إلى سماء البلدة قبل أن تنسحب شرقا مع حلول المساء وأن فرق الإنقاذ ما زالت تبحث عن ناجين تحت الأنقاض."


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of four articles, two of them copies, in the folder that is the current one."""
    texts = {"a": f"{RAID} {LONG}", "b": f"{RAID} {LONG}", "c": MARCH, "d": "لا شيء يذكر في هذا النص القصير عن الطقس والبحر."}
    lines = [
        json.dumps({"id": k, "text": t, "published": "2020-01-10", "outlet": k.upper(), "title": f"خبر {k}"}, ensure_ascii=False) for k, t in texts.items()
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["collect", "news.jsonl", "--engine", "rules"]) == 0
    return tmp_path


def out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def test_collecting_again_reads_nothing(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["collect", "news.jsonl", "--engine", "rules", "--report"]) == 0
    told = capsys.readouterr()
    assert "4 inputs: 4 known" in told.err
    assert [line.split() for line in told.out.splitlines()] == [["3", "read"], ["1", "no_events"]]


def test_a_changed_article_is_a_new_version(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (stored / "news.jsonl").read_text("utf-8").replace("تظاهر عمال", "تظاهر مئات")
    (stored / "news.jsonl").write_text(text, "utf-8")
    assert main(["collect", "news.jsonl", "--engine", "rules"]) == 0
    assert "3 known, 1 version" in capsys.readouterr().err


def test_events_in_every_format(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in out(capsys, "events", "--type", "PROTEST", "--format", "jsonl").splitlines()]
    assert [(r["type"], r["country"], r["articles"]) for r in rows] == [("PROTEST", "TUN", 1)]
    table = list(csv.DictReader(io.StringIO(out(capsys, "events", "--format", "csv"))))
    assert {"event_id", "killed_low", "voices"} <= table[0].keys()
    assert "PROTEST" in out(capsys, "events", "--format", "table", "--text", "تونس")
    assert out(capsys, "events", "--type", "AID", "--format", "jsonl", code=1) == ""
    parquet = pytest.importorskip("pyarrow.parquet")
    assert main(["events", "--format", "parquet", "-o", "events.parquet"]) == 0
    assert parquet.read_table("events.parquet").num_rows == len(table)


def test_stories_claims_and_reasons(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "1 of them copies" in out(capsys, "stories")
    raid = json.loads(out(capsys, "events", "--type", "ASSAULT", "--format", "jsonl").splitlines()[0])
    assert (raid["articles"], raid["voices"]) == (2, 1)
    told = out(capsys, "claims", raid["event_id"][:9])
    assert "repeats 1" in told
    assert "killed: 3 to 3, median 3 (1 voice)" in told
    lines = [json.loads(line) for line in out(capsys, "claims", raid["event_id"], "--json").splitlines()]
    assert [x.get("copy_of") for x in lines if x["figures"]] == [None, "a"]
    assert "closest wording of its type" in out(capsys, "why-joined", raid["event_id"])


def test_judgements_are_kept_and_undone(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = json.loads(out(capsys, "events", "--type", "PROTEST", "--format", "jsonl"))["event_id"]
    decision = out(capsys, "judge", "reject", event, "--who", "me").split()[0]
    assert out(capsys, "events", "--type", "PROTEST", "--format", "jsonl", code=1) == ""
    out(capsys, "judge", "undo", decision)
    assert json.loads(out(capsys, "events", "--type", "PROTEST", "--format", "jsonl"))["event_id"] == event


def test_search_runs_and_diff(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [json.loads(line)["article_id"] for line in out(capsys, "search", "القَصف", "--json").splitlines()] == ["a", "b"]
    run = json.loads(out(capsys, "runs", "--json"))["run_id"]
    assert out(capsys, "diff", run, run[:6]) == ""
    assert out(capsys, "search", "كلمة-لا-توجد", code=1) == ""


@pytest.mark.parametrize(
    "wrong", [["claims", "e999"], ["events", "--near", "here"], ["events", "--since", "soon"], ["judge", "fix", "m1", "--value", "{"], ["collect"]]
)
def test_wrong_use_is_told_in_a_line(stored: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    capsys.readouterr()
    assert main(wrong) == 2
    told = capsys.readouterr()
    assert told.err.startswith("khabar: ")
    assert told.err.count("\n") == 1
