"""Which country people and bodies belong to whose words tell none: one the article speaks of, the more so if it was named close before, or the
outlet's own for officials (`رئيس الحكومة` in a Tunisian paper)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import speaks_for_place
from khabar.engines.rules.sentence import Sentence, within_name

# Weights beside the article's shares, which sum to 1: the best on every second of 1,571 such participants of the training articles (0.831 to
# 0.854 right on the others).
_SAME_SENTENCE, _LAST, _OUTLET, _CLOSE = 0.2, 0.05, 0.3, 0.2
_OFFICIAL = frozenset(("GOV", "LEG", "JUD", "LAB", "PTY"))
KINGDOMS = ("SAU", "BHR", "JOR", "MAR")
_FADE = 0.5  # by which a country named weighs less with each sentence between


def is_kingdom(s: Sentence, k: int) -> bool:
    """Whether a word is `المملكة` alone, which says of itself not whose."""
    named = s.name_at.get(k)
    return s.words[k].bare == "المملكه" and named is not None and named.last - named.first == 1


class _Named(NamedTuple):
    sentence: int
    first: int
    country: str


def is_state(code: str) -> bool:
    """Whether the first part of a code is a country (ISO 3166-1 alpha-3, PSE or KUR) and no body beyond states."""
    return len(code) == 3 and code not in ("IGO", "NGO", "MNC", "IMG", "INT")


class Homes:
    """The countries an article names, in text order, with the share it speaks of each and the outlet's own (`home`, may be empty)."""

    def __init__(self, sentences: Sequence[Sentence], shares: Mapping[str, float], home: str) -> None:
        self._sentences, self._home = sentences, home
        self._shares = {k: v for k, v in shares.items() if is_state(k)}
        self._order = {id(s): k for k, s in enumerate(sentences)}

    @cached_property
    def _named(self) -> list[_Named]:
        return [_Named(k, i, c) for k, s in enumerate(self._sentences) for i, c in _countries(s, self.kingdom)]

    @cached_property
    def kingdom(self) -> str:
        """Which of the kingdoms `المملكة` is: the one the article names most, the outlet's own before others."""
        told = Counter(country for s in self._sentences for _, country in _countries(s, ""))
        return max(KINGDOMS, key=lambda k: told[k] + 2 * (k == self._home))

    def of(self, phrase: Phrase, sector: str) -> str:
        """The likeliest country of a phrase, or the empty string where the article names none."""
        at = (self._order.get(id(phrase.sentence), 0), phrase.first)
        scores = Counter(self._shares) + self._close(at)
        before = [x for x in self._named if (x.sentence, x.first) < at]
        if before:
            scores[before[-1].country] += _LAST + _SAME_SENTENCE * (before[-1].sentence == at[0])  # type: ignore[assignment]
        if self._home and sector in _OFFICIAL:
            scores[self._home] += _OUTLET  # type: ignore[assignment]
        return max(sorted(scores), key=lambda k: scores[k], default="")

    def _close(self, at: tuple[int, int]) -> Counter[str]:
        near: Counter[str] = Counter()
        for x in self._named:
            near[x.country] += _FADE ** abs(x.sentence - at[0]) * (1.0 if (x.sentence, x.first) < at else 0.5)  # type: ignore[assignment]
        total = sum(near.values()) or 1
        return Counter({k: _CLOSE * v / total for k, v in near.items()})


def _countries(s: Sentence, kingdom: str) -> Iterator[tuple[int, str]]:
    """Where a sentence names a country: by name, seat, adjective, an actor or a place of it, or as the `kingdom` (left out if empty)."""
    for i, w in enumerate(s.words):
        named, place = s.name_at.get(i), s.place_at.get(i)
        if is_kingdom(s, i) and kingdom:
            yield i, kingdom
        if is_kingdom(s, i) or within_name(s, i):
            continue
        if w.owned or i in s.namesakes:
            named = None
        if named:
            country = named.name.id if named.name.kind in ("country", "seat") else named.name.code.split()[0]
            if named.first == i and named.name.kind != "media" and is_state(country):
                yield i, country
        elif w.country:
            yield i, w.country
        elif place and place.first == i and place.candidates[0].country and speaks_for_place(s, place):
            yield i, place.candidates[0].country
