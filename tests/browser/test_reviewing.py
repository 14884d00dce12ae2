"""Reviewing in a browser: by keyboard alone, undone, exported and read in again, kept over a lost network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from browser.served import Served
from khabar import export_store, import_store, open_store

KEYS = {"accept": "a", "reject": "r", "unsure": "u"}
MANY = 20


def asked(room: Served, path: str) -> Any:
    with urlopen(room.base + path) as answer:
        return json.load(answer)


def queue(room: Served, n: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(room, f"/review/queue.json?limit={n}")["items"]
    return found


def kinds(room: Served, subject: str) -> list[str]:
    return [d["kind"] for d in asked(room, f"/review/history.json?subject={quote(subject)}")["decisions"]]


def desk(room: Served, page: Any) -> None:
    page.goto(f"{room.base}/review")
    page.locator(".pane").wait_for()


def saved(page: Any) -> None:
    page.locator(".saving-saved").wait_for(timeout=15_000)


def decisions(room: Served) -> list[tuple[str, str]]:
    """Kinds and subjects of all decisions, oldest first; of an undo, the decision it takes back."""
    with open_store(str(room.store)) as store:
        return [(d.kind, d.subject[0]) for d in store.decisions()]


def test_twenty_mentions_by_keyboard_alone(room: Served, page: Any, tmp_path: Path) -> None:
    desk(room, page)
    wanted = [("accept", "reject", "unsure", "accept")[i % 4] for i in range(MANY)]
    for kind in wanted:
        page.keyboard.press(KEYS[kind])
    saved(page)
    made = decisions(room)
    assert [kind for kind, _ in made] == wanted
    assert len({subject for _, subject in made}) == MANY
    page.keyboard.press("z")
    page.keyboard.press("z")
    page.wait_for_timeout(300)
    saved(page)
    assert [kind for kind, _ in decisions(room)] == [*wanted, "undo", "undo"]
    assert [kinds(room, subject) for _, subject in made[-2:]] == [[wanted[-2], "undo"], [wanted[-1], "undo"]]
    _there_and_back(room, tmp_path, MANY - 2)


def _there_and_back(room: Served, folder: Path, undone_after: int) -> None:
    """The store with its decisions is the same after an export and an import."""
    path = folder / "whole.jsonl"
    with open_store(str(room.store)) as store:
        export_store(store, "jsonl", path, full=True)
        first = [(d.decision_id, d.kind, d.subject) for d in store.decisions()]
    with open_store(str(folder / "again.db"), create=True) as again:
        import_store(again, path)
        assert [(d.decision_id, d.kind, d.subject) for d in again.decisions()] == first
    assert len(first) == undone_after + 4


def test_a_correction_by_keyboard(room: Served, page: Any) -> None:
    item = queue(room, 1)[0]
    desk(room, page)
    page.keyboard.press("f")
    page.locator("form.fix").wait_for()
    page.select_option("select[data-field=status]", "planned")
    page.focus("[data-slot='trigger.0']")
    page.keyboard.press("Shift+ArrowLeft")
    grown = page.locator("[data-slot='trigger.0'] bdi").text_content()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => !document.querySelector('form.fix')")
    saved(page)
    last = asked(room, f"/review/history.json?subject={quote(item['mention_id'])}")["decisions"][-1]
    assert (last["kind"], last["value"]["status"], last["value"]["trigger"]["text"]) == ("fix", "planned", grown)
    assert grown.startswith(item["mention"]["trigger"]["text"])
    assert len(grown) > len(item["mention"]["trigger"]["text"])


def test_decisions_outlast_a_lost_network(room: Served, page: Any) -> None:
    first, second = queue(room, 2)
    desk(room, page)
    page.context.route("**/review/decisions", lambda route: route.abort())
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.reload()
    page.locator(".pane").wait_for()
    assert kinds(room, first["mention_id"]) == []
    page.context.unroute("**/review/decisions")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert kinds(room, first["mention_id"]) == ["accept"]
    assert kinds(room, second["mention_id"]) == ["reject"]


def test_what_somebody_else_decided_is_shown(room: Served, page: Any) -> None:
    item = queue(room, 1)[0]
    desk(room, page)
    from khabar import review

    with open_store(str(room.store)) as store:
        review.decide(store, "somebody", "reject", item["mention_id"])
    page.keyboard.press("a")
    page.locator(".trouble").wait_for()
    assert "somebody" in page.locator(".trouble").text_content()
    assert kinds(room, item["mention_id"]) == ["reject"]
