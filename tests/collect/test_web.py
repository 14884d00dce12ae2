"""Collecting from the web: a feed, a sitemap and pages of a small server in this process."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from articles import PROTEST, SHELLING
from khabar import open_store
from khabar.cli.main import main
from khabar.collect.fetch import Fetcher
from khabar.collect.items import Known, Piece
from khabar.collect.web import Seen, entries_of, read_web

PAGE = (
    "<!doctype html><html lang=ar><head><meta charset=utf-8><meta property='article:published_time' content='2020-01-10T10:00:00Z'>"
    "<meta property='og:site_name' content='صحيفة'><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
)
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>صحيفة</title>{}</channel></rss>"
ITEM = "<item><title>خبر</title><link>{}</link><pubDate>Fri, 10 Jan 2020 10:00:00 GMT</pubDate></item>"
SITEMAP = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


class Site(ThreadingHTTPServer):
    """A site of two pages, a feed of both, a sitemap of one, and one page that robots.txt closes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.unchanged = 0
        base = f"http://127.0.0.1:{self.server_port}"
        pages = {path: PAGE.format(*text.split("\n\n", 1)) for path, text in (("/1", SHELLING), ("/2", PROTEST))}
        lists = {"/feed": RSS.format("".join(ITEM.format(base + p) for p in ("/1", "/2", "/gone", "/closed")))}
        lists["/sitemap.xml"] = SITEMAP.format(f"<url><loc>{base}/2</loc></url>")
        lists["/robots.txt"] = "User-agent: *\nDisallow: /closed\n"
        self.base, self.bodies = base, {**pages, **lists}


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        body = self.server.bodies.get(self.path)
        tag = f'"{hash(body)}"'
        if body is not None and self.headers.get("If-None-Match") == tag:
            self.server.unchanged += 1
            self.send_response(304)
            self.end_headers()
            return
        data = (body or "gone").encode()
        self.send_response(200 if body is not None else 404)
        kind = "text/plain" if "robots" in self.path else "application/xml" if "<?xml" in (body or "") else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def pieces(site: Site, *paths: str, seen: dict[str, Seen] | None = None) -> list[Piece | Known]:
    with Fetcher(delay=0, allow_loopback=True) as fetcher:
        return list(read_web([site.base + p for p in paths], fetcher, seen=(seen or {}).get))


def test_a_feed_stands_for_its_pages(site: Site) -> None:
    found = {p.key.removeprefix(site.base): p for p in pieces(site, "/feed")}
    assert found.keys() == {"/1", "/2", "/gone", "/closed"}
    read = found["/1"]
    assert isinstance(read, Piece)
    assert (str(read.item.published), read.item.outlet, read.basis) == ("2020-01-10", "صحيفة", "meta")
    assert "المرصد السوري" in (read.item.text or "")
    assert read.etag
    reasons = {k: p.item.outcome.reason for k, p in found.items() if isinstance(p, Piece) and not hasattr(p.item, "url")}
    assert "404" in reasons["/gone"]
    assert "robots" in reasons["/closed"]
    assert site.asked["/closed"] == 0


def test_an_address_is_asked_for_once(site: Site) -> None:
    assert len(pieces(site, "/feed", "/sitemap.xml", "/2")) == 4
    assert site.asked["/2"] == 1


def test_what_has_not_changed_is_known(site: Site) -> None:
    first = pieces(site, "/1")[0]
    assert isinstance(first, Piece)
    again = pieces(site, "/1", seen={first.key: Seen(first.etag, first.last_modified, first.fetched)})
    assert [type(p) for p in again] == [Known]
    assert site.unchanged == 1


def test_local_lists_of_addresses(tmp_path: Path, site: Site) -> None:
    (tmp_path / "list.txt").write_text(f"{site.base}/1\n{site.base}/2\n")
    (tmp_path / "map.xml").write_text(site.bodies["/sitemap.xml"])
    (tmp_path / "text.txt").write_text(SHELLING)
    assert [[e.url for e in entries_of(str(tmp_path / n)) or ()] for n in ("list.txt", "map.xml")] == [[site.base + "/1", site.base + "/2"], [site.base + "/2"]]
    assert entries_of(str(tmp_path / "text.txt")) is None


def test_khabar_collect_reads_a_site_and_goes_on(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "k.db")
    command = ["collect", f"{site.base}/feed", "--store", store, "--engine", "rules", "--delay", "0", "--allow-loopback"]
    assert main([*command, "--archive", str(tmp_path / "kept.warc.gz")]) == 1
    assert "4 inputs: 4 new" in capsys.readouterr().err
    site.bodies["/2"] = site.bodies["/2"].replace("مئات العمال", "آلاف العمال")
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "1 version" in told
    assert "1 known" in told
    with open_store(store) as opened:
        assert opened.count_events() > 0
        assert {(a.outlet, a.outcome) for a in opened.articles()} == {("صحيفة", "read"), (None, "failed")}
    assert main(["collect", str(tmp_path / "kept.warc.gz"), "--store", str(tmp_path / "two.db"), "--engine", "rules"]) in (0, 1)
    capsys.readouterr()
    assert main(["events", "--store", str(tmp_path / "two.db"), "--format", "jsonl"]) == 0
    assert {json.loads(line)["country"] for line in capsys.readouterr().out.splitlines()} & {"SYR", "TUN"}
