"""Feeds, sitemaps and lists of addresses."""

from __future__ import annotations

import gzip
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import BODY, RELATED, TITLE, paragraphs

from khabar.collect import Hints, Piece, feed_entries, read_pieces, sitemap_entries, url_list
from khabar.collect.seeds import safe_url
from khabar.model import Document, InputRejected, Record

CONTENT = paragraphs(*BODY) + f"<p>اقرأ أيضا: <a href='/n/1'>{RELATED[0]}</a></p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صدى</title>
<link>http://news.example/</link><item><title>{TITLE}</title><link>/a/1</link><pubDate>Fri, 10 Jan 2020 08:00:00 +0300</pubDate><description>موجز</description>
<content:encoded><![CDATA[{CONTENT}]]></content:encoded></item><item><title>ثان</title><link>http://news.example/a/2</link><description>موجز</description></item>
<item><title>ملف</title><link>file:///etc/passwd</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>صدى</title><entry><title>{TITLE}</title><id>tag:1</id><link href="http://news.example/a/1"/>
<updated>2020-01-10T08:00:00Z</updated><content type="html">&lt;p&gt;نص&lt;/p&gt;</content></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> http://news.example/1?a=1&amp;b=2 </loc><lastmod>2020-01-11</lastmod>
<news:news><news:publication><news:name>صدى</news:name></news:publication><news:publication_date>2020-01-10T08:00:00+02:00</news:publication_date>
<news:title>عنوان</news:title></news:news><image:image><image:loc>http://news.example/1.jpg</image:loc></image:image></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>http://news.example/2</loc></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>http://news.example/s1.xml.gz</loc></sitemap><sitemap><loc>ftp://x/</loc></sitemap></sitemapindex>"
DAY = datetime(2020, 1, 10, 5, tzinfo=UTC)


def test_rss() -> None:
    first, second, third = feed_entries(RSS.encode())
    assert (first.url, first.title, first.published, first.outlet, first.summary) == ("http://news.example/a/1", TITLE, DAY, "صدى", "موجز")
    assert first.content == CONTENT
    assert (second.url, second.content, second.published) == ("http://news.example/a/2", None, None)
    assert third.url is None
    assert first.modified is None


def test_atom_and_encodings() -> None:
    (entry,) = feed_entries(ATOM.encode())
    assert (entry.url, entry.id, entry.published, entry.content) == ("http://news.example/a/1", "tag:1", datetime(2020, 1, 10, 8, tzinfo=UTC), "<p>نص</p>")
    assert feed_entries(RSS.replace("utf-8", "windows-1256").encode("cp1256")) == feed_entries(RSS.encode())
    assert feed_entries(RSS.encode("utf-16")) == feed_entries(RSS.encode())
    assert feed_entries(gzip.compress(RSS.encode())) == feed_entries(RSS.encode())
    assert feed_entries(RSS.replace("</channel></rss>", "").encode()) == feed_entries(RSS.encode())


def test_sitemaps() -> None:
    found = sitemap_entries(SITEMAP.encode())
    first, second = found.entries
    assert (first.url, first.published) == ("http://news.example/1?a=1&b=2", datetime.fromisoformat("2020-01-10T08:00:00+02:00"))
    assert (first.modified, first.title, first.outlet) == (datetime(2020, 1, 11, tzinfo=UTC), "عنوان", "صدى")
    assert (second.url, second.published, found.sitemaps) == ("http://news.example/2", None, ())
    assert sitemap_entries(gzip.compress(SITEMAP.encode())) == found
    assert sitemap_entries(SITEMAP[:-9].encode()) == found
    assert sitemap_entries(INDEX.encode()).sitemaps == ("http://news.example/s1.xml.gz",)


def test_lists() -> None:
    data = "\ufeff# remark\nhttp://news.example/أ\n\nhttps://news.example/2\nhttp://news.example/أ\n".encode()
    assert [e.url for e in url_list(data)] == ["http://news.example/أ", "https://news.example/2"]
    assert len(sitemap_entries(data).entries) == 2
    with pytest.raises(InputRejected, match="line 2: 'file:///x'"):
        url_list(b"http://a.example/\nfile:///x\n")


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)) + "]>"
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOST = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'


@pytest.mark.parametrize("head", [BOMB, FILE, HOST])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused(head: str, encoding: str) -> None:
    for body, read in ((RSS.split("?>", 1)[1].replace("صدى", "&a;"), feed_entries), (SITEMAP.split("?>", 1)[1].replace("صدى", "&a;"), sitemap_entries)):
        with pytest.raises(InputRejected, match="declares entities"):
            read((head + body).encode(encoding))


@pytest.mark.parametrize("read", [feed_entries, sitemap_entries])
@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"hello", b"<html><body>x</body></html>", b"/etc/passwd", b"http:", b"<x>" * 200_000, b"%PDF-1.4", b"\x1f\x8bxx"]
)
def test_what_is_no_list_is_refused_soon(read, data: bytes) -> None:  # type: ignore[no-untyped-def]
    begin = time.perf_counter()
    with pytest.raises(InputRejected):
        read(data)
    assert time.perf_counter() - begin < 5


def test_packed_bombs() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 80_000_000)
    for read in (feed_entries, sitemap_entries):
        with pytest.raises(InputRejected, match="unpacks to more than"):
            read(bomb)


RSS_HEAD = "<rss version='2.0'><channel>"
HOSTILE = {
    "unclosed": RSS_HEAD + "<item><title>" * 20_000,
    "deep": RSS_HEAD + "<item>" + "<a>" * 20_000,
    "brackets": RSS_HEAD + "<" * 200_000,
    "comments": RSS_HEAD + "<!--" * 50_000,
    "data": RSS_HEAD + "<item><title>" + "<![CDATA[" * 50_000,
    "attributes": "<rss version='2.0' " + "".join(f"a{i}='1' " for i in range(20_000)) + ">",
    "ampersands": RSS_HEAD + "<item><title>" + "&" * 200_000,
    "names": RSS_HEAD + "<item>" + "".join(f"<n{i}:a xmlns:n{i}='u'/>" for i in range(5_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_end_soon(name: str) -> None:
    for read in (feed_entries, sitemap_entries):
        begin = time.perf_counter()
        with suppress(InputRejected):
            read(HOSTILE[name].encode())
        assert time.perf_counter() - begin < 5


@given(st.binary(max_size=300), st.integers(0, 2_000))
@settings(max_examples=80, deadline=None)
def test_any_change_ends_in_entries_or_a_reason(noise: bytes, at: int) -> None:
    for text, read in ((RSS, feed_entries), (ATOM, feed_entries), (SITEMAP, sitemap_entries)):
        data = text.encode()
        with suppress(InputRejected):
            assert read(data[:at] + noise + data[at + len(noise) :]) is not None


@pytest.mark.parametrize("text", ["http://[::1", "http:///x", "javascript:x", "file:///x", "http://a b/", "http://a.example/" + "x" * 3_000, "", None, "//"])
def test_no_addresses(text: str | None) -> None:
    assert safe_url(text) is None


def pieces(path: Path, text: str, hints: Hints | None = None) -> list[Piece]:
    path.write_text(text, "utf-8")
    return [p for p in read_pieces([str(path)], hints) if isinstance(p, Piece)]


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_a_feed_that_carries_articles_is_read_without_fetching(tmp_path: Path, name: str) -> None:
    whole, summary, strange = pieces(tmp_path / name, RSS)
    assert isinstance(whole.item, Document)
    assert [line for line in whole.item.text.split("\n") if line] == [TITLE, *BODY]
    assert (whole.key, whole.item.published, whole.item.outlet, whole.basis) == ("http://news.example/a/1", date(2020, 1, 10), "صدى", "stated")
    assert whole.links == ((RELATED[0], "http://news.example/n/1"),)
    for piece, where in ((summary, "http://news.example/a/2"), (strange, "its entry has no address")):
        assert isinstance(piece.item, Record)
        assert f"{where} has to be fetched first" in (piece.item.outcome.reason or "")


@pytest.mark.parametrize(
    ("name", "text"), [("a.xml", SITEMAP), ("a.txt", "http://a.example/1\nhttp://a.example/2\n"), ("a.urls", "http://a.example/1\nhttp://a.example/2")]
)
def test_lists_of_addresses_are_no_articles(tmp_path: Path, name: str, text: str) -> None:
    (piece,) = pieces(tmp_path / name, text)
    assert isinstance(piece.item, Record)
    assert "of 2 addresses and no article" in (piece.item.outcome.reason or "")
