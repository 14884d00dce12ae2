"""A fetch as a row of steps, each one exchange with one host, so that whoever drives it may let other hosts have their turn in between."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from khabar.collect.fetch.answers import Fetched, FetchRefused, NotModified, Reason, Request, header
from khabar.collect.fetch.connection import Budget
from khabar.collect.fetch.exchange import GOOD, Exchange
from khabar.collect.fetch.limits import MAX_ROBOTS, MAX_WAIT, Limits
from khabar.collect.fetch.politeness import Hosts, retry_after
from khabar.collect.fetch.robots import RobotsCache, rules_of
from khabar.collect.fetch.urls import Url, join, parse_url

_REDIRECTS = (301, 302, 303, 307, 308)
_NAMES: dict[int, Reason] = {404: "not_found", 410: "gone", 401: "forbidden", 402: "forbidden", 403: "forbidden", 451: "forbidden", 429: "rate_limited"}
_FIT = re.compile(r"[ -~\x80-\xff]{1,1000}")  # a validator as HTTP can say it; without it the page is fetched anew
_HOPELESS = (501, 505)  # 5xx that no retry helps


class Ground(Protocol):
    """What a journey needs of the fetcher."""

    limits: Limits
    hosts: Hosts
    robots: RobotsCache

    def exchange(self, url: Url, headers: dict[str, str], budget: Budget, limits: Limits, *, robots: bool) -> Exchange: ...

    def budget(self) -> Budget: ...

    def backoff(self, tries: int) -> float: ...


@dataclass(slots=True)
class Journey:
    """One fetch under way: `url` is where it is now. `for_robots` is the origin whose robots.txt it brings, None for any other fetch."""

    ground: Ground
    request: Request
    url: Url
    budget: Budget
    for_robots: str | None = None
    hops: list[str] = field(default_factory=list)
    tries: int = 0
    inner: Journey | None = None

    @property
    def host(self) -> str:
        """The host that the next step asks."""
        return self.here.url.host

    @property
    def here(self) -> Journey:
        """The fetch that the next step is part of: this one, or the one of the robots.txt that it waits for."""
        return self.inner.here if self.inner is not None else self

    def wait(self) -> float:
        """The seconds until the next step may be made. Raises FetchRefused where it is not allowed, or not within a time worth waiting."""
        here = self.here
        if here.for_robots is None and not here.ground.robots.check(here.url):
            here.inner = _robots_journey(here)
        seconds = self.ground.hosts.wait(self.host)
        if seconds > MAX_WAIT:
            detail = f"{self.host} asked to be left alone for {seconds:.0f} more seconds; at most {MAX_WAIT:.0f} are waited"
            self._end(FetchRefused("rate_limited", str(self.here.url), detail, passing=True))
        return seconds

    def _end(self, refused: FetchRefused) -> None:
        if self.inner is not None and self.inner.for_robots is not None:
            self.ground.robots.put(self.inner.for_robots, rules_of(refused))
        raise refused

    def step(self) -> Fetched | NotModified | None:
        """Make one exchange; None where more are needed. Raises FetchRefused."""
        if self.inner is None:
            return self._step()
        try:
            answer: Fetched | NotModified | FetchRefused | None = self.inner.step()
        except FetchRefused as refused:
            answer = refused
        if answer is not None and not isinstance(answer, NotModified):
            self.ground.robots.put(self.inner.for_robots or "", rules_of(answer))
            self.inner = None
        return None

    def _step(self) -> Fetched | NotModified | None:
        limits, robots = self.ground.limits, self.for_robots is not None
        if robots:
            limits = replace(limits, max_bytes=MAX_ROBOTS)
        try:
            found = self.ground.exchange(self.url, self._headers(), self.budget, limits, robots=robots)
        except FetchRefused as refused:
            self._again(refused, None)
            return None
        if found.status in GOOD:
            return _fetched(self.request, found)
        if found.status == 304 and (self.request.etag or self.request.last_modified):
            return NotModified(self.request.url, found.at)
        if found.status in _REDIRECTS and header(found, "location"):
            self._follow(header(found, "location") or "")
        else:
            self._again(_status_refusal(found), retry_after(header(found, "retry-after"), found.at))
        return None

    def _headers(self) -> dict[str, str]:
        pairs = (("If-None-Match", self.request.etag), ("If-Modified-Since", self.request.last_modified))
        return {name: value for name, value in pairs if value and _FIT.fullmatch(value)}

    def _follow(self, location: str) -> None:
        """Go where a redirect leads: a new URL, checked like the first."""
        target = join(self.url, location)
        limit = self.ground.limits.redirects
        self.hops.append(str(self.url))
        if str(target) in self.hops:
            raise FetchRefused("redirect_loop", self.request.url, f"leads back to {str(target)[:200]} after {len(self.hops)} redirects")
        if len(self.hops) > limit:
            raise FetchRefused("redirects", self.request.url, f"more than {limit} redirects, the last to {str(target)[:200]}")
        self.url = target

    def _again(self, refused: FetchRefused, asked: float | None) -> None:
        """Have the step made again later, or raise `refused` where that is no use. `asked` is what Retry-After says, in seconds."""
        if asked is not None and refused.passing:
            self.ground.hosts.hold(self.url.host, asked)
        if not refused.passing or self.tries >= self.ground.limits.retries or self.budget.spent or (asked or 0) > MAX_WAIT:
            raise refused
        self.tries += 1
        self.ground.hosts.hold(self.url.host, self.ground.backoff(self.tries))


def start(ground: Ground, request: Request) -> Journey:
    """The journey of a request. Raises FetchRefused where its URL is none that is fetched."""
    return Journey(ground, request, parse_url(request.url), ground.budget())


def _robots_journey(of: Journey) -> Journey:
    url = replace(of.url, target="/robots.txt")
    return Journey(of.ground, Request(str(url)), url, of.ground.budget(), for_robots=of.url.origin)


def _fetched(request: Request, found: Exchange) -> Fetched:
    body = found.body.unpacked
    digest = hashlib.sha256(body).hexdigest()
    validators = header(found, "etag"), header(found, "last-modified")
    return Fetched(request.url, str(found.url), found.status, found.headers, body, found.at, digest, *validators)


def _status_refusal(found: Exchange) -> FetchRefused:
    server = found.status >= 500
    reason = _NAMES.get(found.status, "server_error" if server else "status")
    passing = reason == "rate_limited" or (server and found.status not in _HOPELESS)
    return FetchRefused(reason, str(found.url), f"answered {found.status} {found.phrase[:80]}".rstrip(), status=found.status, passing=passing)
