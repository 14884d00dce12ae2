"""What the lexicon and the grammar say of each word of an article, as numbers: the learned reader's second vote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from khabar.engines.learned.labels import MODES
from khabar.engines.rules.draft import Draft
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.model.ontology import STATUSES, TYPES
from khabar.resolve.moments import Edge
from khabar.resolve.periods import is_up_to_now

Floats = NDArray[np.float32]

ROLES: Final = ("actors", "recipients", "places", "time", "counts", "sources")
_NOUNS: Final = ("person", "role", "armed", "group", "source", "org", "state", "placeword", "document")
_NAMES: Final = ("country", "seat", "media", "party", "person", "group", "org", "state")
_PLAIN: Final = (
    "verb", "unknown verb", "reports", "cue", "helper", "country", "given", "article", "conjunction", "preposition", "prep", "pp", "rel", "that",
    "neg", "aux", "sign", "quote", "quoted", "place", "time", "number", "dateline", "headline", "first", "casualty", "means", "cue span",
)  # fmt: skip
NAMES: Final = (
    *(f"sense {t}" for t in TYPES),
    *(f"act {t}" for t in TYPES),
    *(f"status {s}" for s in STATUSES),
    *(f"mode {t} {m}" for t, m in MODES),
    *(f"first of {r}" for r in ROLES),
    *(f"in {r}" for r in ROLES),
    *(f"noun {n}" for n in _NOUNS),
    *(f"name {n}" for n in _NAMES),
    *_PLAIN,
)
_AT: Final = {name: i for i, name in enumerate(NAMES)}


class Votes:
    """The grammar's reading of an article by word number, counted over all its sentences.

    `acts` maps the first word of each act to its draft; `links` the first words of its participants and the rest to (role, act)."""

    def __init__(self, sentences: Sequence[Sentence], drafts: Sequence[Draft], casualties: frozenset[str]) -> None:
        self.sentences = sentences
        self._casualties = casualties
        self._layout: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None
        self.base: dict[int, int] = {}
        self.starts: list[int] = []
        for s in sentences:
            self.base[id(s)] = len(self.starts)
            self.starts += [t.start for t in s.tokens]
        self.acts = {self.base[id(d.sentence)] + d.first: d for d in drafts}
        self.spans = {at: self._spans(d) for at, d in self.acts.items()}

    def word_at(self, offset: int) -> int:
        """The number of the word that holds or precedes a character offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_of(self, word: int) -> Sentence:
        """The sentence that holds a word."""
        return self.sentences[int(self.layout()[0][word])]

    def layout(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each word the number of its sentence, and the word that its sentence ends before."""
        if self._layout is None:
            lengths = np.array([len(s) for s in self.sentences], dtype=np.int64)
            self._layout = (np.repeat(np.arange(len(lengths)), lengths), np.repeat(np.cumsum(lengths), lengths))
        return self._layout

    def _spans(self, d: Draft) -> list[tuple[int, int, int]]:
        """(role, first word, last word exclusive) of everything the draft holds."""
        out: list[tuple[int, int, int]] = []
        for role, phrases in ((0, d.actors), (1, d.recipients)):
            out += [(role, self.base[id(p.sentence)] + p.first, self.base[id(p.sentence)] + p.last) for p in phrases]
        for s, i in d.places:
            out.append((2, self.base[id(s)] + s.places[i].first, self.base[id(s)] + s.places[i].last))
        if d.time:
            s, i = d.time
            out.append((3, self.base[id(s)] + s.times[i].first, self.base[id(s)] + s.times[i].last))
        out += [(4, self.word_at(t.span.start), self.word_at(t.span.end - 1) + 1) for t in d.counts]
        out += [(5, self.word_at(x.span.start), self.word_at(x.span.end - 1) + 1) for x in d.sources]
        return out

    def words(self) -> Floats:
        """[words, len(NAMES)]: zeros and ones."""
        table = np.zeros((len(self.starts), len(NAMES)), dtype=np.float32)
        for s in self.sentences:
            _sentence(table[self.base[id(s)] : self.base[id(s)] + len(s)], s, self._casualties)
        for at, d in self.acts.items():
            table[at, _AT[f"act {d.sense.type}"]] = 1
            table[at, _AT[f"status {d.status}"]] = 1
            for mode in d.modes:
                table[at, _AT[f"mode {d.sense.type} {mode}"]] = 1
            for role, first, last in self.spans[at]:
                table[first, _AT[f"first of {ROLES[role]}"]] = 1
                table[first:last, _AT[f"in {ROLES[role]}"]] = 1
            for link in d.sources:
                if link.cue:
                    table[self.word_at(link.cue.start), _AT["cue span"]] = 1
        return table

    def links(self, acts: Sequence[int], first: int, last: int) -> Floats:
        """[acts, last - first, roles]: whether the grammar begins a span of that role for that act at each word of a window."""
        table = np.zeros((len(acts), last - first, len(ROLES)), dtype=np.float32)
        for row, at in enumerate(acts):
            for role, start, _ in self.spans.get(at, ()):
                if first <= start < last:
                    table[row, start - first, role] = 1
        return table

    def same_event(self, acts: Sequence[int]) -> Floats:
        """[acts, acts]: whether the grammar takes two acts for one event."""
        events = [self.acts[at].event if at in self.acts else f"?{at}" for at in acts]
        return np.array([[float(a == b) for b in events] for a in events], dtype=np.float32).reshape(len(acts), len(acts))


def _time_words(s: Sentence) -> set[int]:
    """The words of times as the network has seen them marked: without `حتى الآن`, hours that have no day, and the `قبل` of a date."""
    out: set[int] = set()
    for x in s.times:
        if x.kind != "clock" and not is_up_to_now(x):
            out |= set(range(x.first + (isinstance(x.moment, Edge) and x.moment.side == "before"), x.last))
    return out


def _sentence(table: Floats, s: Sentence, casualties: frozenset[str]) -> None:
    inside = False
    for d in s.candidates:
        table[d.first, _AT[f"sense {d.sense.type}"]] = 1
    for named in s.names:
        if named.name.kind in _NAMES:
            table[named.first : named.last, _AT[f"name {named.name.kind}"]] = 1
    timed = _time_words(s)
    for i, w in enumerate(s.words):
        row = table[i]
        if s.tokens[i].norm in QUOTES:
            inside = not inside
        if w.noun and w.noun.label in _NOUNS:
            row[_AT[f"noun {w.noun.label}"]] = 1
        verb = s.verbs[i]
        flags = {
            "verb": verb is not None, "unknown verb": verb is True, "reports": bool(w.reports), "cue": bool(w.cues), "helper": bool(w.helper),
            "country": bool(w.country), "given": w.given, "article": w.article, "conjunction": bool(w.conjunction), "preposition": bool(w.preposition),
            "prep": w.function == "prep", "pp": w.function == "pp", "rel": w.function == "rel", "that": w.function == "that",
            "neg": w.function == "neg", "aux": w.function == "aux", "sign": w.sign, "quote": s.tokens[i].norm in QUOTES, "quoted": inside,
            "place": i in s.place_at, "time": i in timed, "number": i in s.number_at, "dateline": i < s.segment.dateline,
            "headline": s.segment.zone == "headline", "first": i == 0, "casualty": not w.keys.isdisjoint(casualties), "means": bool(w.means),
        }  # fmt: skip
        for name, value in flags.items():
            if value:
                row[_AT[name]] = 1
