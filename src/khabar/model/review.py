"""What reviewing answers with: items of the queue, batches, codings that differ, progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from khabar.model.mention import Mention
from khabar.model.rows import Decision

Standing = Literal["machine", "reviewed", "adjudicated", "rejected", "unsure"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention as a coder sees it: `run_id` names whose reading it is (`people` where it was corrected), `decision` the last decision in force
    about it, `own` whether that is a coding of this coder that others do not see. `quote` is the sentence's start and end in characters."""

    mention_id: str
    article_id: str
    run_id: str
    event_id: str | None
    mention: Mention
    quote: tuple[int, int]
    standing: Standing
    decision: Decision | None = None
    own: bool = False

    def record(self) -> dict[str, Any]:
        """The reading as JSON."""
        about = {"mention_id": self.mention_id, "article_id": self.article_id, "run_id": self.run_id, "event_id": self.event_id}
        last = {"decision": self.decision.decision_id, "who": self.decision.who, "decided": self.decision.kind} if self.decision else {}
        return {**about, "mention": self.mention.record(), "quote": list(self.quote), "standing": self.standing, "own": self.own, **last}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a mention may be doubted by: the fields of its record, of the other runs that read its article how many `lack` it and how many give it
    another status (`differ`), whether other reports of its event give other figures or deny it (`rivals`), whether a person was `unsure`."""

    fields: Mapping[str, Any]
    lack: int = 0
    differ: int = 0
    rivals: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful a mention is, from 0 to 1, and why: names with weights from 0 to 1, the heaviest first."""

    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A mention to decide about: how doubtful it is (0 to 1), and why (what speaks against it, with weights from 0 to 1, the heaviest first).
    `busy` says that somebody else was given it within the last minutes."""

    reading: Reading
    title: str | None
    outlet: str | None
    published: date | None
    quote: str
    doubt: float
    reasons: tuple[tuple[str, float], ...]
    busy: bool = False

    @property
    def expected(self) -> str | None:
        """What to hand to `decide` as the decision last seen."""
        return self.reading.decision.decision_id if self.reading.decision else None

    @property
    def cursor(self) -> str:
        """What to hand to `queue` as `after`, for the items behind this one."""
        return f"{self.doubt!r}:{self.reading.mention_id}"

    def record(self) -> dict[str, Any]:
        """The item as JSON."""
        about = {"title": self.title, "outlet": self.outlet, "published": self.published and self.published.isoformat(), "words": self.quote}
        why = {"doubt": self.doubt, "reasons": [{"reason": name, "weight": weight} for name, weight in self.reasons], "busy": self.busy}
        return {**self.reading.record(), **about, **why, "expected": self.expected, "cursor": self.cursor}


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles given to coders. While a blind batch is open, what a coder decides about its articles is kept apart and shown to nobody else."""

    batch_id: str
    name: str
    at: str
    blind: bool
    closed: str | None
    articles: tuple[str, ...]
    coders: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """The batch as JSON."""
        return {**{k: getattr(self, k) for k in ("batch_id", "name", "at", "blind", "closed")}, "articles": list(self.articles), "coders": list(self.coders)}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A mention of a blind batch as its coders left it: the last coding of each, by name; `agreed` where all who were given the article coded it
    alike, `settled` the decision that closed the matter. `waiting` are coders who have not coded it."""

    mention_id: str
    article_id: str
    codings: tuple[tuple[str, Decision], ...]
    waiting: tuple[str, ...]
    agreed: bool
    settled: Decision | None = None


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """The work of one coder: how many decisions of each kind stand; of the articles of a batch how many were `given` and are `done`, each mention
    being decided about."""

    coder: str
    decisions: Mapping[str, int]
    given: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is: what its coders have done, and of a blind one how many mentions were coded or are to be, and are `settled`."""

    batch: Batch
    coders: tuple[CoderProgress, ...]
    mentions: int
    settled: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a store is: mentions by how they stand (`machine`, `reviewed`, `adjudicated`, `unsure`, and `rejected`, which count no longer), the
    `articles` with text and how many of them are `reviewed`, each mention being decided about or the article said to be complete; coders and
    batches."""

    mentions: Mapping[str, int]
    articles: int
    reviewed: int
    coders: tuple[CoderProgress, ...]
    batches: tuple[BatchProgress, ...]

    def record(self) -> dict[str, Any]:
        """The figures as JSON."""
        found: dict[str, Any] = {**asdict(self), "mentions": dict(self.mentions)}
        return found
