"""The home page, and taking articles in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from khabar import ENGINES, Record
from khabar.dataset import Stored
from khabar.store import Listed
from khabar.web import models
from khabar.web.access import room_of
from khabar.web.errors import BadRequest, NotCoded
from khabar.web.intake import example_pieces, examples, file_pieces, hints_of, text_piece, url_pieces
from khabar.web.render import page, path_part, title_of
from khabar.web.views import ERRORS, add_view

LATEST = 8
router = APIRouter()
Engine = Literal["rules", "learned"]


def line(listed: Listed) -> models.ArticleLine:
    """An article of a list as JSON."""
    a = listed.article
    title = title_of(a.title, listed.head, a.article_id)
    return models.ArticleLine(
        id=a.article_id, title=title, outlet=a.outlet, published=a.published, url=a.url, outcome=a.outcome, reason=a.reason, mentions=listed.mentions
    )


def load_home(request: Request) -> models.Home:
    """Totals, the latest articles, and the bundled examples"""
    room = room_of(request)
    bundled = [models.ExampleLine(**asdict(e)) for e in examples()]
    latest = [line(x) for x in room.store.article_page(limit=LATEST)]
    totals = models.Totals(**asdict(room.store.totals()))
    return models.Home(totals=totals, latest=latest, examples=bundled, engines=list(ENGINES), engine=room.settings.engine)


class CodeRequest(BaseModel):
    """An article to code: its `text` or its `url`. `keep` puts it into the store."""

    text: str | None = Field(None, max_length=1_000_000)
    url: str | None = Field(None, max_length=2_000)
    published: str | None = Field(None, max_length=40)
    outlet: str | None = Field(None, max_length=200)
    engine: Engine | None = None
    keep: bool = True


class CodedArticle(BaseModel):
    """The record as `khabar schema` describes it; `article_id` where it was kept."""

    article_id: str | None
    record: dict[str, Any]


def code(
    request: Request, text: Annotated[str, Form()] = "", url: Annotated[str, Form()] = "", example: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "", outlet: Annotated[str, Form()] = "", engine: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:  # fmt: skip
    """Code what a form gives, keep it, and go to it."""
    room = room_of(request)
    hints = hints_of(published, outlet)
    if example:
        pieces = example_pieces(example)
    elif file is not None and file.filename:
        pieces = file_pieces(file.filename, file.file.read(), hints)
    elif url.strip():
        pieces = url_pieces(url, hints)
    else:
        pieces = [text_piece(text, hints)]
    return RedirectResponse(_where(room.keep(pieces, _engine(engine, room.settings.engine))), 303)


def code_json(request: Request, asked: CodeRequest) -> CodedArticle:
    """Code an article; its record"""
    room = room_of(request)
    hints = hints_of(asked.published, asked.outlet)
    if (asked.text is None) == (asked.url is None):
        raise BadRequest("text | url")
    pieces = [text_piece(asked.text, hints)] if asked.text is not None else url_pieces(asked.url or "", hints)
    if len(pieces) > 1:
        raise NotCoded(f"{len(pieces)} articles")
    engine = asked.engine or room.settings.engine
    if asked.keep and not room.settings.read_only:
        kept = room.keep(pieces, engine)[0]
        return CodedArticle(article_id=kept.article_id, record=room.store.record(kept.article_id))
    return CodedArticle(article_id=None, record=_record(room.code(pieces[0], engine)))


def _record(record: Record) -> dict[str, Any]:
    return record.record()


def _engine(asked: str, default: str) -> str:
    if asked and asked not in ENGINES:
        raise BadRequest(asked[:40])
    return asked or default


def _where(stored: list[Stored]) -> str:
    """The one article that was coded, or the list they head."""
    return f"/articles/{path_part(stored[0].article_id)}" if len(stored) == 1 else "/articles"


def show_help(request: Request) -> Response:
    return page(request, "help.html")


add_view(router, "/", "home", "home.html", load_home, models.Home)
router.add_api_route("/code", code, name="code", methods=["POST"], include_in_schema=False, response_model=None)
router.add_api_route("/code.json", code_json, name="code.json", methods=["POST"], response_model=CodedArticle, responses=ERRORS, summary=code_json.__doc__)
router.add_api_route("/help", show_help, name="help", include_in_schema=False, response_model=None)
