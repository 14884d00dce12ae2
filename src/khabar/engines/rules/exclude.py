"""What names an act and yet is no mention by the codebook: the demands and purposes of a protest or conference, and slogans."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.engines.rules.draft import Draft
from khabar.engines.rules.scopes import clause_end
from khabar.engines.rules.sentence import QUOTES, Sentence

_STANCES = frozenset(("REQUEST", "SUPPORT", "ACCUSE", "REJECT"))
_GATHERINGS = frozenset(("PROTEST", "CONSULT"))
_SLOGANS = frozenset("عنوان شعار شعارات لافته لافتات هتاف هتافات اسم مرددين رددوا يرددون هاشتاغ وسم بعنوان".split())
_REACH = 16


def without_demands(s: Sentence, drafts: list[Draft]) -> list[Draft]:
    """The acts of a sentence less the demands and purposes of its gatherings, the acts inside such demands, and slogans."""
    slogans = list(_slogans(s))
    dropped = {d.first for d in drafts if any(a <= d.first < b for a, b in slogans)}
    for d in drafts:
        gathering = _gathering_before(drafts, d)
        if gathering is None or d.sense.type not in _STANCES or not _purpose(s, d, gathering):
            continue
        dropped.add(d.first)
        if d.sense.type == "REQUEST":
            end = clause_end(s, d.last)
            dropped |= {o.first for o in drafts if d.last <= o.first < end}
    return [d for d in drafts if d.first not in dropped]


def _gathering_before(drafts: list[Draft], d: Draft) -> Draft | None:
    return next((o for o in reversed(drafts) if o.sense.type in _GATHERINGS and 0 < d.first - o.last <= _REACH), None)


def _purpose(s: Sentence, d: Draft, gathering: Draft) -> bool:
    """Whether a stance is the gathering's own: a noun of purpose (`دعما ل`, `للمطالبة ب`), a participle that agrees with it (`مظاهرات منددة`)."""
    w = s.words[d.first]
    follows = s.words[d.last] if d.last < len(s) else None
    if d.shape == "noun":
        purpose = w.preposition == "ل" and not w.conjunction
        adverb = w.norm.endswith("ا") and follows is not None and (follows.preposition in ("ل", "ب") or follows.function == "prep")
        return purpose or adverb or (bool(w.conjunction) and w.norm.endswith("ا") and adverb)
    if gathering.sense.type != "PROTEST":
        return False
    between = range(gathering.last, d.first)
    return d.shape in ("circumstance", "adjective") and not any(s.words[k].sign and s.tokens[k].norm in ".;" for k in between)


def _slogans(s: Sentence) -> Iterator[tuple[int, int]]:
    """Quotations that a word for banner, slogan or title introduces."""
    marks = [i for i, t in enumerate(s.tokens) if t.norm in QUOTES]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if any(not _SLOGANS.isdisjoint(s.words[k].keys) for k in range(max(0, start - 3), start)):
            yield start, end
