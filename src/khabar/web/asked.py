"""What an address asks for: the filter on events, with every part checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from khabar import EventFilter, parse_day
from khabar.store import ORDERS, Order
from khabar.web.errors import BadRequest

Short = Annotated[str, Query(max_length=300)]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter with the parameters it came from, empty ones left out."""

    wanted: EventFilter
    given: dict[str, str]
    order: Order


def asked(
    type: Short = "", status: Short = "", actor: Short = "", place: Short = "", country: Annotated[str, Query(max_length=3)] = "", since: Short = "",  # noqa: A002
    until: Short = "", outlet: Short = "", source_kind: Short = "", confidence: Short = "", reviewed: Short = "", q: Short = "",
    article: Annotated[str, Query(max_length=2_000)] = "", sort: Short = "newest",
) -> Asked:  # fmt: skip
    """The filter that an address gives. Names are those of EventFilter; `q` are words of the articles, `reviewed` is yes or no."""
    given = {
        "type": type, "status": status, "actor": actor.strip(), "place": place.strip(), "country": country, "since": since, "until": until, "outlet": outlet,
        "source_kind": source_kind, "confidence": confidence, "reviewed": reviewed, "q": q.strip(), "article": article,
    }  # fmt: skip
    kept = {k: v for k, v in given.items() if v}
    if sort not in ORDERS:
        raise BadRequest(f"sort: {', '.join(ORDERS)}")
    return Asked(EventFilter(**{"text" if k == "q" else k: _value(k, v) for k, v in kept.items()}), kept, sort)


def _value(name: str, text: str) -> Any:
    if name in ("since", "until"):
        return parse_day(text)
    if name == "reviewed":
        return _yes(text)
    if name == "confidence":
        return _share(text)
    return text


def _yes(text: str) -> bool:
    if text.lower() not in ("yes", "no", "true", "false", "1", "0"):
        raise BadRequest("reviewed: yes | no")
    return text.lower() in ("yes", "true", "1")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadRequest("confidence: 0 - 1")
    return share
