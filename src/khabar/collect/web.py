"""Articles from the web: pages, and the pages that feeds, sitemaps and lists of URLs name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from khabar.collect.feeds import carries_article, entry_piece
from khabar.collect.fetch.answers import Fetched, FetchRefused, NotModified, Request, Result
from khabar.collect.files import SNIFFED, kind_of, sniffed
from khabar.collect.html import looks_like_html
from khabar.collect.http import charset_of
from khabar.collect.items import Hints, IsKnown, Known, Piece, digest_of, unreadable
from khabar.collect.limits import MAX_BYTES
from khabar.collect.page import page_piece, text_piece
from khabar.collect.seeds import Entry, feed_entries, list_kind, looks_like_urls, sitemap_entries, url_list
from khabar.model import InputRejected, canonical_json

MAX_LISTS = 500  # feeds and sitemaps of one collection, so that an index of indexes comes to an end
LISTS = ("feed", "sitemap", "urls")


class Fetches(Protocol):
    """What fetches: `khabar.collect.fetch.Fetcher`."""

    def get_all(self, requests: Iterable[Request]) -> Iterator[Result]: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an address: the validators of its last answer, and when it was fetched."""

    etag: str | None = None
    last_modified: str | None = None
    fetched: datetime | None = None


@dataclass(slots=True)
class _Todo:
    """Addresses still to be fetched, each once, with what a list said of them."""

    wave: list[Request] = field(default_factory=list)
    listed: dict[str, Entry] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    lists: int = 0

    def put(self, url: str, seen: Seen | None = None, entry: Entry | None = None) -> None:
        if url not in self.asked:
            self.asked.add(url)
            self.wave.append(Request(url, seen.etag if seen else None, seen.last_modified if seen else None))
            if entry:
                self.listed[url] = entry


def is_address(text: str) -> bool:
    """Whether an input is a URL to fetch."""
    return text.lower().startswith(("http://", "https://"))


def entries_of(path: str) -> tuple[Entry, ...] | None:
    """The addresses that a local feed, sitemap or list of URLs names; None for a file of another kind. One that cannot be read raises InputRejected."""
    if path == "-" or not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES)
    kind = kind_of(path) or sniffed(data[:SNIFFED])
    if kind == "text" and looks_like_urls(data[:SNIFFED]):
        kind = "urls"
    return _entries(data, kind, None)[0] if kind in LISTS else None


def read_web(
    urls: Iterable[str], fetcher: Fetches, hints: Hints | None = None, *, known: IsKnown | None = None, seen: Callable[[str], Seen | None] | None = None,
    entries: Iterable[Entry] = (),
) -> Iterator[Piece | Known]:  # fmt: skip
    """The articles at addresses, as they come. What answers with a feed or sitemap stands for the pages it names; one that is known is fetched again only
    if its list says that it has changed since or its server can tell. `seen` gives what is known of an address. What cannot be fetched or read yields a
    piece whose record says why."""
    todo, look = _Todo(), seen or (lambda url: None)
    for url in urls:
        todo.put(url, look(url))
    yield from _listed(entries, todo, hints or Hints(), known, look)
    while todo.wave:
        wave, todo.wave = todo.wave, []
        for result in fetcher.get_all(wave):
            yield from _answered(result, todo, hints or Hints(), known, look)


def _answered(result: Result, todo: _Todo, hints: Hints, known: IsKnown | None, look: Callable[[str], Seen | None]) -> Iterator[Piece | Known]:
    url, answer = result.request.url, result.answer
    if isinstance(answer, NotModified):
        yield Known(url, "")
    elif isinstance(answer, FetchRefused):
        yield Piece(url, "", unreadable(str(answer), id=url), "application/octet-stream")
    else:
        kind = list_kind(answer.body[:SNIFFED])
        try:
            if kind in LISTS:
                yield from _list(answer, str(kind), todo, hints, known, look)
            else:
                yield from _page(answer, todo.listed.get(url), hints, known)
        except InputRejected as reason:
            yield Piece(url, answer.sha256, unreadable(str(reason), id=url, kind="rejected"), answer.content_type or "", fetched=answer.at)


def _list(answer: Fetched, kind: str, todo: _Todo, hints: Hints, known: IsKnown | None, look: Callable[[str], Seen | None]) -> Iterator[Piece | Known]:
    """The pages and further lists that a feed or sitemap names."""
    todo.lists += 1
    entries, sitemaps = _entries(answer.body, kind, answer.final_url)
    for address in sitemaps[: MAX_LISTS - todo.lists]:
        todo.put(address)
    yield from _listed(entries, todo, hints, known, look)


def _entries(data: bytes, kind: str, base: str | None) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    if kind == "feed":
        return feed_entries(data, base), ()
    if kind == "sitemap":
        found = sitemap_entries(data)
        return found.entries, found.sitemaps
    return url_list(data), ()


def _listed(entries: Iterable[Entry], todo: _Todo, hints: Hints, known: IsKnown | None, look: Callable[[str], Seen | None]) -> Iterator[Piece | Known]:
    """Entries that carry their article are read at once, those known and unchanged are passed over, the others are to be fetched."""
    for entry in entries:
        key = entry.url or entry.id
        if key is None:
            continue
        if carries_article(entry):
            stated = (entry.url, entry.title, entry.published and entry.published.isoformat(), entry.content)
            digest = digest_of(canonical_json(stated).encode("utf-8", "surrogatepass"))
            yield Known(key, digest) if known and known(key, digest) else entry_piece(entry, key, digest, hints)
        elif entry.url:
            was = look(entry.url)
            if was is None or was.etag or was.last_modified or _changed(entry, was):
                todo.put(entry.url, was, entry)
            else:
                yield Known(entry.url, "")


def _changed(entry: Entry, was: Seen) -> bool:
    return entry.modified is not None and was.fetched is not None and entry.modified > was.fetched


def _page(answer: Fetched, entry: Entry | None, hints: Hints, known: IsKnown | None) -> Iterator[Piece | Known]:
    if known and known(answer.url, answer.sha256):
        yield Known(answer.url, answer.sha256)
        return
    published = entry.published.date() if entry and entry.published else None
    own = Hints(published or hints.published, (entry and entry.outlet) or hints.outlet)
    read = page_piece if looks_like_html(answer.body) or "html" in (answer.content_type or "") else text_piece
    piece = read(answer.body, answer.url, answer.sha256, answer.url, answer.final_url, own, charset=charset_of(answer.content_type), fetched=answer.at)
    yield replace(piece, etag=answer.etag, last_modified=answer.last_modified)
