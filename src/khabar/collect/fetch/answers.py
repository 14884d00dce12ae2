"""What is asked of the fetcher, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from khabar.model import KhabarError

Reason = Literal[
    "url", "scheme", "credentials", "port", "address", "dns", "connection", "tls", "timeout", "robots", "robots_unavailable",
    "redirects", "redirect_loop", "not_found", "gone", "forbidden", "rate_limited", "server_error", "status",
    "type", "encoding", "truncated", "bomb", "too_large", "protocol",
]  # fmt: skip
Headers = tuple[tuple[str, str], ...]


class FetchRefused(KhabarError):
    """A URL that was not fetched. `reason` is its name, `str()` the reason told to the user; `status` is the server's answer if there was one;
    `passing` says whether the same request may succeed later."""

    def __init__(self, reason: Reason, url: str, detail: str, *, status: int | None = None, passing: bool = False) -> None:
        super().__init__(f"{reason}: {url[:300]}: {detail}")
        self.reason, self.url, self.detail, self.status, self.passing = reason, url, detail, status, passing


class HasHeaders(Protocol):
    """Anything that came with HTTP headers."""

    @property
    def headers(self) -> Headers: ...


def header(of: HasHeaders, name: str) -> str | None:
    """The first value of a header, its name in any case."""
    return next((value for key, value in of.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Request:
    """A URL to fetch; with the `etag` or `last_modified` of an earlier answer only if it has changed since."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with a body. `url` is the one asked for, `final_url` the one that answered; `body` is unpacked, `sha256` its digest in hex;
    `at` is when the answer began, in UTC."""

    url: str
    final_url: str
    status: int
    headers: Headers
    body: bytes
    at: datetime
    sha256: str
    etag: str | None = None
    last_modified: str | None = None

    @property
    def content_type(self) -> str | None:
        """The Content-Type header, its charset included."""
        return header(self, "content-type")


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the etag or date it was given."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """A request of many, and what came of it."""

    request: Request
    answer: Fetched | NotModified | FetchRefused
