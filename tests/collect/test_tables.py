"""CSV, TSV, Parquet and JSONL with columns of any name."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import PROTEST, SHELLING
from khabar.collect import Columns, Hints, Options, Piece, read_pieces
from khabar.collect import tables as module
from khabar.model import Document, InvalidValue, Record

LATIN = {"headline": "عنوان", "body": PROTEST, "date": "2020-01-12", "source": "الغد", "link": "http://news.example/1", "other": "x"}
ARABIC = {"العنوان": "عنوان", "النص": PROTEST, "التاريخ": "12 كانون الثاني 2020", "المصدر": "الغد", "الرابط": "http://news.example/1"}


def written(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(path: Path, data: bytes, columns: Columns | None = None, hints: Hints | None = None) -> list[Piece]:
    path.write_bytes(data)
    return [p for p in read_pieces([str(path)], hints, Options(columns or Columns())) if isinstance(p, Piece)]


def reason(piece: Piece) -> str:
    assert isinstance(piece.item, Record)
    return piece.item.outcome.reason or ""


@pytest.mark.parametrize("row", [LATIN, ARABIC])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_columns_are_recognised(tmp_path: Path, row: dict[str, str], delimiter: str, encoding: str) -> None:
    (piece,) = read(tmp_path / "a.csv", written([row], delimiter).encode(encoding))
    assert piece.item == Document(f"عنوان\n{PROTEST}", "", date(2020, 1, 12), "الغد", "http://news.example/1")
    assert (piece.key, piece.title, piece.basis, piece.media_type) == ("http://news.example/1", "عنوان", "stated", "text/csv")


def test_columns_of_ones_own(tmp_path: Path) -> None:
    data = written([{"a": SHELLING, "text": "غير هذا", "b": "n1"}]).encode()
    (piece,) = read(tmp_path / "a.csv", data, Columns(text="a", id="b"))
    assert (piece.item.text, piece.key, piece.item.id) == (SHELLING, "n1", "n1")
    (wrong,) = read(tmp_path / "a.csv", data, Columns(text="c"))
    assert "no column 'c' for the text; the columns are 'a', 'text', 'b'" in reason(wrong)
    line = json.dumps({"a": SHELLING, "text": "غير هذا"}).encode()
    assert read(tmp_path / "a.jsonl", line, Columns(text="a"))[0].item.text == SHELLING
    assert "no `c`" in reason(read(tmp_path / "a.jsonl", line, Columns(text="c"))[0])


@pytest.mark.parametrize("given", ["text", "text=", "words=x", "=x"])
def test_pairs_that_name_no_column(given: str) -> None:
    with pytest.raises(InvalidValue, match="PART=NAME"):
        Columns.parse([given])
    assert Columns.parse(["text=a=b", "id=x"]) == Columns(text="a=b", id="x")


def test_keys_of_rows_without_names_are_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    data = written([{"text": SHELLING}, {"text": PROTEST}]).encode()
    first, second = read(path, data)
    assert (first.key, second.key) == (f"file:{path}#1", f"file:{path}#2")
    assert [p.digest for p in read(path, data.replace(b"\r\n", b"\n"))] != [first.digest, first.digest]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty; expected a first row"),
        (b"a,b\n1,2\n", "no column of texts; the columns are 'a', 'b'"),
        (b"%PDF-1.4 x", "binary"),
        (b",".join([b"x"] * 2_000) + b"\n", "2,000 columns"),
        ("id,text\n1,نص,زائد\n".encode(), "3 cells under 2 names"),
        ("id,text,date\n1,نص,غدا\n".encode(), "expected a day"),
        (b"id,text\n1,\n", "no `text`"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, data: bytes, expected: str) -> None:
    (piece,) = read(tmp_path / "a.csv", data)
    assert expected in reason(piece)


def test_rows_go_on_after_wrong_ones(tmp_path: Path) -> None:
    data = f'id,text\n1,a,b\n\n2,"{SHELLING}"\n'.encode()
    assert [type(p.item) for p in read(tmp_path / "a.csv", data)] == [Record, Document]


@pytest.mark.parametrize("tail", [b'3,"' + b"x" * 300_000, b"3," + b"x" * 300_000])
def test_endless_cells(tmp_path: Path, tail: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100_000)
    pieces = read(tmp_path / "a.csv", b"id,text\n1,x\n" + tail)
    assert "the rest was not read" in reason(pieces[-1])


def test_packed(tmp_path: Path) -> None:
    data = gzip.compress(written([LATIN] * 3).encode())
    assert len(read(tmp_path / "a.csv.gz", data)) == 3
    assert "cut short" in reason(read(tmp_path / "a.csv.gz", data[:-20])[-1])


@given(st.binary(max_size=400))
@settings(max_examples=80, deadline=None)
def test_any_bytes_end_in_pieces_with_reasons(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for name in ("a.csv", "a.tsv", "a.csv.gz", "a.parquet", "a.jsonl"):
        for piece in read(tmp_path_factory.getbasetemp() / name, b"text,id\n" * (name == "a.csv") + data):
            assert isinstance(piece.item, Document) or piece.item.outcome.reason


def parquet(path: Path, columns: dict[str, list[Any]], **options: Any) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as module

    module.write_table(pyarrow.table(columns), path, **options)
    return path.read_bytes()


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    data = parquet(path, {"id": list(range(40)), "body": [SHELLING] * 40, "date": [date(2020, 1, 12)] * 40, "scores": [[1.0, 2.0]] * 40}, row_group_size=7)
    pieces = read(path, data)
    assert [p.key for p in pieces] == [str(i) for i in range(40)]
    assert pieces[3].item == Document(SHELLING, "3", date(2020, 1, 12))
    assert pieces == read(tmp_path / "b", data)
    assert [p.item for p in read_pieces(["-"], stdin=io.BytesIO(data)) if isinstance(p, Piece)] == [p.item for p in pieces]


def test_damaged_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    data = parquet(path, {"text": [SHELLING * i for i in range(1, 40)]}, compression="none")
    assert "damaged" in reason(read(path, data[:-100])[-1])
    assert "no column of texts" in reason(read(path, parquet(path, {"x": ["a"]}))[0])
    pieces = read(path, data[:4] + b"\xff" * 60 + data[64:])
    assert "damaged" in reason(pieces[-1])


def test_a_small_parquet_of_huge_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BATCH", 5_000_000)
    path = tmp_path / "a.parquet"
    data = parquet(path, {"text": ["ا" * 300_000] * 100})
    assert len(data) < 2_000_000
    assert "the rest was not read" in reason(read(path, data)[-1])


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "khabar[parquet]" in reason(read(tmp_path / "a.parquet", b"PAR1")[0])


def test_the_command_line_takes_columns(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from khabar.cli.main import main

    path, out = tmp_path / "a.csv", tmp_path / "out.jsonl"
    path.write_text(written([{"words": SHELLING, "when": "2020-01-12"}]), "utf-8")
    assert main(["code", str(path), "--engine", "rules", "--column", "text=words", "--column", "published=when", "-o", str(out), "--format", "jsonl"]) == 0
    record = json.loads(out.read_text("utf-8"))
    assert (record["outcome"]["kind"], record["published"]) == ("read", "2020-01-12")
    assert main(["code", str(path), "--column", "words"]) == 2
