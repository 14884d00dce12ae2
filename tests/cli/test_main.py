"""The commands as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles import PROTEST, SHELLING, articles
from khabar import __version__, record_schema
from khabar.cli.main import main
from models import needs_model

RUN = [sys.executable, "-c", "from khabar.cli.main import entry; entry()"]


def khabar(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*RUN, *arguments], input=stdin, capture_output=True, env={**os.environ, **environment}, check=False, timeout=100)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in")
    for i, text in enumerate(articles()):
        (path / f"{i:02}.txt").write_text(text, "utf-8")
    lines = [{"id": f"j{i}", "text": text, "published": "2020-01-12"} for i, text in enumerate(articles() * 10)]
    (path / "news.jsonl").write_text("\n".join(json.dumps(x) for x in [*lines, "bad", {"text": ""}]), "utf-8")
    return path


def test_the_same_bytes_for_every_number_of_processes_and_hash_seed(folder: Path) -> None:
    runs = [khabar("code", str(folder), "-j", jobs, "--why", PYTHONHASHSEED=seed) for jobs, seed in (("1", "0"), ("2", "1"), ("3", "4242"), ("1", "7"))]
    assert all(run.stdout == runs[0].stdout and run.returncode == 1 and run.stderr == b"" for run in runs)
    records = [json.loads(line) for line in runs[0].stdout.splitlines()]
    n = len(articles())
    assert [r["id"] for r in records[: n + 2]] == [f"{folder}/{i:02}.txt" for i in range(n)] + ["j0", "j1"]
    assert len(records) == 11 * n + 2
    assert [(r["outcome"]["kind"], r.get("line")) for r in records[-2:]] == [("failed", 10 * n + 1), ("rejected", None)]


def test_formats(folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = str(folder / "news.jsonl")
    assert main(["code", source]) == 1
    records = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    out = tmp_path / "out.csv"
    assert main(["code", source, "--format", "csv", "-o", str(out)]) == 1
    assert b"failed: " in capsysbinary.readouterr().err
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"), newline="")))
    assert len(rows) == sum(len(r["mentions"]) for r in records)
    mentions = [m for r in records for m in r["mentions"]]
    assert [row["trigger"] for row in rows] == [m["trigger"]["text"] for m in mentions]
    assert [row["actor_codes"] for row in rows] == ["; ".join(a["code"] for a in m["actors"]) for m in mentions]
    assert main(["code", source, "--format", "table", "--why", "-o", str(tmp_path / "t.txt")]) == 1
    table = (tmp_path / "t.txt").read_text("utf-8")
    assert all(word in table for word in ("WHO SAYS SO", "ASSAULT", "\u2068قصف\u2069", "rejected: empty", "failed: "))
    assert "\x1b" not in table
    assert table.count("\u2068") == table.count("\u2069")
    assert all(line.count("\u2068") == line.count("\u2069") for line in table.split("\n"))


def test_standard_input_and_options() -> None:
    for arguments in ((), ("-",)):
        run = khabar("code", *arguments, "--published", "2020-01-12", "--outlet", "سانا", stdin=SHELLING.encode())
        record = json.loads(run.stdout)
        assert (run.returncode, record["outcome"]["kind"], record["published"], record["outlet"]) == (0, "read", "2020-01-12", "سانا")
        assert all("why" not in m for m in record["mentions"])


@pytest.mark.parametrize(
    "arguments",
    [("code", "none.txt"), ("code", "--published", "soon", "-"), ("code", "-j", "x"), ("code", "--format", "xml"), ("code", "-", "-"), (), ("frobnicate",),
     ("score", "none", "none"), ("code", "-", "-o", "/no/such/folder/x"), ("lexicon",), ("lexicon", "lint", "/no/such/folder"), ("code", "--engine", "x", "-")],
)  # fmt: skip
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    run = khabar(*arguments, stdin=b"x")
    assert run.returncode == 2
    assert run.stderr
    assert b"Traceback" not in run.stderr
    assert not run.stdout


def test_version_schema_and_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert (end.value.code, capsys.readouterr().out) == (0, f"khabar {__version__}\n")
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == record_schema()
    assert main(["doctor"]) == 0
    assert "self-test rules        passed" in capsys.readouterr().out


def test_score(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "p.jsonl")
    main(["code", str(folder / "00.txt"), "-o", out])
    assert main(["score", out, out, "--bootstrap", "5"]) == 0
    assert "trigger+type               P 1.000  R 1.000  F1 1.000 [1.000, 1.000]" in capsys.readouterr().out
    assert main(["score", out, out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["trigger"]["f1"] == 1.0


def test_a_closed_pipe_is_no_traceback(folder: Path) -> None:
    process = subprocess.Popen([*RUN, "code", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) in (0, 1)


def test_the_output_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROTEST, "utf-8")
    for _ in range(2):
        assert main(["code", str(tmp_path), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1


def test_the_table_speaks_english() -> None:
    table = khabar("code", "--format", "table", "--published", "2020-01-12", stdin=(SHELLING + PROTEST).encode(), COLUMNS="100").stdout.decode()
    assert "Russia" in table
    assert "2020-01-10" in table
    assert "killed 5" in table
    assert "Observatory" in table


def test_a_reader_compared_with_itself_differs_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text(SHELLING, "utf-8")
    assert main(["compare-engines", str(article), "--engines", "rules,rules"]) == 0
    out = capsys.readouterr()
    assert (out.out, out.err) == ("", "1 articles, differences: none\n")


def test_two_readers_are_compared_field_by_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs_model("learned")
    article = tmp_path / "a.txt"
    article.write_text(SHELLING + PROTEST, "utf-8")
    assert main(["compare-engines", str(article), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(row) == {"id", "start", "trigger", "field", "learned", "rules"} and row["learned"] != row["rules"] for row in rows)


@pytest.mark.parametrize("names", ["rules", "rules,rules,rules", "rules,crystal ball"])
def test_readers_that_cannot_be_compared_are_refused(names: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare-engines", str(tmp_path), "--engines", names]) == 2
    assert capsys.readouterr().err.startswith("khabar: engine")
