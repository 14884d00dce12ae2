"""Who may do what: every route by name with the roles that may ask it. A route that is not listed is nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["reader", "coder", "adjudicator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

_ADMIN = frozenset[str](("admin",))
_JUDGES = frozenset[str](("adjudicator", "admin"))
_CODERS = frozenset[str](("coder", "adjudicator", "admin"))
_MEMBERS = frozenset[str](ROLES)
_ANYONE = frozenset[str]((*ROLES, "visitor"))  # a visitor has not logged in

PERMISSIONS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("healthz", "static", "login", "login.post"), _ANYONE),
    **dict.fromkeys(("home", "home.json", "help", "openapi", "account", "account.password", "logout"), _MEMBERS),
    **dict.fromkeys(("articles", "articles.json", "articles.csv", "article", "article.json", "article.csv"), _MEMBERS),
    **dict.fromkeys(("events", "events.json", "events.csv", "event", "event.json", "event.csv"), _MEMBERS),
    **dict.fromkeys(("map", "map.json", "map.csv", "timeline", "timeline.json", "timeline.csv"), _MEMBERS),
    **dict.fromkeys(("compare", "compare.json", "compare.csv", "export", "export.download"), _MEMBERS),
    **dict.fromkeys(("code", "code.json"), _CODERS),
    **dict.fromkeys(("review", "review.queue", "review.decide", "review.decide.form", "review.undo", "review.undo.form", "review.history"), _CODERS),
    **dict.fromkeys(("review.progress", "review.progress.json", "review.training"), _CODERS),
    **dict.fromkeys(("review.agreement", "review.agreement.json", "review.adjudication", "review.adjudication.json"), _JUDGES),
    **dict.fromkeys(("admin.users", "admin.users.post", "export.full"), _ADMIN),
    **dict.fromkeys(("review.adjudicate", "review.adjudicate.form", "review.assign"), _JUDGES),
}
CHANGING = frozenset((
    "code", "code.json", "review", "review.queue", "review.decide", "review.decide.form", "review.undo", "review.undo.form", "review.adjudicate",
    "review.adjudicate.form", "review.assign",
        "export.full",
))  # fmt: skip
"""Routes that change the store; a read-only room refuses them. The queue does, since it keeps who looks at what. Logging in and out is no change of it."""


def allowed(route: str, role: str | None) -> bool:
    """Whether a role (None: a visitor) may ask a route."""
    return (role or "visitor") in PERMISSIONS.get(route, frozenset())
