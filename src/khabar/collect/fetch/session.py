"""The fetcher: what the steps of all fetches share."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, metadata
from random import Random
from types import TracebackType

from khabar.collect.fetch.addresses import Resolve, resolve
from khabar.collect.fetch.answers import Fetched, FetchRefused, NotModified, Request, Result
from khabar.collect.fetch.archive import Archive
from khabar.collect.fetch.connection import Budget, Dial, Door, Pool, dial, open_plain_pool, open_tls_pool, tls_context
from khabar.collect.fetch.exchange import Exchange, exchange
from khabar.collect.fetch.journey import Journey, start
from khabar.collect.fetch.limits import MAX_BYTES, Limits
from khabar.collect.fetch.many import fetch_many
from khabar.collect.fetch.politeness import Hosts, backoff
from khabar.collect.fetch.robots import NAME, RobotsCache
from khabar.collect.fetch.urls import Url
from khabar.model import InvalidValue

_POOLS = 64  # origins whose connection is kept open
_CONTACT = re.compile(r"[!-'*-~]{3,200}")


def user_agent(contact: str | None = None) -> str:
    """What khabar calls itself to servers. `contact` is a URL or mail address at which its user can be reached; without it the project's
    page stands there if it has one. Raises InvalidValue."""
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise InvalidValue(f"contact {contact[:80]!r}; expected a URL or mail address of at most 200 ASCII characters without spaces and parentheses")
    version, page = _project()
    about = contact or page
    return f"{NAME}/{version}" + (f" (+{about})" if about else "")


def _project() -> tuple[str, str | None]:
    try:
        about = metadata("khabar")
    except PackageNotFoundError:
        return "0", None
    pages = [entry.partition(",")[2].strip() for entry in about.get_all("Project-URL") or []]
    return about["Version"], next(filter(_CONTACT.fullmatch, pages), None)


class Fetcher:
    """Fetches pages, feeds and sitemaps, politely and from the public internet only. May be used from several threads.

    `delay`: seconds between an answer of a host and the next request to it; robots.txt may ask for more. `timeout`: seconds of network time
    for one fetch, its redirects and retries included, waiting not. `max_bytes`: of a body, packed and unpacked. `contact`: who to write to,
    shown to servers. `archive`: where every answer is kept. `ca_file`: certificates to trust in place of the system's. `allow_loopback` and
    the rest are for tests: `clock` and `sleep` in seconds, `resolve(host, port, seconds)`, `dial(address, port, seconds)`."""

    def __init__(
        self, *, delay: float = 1.0, timeout: float = 30.0, max_bytes: int = MAX_BYTES, redirects: int = 5, retries: int = 3,
        contact: str | None = None, archive: Archive | None = None, ca_file: str | None = None, allow_loopback: bool = False,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep, random: Random | None = None,
        resolve: Resolve = resolve, dial: Dial = dial,
    ) -> None:  # fmt: skip
        if delay < 0 or timeout <= 0 or max_bytes <= 0 or redirects < 0 or retries < 0:
            raise InvalidValue("a negative delay, number of redirects or retries, or no time or bytes at all; expected 0 or more, time and bytes more than 0")
        self.limits = Limits(max_bytes=max_bytes, timeout=timeout, redirects=redirects, retries=retries)
        self.hosts, self.robots = Hosts(clock), RobotsCache(clock)
        self._delay, self._clock, self._sleep, self._random = delay, clock, sleep, random or Random()
        self._agent, self._archive, self._ca_file = user_agent(contact), archive, ca_file
        self._allow_loopback, self._resolve, self._dial = allow_loopback, resolve, dial
        self._pools: OrderedDict[str, Pool] = OrderedDict()
        self._tls: ssl.SSLContext | None = None
        self._lock = threading.Lock()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
        """Fetch a URL, waiting as long as politeness asks; with `etag` or `last_modified` only if it has changed. Raises FetchRefused."""
        journey = start(self, Request(url, etag, last_modified))
        while True:
            seconds = journey.wait() or self.hosts.enter(journey.host)
            if seconds:
                self._sleep(seconds)
                continue
            answer = self._step(journey)
            if isinstance(answer, FetchRefused):
                raise answer
            if answer is not None:
                return answer

    def get_all(self, requests: Iterable[Request | str], *, threads: int = 8) -> Iterator[Result]:
        """A result for every request, in the order they come in. Hosts take turns, each at its own pace; 10,000 requests are read ahead,
        at most `threads` answers held."""
        if threads < 1:
            raise InvalidValue(f"{threads} threads; expected 1 or more")
        asked = (Request(request) if isinstance(request, str) else request for request in requests)
        return fetch_many(self, asked, self._step, self._clock, self._sleep, threads)

    def close(self) -> None:
        """Close the connections that are kept open. The archive is its owner's to close."""
        with self._lock:
            for pool in self._pools.values():
                pool.close()
            self._pools.clear()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _step(self, journey: Journey) -> Fetched | NotModified | FetchRefused | None:
        """The journey's next step; its host has been entered and is left."""
        url = journey.here.url
        try:
            return journey.step()
        except FetchRefused as refused:
            return refused
        finally:
            self.hosts.leave(url.host, max(self._delay, self.robots.delay(url)))

    def exchange(self, url: Url, headers: dict[str, str], budget: Budget, limits: Limits, *, robots: bool) -> Exchange:
        """One request to a host that has been entered."""
        pool = self._pool(url)
        pool.door.budget, pool.door.url = budget, url
        found = exchange(pool, url, {"User-Agent": self._agent, **headers}, limits, robots=robots)
        if self._archive is not None:
            self._archive.add(found)
        return found

    def budget(self) -> Budget:
        """The network time of one fetch."""
        return Budget(self.limits.timeout, self._clock)

    def backoff(self, tries: int) -> float:
        """The seconds before a retry."""
        with self._lock:
            return backoff(tries, self._random)

    def _pool(self, url: Url) -> Pool:
        with self._lock:
            pool = self._pools.pop(url.origin, None)
            if pool is None:
                door = Door(url, self._allow_loopback, self._resolve, self._dial)
                pool = open_tls_pool(door, self._tls_context()) if url.scheme == "https" else open_plain_pool(door)
            self._pools[url.origin] = pool
            if len(self._pools) > _POOLS:
                self._pools.popitem(last=False)[1].close()
            return pool

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = tls_context(self._ca_file)
        return self._tls
