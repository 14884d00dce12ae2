"""The room as a static site."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from khabar import EventFilter, Hints, InvalidValue, Store, collect_into, open_store, review
from khabar.web.intake import example_pieces, text_piece
from khabar.web.publish import file_of, has_file, publish

WITNESS = "قال الشاهد سمير الخطابي لوكالة الأنباء إن الشرطة اعتقلت ثلاثة متظاهرين في حي الزهور بدمشق أمس. وقال سمير إن العدد أكبر."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publish")
    with open_store(str(folder / "s.db"), create=True) as store:
        list(collect_into(store, example_pieces("all"), engine="rules"))
        list(collect_into(store, [text_piece(WITNESS, Hints(date(2020, 1, 1), "outlet"))], engine="rules"))
        first = review.queue(store, coder="Layla the coder", limit=1)[0]
        for claim in store.claims(store.event_of(first.reading.mention_id)):
            review.decide(store, "Layla the coder", "accept", claim.mention_id)
        made = publish(store, folder / "site")
    assert made.articles == 8
    assert made.files == sum(1 for p in made.folder.rglob("*") if p.is_file())
    return made.folder


class Links(HTMLParser):
    """Every address that a page leads to or loads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {v for k, v in attrs if k in ("href", "src", "action", "data-source", "data-shapes") and v}


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        for link in Links(page).found:
            if link.startswith(("http://", "https://", "#", "data:")) or re.fullmatch(r"\d+:\d+", link):
                continue
            target = (page.parent / unquote(link.partition("#")[0])).resolve()
            assert not link.startswith("/")
            assert target.is_relative_to(site.resolve())
            assert target.is_file(), (page, link)


def test_nothing_asks_for_a_server(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<form" not in text
        assert page.name == "index.html" or "Content-Security-Policy" in text
        assert 'csrf":""' in text or page == site / "index.html"


def test_people_are_protected(site: Path) -> None:
    for file in (p for p in site.rglob("*") if p.is_file()):
        data = file.read_bytes()
        assert "سمير".encode() not in data, file
        assert "الخطابي".encode() not in data, file
        assert b"Layla" not in data, file


def test_an_arrest_is_placed_by_its_governorate(site: Path) -> None:
    events = json.loads((site / "data" / "events.json").read_text("utf-8"))["events"]
    arrest = next(e for e in events if e["type"] == "COERCE" and e["date_from"] == "2019-12-31")
    assert arrest["lat"] is None
    assert arrest["precision"] in ("governorate", "country")


def test_both_languages_and_their_data(site: Path) -> None:
    english, arabic = ((site / lang / "events.html").read_text("utf-8") for lang in ("en", "ar"))
    assert 'dir="ltr"' in english
    assert 'dir="rtl"' in arabic
    assert 'href="../ar/events.html"' in english
    assert 'href="../en/events.html"' in arabic
    assert {e["event_id"] for e in json.loads((site / "data" / "events.json").read_text("utf-8"))["events"]}
    assert (site / "data" / "map.json").is_file()


def test_what_was_reviewed_shows(site: Path) -> None:
    events = json.loads((site / "data" / "events-reviewed-yes.json").read_text("utf-8"))["events"]
    assert [e["reviewed"] for e in events] == [True]


def test_marked_evidence_stays_in_place(site: Path) -> None:
    for file in (site / "data" / "articles").glob("*.json"):
        found = json.loads(file.read_text("utf-8"))
        text = found["article"]["text"]
        for m in found["mentions"]:
            assert text[m["trigger"]["start"] : m["trigger"]["end"]] == m["trigger"]["text"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with open_store(str(tmp_path / "s.db"), create=True) as store, pytest.raises(InvalidValue, match="not empty"):
        publish(store, tmp_path)


def test_a_filter_chooses_what_is_published(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.db"), create=True) as store:
        _filled(store)
        made = publish(store, tmp_path / "site", EventFilter(type="PROTEST"))
    types = {e["type"] for e in json.loads((made.folder / "data" / "events.json").read_text("utf-8"))["events"]}
    assert types == {"PROTEST"}


def _filled(store: Store) -> None:
    list(collect_into(store, example_pieces("levantine.txt"), engine="rules"))


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/", True), ("/events?type=ASSAULT", True), ("/events?type=ASSAULT&page=2", True), ("/events?type=ASSAULT&status=denied", False),
        ("/events?q=x", False),
        ("/articles/a b/../c", True), ("/review", False), ("/export", False), ("/openapi.json", False), ("/map.json", True),
        ("/events?type=A&type=B", False),
    ],
)  # fmt: skip
def test_what_has_a_file(address: str, there: bool) -> None:
    assert has_file(address) is there


def test_names_of_files_are_plain_and_apart() -> None:
    addresses = [
        "/articles/a",
        "/articles/A",
        "/articles/..%2f..%2fetc",
        "/articles/a%2fb",
        "/articles/" + "x" * 500,
        "/articles/%D8%A3",
        "/articles/a?page=2",
        "/events?country=SYR",
    ]
    files = [file_of(a, "en") for a in addresses]
    assert len({f.lower() for f in files}) == len(files)
    assert all(re.fullmatch(r"en/[a-zA-Z0-9_.~/-]{1,140}\.html", f) and ".." not in f for f in files)


def test_it_publishes_from_within_an_event_loop(tmp_path: Path) -> None:
    async def in_a_notebook() -> int:
        with open_store(str(tmp_path / "s.db"), create=True) as store:
            _filled(store)
            return publish(store, tmp_path / "site").articles

    with ThreadPoolExecutor(1) as thread:  # a browser's tests leave a loop running in this one
        assert thread.submit(asyncio.run, in_a_notebook()).result(60) == 1
