"""Rooms to test: stores with the bundled articles, clients that act as browsers do."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from khabar import Coder, Document, Hints, Piece, collect_into, open_store
from khabar.web.app import create_app
from khabar.web.intake import example_pieces, text_piece
from khabar.web.settings import Settings

BASE = "http://127.0.0.1:8000"
BROWSER = {"accept": "text/html", "accept-language": "en", "sec-fetch-site": "same-origin"}
PASSWORD = "correct horse battery"


@cache
def coder() -> Coder:
    return Coder("rules")


@cache
def example_store() -> Path:
    """A store that holds the bundled articles, to be copied."""
    path = Path(mkdtemp(prefix="khabar-room-")) / "examples.db"
    with open_store(str(path), create=True) as store:
        list(collect_into(store, example_pieces("all"), engine="rules", coder=coder()))
    return path


def fresh_store(folder: Path) -> str:
    """A copy of the store of examples."""
    target = folder / "room.db"
    shutil.copy(example_store(), target)
    return str(target)


def settings(store: str, **changes: Any) -> Settings:
    return Settings(**{"store": store, "engine": "rules", "user": "ann", **changes})


@dataclass
class Visitor:
    """A browser at a room: it keeps cookies, says whose page it is on, and sends the token of the page it has seen."""

    settings: Settings
    client: TestClient = field(init=False)
    token: str = ""

    def __post_init__(self) -> None:
        self.client = TestClient(create_app(self.settings), base_url=BASE, follow_redirects=False)
        self.client.app.state.room._coders["rules"] = coder()  # type: ignore[attr-defined]

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers={**BROWSER, **headers})

    def look(self, path: str = "/help") -> str:
        """See a page, and keep its token."""
        answer = self.get(path)
        found = re.search(r'"csrf":"([0-9a-f]{64})"', answer.text)
        assert found, answer.text[:500]
        self.token = found[1]
        return answer.text

    def send(self, path: str, fields: dict[str, Any], **files: Any) -> Response:
        """Send a form of the page last seen."""
        if not self.token:
            self.look()
        return self.client.post(path, data={"csrf": self.token, **fields}, files=files or None, headers={**BROWSER, "origin": BASE})

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        """Send what a script of the page last seen sends."""
        if not self.token:
            self.look()
        own = {"accept": "application/json", "origin": BASE, "sec-fetch-site": "same-origin", "x-csrf-token": self.token}
        return self.client.post(path, json=body, headers={**own, **headers})

    @property
    def store(self) -> Any:
        return self.client.app.state.room.store  # type: ignore[attr-defined]


def piece(text: str, key: str, **about: Any) -> Piece:
    """An article to put in, with whatever is to be known of it."""
    made = text_piece(text, Hints())
    return Piece(key, made.digest, Document(text, key, about.get("published"), about.get("outlet"), about.get("url")), "text/plain", about.get("title"))
