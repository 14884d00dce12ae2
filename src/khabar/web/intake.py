"""Articles that people hand in: pasted, as a file, by address, or bundled with khabar."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from pathlib import Path

from khabar import Document, Hints, Known, Piece, parse_day, read_pieces
from khabar.collect.web import is_address, read_web
from khabar.web.errors import BadRequest, NotCoded

MOST = 50  # articles of one file or feed; more go in by `khabar collect`
LONGEST_URL = 2_000
FETCH_SECONDS = 20.0
_NAME = re.compile(r"[^\w.-]+")
_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Example:
    """An article bundled with khabar, its events invented."""

    name: str
    outlet: str
    outlet_english: str
    published: str
    description: str

    @property
    def text(self) -> str:
        return files("khabar").joinpath("examples", self.name).read_text("utf-8")


def examples() -> tuple[Example, ...]:
    """The bundled articles in the order of their index."""
    entries = json.loads(files("khabar").joinpath("examples", "index.json").read_text("utf-8"))["examples"]
    return tuple(Example(e.pop("file"), **e) for e in entries)


def example_pieces(name: str) -> list[Piece]:
    """The bundled article of a name, or all of them."""
    found = [e for e in examples() if name in (e.name, "all")]
    if not found:
        raise BadRequest(name[:80])
    return [_text(e.text, f"example:{e.name}", Hints(parse_day(e.published), e.outlet)) for e in found]


def text_piece(text: str, hints: Hints) -> Piece:
    """A pasted article. Line ends are line feeds, whatever the browser sent."""
    plain = _BREAK.sub("\n", text).strip("\n")
    if not plain.strip():
        raise BadRequest()
    return _text(plain, "", hints)


def _text(text: str, key: str, hints: Hints) -> Piece:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(text, key, hints.published, hints.outlet)
    return Piece(key or f"paste:{digest[:16]}", digest, document, "text/plain")


def file_pieces(name: str, data: bytes, hints: Hints) -> list[Piece]:
    """The articles of an uploaded file, by the formats that `khabar code` reads, at most MOST."""
    digest = sha256(data).hexdigest()
    safe = _NAME.sub("_", Path(name.replace("\\", "/")).name)[-80:].lstrip(".") or "upload"
    with tempfile.TemporaryDirectory(prefix="khabar-") as folder:
        path = Path(folder) / safe
        path.write_bytes(data)
        found = list(islice(_read(str(path), hints), MOST + 1))
        return [_renamed(p, folder, f"upload:{digest[:12]}") for p in _not_too_many(found)]


def _read(path: str, hints: Hints) -> Iterator[Piece]:
    return (p for p in read_pieces([path], hints) if isinstance(p, Piece))


def _renamed(piece: Piece, folder: str, name: str) -> Piece:
    """A piece whose key and id do not tell where the file lay for a moment."""
    short = piece.key.replace(f"file:{folder}/", f"{name}/").replace(folder, name)
    own = piece.item.id or ""
    return replace(piece, key=short, item=replace(piece.item, id=short)) if folder in own or not own else replace(piece, key=short)


def url_pieces(url: str, hints: Hints) -> list[Piece]:
    """The article at an address, or those that a feed names, fetched politely from public addresses only."""
    from khabar.collect.fetch import Fetcher

    address = url.strip()
    if not is_address(address) or len(address) > LONGEST_URL:
        raise BadRequest(address[:80])
    with Fetcher(delay=1.0, timeout=FETCH_SECONDS, retries=0) as fetcher:
        found = list(islice((p for p in read_web([address], fetcher, hints) if not isinstance(p, Known)), MOST + 1))
    pieces = _not_too_many(found)
    if len(pieces) == 1 and not isinstance(pieces[0].item, Document):
        raise NotCoded(pieces[0].item.outcome.reason or "")
    return pieces


def _not_too_many(found: list[Piece]) -> list[Piece]:
    if not found:
        raise NotCoded()
    if len(found) > MOST:
        raise NotCoded(f"> {MOST}; khabar collect")
    return found


def hints_of(published: str | None, outlet: str | None) -> Hints:
    """What a person says of an article."""
    day: date | None = parse_day(published) if published and published.strip() else None
    return Hints(day, (outlet or "").strip()[:200] or None)
