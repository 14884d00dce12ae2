"""WARC files: pages found, damage named, and the reading going on after it."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcs import article, http, packed, page, record

from articles import PROTEST
from khabar.collect import Piece, read_pieces
from khabar.collect import warc as module
from khabar.model import Document, Record


def read(path: Path, data: bytes) -> list[Piece]:
    path.write_bytes(data)
    return [p for p in read_pieces([str(path)]) if isinstance(p, Piece)]


def told(pieces: list[Piece]) -> list[str]:
    """The key of each article, the reason of each other."""
    return [p.key if isinstance(p.item, Document) else str(p.item.outcome.reason) for p in pieces]


def url(number: int) -> str:
    return f"http://news.example/{number}"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_file(tmp_path: Path, name: str) -> None:
    others = [
        record("http://news.example/x.png", http(b"\x89PNG", "image/png")), record(url(8), http(page("x"), status="404 Not Found")),
        record(url(9), b"GET / HTTP/1.1\r\n\r\n", kind="request"), record("http://news.example/robots.txt", http(b"User-agent: *", "text/plain")),
    ]  # fmt: skip
    records = [article(1), *others, article(2)]
    first, second = read(tmp_path / name, packed(*records) if name.endswith("gz") else b"".join(records))
    assert (first.key, second.key, first.media_type) == (url(1), url(2), "text/html")
    assert first.fetched == datetime(2020, 1, 10, 9, tzinfo=UTC)
    assert isinstance(first.item, Document)
    assert (first.item.url, first.item.outlet, first.title) == (url(1), "news.example", "خبر1")
    assert first.item.text.startswith("خبر1\n")
    assert first.digest != second.digest


@pytest.mark.parametrize(
    ("more", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Content-Encoding: br\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", lambda b: b"%x;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, b[:100], len(b) - 100, b[100:])),
    ],
)
def test_encodings_undone_or_left_in_the_headers(tmp_path: Path, more: str, pack) -> None:  # type: ignore[no-untyped-def]
    (piece,) = read(tmp_path / "a.warc", record(url(1), http(pack(page("خبر1")), more=more)))
    assert isinstance(piece.item, Document)
    assert piece.item.text.startswith("خبر1\n")


def test_texts_and_records_without_http(tmp_path: Path) -> None:
    records = [
        record(url(1), http(PROTEST.encode("cp1256"), "text/plain; charset=windows-1256")),
        record(url(2), "نص آخر".encode(), kind="conversion", media="text/plain"),
        record(url(3), page("خبر3"), kind="resource", media="text/html"),
    ]
    assert [p.item.text for p in read(tmp_path / "a.warc", b"".join(records))][:2] == [PROTEST, "نص آخر"]
    assert len(read(tmp_path / "a.warc", b"".join(records))) == 3


CUT = article(2)[:-250]
DAMAGE = {
    "gz cut short": (packed(article(1)) + gzip.compress(article(2))[:-60] + packed(article(3)), "record 2: "),
    "gz garbage between": (packed(article(1)) + b"garbage\r\n" * 5 + packed(article(3)), "record 2: damaged"),
    "gz garbage inside": (packed(article(1), b"garbage", article(3)), "record 2: damaged"),
    "gz too long": (packed(article(1), article(2, length=2_000), article(3)), "record 2: Content-Length 2,000 reaches into the next record"),
    "gz bytes changed": (packed(article(1)) + gzip.compress(article(2))[:150] + b"\0" * 9 + gzip.compress(article(2))[159:] + packed(article(3)), "record 2: "),
    "too long": (article(1) + article(2, length=1_500) + article(3), "record 2: Content-Length 1,500 reaches into the next record"),
    "far too long": (article(1) + article(2, length=10**15) + article(3), "record 2: Content-Length 1,000,000,000,000,000 reaches"),
    "cut short": (article(1) + CUT + article(3), "record 2: Content-Length"),
    "garbage": (article(1) + b"garbage\r\n" * 5 + article(3), "record 2: damaged"),
    "endless header": (article(1) + b"WARC/1.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n" + article(3), "record 2: damaged"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_named_and_the_next_record_read(tmp_path: Path, name: str) -> None:
    data, reason = DAMAGE[name]
    seen = told(read(tmp_path / ("a.warc.gz" if data.startswith(b"\x1f\x8b") else "a.warc"), data))
    assert (seen[0], seen[-1], len(seen)) == (url(1), url(3), 3)
    assert reason in seen[1]


def test_too_short_a_length_is_named_where_the_next_record_should_begin(tmp_path: Path) -> None:
    seen = told(read(tmp_path / "a.warc", article(1) + article(2, length=300) + article(3)))
    assert (seen[:2], seen[-1]) == ([url(1), url(2)], url(3))
    assert "record 3: damaged" in seen[2]


@pytest.mark.parametrize("data", [article(1) + CUT, packed(article(1)) + gzip.compress(article(2))[:-30]])
def test_a_file_cut_short(tmp_path: Path, data: bytes) -> None:
    seen = told(read(tmp_path / ("a.warc.gz" if data.startswith(b"\x1f\x8b") else "a.warc"), data))
    assert seen[0] == url(1)
    assert "record 2: " in seen[1]
    assert len(seen) == 2


def test_standard_input_ends_at_the_damage() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = article(1) + b"garbage\r\n" * 5 + article(3)
    pieces = [p for p in read_pieces(["-"], stdin=io.BufferedReader(Pipe(data))) if isinstance(p, Piece)]  # type: ignore[arg-type]
    assert told(pieces)[0] == url(1)
    assert len(pieces) == 2


@pytest.mark.parametrize("unit", [b"\r\n", b"0", b"WARC/1.1\r\n"])
def test_members_that_unpack_endlessly(tmp_path: Path, unit: bytes) -> None:
    packer, bomb = zlib.compressobj(6, zlib.DEFLATED, 31), []
    for _ in range(200):
        bomb.append(packer.compress(unit * (2**20 // len(unit))))
    begin = time.perf_counter()
    tracemalloc.start()
    seen = told(read(tmp_path / "a.warc.gz", packed(article(1)) + b"".join(bomb) + packer.flush()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen[0] == url(1)
    assert len(seen) == 2
    assert "bomb" in seen[1] or "damaged" in seen[1]
    assert time.perf_counter() - begin < 20
    assert peak < 60_000_000


def test_a_page_that_unpacks_endlessly(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    (piece,) = read(tmp_path / "a.warc", record(url(1), http(bomb, more="Content-Encoding: gzip\r\n")))
    assert isinstance(piece.item, Record)
    assert (piece.key, piece.item.outcome.kind) == (url(1), "rejected")
    assert "unpacks to more than" in (piece.item.outcome.reason or "")


def test_large_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BLOCK", 5_000)
    film = record("http://news.example/film", http(b"\0" * 9_000, "video/mp4"))
    seen = told(read(tmp_path / "a.warc", article(1) + film + record(url(2), http(page("x", 9_000))) + article(3)))
    assert (seen[0], seen[-1], len(seen)) == (url(1), url(3), 3)
    assert "record 3: too large" in seen[1]


def test_too_many_damaged_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FAULTS", 10)
    seen = told(read(tmp_path / "a.warc", b"".join(article(i, length=1_400) for i in range(50))))
    assert "more than 10 damaged places" in seen[-1]
    assert len(seen) == 12


@pytest.mark.parametrize("data", [b"no archive", b"WARC/1.1\r\nx\r\n" * 500, article(1) + article(2)[:100]])
def test_a_header_without_end(tmp_path: Path, data: bytes) -> None:
    assert "record " in told(read(tmp_path / "a.warc", data))[-1]


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "a.warc", b"") == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_the_reading_ends(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    plain = data.draw(st.booleans())
    whole = bytearray(b"".join(map(article, range(4))) if plain else packed(*map(article, range(4))))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=30))
        if len(whole) < 10:
            return
    path = tmp_path_factory.mktemp("w") / ("a.warc" if plain else "a.warc.gz")
    for piece in read(path, bytes(whole)):
        assert isinstance(piece.item, Document) or piece.item.outcome.reason


def test_what_follows_a_bomb_is_read(tmp_path: Path) -> None:
    """A member of gigabytes costs itself, also behind many whole ones that would outweigh it."""
    bomb = gzip.compress(article(2)[:200] + b"\r\n" * 50_000_000)
    data = b"".join([packed(*(article(n) for n in range(200))), bomb, packed(article(500), article(501))])
    found = [p.item for p in read(tmp_path / "a.warc.gz", data)]
    texts = [x for x in found if isinstance(x, Document)]
    faults = [x for x in found if isinstance(x, Record)]
    assert len(texts) == 202
    assert [(x.line, "bomb" in (x.outcome.reason or "")) for x in faults] == [(201, True)]
