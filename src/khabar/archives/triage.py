"""A fast first pass: pages without Arabic letters are dropped before they are parsed, articles unlikely to hold an event before they are read.

The weights are those of a logistic regression over the words of an article, fitted by train/fit_triage.py, which also chose the threshold.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from khabar.arabic.search import asked, words
from khabar.archives.pieces import refused
from khabar.collect.items import Piece, Raw
from khabar.collect.unpack import GZIP
from khabar.model import Document, Outcome, Record
from khabar.pipeline import Coder
from khabar.pool import coded

SLOTS = 2**13  # that words are hashed into
LEAD = 30  # words of the beginning that count twice, as words and as words of the beginning
FEWEST = 60  # Arabic letters of a page; the shortest annotated article has 230
_LEADS = b"\xd8\xd9\xda\xdb"  # first bytes of U+0600 to U+06FF in UTF-8
_HIGH = bytes(range(0xC0, 0x100))  # where the Arabic letters of Windows-1256 and ISO 8859-6 stand
_LIMIT = 2_000  # words of an article that are looked at


@dataclass(frozen=True, slots=True)
class Triage:
    """The pass: a weight for each slot, a bias, and the log-odds from which an article is read."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    @classmethod
    def load(cls) -> Triage:
        """The one that ships."""
        return _shipped()

    def refuses(self, raw: Raw) -> Piece | None:
        """The piece of a page that cannot be Arabic, None for one that may be."""
        if raw.page and not may_be_arabic(raw.page):
            return refused(raw, f"triage: fewer than {FEWEST} Arabic letters", kind="rejected")
        return None

    def odds(self, text: str) -> float:
        """The log-odds that an article holds an event."""
        return self.bias + sum(self.weights[s] for s in slots(text))

    def code(self, piece: Piece, coder: Coder) -> Record:
        """The record of a piece; an article that is unlikely to hold an event is rejected unread."""
        item = piece.item
        if isinstance(item, Document) and (odds := self.odds(item.text)) < self.threshold:
            reason = f"triage: unlikely to hold an event ({1 / (1 + math.exp(min(50.0, -odds))):.3f})"
            return Record(item.id, item.outlet, item.published, item.text, Outcome("rejected", reason), published_basis=item.published_basis)
        return coded(coder, item)


def slots(text: str) -> frozenset[int]:
    """The slots of an article's words, without article and proclitics before it, and of those of its beginning once more."""
    found = [_bare(w) for w in words(text)[:_LIMIT]]
    return frozenset(map(_slot, {*found, *(f"^{w}" for w in found[:LEAD])}))


@lru_cache(maxsize=100_000)
def _bare(word: str) -> str:
    return asked(word)[-1]


@lru_cache(maxsize=100_000)
def _slot(word: str) -> int:
    return zlib.crc32(word.encode()) % SLOTS


def may_be_arabic(page: bytes) -> bool:
    """Whether a page of bytes may hold Arabic text: in UTF-8, in one byte a letter, in UTF-16, or in numbers."""
    if page.startswith(GZIP) or _count(page, _LEADS) >= FEWEST or page.count(b"&#1") >= FEWEST or page.lower().count(b"&#x6") >= FEWEST:
        return True
    if page.count(b"\x00") > len(page) // 10:
        return True
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return _count(page, _HIGH) >= FEWEST
    return False


def _count(page: bytes, wanted: bytes) -> int:
    return len(page) - len(page.translate(None, wanted))


@lru_cache(maxsize=1)
def _shipped() -> Triage:
    fields = json.loads(files("khabar.archives").joinpath("triage.json").read_text("utf-8"))
    return Triage(tuple(x / fields["scale"] for x in fields["weights"]), fields["bias"], fields["threshold"])


def quantised(weights: Iterable[float], scale: int = 100) -> list[int]:
    """Weights as whole hundredths, as they ship."""
    return [round(w * scale) for w in weights]
