"""Files, folders, JSONL, archives and standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles import PROTEST, SHELLING
from khabar.collect import Hints, Item, find_inputs, read_inputs
from khabar.collect import limits as bounds
from khabar.collect.jsonl import numbered_lines
from khabar.model import Document, InvalidValue, Record


def read(*paths: object, hints: Hints | None = None, stdin: bytes = b"") -> list[Item]:
    return list(read_inputs(find_inputs(map(str, paths)).paths, hints, stdin=io.BytesIO(stdin)))  # type: ignore[arg-type]


def lines(path: Path, *objects: Any) -> Path:
    path.write_bytes(b"".join((x if isinstance(x, bytes) else json.dumps(x, ensure_ascii=False).encode()) + b"\n" for x in objects))
    return path


def document(item: Item) -> Document:
    assert isinstance(item, Document)
    return item


def reason(item: Item) -> str:
    assert isinstance(item, Record)
    assert item.outcome.kind in ("failed", "rejected")
    return item.outcome.reason or ""


def test_folders_in_the_order_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/z.html", "a/x.TXT", "a/note.pdf", "c.htm"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SHELLING, "utf-8")
    found = find_inputs(["in"])
    assert found.paths == ("in/a/x.TXT", "in/a/z.html", "in/b.txt", "in/c.htm")
    assert (found.left_out, found.articles) == (1, 4)
    assert [item.id for item in read_inputs(found.paths)] == list(found.paths)
    assert find_inputs(["in"], without=["in/b.txt"]).paths == ("in/a/x.TXT", "in/a/z.html", "in/c.htm")


def test_a_missing_path_is_wrong_use() -> None:
    with pytest.raises(InvalidValue, match="no such file"):
        find_inputs(["none.txt"])


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + SHELLING.replace("\n", "\r\n").encode())
    item = document(read(path, hints=Hints(date(2020, 1, 12), "الغد"))[0])
    assert item == Document(SHELLING.replace("\n", "\r\n"), str(path), date(2020, 1, 12), "الغد")


def test_jsonl_fields(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"id": "n1", "text": SHELLING, "published": "2020-01-12", "outlet": "سانا", "url": "http://x"},
        {"id": 7, "text": PROTEST, "published": "2999-01-01T00:00:00Z"},
        {"text": PROTEST, "published": None, "title": None},
    )
    first, second, third = map(document, read(path, hints=Hints(date(2001, 1, 1), "hint")))
    assert first == Document(SHELLING, "n1", date(2020, 1, 12), "سانا", "http://x")
    assert (second.id, second.published, second.outlet) == ("7", date(2999, 1, 1), "hint")
    assert (third.id, third.published) == (Document(PROTEST).id, date(2001, 1, 1))


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("عنوان", "متن", "عنوان\nمتن"), ("عنوان", "عنوان\nمتن", "عنوان\nمتن"), (" عنوان  طويل ", "عنوان طويل\n\nمتن", "عنوان طويل\n\nمتن"),
        ("عنوان\nثان", "متن", "عنوان ثان\nمتن"), ("", "متن", "متن"), ("عنوان", " \n عنوان متن", " \n عنوان متن"),
    ],
)  # fmt: skip
def test_titles(tmp_path: Path, title: str, text: str, expected: str) -> None:
    assert document(read(lines(tmp_path / "a.jsonl", {"title": title, "text": text}))[0]).text == expected


def test_every_bad_line_yields_a_record(tmp_path: Path) -> None:
    bad = (b"{broken", b"[1, 2]", {"id": "a"}, {"text": 5}, {"id": [1], "text": "x"}, b"\xff\xfe\xfd", b"[" * 100_000, b'{"text": "' + b"1" * 50, b"null")
    items = read(lines(tmp_path / "a.jsonl", {"text": SHELLING}, *bad, b"   ", {"text": PROTEST}))
    assert len(items) == len(bad) + 2
    for number, item in enumerate(items[1:-1], 2):
        assert isinstance(item, Record)
        assert (item.id, item.line, item.text, item.outcome.kind) == (None, number, None, "failed")
        assert f"a.jsonl:{number}: " in (item.outcome.reason or "")
    assert document(items[-1]).text == PROTEST


@pytest.mark.parametrize("day", ["yesterday", 20200110, "2020-02-30", ["2020-01-10"]])
def test_a_wrong_day_fails_the_article_by_name(tmp_path: Path, day: object) -> None:
    item = read(lines(tmp_path / "a.jsonl", {"id": "n1", "text": SHELLING, "published": day}))[0]
    assert "expected a day" in reason(item)
    assert (item.id, item.text) == ("n1", SHELLING)


def test_surrogates_in_json(tmp_path: Path) -> None:
    item = document(read(lines(tmp_path / "a.jsonl", b'{"id": "\\udc00", "text": "\\ud800 \\ud83d\\ude00"}'))[0])
    assert (item.id, item.text) == ("\ufffd", "\ufffd \U0001f600")


def test_compressed(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(json.dumps({"id": str(i), "text": SHELLING + os.urandom(20).hex()}).encode() + b"\n" for i in range(300)))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole)
    assert [item.id for item in read(path)] == [str(i) for i in range(300)]
    path.write_bytes(whole[:-200])
    items = read(path)
    assert "cut short" in reason(items[-1])
    assert all(isinstance(item, Document) for item in items[:-1])
    path.write_bytes(b"no gzip")
    assert "damaged" in reason(read(path)[0])
    assert [item.id for item in read("-", stdin=whole)] == [str(i) for i in range(300)]


@pytest.mark.parametrize("filling", [b"0", b"\n"])
def test_decompression_bombs(tmp_path: Path, filling: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.collect.unpack.MAX_UNPACKED", 2**21)
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(b'{"text": "x"}\n')
        for _ in range(8):
            out.write(filling * (2**20 // len(filling)))
    assert "bomb" in reason(list(read(path))[-1])


def test_long_lines_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.collect.jsonl.MAX_BYTES", 3_000_000)
    items = read(lines(tmp_path / "a.jsonl", {"text": "x" * 9_000_000}, {"text": SHELLING}))
    assert "a line of more than" in reason(items[0])
    assert document(items[1]).text == SHELLING


def test_line_numbers_over_pieces() -> None:
    rows = [b"" if i % 7 == 0 else b"x" * (i * 37 % 400) for i in range(9000)]
    data = b"\n" * 3_000_000 + b"\n".join(rows)
    assert list(numbered_lines(io.BytesIO(data))) == [(3_000_001 + i, row) for i, row in enumerate(rows) if row]


def test_large_files_are_rejected_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with open(path, "wb") as out:
        out.truncate(bounds.MAX_BYTES + 1)
    item = read(path)[0]
    assert "too large" in reason(item)
    assert item.id == str(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch(0o000)
    assert "cannot be read" in reason(read(path)[0])


@pytest.mark.parametrize(
    ("stdin", "count"),
    [(SHELLING.encode(), 1), (b"", 1), (json.dumps({"text": SHELLING}).encode() * 1 + b"\n\n" + b"{bad\n", 2), (f"<html><body><p>{SHELLING}".encode(), 1)],
)
def test_standard_input_is_sniffed(stdin: bytes, count: int) -> None:
    items = read("-", stdin=stdin)
    assert len(items) == count
    assert items[0].text is not None
    assert not items[0].text.startswith(("<", "{"))


def test_utf16_lines_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "x"}\n'.encode("utf-16"))
    assert "UTF-16" in reason(read(path)[0])


def test_a_day_from_a_pages_metadata_says_so(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2020-01-12T08:00:00+02:00">'
    for name, meta in (("dated.html", head), ("undated.html", "")):
        (tmp_path / name).write_text(f"<html><head><title>خبر</title>{meta}</head><body><p>{SHELLING}</p></body></html>", "utf-8")
    dated, undated = (read(tmp_path / name, hints=Hints(published=date(2001, 1, 1)))[0] for name in ("dated.html", "undated.html"))
    assert isinstance(dated, Document)
    assert isinstance(undated, Document)
    assert (dated.published, dated.published_basis) == (date(2020, 1, 12), "metadata")
    assert (undated.published, undated.published_basis) == (date(2001, 1, 1), None)
