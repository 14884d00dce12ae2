"""What reading yields: an article, or the record that says why there is none, with what a store keeps of where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from khabar.collect.columns import Columns
from khabar.model import Document, Outcome, Record
from khabar.model.ontology import OutcomeKind

Item = Document | Record
IsKnown = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Hints:
    """What holds for every article that does not state it itself."""

    published: date | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read: which columns or keys of tables and JSONL hold what."""

    columns: Columns = field(default_factory=Columns)


@dataclass(frozen=True, slots=True)
class Piece:
    """One input's article before coding. `key` is its stable name: its URL, else its own id, else `file:` with the absolute path and, in files of many
    articles, `#` and the number of the line, row or record. `digest` is the SHA-256 of its raw bytes in hexadecimal, empty where there were none to read.
    `captions` and `links` (text, address) stand on its page and not in the text. `fetched` is when a WARC says it was. `basis` is where a page's
    publication day was found: `meta`, `json-ld`, `time`, `url` or `dateline`; `stated` in rows and feeds; `hint` where it was given for all.
    `etag` and `last_modified` are a server's validators."""

    key: str
    digest: str
    item: Item
    media_type: str
    title: str | None = None
    caption: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    fetched: datetime | None = None
    basis: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An input passed over because the caller knows this key with this digest."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Raw:
    """An input found and not yet read; `make` reads it and may raise InputRejected. `where` is its name in reasons, `line` its number in its file, `page`
    the bytes of one that is a page, as they came."""

    key: str
    digest: str
    make: Callable[[], Piece]
    media_type: str
    id: str | None = None
    line: int | None = None
    page: bytes = b""


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def unreadable(reason: str, *, id: str | None = None, line: int | None = None, kind: OutcomeKind = "failed") -> Record:  # noqa: A002
    """The record of an input that holds no article."""
    return Record(id, None, None, None, Outcome(kind, reason), line=line)


def unread(key: str, record: Record, media_type: str, digest: str = "") -> Raw:
    """An input that is known to hold no article before it is read."""
    return Raw(key, digest, lambda: Piece(key, digest, record, media_type), media_type, record.id, record.line)


def basis_of(stated: Any, hints: Hints, basis: str | None = "stated") -> str | None:
    """The basis of a publication day that an input states or hints give."""
    return basis if stated else "hint" if hints.published else None
