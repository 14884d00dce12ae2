"""What the store answers with: articles, events and claims as rows, and people's decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal, get_args

from khabar.model.canonical import content_id
from khabar.model.document import Outcome
from khabar.model.errors import InvalidValue
from khabar.model.mention import Mention

DecisionKind = Literal["accept", "reject", "fix", "unsure", "add", "note", "same", "different", "complete", "undo"]
DECISION_KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
FIGURES = ("killed", "injured", "arrested")
Figures = tuple[tuple[str, int, int | None], ...]
"""Roles with the lowest and the highest number claimed; no highest where a claim is open (`at least`)."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An input and what became of it. `version` counts from 1; `current` is the newest version of its key."""

    article_id: str
    key: str
    version: int
    current: bool
    url: str | None
    outlet: str | None
    published: date | None
    title: str | None
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention as the store keeps it, the corrections of people applied. `decided` names the last decision, `event_id` the event it tells."""

    mention_id: str
    article_id: str
    run_id: str
    event_id: str
    mention: Mention
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention with what its article adds: the day of publication, and the article whose wording it repeats (itself where it is its own)."""

    mention_id: str
    article_id: str
    voice: str
    published: date | None
    mention: Mention
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as its claims tell it. Numbers are the lowest and the highest claimed; `articles` counts reports, `voices` those that do not
    repeat each other, `denials` claims that deny it. `confidence` is that of the surest mention, None where the reader gives none."""

    event_id: str
    type: str
    modes: tuple[str, ...]
    status: str
    date_from: date | None
    date_to: date | None
    place: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    actors: tuple[str, ...]
    actor_codes: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_codes: tuple[str, ...]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    articles: int
    voices: int
    denials: int
    confidence: float | None
    reviewed: bool

    def record(self) -> dict[str, Any]:
        """The row as JSON: lists stay lists, days are ISO 8601."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one article says of an event: who vouches (outermost first), the status, the numbers, and the sentence with its offsets."""

    event_id: str
    mention_id: str
    article_id: str
    outlet: str | None
    published: date | None
    said: date | None
    sources: tuple[str, ...]
    source_kinds: tuple[str, ...]
    status: str
    figures: Figures
    quote: str
    start: int
    end: int
    copy_of: str | None = None

    def record(self) -> dict[str, Any]:
        """The row as JSON, figures as objects with role, low and high."""
        out = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        out["figures"] = [{"role": role, "low": low, "high": high} for role, low, high in self.figures]
        return out


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a mention or a pair of mentions, or, where it is `complete`, an article (`subject`); `value` is the corrected
    mention, the run whose reading was accepted, the words of a note, or the id of the decision undone. Never deleted; a later one on the same
    subject wins."""

    decision_id: str
    at: datetime
    who: str
    kind: DecisionKind
    subject: tuple[str, ...]
    value: Any = None

    def __post_init__(self) -> None:
        if self.kind not in DECISION_KINDS:
            raise InvalidValue(f"decision {self.kind!r}: expected one of {', '.join(DECISION_KINDS)}")
        if len(self.subject) != (2 if self.kind in ("same", "different") else 1):
            raise InvalidValue(f"decision {self.kind} about {len(self.subject)} ids: `same` and `different` take two, the others one")


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those of a list, oldest first, that no later one undid; an undo that was itself undone undid nothing."""
    undone: set[str] = set()
    kept: list[Decision] = []
    for d in reversed(tuple(decisions)):
        if d.decision_id in undone:
            continue
        if d.kind == "undo":
            undone.add(d.value)
        else:
            kept.append(d)
    return tuple(reversed(kept))


@dataclass(frozen=True, slots=True)
class Join:
    """Why two mentions are taken for one event: the score (0 to 1) and its parts by name."""

    first: str
    second: str
    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats another: the original's id and the share of its wording (Jaccard index of word shingles)."""

    article_id: str
    original: str
    likeness: float


def mention_ids(document_id: str, text_digest: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The id of each mention: the same for the same words and type of the same text, whatever engine found it."""
    seen: dict[tuple[int, int, str], int] = {}
    out = []
    for m in mentions:
        at = (m.trigger.start, m.trigger.end, m.type)
        seen[at] = seen.get(at, 0) + 1
        out.append(content_id([document_id, text_digest, *at, seen[at]], prefix="m"))
    return tuple(out)


def outcome_of(row: ArticleRow) -> Outcome:
    """The outcome of a row, checked."""
    return Outcome(row.outcome, row.reason)  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
