"""How the counts of an act hang together: parts of a total, tolls that rose to a figure, tolls of a whole war or of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from khabar.arabic.numberwords import WORDS
from khabar.engines.rules.sentence import Sentence
from khabar.model import Count
from khabar.resolve.dates import MONTH_WORDS

BREAKDOWN = frozenset("بينهم بينهن بينها وبينهم ومنهم منهم منهن منها ضمنهم ضمنها".split())
_OF_THEM = frozenset(("منهم", "منهن", "منها"))
_OUT_OF = (("من", "بين"), ("من", "اصل"), ("من", "جمله"), ("من", "مجموع"), ("من", "اجمالي"))
_ROSE = frozenset(
    "ارتفع ارتفعت يرتفع ترتفع ارتفاع ارتفاعا ليرتفع لترتفع زاد زادت زياده يزيد صعد صعدت قفز قفزت انخفض انخفضت تراجع تراجعت تقلص تقلصت رفعت رفع".split()
)
_TOLLS = frozenset("عدد العدد حصيله الحصيله حصيلتها حصيلته ضحايا الضحايا قتلي القتلي جرحي الجرحي المصابين المعتقلين الموقوفين عددهم الوفيات".split())
_BEGINNINGS = frozenset("بدء بدايه بدا بدات اندلاع اندلعت اندلع انطلاق انطلاقه انطلقت مطلع قيام تفجر ذلك الثوره ثوره عام سنه العام نهايه منتصف تاسيس".split())
_LONG = frozenset("سنوات سنه سنين عاما عام اعوام اشهر شهور شهرا عقود عقدين عقدا عامين سنتين شهرين قرن السنوات الاعوام الاشهر".split())
_OVER = frozenset("خلال مدي طيله طوال غضون في امتداد".split())
_SO_FAR = (("حتي", "الان"), ("الي", "الان"), ("حد", "الان"), ("لحد", "الان"), ("الي", "اليوم"), ("حتي", "اليوم"))
_WARS = frozenset("الحرب حرب النزاع نزاع الصراع صراع القتال الاقتتال الازمه الثوره الحمله التمرد".split())
_RECORDS = frozenset("اول اعنف اكبر اسوا ابرز اخطر اعلي الاول الاولي الاعنف الاكبر الاسوا الابرز الاخطر الاعلي الاشد الاكثر مره نوعه نوعها دمويه".split())
_STOPS = frozenset(".;:?!")
_BEFORE, _AFTER, _FROM_VERB = 10, 8, 12


class Placed(NamedTuple):
    """A count with the tokens `first` to `last` (exclusive) of the sentence it stands in."""

    sentence: Sentence
    first: int
    last: int
    told: Count


def related(placed: Sequence[Placed]) -> tuple[Count, ...]:
    """The counts of one act, in their order, with what they are to each other: `part_of`, `update` and `cumulative`."""
    parents = _parents(placed)
    updates = _updates(placed, parents)
    return tuple(replace(p.told, part_of=parents.get(i), update=i in updates, cumulative=i not in parents and is_cumulative(p)) for i, p in enumerate(placed))


def _in_order(placed: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Neighbouring counts of one sentence, by their places in `placed`."""
    order = sorted(range(len(placed)), key=lambda i: placed[i].told.span.start)
    for i, j in pairwise(order):
        if placed[i].sentence is placed[j].sentence and placed[i].last <= placed[j].first:
            yield i, j


def _parents(placed: Sequence[Placed]) -> dict[int, int]:
    """Part to total."""
    parents: dict[int, int] = {}
    for i, j in _in_order(placed):
        a, b = placed[i], placed[j]
        if a.told.role != b.told.role:
            continue
        if _out_of(a, b) and _holds(b.told, [a.told]):
            parents[i] = j
        elif _breaks_down(a, b):
            total = next((k for k in (i, parents.get(i)) if k is not None and _holds(placed[k].told, [b.told])), None)
            if total is not None:
                parents[j] = total
        elif i in parents and _beside(a, b):
            total = parents[i]
            if _holds(placed[total].told, [placed[k].told for k, p in parents.items() if p == total] + [b.told]):
                parents[j] = total
    return parents


def _holds(total: Count, parts: Sequence[Count]) -> bool:
    """Whether parts fit into a total."""
    return total.high is None or sum(p.low for p in parts) <= total.high


def _words(p: Placed, start: int, stop: int) -> list[str]:
    return [w.norm for w in p.sentence.words[max(0, start) : stop]]


def _out_of(a: Placed, b: Placed) -> bool:
    """`5 من بين 20`."""
    between = _words(a, a.last - 1, b.first)
    return b.first - a.last <= 4 and any(tuple(between[k : k + 2]) in _OUT_OF for k in range(len(between) - 1)) and not set(between) & {"و"}


def _breaks_down(a: Placed, b: Placed) -> bool:
    """`58 مدنيا بينهم 11 طفلا`, `46 متهما, 16 منهم`."""
    between = range(a.last, b.first)
    if any(a.sentence.words[k].norm in BREAKDOWN for k in between):
        return not any(a.sentence.verbs[k] and a.sentence.words[k].norm not in BREAKDOWN for k in between)
    return not _OF_THEM.isdisjoint(_words(b, b.first, b.last + 1))


def _beside(a: Placed, b: Placed) -> bool:
    """Whether `b` is joined to `a` by `و` with no verb between."""
    s = a.sentence
    joined = bool(s.words[b.first].conjunction) or s.words[b.first - 1].norm == "و"
    return joined and b.first - a.last <= 5 and not any(s.verbs[k] for k in range(a.last, b.first))


def _updates(placed: Sequence[Placed], parents: dict[int, int]) -> set[int]:
    """The counts that a toll is said to have come to, with those joined to them."""
    found = {i for i, p in enumerate(placed) if i not in parents and _risen(p)}
    for i, j in _in_order(placed):
        if i in found and j not in parents and _beside(placed[i], placed[j]):
            found.add(j)
    return found


def _risen(p: Placed) -> bool:
    """`ارتفع عدد القتلى الى 20`."""
    if p.first == 0 or p.sentence.words[p.first - 1].norm != "الي":
        return False
    before = _words(p, p.first - _FROM_VERB, p.first)
    return any(w in _ROSE or w[1:] in _ROSE for w in before) and any(w in _TOLLS or w[1:] in _TOLLS for w in before)


def is_cumulative(p: Placed) -> bool:
    """Whether the words say that a toll is that of a war or of years: `منذ بدء الحرب`, `خلال عشر سنوات`, with a war `حتى الان`."""
    before, after = _clause(p)
    near = [*before, "|", *after]
    if not _RECORDS.isdisjoint(near):
        return False
    spans = any(
        _since(words, k) or (p.told.role in ("killed", "injured", "displaced") and _through(words, k)) for words in (before, after) for k in range(len(words))
    )
    so_far = any(tuple(words[k : k + 2]) in _SO_FAR for words in (before, after) for k in range(len(words)))
    return spans or (so_far and not _WARS.isdisjoint(near))


def _clause(p: Placed) -> tuple[list[str], list[str]]:
    """The words before and after a count, as far as they may speak of it."""
    before = _words(p, p.first - _BEFORE, p.first)
    after = _words(p, p.last, p.last + _AFTER)
    start = max((k + 1 for k, w in enumerate(before) if w in _STOPS), default=0)
    stop = min((k for k, w in enumerate(after) if w in _STOPS or p.sentence.words[p.last + k].conjunction == "و"), default=len(after))
    return before[start:], after[:stop]


def _since(words: Sequence[str], k: int) -> bool:
    """A beginning that lies far back: `منذ اندلاع النزاع`, `منذ 2011`, `منذ مارس`, `منذ اربع سنوات`; not `منذ امس`."""
    if words[k] not in ("منذ", "ومنذ"):
        return False
    follows = words[k + 1 : k + 4]
    return bool(follows) and (follows[0] in _BEGINNINGS or _is_year(follows[0]) or follows[0] in MONTH_WORDS or _is_long(follows))


def _through(words: Sequence[str], k: int) -> bool:
    """A long stretch: `خلال عشر سنوات`, `على مدى 50 عاما`, `في ثلاثين سنه`."""
    follows = words[k + 1 : k + 4]
    counted = len(follows) > 1 and follows[1] in _LONG and (follows[0] in WORDS or follows[0].isdecimal()) and not _is_year(follows[0])
    plain = bool(follows) and follows[0] in _LONG - {"عام", "سنه", "قرن"}
    return words[k] in _OVER and (counted or (plain and words[k] != "في"))


def _is_year(word: str) -> bool:
    return word.isdecimal() and 1900 <= int(word) <= 2100


def _is_long(words: Sequence[str]) -> bool:
    return any(w in _LONG for w in words[:3])
