"""An article as it comes in, and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from khabar.model.canonical import content_id
from khabar.model.errors import InvalidValue
from khabar.model.mention import Mention
from khabar.model.ontology import OUTCOME_KINDS, OutcomeKind, PublishedBasis

_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its whole text with the headline as the first line, never changed but for lone surrogates, which nothing can write and
    which become U+FFFD. Without an `id`, the hash of the text is taken. `published` may also be given as text, `2020-01-10`;
    `published_basis` says where the day was taken from if nobody gave it."""

    text: str
    id: str = ""
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    published_basis: PublishedBasis | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise InvalidValue(f"text of type {type(self.text).__name__}; expected str: decode bytes first")
        for field in ("text", "id", "outlet", "url"):
            value = getattr(self, field)
            if value and not value.isascii():
                object.__setattr__(self, field, _SURROGATE.sub("\ufffd", value))
        object.__setattr__(self, "published", _as_day(self.published))
        if not self.id:
            object.__setattr__(self, "id", content_id(self.text, prefix="t"))


def _as_day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        return parse_day(value)
    return value.date() if isinstance(value, datetime) else value


def parse_day(text: str) -> date:
    """The day of an ISO 8601 date or date-time, as written, whatever its time zone; anything else raises InvalidValue."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise InvalidValue(f"date {text!r}: expected a day such as 2020-01-10") from None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: read, no_events, rejected (with the reason) or failed (with stage and error)."""

    kind: OutcomeKind
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in OUTCOME_KINDS:
            raise InvalidValue(f"outcome {self.kind!r}: expected one of {', '.join(OUTCOME_KINDS)}")
        if (self.reason is None) != (self.kind in ("read", "no_events")):
            raise InvalidValue(f"outcome {self.kind} with reason {self.reason!r}: rejected and failed need one, the others have none")


@dataclass(frozen=True, slots=True)
class Record:
    """The coded article: one JSON object an article. `id` is None for an input line that could not be read; then `line` says which."""

    id: str | None
    outlet: str | None
    published: date | None
    text: str | None
    outcome: Outcome
    mentions: tuple[Mention, ...] = ()
    line: int | None = None
    published_basis: PublishedBasis | None = None

    def __post_init__(self) -> None:
        for m in self.mentions:
            for s in m.spans():
                if self.text is None or self.text[s.start : s.end] != s.text:
                    raise InvalidValue(f"{self.id}: {s.text!r} does not stand at {s.start}-{s.end} of the text")

    def record(self, *, why: bool = False) -> dict[str, Any]:
        """The object of the codebook, section 7, ready for JSON."""
        out: dict[str, Any] = {"id": self.id, "outlet": self.outlet, "published": self.published and self.published.isoformat()}
        out |= {"published_basis": self.published_basis} if self.published_basis else {}
        out["text"] = self.text
        out["outcome"] = {"kind": self.outcome.kind, "reason": self.outcome.reason}
        out["mentions"] = [m.record(why=why) for m in self.mentions]
        return out if self.line is None else {**out, "line": self.line}
