"""The review desk over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabar import SOURCE_KINDS, STATUSES, TYPES, review
from khabar.model.ontology import COUNT_ROLES, MODES
from web.rooms import PASSWORD, Visitor


def items(at: Visitor, n: int = 10, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.client.get("/review/queue.json", params={"limit": str(n), **query}).json()["items"]
    return found


def decide(at: Visitor, kind: str, item: dict[str, Any], **more: Any) -> Any:
    return at.post("/review/decisions", {"kind": kind, "subject": item["mention_id"], "expected": item["expected"], **more})


def test_the_queue_begins_with_what_is_most_in_doubt(visitor: Visitor) -> None:
    found = items(visitor, 20)
    assert len(found) == 20
    assert [i["doubt"] for i in found] == sorted((i["doubt"] for i in found), reverse=True)
    assert all(i["reasons"] for i in found)
    behind = items(visitor, 5, after=found[9]["cursor"])
    assert [i["mention_id"] for i in behind] == [i["mention_id"] for i in found[10:15]]


def test_what_is_decided_leaves_the_queue_and_counts(visitor: Visitor) -> None:
    first, second, third = items(visitor, 3)
    made = decide(visitor, "accept", first).json()
    assert (made["who"], made["kind"], made["subject"]) == ("ann", "accept", [first["mention_id"]])
    assert decide(visitor, "reject", second).status_code == 200
    assert decide(visitor, "unsure", third).status_code == 200
    assert not {first["mention_id"], second["mention_id"], third["mention_id"]} & {i["mention_id"] for i in items(visitor, 100)}
    shown = visitor.client.get(f"/articles/{first['article_id']}.json").json()["mentions"]
    assert {m["id"]: m["decided"] for m in shown}[first["mention_id"]] == "accept"
    assert visitor.client.get("/review/progress.json").json()["mentions"]["reviewed"] == 1


def test_a_decision_that_does_not_know_the_last_one_is_refused_with_it(visitor: Visitor) -> None:
    item = items(visitor, 1)[0]
    made = decide(visitor, "accept", item).json()
    late = decide(visitor, "reject", item)
    assert late.status_code == 409
    assert late.json()["error"]["code"] == "conflict"
    assert late.json()["last"]["decision_id"] == made["decision_id"]
    assert decide(visitor, "reject", {**item, "expected": made["decision_id"]}).status_code == 200
    assert [d["kind"] for d in visitor.client.get("/review/history.json", params={"subject": item["mention_id"]}).json()["decisions"]] == ["accept", "reject"]


def test_undoing_takes_back_one_after_the_other(visitor: Visitor) -> None:
    one, two = items(visitor, 2)
    decide(visitor, "accept", one)
    decide(visitor, "reject", two)
    assert visitor.post("/review/undo").json()["undone"]["subject"] == [two["mention_id"]]
    assert visitor.post("/review/undo").json()["undone"]["subject"] == [one["mention_id"]]
    assert visitor.post("/review/undo").json() == {"undone": None}
    assert {one["mention_id"], two["mention_id"]} <= {i["mention_id"] for i in items(visitor, 10)}


def test_a_correction_must_stand_in_the_text(visitor: Visitor) -> None:
    item = items(visitor, 1)[0]
    mention = item["mention"]
    wrong = {**mention, "trigger": {**mention["trigger"], "end": mention["trigger"]["end"] + 1}}
    assert decide(visitor, "fix", item, value=wrong).status_code == 422
    assert decide(visitor, "fix", item, value={"type": "NONE"}).status_code == 422
    assert decide(visitor, "fix", item, value="x").status_code == 422
    right = {**mention, "status": "planned"}
    assert decide(visitor, "fix", item, value=right).status_code == 200
    shown = visitor.client.get(f"/articles/{item['article_id']}.json").json()["mentions"]
    assert {m["id"]: (m["status"], m["standing"]) for m in shown}[item["mention_id"]] == ("planned", "reviewed")


def test_what_was_missed_can_be_added_and_noted(visitor: Visitor) -> None:
    article = visitor.client.get("/articles/example:agency.txt.json").json()["article"]
    at = article["text"].index("المستشفى")
    span = {"start": at, "end": at + 8, "text": "المستشفى"}
    value = {
        "trigger": span,
        "type": "AID",
        "modes": [],
        "status": "actual",
        "actors": [],
        "recipients": [],
        "places": [],
        "time": None,
        "counts": [],
        "sources": [],
    }
    made = visitor.post("/review/decisions", {"kind": "add", "subject": article["id"], "value": value})
    assert made.status_code == 200, made.text
    shown = visitor.client.get("/articles/example:agency.txt.json").json()["mentions"]
    assert made.json()["subject"][0] in {m["id"] for m in shown}
    assert (
        visitor.post("/review/decisions", {"kind": "note", "subject": made.json()["subject"][0], "value": "look again <script>", "expected": "*"}).status_code
        == 200
    )
    assert visitor.post("/review/decisions", {"kind": "note", "subject": made.json()["subject"][0], "value": "", "expected": "*"}).status_code == 422


def test_a_reader_of_pages_reviews_without_scripts(visitor: Visitor) -> None:
    page = visitor.look("/review")
    item = items(visitor, 1)[0]
    assert item["mention_id"] in page
    assert visitor.send("/review/decide", {"kind": "accept", "subject": item["mention_id"], "expected": ""}).status_code == 303
    assert visitor.send("/review/decide", {"kind": "reject", "subject": item["mention_id"], "expected": "d0"}).status_code == 409
    assert visitor.send("/review/undo-last", {}).status_code == 303


def test_twenty_mentions_go_out_as_lines_to_train_on(visitor: Visitor) -> None:
    while found := items(visitor, 100):
        for item in found:
            assert decide(visitor, "accept", item).status_code == 200
    lines = [json.loads(x) for x in visitor.get("/review/training.jsonl").text.splitlines()]
    assert len(lines) == 7
    assert sum(len(x["mentions"]) for x in lines) > 40
    assert "text" not in lines[0]


def log_in(at: Visitor, name: str) -> None:
    at.client.cookies.clear()
    at.token = ""
    at.look("/login")
    assert at.send("/login", {"name": name, "password": PASSWORD}).status_code == 303
    at.look("/help")


def test_blind_coders_see_only_their_own(team: Visitor) -> None:
    log_in(team, "adjudicator")
    answer = team.send("/review/assign", {"name": "week 1", "coders": "coder, admin", "articles": "example:agency.txt", "blind": "true"})
    assert answer.status_code == 303, answer.text[-500:]
    log_in(team, "coder")
    item = items(team, 1, batch="week 1")[0]
    assert decide(team, "reject", item).status_code == 200
    log_in(team, "admin")
    assert item["mention_id"] in {i["mention_id"] for i in items(team, 100, batch="week 1")}
    assert {m["id"]: m["standing"] for m in team.client.get("/articles/example:agency.txt.json").json()["mentions"]}[item["mention_id"]] == "machine"
    assert decide(team, "accept", next(i for i in items(team, 100, batch="week 1") if i["mention_id"] == item["mention_id"])).status_code == 200
    log_in(team, "adjudicator")
    found = team.client.get("/review/adjudication.json", params={"batch": "week 1"}).json()["disputes"]
    dispute = next(d for d in found if d["mention_id"] == item["mention_id"])
    assert {c["kind"] for c in dispute["codings"]} == {"accept", "reject"}
    assert team.get("/review/adjudication?batch=week 1").status_code == 200
    assert team.get("/review/agreement?batch=week 1").status_code == 200
    choice = dispute["codings"][0]["decision_id"]
    assert team.post("/review/adjudicate", {"batch": "week 1", "subject": item["mention_id"], "choice": choice}).status_code == 200
    assert team.post("/review/adjudicate", {"batch": "week 1", "subject": item["mention_id"], "choice": choice}).status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"kind": "burn", "subject": "m1"}, {"kind": "accept"}, {"kind": "same", "subject": "m1"}, {"kind": "accept", "subject": ["a", "b", "c"]}]
)
def test_what_is_no_decision_is_refused(visitor: Visitor, body: dict[str, Any]) -> None:
    assert visitor.post("/review/decisions", body).status_code in (400, 422)
    assert visitor.store.decisions() == ()


def test_a_mention_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    assert visitor.post("/review/decisions", {"kind": "accept", "subject": "m0"}).status_code in (404, 422)
    assert visitor.get("/review/queue.json?batch=none").status_code in (404, 422)
    assert visitor.get("/review/agreement?batch=none").status_code in (404, 422)
    assert review.progress(visitor.store).mentions["reviewed"] == 0


def test_the_queue_says_whose_it_is(visitor: Visitor) -> None:
    assert visitor.client.get("/review/queue.json").json()["coder"] == "ann"


def test_the_desk_knows_the_codes_of_the_codebook() -> None:
    known = json.loads((Path(__file__).parents[2] / "web" / "src" / "review" / "ontology.json").read_text("utf-8"))
    lists = {"types": TYPES, "statuses": STATUSES, "kinds": SOURCE_KINDS, "roles": COUNT_ROLES}
    assert known == {**{k: list(v) for k, v in lists.items()}, "modes": {t: list(m) for t, m in MODES.items() if m}}
