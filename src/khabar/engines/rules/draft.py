"""A mention in the making: what the stages of the rule reader hand on to each other within one article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from khabar.engines.rules.sentence import Sentence
from khabar.engines.rules.words import Analysis
from khabar.lexicon import Trigger
from khabar.model import Span
from khabar.model.ontology import CountRole, SourceKind, Status

Shape = Literal["verb", "noun", "circumstance", "adjective"]


class Phrase(NamedTuple):
    """A noun phrase: tokens `first` to `last` (exclusive) of a sentence, its head, and what kind of thing it names.

    `label` is a noun class of the lexicon, or `people`, `place`, `name`, empty where unknown; `country` ISO alpha-3 or empty."""

    sentence: Sentence
    first: int
    last: int
    head: int
    label: str
    code: str
    entity: str = ""
    english: str = ""


class Link(NamedTuple):
    """A link of a source chain: who, introduced by what. `phrase` offsets may lie in an earlier sentence."""

    span: Span
    kind: SourceKind
    cue: Span | None
    rule: str


class Tally(NamedTuple):
    """A number of people or acts with its role."""

    span: Span
    role: CountRole
    low: int
    high: int | None
    who: str
    approximate: bool
    open: bool


@dataclass(slots=True, eq=False)
class Draft:
    """A trigger with its sense and, as the stages go on, everything else. `loose` marks a sense whose conditions in the lexicon do not
    hold, `certain` a status that the verb's own form settles."""

    sentence: Sentence
    first: int
    last: int
    sense: Trigger
    shape: Shape
    analysis: Analysis | None
    light: int | None = None
    passive: bool = False
    toll: bool = False
    kills: bool = False
    loose: bool = False
    certain: bool = False
    status: Status = "actual"
    modes: list[str] = field(default_factory=list)
    actors: list[Phrase] = field(default_factory=list)
    recipients: list[Phrase] = field(default_factory=list)
    places: list[tuple[Sentence, int]] = field(default_factory=list)
    time: tuple[Sentence, int] | None = None
    counts: list[Tally] = field(default_factory=list)
    sources: tuple[Link, ...] = ()
    event: str = ""
    why: list[tuple[str, str]] = field(default_factory=list)

    @property
    def position(self) -> tuple[int, int]:
        return self.sentence.segment.index, self.first

    def because(self, field_name: str, rule: str) -> None:
        self.why.append((field_name, rule))
