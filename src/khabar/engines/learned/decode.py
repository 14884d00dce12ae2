"""From the network's probabilities to acts: which words, with which spans, and how sure."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from khabar.engines.learned.evidence import ROLES
from khabar.engines.learned.labels import COUNT_ROLES, CUE_REACH, GROUP_OF, LONGEST, MODES, SECTORS, SOURCE_KINDS, STATUSES, TYPES
from khabar.model.ontology import CountRole, EventType, SourceKind, Status

Floats = NDArray[np.float32]
Scores = Mapping[str, Floats]

COMPARED = 150  # acts of a type that are compared with each other; the most in an annotated article are 26


@dataclass(frozen=True, slots=True)
class Bounds:
    """Probabilities from which an answer counts, chosen on the dev part of the corpus: `act` of a word in which the grammar sees an act as
    well, `alone` of one in which it does not."""

    act: float = 0.5
    alone: float = 0.5
    mode: float = 0.4
    role: tuple[float, ...] = (0.4,) * len(ROLES)
    same: float = 0.5


class Calibration:
    """From the network's probabilities to those that come true: a slope and a shift of log-odds for each field of a mention."""

    def __init__(self, table: Mapping[str, Sequence[float]]) -> None:
        self._table = {name: (float(slope), float(shift)) for name, (slope, shift) in table.items()}

    def __call__(self, name: str, p: float) -> float:
        slope, shift = self._table.get(name, (1.0, 0.0))
        x = slope * math.log(max(p, 1e-4) / max(1 - p, 1e-4)) + shift
        return 1 / (1 + math.exp(-x))


class Grammar(NamedTuple):
    """Words, by number, in which the grammar sees acts, and verbs that it knows to speak of the future."""

    acts: Container[int] = ()
    coming: Container[int] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A span by word number, `last` exclusive, with the probability that it belongs to the act, and what more is known of it."""

    first: int
    last: int
    p: float
    label: str = ""
    label_p: float = 0.0
    cue: int | None = None


@dataclass(slots=True)
class Found:
    """An act by word number; probabilities of its being one, of its type, status and modes; its spans by role."""

    at: int
    type: EventType
    p: float
    status: Status
    status_p: float
    modes: list[tuple[str, float]]
    vector: Floats
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    event: str = ""


def softmax(x: Floats, axis: int = -1) -> Floats:
    shifted = np.exp(x - x.max(axis=axis, keepdims=True))
    out: Floats = shifted / shifted.sum(axis=axis, keepdims=True)
    return out


def sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def acts(scores: Scores, vectors: Floats, begin: int, first: int, bounds: Bounds, grammar: Grammar) -> list[Found]:
    """The acts among the words from `begin` on of a window whose first word is number `first` of the article."""
    types = softmax(scores["type"])
    sure = 1 - types[:, len(TYPES)]
    out = []
    for k in np.flatnonzero(sure >= min(bounds.act, bounds.alone)):
        if k < begin or sure[k] < (bounds.act if first + int(k) in grammar.acts else bounds.alone):
            continue
        best = int(types[k, : len(TYPES)].argmax())
        status = softmax(scores["status"][k])
        if first + int(k) in grammar.coming:  # a verb with the particle of the future tells of nothing that has happened
            status[list(STATUSES).index("actual")] = 0
        modes = sigmoid(scores["modes"][k])
        held = [(mode, float(modes[i])) for i, (kind, mode) in enumerate(MODES) if kind == TYPES[best] and modes[i] >= bounds.mode]
        which = int(status.argmax())
        out.append(Found(first + int(k), TYPES[best], float(types[k, best]), STATUSES[which], float(status[which]), held, vectors[k]))
    return out


def attach(found: Sequence[Found], links: Floats, scores: Scores, sentence_end: NDArray[np.int64], first: int, bounds: Bounds) -> None:
    """Give each act of a window its spans. `links` [acts, words, roles] are logits; `sentence_end` the word each word's sentence ends before,
    counted from the window's first."""
    p = sigmoid(links)
    for row, act in enumerate(found):
        taken = _sides(p[row], bounds)
        for role, name in enumerate(ROLES):
            starts = [int(k) for k in np.flatnonzero(taken[:, role] >= bounds.role[role])]
            if name == "time" and starts:
                starts = [max(starts, key=lambda k: float(p[row, k, role]))]
            found_pieces = [_piece(k, role, float(p[row, k, role]), scores, sentence_end, first) for k in starts]
            act.pieces[name] = _apart(found_pieces)


def _sides(p: Floats, bounds: Bounds) -> Floats:
    """Nobody is both actor and recipient of an act: the likelier, measured by its own bound, stays."""
    out = p.copy()
    a, r = p[:, 0] / bounds.role[0], p[:, 1] / bounds.role[1]
    out[:, 0] = np.where(a >= r, p[:, 0], 0)
    out[:, 1] = np.where(r > a, p[:, 1], 0)
    return out


def _piece(k: int, role: int, p: float, scores: Scores, sentence_end: NDArray[np.int64], first: int) -> Piece:
    room = min(LONGEST, int(sentence_end[k]) - k)
    last = k + 1 + int(scores["ends"][k, :room, GROUP_OF[role]].argmax())
    label, label_p, cue = "", 0.0, None
    name = ROLES[role]
    head, labels = {"sources": ("kind", SOURCE_KINDS), "counts": ("count", COUNT_ROLES)}.get(name, ("sector", SECTORS))
    if name not in ("places", "time"):
        shares = softmax(scores[head][k])
        label, label_p = str(labels[int(shares.argmax())]), float(shares.max())
    if name == "sources":
        cue = _cue(scores["cues"][k], k, len(sentence_end), last)
    return Piece(first + k, first + last, p, label, label_p, None if cue is None else first + cue)


def _cue(logits: Floats, k: int, words: int, last: int) -> int | None:
    """The word that introduces a source: the likeliest one within reach and outside the span."""
    for gap in np.argsort(-logits):
        at = k + int(gap) - CUE_REACH
        if 0 <= at < words and not k <= at < last:
            return at
    return None


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Of spans that overlap, the likelier, in text order."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda x: (-x.p, x.first)):
        if all(piece.last <= other.first or other.last <= piece.first for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda x: x.first)


def number_events(found: Sequence[Found], ask: Callable[[list[int]], Floats], bounds: Bounds) -> None:
    """Number the events of an article in text order: acts of one type whose mean probability of being the same reaches the bound are one event,
    the likeliest joined first. `ask` gives the logits [acts, acts] of some acts, named by their places in `found`."""
    groups: list[list[int]] = []
    for kind in dict.fromkeys(act.type for act in found):
        members = [i for i, act in enumerate(found) if act.type == kind]
        for begin in range(0, len(members), COMPARED):
            block = members[begin : begin + COMPARED]
            groups += [[block[k] for k in group] for group in _clusters(sigmoid(ask(block)), bounds.same)]
    for n, group in enumerate(sorted(groups)):
        for i in group:
            found[i].event = f"e{n + 1}"


def _clusters(p: Floats, least: float) -> list[list[int]]:
    """Rows in groups: the two groups whose members are likeliest, on average, to be the same are joined as long as they reach `least`; `p` is read
    above the diagonal."""
    upper = np.triu(p, 1)
    sums, sizes = upper + upper.T, np.ones(len(p))
    groups = [[i] for i in range(len(p))]
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        np.fill_diagonal(means, -1.0)
        i, j = sorted(np.unravel_index(int(means.argmax()), means.shape))
        if means[i, j] < least:
            break
        groups[i] += groups.pop(j)
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        sizes[i] += sizes[j]
        sums, sizes = np.delete(np.delete(sums, j, 0), j, 1), np.delete(sizes, j)
    return [sorted(group) for group in groups]


def count_role(label: str) -> CountRole:
    return next(r for r in COUNT_ROLES if r == label)


def source_kind(label: str) -> SourceKind:
    return next(k for k in SOURCE_KINDS if k == label)
