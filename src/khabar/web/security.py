"""What stands before every request: whose name it is addressed to, how large it is, which site sent it; and what every answer forbids the browser."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from khabar.web.errors import CrossSite, TooLarge, WebError, WrongHost
from khabar.web.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Scope = MutableMapping[str, Any]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Scope, Exception], App]

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
BODY_SECONDS = 60.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # `no-referrer` would make browsers send `Origin: null` with the room's own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
log = logging.getLogger("khabar.web")


class Guard:
    """The outermost layer. Refuses requests to foreign names (DNS rebinding), from foreign pages, and with bodies that are too large; gives each an
    id; turns whatever was not foreseen into an answer that tells nothing but the id."""

    def __init__(self, app: App, settings: Settings, refuse: Refuse) -> None:
        self._app, self._settings, self._refuse = app, settings, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = secrets.token_hex(8)
        answer = _Answer(send, private=not scope["path"].startswith("/static/"))
        try:
            self._check(scope, {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]})
            receive = await _whole_body(receive, self._settings.max_body)
            await self._app(scope, receive, answer)
        except Exception as error:
            if not isinstance(error, WebError):
                log.exception("request %s failed", scope["state"]["request_id"])
            if not answer.begun:
                await self._refuse(scope, error)(scope, receive, answer)

    def _check(self, scope: Scope, headers: Mapping[str, str]) -> None:
        check_host(headers.get("host"), self._settings.allowed_hosts)
        if scope["method"] not in SAFE:
            check_site(headers)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > self._settings.max_body:
            raise TooLarge(f"{self._settings.max_body:,}")


class _Answer:
    """Sends an answer with the headers that all have."""

    def __init__(self, send: Send, *, private: bool) -> None:
        self._send, self._private, self.begun = send, private, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            present = {k.lower() for k, _ in message["headers"]}
            more = HEADERS if not self._private else {**HEADERS, "cache-control": "no-store"}
            added = [(k.encode(), v.encode()) for k, v in more.items() if k.encode() not in present]
            message = {**message, "headers": [*message["headers"], *added]}
        await self._send(message)


def check_host(given: str | None, allowed: frozenset[str]) -> None:
    """Raise WrongHost where a request is addressed to a name that is not the room's."""
    name = (given or "").strip().lower()
    bare = name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.partition(":")[0]
    if bare not in allowed:
        raise WrongHost()


def check_site(headers: Mapping[str, str]) -> None:
    """Raise CrossSite where what changes something comes from another site's page. Browsers say whose page it is; programs say nothing."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise CrossSite()
    if origin is not None and (origin == "null" or urlsplit(origin).netloc.lower() != headers.get("host", "").lower()):
        raise CrossSite()


def is_browser(headers: Mapping[str, str]) -> bool:
    """Whether a request may come from a page: then it must carry the token that only the room's own pages hold."""
    return any(h in headers for h in ("origin", "sec-fetch-site", "cookie", "referer"))


def token_of(secret: str) -> str:
    """The token of the forms of whoever holds this cookie."""
    return hmac.new(secret.encode(), b"khabar form", sha256).hexdigest()


def same_token(secret: str | None, given: str | None) -> bool:
    return bool(secret and given) and hmac.compare_digest(token_of(secret or "").encode(), (given or "").encode())


async def _whole_body(receive: Receive, most: int) -> Receive:
    """The body of a request, read to its end or refused; a function that gives it once."""
    parts, size, more = [], 0, True
    async with asyncio.timeout(BODY_SECONDS):
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            more = message.get("more_body", False)
            if size > most:
                raise TooLarge(f"{most:,}")
    pending: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

    async def once() -> Message:
        return pending.pop() if pending else await receive()

    return once
