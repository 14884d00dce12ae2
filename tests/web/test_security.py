"""Foreign names, foreign pages, large bodies, paths that climb, errors that might tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar import InvalidValue
from khabar.web import static
from khabar.web.security import POLICY, token_of
from web.rooms import BASE, BROWSER, Visitor, fresh_store, settings

POSTS = (
    ("/code", {"example": "agency.txt"}),
    ("/review/decide", {"kind": "accept", "subject": "m1"}),
    ("/review/undo-last", {}),
    ("/review/assign", {"name": "x", "coders": "y"}),
)
SCRIPTED = ("/code.json", "/review/decisions", "/review/undo", "/review/adjudicate")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "", "127.0.0.2", "[::2]", "192.168.0.1"]
)
@pytest.mark.parametrize("path", ["/", "/articles.json", "/static/x.js", "/healthz", "/nothing"])
def test_foreign_names_are_refused(visitor: Visitor, host: str, path: str) -> None:
    answer = visitor.get(path, host=host)
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.1"])
def test_own_names_are_answered(visitor: Visitor, host: str) -> None:
    assert visitor.get("/", host=host).status_code == 200


def test_a_name_may_be_allowed(tmp_path: Path) -> None:
    at = Visitor(settings(fresh_store(tmp_path), host_names=("room.example",), team=True, host="0.0.0.0"))
    assert at.get("/login", host="room.example").status_code == 200
    assert at.get("/login", host="localhost").status_code == 421


@pytest.mark.parametrize(("path", "fields"), POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": ""},
    ],
)
def test_foreign_pages_change_nothing(visitor: Visitor, path: str, fields: dict[str, str], headers: dict[str, str]) -> None:
    visitor.look()
    before = visitor.store.totals(), len(visitor.store.decisions())
    answer = visitor.client.post(path, data={"csrf": visitor.token, **fields}, headers={**BROWSER, "origin": BASE, **headers})
    assert answer.status_code == 403
    assert (visitor.store.totals(), len(visitor.store.decisions())) == before


@pytest.mark.parametrize("token", ["", "0" * 64, "é", token_of("guess")])
@pytest.mark.parametrize(("path", "fields"), POSTS)
def test_forms_need_the_token_of_their_page(visitor: Visitor, path: str, fields: dict[str, str], token: str) -> None:
    visitor.look()
    assert visitor.client.post(path, data={"csrf": token, **fields}, headers={**BROWSER, "origin": BASE}).status_code == 403


@pytest.mark.parametrize("path", SCRIPTED)
def test_scripts_need_the_token_of_their_page(visitor: Visitor, path: str) -> None:
    visitor.look()
    assert visitor.post(path, {}, **{"x-csrf-token": "0" * 64}).status_code == 403
    assert visitor.post(path, {}).status_code != 403


def test_another_visitors_token_is_no_good(visitor: Visitor, tmp_path: Path) -> None:
    visitor.look()
    mine = visitor.token
    visitor.client.cookies.clear()
    visitor.look()
    assert visitor.token != mine
    visitor.token = mine
    assert visitor.send("/code", {"example": "agency.txt"}).status_code == 403


def test_a_token_without_a_cookie_is_no_good(visitor: Visitor) -> None:
    visitor.look()
    visitor.client.cookies.clear()
    assert visitor.send("/review/undo-last", {}).status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_bodies_have_a_limit(tmp_path: Path, kind: str) -> None:
    at = Visitor(settings(fresh_store(tmp_path), max_body=10_000))
    at.look()
    big = b"x" * 10_001
    assert at.client.post("/code.json", content=big, headers={"content-type": kind}).status_code == 413
    assert at.client.post("/code.json", content=iter([big[:6000], big[:6000]]), headers={"content-type": kind}).status_code == 413
    assert at.client.post("/code.json", content=b"{}", headers={"content-type": "application/json", "content-length": "-1"}).status_code == 413
    assert at.send("/code", {}, file=("a.txt", big)).status_code == 413


@pytest.mark.parametrize(
    "name", ["../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "/etc/passwd", "a/../../../pyproject.toml", "x.py", ".gitkeep", "x\x00.js", ""]
)
def test_static_files_lie_in_their_folder(visitor: Visitor, name: str) -> None:
    assert visitor.client.get(f"/static/{name.replace(chr(0), '%00')}").status_code in (404, 307)


def test_static_files_are_served_for_good(visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app-1.js").write_text("1")
    (tmp_path / "secret").write_text("x")
    (tmp_path / "link.js").symlink_to("/etc/hostname")
    monkeypatch.setattr(static, "folder", lambda: tmp_path)
    answer = visitor.get("/static/app-1.js")
    assert (answer.text, answer.headers["content-type"], "immutable" in answer.headers["cache-control"]) == ("1", "text/javascript; charset=utf-8", True)
    assert visitor.get("/static/secret").status_code == 404
    assert visitor.get("/static/link.js").status_code == 404


@pytest.mark.parametrize("path", ["/", "/articles", "/events.json", "/events.csv", "/nothing", "/static/none.js", "/healthz"])
def test_every_answer_forbids_what_it_can(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert path.startswith("/static") or headers["cache-control"] == "no-store"


def test_cookies_are_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    given = visitor.get("/?lang=ar").headers.get_list("set-cookie")
    assert len(given) == 2
    assert all("HttpOnly" in c and "SameSite" in c for c in given)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.json",
        "/events.json?type=X",
        "/events.json?since=soon",
        "/articles.json?page=0",
        "/articles.json?page=a",
        "/events/zz.json",
        "/articles/none.json",
        "/timeline.json?unit=x",
        "/articles.json?q=%22",
        "/events.json?confidence=2",
        "/events.json?since=0000-99-99",
    ],
)
def test_errors_have_one_shape(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(path)
    assert 400 <= answer.status_code < 500
    error = answer.json()
    assert set(error) == {"error"}
    assert set(error["error"]) == {"code", "message", "id"}
    assert "/tmp" not in answer.text
    assert "sqlite" not in answer.text.lower()
    page = visitor.get(path.replace(".json", ""))
    assert page.status_code == answer.status_code
    assert "<h1>" in page.text


def test_what_was_not_foreseen_tells_nothing(visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret of /tmp/room.db")

    monkeypatch.setattr(type(visitor.store), "totals", fail)
    for answer in (visitor.get("/"), visitor.client.get("/index.json")):
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-security-policy"] == POLICY
    assert json.loads(answer.text)["error"]["id"] in caplog.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "POST"])
def test_other_methods_do_nothing(visitor: Visitor, method: str) -> None:
    visitor.look()
    answer = visitor.client.request(method, "/articles", headers={"origin": BASE, "x-csrf-token": visitor.token})
    assert answer.status_code == 405
    assert set(answer.json()) == {"error"}


def test_without_accounts_only_this_machine_may_enter() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.2", "example.org"):
        with pytest.raises(InvalidValue, match="--team"):
            settings("x.db", host=host)


def test_a_read_only_room_changes_nothing(tmp_path: Path) -> None:
    at = Visitor(settings(fresh_store(tmp_path), read_only=True))
    at.look()
    for path, fields in POSTS:
        assert at.send(path, fields).status_code == 403
    for path in SCRIPTED:
        assert at.post(path, {}).status_code == 403
    assert at.get("/review").status_code == 403
    assert at.get("/articles").status_code == 200
    assert "intake" not in at.get("/").text
