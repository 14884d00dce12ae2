"""Modes that the means of an act prove: `هجوم` with `بطائرة مسيرة` is a drone's, `قتل` with `عبوة ناسفة` done with explosives."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.engines.rules.draft import Draft
from khabar.engines.rules.scopes import clause_end, clause_start
from khabar.engines.rules.sentence import Sentence

_AIMED = frozenset(("استهداف", "استهدف", "قتل", "تصفيه", "قضاء", "القضاء"))
_REACH = 10


def _means(s: Sentence) -> Iterator[tuple[int, str, str]]:
    """(token, type, mode) of every means the sentence names."""
    for i, w in enumerate(s.words):
        for rest, kind, mode in w.means:
            if i + len(rest) < len(s) and all(part in s.words[i + 1 + k].keys for k, part in enumerate(rest)):
                yield i, kind, mode
                break


def assign_modes(s: Sentence, drafts: list[Draft]) -> None:
    """Add the modes of the means named in the clause of an act, where the act itself shows none."""
    for d in drafts:
        if (
            d.sense.type == "ASSAULT"
            and not d.modes
            and not _AIMED.isdisjoint(s.words[d.first].keys)
            and any(p.label in ("person", "role") and p.entity for p in d.recipients)
        ):
            d.modes.append("targeted")
            d.because("modes", "aimed at a person of note")
    found = list(_means(s))
    for d in drafts if found else ():
        first, last = clause_start(s, d.first), clause_end(s, d.last)
        for i, kind, mode in found:
            if kind == d.sense.type and first <= i < last and abs(i - d.first) <= _REACH and not (d.first <= i < d.last) and not d.modes:
                d.modes.append(mode)
                d.because("modes", f"means {s.tokens[i].text}")
