"""Readers: every engine turns a document and its sentences into mentions behind one protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from khabar.engines.own import NONE, OwnTables
from khabar.model import Document, Mention
from khabar.segment import Sentence


class Engine(Protocol):
    """A reader. Mentions come in text order, their spans verbatim from the document; reading the same twice gives the same."""

    @property
    def name(self) -> str: ...

    def read(self, document: Document, segments: Sequence[Sentence]) -> tuple[Mention, ...]: ...


DEFAULT: Final = "learned"
NAMES: Final = ("learned", "rules")


def load_engine(name: str = DEFAULT, own: OwnTables = NONE) -> Engine:
    """The engine of that name; an unknown one raises InvalidValue, a faulty table of one's own LexiconFault."""
    from khabar.model import InvalidValue

    if name == "rules":
        from khabar.engines.rules import RuleReader

        return RuleReader(own=own)
    if name == "learned":
        from khabar.engines.learned.reader import LearnedReader

        return LearnedReader.load(own)
    raise InvalidValue(f"engine {name!r}: expected {' or '.join(NAMES)}")
