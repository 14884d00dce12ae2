"""One request and its answer."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING

from urllib3.exceptions import HTTPError, SSLError
from urllib3.exceptions import IncompleteRead as LibraryIncompleteRead
from urllib3.util.ssl_match_hostname import CertificateError

from khabar.collect.fetch.answers import FetchRefused, Headers
from khabar.collect.fetch.body import Body, accepted_encodings, read_aside, read_body
from khabar.collect.fetch.limits import Limits
from khabar.collect.fetch.urls import Url

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

    from khabar.collect.fetch.connection import Pool

GOOD = (200, 203)
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,text/plain;q=0.8,application/json;q=0.8"
_TYPES = frozenset(["text/html", "text/plain", "text/xml", "application/xml", "application/json", "application/gzip", "application/x-gzip"])
_PACKED_FILES = (".gz", ".xml")  # that servers call application/octet-stream when they know no better


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer as it came. `request` is the head of the request as sent, `at` when the answer began, in UTC, `address` who gave it."""

    url: Url
    request: bytes
    status: int
    phrase: str
    headers: Headers
    body: Body
    at: datetime
    address: str


def exchange(pool: Pool, url: Url, headers: Mapping[str, str], limits: Limits, *, robots: bool = False) -> Exchange:
    """Ask for a URL. With `robots` every content type is taken, and of a body that is too large the beginning. Raises FetchRefused."""
    budget = pool.door.budget
    try:
        with budget.running():
            response = _ask(pool, url, headers, budget.remaining())
            try:
                return _read(pool, url, response, limits, robots)
            finally:
                response.close()  # where bytes are left on it, else it went back to the pool
                response.release_conn()
    except (HTTPError, HTTPException, OSError) as error:
        raise _refusal(error, str(url), spent=budget.spent, seconds=limits.timeout) from error


def _ask(pool: Pool, url: Url, headers: Mapping[str, str], seconds: float) -> BaseHTTPResponse:
    sent = {"Accept": ACCEPT, "Accept-Encoding": accepted_encodings(), "Accept-Language": "ar,*;q=0.5", **headers}
    return pool.urlopen(
        "GET", url.target, headers=sent, retries=False, redirect=False, assert_same_host=False, timeout=seconds, preload_content=False, decode_content=False
    )  # fmt: skip


def _read(pool: Pool, url: Url, response: BaseHTTPResponse, limits: Limits, robots: bool) -> Exchange:
    door, at = pool.door, datetime.now(UTC)
    headers = tuple(response.headers.items())
    if response.status not in GOOD:
        body = read_aside(response)
    else:
        _check_type(url, response.headers.get("content-type"), robots)
        body = read_body(response, response.headers.get("content-encoding") or "", str(url), limits, cut=robots)
    return Exchange(url, door.sent, response.status, response.reason or "", headers, body, at, door.address)


def _check_type(url: Url, content_type: str | None, robots: bool) -> None:
    name = (content_type or "").split(";")[0].strip().lower()
    unnamed_file = name == "application/octet-stream" and url.target.split("?")[0].lower().endswith(_PACKED_FILES)
    if robots or not name or name in _TYPES or name.endswith(("+xml", "+json")) or unnamed_file:
        return
    raise FetchRefused("type", str(url), f"is {name[:80]}; expected a page, a feed, a sitemap, text or JSON", status=200)


def _refusal(error: Exception, url: str, *, spent: bool, seconds: float) -> FetchRefused:
    """The named reason for what urllib3 or the system raised."""
    causes = list(_causes(error))
    if spent:
        return FetchRefused("timeout", url, f"not done in {seconds:g} seconds of network time")
    if any(isinstance(cause, ssl.SSLCertVerificationError | CertificateError) for cause in causes):
        return FetchRefused("tls", url, f"its certificate is not accepted ({_last(causes)})")
    if any(isinstance(cause, ssl.SSLError | SSLError) for cause in causes):
        return FetchRefused("tls", url, f"no secure connection ({_last(causes)})")
    if any(isinstance(cause, IncompleteRead | LibraryIncompleteRead) for cause in causes):
        return FetchRefused("truncated", url, "the body breaks off before its stated length", passing=True)
    if any(isinstance(cause, OSError) for cause in causes):
        return FetchRefused("connection", url, str(_last(causes)) or type(error).__name__, passing=True)
    return FetchRefused("protocol", url, f"not an HTTP answer ({_last(causes)!r:.200})")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those inside it, which urllib3 keeps among the arguments."""
    yield error
    for inner in error.args:
        if isinstance(inner, BaseException):
            yield from _causes(inner)


def _last(causes: list[BaseException]) -> BaseException:
    return causes[-1]
