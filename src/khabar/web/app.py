"""The application: routes, errors and layers put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

import khabar
from khabar import InvalidValue
from khabar.web.access import authorise, check_token
from khabar.web.errors import BadRequest, LoginNeeded, WebError
from khabar.web.render import page, texts_of
from khabar.web.room import open_room
from khabar.web.routes import accounts, articles, charts, compare, events, export, home, review
from khabar.web.security import App, Guard, Scope
from khabar.web.settings import Settings
from khabar.web.static import add_static

ROUTERS = (home.router, articles.router, events.router, charts.router, review.router, accounts.router, compare.router, export.router)
_OF_STATUS = {404: "not_found", 405: "bad_method", 413: "too_large"}
log = logging.getLogger("khabar.web")


def create_app(settings: Settings) -> FastAPI:
    """The reading room over the store of the settings. The store is opened at once, so that what is wrong with it is said before anybody asks."""
    room = open_room(settings)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        room.store.close()

    app = FastAPI(
        title="khabar reading room", version=khabar.__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=life,
        dependencies=[Depends(authorise), Depends(check_token)],
    )  # fmt: skip
    app.state.room = room
    for router in ROUTERS:
        app.include_router(router)
    _add_own_routes(app)
    _add_errors(app)
    app.add_middleware(Guard, settings=settings, refuse=_refuse(app))
    return app


def _add_own_routes(app: FastAPI) -> None:
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    def openapi() -> dict[str, Any]:
        return app.openapi()

    app.add_api_route("/healthz", healthz, name="healthz", include_in_schema=False)
    app.add_api_route("/openapi.json", openapi, name="openapi", include_in_schema=False)
    add_static(app)


def _add_errors(app: FastAPI) -> None:
    for kind in (WebError, InvalidValue, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, error_response)


def _refuse(app: FastAPI) -> Any:
    def refuse(scope: Scope, error: Exception) -> App:
        scope["app"] = app
        return error_response(Request(scope), error)

    return refuse


def error_response(request: Request, error: Exception) -> Response:
    """An error as its page or, for programs, as JSON of the one shape. Whoever must log in is sent there."""
    status, code, detail = _told(error)
    if isinstance(error, LoginNeeded) and not _wants_json(request) and request.method == "GET":
        return RedirectResponse("/login", 303)
    t = texts_of(request)
    about = {"code": code, "message": t(f"error.{code}") + (f" ({detail})" if detail else ""), "id": request.scope["state"]["request_id"]}
    if _wants_json(request):
        return JSONResponse({"error": about, **getattr(error, "more", {})}, status)
    return page(request, "error.html", status, error=about)


def _told(error: Exception) -> tuple[int, str, str]:
    """Status, code and detail. What was not foreseen has no detail: it could tell of files and tables."""
    match error:
        case WebError():
            return error.status, error.code, error.detail
        case InvalidValue():
            return 400, BadRequest.code, str(error)[:300]
        case RequestValidationError():
            return 400, BadRequest.code, _fields(error)
        case HTTPException():
            return error.status_code, _OF_STATUS.get(error.status_code, BadRequest.code), ""
    return 500, "internal", ""


def _fields(error: RequestValidationError) -> str:
    """Which parameters were wrong, and how."""
    return "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors()[:5])[:300]


def _wants_json(request: Request) -> bool:
    path = request.url.path
    asks = request.headers.get("accept", "*/*")
    return path.endswith((".json", ".csv")) or "text/html" not in asks or request.headers.get("content-type", "").startswith("application/json")
