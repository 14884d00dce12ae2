"""Every page in both languages: no serious finding of axe, light enough, whole at twice the size and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browser.served import Served
from khabar import open_store

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
MOST = 300_000  # bytes of a page with its styles, scripts and fonts; the map is let off
PLAIN = (
    "/",
    "/articles",
    "/events",
    "/map",
    "/timeline",
    "/compare",
    "/review",
    "/review/progress",
    "/review/agreement",
    "/review/adjudication",
    "/export",
    "/help",
)
SERIOUS = ("serious", "critical")


def addresses(room: Served) -> list[str]:
    """Every kind of page, with one event and one article among them."""
    with open_store(str(room.store)) as store:
        told = max(store.events(), key=lambda e: (e.denials, e.voices, e.event_id))
        article = next(iter(store.claims(told.event_id))).article_id
    return [*PLAIN, f"/events/{told.event_id}", f"/articles/{article}", "/events?type=ASSAULT&status=denied", "/nothing-here"]


def findings(page: Any) -> list[tuple[str, str, list[str]]]:
    """What axe finds: rule, impact, where."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(v["id"], v["impact"], [n["target"][0] for n in v["nodes"][:3]]) for v in found["violations"] if v["impact"] in SERIOUS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_serious(room: Served, browser: Any, language: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: make setup-web")
    context = browser.new_context(locale=language, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = {}
    for address in addresses(room):
        page.goto(room.base + address, wait_until="networkidle")
        if found := findings(page):
            wrong[address] = found
    context.close()
    assert not wrong


SENT = """performance.getEntries().filter(e => "encodedBodySize" in e && !e.name.startsWith("data:")).reduce((n, e) => n + e.encodedBodySize, 0)"""


def test_pages_are_light(room: Served, browser: Any) -> None:
    sizes = {}
    for address in addresses(room):
        context = browser.new_context(locale="ar")
        page = context.new_page()
        page.goto(room.base + address, wait_until="networkidle")
        sizes[address] = page.evaluate(SENT)
        context.close()
    assert min(sizes.values()) > 20_000
    assert not {a: n for a, n in sizes.items() if n > MOST and not a.startswith("/map")}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (640, 450)])  # a phone; 200 % zoom of 1280 x 900
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_runs_out_of_the_window(room: Served, browser: Any, language: str, width: int, height: int) -> None:
    context = browser.new_context(locale=language, viewport={"width": width, "height": height})
    page = context.new_page()
    wide = {}
    for address in addresses(room):
        page.goto(room.base + address, wait_until="networkidle")
        if (over := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")) > 1:
            wide[address] = over
    context.close()
    assert not wide


def test_nothing_is_asked_of_others(room: Served, browser: Any) -> None:
    context = browser.new_context(locale="en")
    page, asked = context.new_page(), set()
    page.on("request", lambda r: asked.add(r.url.split("/")[2] if "//" in r.url else r.url[:10]))
    for address in addresses(room):
        page.goto(room.base + address, wait_until="networkidle")
    context.close()
    assert asked - {"data:,"} == {room.base.split("//")[1]}
