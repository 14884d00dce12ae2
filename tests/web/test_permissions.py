"""Every route and every role: the table says who may, and whoever it does not name may not."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from khabar.web.app import create_app
from khabar.web.permissions import CHANGING, PERMISSIONS, ROLES, allowed
from web.rooms import BASE, BROWSER, PASSWORD, Visitor, settings

WHO = ("visitor", *ROLES)
LEAST = {  # the lowest role of each route, written down a second time so that a slip in the table is seen
    "visitor": "healthz static login login.post",
    "reader": "home home.json help openapi account account.password logout articles articles.json articles.csv article article.json article.csv "
    "events events.json events.csv event event.json event.csv map map.json map.csv timeline timeline.json timeline.csv "
    "compare compare.json compare.csv export export.download",
    "coder": "code code.json review review.queue review.decide review.decide.form review.undo review.undo.form review.history "
    "review.progress review.progress.json review.training",
    "adjudicator": "review.agreement review.agreement.json review.adjudication review.adjudication.json review.adjudicate review.adjudicate.form review.assign",
    "admin": "admin.users admin.users.post export.full",
}


def routes(app: object) -> list[APIRoute]:
    """Every route of an application, those of its routers too."""
    found: list[APIRoute] = []
    todo = list(app.routes)  # type: ignore[attr-defined]
    while todo:
        route = todo.pop()
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            inner = getattr(route, "original_router", None) or route
            todo += list(getattr(inner, "routes", ()))
    return found


@pytest.fixture(scope="module")
def all_routes(tmp_path_factory: pytest.TempPathFactory) -> list[APIRoute]:
    return routes(create_app(settings(str(tmp_path_factory.mktemp("room") / "x.db"))))


def test_every_route_is_in_the_table(all_routes: list[APIRoute]) -> None:
    names = {r.name for r in all_routes}
    assert len(names) > 40
    assert names <= set(PERMISSIONS)
    assert set(PERMISSIONS) == names
    assert names >= CHANGING


def test_the_table_says_what_was_meant() -> None:
    order = list(WHO)
    meant = {name: set(order[order.index(least) :]) for least, names in LEAST.items() for name in names.split()}
    assert {n: set(who) for n, who in PERMISSIONS.items()} == {n: meant[n] for n in PERMISSIONS}


def test_a_route_that_is_not_listed_is_nobodys() -> None:
    assert not any(allowed("new", role) for role in (None, *ROLES, "root"))
    assert not allowed("home", "root")


def log_in(at: Visitor, role: str) -> None:
    at.look("/login")
    assert at.send("/login", {"name": role, "password": PASSWORD}).status_code == 303
    at.look("/help")


@pytest.mark.parametrize("role", WHO)
def test_every_role_on_every_route(team: Visitor, all_routes: list[APIRoute], role: str) -> None:
    if role != "visitor":
        log_in(team, role)
    token = team.token
    for route in sorted(all_routes, key=lambda r: r.name == "logout"):
        path = route.path.replace("{id:any}", "example:agency.txt").replace("{id}", "e0").replace("{path:path}", "x.js").replace("{format}", "csv")
        for method in route.methods:
            headers = {**BROWSER, "accept": "application/json", "origin": BASE, "x-csrf-token": token}
            answer = team.client.request(method, path, headers=headers)
            told = answer.headers.get("content-type") == "application/json" and answer.status_code in (401, 403)
            refused = told and answer.json()["error"]["code"] in ("login_needed", "forbidden")
            assert refused != (role in PERMISSIONS[route.name]), (role, route.name, answer.status_code, answer.text[:200])


def test_an_unlisted_route_is_refused_at_the_door(team: Visitor) -> None:
    log_in(team, "admin")
    team.client.app.add_api_route("/new", lambda: "hello", name="new")  # type: ignore[attr-defined]
    assert team.get("/new").status_code == 403


def test_visitors_are_sent_to_log_in(team: Visitor) -> None:
    answer = team.get("/articles")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert team.client.get("/articles.json").status_code == 401
