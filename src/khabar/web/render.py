"""Pages: templates with their texts, assets and data; JSON for scripts that no text can break out of; tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from khabar.export.cells import BOM, cell, csv_line, neutral
from khabar.web.i18n import LANGUAGES, OWN_NAMES, Language, Texts, chosen
from khabar.web.names import country
from khabar.web.security import token_of
from khabar.web.shown import BIDI, visible
from khabar.web.static import folder

LANG_COOKIE, VISIT_COOKIE, THEME_COOKIE = "khabar_lang", "khabar_visit", "theme"
THEMES = ("light", "dark")
MANIFEST = folder() / "manifest.json"
CRLF = "\r\n"
YEAR = 365 * 86_400
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
PUBLISHED_VIEWS = ("articles", "events", "map", "timeline")
SHOWN_VIEWS = ("articles", "events", "map", "timeline", "compare", "review", "export")
SCRIPT_TEXTS = ("script.", "type.", "status.", "kind.", "role.", "part.", "precision.", "decision.", "mode.")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates; everything in them is escaped."""
    env = Environment(loader=PackageLoader("khabar.web", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters |= {"vis": visible, "path": path_part, "title_of": title_of}
    env.globals |= {"country_name": country}
    env.globals |= {"asset": asset, "has_bundle": has_bundle, "languages": LANGUAGES, "own_names": OWN_NAMES}
    return env


def _manifest() -> Mapping[str, str]:
    try:
        return _read_manifest(MANIFEST.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=2)
def _read_manifest(_: int) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(MANIFEST.read_text("utf-8"))
    return found


def asset(name: str) -> str | None:
    """The address of a bundled file; None where it was not built."""
    hashed = _manifest().get(name)
    return f"/static/{hashed}" if hashed else None


def has_bundle() -> bool:
    return bool(_manifest())


def path_part(text: str) -> str:
    """An id as one part of a path."""
    return quote(text, safe="~:@!$,") + ("/" if text.endswith((".json", ".csv")) else "")


def title_of(title: str | None, head: str | None, other: str) -> str:
    """What an article is called: its title, the first line of its text, or its id."""
    first = next((line.strip() for line in (head or "").splitlines() if line.strip()), "")
    return visible(title or first or other)


def script_json(value: Any) -> Markup:
    """JSON to stand within a script element."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).translate(_UNSAFE))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in page data")


def texts_of(request: Request) -> Texts:
    """The texts in the language of whoever asks."""
    language: Language = chosen(request.query_params.get("lang"), request.cookies.get(LANG_COOKIE), request.headers.get("accept-language"))
    return Texts(language)


def form_token(request: Request) -> str:
    """The token for forms on this answer; a visitor without a cookie gets one."""
    secret = getattr(request.state, "session", None) or request.cookies.get(VISIT_COOKIE) or getattr(request.state, "visit", None)
    if secret is None:
        secret = request.state.visit = secrets.token_hex(32)
    return token_of(secret)


def page(request: Request, template: str, status: int = 200, *, data: Mapping[str, Any] | None = None, **values: Any) -> HTMLResponse:
    """A page. `data` goes to its scripts, with the texts they need."""
    t, settings = texts_of(request), request.app.state.room.settings
    can = abilities(request)
    csrf = "" if settings.published else form_token(request)
    own = {"lang": t.language, "dir": t.dir, "csrf": csrf, "can": can, "controls": {c: [s, n] for c, (s, n) in BIDI.items()}}
    full = {**own, "site": _site(request), "t": t.under(*SCRIPT_TEXTS), **(data or {})}
    shared = {"request": request, "t": t, "csrf": csrf, "page_data": script_json(full), "here": request.url.path, "with_query": _with_query(request)}
    theme = request.cookies.get(THEME_COOKIE)
    shown = {"theme": theme if theme in THEMES else None, "published": settings.published, "shown_views": _views(settings.published)}
    account = {"user": getattr(request.state, "user", None), "can": can, "team": settings.team}
    html = environment().get_template(template).render(**shared, **shown, **account, **values)
    response = HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})
    _keep_cookies(request, response, t)
    return response


def _views(published: bool) -> tuple[str, ...]:
    return PUBLISHED_VIEWS if published else SHOWN_VIEWS


def _site(request: Request) -> dict[str, str] | None:
    """For the scripts of a static site: the way to its first page."""
    depth = 1 if request.url.path.startswith(("/articles/", "/events/")) else 0
    return {"root": "../" * depth} if request.app.state.room.settings.published else None


def abilities(request: Request) -> dict[str, bool]:
    """What the person who asks may do, for showing or leaving out buttons; the routes decide themselves."""
    from khabar.web.permissions import allowed

    user = getattr(request.state, "user", None)
    read_only = request.app.state.room.settings.read_only
    names = {"code": "code", "review": "review.decide", "adjudicate": "review.adjudicate", "export_full": "export.full", "users": "admin.users"}
    writes = ("code", "review", "adjudicate")
    return {k: allowed(name, user.role if user else None) and not (read_only and k in writes) for k, name in names.items()}


def _keep_cookies(request: Request, response: Response, t: Texts) -> None:
    secure = request.app.state.room.settings.secure
    if request.query_params.get("lang") == t.language:
        response.set_cookie(LANG_COOKIE, t.language, max_age=YEAR, samesite="lax", secure=secure, httponly=True)
    if visit := getattr(request.state, "visit", None):
        response.set_cookie(VISIT_COOKIE, visit, samesite="strict", secure=secure, httponly=True)


def _with_query(request: Request) -> Any:
    """A function that gives the address of this view with some parameters changed; None leaves one out."""

    def address(path: str = "", /, **changes: Any) -> str:
        pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and v != ""]
        pairs += [(k, str(v)) for k, v in changes.items() if v is not None]
        return (path or request.url.path) + (f"?{urlencode(pairs)}" if pairs else "")

    return address


def csv_response(name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Response:
    """A table as CSV: UTF-8 with a byte-order mark for spreadsheets, lists joined by `; `, texts that a spreadsheet would take for a formula behind an
    apostrophe."""
    lines = [csv_line(heads, end=CRLF), *(csv_line([_cell(v) for v in row], end=CRLF) for row in rows)]
    disposition = f'attachment; filename="khabar-{name}.csv"'
    return Response(BOM + "".join(lines), media_type="text/csv; charset=utf-8", headers={"content-disposition": disposition})


def _cell(value: Any) -> str | int | float | None:
    made = cell(value)
    return neutral(made.replace("\x00", "\ufffd")) if isinstance(made, str) else made
