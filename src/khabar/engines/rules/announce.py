"""Announcements that run over sentences: what is yet to come is known from whoever announced it, until somebody else speaks."""

from __future__ import annotations

from khabar.engines.rules.draft import Draft, Link
from khabar.engines.rules.scopes import Scope
from khabar.engines.rules.sentence import Sentence
from khabar.engines.rules.words import Analysis

RULE = "continues the announcement"
_OPENING = 4


def continuation(s: Sentence, drafts: list[Draft], told: set[str], coming: set[str], speaker: tuple[Link, ...]) -> Scope | None:
    """The scope of a sentence without a speaker of its own that goes on with an announced act (`وسيشهد المؤتمر`), or that says what somebody
    will say (`وستؤكد الجموع أن`). `told` are the words of the acts the speaker before told of, `coming` those known to lie ahead."""
    verb = next((k for k in range(min(_OPENING, len(s))) if s.verbs[k]), None)
    analysis = s.verbs[verb] if verb is not None else None
    if not speaker or verb is None or not isinstance(analysis, Analysis) or analysis.form.kind != "imperfect":
        return None
    future = [k for k in range(len(s)) if _is_future(s, k)]
    says = bool(s.words[verb].reports) and verb in future
    subject = next((d for d in drafts if d.shape == "noun" and 0 < d.first - verb <= 2 and d.analysis is not None and d.analysis.definite), None)
    known = subject is not None and not told.isdisjoint(s.words[subject.first].lemmas)
    ahead = bool(future) or (subject is not None and not coming.isdisjoint(s.words[subject.first].lemmas))
    return Scope(0, len(s), speaker, None, RULE) if says or (known and ahead) else None


def _is_future(s: Sentence, i: int) -> bool:
    a = s.verbs[i]
    return isinstance(a, Analysis) and a.split.particle == "س"


def announced(s: Sentence, drafts: list[Draft]) -> set[str]:
    """The words of the acts that a sentence in the future tense takes for its subject."""
    first = next((k for k in range(len(s)) if s.verbs[k]), None)
    if first is None or not any(_is_future(s, k) for k in range(len(s))):
        return set()
    return {lemma for d in drafts if d.shape == "noun" and 0 < d.first - first <= 2 for lemma in s.words[d.first].lemmas}
