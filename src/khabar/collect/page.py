"""The article of one page or text, with what stands about it."""

from __future__ import annotations

from datetime import datetime

from khabar.collect.decode import decode
from khabar.collect.html import host, read_html
from khabar.collect.items import Hints, Piece, basis_of
from khabar.model import Document
from khabar.model.ontology import PublishedBasis


def page_piece(
    data: bytes, key: str, digest: str, name: str, url: str | None, hints: Hints, *, charset: str | None = None, fetched: datetime | None = None
) -> Piece:
    """The article of a page's bytes. `name` is the document's id, `url` where the page was found; what it does not state is taken from `hints`, its outlet at
    last from its host's name. InputRejected as of `read_html`."""
    page = read_html(data, url, charset)
    found: PublishedBasis | None = None if page.published is None else "text" if page.basis == "dateline" else "metadata"
    document = Document(page.text, name, page.published or hints.published, page.outlet or hints.outlet or host(page.url), page.url, found)
    return Piece(key, digest, document, "text/html", page.title, page.captions, page.links, fetched, basis_of(page.published, hints, page.basis))


def text_piece(
    data: bytes, key: str, digest: str, name: str, url: str | None, hints: Hints, *, charset: str | None = None, fetched: datetime | None = None
) -> Piece:
    """The article that a text's bytes are, kept to the letter. InputRejected as of `decode`."""
    document = Document(decode(data, charset), name, hints.published, hints.outlet or host(url), url)
    return Piece(key, digest, document, "text/plain", fetched=fetched, basis=basis_of(None, hints))
