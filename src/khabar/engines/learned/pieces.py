"""Word pieces: the unigram pieces of the encoder's vocabulary that a word is cut into, most probable first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from khabar.arabic.fold import CONTROLS, MARKS, TATWEEL

START = "▁"
UNKNOWN = 3
OPENING, CLOSING, PADDING = 0, 2, 1
MAX_PIECES = 8  # of a word; what follows adds nothing to telling words apart
_DROPPED = re.compile(f"[{MARKS}{TATWEEL}{CONTROLS}]")
_FARSI = str.maketrans("یک", "يك")
_LIMIT = 200_000


class Pieces:
    """Cuts words into pieces by Viterbi search over their unigram scores, and remembers the words it has seen.

    `pieces` in the order of their ids, `scores` their log-probabilities."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._table = {p: (i, s) for i, (p, s) in enumerate(zip(pieces, scores, strict=True)) if i > UNKNOWN}
        self._longest = max(map(len, self._table))
        self._unknown = min(scores) - 10.0
        self._seen: dict[tuple[str, bool], tuple[int, ...]] = {}

    def word(self, text: str, *, after_space: bool) -> tuple[int, ...]:
        """The ids of a word's pieces, at least one and at most MAX_PIECES."""
        key = (text, after_space)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _LIMIT:
                self._seen.clear()
            plain = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).translate(_FARSI)
            found = self._seen[key] = self._best((START if after_space else "") + plain)[:MAX_PIECES] or (UNKNOWN,)
        return found

    def _best(self, text: str) -> tuple[int, ...]:
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, UNKNOWN)] * len(text)
        for i in range(len(text)):
            score = best[i][0]
            if score + self._unknown > best[i + 1][0]:
                best[i + 1] = (score + self._unknown, i, UNKNOWN)
            for j in range(i + 1, min(len(text), i + self._longest) + 1):
                entry = self._table.get(text[i:j])
                if entry and score + entry[1] > best[j][0]:
                    best[j] = (score + entry[1], i, entry[0])
        out, at = [], len(text)
        while at:
            _, before, piece = best[at]
            out.append(piece)
            at = before
        return tuple(reversed(out))
