"""Status: what makes an act planned, requested, hypothetical or denied, and how far a cue reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from khabar.engines.rules.draft import Draft
from khabar.engines.rules.scopes import Scope, clause_end
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.words import Analysis
from khabar.lexicon import Cue, Words
from khabar.model.ontology import STATUSES, Status

_NEGATIONS = frozenset(("لم", "لن", "ولم", "ولن", "فلم", "فلن", "ليس", "وليس"))
_WITHOUT = frozenset(("عدم", "دون", "بدون", "لعدم", "بعدم", "وعدم", "انعدام", "غياب"))
_SETTLED = frozenset(("future", "after لم", "after ولم", "after لن", "after ولن", "after قد", "after وقد", "after ربما"))
_CONDITIONS = frozenset(("اذا", "لو", "في حال", "في حاله"))
CONDITION = "condition"
_NEXT_REACH = 3
_CONTENT_REACH = 6


def _phrase_cues(s: Sentence) -> Iterator[tuple[int, int, Cue]]:
    for i, w in enumerate(s.words):
        for rest, cue in w.cue_phrases:
            if _follows(s, i + 1, rest):
                yield i, i + 1 + len(rest), cue
                break


def _follows(s: Sentence, at: int, rest: Words) -> bool:
    if at + len(rest) > len(s):
        return False
    for k, part in enumerate(rest):
        w = s.words[at + k]
        if part.startswith("<"):
            if part[1:-1] not in w.lemmas:
                return False
        elif part not in (w.norm, w.bare) and part not in w.keys:
            return False
    return True


def _word_cues(s: Sentence) -> Iterator[tuple[int, int, Cue]]:
    for i, w in enumerate(s.words):
        for a in w.cues:
            if a.finite == bool(s.verbs[i]) or a.form.kind == "adjective":
                yield i, i + 1, a.lexeme.cues[0]
                break


def cue_scopes(s: Sentence, spoken: Collection[int]) -> list[Scope]:
    """The scopes of the sentence's status cues. `spoken` are the tokens of speech acts, whose content has its own scope."""
    found = [*_phrase_cues(s), *_word_cues(s)]
    scopes = []
    for first, last, cue in found:
        if first in spoken:
            continue
        status = next((x for x in STATUSES if x == cue.status), None)
        if status is None:
            continue
        end = _reach(s, last, cue)
        if end > last:
            scopes.append(Scope(last, end, (), status, f"{CONDITION if cue.lemma in _CONDITIONS else 'cue'} {cue.origin}"))
    return scopes


def _reach(s: Sentence, last: int, cue: Cue) -> int:
    end = clause_end(s, last)
    if cue.scope == "next":
        return min(end, last + _NEXT_REACH)
    if cue.scope == "sentence":
        return len(s)
    if cue.scope == "content":
        that = next((k for k in range(last, min(end, last + _CONTENT_REACH)) if s.words[k].function == "that"), None)
        return clause_end(s, that + 1) if that is not None else min(end, last + _CONTENT_REACH)
    return end


def _direct(draft: Draft) -> tuple[Status, str] | None:
    """What the trigger's own form and the particle before it say."""
    s, i, analysis = draft.sentence, draft.first, draft.analysis
    k = i - 1
    while k >= 0 and s.tokens[k].norm in QUOTES:
        k -= 1
    before = s.words[k] if k >= 0 else None
    if draft.shape == "verb" and analysis is not None:
        return _verbal(before.norm if before else "", analysis, s, k)
    if before is not None and (before.norm in _WITHOUT or before.bare in _WITHOUT):
        return "denied", f"after {before.norm}"
    if draft.shape == "noun" and draft.light is not None:
        return _light(s, draft.light)
    if draft.shape == "noun" and s.words[i].preposition == "ل" and not s.words[i].article and draft.analysis is not None and not draft.analysis.split.article:
        governed = before is not None and (before.reports or before.events) and not before.article
        return None if governed else ("planned", "purpose")
    return None


def _verbal(before: str, analysis: Analysis, s: Sentence, k: int) -> tuple[Status, str] | None:
    if analysis.split.particle == "س" or before in ("سوف", "وسوف", "فسوف"):
        return "planned", "future"
    if before in _NEGATIONS:
        return "denied", f"after {before}"
    if before in ("لا", "ولا") and analysis.form.kind == "imperfect":
        return "denied", f"after {before}"
    if before in ("قد", "وقد", "ربما", "لعل") and analysis.form.kind == "imperfect":
        return "hypothetical", f"after {before}"
    if analysis.split.particle == "ل" and analysis.form.kind == "imperfect":
        return "planned", "purpose"
    return None


def _light(s: Sentence, light: int) -> tuple[Status, str] | None:
    verb = s.verbs[light]
    if not isinstance(verb, Analysis):
        return None
    found = _verbal(s.words[light - 1].norm if light else "", verb, s, light - 1)
    if found:
        return found
    if s.words[light].helper == "plan":
        return "planned", "planning verb"
    return ("denied", "failing verb") if s.words[light].helper == "fail" else None


def assign_status(draft: Draft, scopes: list[Scope]) -> None:
    """The status of a draft: its own form first, then the innermost scope around it."""
    direct = _direct(draft)
    draft.certain = direct is not None and direct[1] in _SETTLED
    covering = sorted((sc for sc in scopes if sc.status and sc.holds(draft.first)), key=lambda sc: (-sc.first, sc.last))
    if direct and not (direct[0] == "planned" and not draft.certain and covering and covering[0].status in ("requested", "hypothetical", "denied")):
        draft.status, rule = direct
        draft.because("status", rule)
    elif covering and covering[0].status:
        draft.status = covering[0].status
        draft.certain = _settles(covering[0], draft.first)
        draft.because("status", covering[0].rule)


def _settles(scope: Scope, i: int) -> bool:
    """Whether a scope leaves no doubt: what is reported as denied, and the act right behind a conditional."""
    denial = scope.status == "denied" and scope.rule.startswith("reporting")
    return denial or (scope.rule.startswith(CONDITION) and i - scope.first <= 2)
