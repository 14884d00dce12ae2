"""Windows: an article's words and their pieces, cut so that each window fits the encoder and sees what was said just before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from khabar.engines.learned.pieces import CLOSING, OPENING, Pieces
from khabar.engines.rules.sentence import Sentence

ROOM = 510  # pieces; the encoder has 512 positions
BEFORE = 2  # sentences of the window before that a window begins with


class Window(NamedTuple):
    """Words `first` to `last` (exclusive) of an article, of which those before `own` only give context.

    `ids` the pieces with the opening and closing sign, `word_of` for each the word it belongs to, counted from `first`, -1 for a sign."""

    first: int
    own: int
    last: int
    ids: tuple[int, ...]
    word_of: tuple[int, ...]


def cut(sentences: Sequence[Sentence], pieces: Pieces) -> list[Window]:
    """The windows of an article, each a row of whole sentences; a sentence with too many pieces keeps fewer for each word."""
    spelled = [_spell(s, pieces) for s in sentences]
    begins = [0]
    for words in spelled:
        begins.append(begins[-1] + len(words))
    out: list[Window] = []
    i = 0
    while i < len(sentences):
        start = max(0, i - BEFORE) if i else 0
        while start < i and sum(_size(w) for w in spelled[start : i + 1]) > ROOM:
            start += 1
        j, used = i, sum(_size(w) for w in spelled[start:i])
        while j < len(sentences) and (j == i or used + _size(spelled[j]) <= ROOM):
            used += _size(spelled[j])
            j += 1
        ids, word_of = _flat(spelled[start:j])
        out.append(Window(begins[start], begins[i], begins[j], ids, word_of))
        i = j
    return out


def _spell(s: Sentence, pieces: Pieces) -> list[tuple[int, ...]]:
    ends = [-1, *(t.end for t in s.tokens[:-1])]
    words = [pieces.word(t.text, after_space=t.start > end) for t, end in zip(s.tokens, ends, strict=True)]
    if _size(words) > ROOM:
        keep = max(1, ROOM // len(words))
        words = [w[:keep] for w in words]
    return words


def _size(words: Sequence[tuple[int, ...]]) -> int:
    return sum(map(len, words))


def _flat(sentences: Sequence[Sequence[tuple[int, ...]]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    words = [w for s in sentences for w in s]
    ids = (OPENING, *(p for w in words for p in w), CLOSING)
    return ids, (-1, *(k for k, w in enumerate(words) for _ in w), -1)


def member_of(word_of: Sequence[int], words: int, pieces: int) -> NDArray[np.float32]:
    """[words, pieces]: 1 where a piece belongs to a word."""
    table = np.zeros((words, pieces), dtype=np.float32)
    places = [(w, k) for k, w in enumerate(word_of) if w >= 0]
    table[[w for w, _ in places], [k for _, k in places]] = 1
    return table
