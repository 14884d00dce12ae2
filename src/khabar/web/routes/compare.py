"""Two outlets or parties side by side: events only one tells, figures that differ, words used."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from khabar import Store, parse_day, review
from khabar.web import models
from khabar.web.access import room_of
from khabar.web.views import Table, add_view

KEPT = 16  # comparisons remembered; one of three weeks of 1,500 articles takes seconds
SHOWN, WRITTEN = 100, 12  # events of each list and spellings of each name on the page; the JSON holds all
router = APIRouter()
Name = Annotated[str, Query(max_length=300)]
_found: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()
_looking = Lock()


def load_compare(request: Request, a: Name = "", b: Name = "", since: Name = "", until: Name = "") -> models.Compared:
    """How two outlets (`outlet:NAME`) or parties (`party:CODE`) tell the same days"""
    store = room_of(request).store
    days = (parse_day(since) if since else None, parse_day(until) if until else None)
    found = _compared(store, a.strip(), b.strip(), *days) if a.strip() and b.strip() else None
    asked = {"a": a.strip(), "b": b.strip(), "since": since, "until": until}
    return models.Compared(asked=asked, outlets=list(store.outlets()), comparison=found)


def _compared(store: Store, a: str, b: str, since: date | None, until: date | None) -> dict[str, Any]:
    """A comparison, remembered while the store holds as much as it did; one at a time, since parties take long to tell apart."""
    t = store.totals()
    key = (store.name, a, b, since, until, t.articles, t.events, t.mentions, t.reviewed)
    with _looking:
        if key not in _found:
            _found[key] = review.compare(store, a, b, since, until).record()
            while len(_found) > KEPT:
                _found.popitem(last=False)
        return _found[key]


def compare_table(found: models.Compared) -> Table:
    """What differs, a line each: events only one tells, statuses and figures of both, words and how often each uses them."""
    heads = ("what", "id", "a", "b", "about")
    c = found.comparison
    if c is None:
        return Table(heads, [])
    rows: list[list[Any]] = [["only a", e["event_id"], "yes", "no", e["type"]] for e in c["only_a"]]
    rows += [["only b", e["event_id"], "no", "yes", e["type"]] for e in c["only_b"]]
    rows += [["both", x["event"]["event_id"], _side(x["a"]), _side(x["b"]), "; ".join(x["differ"])] for x in c["both"]]
    rows += [["word", w["word"], w["a"], w["b"], w["meaning"]] for w in c["words"]]
    rows += [["name", w["text"], w["a"], w["b"], x["name"]] for x in c["called"] for w in x["written"]]
    return Table(heads, rows)


def _side(told: dict[str, Any]) -> str:
    return "; ".join([*told["statuses"], *(f"{f['role']} {f['low']}-{f['high']}" for f in told["figures"])])


def cut(found: models.Compared) -> dict[str, Any]:
    return {"most": SHOWN, "most_written": WRITTEN}


add_view(router, "/compare", "compare", "compare.html", load_compare, models.Compared, table=compare_table, more=cut)
