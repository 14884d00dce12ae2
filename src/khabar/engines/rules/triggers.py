"""Triggers: which words of a sentence name an act, and in which sense."""

from __future__ import annotations

from collections.abc import Iterable

from khabar.engines.rules.conditions import allowed, match_phrase
from khabar.engines.rules.draft import Draft, Shape
from khabar.engines.rules.sentence import DAMMA, QUOTES, STOPS, Sentence
from khabar.engines.rules.words import Analysis
from khabar.lexicon import Lexicon, Trigger

_LIGHT_REACH = 8


def find_triggers(s: Sentence, lexicon: Lexicon) -> list[Draft]:
    """The acts of a sentence in text order, each token in at most one."""
    phrases = _phrases(s)
    used = {k for _, _, others, _ in phrases.values() for k in others}
    drafts: list[Draft] = []
    i = 0
    while i < len(s):
        draft = _from_phrase(s, i, phrases) if i in phrases else None if i in used or not s.words[i].events else _from_word(s, i)
        if draft is not None and not _inside_name(s, draft):
            _relate(s, draft, lexicon)
            drafts.append(draft)
        i = draft.last if draft is not None else i + 1
    return _without_light(s, drafts)


def _phrases(s: Sentence) -> dict[int, tuple[int, int, list[int], Trigger]]:
    """The best phrase at each anchor: the one of most words."""
    found: dict[int, tuple[int, int, list[int], Trigger]] = {}
    for i, w in enumerate(s.words):
        for sense in w.phrases:
            hit = match_phrase(sense, s, i)
            if hit is None or not allowed(sense, s, hit[0], hit[1], None, False):
                continue
            old = found.get(i)
            if old is None or _weight(sense) > _weight(old[3]):
                found[i] = (*hit, sense)
    return found


def _weight(sense: Trigger) -> int:
    return sum(not e.gap for e in (*sense.before, *sense.bracket, *sense.after)) + len(sense.when)


def _from_phrase(s: Sentence, i: int, phrases: dict[int, tuple[int, int, list[int], Trigger]]) -> Draft:
    first, last, _, sense = phrases[i]
    verb = s.verbs[i]
    analysis = verb if isinstance(verb, Analysis) else next((a for a in s.words[i].analyses if not a.finite), None)
    draft = Draft(s, first, last, sense, "verb" if verb else "noun", analysis)
    draft.because("trigger", f"phrase {sense.origin}")
    return draft


def _shape(analysis: Analysis) -> Shape:
    kind = analysis.form.kind
    if analysis.finite:
        return "verb"
    return "circumstance" if kind == "circumstance" else "adjective" if kind == "adjective" else "noun"


def _readings(s: Sentence, i: int) -> Iterable[Analysis]:
    """The readings that fit what the word is here: a verb where the grammar says so, a participle only where one can stand."""
    verb = s.verbs[i]
    for a in s.words[i].events:
        if bool(verb) != a.finite:
            continue
        if a.form.kind == "circumstance" and not _circumstantial(s, i):
            continue
        yield a


def _circumstantial(s: Sentence, i: int) -> bool:
    """Whether a participle can stand for a clause here: not after a preposition or noun that governs it."""
    if i == 0:
        return False
    before = s.words[i - 1]
    return before.sign or (before.function not in ("prep", "quant", "dem", "neg") and not s.words[i].preposition)


def _from_word(s: Sentence, i: int) -> Draft | None:
    for analysis in _readings(s, i):
        passive = analysis.form.voice == "passive" or (analysis.finite and _marked_passive(s.tokens[i].text))
        senses = analysis.lexeme.triggers
        for sense in sorted(senses, key=lambda t: -len(t.when)):
            if allowed(sense, s, i, i + 1, analysis, passive):
                draft = Draft(s, i, i + 1, sense, _shape(analysis), analysis, passive=passive)
                draft.because("trigger", f"word {sense.origin}")
                return draft
    return _loosely(s, i)


def _marked_passive(text: str) -> bool:
    """Whether a vowel mark shows the passive: damma on the first letter of a perfect (`قُتل`), after `و` or `ف` on the second."""
    bare = text[1:] if text[:1] in "وف" and text[1:2] not in ("", DAMMA) else text
    return bare[1:2] == DAMMA and bare[:1] not in "يتنأا"


def _loosely(s: Sentence, i: int) -> Draft | None:
    """The plainest sense of a word none of whose conditions hold; only the weights of its surroundings can still accept it."""
    for analysis in _readings(s, i):
        sense = min(analysis.lexeme.triggers, key=lambda t: len(t.when))
        draft = Draft(s, i, i + 1, sense, _shape(analysis), analysis, passive=analysis.form.voice == "passive", loose=True)
        draft.because("trigger", f"word {sense.origin}, its conditions overruled")
        return draft
    return None


def _inside_name(s: Sentence, draft: Draft) -> bool:
    """A word inside a longer name (`وزارة الدفاع`, `حركة المقاومة`) names no act."""
    named = s.name_at.get(draft.first)
    return named is not None and named.last - named.first > draft.last - draft.first


def _relate(s: Sentence, draft: Draft, lexicon: Lexicon) -> None:
    draft.modes = list(draft.sense.modes)
    lemmas = s.words[draft.first].keys
    draft.toll = draft.sense.type == "ASSAULT" and not lexicon.tolls.isdisjoint(lemmas)
    draft.kills = draft.sense.type == "ASSAULT" and any(lexicon.casualties.get(k) in ("killed", "injured") for k in lemmas)
    if draft.shape == "noun":
        draft.light = _light_verb(s, draft.first)


def _light_verb(s: Sentence, i: int) -> int | None:
    """The helping verb that carries an event noun: `شنت الطائرات غارات`, `تم القبض`, `قام بتفجير`."""
    for k in range(i - 1, max(-1, i - _LIGHT_REACH), -1):
        w = s.words[k]
        if w.sign and s.tokens[k].norm in STOPS:
            return None
        if w.helper and (s.verbs[k] or w.function == "aux"):
            return k
        if s.verbs[k]:
            return None
    return None


def _without_light(s: Sentence, drafts: list[Draft]) -> list[Draft]:
    """A helping verb is not an act beside the act it carries."""
    carriers = {d.light for d in drafts if d.light is not None and s.words[d.light].helper in ("light", "passive", "cause", "host")}
    return [d for d in drafts if not (d.shape == "verb" and d.first in carriers)]


def quoted(s: Sentence, i: int) -> bool:
    """Whether an odd number of quotation marks stands before a token of the sentence."""
    return sum(t.norm in QUOTES for t in s.tokens[:i]) % 2 == 1
