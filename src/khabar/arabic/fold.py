"""Folding: one spelling for the many that Arabic writing allows, with the way back to the untouched text."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

MARKS = "".join(
    chr(c) for c in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E9), *range(0x06EA, 0x06EE))
)
TATWEEL = "\u0640"
CONTROLS = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ۍ": "ي", "ئ": "ي",
    "ؤ": "و", "ۆ": "و", "ۋ": "و",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
    "ک": "ك", "ڪ": "ك", "ګ": "ك",
    "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "٪": "%",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‹": '"', "›": '"', "’": "'", "‘": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ",
}  # fmt: skip


def _single(char: str) -> str:
    """The folded form of one character: empty, one or several characters."""
    if char in MARKS or char == TATWEEL or char in CONTROLS:
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    wide = unicodedata.normalize("NFKC", char)
    if wide != char:
        return "".join(_single(c) for c in wide)
    lower = char.lower()
    return lower if lower == char or len(lower) == 1 else "".join(c for c in lower if not unicodedata.combining(c))


class _Table(dict[int, str]):
    """A translation table that works out each code point once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _single(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """The text in folded spelling: marks, tatweel and invisible controls dropped; alef, hamza, yeh, ta marbuta and kaf forms,
    digits, quotes and presentation forms unified; Latin in lower case. Folding twice changes nothing more."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset of the original character it came from.

    `origin` has one entry more than `text` has characters: the last is the length of the original.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original of the folded half-open range; dropped marks after its last character belong to it."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"folded range {start}-{end} is not within 0-{len(self.text)} or is empty")
        last = self.origin[end - 1]
        following = self.origin[end] if end < len(self.text) else self.origin[-1]
        return self.origin[start], max(last + 1, following)

    def locate(self, offset: int) -> int:
        """The index of the folded character that the original character at `offset` went into (or the one before it)."""
        return max(0, bisect_right(self.origin, offset, hi=len(self.text)) - 1)


def fold_with_map(text: str) -> Folded:
    """Fold and keep the offset map; `fold_with_map(t).text == fold(t)`."""
    parts: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        folded = _TABLE[ord(char)]
        parts.append(folded)
        origin.extend([offset] * len(folded))
    origin.append(len(text))
    return Folded("".join(parts), tuple(origin))
