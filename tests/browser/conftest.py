"""A room in a process of its own and a browser to look at it; skipped with a clear word where either is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from browser.served import Served
from khabar import collect_into, open_store
from khabar.web.intake import example_pieces
from khabar.web.render import has_bundle

ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = _missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str | None:
    if chromium() is None:
        return "no chromium on this machine (Debian: apt install chromium; elsewhere name one with CHROMIUM)"
    if find_spec("playwright") is None:
        return "no playwright: pip install playwright"
    return None if has_bundle() else "the room's pages are not built: make setup-web"


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """A room over an empty store."""
    room = Served(tmp_path / "empty.db")
    yield room
    room.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Served]:
    """A room over the bundled articles."""
    path = tmp_path / "room.db"
    with open_store(str(path), create=True) as store:
        list(collect_into(store, example_pieces("all"), engine="rules"))
    served = Served(path)
    yield served
    served.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when a script fails or the policy refuses anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda e: wrong.append(str(e)))
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None)
    yield made
    context.close()
    assert not wrong
