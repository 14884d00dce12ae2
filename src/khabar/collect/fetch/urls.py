"""URLs that may be fetched: http and https, no credentials, a host that says plainly what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from khabar.collect.fetch.answers import FetchRefused
from khabar.collect.fetch.limits import MAX_URL

PORTS = {"http": 80, "https": 443}
# Ports from 1024 on that browsers refuse too, since other protocols live there (WHATWG Fetch, "bad port").
BAD_PORTS = frozenset([1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080])
_CREDENTIALS = re.compile(r"^([a-z][a-z0-9+.-]*:)?/*[^/?#]*@", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_QUAD = re.compile(r"(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}")
_NUMBER = re.compile(r"(\d+|0x[0-9a-f]*)")
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")
_KEPT = "/?:@!$&'()*+,;=-._~%[]#"  # left as they are when the other characters of a URL are percent-encoded


@dataclass(frozen=True, slots=True)
class Url:
    """A URL taken apart. `host` is in lower case, ASCII, without brackets and closing dot; `target` is path and query, percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and, unless it is the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def parse_url(text: str) -> Url:
    """The URL that `text` names, its fragment left out. Arabic and other letters are encoded: in the host by IDNA, elsewhere by percent signs.
    Raises FetchRefused (`url`, `scheme`, `credentials`, `port`, `address`)."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url as split

    text = text.strip()
    shown = _CREDENTIALS.sub(lambda m: f"{m[1] or ''}//", text)
    _check_scheme(text, shown)
    if _UNFIT.search(text) or len(text) > MAX_URL:
        raise FetchRefused("url", shown, f"control characters, a backslash or more than {MAX_URL:,} characters; expected http://host/path")
    if _CREDENTIALS.match(text):
        raise FetchRefused("credentials", shown, "holds a user name or password; khabar sends none: leave them out")
    try:
        parts = split(_ascii_host(text))
    except (LocationParseError, ValueError) as error:
        raise FetchRefused("url", shown, f"not a URL ({error}); expected http://host/path") from error
    host = _checked_host(parts.host or "", shown)
    scheme = (parts.scheme or "").lower()
    url = Url(scheme, host, _checked_port(parts.port, scheme, shown), (parts.path or "/") + (f"?{parts.query}" if parts.query is not None else ""))
    if len(str(url)) > MAX_URL:
        raise FetchRefused("url", shown, f"more than {MAX_URL:,} characters once percent-encoded")
    return url


def _check_scheme(text: str, shown: str) -> None:
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in PORTS:
        raise FetchRefused("scheme", shown, f"{f'{scheme[1]}: is not fetched' if scheme else 'no scheme'}; expected http:// or https://")
    if not text[scheme.end() :].startswith("//"):
        raise FetchRefused("url", shown, "no // after the scheme; expected http://host/path")


def _ascii_host(text: str) -> str:
    """The URL with a host of other letters in IDNA; what cannot be a host stays, for the checks that follow."""
    scheme, rest = text.split("//", 1)
    host, end = re.match(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    if "%" in host and not host.startswith("["):
        raise ValueError("a percent sign in the host")
    if host.isascii():
        return text
    import idna

    name, colon, port = host.partition(":")
    return f"{scheme}//{idna.encode(name, uts46=True).decode('ascii')}{colon}{port}{end}"


def _checked_host(host: str, shown: str) -> str:
    host = host.lower().removesuffix(".")
    if host.startswith("["):
        if "%" in host:
            raise FetchRefused("address", shown, "an address with a zone is a local one; khabar reaches public addresses only")
        return host.strip("[]")
    if not _NAME.fullmatch(host):
        raise FetchRefused("url", shown, f"host {host[:80]!r}; expected a name or an address")
    if _NUMBER.fullmatch(host.rsplit(".", 1)[-1]) and not _QUAD.fullmatch(host):
        raise FetchRefused("address", shown, f"{host[:80]!r} hides an address in an unusual form; expected one such as 192.0.2.1")
    return host


def _checked_port(port: int | None, scheme: str, shown: str) -> int:
    port = PORTS[scheme] if port is None else port
    if port not in PORTS.values() and (not 1024 <= port <= 65535 or port in BAD_PORTS):
        raise FetchRefused("port", shown, f"port {port}; khabar asks 80, 443 and those from 1024 on that browsers ask")
    return port


def join(base: Url, location: str) -> Url:
    """Where a Location header leads. Servers write Arabic paths as plain UTF-8, which HTTP libraries read as Latin-1. Raises FetchRefused."""
    raw = location.strip().encode("latin-1", "replace")
    try:
        target = raw.decode("utf-8")
    except UnicodeDecodeError:
        target = quote(raw, safe=_KEPT)
    try:
        return parse_url(urljoin(str(base), target))
    except ValueError as error:
        raise FetchRefused("url", str(base), f"leads to what is no URL ({error})") from error
