"""From annotated records to what the network learns from: windows of pieces, the grammar's votes, and the answers by word number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from khabar.engines.learned.evidence import ROLES, Votes
from khabar.engines.learned.pieces import Pieces
from khabar.engines.learned.windows import Window, cut
from khabar.engines.rules.judge import Judge
from khabar.engines.rules.reader import RuleReader
from khabar.engines.rules.select import Selector
from khabar.model import Document, parse_day
from khabar.pipeline import shortened
from khabar.segment import sentences

Fields = dict[str, Any]


@dataclass
class Act:
    """A gold mention by word number: `spans` are (role, first, last exclusive, what the annotators say of it)."""

    at: int
    type: str
    status: str
    modes: list[str]
    event: str
    spans: list[tuple[int, int, int, Fields]] = field(default_factory=list)


@dataclass
class Example:
    """A window of an article with its evidence and answers; word numbers are the article's, `window.first` the window's first."""

    article: str
    window: Window
    evidence: np.ndarray
    votes: Votes
    acts: list[Act]


def load_records(paths: Iterable[Path]) -> list[Fields]:
    """The records of folders, sorted by id."""
    records = [json.loads(p.read_text("utf-8")) for folder in paths for p in sorted(folder.glob("*.json"))]
    return sorted(records, key=lambda r: str(r["id"]))


class Maker:
    """Makes examples; one instance holds the lexicon, `judge` the weights that the grammar's votes are cast by."""

    def __init__(self, pieces: Pieces, judge: Judge | None = None) -> None:
        self.pieces = pieces
        self.reader = RuleReader(judge)

    def use(self, judge: Judge) -> None:
        self.reader.select = Selector(judge)

    def examples(self, record: Fields) -> list[Example]:
        published = parse_day(record["published"]) if record["published"] else None
        document = Document(record["text"], record["id"], published, record["outlet"])
        read, drafts = self.reader.drafts(document, shortened(sentences(record["text"])))
        if not read:
            return []
        votes = Votes(read, drafts, frozenset(self.reader.lexicon.casualties))
        ends = [t.end for s in read for t in s.tokens]
        acts = [act for m in record["mentions"] if (act := _act(m, votes, ends)) is not None]
        table = votes.words()
        return [Example(record["id"], w, table[w.first : w.last], votes, [a for a in acts if w.own <= a.at < w.last]) for w in cut(read, self.pieces)]


def _words(span: Fields, votes: Votes, ends: Sequence[int]) -> tuple[int, int] | None:
    """First and last (exclusive) word of a span, None where it lies outside the sentences that are read."""
    first, last = votes.word_at(span["start"]), votes.word_at(span["end"] - 1)
    return (first, last + 1) if span["start"] < ends[first] and span["end"] - 1 < ends[last] else None


def _act(m: Fields, votes: Votes, ends: Sequence[int]) -> Act | None:
    place = _words(m["trigger"], votes, ends)
    if place is None:
        return None
    act = Act(place[0], m["type"], m["status"], m["modes"], m["event"])
    for role, name in enumerate(ROLES):
        found = [m["time"]["span"]] if name == "time" and m["time"] else m[name] or []
        for span in found if name != "time" or m["time"] else []:
            where = _words(span, votes, ends)
            if where:
                act.spans.append((role, *where, {**span, "cue_at": _cue(span, votes, ends)}))
    return act


def _cue(span: Fields, votes: Votes, ends: Sequence[int]) -> int | None:
    where = _words(span["cue"], votes, ends) if span.get("cue") else None
    return where[0] if where else None
