"""400 strings that try to be more than text, through every view and every export."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from khabar import FORMATS, collect_into, open_store, review
from khabar.web.render import path_part, script_json
from khabar.web.shown import BIDI
from web.injections import strings
from web.rooms import Visitor, coder, piece, settings

STRINGS = strings()
MARKER = re.compile(r"zq\d+z")
FREE = frozenset(
    ("value", "title", "aria-label", "href", "action", "id", "data-mention", "data-source", "datetime")
)  # attributes that may hold text of articles
TAGS = frozenset(
    "html head meta title link body a header bdi span nav div main p h1 h2 h3 ul ol li form label input select option button textarea section article mark "
    "dl dt dd code time strong em b table thead tbody tr th td caption details summary blockquote aside meter progress kbd footer script datalist".split()
)
VOID = frozenset(("meta", "link", "input"))


class Page(HTMLParser):
    """Reads a page and keeps what should not be there."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag not in VOID:
            self.open.append(tag)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name == "style" or MARKER.search(name):
            self.wrong.append(f"<{tag} {name}=>")
        if MARKER.search(value) and name not in FREE:
            self.wrong.append(f"<{tag} {name}={value}>")
        if name in ("href", "src", "action") and not value.startswith(("/", "#", "data:,", "?")) and not value.startswith(("http://", "https://")):
            self.wrong.append(f"<{tag} {name}={value}>")
        if name in ("src", "action") and not re.match(r"/(?!/)", value):
            self.wrong.append(f"<{tag} {name}={value}>")
        if tag == "script" and name == "type" and value not in ("application/json", "module"):
            self.wrong.append(f"<script {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.script += data
        elif set(data) & (set(BIDI) | set(map(chr, range(9))) | {"\x1b", "\x85"}):
            self.wrong.append(f"control in {data[:40]!r}")


def sentence(given: str) -> str:
    return f"قال {given} إن الطائرات قصفت مدينة إدلب أمس وقتلت ثلاثة أشخاص."


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A room over articles whose every part is hostile: texts, titles, outlets, ids, addresses, notes, names of batches."""
    path = str(tmp_path_factory.mktemp("room") / "hostile.db")
    with open_store(path, create=True) as store:
        pieces = [
            piece(sentence(s), f"{s}{i}", title=s, outlet=s, url=f"javascript:{s}" if i % 2 else f"https://news.example/{s}", published=date(2020, 1, 1))
            for i, s in enumerate(STRINGS)
        ]
        list(collect_into(store, pieces, engine="rules", coder=coder()))
        listed = [a.article_id for a in store.articles()]
        assert len(listed) == len(STRINGS)
        named = [s for s in STRINGS if s.strip() and s.strip().isprintable()][:20]
        for i, name in enumerate(named):
            review.assign(store, name, [listed[i]], [name, "ann"], blind=True)
        for item in review.queue(store, coder="ann", limit=60):
            review.decide(store, "ann", "note", item.reading.mention_id, STRINGS[hash(item.reading.mention_id) % 400] or "x", review.ANY)
    at = Visitor(settings(path))
    yield at
    at.store.close()


def check(answer: Any) -> None:
    """A page on which nothing but text came of what was put in."""
    page = Page(answer.text)
    assert not page.wrong, page.wrong[:5]
    assert not page.open
    json.loads(page.script)
    assert not [v for v in answer.headers.values() if MARKER.search(v) or "\n" in v or "\r" in v]
    assert "set-cookie" not in {k for k, v in answer.headers.items() if "a=b" in v}


def test_there_are_four_hundred() -> None:
    assert len(STRINGS) == len(set(STRINGS)) == 400
    assert all(MARKER.search(s) for s in STRINGS)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/help",
        "/map",
        "/timeline",
        "/review",
        "/review/progress",
        "/review/agreement",
        "/review/adjudication",
        "/compare",
        "/export",
        *(f"/articles?page={i}" for i in range(1, 9)),
        "/events",
        "/events?sort=oldest&size=400",
        "/review?lang=ar",
    ],
)
def test_views_show_text_as_text(hostile: Visitor, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code == 200
    check(answer)


@pytest.mark.parametrize("part", range(8))
def test_articles_and_events_show_text_as_text(hostile: Visitor, part: int) -> None:
    for a in hostile.store.articles()[part::8]:
        answer = hostile.get(f"/articles/{path_part(a.article_id)}")
        if "%2525" not in path_part(a.article_id) and "%" not in a.article_id:  # the test client decodes twice
            assert answer.status_code == 200, a.article_id
        check(answer)
    for e in hostile.store.events()[part::40]:
        answer = hostile.get(f"/events/{e.event_id}?counts=by-source")
        assert answer.status_code == 200
        check(answer)


@pytest.mark.parametrize("part", range(4))
def test_questions_are_only_questions(hostile: Visitor, part: int) -> None:
    before = hostile.store.totals()
    for i, s in list(enumerate(STRINGS))[part::4]:
        name = ("q", "actor", "place", "outlet", "type", "since", "source_kind", "sort", "country", "reviewed")[i // 4 % 10]
        path = ("/events", "/articles", "/map", "/timeline", "/export", "/compare", "/review", "/review/adjudication")[i // 7 % 8]
        answer = hostile.client.get(
            path, params={name: s, "a": s, "batch": s} if "/re" in path or "/co" in path else {name: s}, headers={"accept": "text/html"}
        )
        assert answer.status_code in (200, 400, 404, 422), (path, name, s, answer.status_code)
        check(answer)
    assert hostile.store.totals() == before


@pytest.mark.parametrize("path", ["/articles.csv", "/events.csv", "/map.csv", "/timeline.csv"])
def test_no_cell_is_a_formula(hostile: Visitor, path: str) -> None:
    rows = list(csv.reader(io.StringIO(hostile.get(path).content.decode("utf-8-sig"), newline="")))
    assert len({len(r) for r in rows}) == 1
    for cell in (c for r in rows for c in r if MARKER.search(c)):
        assert not cell.lstrip(" \u00a0\ufeff\u200e\u200f\t\r\n").startswith(("=", "+", "-", "@")), cell


def test_claims_hold_no_formula(hostile: Visitor) -> None:
    for e in hostile.store.events()[:60]:
        for row in csv.reader(io.StringIO(hostile.get(f"/events/{e.event_id}.csv").content.decode("utf-8-sig"), newline="")):
            assert not [c for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "path", ["/articles.json?page=3", "/events.json?size=400", "/map.json", "/timeline.json", "/review/queue.json?limit=100", "/review/progress.json"]
)
def test_json_gives_back_what_was_put_in(hostile: Visitor, path: str) -> None:
    answer = hostile.client.get(path)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_exports_go_out_whole(hostile: Visitor, form: str) -> None:
    answer = hostile.get(f"/export/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert not [v for v in answer.headers.values() if MARKER.search(v)]
    if form in ("csv", "csv-excel", "plover", "acled", "ucdp"):
        separator = "\t" if form == "plover" else ","
        for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=separator):
            assert not [c for c in row if c.startswith(("=", "@", "\t", "\r"))]


def test_what_is_coded_goes_nowhere_else(hostile: Visitor, tmp_path: Path) -> None:
    hostile.look()
    for s in STRINGS[::13]:
        answer = hostile.send("/code", {"text": sentence(s), "outlet": s, "published": "2020-01-01"}, file=("", b""))
        assert answer.status_code in (303, 400)
        if answer.status_code == 303:
            assert re.fullmatch(r"/articles/t[0-9a-f]+(~\d+)?", answer.headers["location"])
    for s in STRINGS[::13]:
        answer = hostile.send("/code", {}, file=(f"{s}.txt", sentence(s).encode()))
        assert answer.status_code in (303, 400)
        assert "\n" not in answer.headers.get("location", "")


@pytest.mark.parametrize("text", STRINGS[::5])
def test_data_for_scripts_ends_nothing(text: str) -> None:
    made = str(script_json({"x": text, text: 1}))
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made) == {"x": text, text: 1}
