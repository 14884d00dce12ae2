"""Articles that a feed carries whole, read without fetching anything."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.collect.html import host
from khabar.collect.items import Hints, Piece, Raw, basis_of, digest_of, unread, unreadable
from khabar.collect.page import page_piece
from khabar.collect.rows import with_title
from khabar.collect.seeds import Entry, feed_entries
from khabar.model import Document, canonical_json

MEDIA = "application/xml"
MIN_CONTENT = 300  # characters of markup; shorter content is a summary


def read_feed(data: bytes, name: str, place: str, hints: Hints) -> Iterator[Raw]:
    """An input for every entry of a feed's bytes; an entry without its article's content yields a record that says so. InputRejected where it is no feed."""
    for number, entry in enumerate(feed_entries(data), 1):
        yield _raw(entry, f"{name}:{number}: ", f"{place}#{number}", number, hints)


def carries_article(entry: Entry) -> bool:
    """Whether an entry's content is long enough to be the article and not its summary."""
    return len(entry.content or "") >= MIN_CONTENT


def _raw(entry: Entry, where: str, place: str, number: int, hints: Hints) -> Raw:
    key = entry.url or entry.id or place
    stated = (entry.url, entry.title, entry.published and entry.published.isoformat(), entry.content)
    digest = digest_of(canonical_json(stated).encode("utf-8", "surrogatepass"))
    if not carries_article(entry):
        reason = f"{where}the feed carries no whole article; {entry.url or 'its entry has no address'} has to be fetched first"
        return unread(key, unreadable(reason, id=key, line=number, kind="rejected"), MEDIA, digest)
    return Raw(key, digest, lambda: entry_piece(entry, key, digest, hints), MEDIA, key, number)


def entry_piece(entry: Entry, key: str, digest: str, hints: Hints) -> Piece:
    """The article that a feed's entry carries: its content without markup, its title on top."""
    markup = f"<!DOCTYPE html><html><body><article>{entry.content}</article></body></html>".encode("utf-8", "replace")
    page = page_piece(markup, key, digest, key, entry.url, Hints())
    published = entry.published.date() if entry.published else None
    text = with_title(page.item.text or "", entry.title)
    outlet = entry.outlet or hints.outlet or host(entry.url)
    document = Document(text, key, published or hints.published, outlet, entry.url)
    return Piece(key, digest, document, MEDIA, entry.title, page.caption, page.links, basis=basis_of(published, hints))
