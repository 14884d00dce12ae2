"""Servers that mean no good: every one gets a named reason, within the limits of time and memory."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.collect.fetch import FetchRefused
from khabar.collect.fetch import body as module
from khabar.collect.fetch.robots import Rules
from servers import CHUNKED, HEAD, HTML, Page, Site, answer, drip, fetched, fetcher, refused, site

MB = 2**20


def endless(first: bytes, then: bytes) -> Page:
    """A page that comes as fast as it is read, without end."""
    return drip(first, then, 0)


DRIPS = {
    "body": drip(HEAD + b"\r\n"),
    "body of a stated length": drip(HEAD + b"Content-Length: 100000\r\n\r\n"),
    "chunks": drip(CHUNKED, b"1\r\nx\r\n"),
    "chunk size": drip(CHUNKED, b"0"),
    "headers": drip(HEAD, b"X"),
    "status line": drip(b"HTTP/1.1 200 ", b"O"),
    "interim answers": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "nothing": drip(b"", b"", 0.5),
    "trailers": drip(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n"),
    "redirect body": drip(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"),
    "error body": drip(b"HTTP/1.1 404 Not Found\r\n\r\n"),
}


@pytest.mark.parametrize("what", DRIPS)
def test_dripping_servers_are_left_when_the_time_is_over(what: str) -> None:
    with site({"/drip": DRIPS[what], "/": drip(HEAD)}) as here:
        began = time.perf_counter()
        error = refused(here.url("/drip"), timeout=0.6)
        assert time.perf_counter() - began < 4
    assert error.reason == ("not_found" if what == "error body" else "timeout")


def test_a_dripping_robots_txt() -> None:
    with site({"/robots.txt": drip(HEAD + b"\r\n"), "/": answer()}) as here:
        began = time.perf_counter()
        assert refused(here.url(), timeout=0.6).reason == "robots_unavailable"
        assert time.perf_counter() - began < 4


ENDLESS = {
    "body": (endless(HEAD + b"\r\n", b"x" * 65536), "too_large"),
    "chunks": (endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too_large"),
    "chunk size": (endless(CHUNKED, b"0" * 65536), "protocol"),
    "chunk extension": (endless(CHUNKED + b"5;", b"a" * 65536), "protocol"),
    "header line": (endless(HEAD + b"X: ", b"x" * 65536), "protocol"),
    "headers": (endless(HEAD, b"X: y\r\n" * 100), "protocol"),
    "status line": (endless(b"HTTP/1.1 200 ", b"x" * 65536), "protocol"),
    "no http": (endless(b"", b"\x00\xff" * 9999), "protocol"),
    "gzip members": (endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 3000), "encoding"),
    "zeros behind gzip": (endless(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x"), bytes(65536)), "too_large"),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_endless_answers(what: str) -> None:
    page, reason = ENDLESS[what]
    with site({"/": page}) as here:
        tracemalloc.start()
        error = refused(here.url(), max_bytes=2 * MB, retries=0, timeout=20)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert error.reason == reason, error
    assert peak < 12 * MB


def packed(data: bytes, encoding: str = "gzip", **headers: str) -> bytes:
    return answer(data, Content_Encoding=encoding, **headers)


RAW = zlib.compressobj(wbits=-15)
GOOD = {
    "gzip": packed(gzip.compress(HTML)),
    "gzip of two members": packed(gzip.compress(HTML[:20]) + gzip.compress(HTML[20:])),
    "gzip with zeros behind": packed(gzip.compress(HTML) + bytes(50)),
    "deflate": packed(zlib.compress(HTML), "deflate"),
    "raw deflate": packed(RAW.compress(HTML) + RAW.flush(), "deflate"),
    "identity": packed(HTML, "identity"),
    "chunked gzip": CHUNKED[:-2] + b"Content-Encoding: gzip\r\n\r\n" + b"".join(b"1\r\n" + bytes([b]) + b"\r\n" for b in gzip.compress(HTML)) + b"0\r\n\r\n",
}


@pytest.mark.parametrize("what", GOOD)
def test_packed_bodies(what: str) -> None:
    with site({"/": GOOD[what]}) as here:
        assert fetched(fetcher().get(here.url())).body == HTML


def test_brotli_where_it_is_installed() -> None:
    brotli = pytest.importorskip("brotli")
    if "br" not in module.accepted_encodings():
        pytest.skip("this brotli cannot be told when to stop")
    with site({"/": packed(brotli.compress(HTML), "br"), "/bomb": packed(brotli.compress(bytes(8 * MB), quality=5), "br")}) as here:
        assert fetched(fetcher().get(here.url())).body == HTML
        assert refused(here.url("/bomb")).reason == "bomb"


BAD = {
    "bomb": (packed(gzip.compress(bytes(2 * MB))), "bomb"),
    "large and honest": (packed(gzip.compress(bytes(range(256)) * 2**14 + HTML, 1)), "too_large"),
    "not gzip": (packed(HTML), "encoding"),
    "garbage behind gzip": (packed(gzip.compress(HTML) + b"garbage"), "encoding"),
    "bad checksum": (packed(gzip.compress(HTML)[:-8] + bytes(8)), "encoding"),
    "cut short": (packed(gzip.compress(HTML * 9)[:-9]), "truncated"),
    "zstd": (packed(HTML, "zstd"), "encoding"),
    "packed twice": (packed(gzip.compress(gzip.compress(HTML)), "gzip, gzip"), "encoding"),
    "shorter than stated": (answer(length=len(HTML) + 9, Connection="close"), "truncated"),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nxxxxxxx", "protocol"),
    "chunk size no number": (CHUNKED + b"zz\r\nxx\r\n0\r\n\r\n", "truncated"),
    "empty answer": (b"\r\n\r\n", "protocol"),
    "status of 999": (b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", "server_error"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_bodies(what: str) -> None:
    page, reason = BAD[what]
    with site({"/": page}) as here:
        assert refused(here.url(), retries=0, max_bytes=3 * MB, timeout=10).reason == reason


def test_a_bomb_takes_no_memory() -> None:
    with site({"/b": packed(gzip.compress(bytes(64 * MB)))}) as here:
        tracemalloc.start()
        assert refused(here.url("/b")).reason == "bomb"
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 60 * MB


def test_what_is_left_on_a_connection_is_no_answer_to_the_next_request() -> None:
    smuggled = answer(b"<p>one") + answer(b"<p>smuggled")
    with site({"/": smuggled, "/b": answer(b"<p>two")}) as here, fetcher() as f:
        assert fetched(f.get(here.url())).body == b"<p>one"
        time.sleep(0.05)
        assert fetched(f.get(here.url("/b"))).body == b"<p>two"


def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    closes = answer(Connection="close").replace(b"Connection: close", b"X: Connection: close")
    with site({"/": closes}) as here, fetcher(retries=0) as f:
        for _ in range(3):
            time.sleep(0.05)
            assert fetched(f.get(here.url())).body == HTML


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_an_answer_or_refused(noise_site: Site, noise: bytes) -> None:
    reasons: set[str] = set()
    for first in (b"", b"HTTP/1.1 200 OK\r\n", CHUNKED):
        noise_site.pages["/"] = lambda send, _, sent=first + noise: send(sent)  # type: ignore[misc]
        with fetcher(retries=0, redirects=0, timeout=2) as f:
            f.robots.put(noise_site.url().rstrip("/"), Rules())
            try:
                f.get(noise_site.url())
            except FetchRefused as error:
                reasons.add(error.reason)
    assert reasons <= {"protocol", "truncated", "connection", "timeout", "encoding", "type", "status", "server_error", "not_found", "redirects"}


@pytest.fixture(scope="module")
def noise_site():  # type: ignore[no-untyped-def]
    with site() as here:
        yield here
