"""Quantities: the numbers of a sentence that count, measure or rank something, duals among them, without those that are part of a date."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from khabar.arabic.calendar import UNITS
from khabar.arabic.numerals import Number, find_numbers, word_set
from khabar.resolve.dates import MONTH_WORDS
from khabar.resolve.moments import TimeExpression

Words = Sequence[str]

_PLURALS = frozenset(unit for unit, (_, count) in UNITS.items() if count == 0)
_TWO = frozenset(unit for unit, (_, count) in UNITS.items() if count == 2)
_LONG = word_set("دقيقه دقايق دقيقتين ثوان ثواني")
_SEVERAL = word_set("بعض جميع كل كافه معظم غالبيه مختلف اغلب ساير عدد عشرات مءات ميات الاف ملايين العديد مجموعه عديد سوي")


def quantities(words: Words, times: Sequence[TimeExpression], duals: Collection[int], *, loose: bool = False) -> list[Number]:
    """The numbers of a sentence of folded words, in order; of a time expression only the length it tells (`قبل خمسه اشهر`).

    `duals` are the words that may stand for two of what they name. `loose`: of a text asked about on its own, numbers of dates as well."""
    dated = {k for x in times for k in range(x.first, x.last)}
    two = frozenset(k for k in duals if (k not in dated or _bare(words[k]) in _TWO) and not _several(words, k))
    found = find_numbers(words, loose=loose, duals=two)
    return [n for n in found if loose or n.core_first not in dated or n.core_first in two or _measures_time(words, n)]


def _bare(word: str) -> str:
    """A word without a conjunction, preposition and article before it."""
    for clitic in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(clitic) and word[len(clitic) :] in UNITS:
            return word[len(clitic) :]
    return word


def _several(words: Words, k: int) -> bool:
    """Whether the words before a dual make it a plural that looks like one: `ثلاثه طالبين`, `بعض اللاعبين`, `خمسه من العاملين`."""
    before = words[k - 1] if k else ""
    if before == "من" and k > 1:
        before = words[k - 2]
    counted = find_numbers(words[max(0, k - 4) : k])
    end = len(words[max(0, k - 4) : k]) - (k > 0 and words[k - 1] == "من")
    return before in _SEVERAL or any(n.last == end and n.kind == "cardinal" and (n.high is None or n.high > 2) for n in counted)


def _measures_time(words: Words, n: Number) -> bool:
    """Whether a number within a time expression counts units: `24 ساعه`, `السنوات الخمس الماضيه`, `عام واحد`, `لليوم الثالث`."""
    before = words[n.core_first - 1] if n.core_first else ""
    unit, after = (words[k] if k < len(words) else "" for k in (n.core_last, n.core_last + 1))
    if n.kind == "ordinal":
        return before.startswith("لل") and _bare(before) in UNITS
    if unit in _PLURALS or unit in _LONG:
        return True
    if unit in UNITS:
        return not after[:1].isdecimal() and after not in MONTH_WORDS
    return (before.startswith("ال") and _bare(before) in _PLURALS) or (n.low == n.high == 1 and before in UNITS)
