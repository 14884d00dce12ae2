"""Scopes: stretches of a sentence that a source vouches for or a cue gives its status to."""

from __future__ import annotations

from typing import NamedTuple

from khabar.engines.rules.draft import Link
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.model.ontology import Status

_FULL = frozenset(".;?!")


class Scope(NamedTuple):
    """Tokens `first` to `last` (exclusive) and what holds for them: links of a chain (outermost first), a status, or both.

    `whole` marks an attribution of the entire sentence, which yields to any narrower one."""

    first: int
    last: int
    links: tuple[Link, ...]
    status: Status | None
    rule: str
    whole: bool = False
    drops: bool = False

    def holds(self, i: int) -> bool:
        return self.first <= i < self.last


def clause_end(s: Sentence, i: int) -> int:
    """Where the clause that goes on at token `i` ends (exclusive): a full stop, or a comma or `و` before a new finite verb."""
    for k in range(i, len(s)):
        w = s.words[k]
        if w.sign:
            if s.tokens[k].norm in _FULL and not (k + 1 < len(s) and s.tokens[k + 1].norm in QUOTES):
                return k
            if s.tokens[k].norm == "," and k + 1 < len(s) and (_finite(s, k + 1) or s.words[k + 1].function == "conj"):
                return k
        elif (k > i and w.conjunction == "و" and _finite(s, k)) or (
            k > i and w.function == "conj" and w.norm in ("بينما", "فيما", "حيث", "كما", "لكن", "ولكن", "وذلك", "اذ", "مما")
        ):
            return k
    return len(s)


def _finite(s: Sentence, i: int) -> bool:
    return bool(s.verbs[i]) or s.words[i].function == "aux"


def clause_start(s: Sentence, i: int) -> int:
    """Where the clause of token `i` begins: behind a stop, a colon, `أن`, or a conjunction before it."""
    for k in range(i - 1, -1, -1):
        w = s.words[k]
        if w.sign and s.tokens[k].norm in _FULL | {":"}:
            return k + 1
        if w.sign and s.tokens[k].norm == "," and (_finite(s, k + 1) or s.words[k + 1].function == "conj"):
            return k + 1
        if w.function == "conj" and w.norm in ("بينما", "فيما", "حيث", "كما", "لكن", "ولكن", "اذ"):
            return k + 1
        if w.function == "that":
            return k + 1
    return 0
