"""A view is one function that finds what is shown; from it come a page, its JSON, and for tables its CSV, under the same address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel

from khabar.web.models import ErrorBody
from khabar.web.render import csv_response, page

ERRORS: dict[int | str, dict[str, Any]] = {n: {"model": ErrorBody} for n in (400, 401, 403, 404)}


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows of a view's CSV."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]


def add_view(
    router: APIRouter, path: str, name: str, template: str, load: Callable[..., Any], model: type[BaseModel], *, table: Callable[[Any], Table] | None = None,
    rows: Callable[..., Table] | None = None, in_scripts: bool = False, more: Callable[[Any], dict[str, Any]] = lambda found: {},
) -> None:  # fmt: skip
    """Give a view its routes: `P.json`, `P.csv` where it has a table, and the page `P`. With `in_scripts` the page's scripts get the same object;
    `rows` finds the table where it holds more than the view does; `more` makes what only the template needs."""

    def as_json(found: Any = Depends(load)) -> Any:  # noqa: B008 - how FastAPI is told
        return found

    def as_page(request: Request, found: Any = Depends(load)) -> Response:  # noqa: B008
        data = found.model_dump(mode="json") if in_scripts else {}
        return page(request, template, view=found, data=data, **more(found))

    stem = "/index" if path == "/" else path
    router.add_api_route(f"{stem}.json", as_json, name=f"{name}.json", response_model=model, responses=ERRORS, summary=(load.__doc__ or "").split("\n")[0])
    if table or rows:
        _add_csv(router, f"{stem}.csv", name, rows or load, table or _itself)
    router.add_api_route(path, as_page, name=name, include_in_schema=False, response_model=None)


def _itself(found: Any) -> Table:
    table: Table = found
    return table


def _add_csv(router: APIRouter, path: str, name: str, load: Callable[..., Any], table: Callable[[Any], Table]) -> None:
    def as_csv(found: Any = Depends(load)) -> Response:  # noqa: B008
        told = table(found)
        return csv_response(name, told.heads, told.rows)

    about = {200: {"content": {"text/csv": {}}}, **ERRORS}
    router.add_api_route(path, as_csv, name=f"{name}.csv", response_class=Response, responses=about, summary=f"{name} as CSV")
