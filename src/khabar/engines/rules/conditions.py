"""Whether the surroundings of a word satisfy the conditions and phrases of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.words import Analysis, Word
from khabar.lexicon import Condition, Element, Trigger

_AFTER, _BEFORE, _GAP = 4, 5, 6
_PEOPLE = frozenset(("person", "role", "armed", "group", "source"))
_ACTORS = frozenset(("group", "org", "armed", "state", "role", "person", "source"))


def _step(s: Sentence, i: int, by: int) -> int | None:
    """The next token in a direction, quotation marks skipped; None at the sentence's end."""
    i += by
    while 0 <= i < len(s) and s.tokens[i].norm in QUOTES:
        i += by
    return i if 0 <= i < len(s) else None


def _near(s: Sentence, i: int, by: int, reach: int, words: frozenset[str]) -> bool:
    k: int | None = i
    for _ in range(reach):
        k = _step(s, k, by) if k is not None else None
        if k is None:
            return False
        if not words.isdisjoint(s.words[k].keys):
            return True
    return False


def classes_at(s: Sentence, i: int) -> frozenset[str]:
    """What the noun phrase that begins at a token may be: people, place, actor, act, thing."""
    out = set()
    w = s.words[i]
    if i in s.number_at:
        number = s.number_at[i]
        if number.last < len(s) and s.words[number.last].noun and number.last != i:
            return classes_at(s, number.last)
        out.add("people")
    if w.noun:
        out |= {"people"} if w.noun.label in _PEOPLE else set()
        out |= {"actor"} if w.noun.label in _ACTORS else set()
        out |= {"place"} if w.noun.label == "placeword" else set()
    if i in s.name_at:
        out |= {"actor"} | ({"people"} if s.name_at[i].name.kind == "person" else set())
    if i in s.place_at:
        out.add("place")
    if w.events and not w.noun:
        out.add("act")
    return frozenset(out or {"thing"})


def _head_after(s: Sentence, i: int) -> int | None:
    """The first word that may head a noun phrase behind a word, particles and quantifiers skipped."""
    k = _step(s, i, 1)
    while k is not None and s.words[k].function in ("quant", "dem", "adv"):
        k = _step(s, k, 1)
    return k


def _slot_classes(s: Sentence, first: int, last: int, op: str) -> frozenset[str]:
    near = _head_after(s, last - 1)
    found = classes_at(s, near) if near is not None else frozenset[str]()
    if op == "obj":
        for k in range(last, min(len(s), last + 6)):
            if s.words[k].sign and s.tokens[k].norm not in QUOTES:
                break
            found |= classes_at(s, k) - {"thing"}
    elif first > 0:
        found |= classes_at(s, first - 1)
    return found


def _definite(s: Sentence, last: int, analysis: Analysis | None) -> bool:
    if analysis is not None and analysis.definite:
        return True
    after = s.words[last] if last < len(s) else None
    return after is not None and (after.article or bool(after.names)) and not after.conjunction and not after.preposition


def holds(condition: Condition, s: Sentence, first: int, last: int, analysis: Analysis | None, passive: bool) -> bool:
    """Whether one condition is true of the tokens `first` to `last` (exclusive)."""
    op, words = condition.op, condition.words
    if op == "next":
        truth = _near(s, last - 1, 1, 1, words)
    elif op == "prev":
        truth = _near(s, first, -1, 1, words)
    elif op == "after":
        truth = _near(s, last - 1, 1, _AFTER, words)
    elif op == "before":
        truth = _near(s, first, -1, _BEFORE, words)
    elif op == "sent":
        truth = not words.isdisjoint(s.keys)
    elif op == "def":
        truth = _definite(s, last, analysis) == ("yes" in words)
    elif op == "pass":
        truth = passive == ("yes" in words)
    else:
        truth = not words.isdisjoint(_slot_classes(s, first, last, op))
    return truth != condition.negated


def allowed(sense: Trigger, s: Sentence, first: int, last: int, analysis: Analysis | None, passive: bool) -> bool:
    """Whether a sense's `if` holds and none of its `unless`."""
    if not all(holds(c, s, first, last, analysis, passive) for c in sense.when):
        return False
    return not any(all(holds(c, s, first, last, analysis, passive) for c in group) for group in sense.unless)


def _is(word: Word, element: Element) -> bool:
    return element.text in (word.lemmas if element.verb else word.keys)


def _run(s: Sentence, elements: Sequence[Element], i: int, by: int) -> list[int] | None:
    """Tokens that match the elements one after the other from token `i` (exclusive) in a direction, or None."""
    used: list[int] = []
    reach, k = 1, i
    for element in elements if by > 0 else list(reversed(elements)):
        if element.gap:
            reach = _GAP
            continue
        for _ in range(reach):
            step = _step(s, k, by)
            if step is None:
                return None
            k = step
            if _is(s.words[k], element):
                used.append(k)
                break
        else:
            return None
        reach = 1
    return used


def match_phrase(sense: Trigger, s: Sentence, i: int) -> tuple[int, int, list[int]] | None:
    """The bracketed tokens (first, last exclusive) and the other tokens used, where the phrase stands around token `i`."""
    if not _is(s.words[i], sense.bracket[0]):
        return None
    inner = _run(s, sense.bracket[1:], i, 1) if len(sense.bracket) > 1 else []
    if inner is None:
        return None
    last = (inner[-1] if inner else i) + 1
    after = _run(s, sense.after, last - 1, 1)
    before = _run(s, sense.before, i, -1) if after is not None else None
    return None if after is None or before is None else (i, last, before + after)
