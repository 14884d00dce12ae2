"""The corpus without its texts: it comes back whole, and what is wrong with it is told."""

from __future__ import annotations

import copy
import gzip
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHABAR_SHARED") or ROOT.parent / "shared")
TEXT = "قصف على قرية في ريف حلب\nقال المرصد إن الطيران قصف القرية أمس وقتل خمسة مدنيين.\n"
QUIET = "معرض للكتاب في العاصمة\nافتتح المعرض أبوابه للزوار صباح الأحد ويستمر عشرة أيام في القاعة الكبرى.\n"

Fields = dict[str, Any]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_corpus", ROOT / "train" / "corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


corpus = load()


def span(words: str, text: str = TEXT) -> Fields:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def mention() -> Fields:
    return {
        "trigger": span("قصف القرية") | {"end": TEXT.index("قصف القرية") + 3, "text": "قصف"},
        "type": "ASSAULT",
        "modes": ["aerial"],
        "status": "actual",
        "event": "e1",
        "actors": [span("الطيران") | {"code": "- MIL"}],
        "recipients": [span("القرية") | {"code": "SYR CVL"}],
        "places": [span("ريف حلب") | {"name": "Rif Halab", "country": "SYR"}],
        "counts": [span("خمسة مدنيين") | {"role": "killed", "low": 5, "high": 5, "who": "خمسة مدنيين"}],
        "sources": [span("المرصد") | {"kind": "named", "cue": span("قال")}],
        "time": {"span": span("أمس"), "start": "2015-08-01", "end": "2015-08-01"},
    }


def articles() -> list[Fields]:
    hit = {"id": "ant-1", "outlet": "Radio", "published": "2015-08-02", "text": TEXT, "mentions": [mention()]}
    return [hit, {"id": "snn-2", "outlet": "Paper", "published": None, "text": QUIET, "mentions": []}]


def put(folder: Path, records: list[Fields]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for record in records:
        (folder / f"{record['id']}.json").write_text(json.dumps(record), "utf-8")
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Local corpora of two articles, and gold that is near neither."""
    folder = tmp_path / "shared"
    (folder / "corpora").mkdir(parents=True)
    for name, record in zip(corpus.CORPORA, articles(), strict=True):
        with gzip.open(folder / "corpora" / name, "wt", encoding="utf-8") as out:
            out.write(json.dumps({"id": record["id"], "text": record["text"]}) + "\n")
    put(folder / "gold" / "dev", [{"id": "00", "text": "نص آخر لا يشبه غيره في شيء"}])
    put(folder / "gold", [{"id": "sample", "text": "وهذا نص ثالث قصير للغاية لا غير"}])
    return folder


@pytest.fixture
def stripped(tmp_path: Path) -> Path:
    out = tmp_path / "out.jsonl"
    assert corpus.main(["strip", str(put(tmp_path / "records", articles())), "-o", str(out)]) == 0
    return out


def rewritten(path: Path, **changes: Any) -> list[Fields]:
    """The stripped records, the first mention changed."""
    records = corpus.read_jsonl(path)
    records[0]["mentions"][0] |= copy.deepcopy(changes)
    return list(records)


def test_a_stripped_file_holds_no_text(stripped: Path) -> None:
    lines = stripped.read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["ant-1", "snn-2"]
    assert not any("\u0600" <= char <= "\u06ff" for line in lines for char in line)
    assert "Rif Halab" in lines[0]
    assert lines[0] == corpus.canonical_json(json.loads(lines[0]))


def test_what_was_stripped_comes_back(stripped: Path, shared: Path, tmp_path: Path) -> None:
    assert corpus.main(["restore", str(stripped), "--shared", str(shared), "-o", str(tmp_path / "back")]) == 0
    assert [json.loads(p.read_text("utf-8")) for p in sorted((tmp_path / "back").iterdir())] == articles()


def test_missing_and_changed_articles_are_named(stripped: Path, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shared / "corpora" / corpus.CORPORA[1]).unlink()
    with gzip.open(shared / "corpora" / corpus.CORPORA[0], "wt", encoding="utf-8") as out:
        out.write(json.dumps({"id": "ant-1", "text": TEXT + " "}) + "\n")
    assert corpus.main(["restore", str(stripped), "--shared", str(shared), "-o", str(tmp_path / "back")]) == 1
    assert capsys.readouterr().out.splitlines() == ["ant-1: its text has changed", "snn-2: not in the corpora"]
    assert not list((tmp_path / "back").iterdir())


def test_a_body_never_stands_in_the_sectors_place() -> None:
    assert [corpus.in_order(c) for c in ("TUN NGO", "NGO -", "SYR MIL", "-", "GBR MNC")] == ["NGO -", "NGO -", "SYR MIL", "-", "MNC -"]


def test_an_id_may_stand_in_one_record_only(tmp_path: Path) -> None:
    folders = [str(put(tmp_path / name, articles())) for name in ("a", "b")]
    assert corpus.main(["strip", *folders, "-o", str(tmp_path / "out.jsonl")]) == 1


def test_a_sound_corpus_has_no_faults(stripped: Path, shared: Path) -> None:
    assert corpus.check(corpus.read_jsonl(stripped), shared) == []
    assert corpus.main(["check", str(stripped), "--shared", str(shared)]) == 0


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"trigger": {"start": 3, "end": 4}}, "trigger 3-4 is blank"),
        ({"trigger": {"start": 5, "end": 5}}, "trigger 5-5 outside"),
        ({"places": [{"start": 0, "end": 999, "name": "Aleppo", "country": "SYR"}]}, "places 0-999 outside"),
        ({"type": "RUMOUR", "modes": []}, "no type 'RUMOUR'"),
        ({"modes": ["visit"]}, "ASSAULT has no mode 'visit'"),
        ({"status": "past"}, "no status 'past'"),
        ({"event": ""}, "no event id"),
        ({"actors": [{"start": 0, "end": 3, "code": "SYR ARMY"}]}, "actors code 'SYR ARMY'"),
        ({"actors": [{"start": 0, "end": 3, "code": "XQZ MIL"}]}, "actors code 'XQZ MIL'"),
        ({"places": [{"start": 0, "end": 3, "name": "Aleppo", "country": "Syria"}]}, "place 'Aleppo' in 'Syria'"),
        ({"sources": [{"start": 0, "end": 3, "kind": "rumour", "cue": None}]}, "no source kind 'rumour'"),
        ({"sources": [{"start": 0, "end": 3, "kind": "named", "cue": {"start": 3, "end": 4}}]}, "cue 3-4 is blank"),
        ({"counts": [{"start": 0, "end": 3, "role": "hurt", "low": 1, "high": 1}]}, "no count role 'hurt'"),
        ({"counts": [{"start": 0, "end": 3, "role": "killed", "low": 5, "high": None}]}, "count 5 to None"),
        ({"time": {"span": {"start": 0, "end": 3}, "start": "2015-08-02", "end": "2015-08-01"}}, "time '2015-08-02' to '2015-08-01'"),
        ({"time": {"span": {"start": 0, "end": 3}, "start": "2015-13-02", "end": None}}, "time '2015-13-02' to None"),
    ],
)
def test_faults_are_told_with_the_article(stripped: Path, shared: Path, changes: Fields, fault: str) -> None:
    (line,) = corpus.check(rewritten(stripped, **changes), shared)
    assert line.startswith("ant-1: mention 0: ")
    assert fault in line


def test_no_two_mentions_share_trigger_and_type(stripped: Path, shared: Path) -> None:
    records = corpus.read_jsonl(stripped)
    records[0]["mentions"] *= 2
    (line,) = corpus.check(records, shared)
    assert line.startswith("ant-1: mention 1: a second ASSAULT")


def test_check_names_twins_and_lost_keys(stripped: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = corpus.read_jsonl(stripped)
    del records[0]["mentions"][0]["sources"]
    stripped.write_text("".join(json.dumps(r) + "\n" for r in [*records, records[1]]), "utf-8")
    assert corpus.main(["check", str(stripped), "--shared", str(shared)]) == 1
    assert capsys.readouterr().out.splitlines() == ["snn-2: stands there 2 times", "ant-1: mention 0: no sources"]


def test_figures_count_what_is_there(stripped: Path) -> None:
    shown = corpus.figures({"out": corpus.read_jsonl(stripped)}).splitlines()
    assert {"| articles | 2 |", "| articles without events | 1 |", "| ASSAULT | 1 |", "| AID | 0 |", "| actual | 1 |", "| 1 | 1 |"} <= set(shown)
    assert {"| Radio | 1 | 1 |", "| Paper | 1 | 0 |"} <= set(shown)


def test_near_copies_form_clusters() -> None:
    words = [f"كلمة{n}" for n in range(60)]
    whole, copied, half = " ".join(words), " ".join([*words[:57], "ختام"]), " ".join(words[:30])
    assert corpus.clusters({"b": whole, "a": copied, "c": half, "d": "شيء آخر"}) == [["a", "b"], ["c"], ["d"]]


def test_the_part_hangs_on_the_smallest_id_alone() -> None:
    assert corpus.split(["b", "a"]) == corpus.split(["a", "c"]) == corpus.split(["a"])
    parts = [corpus.split([f"ant-{n}"]) for n in range(2000)]
    assert [round(parts.count(p) / 2000, 1) for p in ("train", "dev", "test")] == [0.8, 0.1, 0.1]


def test_what_touches_gold_gets_no_part(stripped: Path, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(shared / "gold" / "dev", [{"id": "01", "text": TEXT}])
    assert corpus.main(["clusters", str(stripped), "--shared", str(shared)]) == 0
    assert capsys.readouterr().out.splitlines() == ["2 (touches gold): ant-1 gold/dev/01.json"]
    assert corpus.main(["split", str(stripped), "--shared", str(shared), "-o", str(tmp_path / "split.tsv")]) == 0
    rows = (tmp_path / "split.tsv").read_text("utf-8").splitlines()
    assert rows == ["id\tcluster\tpart", f"snn-2\tsnn-2\t{corpus.split(['snn-2'])}"]


def test_what_is_held_out_belongs_to_the_test_part(stripped: Path, shared: Path, tmp_path: Path) -> None:
    out, held = tmp_path / "split.tsv", tmp_path / "held.txt"
    held.write_text("snn-2\nant-1\n", "utf-8")
    assert corpus.main(["split", str(stripped), "--shared", str(shared), "--test", str(held), "-o", str(out)]) == 0
    assert corpus.parts(out) == {"ant-1": "test", "snn-2": "test"}


def test_what_touches_the_shared_training_gold_is_trained_on(stripped: Path, shared: Path, tmp_path: Path) -> None:
    put(shared / "gold" / "train", [{"id": "001", "text": TEXT}])
    out, held = tmp_path / "split.tsv", tmp_path / "held.txt"
    held.write_text("ant-1\n", "utf-8")
    assert corpus.main(["split", str(stripped), "--shared", str(shared), "--test", str(held), "-o", str(out)]) == 0
    assert corpus.parts(out)["ant-1"] == "train"


def test_a_part_alone_is_restored(stripped: Path, shared: Path, tmp_path: Path) -> None:
    table = tmp_path / "split.tsv"
    table.write_text("id\tcluster\tpart\nant-1\tant-1\tdev\nsnn-2\tsnn-2\ttrain\n", "utf-8")
    assert corpus.main(["restore", str(stripped), "--shared", str(shared), "--part", "dev", "--split", str(table), "-o", str(tmp_path / "dev")]) == 0
    assert [p.name for p in (tmp_path / "dev").iterdir()] == ["ant-1.json"]


def test_agreement_compares_field_by_field(stripped: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = stripped.with_name("second.jsonl")
    other.write_text("".join(json.dumps(r) + "\n" for r in rewritten(stripped, status="denied")), "utf-8")
    assert corpus.main(["agreement", str(stripped), str(other), "--shared", str(shared)]) == 0
    rows = {line.split(" | ")[0].removeprefix("| "): line.split(" | ")[1] for line in capsys.readouterr().out.splitlines() if " | " in line}
    assert (rows["trigger+type"], rows["trigger+type+status"], rows["actors"]) == ("1.000", "0.000", "1.000")


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the shared folder with the corpora is not there")
@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.jsonl")), ids=lambda p: p.name)
def test_the_corpus_stands_in_its_texts(path: Path) -> None:
    assert corpus.check(corpus.read_jsonl(path), SHARED) == []


def test_every_article_has_a_part_and_the_held_out_ones_are_tested_on() -> None:
    part = corpus.parts(ROOT / corpus.SPLIT)
    assert set(part) == {r["id"] for r in corpus.read_jsonl(ROOT / "corpus" / "khabar.jsonl")}
    assert {part[i] for i in (ROOT / corpus.HELD).read_text("utf-8").split()} == {"test"}


def test_what_was_annotated_twice_is_in_the_corpus() -> None:
    once = {r["id"]: r["sha256"] for r in corpus.read_jsonl(ROOT / "corpus" / "khabar.jsonl")}
    twice = corpus.read_jsonl(ROOT / "corpus" / "second.jsonl")
    assert len(twice) >= 100
    assert all(once[r["id"]] == r["sha256"] for r in twice)
