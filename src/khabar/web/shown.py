"""An article's text as HTML: evidence marked by whole words, controls of direction shown and not obeyed, every character in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

BIDI: Mapping[str, tuple[str, str]] = {
    "\u061c": ("◇", "U+061C ARABIC LETTER MARK"), "\u200e": ("◇", "U+200E LEFT-TO-RIGHT MARK"), "\u200f": ("◇", "U+200F RIGHT-TO-LEFT MARK"),
    "\u202a": ("◁", "U+202A LEFT-TO-RIGHT EMBEDDING"), "\u202b": ("▷", "U+202B RIGHT-TO-LEFT EMBEDDING"),
    "\u202c": ("□", "U+202C POP DIRECTIONAL FORMATTING"), "\u202d": ("◀", "U+202D LEFT-TO-RIGHT OVERRIDE"),
    "\u202e": ("▶", "U+202E RIGHT-TO-LEFT OVERRIDE"), "\u2066": ("◁", "U+2066 LEFT-TO-RIGHT ISOLATE"),
    "\u2067": ("▷", "U+2067 RIGHT-TO-LEFT ISOLATE"), "\u2068": ("◇", "U+2068 FIRST STRONG ISOLATE"), "\u2069": ("□", "U+2069 POP DIRECTIONAL ISOLATE"),
}  # fmt: skip
_CONTROLS = {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_LINES = {0x2028: 0x0A, 0x2029: 0x0A, 0x0D: 0x0A}
_ONE_FOR_ONE = {**_CONTROLS, **_LINES, **{ord(c): ord(sign) for c, (sign, _) in BIDI.items()}, 0xFEFF: 0x25C7}
_RETURN = re.compile(r"\r(?=\n)")
_WORDS = re.compile(r"\S+|\s+")
_BIDI = re.compile(f"[{''.join(BIDI)}]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a mention (`trigger`, `actors`, ...) and where it stands, in characters."""

    start: int
    end: int
    part: str
    mention: int


@dataclass(frozen=True, slots=True)
class Control:
    """A control of direction, by its sign and name."""

    sign: str
    name: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters from `start` that are shown alike: pieces of text and controls, the parts they are evidence of and the mentions (by number)."""

    start: int
    pieces: tuple[str | Control, ...]
    parts: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()


def visible(text: str) -> str:
    """The text with every control of direction, line or terminal replaced by one visible sign or line end, character by character. A carriage
    return before a line feed becomes a space of no width."""
    return _RETURN.sub("\u200b", text).translate(_ONE_FOR_ONE)


def stretches(text: str, marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """A text cut between words wherever what is marked changes; a word is never cut, its letters would lose their joining."""
    words = [(m.start(), m.end()) for m in _WORDS.finditer(text)]
    owners = _owners(words, text, marks)
    out: list[Stretch] = []
    for found, group in groupby(zip(words, owners, strict=True), key=lambda pair: pair[1]):
        spans = [span for span, _ in group]
        parts = tuple(dict.fromkeys(m.part for m in found))
        out.append(Stretch(spans[0][0], _pieces(text[spans[0][0] : spans[-1][1]]), parts, tuple(dict.fromkeys(m.mention for m in found))))
    return tuple(out)


def _owners(words: Sequence[tuple[int, int]], text: str, marks: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    """The marks that touch each word; space belongs to what stands on both sides of it."""
    found: list[list[Mark]] = [[] for _ in words]
    ordered, live, next_mark = sorted(marks, key=lambda m: m.start), list[Mark](), 0
    for i, (start, end) in enumerate(words):
        while next_mark < len(ordered) and ordered[next_mark].start < end:
            live.append(ordered[next_mark])
            next_mark += 1
        live = [m for m in live if m.end > start]
        found[i] = sorted(live, key=lambda m: (m.mention, m.part, m.start))
    keyed = [tuple(f) for f in found]
    return [_both(keyed, i) if text[s].isspace() else keyed[i] for i, (s, _) in enumerate(words)]


def _both(owners: Sequence[tuple[Mark, ...]], i: int) -> tuple[Mark, ...]:
    if i in (0, len(owners) - 1) or owners[i - 1] != owners[i + 1]:
        return ()
    return owners[i - 1]


def _pieces(text: str) -> tuple[str | Control, ...]:
    """Text with the controls of direction taken out as signs of their own."""
    out: list[str | Control] = []
    at = 0
    for m in _BIDI.finditer(text):
        out += [visible(text[at : m.start()]), Control(*BIDI[m[0]])]
        at = m.end()
    return tuple(p for p in (*out, visible(text[at:])) if p)


def marks_of(mentions: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The evidence of mentions, as their JSON objects give it."""
    out: list[Mark] = []
    for i, m in enumerate(mentions):
        spans = [("trigger", m["trigger"]), *(("time", m[k].get("span", m[k])) for k in ("time", "said") if m.get(k))]
        spans += [(part, x) for part in ("actors", "recipients", "places", "counts", "sources") for x in m[part]]
        spans += [("sources", s["cue"]) for s in m["sources"] if s.get("cue")]
        out += [Mark(s["start"], s["end"], part, i) for part, s in spans]
    return out
