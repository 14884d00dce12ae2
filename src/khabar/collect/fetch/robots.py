"""What a site's robots.txt asks of khabar."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from khabar.collect.fetch.answers import Fetched, FetchRefused
from khabar.collect.fetch.limits import MAX_CRAWL_DELAY, MAX_ROBOTS, ROBOTS_FAILED_KEPT, ROBOTS_KEPT
from khabar.collect.fetch.urls import Url

if TYPE_CHECKING:
    from protego import Protego

NAME = "khabar"
_KEPT = 1_000  # origins
_KEPT_BYTES = 8 * 2**20  # of robots.txt in all; parsed, they take up to 40 times as much memory
_AGENT = re.compile(r"[ \t]*user[- ]?agent[ \t]*[: \t][ \t]*([^#\r\n]*)", re.IGNORECASE)
_SAME_AS_PAGE = ("dns", "connection", "tls", "address", "port")  # a host that cannot be reached for its robots.txt cannot for its pages


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be fetched of an origin, and how many seconds apart. `parsed` is None where there is no robots.txt; `size` is its length
    in bytes."""

    parsed: Protego | None = None
    delay: float = 0.0
    size: int = 0

    def check(self, url: Url) -> None:
        """Raise FetchRefused (`robots`) where the URL is not to be fetched."""
        if self.parsed is not None and not self.parsed.can_fetch(str(url), NAME):
            raise FetchRefused("robots", str(url), f"{url.origin}/robots.txt asks {NAME} not to fetch it")


def parse_rules(data: bytes) -> Rules:
    """The rules of a robots.txt. What cannot be read of it is passed over."""
    from protego import Protego

    text = data[:MAX_ROBOTS].decode("utf-8-sig", "replace")
    parsed = Protego.parse("\n".join(_without_others(line) for line in text.splitlines()))
    rate = parsed.request_rate(NAME)
    asked = max(parsed.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
    return Rules(parsed, min(asked, MAX_CRAWL_DELAY) if asked > 0 else 0.0, len(text))


def _without_others(line: str) -> str:
    """A line with the agents that are not us under one name: 18,000 named agents times as many rules are too many to hold."""
    agent = _AGENT.match(line)
    if agent is None:
        return line
    name = agent[1].strip().lower()
    if name == "*":
        return "User-agent: *"
    return f"User-agent: {NAME if name.replace('*', '').split('/')[0].strip() == NAME else 'others'}"


def rules_of(answer: Fetched | FetchRefused) -> Rules | FetchRefused:
    """What the answer to a request for robots.txt means (RFC 9309): no such file, no rules; a server in trouble, nothing for now."""
    if isinstance(answer, Fetched):
        return parse_rules(answer.body)
    if answer.reason in ("redirects", "redirect_loop") or (answer.status is not None and answer.status < 500 and answer.status != 429):
        return Rules()
    return answer


class RobotsCache:
    """The rules of the origins asked last: kept for a day, a failure for ten minutes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._known: OrderedDict[str, tuple[float, Rules | FetchRefused]] = OrderedDict()

    def get(self, origin: str) -> Rules | FetchRefused | None:
        """What is known of an origin, None where it has to be asked."""
        with self._lock:
            until, rules = self._known.get(origin, (0.0, None))
            return rules if self._clock() < until else None

    def put(self, origin: str, rules: Rules | FetchRefused) -> None:
        """Keep what an origin answered."""
        with self._lock:
            kept = ROBOTS_FAILED_KEPT if isinstance(rules, FetchRefused) else ROBOTS_KEPT
            self._known[origin] = (self._clock() + kept, rules)
            self._known.move_to_end(origin)
            while len(self._known) > 1 and (len(self._known) > _KEPT or self._bytes() > _KEPT_BYTES):
                self._known.popitem(last=False)

    def _bytes(self) -> int:
        return sum(rules.size for _, rules in self._known.values() if isinstance(rules, Rules))

    def check(self, url: Url) -> bool:
        """Whether the origin's rules are known. Raises FetchRefused where they do not allow the URL, or could not be read."""
        rules = self.get(url.origin)
        if isinstance(rules, FetchRefused):
            reason = rules.reason if rules.reason in _SAME_AS_PAGE else "robots_unavailable"
            raise FetchRefused(reason, str(url), f"robots.txt could not be read, so nothing is fetched for now ({rules.reason}: {rules.detail})", passing=True)
        if rules is not None:
            rules.check(url)
        return rules is not None

    def delay(self, url: Url) -> float:
        """The seconds between requests that the origin asks for."""
        rules = self.get(url.origin)
        return rules.delay if isinstance(rules, Rules) else 0.0
