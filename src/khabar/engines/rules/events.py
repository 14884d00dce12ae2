"""Event identity within an article: which mentions tell of the same act."""

from __future__ import annotations

from collections.abc import Callable

from khabar.engines.rules.draft import Draft

MEMORY = 60  # earlier mentions of a type that a new one is compared with; no annotated article has more
Likeness = Callable[[Draft, Draft, int], float]


def link_events(drafts: list[Draft], likeness: Likeness | None = None) -> None:
    """Number the events of an article in text order; a mention joins the earlier one that it is most like, if `likeness` (given the number
    of mentions of the type between) is at least 1."""
    seen: list[Draft] = []
    count = 0
    like = likeness or (lambda a, b, _: score(a, b))
    for draft in drafts:
        same = [i for i, old in enumerate(seen) if old.sense.type == draft.sense.type]
        best = max(((like(seen[i], draft, len(same) - 1 - n), i) for n, i in enumerate(same) if n >= len(same) - MEMORY), default=(0.0, -1))
        if best[0] >= 1.0:
            draft.event = seen[best[1]].event
            draft.because("event", f"same act as {seen[best[1]].sentence.text[slice(*_offsets(seen[best[1]]))]!r}")
        else:
            count += 1
            draft.event = f"e{count}"
        seen.append(draft)


def _offsets(draft: Draft) -> tuple[int, int]:
    return draft.sentence.offsets(draft.first, draft.last)


def _stems(draft: Draft) -> frozenset[str]:
    s = draft.sentence
    lemma = draft.analysis.lexeme.key if draft.analysis else draft.sense.lemma
    return frozenset((lemma, *(m for m in draft.sense.forms[1:] if draft.sense.pos == "v"), draft.sense.lemma, s.words[draft.first].bare.removeprefix("ال")))


def _keys(draft: Draft, role: str) -> set[str]:
    out = set()
    for p in getattr(draft, role):
        s = p.sentence
        out |= {s.words[k].bare.removeprefix("ال") for k in range(p.first, p.last) if not s.words[k].sign and not s.words[k].function}
        out |= {p.entity} if p.entity else set()
    return out


def _place_names(draft: Draft) -> set[str]:
    return {s.places[i].candidates[0].name for s, i in draft.places}


def _conflict(a: Draft, b: Draft) -> bool:
    """Different recipients, counts or places speak against one event."""
    for role in ("recipients", "actors"):
        left, right = _keys(a, role), _keys(b, role)
        if left and right and not left & right:
            return True
    left, right = _place_names(a), _place_names(b)
    if left and right and not left & right:
        return True
    tolls = [{(t.role, t.low, t.high) for t in d.counts} for d in (a, b)]
    return bool(tolls[0] and tolls[1] and not tolls[0] & tolls[1] and {t[0] for t in tolls[0]} & {t[0] for t in tolls[1]})


def _definite(draft: Draft) -> bool:
    return draft.analysis is not None and draft.analysis.definite


def evidence(a: Draft, b: Draft) -> dict[str, float]:
    """What speaks for and against one event, as figures: shared stems, participants, places, modes and counts, and conflicts between them."""
    out = {"stem": float(bool(_stems(a) & _stems(b))), "conflict": float(_conflict(a, b))}
    for role in ("actors", "recipients"):
        left, right = _keys(a, role), _keys(b, role)
        out[role] = 1.0 if left & right else -1.0 if left and right else 0.0 if left or right else 0.5
    left, right = _place_names(a), _place_names(b)
    out["places"] = 1.0 if left & right else -1.0 if left and right else 0.0
    out["modes"] = 1.0 if set(a.modes) & set(b.modes) else -1.0 if a.modes and b.modes else 0.0
    out["same word"] = float(a.sentence.words[a.first].bare == b.sentence.words[b.first].bare)
    return out


def score(a: Draft, b: Draft) -> float:
    """At least 1 where two mentions are taken for one act."""
    if a.sense.type != b.sense.type or _conflict(a, b):
        return 0.0
    total = 0.0
    if _stems(a) & _stems(b):
        total += 0.8
    if _definite(b) and b.shape == "noun":
        total += 0.3
    if a.sentence.segment.zone == "headline":
        total += 0.3
    shared = sum(bool(_keys(a, r) & _keys(b, r)) for r in ("actors", "recipients"))
    total += 0.4 * shared + (0.2 if _place_names(a) & _place_names(b) else 0.0)
    if set(a.modes) and set(b.modes):
        total += 0.2 if set(a.modes) & set(b.modes) else -0.4
    if (a.status == "actual") != (b.status == "actual"):
        total -= 0.3
    return total


def agree_on_future(drafts: list[Draft]) -> None:
    """An act that one mention plainly sets in the future is planned in all that do not tell of it with a finite verb."""
    coming = {d.event for d in drafts if d.status == "planned" and d.certain}
    for d in drafts:
        if d.event in coming and d.status == "actual" and d.shape == "noun":
            d.status = "planned"
            d.because("status", "planned where the act is told again")
