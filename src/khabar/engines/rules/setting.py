"""Where and when: the places and time expressions that belong to an act rather than to its report or its participants."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from khabar.engines.rules.draft import Draft
from khabar.engines.rules.scopes import clause_end, clause_start
from khabar.engines.rules.sentence import Sentence
from khabar.resolve.periods import is_up_to_now

_LOCATIVE = frozenset(
    "في ب داخل قرب شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي خارج علي بين الي نحو باتجاه من عند امام ضمن حول بمحيط محيط بضواحي ضواحي بالقرب".split()
)
_TYPES_TO = frozenset(("MOBILIZE", "CONSULT", "COERCE", "RETREAT"))


def _clause(s: Sentence, i: int) -> tuple[int, int]:
    return clause_start(s, i), clause_end(s, i + 1)


def statement_time(s: Sentence, first: int) -> bool:
    """Whether an expression stands between a reporting verb and what is reported (`قال الوزير أمس إن`)."""
    return statement_verb(s, first) is not None


def statement_verb(s: Sentence, first: int) -> int | None:
    """The reporting verb to which an expression belongs, as it stands before what is reported."""
    k = first - 1
    while k >= 0 and not s.words[k].sign and first - k < 12:
        if s.verbs[k] and s.words[k].reports and not s.words[k].events:
            after = range(first, min(len(s), first + 12))
            return k if any(s.words[m].function == "that" or s.tokens[m].norm in (":", '"') for m in after) else None
        if s.words[k].function == "that":
            return None
        k -= 1
    return None


def assign_times(s: Sentence, drafts: list[Draft]) -> None:
    """Each expression goes to the nearest act of its clause, and to the acts joined to that one."""
    for index, expression in enumerate(s.times):
        if statement_time(s, expression.first) or is_up_to_now(expression):
            continue
        inside = [d for d in drafts if _clause(s, d.first)[0] <= expression.first < _clause(s, d.first)[1] and d.time is None]
        if not inside:
            continue
        best = min(inside, key=lambda d: (abs(d.first - expression.first) + (4 if d.first > expression.first else 0), d.first))
        best.time = (s, index)
        best.because("time", "nearest act of the clause")


def assign_places(s: Sentence, drafts: list[Draft]) -> None:
    """A place phrase behind a locative preposition goes to the act before it in its clause; narrower places come first as written."""
    for index, match in enumerate(s.places):
        where = locative(s, match.first)
        owner = _owner(s, drafts, match.first, bool(locative))
        if owner is None:
            continue
        owner.places.append((s, index))
        owner.because("places", f"after {where}" if where else "object of the act")


def locative(s: Sentence, i: int) -> str:
    w = s.words[i]
    if w.preposition in ("ب",):
        return w.preposition
    for k in range(i - 1, max(-1, i - 3), -1):
        if s.words[k].bare in _LOCATIVE and (s.words[k].function == "prep" or s.words[k].bare not in ("من", "علي", "الي")):
            return s.words[k].bare
        if s.words[k].sign or s.verbs[k]:
            break
    joined = s.words[i].conjunction == "و" and i > 0 and (i - 1) in s.place_at
    return locative(s, s.place_at[i - 1].first) if joined else ""


def _owner(s: Sentence, drafts: list[Draft], i: int, locative: bool) -> Draft | None:
    before = [d for d in drafts if d.first < i and clause_end(s, d.first + 1) > i]
    if not before:
        return None
    nearest = before[-1]
    if locative:
        return nearest
    phrase_roles = {r for roles in nearest.sense.frame.values() for r in roles}
    return nearest if "P" in phrase_roles and i - nearest.last <= 2 else None


def share_time(drafts: list[Draft]) -> None:
    """Verbs in a row joined by `و` happen at the time told once for them."""
    verbs = [d for d in drafts if d.shape == "verb"]
    for before, d in (*pairwise(verbs), *reversed(list(pairwise(verbs)))):
        if d.sentence.words[d.first].conjunction and d.analysis is not None and d.analysis.form.person == "3mp":
            told = d.time or before.time
            for one in (before, d):
                if one.time is None and told is not None:
                    one.time = told
                    one.because("time", "told once for joined verbs")


def place_by_dateline(sentences: Sequence[Sentence], drafts: list[Draft]) -> None:
    """The dateline places the act that the article opens with, where the text puts it nowhere else."""
    opening = next((s for s in sentences if s.segment.dateline), None)
    first = next((d for d in drafts if d.sentence is opening), None)
    if opening is None or first is None or any(d.places for d in drafts if d.event == first.event):
        return
    index = next((i for i, match in enumerate(opening.places) if match.last <= opening.segment.dateline), None)
    if index is not None:
        first.places.append((opening, index))
        first.because("places", "the dateline")


def host_places(s: Sentence, drafts: list[Draft]) -> None:
    """`شهدت بلدات في ريف حلب مظاهرات`: a verb of witnessing has the place of the act it witnesses for its subject."""
    host = next((k for k in range(min(4, len(s))) if s.verbs[k] and s.words[k].helper == "host"), None)
    act = next((d for d in drafts if host is not None and d.first > host), None)
    if host is None or act is None or act.shape != "noun" or act.places:
        return
    index = next((i for i, match in enumerate(s.places) if host < match.first < act.first), None)
    if index is not None:
        act.places.append((s, index))
        act.because("places", "where the verb of witnessing puts it")
