"""Keys, digests, and what is known passed over before it is parsed."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import BLOG, GULF, MOBILE, TITLE
from warcs import article, packed

from articles import PROTEST, SHELLING
from khabar.collect import Hints, Known, Piece, read_pieces
from khabar.collect import page as page_module
from khabar.model import Document, Record

CANONICAL = '<link rel="canonical" href="{}">'


def pieces(*paths: Path, hints: Hints | None = None) -> list[Piece]:
    return [p for p in read_pieces([str(p) for p in paths], hints) if isinstance(p, Piece)]


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_page_with_all_that_stands_about_it(tmp_path: Path) -> None:
    (piece,) = pieces(put(tmp_path / "a.html", BLOG.html))
    assert (piece.title, piece.caption, {text for text, _ in piece.links}, piece.basis) == (TITLE, BLOG.captions, set(BLOG.links), "meta")
    assert piece.digest == hashlib.sha256(BLOG.html.encode()).hexdigest()
    assert (piece.key, piece.media_type, piece.fetched) == (f"file:{tmp_path}/a.html", "text/html", None)


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ("https://www.news.example/a/1?x=1&amp;y=2", "https://www.news.example/a/1?x=1&y=2"),
        ("https://news.example/", None),
        ("/a/1", None),
        ("file:///etc/x", None),
    ],
)
def test_the_key_of_a_page_is_the_address_it_states(tmp_path: Path, stated: str, key: str | None) -> None:
    """A front page that every article of a site names as its address is none: all would have one key."""
    path = put(tmp_path / "a.html", MOBILE.html.replace("https://www.balad.example/2020/01/10/{id}/ramla", stated))
    (piece,) = pieces(path)
    assert piece.key == (key or f"file:{path}")
    assert isinstance(piece.item, Document)
    assert piece.item.url == key


def test_the_keys_of_lines(tmp_path: Path) -> None:
    lines = [{"text": SHELLING, "id": "n1", "url": "http://x/1"}, {"text": SHELLING, "id": "n1"}, {"text": SHELLING, "id": 7}, {"text": SHELLING}, {"id": "n9"}]
    path = put(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)) + "\n{broken")
    found = pieces(path)
    assert [p.key for p in found] == ["http://x/1", "n1", "7", f"file:{path}#4", "n9", f"file:{path}#6"]
    assert found[0].digest == hashlib.sha256(json.dumps(lines[0]).encode()).hexdigest()
    assert len({p.digest for p in found}) == 6


def test_keys_from_standard_input_are_digests() -> None:
    for data in (SHELLING, json.dumps({"text": SHELLING}), GULF.html):
        (piece,) = [p for p in read_pieces(["-"], stdin=io.BytesIO(data.encode())) if isinstance(p, Piece)]
        assert piece.key == f"stdin:{hashlib.sha256(data.encode()).hexdigest()}"


def test_a_missing_day_is_given_and_says_so(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", SHELLING)
    assert [p.basis for p in pieces(path)] == [None]
    (piece,) = pieces(path, hints=Hints(published="2020-01-10"))  # type: ignore[arg-type]
    assert piece.basis == "hint"


INPUTS = {
    "a.txt": SHELLING.encode(),
    "b.html": BLOG.html.encode(),
    "c.jsonl": json.dumps({"text": SHELLING}).encode() + b"\n" + json.dumps({"text": PROTEST}).encode(),
    "d.csv": f"id,text\n1,{SHELLING!r}\n2,x\n".encode(),
    "e.warc": article(1) + article(2),
    "f.warc.gz": packed(article(3), article(4)),
    "g.txt": b"%PDF",
}


def test_one_outcome_for_each_input_and_the_known_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(put(tmp_path / name, data)) for name, data in INPUTS.items()]
    first = list(read_pieces(paths))
    assert len(first) == 11
    assert len({p.key for p in first}) == 11
    seen = {(p.key, p.digest) for p in first}
    monkeypatch.setattr(page_module, "read_html", None)
    monkeypatch.setattr(page_module, "decode", None)
    assert list(read_pieces(paths, known=lambda key, digest: (key, digest) in seen)) == [Known(p.key, p.digest) for p in first]


def test_what_changed_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", json.dumps({"id": "1", "text": SHELLING}))
    (before,) = pieces(path)
    put(path, json.dumps({"id": "1", "text": PROTEST}))
    (after,) = read_pieces([str(path)], known=lambda key, digest: (key, digest) == (before.key, before.digest))
    assert isinstance(after, Piece)
    assert after.item.text == PROTEST


def test_files_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", b"".join(json.dumps({"text": SHELLING}).encode() + b"\n" for _ in range(3)))
    reading: Iterator[Piece | Known] = read_pieces([str(path), str(tmp_path / "missing.txt")])
    assert isinstance(next(reading), Piece)
    *_, last = reading
    assert isinstance(last, Piece)
    assert isinstance(last.item, Record)
    assert "cannot be read" in (last.item.outcome.reason or "")


def test_thirty_thousand_known_lines_take_seconds(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", b"".join(json.dumps({"id": str(i), "text": PROTEST * 8}, ensure_ascii=False).encode() + b"\n" for i in range(30_000)))
    begin = time.process_time()
    assert sum(isinstance(p, Known) for p in read_pieces([str(path)], known=lambda key, digest: True)) == 30_000
    assert time.process_time() - begin < 10
