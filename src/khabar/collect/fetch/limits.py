"""How far a fetch may go. What goes further gets a named reason."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.collect.limits import MAX_BYTES, MAX_RATIO

__all__ = ["MAX_BYTES", "Limits"]

MAX_URL = 8_000  # characters, percent-encoded; a slug of 200 Arabic letters has 1,200
MAX_ROBOTS = 512 * 2**10  # bytes read of robots.txt; RFC 9309 asks for at least 500 KiB
RATIO_FROM = 2**20  # bytes unpacked before the ratio is looked at: a small page of repeated rows is no bomb
MAX_ASIDE = 64 * 2**10  # bytes read of the body of a redirect or an error
MAX_CONNECT = 10.0  # seconds for one address to answer, so that a silent one leaves time for the next
MAX_CRAWL_DELAY = 60.0  # seconds; sites ask for up to a day, which would be no fetching at all
MAX_WAIT = 120.0  # seconds that Retry-After is waited for; a host that asks for more is left alone that long
MAX_HELD = 24 * 3600.0  # seconds that a host is left alone at most
BACKOFF = 1.0  # seconds before the first retry; twice as long before each next one
MAX_BACKOFF = 60.0
ROBOTS_KEPT = 24 * 3600.0  # seconds; RFC 9309 asks for a day at most
ROBOTS_FAILED_KEPT = 600.0  # seconds until a robots.txt that could not be read is asked for again


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits a caller may set: bytes of an unpacked body, seconds of network time for a fetch, redirects, tries after the first."""

    max_bytes: int = MAX_BYTES
    timeout: float = 30.0
    redirects: int = 5
    retries: int = 3
    ratio: int = MAX_RATIO
