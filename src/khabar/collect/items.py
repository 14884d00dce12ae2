"""What reading yields: an article, or the record that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khabar.model import Document, Outcome, Record
from khabar.model.ontology import OutcomeKind

Item = Document | Record


@dataclass(frozen=True, slots=True)
class Hints:
    """What holds for every article that does not state it itself."""

    published: date | None = None
    outlet: str | None = None


def unreadable(reason: str, *, id: str | None = None, line: int | None = None, kind: OutcomeKind = "failed") -> Record:  # noqa: A002
    """The record of an input that holds no article."""
    return Record(id, None, None, None, Outcome(kind, reason), line=line)
