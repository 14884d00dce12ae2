"""How the fetcher keeps its pace: delays, retries, many hosts at a time."""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from khabar.collect.fetch import FetchRefused, Request, Result
from khabar.collect.fetch import many as module
from khabar.collect.fetch.limits import MAX_BACKOFF, MAX_WAIT
from khabar.collect.fetch.politeness import backoff, retry_after
from khabar.model import InvalidValue
from servers import HTML, Clock, answer, fetched, fetcher, refused, robots, site

BUSY = answer(status="503 Busy")


def test_the_delay_lies_between_all_requests_to_a_host() -> None:
    clock = Clock()
    with site() as here, fetcher(delay=2.5, clock=clock, sleep=clock.sleep) as f:
        for _ in range(3):
            f.get(here.url())
        f.get(here.url(host="other.example"))
    assert clock.slept == [2.5, 2.5, 2.5, 2.5]
    assert here.asked == ["/robots.txt", "/", "/", "/", "/robots.txt", "/"]


def test_robots_txt_may_ask_for_more() -> None:
    clock = Clock()
    with site({"/robots.txt": robots("User-agent: *", "Crawl-delay: 9"), "/": answer()}) as here, fetcher(delay=1, clock=clock, sleep=clock.sleep) as f:
        f.get(here.url())
        f.get(here.url())
    assert clock.slept == [9, 9]


def test_servers_in_trouble_are_asked_again_later_each_time() -> None:
    clock = Clock()
    with site({"/": [BUSY, BUSY, BUSY, answer()]}) as here:
        assert fetched(fetcher(clock=clock, sleep=clock.sleep).get(here.url())).body == HTML
    assert here.asked == ["/robots.txt", "/", "/", "/", "/"]
    assert [low <= slept <= 2 * low for low, slept in zip((0.5, 1, 2), clock.slept, strict=True)] == [True] * 3


def test_the_number_of_retries() -> None:
    clock = Clock()
    with site({"/": BUSY}) as here:
        error = refused(here.url(), retries=2, clock=clock, sleep=clock.sleep)
    assert (error.reason, error.status, error.passing, here.asked.count("/")) == ("server_error", 503, True, 3)


def test_connections_that_break_are_retried() -> None:
    clock = Clock()
    with site({"/": [answer(b"half", length=99, Connection="close"), answer()]}) as here:
        assert fetched(fetcher(clock=clock, sleep=clock.sleep).get(here.url())).body == HTML
    nobody = here.url()
    assert refused(nobody, clock=clock, sleep=clock.sleep).reason == "connection"


def test_retry_after_is_waited_for() -> None:
    clock = Clock()
    with site({"/": [answer(status="429 Slow", Retry_After="40"), answer()]}) as here, fetcher(clock=clock, sleep=clock.sleep) as f:
        assert fetched(f.get(here.url())).body == HTML
    assert clock.slept == [40]


def test_a_host_that_asks_for_hours_is_left_alone() -> None:
    clock = Clock()
    with site({"/": [answer(status="429 Slow", Retry_After="7200"), answer()]}) as here, fetcher(clock=clock, sleep=clock.sleep) as f:
        for _ in range(3):
            with pytest.raises(FetchRefused) as error:
                f.get(here.url())
            assert (error.value.reason, error.value.passing) == ("rate_limited", True)
        assert here.asked == ["/robots.txt", "/"]
        clock.now += 7200 - MAX_WAIT
        assert fetched(f.get(here.url())).body == HTML
    assert clock.slept == [MAX_WAIT]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("Tue, 14 May 2024 10:01:00 GMT", 60),
        ("Tue, 14 May 2024 09:00:00 GMT", 0),
        ("soon", None),
        ("-1", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_what_retry_after_says(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2024, 5, 14, 10, tzinfo=UTC)) == seconds


def test_backoff_is_the_same_for_the_same_seed_and_has_an_end() -> None:
    first, second = ([backoff(tries, random) for tries in range(1, 12)] for random in (Random(7), Random(7)))
    assert first == second
    assert max(first) <= MAX_BACKOFF


def test_many_urls_all_get_a_result() -> None:
    with site({"/": answer(), "/b": answer(b"b"), "/robots.txt": robots("User-agent: *", "Disallow: /no")}) as here, fetcher() as f:
        urls = [here.url("/"), here.url("/b"), here.url("/no"), here.url("/gone"), "ftp://a.example/", "http://10.0.0.1/", here.url(host="b.example")]
        f_results = list(f.get_all([Request(urls[0], etag='"1"'), *urls[1:]], threads=3))
    reasons = {r.request.url: r.answer.reason if isinstance(r.answer, FetchRefused) else "ok" for r in f_results}
    assert reasons == dict(zip(urls, ["ok", "ok", "robots", "not_found", "scheme", "address", "ok"], strict=True))
    assert len(f_results) == len(urls)
    assert any(b'If-None-Match: "1"' in head for head in here.heads)


def test_hosts_take_turns_and_the_delay_is_kept_for_each() -> None:
    clock = Clock()
    asked_at: dict[str, list[float]] = defaultdict(list)
    with site() as here, fetcher(delay=10, clock=clock, sleep=clock.sleep) as f:
        original = f.exchange
        f.exchange = lambda url, *a, **k: asked_at[url.host].append(clock.now) or original(url, *a, **k)  # type: ignore[method-assign, func-returns-value, assignment]
        urls = [here.url(f"/?{n}", host=host) for host in ("a.example", "b.example", "c.example") for n in range(5)]
        here.pages.update({f"/?{n}": answer() for n in range(5)})
        order = [r.request.url for r in f.get_all(urls)]
    assert sorted(order) == sorted(urls)
    for times in asked_at.values():
        assert len(times) == 6
        assert min(b - a for a, b in itertools.pairwise(times)) >= 10
    assert clock.now - 1000 == pytest.approx(50)  # as long as one host takes: the others were asked meanwhile
    assert {url.split("/")[2] for url in order[:3]} == {url.split("/")[2] for url in urls}


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    now, most, lock = [0], [0], threading.Lock()

    def slowly(send, head) -> None:  # type: ignore[no-untyped-def]
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
        send(answer(Connection="close"))

    with site({f"/{n}": slowly for n in range(12)}) as here, fetcher() as f:
        helpers = [threading.Thread(target=lambda n=n: f.get(here.url(f"/{n}"))) for n in range(4)]
        for helper in helpers:
            helper.start()
        results = list(f.get_all(here.url(f"/{n}") for n in range(12)))
        for helper in helpers:
            helper.join()
    assert len(results) == 12
    assert (most[0], here.asked.count("/3")) == (1, 2)


def test_one_slow_host_does_not_hold_the_others() -> None:
    release = threading.Event()

    def stuck(send, head) -> None:  # type: ignore[no-untyped-def]
        release.wait(20)
        send(answer())

    with site({"/stuck": stuck, "/": answer()}) as here, fetcher() as f:
        urls = [here.url("/stuck", host="slow.example"), *(here.url(host=f"h{n}.example") for n in range(10))]
        results = f.get_all(urls, threads=2)
        quick = [next(results).request.url for _ in range(10)]
        release.set()
        assert [r.request.url for r in results] == [urls[0]]
    assert sorted(quick) == sorted(urls[1:])


def test_few_requests_are_read_ahead_and_few_answers_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 20)
    taken = [0]

    def endless(url: str) -> Iterator[Request]:
        while True:
            taken[0] += 1
            yield Request(url)

    with site() as here, fetcher() as f:
        results = f.get_all(endless(here.url()), threads=4)
        got: list[Result] = [next(results) for _ in range(5)]
        assert len(got) == 5
        results.close()  # type: ignore[attr-defined]
    assert taken[0] <= 5 + 20 + 4
    assert here.asked.count("/") <= 5 + 4


def test_retries_of_many_wait_without_holding_a_thread() -> None:
    clock = Clock()
    with site({"/": [BUSY, BUSY, answer()], "/ok": answer()}) as here, fetcher(clock=clock, sleep=clock.sleep) as f:
        urls = [here.url(host="busy.example"), *(here.url("/ok", host=f"h{n}.example") for n in range(5))]
        order = [r.request.url for r in f.get_all(urls, threads=1)]
    assert order[-1] == urls[0]
    assert sorted(order) == sorted(urls)


def test_wrong_use() -> None:
    with pytest.raises(InvalidValue, match="threads"):
        fetcher().get_all([], threads=0)
    for options in ({"delay": -1}, {"timeout": 0}, {"max_bytes": 0}, {"retries": -1}):
        with pytest.raises(InvalidValue, match="expected 0 or more"):
            fetcher(**options)
