"""Numerals: the numbers of a sentence, in digits and in words, with what their modifiers make of them.

Everything here reads folded words (`khabar.arabic.fold`). Numbers inside dates are found like any other: whoever counts people
leaves out those that `khabar.resolve.times` has claimed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from khabar.arabic.amounts import Amount, amount_at, ordinal_at, vague_at
from khabar.arabic.duals import dual
from khabar.arabic.numberwords import THOUSAND, WORDS, entry_at, joined_at, word_set
from khabar.arabic.spelling import spell

__all__ = ["Number", "dual", "find_numbers", "spell", "word_set"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: words `first` to `last` (exclusive), the numeral itself being words `core_first` to `core_last` (exclusive).

    `high` is null where the number is open above; `low` already counts "more than n" as n + 1. `vague` marks `عشرات` and its like,
    read as the ranges of the codebook, section 6. A decimal that no scale word makes whole is cut to an integer and `approximate`; `value` keeps
    it, and `bounds` low and high with their decimals; `rounded` where nothing else makes it approximate.
    """

    first: int
    last: int
    low: int
    high: int | None
    approximate: bool
    open: bool
    kind: Literal["cardinal", "ordinal"]
    vague: bool
    percent: bool
    core_first: int
    core_last: int
    value: float | None = None
    bounds: tuple[float, float | None] | None = None
    rounded: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.core_first < self.core_last <= self.last:
            raise ValueError(f"words {self.first}-{self.last} do not hold the numeral {self.core_first}-{self.core_last}")
        if self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")


_SPAN_OF_DIGITS = re.compile(r"(\d{1,12})-(\d{1,12})")
_MINUS = frozenset(("-", "سالب", "ناقص"))
_SINGULAR_PARTS = {"ثلث": 3, "ربع": 4, "خمس": 5, "سدس": 6, "سبع": 7, "ثمن": 8, "تسع": 9, "عشر": 10}
_ARTICLES = word_set("ال وال بال لل فال ولل")
_FUNCTION = word_set("من في الي علي عن مع كل اي او ان بين بعد قبل منذ حتي لا ما هو هي هذا هذه ذلك كما قد لم لن ولا ثم بل غير سوي رقم لكل عند لدي حسب و")
_OPENERS, _AWAY = frozenset(("بين", "وبين", "مابين", "من", "ومن")), 8
_THEIR_NUMBER = word_set("عددهم عددها عدده عددهن")  # within a modifier: `لا يقل عددهم عن 15`
_PERCENT = frozenset(("%", "بالميه", "بالمايه", "بالماءه", "بالمءه"))

_Effect = Literal["about", "over", "from", "under", "upto"]
# the words right before a number, without a clitic on the first; a `ما` or `بما` before them belongs to the phrase
_BEFORE: dict[str, _Effect] = {
    "نحو": "about", "قرابه": "about", "حوالي": "about", "زهاء": "about", "يقارب": "about", "تقارب": "about", "يقارب من": "about",
    "يقرب من": "about", "تقرب من": "about", "يناهز": "about", "تناهز": "about", "تقريبا": "about", "قريب من": "about",
    "اكثر من": "over", "ازيد من": "over", "اكبر من": "over", "اعلي من": "over", "يزيد عن": "over", "يزيد علي": "over", "تزيد عن": "over",
    "تزيد علي": "over", "يفوق": "over", "تفوق": "over", "يتجاوز": "over", "تتجاوز": "over", "يربو علي": "over", "يربو عن": "over",
    "ينيف علي": "over", "ينيف عن": "over", "لا يقل عن": "from", "لا تقل عن": "from", "لايقل عن": "from", "علي الاقل": "from", "ليس اقل من": "from",
    "اقل من": "under", "دون": "under", "لا يتجاوز": "upto", "لا تتجاوز": "upto", "لا يزيد عن": "upto", "لا يزيد علي": "upto", "يصل الي": "upto",
    "تصل الي": "upto", "لا تزيد عن": "upto", "لا تزيد علي": "upto", "لا يتعدي": "upto", "لم يتجاوز": "upto", "لم تتجاوز": "upto",
    "لن يتجاوز": "upto", "لم يتعد": "upto", "لم تتعد": "upto", "لم يتعدي": "upto",
    "لم تتعدي": "upto", "الا يتجاوز": "upto", "الا تتجاوز": "upto", "لم يزد عن": "upto", "لم يزد علي": "upto", "لا تتعدي": "upto", "يتعدي": "over",
    "تتعدي": "over", "فوق": "over", "في حدود": "about", "بحدود": "about", "بما يقارب": "about", "لا يقل علي": "from", "ليس اكثر من": "upto",
    "بحد اقصي": "upto", "بحد ادني": "from", "كحد ادني": "from", "كحد اقصي": "upto",
}  # fmt: skip
_AFTER: dict[tuple[str, ...], _Effect] = {
    ("علي", "الاقل"): "from", ("في", "الاقل"): "from", ("علي", "اقل", "تقدير"): "from", ("كحد", "ادني"): "from", ("بحد", "ادني"): "from",
    ("او", "اكثر"): "from", ("فاكثر",): "from", ("فما", "فوق"): "from", ("وما", "فوق"): "from", ("او", "يزيد"): "from", ("تقريبا",): "about",
    ("علي", "وجه", "التقريب"): "about", ("علي", "الاكثر"): "upto", ("علي", "اقصي", "تقدير"): "upto", ("كحد", "اقصي"): "upto",
    ("بحد", "اقصي"): "upto", ("او", "اقل"): "upto",
}  # fmt: skip
_OF_TWO = frozenset(("دون", "فوق"))  # `دون شرطين` is without them
_AFTER_STARTS = frozenset(key[0] for key in _AFTER)
_FAR = 3  # words between a numeral and its "at least": "14 جنديا افغانيا على الاقل"
_FARTHER = 5  # where `من` opens what is counted: "6 من مقاتلي المعارضة السورية على الاقل"
_CHANGE = word_set(  # what goes `من 5 الى 7` by these words has two values, not one between them
    "ارتفع ارتفعت يرتفع ترتفع ارتفاع زاد زادت زياده يزيد تزيد انخفض انخفضت ينخفض تنخفض انخفاض تراجع تراجعت يتراجع تتراجع هبط هبطت هبوط قفز قفزت "
    "صعد صعدت نما نمت نمو رفع رفعت رفعها رفعه خفض خفضت تخفيض تقليص تقلص قلص انتقل انتقلت انتقال تحول تطور تطورت انتقلا تراجعا ارتفاعا انخفاضا"
)


def _lone_one(words: Sequence[str], i: int) -> bool:
    """Whether the one-word numeral "one" at `i` is the adjective of the noun before it: not `احد المهاجمين`, not `واحد من`."""
    if "واحد" not in words[i] or i == 0 or (words[i].startswith("ال") or not words[i].startswith("واحد")):
        return False
    before, after = words[i - 1], words[i + 1] if i + 1 < len(words) else ""
    return before.isalpha() and before not in _FUNCTION and after != "من"


def _is_count(words: Sequence[str], i: int, amount: Amount) -> bool:
    """Whether a one-word numeral counts: "one" needs its noun before it, `يوم اثنين` is a Monday, `شهر صفر` a month."""
    entry = entry_at(words, i)
    if amount.end != i + 1 or entry is None or entry.rank != "unit":
        return True
    if entry.value == 1:
        return _lone_one(words, i)
    return not (i and words[i - 1] in ("يوم", "شهر") and entry.value in (0, 2))


def _before(words: Sequence[str], i: int, floor: int) -> tuple[_Effect, int] | None:
    """The modifier that ends right before `i`, and where it begins; nothing before `floor`."""
    for size in (4, 3, 2, 1):
        start = i - size
        if start < floor or words[start] in _THEIR_NUMBER:
            continue
        phrase = " ".join(word for word in words[start:i] if word not in _THEIR_NUMBER)
        effect = _BEFORE.get(phrase) or (_BEFORE.get(phrase[1:]) if phrase[0] in "وبلفك" else None)
        if effect:
            return effect, start - 1 if start > floor and words[start - 1] in ("ما", "بما", "وما", "لما", "مما") else start
    return None


def _after(words: Sequence[str], i: int) -> tuple[_Effect, int] | None:
    """The modifier that follows a numeral ending at `i`, at once or after its noun, and the word after it."""
    far = _FARTHER if i < len(words) and words[i] == "من" else _FAR
    for k in range(i, min(i + far + 1, len(words))):
        word = words[k]
        if word in _AFTER_STARTS:
            for size in (3, 2, 1):
                if k + size <= len(words) and (effect := _AFTER.get(tuple(words[k : k + size]))):
                    return effect, k + size
        if word in WORDS or not word.isalpha() or word.startswith("و") or (k > i and word in _FUNCTION):
            return None
    return None


class _Draft(NamedTuple):
    """A numeral before its modifiers are read."""

    first: int
    end: int
    low: int
    high: int
    approximate: bool = False
    vague: bool = False
    kind: Literal["cardinal", "ordinal"] = "cardinal"
    value: float | None = None
    top: float | None = None


def _second(words: Sequence[str], first: Amount, between: bool) -> Amount | None:
    """The upper end of a range after its lower end: `5 الى 7`, `5 - 7`, `ثلاثه او اربعه`, and after `بين`, `5 و7`."""
    if first.end >= len(words):
        return None
    if words[first.end] in ("-", "الي", "حتي", "او") and first.end + 1 < len(words):
        k = first.end + 1
        upper = amount_at(words, k + (k + 1 < len(words) and words[k] in _ARTICLES))
    else:
        k = joined_at(words, first.end) if between else -1
        upper = amount_at(words, k) if k >= 0 else None
    if upper is None or (upper.scale == 1 and upper.value <= first.value):
        return None
    return upper if upper.value > first.value else None


def _split(words: Sequence[str], i: int, end: int) -> tuple[Amount, Amount] | None:
    """`بين خمسه وعشرين`: a numeral that after `بين` is two."""
    for k in range(i + 1, end):
        left, right = amount_at(words[:k], i), amount_at(words, k)
        if left and right and left.end == k and right.end == end and left.value < right.value and joined_at(words, k) == k:
            return left, right
    return None


def _range(words: Sequence[str], i: int, first: Amount, floor: int) -> _Draft | None:
    """A range with its `بين` or `من`; a scale word on the upper end alone belongs to both (`بين 3 و5 الاف`)."""
    opener = words[i - 1] if i > floor else ""
    between = opener in ("بين", "وبين", "مابين")
    upper = _second(words, first, between) or (_second_of_kind(words, first, between) if opener in _OPENERS else None)
    if upper and opener in ("من", "ومن") and _changes(words, i - 1, floor):
        return None
    if upper is None:
        halves = _split(words, i, first.end) if between else None
        if halves is None:
            return None
        first, upper = halves
    low = first.value
    if first.scale == 1 and upper.scale > 1 and low < THOUSAND and low < upper.value / upper.scale:
        low *= upper.scale
    opened = between or (opener in _OPENERS and any(word in ("الي", "حتي") for word in words[first.end : upper.end]))
    start = i - 1 if opened else i
    if between and start > floor and words[start - 1] in ("ما", "وما"):
        start -= 1
    whole = low == int(low) and upper.value == int(upper.value)
    return _Draft(start, upper.end, int(low), int(upper.value), not whole, value=None if whole else low, top=None if whole else upper.value)


def _second_of_kind(words: Sequence[str], first: Amount, between: bool) -> Amount | None:
    """The upper end after the lower one's noun or percent sign: `بين 10 ايام و20 يوما`, `بين 5% و7%`, `من 5 سنوات الى 10`."""
    end = _percent(words, first.end)
    percent, end = end > first.end, end if end > first.end else first.end + 1
    k = joined_at(words, end) if between else end + 1 if end < len(words) and words[end] in ("الي", "حتي") else -1
    upper = amount_at(words, k) if 0 <= k < len(words) else None
    if upper is None or upper.value <= first.value:
        return None
    if percent:
        return upper if _percent(words, upper.end) > upper.end else None
    noun, after = words[first.end], words[upper.end] if upper.end < len(words) else ""
    return upper if noun.isalpha() and noun not in _FUNCTION and noun not in WORDS and _root(noun) == _root(after) else None


def _root(noun: str) -> str:
    """The first letters that a noun keeps in its plural: `شهرا`, `اشهر`."""
    return "".join(letter for letter in noun if letter not in "اوي")[:2]


def _changes(words: Sequence[str], i: int, floor: int) -> bool:
    """Whether a word of change stands shortly before `i`: `ارتفع العدد من 5 الى 7`."""
    return any(word in _CHANGE or word[1:] in _CHANGE or word.removeprefix("وال") in _CHANGE for word in words[max(0, floor, i - _AWAY) : i])


def _two(words: Sequence[str], i: int) -> _Draft:
    """A noun in the dual; `يومين او ثلاثه` goes on."""
    upper = amount_at(words, i + 2) if i + 2 < len(words) and words[i + 1] in ("او", "الي") else None
    return _Draft(i, upper.end, 2, int(upper.value)) if upper and 2 < upper.value < THOUSAND else _Draft(i, i + 1, 2, 2)


def _draft(words: Sequence[str], i: int, floor: int, loose: bool = False) -> _Draft | None:
    """The numeral at `i`, whatever its kind."""
    if vague := vague_at(words, i):
        return _Draft(i, vague[2], vague[0], vague[1], vague=True)
    if pair := _SPAN_OF_DIGITS.fullmatch(words[i]):
        low, high = int(pair[1]), int(pair[2])
        return _Draft(i, i + 1, low, high) if low < high else None
    if ordinal := ordinal_at(words, i):
        return _Draft(i, ordinal.end, int(ordinal.value), int(ordinal.value), kind="ordinal")
    amount = amount_at(words, i)
    if amount is None:
        return None
    if ranged := _range(words, i, amount, floor):
        return ranged
    if not _is_count(words, i, amount) or (0 < amount.value < 1 and words[i] in WORDS):
        return None
    if loose:
        return _signed(words, _parts(words, amount), i, floor)
    return _whole(amount, i)


def _whole(amount: Amount, i: int) -> _Draft:
    value = round(amount.value) if amount.scale > 1 or amount.end > i + 3 else int(amount.value)
    exact = value == amount.value
    return _Draft(i, amount.end, value, value, approximate=not exact, value=None if exact else amount.value)


def _parts(words: Sequence[str], amount: Amount) -> Amount:
    """`ثلاثون خمس`: parts told in the singular, as a numeral from eleven on has its noun; only where they make a whole."""
    part = _SINGULAR_PARTS.get(words[amount.end]) if amount.end < len(words) else None
    return amount._replace(value=amount.value / part, end=amount.end + 1) if part and amount.value > 10 and amount.value % part == 0 else amount


def _signed(words: Sequence[str], amount: Amount, i: int, floor: int) -> _Draft:
    """With its sign: `سالب 5`, `-5`."""
    draft = _whole(amount, i)
    before = words[i - 1] if i > floor else ""
    if before not in _MINUS or (before == "-" and i > floor + 1 and words[i - 2][0].isalnum()):
        return draft
    return draft._replace(first=i - 1, low=-draft.low, high=-draft.high, value=None if draft.value is None else -draft.value)


def _apply(effect: _Effect, number: _Draft) -> tuple[int, int | None, bool, bool]:
    """Low, high, approximate and open once the modifier has spoken (codebook, section 6)."""
    match effect:
        case "about":
            return number.low, number.high, True, False
        case "over":
            return number.low + (not number.vague), None, False, True
        case "from":
            return number.low, None, False, True
        case "under":
            return 0, max(0, number.high - 1), False, False
        case "upto":
            return 0, number.high, True, False


def _percent(words: Sequence[str], end: int) -> int:
    """The word after a percent sign or phrase that stands at `end`; `end` itself if there is none."""
    if end < len(words) and words[end] in _PERCENT:
        return end + 1
    return end + 2 if end + 1 < len(words) and words[end] in ("في", "ب") and words[end + 1] in ("الميه", "المايه") else end


def _with_odd(words: Sequence[str], draft: _Draft, floor: int) -> Number | None:
    """`نيف وعشرون`, `عشرون ونيف`: one to nine more than tens, more than a hundred left open."""
    if draft.kind == "ordinal" or draft.low != draft.high or draft.low < 20 or draft.low % 10:
        return None
    first = draft.first - 1 if draft.first > floor and words[draft.first - 1] in ("نيف", "نيفا") and words[draft.first].startswith("و") else draft.first
    last = draft.end + (2 if list(words[draft.end : draft.end + 2]) == ["و", "نيف"] else words[draft.end : draft.end + 1] in (["ونيف"], ["ونيفا"]))
    if first == draft.first and last == draft.end:
        return None
    high = draft.low + 9 if draft.low < 100 else None
    return Number(first, last, draft.low + 1, high, False, high is None, "cardinal", False, False, draft.first, draft.end)


def _precise(effect: _Effect | None, draft: _Draft) -> tuple[float, float | None] | None:
    """Low and high with decimals, None where there are none; what is more than a decimal begins at it."""
    if draft.value is None:
        return None
    top = draft.value if draft.top is None else draft.top
    return 0 if effect in ("under", "upto") else draft.value, None if effect in ("over", "from") else top


def _number(words: Sequence[str], i: int, floor: int, loose: bool, two: bool) -> Number | None:
    """The number phrase whose numeral begins at `i`, or a noun in the dual if `two`; none of its words lies before `floor`."""
    draft = _two(words, i) if two else _draft(words, i, floor, loose)
    if draft is None:
        return None
    core = first = draft.first - 1 if draft.first > floor and words[draft.first - 1] in _ARTICLES else draft.first
    last = _percent(words, draft.end)
    percent = last > draft.end
    if not percent and first > floor and words[first - 1] == "%":
        first, percent = first - 1, True
    low, high, approximate, is_open = draft.low, draft.high, draft.approximate, False
    effect: _Effect | None = None
    if odd := _with_odd(words, draft, floor):
        return odd
    if draft.kind == "cardinal":
        before = _before(words, first, floor)
        if before and not (two and (before[0] == "upto" or words[before[1]] in _OF_TWO)):
            effect, first = before
        elif after := _after(words, last):
            effect, last = after
    precise = _precise(effect, draft)
    rounded = precise is not None and effect not in ("about", "upto")
    bounds = _apply(effect, draft) if effect else (low, high, approximate, is_open)
    return Number(first, last, *bounds, draft.kind, draft.vague, percent, core, draft.end, draft.value, precise, rounded)


def _found(words: Sequence[str], spots: Sequence[int], loose: bool, duals: Collection[int]) -> Iterator[Number]:
    floor = 0
    for i in spots:
        if i >= floor and (number := _number(words, i, floor, loose, i in duals)):
            floor = number.last
            yield number


def find_numbers(words: Sequence[str], *, loose: bool = False, duals: Collection[int] = ()) -> list[Number]:
    """The numbers of one sentence of folded words, signs being words of their own, in order. Never raises on any text.

    `loose`, for a text that is asked about on its own: a minus sign and `سالب` count, and `ثلاثون خمس` is six.
    `duals`: words that stand for two of what they name, to be found as well (`اكثر من يومين`).
    """
    spots = [i for i, word in enumerate(words) if word in WORDS or "0" <= word < ":" or i in duals]
    return list(_found(words, spots, loose, duals)) if spots else []
