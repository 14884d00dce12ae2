"""One request at a time to a host, and time in between."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

from khabar.collect.fetch.limits import BACKOFF, MAX_BACKOFF, MAX_HELD

_KEPT = 10_000  # hosts
_POLL = 0.02  # seconds until a host that is busy in another thread is asked for again


class Hosts:
    """When each host may be asked next. Times are those of `clock`, in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._free: dict[str, float] = {}
        self._busy: set[str] = set()

    def enter(self, host: str) -> float:
        """Take the host and return 0, or return the seconds until it may be asked for again."""
        with self._lock:
            wait = self._free.get(host, 0.0) - self._clock()
            if host in self._busy:
                return max(wait, _POLL)
            if wait > 0:
                return wait
            self._busy.add(host)
            return 0.0

    def leave(self, host: str, delay: float) -> None:
        """Give the host back, to be left alone for `delay` seconds."""
        with self._lock:
            self._busy.discard(host)
            self._set(host, delay)

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for `seconds` at least."""
        with self._lock:
            self._set(host, min(seconds, MAX_HELD))

    def _set(self, host: str, seconds: float) -> None:
        now = self._clock()
        self._free[host] = max(self._free.get(host, 0.0), now + seconds)
        if len(self._free) > _KEPT:
            self._free = {name: free for name, free in self._free.items() if free > now}

    def wait(self, host: str) -> float:
        """The seconds until the host may be asked, 0 where it may now."""
        with self._lock:
            return max(0.0, self._free.get(host, 0.0) - self._clock())


def backoff(tries: int, random: Random) -> float:
    """The seconds before a retry after `tries` failures: doubled each time, up to half of it left to chance so that clients spread."""
    full = min(BACKOFF * 2.0 ** (tries - 1), MAX_BACKOFF)
    return full * (0.5 + random.random() / 2)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for, None where it asks for nothing that can be read."""
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
