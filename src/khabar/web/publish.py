"""The reading room as a static site: the same pages over what may be published, written to files with links between them.

Pages are asked of the room itself, starting at the home page and following its links. What needs a server (forms, filters that combine, the review
desk) has no file; a link to it becomes plain text.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import FastAPI

from khabar import EventFilter, InvalidValue, Store, mirror_store, open_store
from khabar.web.app import create_app
from khabar.web.i18n import LANGUAGES
from khabar.web.settings import Settings
from khabar.web.static import folder as bundle

VIEWS = re.compile(r"/|/(?:articles|events|map|timeline|help)(?:\.json|\.csv)?|/(?:articles|events)/.+|/index\.json", re.DOTALL)
FACETS = ("type", "status", "country", "reviewed")
_LINK = re.compile(r' (href|src|action|data-source|data-shapes)="(/[^"]*)"')
_OTHER_LANGUAGE = re.compile(r"[?&]lang=(\w+)$")
_PLAIN = re.compile(r"[A-Za-z0-9_~.-]{1,80}")
_CODE = re.compile(r"[A-Z]{1,20}|[a-z0-9]{1,20}")  # values of facets; no two differ by case alone
_START = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>khabar</title><meta http-equiv="refresh" content="0; url=en/index.html">
<p><a href="en/index.html">English</a> · <a href="ar/index.html" lang="ar" dir="rtl">العربية</a></p></html>
"""


@dataclass(frozen=True, slots=True)
class Published:
    """What a site holds."""

    folder: Path
    files: int
    articles: int
    events: int


def publish(store: Store, target: str | Path, wanted: EventFilter | None = None) -> Published:
    """Write the site of a store's events, or of those that fit, with people protected. The folder must be new or empty."""
    place = _new_folder(Path(target))
    with TemporaryDirectory(prefix="khabar-publish-") as name:
        path = f"{name}/published.db"
        with open_store(path, create=True) as mirror:
            mirror_store(store, mirror, wanted)
            totals = mirror.totals()
        app = create_app(Settings(path, read_only=True, published=True))
        try:
            site = Site(app, place)
            with ThreadPoolExecutor(1) as apart:  # where whoever calls has an event loop of their own, as in a notebook
                apart.submit(site.write).result()
        finally:
            app.state.room.store.close()
    return Published(place, site.files, totals.articles, totals.events)


def _new_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise InvalidValue(f"{path}: not empty; name a new folder")
    except OSError as error:
        raise InvalidValue(f"{path}: {error.strerror}; expected a folder that can be written") from None
    return path


@dataclass(slots=True)
class Site:
    """A walk over the pages of a room."""

    app: FastAPI
    folder: Path
    files: int = 0
    _known: set[str] = field(default_factory=set)
    _waiting: list[tuple[str, str]] = field(default_factory=list)

    def write(self) -> None:
        """All pages in all languages, their data, and the bundle."""
        for language in LANGUAGES:
            self._want(language, "/")
            self._want(language, "/help")
        while self._waiting:
            self._write_page(*self._waiting.pop())
        self._put("index.html", _START.encode())
        static = bundle()
        for file in sorted(static.iterdir()):
            if file.is_file() and not file.name.startswith(".") and file.suffix != ".gz":
                self._put(f"static/{file.name}", file.read_bytes())

    def _want(self, language: str, address: str) -> None:
        file = file_of(address, language)
        if file not in self._known:
            self._known.add(file)
            self._waiting.append((language, address))

    def _write_page(self, language: str, address: str) -> None:
        status, body = asyncio.run(ask(self.app, address, language))
        if status != 200:
            raise InvalidValue(f"{address}: the room answers {status}; the site is not whole")
        here = file_of(address, language)
        if here.endswith(".html"):
            text = _LINK.sub(lambda m: self._link(m[1], html.unescape(m[2]), here, language), body.decode())
            body = text.encode()
        self._put(here, body)

    def _link(self, attribute: str, address: str, here: str, language: str) -> str:
        """An attribute that leads to another page as it stands in a file; nothing where there is no such page."""
        if address.startswith("/static/"):
            return f' {attribute}="{_relative(address[1:], here)}"'
        plain, _, fragment = address.partition("#")
        other = _OTHER_LANGUAGE.search(plain)
        to = other[1] if other else language
        plain = _OTHER_LANGUAGE.sub("", plain)
        if attribute == "action" or to not in LANGUAGES or not has_file(plain):
            return ""
        self._want(to, plain)
        target = html.escape(_relative(file_of(plain, to), here))
        return f' {attribute}="{target}{"#" + html.escape(fragment) if fragment else ""}"'

    def _put(self, name: str, data: bytes) -> None:
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise InvalidValue(f"{path}: {error.strerror}; cannot be written") from None
        self.files += 1


def has_file(address: str) -> bool:
    """Whether an address is one of a static site: a page, its data, or a list narrowed by one facet, page by page."""
    parts = urlsplit(address)
    if not VIEWS.fullmatch(unquote(parts.path)):
        return False
    given = [k for k, _ in parse_qsl(parts.query)]
    narrowed = [k for k in given if k in FACETS]
    return len(narrowed) <= 1 and all(k in FACETS or k == "page" for k in given) and len(set(given)) == len(given)


def file_of(address: str, language: str) -> str:
    """The file of an address; pages stand in the folder of their language, data in `data`. Names are plain on every file system."""
    parts = urlsplit(address)
    path, ending = unquote(parts.path).strip("/") or "index", ".html"
    for data in (".json", ".csv"):
        if path.endswith(data):
            path, ending = path.removesuffix(data), data
    view, _, name = path.partition("/")
    given = "".join(f"-{k}-{v if _CODE.fullmatch(v) else _plain(v)}" for k, v in sorted(parse_qsl(parts.query)))
    return f"{language if ending == '.html' else 'data'}/{view}{'/' + _plain(name) if name else ''}{given}{ending}"


def _plain(name: str) -> str:
    """A name that every file system and web server takes; one that had to be changed ends in a part of its digest."""
    if _PLAIN.fullmatch(name) and name == name.lower() and not name.startswith("."):
        return name
    cut = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:40] or "x"
    return f"{cut}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _relative(target: str, here: str) -> str:
    return PurePosixPath(os.path.relpath(target, PurePosixPath(here).parent)).as_posix()


async def ask(app: FastAPI, address: str, language: str) -> tuple[int, bytes]:
    """What the room answers to a browser that asks for an address: status and body."""
    parts = urlsplit(address)
    headers = [(b"host", b"localhost"), (b"accept", b"text/html"), (b"accept-language", language.encode())]
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(parts.path),
        "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "", "headers": headers, "client": ("127.0.0.1", 1),
        "server": ("localhost", 80), "state": {},
    }  # fmt: skip
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    await app(scope, receive, send)
    return told[0]["status"], b"".join(m.get("body", b"") for m in told[1:])


__all__ = ["Published", "publish"]
