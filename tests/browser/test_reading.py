"""Reading in a browser: from a pasted article to an event, its evidence and who says it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.request import urlopen

import pytest

from browser.served import Served
from khabar.web.intake import examples


def found_in(room: Served, article: str) -> dict[str, Any]:
    with urlopen(f"{room.base}/articles/{article}.json") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


PAINTED = """() => {
  const words = r => {
    const live = document.createRange();
    live.setStart(r.startContainer, r.startOffset);
    live.setEnd(r.endContainer, r.endOffset);
    return live.toString();
  };
  return Object.fromEntries([...CSS.highlights].map(([name, lit]) => [name, [...lit].map(words)]));
}"""


def painted(page: Any) -> dict[str, list[str]]:
    """The words under every highlight, by its name."""
    made: dict[str, list[str]] = page.evaluate(PAINTED)
    return made


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_an_article_is_pasted_and_an_event_followed_to_its_evidence(empty: Served, page: Any, example: Any) -> None:
    page.goto(empty.base)
    page.fill("#text", files("khabar.examples").joinpath(example.name).read_text("utf-8"))
    page.fill("#published", example.published)
    page.fill("#outlet", example.outlet)
    page.click(".intake button.primary")
    page.wait_for_url("**/articles/**")
    article = page.url.split("/articles/")[1].partition("#")[0]
    mentions = found_in(empty, article)["mentions"]
    cards = page.locator("#mentions li.mention")
    assert cards.count() == len(mentions) > 0
    every = painted(page)
    for part in ("trigger", "sources"):
        spans = [s["text"] for m in mentions for s in ([m["trigger"]] if part == "trigger" else m["sources"])]
        assert set(spans) <= {w.replace("\u200b\n", "\r\n") for name, words in every.items() if part in name for w in words}
    cards.nth(0).click()
    assert page.url.endswith(f"#{mentions[0]['id']}")
    lit = [w for name, words in painted(page).items() if "trigger" in name for w in words]
    assert mentions[0]["trigger"]["text"] in lit
    cards.nth(0).locator("h3 a").first.click()
    page.wait_for_url("**/events/**")
    assert page.locator(".claim").count() >= 1
    page.locator(".claim blockquote a").first.click()
    page.wait_for_url("**/articles/**#m*")
    page.wait_for_function('document.querySelectorAll(\'[aria-current="true"], .chosen, [aria-selected="true"]\').length > 0')
