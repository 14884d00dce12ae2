"""What lists of addresses hold: feeds, sitemaps and plain lists of URLs. Nothing is fetched, and no file is opened."""

from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

from khabar.collect.decode import decode
from khabar.collect.limits import FEED_ATTRIBUTES, MAX_BYTES, check_size, check_tags
from khabar.collect.unpack import unpacked
from khabar.model import InputRejected

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,300}?\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,2000}>", re.IGNORECASE)
_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,300}>\s*){0,10}<(?:[A-Za-z0-9]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
MAX_ENTRIES = 50_000  # of a feed or sitemap: what the sitemap protocol allows
MAX_FEED = 4 * 2**20  # bytes; a feed of whole articles of this size takes 6 s, a malformed one 10 s
MAX_SITEMAP = 50 * 2**20  # bytes unpacked: what the sitemap protocol allows
_PROLOG = 10_000  # characters in which a document type may stand
MAX_URL = 2_000  # characters
MAX_XML_DEPTH = 100  # of a sitemap
MAX_FEED_DEPTH = 5_000  # of a feed, tags never closed included; feedparser takes time with the square of it: 8 s at 40,000


@dataclass(frozen=True, slots=True)
class Entry:
    """An address to fetch, with what the list says of it. `content` is the article's whole HTML or text where a feed carries it. `published` and `modified`
    have a time zone; a feed that states only the latter has it for both. `id` is a feed's own name for the entry, `outlet` the feed's title."""

    url: str | None
    title: str | None = None
    published: datetime | None = None
    summary: str | None = None
    content: str | None = None
    id: str | None = None
    outlet: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's entries, or, of an index, the addresses of the sitemaps it names."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()


def safe_url(text: str | None, base: str | None = None) -> str | None:
    """The http or https address that `text` is, made whole by `base`; None for anything else."""
    try:
        whole = urljoin(base or "", (text or "").strip())
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname and len(whole) <= MAX_URL and not re.search(r"\s", whole) else None
    except ValueError:
        return None


def url_list(data: bytes) -> tuple[Entry, ...]:
    """The addresses of a list with one a line; blank lines and lines that begin with # are passed over, any other line raises InputRejected."""
    check_size(len(data))
    found: dict[str, None] = {}
    for number, line in enumerate(decode(data).splitlines(), 1):
        text = line.strip()
        if text and not text.startswith("#"):
            if (url := safe_url(text)) is None:
                raise InputRejected(f"line {number}: {text[:60]!r}; expected an address that begins with http:// or https://")
            found[url] = None
    return tuple(map(Entry, found))


def looks_like_urls(head: bytes) -> bool:
    """Whether every whole line of a text's beginning is an address or a remark, and one at least an address."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in (lines[:-1] if len(head) >= 4096 else lines) if line and not line.startswith("#")]
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines)


def list_kind(head: bytes) -> str | None:
    """`feed`, `sitemap` or `urls`, where the first bytes of a file tell one of these."""
    if found := _ROOT.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "sitemap" if found[1].lower() in (b"urlset", b"sitemapindex") else "feed"
    return "urls" if looks_like_urls(head) else None


def _xml(data: bytes, limit: int) -> bytes:
    """The document in UTF-8 without its declaration. Declarations of entities, the stuff of bombs and of references to files and other hosts, raise
    InputRejected."""
    data = unpacked(data, limit)
    if len(data) > limit:
        raise InputRejected(f"too large: {len(data):,} bytes; at most {limit:,} are read")
    declared = _DECLARED.search(data[:500])
    text = decode(data, declared[1].decode("ascii") if declared else None)
    if found := _ENTITY.search(text):
        raise InputRejected(f"XML that declares entities ({text[found.start() : found.start() + 40]!r}); they are not read")
    check_tags(text, FEED_ATTRIBUTES)
    text = _XML_HEAD.sub("", text)
    return (_DOCTYPE.sub("", text[:_PROLOG], count=1) + text[_PROLOG:]).strip("\ufeff\x00 \t\r\n").encode("utf-8")


def feed_entries(data: bytes, base: str | None = None) -> tuple[Entry, ...]:
    """The entries of an RSS or Atom feed in its order. `base` is where it was found. What is no feed raises InputRejected."""
    import feedparser  # type: ignore[import-untyped]

    text = _xml(data, min(MAX_FEED, MAX_BYTES))
    _check_nesting(text)
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(io.BytesIO(text), sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    if not parsed.get("version") and not parsed.entries:
        raise InputRejected(f"no feed: {text[:40].decode('utf-8', 'replace')!r}; expected RSS or Atom")
    home = safe_url(parsed.feed.get("link"), base) or base
    outlet = _line(parsed.feed.get("title"))
    return tuple(_entry(e, home, outlet) for e in parsed.entries[:MAX_ENTRIES])


def _check_nesting(text: bytes) -> None:
    """InputRejected where a feed's elements, those in CDATA left out, are nested deeper than any feed's."""
    deepest = now = 0
    first, *parts = text.split(b"<![CDATA[")
    for part in (first, *(part.partition(b"]]>")[2] for part in parts)):
        for tag in re.finditer(rb"<(/?)[A-Za-z][^<>]*?(/?)>", part):
            now += 0 if tag[2] else -1 if tag[1] else 1
            deepest = max(deepest, now)
    if deepest > MAX_FEED_DEPTH:
        raise InputRejected(f"XML nested {deepest:,} deep; at most {MAX_FEED_DEPTH:,} are read")


def _entry(entry: Any, base: str | None, outlet: str | None) -> Entry:
    contents = [c.get("value") for c in entry.get("content", ()) if c.get("value")]
    published = _moment(entry.get("published_parsed"))
    modified = _moment(entry["updated_parsed"]) if "updated_parsed" in entry else None  # `get` would answer with the day of publication
    name = entry.get("id")
    url = safe_url(entry.get("link"), base) or safe_url(name)
    content = max(contents, key=len, default=None)
    return Entry(url, _line(entry.get("title")), published or modified, entry.get("summary") or None, content, name or None, outlet, modified)


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _moment(stamp: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


class _SitemapReader:
    """Gathers `loc`, `lastmod` and the news extension's date and title while expat reads; declarations of entities end the reading."""

    FIELDS = ("loc", "lastmod", "publication_date", "title", "name")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.sitemaps: list[str] = []
        self.root = ""
        self._path: list[str] = []
        self._fields: dict[str, str] = {}

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].rpartition(":")[2]
        self.root = self.root or local
        self._path.append(local)
        if len(self._path) > MAX_XML_DEPTH:
            raise InputRejected(f"XML nested more than {MAX_XML_DEPTH} deep")

    def text(self, text: str) -> None:
        name = self._path[-1] if self._path else ""
        if name in self.FIELDS and "image" not in self._path and len(self._fields.get(name, "")) <= MAX_URL:
            self._fields[name] = self._fields.get(name, "") + text

    def end(self, _: str) -> None:
        name = self._path.pop()
        if name not in ("url", "sitemap"):
            return
        if (url := safe_url(self._fields.get("loc"))) and len(self.entries) + len(self.sitemaps) < MAX_ENTRIES:
            if name == "sitemap":
                self.sitemaps.append(url)
            else:
                self.entries.append(self._entry(url))
        self._fields = {}

    def _entry(self, url: str) -> Entry:
        published, modified = (_iso(self._fields.get(name, "").strip()) for name in ("publication_date", "lastmod"))
        return Entry(url, _line(self._fields.get("title")), published, outlet=_line(self._fields.get("name")), modified=modified)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def sitemap_entries(data: bytes) -> Sitemap:
    """What a sitemap or sitemap index names, plain or gzip; lists of URLs as text are sitemaps too. A file cut short gives what stands before the cut.
    What is no sitemap raises InputRejected."""
    text = _xml(data, MAX_SITEMAP)
    if looks_like_urls(text[:4096]):
        return Sitemap(url_list(text))
    reader = _SitemapReader()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    fault = ""
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        fault = f" ({error})"
    if reader.root not in ("urlset", "sitemapindex") or (fault and not (reader.entries or reader.sitemaps)):
        raise InputRejected(f"no sitemap: {text[:40].decode('utf-8', 'replace')!r}{fault}; expected <urlset> or <sitemapindex>")
    return Sitemap(tuple(reader.entries), tuple(reader.sitemaps))
