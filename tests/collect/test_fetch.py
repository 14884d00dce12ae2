"""The polite fetcher against sites on this machine."""

from __future__ import annotations

import hashlib
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from khabar.collect.fetch import FetchRefused, NotModified, user_agent
from khabar.collect.fetch.limits import MAX_CRAWL_DELAY, MAX_ROBOTS, ROBOTS_FAILED_KEPT, ROBOTS_KEPT
from khabar.collect.fetch.robots import RobotsCache, parse_rules
from khabar.collect.fetch.urls import parse_url
from khabar.model import InvalidValue
from servers import HTML, Clock, answer, fetched, fetcher, moved, refused, robots, site


def test_a_page_with_what_is_known_of_it() -> None:
    page = answer(ETag='"v1"', Last_Modified="Tue, 14 May 2024 10:00:00 GMT")
    with site({"/%D8%AE%D8%A8%D8%B1?p=1": page}) as here:
        before = datetime.now(UTC)
        got = fetched(fetcher().get(here.url("/خبر?p=1#top")))
    assert (got.url, got.final_url, got.status) == (here.url("/خبر?p=1#top"), here.url("/%D8%AE%D8%A8%D8%B1?p=1"), 200)
    assert (got.body, got.sha256) == (HTML, hashlib.sha256(HTML).hexdigest())
    assert (got.etag, got.last_modified, got.content_type) == ('"v1"', "Tue, 14 May 2024 10:00:00 GMT", "text/html; charset=utf-8")
    assert before <= got.at <= before + timedelta(seconds=20)
    assert got.at.tzinfo is UTC
    assert here.asked == ["/robots.txt", "/%D8%AE%D8%A8%D8%B1?p=1"]


def test_one_connection_serves_many_requests() -> None:
    with site({"/": answer(), "/b": answer()}) as here, fetcher() as f:
        for target in ("/", "/b", "/"):
            f.get(here.url(target))
    assert (here.accepted, len(here.asked)) == (1, 4)


def test_over_ipv6() -> None:
    try:
        with site(host="::1") as here:
            assert fetched(fetcher().get(here.url(host="[::1]"))).body == HTML
    except OSError as error:
        pytest.skip(f"no IPv6 on this machine: {error}")


def test_what_servers_are_told() -> None:
    with site() as here:
        fetcher(contact="https://uni.example/crawl").get(here.url())
    head = here.heads[-1].decode()
    assert "User-Agent: khabar/" in head
    assert "(+https://uni.example/crawl)\r\n" in head
    assert "Cookie" not in head
    with pytest.raises(InvalidValue, match="contact"):
        user_agent("a\r\nX: b")
    assert user_agent().startswith("khabar/")


def test_cookies_are_not_kept() -> None:
    with site({"/": answer(Set_Cookie="id=1"), "/b": answer()}) as here, fetcher() as f:
        f.get(here.url())
        f.get(here.url("/b"))
    assert not any(b"ookie" in head for head in here.heads)


def test_only_if_changed() -> None:
    with site({"/": answer(b"", status="304 Not Modified")}) as here:
        got = fetcher().get(here.url(), etag='"v1"', last_modified="Tue, 14 May 2024 10:00:00 GMT")
        assert isinstance(got, NotModified)
        assert got.url == here.url()
        assert refused(here.url()).reason == "status"
    assert b'If-None-Match: "v1"\r\nIf-Modified-Since: Tue, 14 May 2024 10:00:00 GMT\r\n' in here.heads[1]


@pytest.mark.parametrize("etag", ['"a"\r\nX: y', '"خبر"', "x" * 2000, "\x00"])
def test_validators_that_http_cannot_say_are_left_out(etag: str) -> None:
    with site() as here:
        assert fetched(fetcher().get(here.url(), etag=etag, last_modified=etag)).body == HTML
    assert not any(b"If-" in head for head in here.heads)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "not_found"),
        ("410 Gone", "gone"),
        ("403 Forbidden", "forbidden"),
        ("451 No", "forbidden"),
        ("204 None", "status"),
        ("501 No", "server_error"),
    ],
)
def test_statuses_that_no_retry_helps(status: str, reason: str) -> None:
    with site({"/": answer(status=status)}) as here:
        error = refused(here.url())
    assert (error.reason, error.status, error.passing) == (reason, int(status[:3]), False)
    assert here.asked.count("/") == 1


@pytest.mark.parametrize("type_", ["application/rss+xml", "application/json", "text/plain", "application/x-gzip", "application/xhtml+xml;q=1", None])
def test_types_that_are_taken(type_: str | None) -> None:
    with site({"/": answer(type=type_)}) as here:
        assert fetched(fetcher().get(here.url())).body == HTML


@pytest.mark.parametrize("type_", ["image/png", "application/pdf", "application/octet-stream", "video/mp4", "text/css"])
def test_types_that_are_not(type_: str) -> None:
    with site({"/": answer(type=type_), "/map.xml.gz": answer(type="application/octet-stream")}) as here:
        assert refused(here.url()).reason == "type"
        assert fetched(fetcher().get(here.url("/map.xml.gz"))).body == HTML


def test_redirects_are_followed() -> None:
    pages = {"/": moved("/b"), "/b": moved("//127.0.0.1:{}/%D8%AC"), "/%D8%AC": answer()}
    with site() as here:
        here.pages = {target: page.replace(b"{}", str(here.port).encode()) for target, page in pages.items()}
        got = fetched(fetcher().get(here.url()))
    assert (got.url, got.final_url) == (here.url(), here.url("/%D8%AC"))


def test_redirects_have_an_end() -> None:
    others = {"/a": moved("/b"), "/b": moved("/a"), "/f": moved("file:///etc/passwd"), "/6": answer()}
    with site({f"/{n}": moved(f"/{n + 1}") for n in range(9)} | others) as here:
        assert refused(here.url("/0")).reason == "redirects"
        assert fetched(fetcher().get(here.url("/1"))).final_url == here.url("/6")
        assert refused(here.url("/a")).reason == "redirect_loop"
        assert refused(here.url("/f")).reason == "scheme"


def test_robots_txt_is_obeyed_before_and_after_redirects() -> None:
    rules = robots("User-agent: *", "Disallow: /", "", "User-agent: Khabar/1.0", "Disallow: /private", "Allow: /private/open", "Disallow: /*.pdf$")
    with site({"/robots.txt": rules, "/": answer(), "/private/open": answer(), "/go": moved("/private/x")}) as here, fetcher() as f:
        assert fetched(f.get(here.url())).status == 200
        assert fetched(f.get(here.url("/private/open"))).status == 200
        for target in ("/private/x", "/a.pdf", "/go"):
            with pytest.raises(FetchRefused) as error:
                f.get(here.url(target))
            assert error.value.reason == "robots"
    assert here.asked == ["/robots.txt", "/", "/private/open", "/go"]


def test_robots_txt_of_the_host_a_redirect_leads_to() -> None:
    with site({"/robots.txt": robots("User-agent: *", "Disallow: /secret"), "/secret": answer()}) as other, site() as here:
        here.pages["/"] = moved(other.url("/secret"))
        assert refused(here.url()).reason == "robots"
    assert other.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", ["404 Not Found", "401 No", "403 Forbidden", "410 Gone", "204 None", "304 Not Modified"])
def test_no_robots_txt_allows_all(status: str) -> None:
    with site({"/robots.txt": answer(b"", status=status), "/": answer()}) as here:
        assert fetched(fetcher().get(here.url())).status == 200


@pytest.mark.parametrize("trouble", [answer(status="503 Busy"), answer(status="429 Slow"), b"nonsense\r\n\r\n", answer(b"x", length=9, Connection="close")])
def test_robots_txt_in_trouble_forbids_all_for_now(trouble: bytes) -> None:
    clock = Clock()
    with site({"/robots.txt": trouble, "/": answer()}) as here, fetcher(clock=clock, sleep=clock.sleep, retries=1) as f:
        for _ in range(2):
            with pytest.raises(FetchRefused, match=r"robots\.txt could not be read") as error:
                f.get(here.url())
            assert (error.value.reason, error.value.passing) == ("robots_unavailable", True)
        asked = list(here.asked)
        here.pages["/robots.txt"] = robots("")
        clock.now += ROBOTS_FAILED_KEPT
        assert fetched(f.get(here.url())).status == 200
    assert set(asked) == {"/robots.txt"}
    assert len(asked) <= 2


def test_robots_txt_is_asked_once_a_day_and_its_redirects_are_followed() -> None:
    clock = Clock()
    with site({"/robots.txt": moved("/r"), "/r": robots("User-agent: *", "Disallow: /x"), "/": answer()}) as here, fetcher(clock=clock, sleep=clock.sleep) as f:
        for _ in range(3):
            f.get(here.url())
        with pytest.raises(FetchRefused):
            f.get(here.url("/x"))
        assert here.asked.count("/robots.txt") == 1
        clock.now += ROBOTS_KEPT
        f.get(here.url())
    assert here.asked.count("/robots.txt") == 2


def test_of_an_endless_robots_txt_the_beginning_counts() -> None:
    text = b"User-agent: *\nDisallow: /x\n" + b"# ...............................................................\n" * 9000 + b"Disallow: /\n"
    assert len(text) > MAX_ROBOTS
    with site({"/robots.txt": answer(text, type="text/plain"), "/": answer()}) as here:
        assert fetched(fetcher().get(here.url())).status == 200
        assert refused(here.url("/x")).reason == "robots"


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("Crawl-delay: 7", 7),
        ("Crawl-delay: 86400", MAX_CRAWL_DELAY),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: -1", 0),
        ("Crawl-delay: x", 0),
        ("Request-rate: 1/20", 20),
    ],
)
def test_how_slow_robots_txt_asks_to_be(lines: str, delay: float) -> None:
    assert parse_rules(f"User-agent: *\n{lines}\n".encode()).delay == delay


def test_large_robots_txts_do_not_pile_up() -> None:
    cache = RobotsCache(Clock())
    for n in range(40):
        cache.put(f"http://h{n}.example", parse_rules(b"#" * MAX_ROBOTS))
    kept = [n for n in range(40) if cache.get(f"http://h{n}.example")]
    assert kept == list(range(40 - len(kept), 40))
    assert 10 <= len(kept) <= 16


def test_robots_txt_of_a_thousand_names_is_read_quickly() -> None:
    text = "\n".join([*(f"User-agent: a{n}" for n in range(12_000)), *(f"Allow: /{n}*a*b" for n in range(14_000)), "User-agent: khabar", "Disallow: /b"])
    assert len(text) < MAX_ROBOTS
    began = time.perf_counter()
    rules = parse_rules(text.encode())
    assert time.perf_counter() - began < 5
    rules.check(parse_url("http://a.example/a"))
    with pytest.raises(FetchRefused):
        rules.check(parse_url("http://a.example/b"))


def test_the_example_of_the_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0].replace("https://", "http://")
    with site({"/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1": answer(), "/1": answer(), "/2": answer(b"", status="304 Not Modified")}) as here:
        for host in ("news", "a", "b"):
            code = code.replace(f"http://{host}.example/", here.url(host=f"{host}.example"))
        code = code.replace("Fetcher(", "Fetcher(delay=0, allow_loopback=True, resolve=lambda *_: ['127.0.0.1'], ")
        monkeypatch.chdir(tmp_path)
        names: dict[str, Any] = {}
        exec(code, names)
        assert names["page"].body == HTML
    assert sorted(here.asked) == sorted(["/robots.txt"] * 3 + ["/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", "/1", "/2"])
    assert (tmp_path / "news.warc.gz").stat().st_size > 1000
