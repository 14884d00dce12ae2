"""The review desk: what to look at next, decisions, undoing, progress, agreement, adjudication and batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from khabar import Decision, InvalidValue, StoreError, review
from khabar.store import ArticleFilter
from khabar.web import models
from khabar.web.access import room_of, user_of
from khabar.web.errors import Conflict, NotFound, Unusable
from khabar.web.render import page
from khabar.web.views import ERRORS, add_view

router = APIRouter()
FIRST = 10  # items of the desk's page; scripts ask for more
Kind = Literal["accept", "reject", "fix", "unsure", "add", "note", "same", "different", "complete"]
Batch = Annotated[str, Query(max_length=200)]
Id = Annotated[str, Field(max_length=2_000)]
DECIDED: dict[int | str, dict[str, Any]] = {**ERRORS, 409: {"model": models.Stale}, 422: {"model": models.ErrorBody}}


class DecisionRequest(BaseModel):
    """What is decided. `subject` is a mention, for `add` and `complete` an article, for `same` and `different` two mentions. `expected` is the decision
    seen last (null: there was none; `*`: whatever it is)."""

    kind: Kind
    subject: Id | tuple[Id, Id]
    value: Any = None
    expected: str | None = Field(None, max_length=100)


class AdjudicationRequest(BaseModel):
    """How a mention of a blind batch is settled: `choice` is the id of the coding that is right, or a decision of one's own."""

    batch: str = Field(max_length=200)
    subject: Id
    choice: str | dict[str, Any]


def load_queue(
    request: Request, limit: Annotated[int, Query(ge=1, le=100)] = FIRST, after: Annotated[str, Query(max_length=200)] = "", batch: Batch = ""
) -> models.Queue:
    """The next mentions to decide about, the most doubtful first"""
    room, user = room_of(request), user_of(request)
    with _told():
        items = room.saving(lambda: review.queue(room.store, coder=user.name, limit=limit, after=after or None, batch=batch or None))
    mine = [b for b in review.batches(room.store) if b.closed is None and user.name in b.coders]
    names = [models.BatchName(batch_id=b.batch_id, name=b.name, blind=b.blind) for b in mine]
    return models.Queue(coder=user.name, items=[i.record() for i in items], batch=batch or None, batches=names)


def decide(request: Request, asked: DecisionRequest) -> models.DecisionOut:
    """Keep a decision"""
    room, user = room_of(request), user_of(request)
    with _told():
        made = room.saving(lambda: review.decide(room.store, user.name, asked.kind, asked.subject, asked.value, asked.expected))
    return decision_out(made)


def decide_by_form(
    request: Request, kind: Annotated[Kind, Form()], subject: Annotated[str, Form(max_length=2_000)], expected: Annotated[str, Form(max_length=100)] = "",
    value: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:  # fmt: skip
    """Keep a decision that needs no more than words, and go on."""
    decide(request, DecisionRequest(kind=kind, subject=subject, value=value if kind == "note" else None, expected=expected or None))
    return RedirectResponse("/review", 303)


def undo(request: Request) -> models.Undone:
    """Take back one's last decision that still stands"""
    room, user = room_of(request), user_of(request)
    taken = room.saving(lambda: review.undo(room.store, user.name))
    return models.Undone(undone=decision_out(taken) if taken else None)


def undo_by_form(request: Request) -> Response:
    undo(request)
    return RedirectResponse("/review", 303)


def load_history(request: Request, subject: Annotated[str, Query(max_length=2_000)]) -> models.History:
    """All decisions about a mention or an article"""
    found = review.history(room_of(request).store, subject, user_of(request).name)
    return models.History(decisions=[decision_out(d) for d in found])


def decision_out(d: Decision) -> models.DecisionOut:
    return models.DecisionOut(decision_id=d.decision_id, at=d.at.isoformat(), who=d.who, kind=d.kind, subject=list(d.subject), value=d.value)


def load_progress(request: Request) -> models.ProgressOut:
    """How far reviewing is"""
    found = review.progress(room_of(request).store)
    batches = [models.BatchOut(**{**b.batch.record(), "articles": len(b.batch.articles)}, mentions=b.mentions, settled=b.settled,
                               work=[_work(c) for c in b.coders]) for b in found.batches]  # fmt: skip
    coders = [_work(c) for c in found.coders]
    return models.ProgressOut(mentions=dict(found.mentions), articles=found.articles, reviewed=found.reviewed, coders=coders, batches=batches)


def _work(c: review.CoderProgress) -> models.Work:
    return models.Work(coder=c.coder, decisions=dict(c.decisions), given=c.given, done=c.done)


def load_agreement(request: Request, batch: Batch = "") -> models.AgreementOut:
    """How far the coders of a blind batch agree"""
    store = room_of(request).store
    names = [b.name for b in review.batches(store) if b.blind]
    with _told():
        found = review.agreement(store, batch).record() if batch else None
    return models.AgreementOut(batches=names, agreement=found)


def load_adjudication(request: Request, batch: Batch = "", agreed: bool = False) -> models.AdjudicationOut:
    """Mentions of a blind batch that its coders left differing"""
    store = room_of(request).store
    names = [b.name for b in review.batches(store) if b.blind]
    with _told():
        found = review.disputes(store, batch, agreed=agreed) if batch else ()
    return models.AdjudicationOut(batches=names, batch=batch or None, disputes=[_dispute(store, d) for d in found])


def _dispute(store: Any, d: review.Dispute) -> models.DisputeOut:
    reading = next((r for r in review.readings(store, d.article_id) if r.mention_id == d.mention_id), None)
    added = next((c.value["mention"]["trigger"]["text"] for _, c in d.codings if c.kind == "add"), None)
    text = store.text(d.article_id) or ""
    words = text[reading.quote[0] : reading.quote[1]] if reading else None
    return models.DisputeOut(
        mention_id=d.mention_id, article_id=d.article_id, words=words, trigger=reading.mention.trigger.text if reading else added,
        type=reading.mention.type if reading else None, codings=[decision_out(c) for _, c in d.codings], waiting=list(d.waiting), agreed=d.agreed,
    )  # fmt: skip


def adjudicate(request: Request, asked: AdjudicationRequest) -> models.DecisionOut:
    """Settle a mention of a blind batch"""
    room, user = room_of(request), user_of(request)
    with _told():
        made = room.saving(lambda: review.adjudicate(room.store, user.name, asked.subject, asked.choice, batch=asked.batch))
    return decision_out(made)


def adjudicate_by_form(
    request: Request, batch: Annotated[str, Form(max_length=200)], subject: Annotated[str, Form(max_length=2_000)], choice: Annotated[str, Form(max_length=100)]
) -> Response:
    adjudicate(request, AdjudicationRequest(batch=batch, subject=subject, choice=choice if choice not in ("accept", "reject") else {"kind": choice}))
    return RedirectResponse(f"/review/adjudication?batch={quote(batch, safe='')}", 303)


def assign(
    request: Request, name: Annotated[str, Form(max_length=200)], coders: Annotated[str, Form(max_length=2_000)],
    articles: Annotated[str, Form(max_length=100_000)] = "", number: Annotated[int, Form(ge=1, le=10_000)] = 20, blind: Annotated[bool, Form()] = False,
    each: Annotated[int, Form(ge=0, le=100)] = 0,
) -> Response:  # fmt: skip
    """Make a batch: of the articles named, one a line, or of the latest that were read."""
    room = room_of(request)
    people = [c.strip() for c in coders.replace("\n", ",").replace("،", ",").split(",") if c.strip()]
    wanted = [a.strip() for a in articles.splitlines() if a.strip()]
    if not wanted:
        wanted = [x.article.article_id for x in room.store.article_page(ArticleFilter(outcome="read"), limit=number)]
    with _told():
        room.saving(lambda: review.assign(room.store, name, wanted, people, blind, each=each or None))
    return RedirectResponse("/review/progress", 303)


def training(request: Request, complete: bool = False) -> Response:
    """Reviewed articles as lines to train on"""
    lines = "".join(f"{x}\n" for x in review.training_lines(room_of(request).store, complete=complete))
    return PlainTextResponse(lines, media_type="application/x-ndjson", headers={"content-disposition": 'attachment; filename="khabar-reviewed.jsonl"'})


def desk(request: Request, batch: Batch = "") -> Response:
    """The desk."""
    found = load_queue(request, FIRST, "", batch)
    history = [decision_out(d) for d in room_of(request).store.decisions() if d.who == user_of(request).name][-5:]
    return page(request, "review.html", view=found, last=history[::-1], data=found.model_dump(mode="json"))


class _told:  # noqa: N801 - reads as words where it is used
    """Errors of reviewing as those of the room."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, review.StaleDecision):
            raise Stale(error) from None
        if isinstance(error, InvalidValue):
            raise Unusable(str(error)[:300]) from None
        if isinstance(error, StoreError):
            raise NotFound() from None


class Stale(Conflict):
    """Somebody decided meanwhile; the answer says what."""

    def __init__(self, error: review.StaleDecision) -> None:
        super().__init__()
        self.more = {"last": decision_out(error.last).model_dump(mode="json") if error.last else None}


def _api(path: str, name: str, serve: Callable[..., Any], model: type[BaseModel] | None, *methods: str) -> None:
    about = (serve.__doc__ or "").split("\n")[0]
    responses = DECIDED if methods else ERRORS
    router.add_api_route(path, serve, name=name, methods=list(methods or ("GET",)), response_model=model, responses=responses, summary=about)


def _form(path: str, name: str, serve: Callable[..., Any]) -> None:
    router.add_api_route(path, serve, name=name, methods=["POST"], include_in_schema=False, response_model=None)


_api("/review/queue.json", "review.queue", load_queue, models.Queue)
_api("/review/decisions", "review.decide", decide, models.DecisionOut, "POST")
_api("/review/undo", "review.undo", undo, models.Undone, "POST")
_api("/review/history.json", "review.history", load_history, models.History)
_api("/review/training.jsonl", "review.training", training, None)
_api("/review/adjudicate", "review.adjudicate", adjudicate, models.DecisionOut, "POST")
_form("/review/decide", "review.decide.form", decide_by_form)
_form("/review/undo-last", "review.undo.form", undo_by_form)
_form("/review/adjudicate-form", "review.adjudicate.form", adjudicate_by_form)
_form("/review/assign", "review.assign", assign)
router.add_api_route("/review", desk, name="review", include_in_schema=False, response_model=None)
add_view(router, "/review/progress", "review.progress", "progress.html", load_progress, models.ProgressOut)
add_view(router, "/review/agreement", "review.agreement", "agreement.html", load_agreement, models.AgreementOut)
add_view(router, "/review/adjudication", "review.adjudication", "adjudication.html", load_adjudication, models.AdjudicationOut, in_scripts=True)
