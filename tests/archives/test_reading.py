"""What a batch is read by: the store, the hash, the command line, and the schema that the documentation states."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from batches import Run, jsonl, page, rows, text, warc_record
from khabar import Coder, Document, collect_into, open_store, read_pieces
from khabar.archives import BatchError, Settings, check_hash, run_batch
from khabar.archives.schema import KEYS, STRUCTS, TABLES, arrow_schema, described
from khabar.archives.triage import Triage, may_be_arabic
from khabar.cli.main import main
from khabar.dataset import collect_batch

DOCS = Path(__file__).parents[2] / "docs"


def files(folder: Path) -> list[str]:
    folder.mkdir()
    jsonl(folder / "a.jsonl", range(20))
    (folder / "b.warc").write_bytes(b"".join(warc_record(n) for n in range(30, 42)))
    (folder / "c.jsonl").write_text('{"text": 5}\n{"text": "This is English news about nothing at all, and no Arabic."}\n', "utf-8")
    return [str(folder / name) for name in ("a.jsonl", "b.warc", "c.jsonl")]


def test_a_store_of_a_batch_is_the_store_of_its_inputs(run: Run, tmp_path: Path) -> None:
    paths = files(tmp_path / "in")
    run(*paths)
    with open_store(str(tmp_path / "one.db"), create=True) as one, open_store(str(tmp_path / "two.db"), create=True) as two:
        list(collect_into(one, read_pieces(paths), engine="rules"))
        fates = [s.fate for s in collect_batch(two, str(tmp_path / "out"))]
        assert set(fates) == {"new"}
        dumped = [sorted((t, json.dumps(r, sort_keys=True, default=str)) for t, r in store.dump() if t in KEPT) for store in (one, two)]
        assert dumped[0] == dumped[1]
        assert one.outcomes() == two.outcomes()
        again = {s.fate for s in collect_batch(two, str(tmp_path / "out"))}
        assert again <= {"known", "unchanged", "recoded"}
        assert one.outcomes() == two.outcomes()


KEPT = ("mention", "participant", "place", "figure", "source", "event", "member", "outcome")


def test_the_hash_tells_changed_files(run: Run, tmp_path: Path) -> None:
    stated = run(*files(tmp_path / "in"))["hash"]
    out = tmp_path / "out"
    assert check_hash(str(out)) == (stated, stated)
    shutil.rmtree(next(out.glob("articles/*")))
    found, kept = check_hash(str(out))
    assert found != kept == stated
    with pytest.raises(BatchError, match=r"no batch\.json"):
        check_hash(str(tmp_path / "in"))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    paths, out = files(tmp_path / "in"), str(tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    assert main(["batch", *paths, "--out", out, "--engine", "rules", "-j", "1", "--part-size", "7"]) == 1
    told = capsys.readouterr().err
    assert "34 inputs: 1 failed, 32 read, 1 rejected; 32 articles" in told
    assert main(["batch", "--hash", out]) == 0
    assert capsys.readouterr().out.strip() in told
    assert main(["collect", out]) == 1
    assert "34 inputs: 34 new" in capsys.readouterr().err
    assert main(["batch", *paths]) == 2
    assert "--out DIR" in capsys.readouterr().err


def test_every_field_is_documented() -> None:
    stated = (DOCS / "batch-schema.md").read_text("utf-8").splitlines()
    assert [line for line in described() if line not in stated] == []


def test_the_schema_is_what_is_written(run: Run, tmp_path: Path) -> None:
    from pyarrow import parquet

    run(*files(tmp_path / "in"))
    for table in TABLES:
        for path in (tmp_path / "out").glob(f"{table}/*/*.parquet"):
            assert parquet.read_schema(path).equals(arrow_schema(table), check_metadata=False)
        held = rows(tmp_path / "out", table)
        assert held
        assert len({tuple(r[k] for k in KEYS[table]) for r in held}) == len(held)
    assert all(f.about for fields in (*TABLES.values(), *STRUCTS.values()) for f in fields)


SPORT = "فاز الفريق على ضيفه بهدفين دون رد في الجولة الثالثة من بطولة الدوري لكرة القدم، وسجل المهاجم الهدف الأول في الدقيقة العاشرة من الشوط الأول."


def test_triage_drops_what_holds_no_event(run: Run, tmp_path: Path) -> None:
    lines = [{"id": f"s{n}", "text": f"{SPORT} {n}"} for n in range(4)] + [{"id": f"n{n}", "text": text(n)} for n in range(4)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), "utf-8")
    manifest = run(tmp_path / "a.jsonl", triage=True)
    assert manifest["outcomes"] == {"read": 4, "rejected": 4}
    assert {r["document_id"] for r in rows(tmp_path / "out", "articles")} == {f"n{n}" for n in range(4)}
    assert all("triage: unlikely" in r["reason"] for r in rows(tmp_path / "out", "outcomes") if r["reason"])


def test_triage_never_changes_what_it_keeps(coder: Coder) -> None:
    from khabar.collect.items import Piece

    document = Document(text(1), "a")
    assert Triage.load().code(Piece("a", "", document, "text"), coder).record() == coder.code(document).record()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (page(1), True),
        (page(1).decode().encode("cp1256"), True),
        (page(1).decode().encode("utf-16"), True),
        (b"<html><p>" + "".join(f"&#{ord(c)};" for c in text(1)).encode() + b"</p></html>", True),
        (b"<html><p>" + "".join(f"&#x{ord(c):x};" for c in text(1)).encode() + b"</p></html>", True),
        (b"<html><p>Nothing but English words, again and again.</p></html>" * 50, False),
        ("<html><p>Несколько русских слов и немного по-гречески: Ελληνικά</p></html>".encode() * 50, False),
        ("<html><p>Un été à la plage, déjà, où ça</p></html>".encode("latin-1"), False),
        (b"", False),
    ],
)
def test_pages_that_may_be_arabic(data: bytes, expected: bool) -> None:
    assert may_be_arabic(data) is expected


def test_triage_spares_parsing_pages(run: Run, tmp_path: Path) -> None:
    english = b"<!DOCTYPE html><html><body><p>" + b"Nothing but English words. " * 50 + b"</p></body></html>"
    for n in range(3):
        (tmp_path / f"{n}.html").write_bytes(english if n else page(1))
    manifest = run(*(tmp_path / f"{n}.html" for n in range(3)), triage=True)
    assert manifest["outcomes"] == {"read": 1, "rejected": 2}
    assert manifest["reasons"] == {"triage: fewer than N Arabic letters": 2}


def test_files_by_url(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.jsonl", range(4))
    manifest = run_batch([f"file://{tmp_path}/*.jsonl"], f"file://{tmp_path}/out", Settings("rules"), jobs=1)
    assert manifest["outcomes"] == {"read": 4}
    assert (tmp_path / "out" / "batch.json").is_file()
