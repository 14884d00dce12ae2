"""Arabic among Latin letters on a terminal: isolated, never reshaped or reversed, and measured in columns."""

from __future__ import annotations

import re
import unicodedata

FSI, PDI = "\u2068", "\u2069"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def plain(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or the direction of what follows."""
    return " ".join(_CONTROL.sub(" ", text).split())


def isolate(text: str) -> str:
    """`text` so that its direction does not touch what stands around it."""
    return f"{FSI}{text}{PDI}" if text and not text.isascii() else text


def width(text: str) -> int:
    """The columns a terminal gives `text`: none for marks and controls, two for wide signs."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, columns: int) -> list[str]:
    """The lines of `text` in at most `columns` columns, broken between words; a word longer than that is cut."""
    lines: list[str] = []
    for word in text.split():
        *heads, last = _cut(word, columns)
        lines += heads
        if lines and width(lines[-1]) + 1 + width(last) <= columns:
            lines[-1] += " " + last
        else:
            lines.append(last)
    return lines


def _cut(word: str, columns: int) -> list[str]:
    """A word in parts of at most `columns` columns."""
    parts = [""]
    for char in word:
        if parts[-1] and width(parts[-1]) + width(char) > columns:
            parts.append("")
        parts[-1] += char
    return parts
