"""Articles damaged as the world damages them, and what must hold of every record all the same."""

from __future__ import annotations

import random

from khabar import Coder, Document, Record
from khabar.model.ontology import OUTCOME_KINDS

SIGNS = [
    "\u200f",
    "\u202e",
    "\u0640",
    "\u064e",
    "\x00",
    "\ufffd",
    "\n",
    "\r\n",
    "\u2028",
    ".",
    "،",
    '"',
    "«",
    "»",
    "(",
    ")",
    "١",
    "9",
    " ",
    "و",
    "ال",
    "ل",
    "سـ",
    "لم ",
    "-",
    "\U0001f600",
    "é",
]
SWAPS = {"ي": "ى", "ة": "ه", "أ": "ا", "ك": "ک", "ى": "ی", "إ": "ا", ".": "", " ": "", "،": " ", "\n": " ", "لا": "ﻻ"}
MAX_LENGTH = 6_000


def mutate(text: str, other: str, rng: random.Random) -> str:
    """One to six random changes: signs put in, stretches cut, doubled, moved or shuffled, letters swapped, articles joined."""
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(CHANGES)(text or other, other, rng)
    return text[:MAX_LENGTH]


def _stretch(text: str, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(text))
    return start, min(len(text), start + rng.choice([1, 3, 10, 40, 200]))


def _insert(text: str, _: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) * rng.choice([1, 1, 2, 30]) + text[at:]


def _cut(text: str, _: str, rng: random.Random) -> str:
    start, end = _stretch(text, rng)
    return text[:start] + text[end:]


def _double(text: str, _: str, rng: random.Random) -> str:
    start, end = _stretch(text, rng)
    return text[:end] + text[start:end] * rng.choice([1, 2, 5]) + text[end:]


def _swap(text: str, _: str, rng: random.Random) -> str:
    old = rng.choice(list(SWAPS))
    return text.replace(old, SWAPS[old], rng.choice([1, 5, -1]))


def _shuffle(text: str, _: str, rng: random.Random) -> str:
    start, end = _stretch(text, rng)
    words = text[start:end].split(" ")
    rng.shuffle(words)
    return text[:start] + " ".join(words) + text[end:]


def _graft(text: str, other: str, rng: random.Random) -> str:
    (a, b), at = _stretch(other, rng), rng.randrange(len(text) + 1)
    return text[:at] + other[a:b] + text[at:]


def _reverse(text: str, _: str, rng: random.Random) -> str:
    start, end = _stretch(text, rng)
    return text[:start] + text[start:end][::-1] + text[end:]


CHANGES = (_insert, _cut, _double, _swap, _shuffle, _graft, _reverse)


def check(coder: Coder, document: Document) -> Record:
    """Code a document; its record must have an outcome other than failure, and spans verbatim from the text as it came in."""
    record = coder.code(document)
    assert record.outcome.kind in OUTCOME_KINDS
    assert record.outcome.kind != "failed", f"{record.outcome.reason} at {document.text!r}"
    assert record.text == document.text
    assert record.id == document.id
    assert bool(record.mentions) == (record.outcome.kind == "read")
    for m in record.record()["mentions"]:
        parts = [m["trigger"], *(x for f in ("actors", "recipients", "places", "counts", "sources") for x in m[f])]
        parts += [s["cue"] for s in m["sources"] if s["cue"]] + ([m["time"]["span"]] if m["time"] else [])
        for s in parts:
            assert 0 <= s["start"] < s["end"] <= len(document.text)
            assert document.text[s["start"] : s["end"]] == s["text"]
    return record
