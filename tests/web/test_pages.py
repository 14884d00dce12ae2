"""Every page, its JSON and its CSV."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest

from khabar import collect_into
from khabar.web.shown import visible
from web.rooms import BASE, Visitor, piece, settings

VIEWS = (
    "/compare",
    "/articles",
    "/articles/example:agency.txt",
    "/events",
    "/map",
    "/timeline",
    "/review/progress",
    "/review/agreement",
    "/review/adjudication",
)
PAGES = ("/", *VIEWS, "/help", "/review", "/export")


def page_data(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_in_both_languages(visitor: Visitor, path: str, language: str) -> None:
    answer = visitor.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text
    assert page_data(answer.text)["lang"] == language
    assert len(answer.content) < 300_000
    assert "<script>" not in answer.text
    assert not re.search(r"""<[^>]+\s(?:on\w+|style)\s*=""", answer.text)


def test_the_language_is_kept(visitor: Visitor) -> None:
    visitor.get("/?lang=ar")
    assert '<html lang="ar"' in visitor.get("/articles").text


@pytest.mark.parametrize("path", ["/index", *VIEWS])
def test_every_view_is_json_too(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(f"{path}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    described = visitor.client.get("/openapi.json").json()["paths"]
    assert f"{path}.json" in described or any(re.fullmatch(p.replace("{id}", ".+").replace("{id:any}", ".+"), f"{path}.json") for p in described)


def test_openapi_types_every_answer(visitor: Visitor) -> None:
    for path, methods in visitor.client.get("/openapi.json").json()["paths"].items():
        for about in methods.values():
            if path.endswith(".json"):
                assert "$ref" in json.dumps(about["responses"]["200"]), path
            assert "ErrorBody" in json.dumps(about["responses"]), path


@pytest.mark.parametrize("path", ["/articles", "/articles/example:agency.txt", "/events", "/map", "/timeline"])
def test_tables_are_csv_too(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"{path}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) > 3
    assert len({len(r) for r in rows}) == 1


def test_events_in_csv_are_all_that_fit(visitor: Visitor) -> None:
    total = visitor.client.get("/events.json?size=1").json()["paging"]["total"]
    rows = list(csv.reader(io.StringIO(visitor.get("/events.csv").text)))
    assert len(rows) - 1 == total == visitor.store.count_events()


def test_an_article_shows_every_character_of_its_text(visitor: Visitor) -> None:
    text = "قصفت الطائرات\u202e مدينة إدلب\r\nأمس 😀\u2066 <b>وقتل</b> ثلاثة أشخاص.\x00 &amp;"
    list(collect_into(visitor.store, [piece(text, "k", published=None)], engine="rules", coder=visitor.client.app.state.room._coders["rules"]))  # type: ignore[attr-defined]
    answer = visitor.get("/articles/k").text
    shown = re.search(r'<article[^>]*id="article-text"[^>]*>(.*?)</article>', answer, re.DOTALL)
    assert shown
    assert html.unescape(re.sub(r"<[^>]+>", "", shown[1])) == visible(text)
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in answer


def test_evidence_in_page_data_stands_in_the_text(visitor: Visitor) -> None:
    data = visitor.client.get("/articles/example:agency.txt.json").json()
    text = data["article"]["text"]
    assert len(data["mentions"]) > 5
    for m in data["mentions"]:
        for span in (m["trigger"], *m["actors"], *m["recipients"], *m["places"], *m["counts"], *m["sources"]):
            assert text[span["start"] : span["end"]] == span["text"]
    assert page_data(visitor.get("/articles/example:agency.txt").text)["mentions"] == data["mentions"]


def test_facets_count_what_choosing_would_leave(visitor: Visitor) -> None:
    found = visitor.client.get("/events.json?type=ASSAULT").json()
    assert found["paging"]["total"] == {f["value"]: f["events"] for f in found["facets"]["type"]}["ASSAULT"]
    for facet in found["facets"]["status"]:
        narrowed = visitor.client.get(f"/events.json?type=ASSAULT&status={facet['value']}").json()
        assert narrowed["paging"]["total"] == facet["events"]
    for facet in found["facets"]["country"]:
        assert visitor.client.get(f"/events.json?type=ASSAULT&country={facet['value']}").json()["paging"]["total"] == facet["events"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "deadliest", "most-told", "surest", "least-sure", "denied"])
def test_events_come_in_the_order_asked_for(visitor: Visitor, sort: str) -> None:
    field, falling = {
        "newest": ("date_from", True),
        "oldest": ("date_from", False),
        "deadliest": ("killed_high", True),
        "most-told": ("voices", True),
        "surest": ("confidence", True),
        "least-sure": ("confidence", False),
        "denied": ("denials", True),
    }[sort]
    values = [e[field] for e in visitor.client.get(f"/events.json?sort={sort}&size=500").json()["events"]]
    known = [v for v in values if v is not None]
    assert known == sorted(known, reverse=falling)
    assert values[len(known) :] == [None] * (len(values) - len(known))


def test_pages_of_a_list_are_disjoint_and_whole(visitor: Visitor) -> None:
    seen = [e["event_id"] for page in range(1, 60) for e in visitor.client.get(f"/events.json?size=7&page={page}").json()["events"]]
    assert len(seen) == len(set(seen)) == visitor.store.count_events()


def test_search_knows_spellings(visitor: Visitor) -> None:
    found = visitor.client.get("/articles.json", params={"q": "الإضراب"}).json()["articles"]
    assert found == visitor.client.get("/articles.json", params={"q": "إضرابٌ"}).json()["articles"] or found
    assert found
    assert visitor.client.get("/articles.json", params={"q": "زززززز"}).json()["articles"] == []


def test_the_ledger_tells_why(visitor: Visitor) -> None:
    event = max(visitor.client.get("/events.json?size=500").json()["events"], key=lambda e: e["articles"])
    found = visitor.client.get(f"/events/{event['event_id']}.json").json()
    assert found["lines"]
    assert sum(t["events"] for t in found["types"]) == len(found["lines"])
    assert visitor.get(f"/events/{event['event_id']}").status_code == 200
    for rule in ("lowest", "median", "latest", "by-source"):
        assert visitor.get(f"/events/{event['event_id']}?counts={rule}").status_code == 200
    assert visitor.get(f"/events/{event['event_id']}?counts=mean").status_code == 400


def test_the_map_says_how_precise_it_is(visitor: Visitor) -> None:
    found = visitor.client.get("/map.json").json()
    assert found["type"] == "FeatureCollection"
    assert {f["properties"]["shape"] for f in found["features"]} == {"point", "area"}
    for f in found["features"]:
        assert (f["properties"]["shape"] == "point") == (f["properties"]["precision"] in ("point", "town"))
    assert sum(p["events"] for p in found["places"]) == len(found["features"]) + found["unplaced"] == found["total"]


def test_the_timeline_counts_every_dated_event_once(visitor: Visitor) -> None:
    whole = visitor.client.get("/timeline.json?all=true&unit=month").json()
    dated = sum(e["date_from"] is not None for e in visitor.client.get("/events.json?size=1000").json()["events"])
    assert sum(p["events"] for p in whole["periods"]) == dated
    assert whole["hidden"] == 0
    part = visitor.client.get("/timeline.json?unit=month").json()
    assert sum(p["events"] for p in part["periods"]) + part["hidden"] == dated
    assert all(p["period"].endswith("-01") for p in part["periods"])


def test_an_empty_store_offers_the_examples(tmp_path: object) -> None:
    at = Visitor(settings(f"{tmp_path}/new.db"))
    assert 'value="all"' in at.look("/")
    answer = at.send("/code", {"example": "agency.txt"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/example:agency.txt")
    for path in PAGES:
        assert at.get(path).status_code == 200


def test_what_is_pasted_is_coded_and_kept(visitor: Visitor) -> None:
    visitor.look("/")
    answer = visitor.send("/code", {"text": "قصفت الطائرات مدينة إدلب أمس.\r\nوقتل ثلاثة أشخاص.", "published": "2020-01-10", "outlet": "المدار"})
    assert answer.status_code == 303
    shown = visitor.client.get(answer.headers["location"] + ".json").json()
    assert shown["article"]["text"] == "قصفت الطائرات مدينة إدلب أمس.\nوقتل ثلاثة أشخاص."
    assert (shown["article"]["published"], shown["article"]["outlet"]) == ("2020-01-10", "المدار")
    again = {"text": "قصفت الطائرات مدينة إدلب أمس.\nوقتل ثلاثة أشخاص.\n", "published": "2020-01-10", "outlet": "المدار"}
    assert visitor.send("/code", again).headers["location"] == answer.headers["location"]
    assert visitor.send("/code", {**again, "published": "2020-01-11"}).headers["location"].endswith("~2")


def test_a_file_is_coded_and_kept(visitor: Visitor) -> None:
    visitor.look("/")
    lines = "\n".join(json.dumps({"id": f"a{i}", "text": "اعتقلت الشرطة عشرة متظاهرين في بغداد أمس."}) for i in range(3))
    assert visitor.send("/code", {}, file=("خبر.jsonl", lines.encode())).headers["location"] == "/articles"
    assert visitor.get("/articles/a2").status_code == 200
    answer = visitor.send("/code", {}, file=("../../etc/passwd.txt", "اعتقلت الشرطة عشرة متظاهرين في بغداد.".encode()))
    assert answer.status_code == 303
    found = visitor.client.get(answer.headers["location"] + ".json").json()["article"]
    assert "/tmp" not in json.dumps(found)
    assert visitor.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 400),
        ({"example": "../x"}, 400),
        ({"url": "ftp://x"}, 400),
        ({"url": "file:///etc/passwd"}, 400),
        ({"text": "x", "published": "soon"}, 400),
        ({"text": "x", "engine": "__import__"}, 400),
        ({"url": "http://127.0.0.1:8000/"}, 422),
        ({"url": "http://[::1]/"}, 422),
        ({"url": "http://169.254.169.254/"}, 422),
    ],
)
def test_what_cannot_be_coded_is_refused(visitor: Visitor, fields: dict[str, str], status: int) -> None:
    visitor.look("/")
    assert visitor.send("/code", fields).status_code == status


def test_programs_code_articles(visitor: Visitor) -> None:
    before = visitor.store.count_articles()
    body = {"text": "اعتقلت الشرطة عشرة متظاهرين في بغداد أمس.", "published": "2020-01-10", "keep": False}
    answer = visitor.client.post("/code.json", json=body).json()
    assert answer["article_id"] is None
    assert answer["record"]["mentions"]
    assert visitor.store.count_articles() == before
    kept = visitor.client.post("/code.json", json={**body, "keep": True}).json()
    assert visitor.client.get(f"/articles/{kept['article_id']}.json").json()["article"]["text"] == body["text"]


def test_ids_of_any_form_have_an_address(visitor: Visitor) -> None:
    from khabar.web.render import path_part

    ids = ["https://news.example/a?b=c&d#e", "a.json", "b.csv", "x/", "مقالة 1", "100%", "a//b", "a..b", "a+b", "q;r"]
    coder = visitor.client.app.state.room._coders["rules"]  # type: ignore[attr-defined]
    list(collect_into(visitor.store, [piece(f"اعتقلت الشرطة {i} متظاهرين في بغداد أمس.", x) for i, x in enumerate(ids)], engine="rules", coder=coder))
    listed = visitor.get("/articles").text
    for i, name in enumerate(ids):
        link = f"/articles/{path_part(name)}"
        assert f'href="{html.escape(link)}"' in listed
        answer = visitor.get(link)
        assert answer.status_code == 200, name
        assert f"الشرطة {i} متظاهرين" in answer.text or f"{i}" in answer.text
        assert BASE not in answer.text


def test_two_sides_are_compared(visitor: Visitor) -> None:
    outlets = [name for name, _ in visitor.store.outlets()][:2]
    sides = {"a": f"outlet:{outlets[0]}", "b": f"outlet:{outlets[1]}"}
    found = visitor.client.get("/compare.json", params=sides).json()["comparison"]
    assert (found["a"]["name"], found["b"]["name"]) == tuple(outlets)
    assert found["only_a"]
    assert visitor.client.get("/compare", params=sides, headers={"accept": "text/html"}).status_code == 200
    rows = list(csv.reader(io.StringIO(visitor.client.get("/compare.csv", params=sides).text)))
    assert len(rows) > len(found["only_a"]) + len(found["only_b"])
    assert visitor.client.get("/compare.json", params={"a": "x", "b": "y"}).status_code == 400


def test_downloads_are_protected_unless_asked_for_in_full(visitor: Visitor) -> None:
    assert visitor.get("/export/csv").status_code == 200
    assert visitor.store.exports() == ()
    visitor.look("/export")
    answer = visitor.send("/export/jsonl?type=ASSAULT", {})
    assert answer.status_code == 200
    assert "full" in answer.headers["content-disposition"]
    kept = visitor.store.exports()
    assert [(x["who"], x["format"], bool(x["full"])) for x in kept] == [("ann", "jsonl", True)]
    assert visitor.get("/export/datapackage").content[:2] == b"PK"
    assert visitor.get("/export/none").status_code == 404
