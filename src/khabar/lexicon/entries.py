"""What the lexicon's rows become: frozen entries with parsed frames, conditions and phrases. The format is told in FORMAT.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from khabar.arabic.fold import fold
from khabar.lexicon.tables import Row
from khabar.model.ontology import MODES, TYPES, EventType

OPERATORS = frozenset("next prev after before sent obj subj def pass".split())
CLASSES = frozenset("people place actor act thing".split())
ROLES = frozenset("ARCPSM")
POS = frozenset("vnpx")
GAP = ".."


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on a word's surroundings: `op` one of OPERATORS, `words` the folded words that satisfy it."""

    op: str
    negated: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Element:
    """A word of a phrase: `text` folded; `verb` matches the verb's inflections; `gap` skips up to five words."""

    text: str
    verb: bool = False
    gap: bool = False


Frame = dict[str, str]
VERB_FRAME: Frame = {"s": "A", "o": "R"}
NOUN_FRAME: Frame = {"gen": "AR", "علي": "R", "ضد": "R", "بين": "A", "مع": "A", "من قبل": "A"}


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A sense of a word that names an act."""

    lemma: str
    pos: str
    forms: tuple[str, ...]
    type: EventType
    modes: tuple[str, ...]
    frame: Frame
    when: tuple[Condition, ...]
    unless: tuple[tuple[Condition, ...], ...]
    before: tuple[Element, ...]
    bracket: tuple[Element, ...]
    after: tuple[Element, ...]
    origin: str

    @property
    def content(self) -> tuple[str, ...]:
        """The slots that hold what is asked, promised, refused or blamed."""
        return tuple(slot for slot, roles in self.frame.items() if "C" in roles)


class Report(NamedTuple):
    """A word that introduces a source."""

    lemma: str
    pos: str
    act: str
    frame: Frame
    origin: str


class Cue(NamedTuple):
    """A word that sets the status of what it governs."""

    lemma: str
    pos: str
    status: str
    scope: str
    origin: str


class Noun(NamedTuple):
    """A noun that heads participants; `label` is its class, `sector` a PLOVER sector or empty."""

    lemma: str
    label: str
    sector: str
    unit: bool
    english: str


class Name(NamedTuple):
    """Somebody or something the lexicon knows by name; `since` and `until` ISO dates or years, empty where open; `parent` the id of what it
    belongs to, if anything."""

    id: str
    kind: str
    code: str
    english: str
    since: str
    until: str
    parent: str = ""


def parse_frame(cell: str, default: Frame, row: Row) -> Frame:
    """A frame cell as slot -> roles; slots are folded. `-` gives the default."""
    if not cell:
        return default
    frame: Frame = {}
    for part in cell.split(","):
        slot, colon, roles = part.strip().rpartition(":")
        letters = roles.replace("/", "").replace("|", "")
        if not colon or not letters or set(letters) - ROLES:
            raise row.fault(f"frame {part!r}; expected slot:role with roles of {''.join(sorted(ROLES))}")
        frame[fold(slot.strip())] = letters
    return frame


def parse_condition(text: str, row: Row) -> Condition:
    """One condition such as `!next=على|عن`."""
    negated = text.startswith("!")
    op, equals, words = text.lstrip("!").partition("=")
    op = op.strip()
    if op.endswith("!"):
        negated, op = True, op[:-1]
    if not equals or op not in OPERATORS or not words.strip():
        raise row.fault(f"condition {text!r}; expected one of {', '.join(sorted(OPERATORS))} and words, such as next=على|عن")
    members = frozenset(fold(w.strip().strip("<>")) for w in words.split("|") if w.strip())
    if op in ("obj", "subj") and members - CLASSES:
        raise row.fault(f"condition {text!r}; {op} takes {', '.join(sorted(CLASSES))}")
    return Condition(op, negated, members)


def parse_conditions(cell: str, row: Row) -> tuple[Condition, ...]:
    return tuple(parse_condition(part.strip(), row) for part in cell.split(" & ") if part.strip())


def _elements(text: str) -> tuple[Element, ...]:
    out = []
    for word in text.split():
        if word in (GAP, "…"):
            out.append(Element("", gap=True))
        elif word.startswith("<") and word.endswith(">"):
            out.append(Element(fold(word[1:-1]), verb=True))
        else:
            out.append(Element(fold(word)))
    return tuple(out)


def _phrase(text: str, row: Row) -> tuple[tuple[Element, ...], tuple[Element, ...], tuple[Element, ...]]:
    m = re.fullmatch(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)", text)
    if not m or not m[2].strip():
        raise row.fault(f"phrase {text!r}; expected one trigger in square brackets")
    return _elements(m[1]), _elements(m[2]), _elements(m[3])


def _type_and_modes(row: Row) -> tuple[EventType, tuple[str, ...]]:
    kind = next((t for t in TYPES if t == row["type"]), None)
    if kind is None:
        raise row.fault(f"type {row['type']!r}; expected one of {', '.join(TYPES)}")
    for mode in row.list("modes"):
        if mode not in MODES[kind]:
            raise row.fault(f"{kind} has no mode {mode!r}")
    return kind, row.list("modes")


def parse_trigger(row: Row) -> Trigger:
    """A row of a trigger table; every fault raises LexiconFault."""
    pos = row["pos"]
    if pos not in POS or not row["lemma"]:
        raise row.fault(f"pos {pos!r}; expected v, n, p or x and a lemma")
    kind, modes = _type_and_modes(row)
    before, bracket, after = _phrase(row["lemma"], row) if pos == "x" else ((), (), ())
    if pos == "v" and (not row.list("forms") or fold(row.list("forms")[0])[0] not in "ي"):
        raise row.fault(f"verb {row['lemma']!r} without its imperfect, third person masculine singular")
    frame = parse_frame(row["frame"], VERB_FRAME if pos == "v" else NOUN_FRAME, row)
    unless = tuple(parse_conditions(part, row) for part in row["unless"].split(";") if part.strip())
    return Trigger(
        row["lemma"], pos, row.list("forms"), kind, modes, frame, parse_conditions(row["if"], row), unless, before, bracket, after, f"{row.file}:{row.line}"
    )
