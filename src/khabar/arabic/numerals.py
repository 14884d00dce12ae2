"""Numerals: the numbers of a sentence, in digits and in words, with what their modifiers make of them.

Everything here reads folded words (`khabar.arabic.fold`). Numbers inside dates are found like any other: whoever counts people
leaves out those that `khabar.resolve.times` has claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from khabar.arabic.duals import dual

__all__ = ["Number", "dual", "find_numbers", "spell", "word_set"]

THOUSAND, MILLION, MILLIARD, TRILLION = 10**3, 10**6, 10**9, 10**12


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: words `first` to `last` (exclusive), the numeral itself being words `core_first` to `core_last` (exclusive).

    `high` is null where the number is open above; `low` already counts "more than n" as n + 1. `vague` marks `عشرات` and its like,
    read as the ranges of the codebook, section 6. A decimal that no scale word makes whole is cut to an integer and `approximate`.
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

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.core_first < self.core_last <= self.last:
            raise ValueError(f"words {self.first}-{self.last} do not hold the numeral {self.core_first}-{self.core_last}")
        if self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")


_Rank = Literal["unit", "ten", "tens", "hundred", "scale", "scales", "twofold", "fraction", "few", "many", "ordinal"]


def word_set(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


class _Entry(NamedTuple):
    """What a word counts: for `few` and `many` the lowest value, for `fraction` the divisor; `joined` where it begins with `و`."""

    rank: _Rank
    value: int
    joined: bool = False


# rank -> value -> folded forms, without clitics
_FORMS: dict[_Rank, dict[int, str]] = {
    "unit": {
        0: "صفر", 1: "واحد واحده واحدا احد احدي", 2: "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي", 3: "ثلاثه ثلاث ثلاثا", 4: "اربعه اربع اربعا",
        5: "خمسه خمس خمسا", 6: "سته ست ستا", 7: "سبعه سبع سبعا", 8: "ثمانيه ثماني ثمان ثمانيا", 9: "تسعه تسع تسعا",
    },
    "ten": {10: "عشره عشر عشرا"},
    "tens": {
        20: "عشرون عشرين", 30: "ثلاثون ثلاثين", 40: "اربعون اربعين", 50: "خمسون خمسين", 60: "ستون ستين", 70: "سبعون سبعين",
        80: "ثمانون ثمانين", 90: "تسعون تسعين",
    },
    "hundred": {
        100: "ميه مايه ماءه مءه", 200: "ميتان ميتين ميتا ميتي مايتان مايتين مايتا مايتي", 300: "ثلاثميه ثلاثمايه ثلثمايه ثلثميه",
        400: "اربعميه اربعمايه", 500: "خمسميه خمسمايه", 600: "ستميه ستمايه", 700: "سبعميه سبعمايه",
        800: "ثمانميه ثمانمايه ثمانيميه ثمانيمايه ثمنميه ثمنمايه", 900: "تسعميه تسعمايه",
    },
    "scale": {
        THOUSAND: "الف الفا", MILLION: "مليون مليونا", MILLIARD: "مليار مليارا بليون بليونا", TRILLION: "تريليون تريليونا ترليون ترليونا",
    },
    "scales": {THOUSAND: "الاف الافا الوف", MILLION: "ملايين", MILLIARD: "مليارات بلايين", TRILLION: "تريليونات ترليونات"},
    "twofold": {
        THOUSAND: "الفان الفين الفي", MILLION: "مليونان مليونين مليوني", MILLIARD: "ملياران مليارين ملياري بليونان بليونين بليوني",
        TRILLION: "تريليونان تريليونين",
    },
    "fraction": {2: "نصف", 3: "ثلث", 4: "ربع"},
    "few": {3: "بضعه بضع"},
    "many": {20: "عشرات", 200: "ميات مايات"},
    "ordinal": {
        1: "اول اولي حادي حاديه", 2: "ثاني ثانيه ثان", 3: "ثالث ثالثه", 4: "رابع رابعه", 5: "خامس خامسه", 6: "سادس سادسه", 7: "سابع سابعه",
        8: "ثامن ثامنه", 9: "تاسع تاسعه", 10: "عاشر عاشره",
    },
}  # fmt: skip
_CLITICS = ("وبال", "وكال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال", "وب", "ول", "فب", "و", "ف", "ب", "ل", "ك", "")
_NOT_NUMBERS = word_set(  # other words, other readings: "I am not", Monday, seconds, Tuesday written short
    "لست ولست فلست الاثنين والاثنين بالاثنين للاثنين فالاثنين ولاثنين الثلاثا والثلاثا ثانيه وثانيه بثانيه لثانيه الاحد والاحد بالاحد للاحد"
)


def _vocabulary() -> dict[str, _Entry]:
    """Every spelling, with and without clitics; a shorter clitic, and none at all, wins."""
    words: dict[str, _Entry] = {}
    for clitic in _CLITICS:
        for rank, values in _FORMS.items():
            for value, forms in values.items():
                words.update((clitic + form, _Entry(rank, value, clitic.startswith("و"))) for form in forms.split())
    return {word: entry for word, entry in words.items() if word not in _NOT_NUMBERS}


_WORDS = _vocabulary()
_DIGITS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+|\d{1,15}(?:[.,]\d{1,9})?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_SPAN_OF_DIGITS = re.compile(r"(\d{1,12})-(\d{1,12})")
_ARTICLES, _TWO_ALONE = word_set("ال وال بال لل فال ولل"), word_set("الفا مليونا مليارا بليونا")
_AFTER_MONTH = word_set("تشرين كانون ربيع جمادي امس جماد")
_FUNCTION = word_set("من في الي علي عن مع كل اي او ان بين بعد قبل منذ حتي لا ما هو هي هذا هذه ذلك كما قد لم لن ولا ثم بل غير سوي رقم لكل عند لدي حسب و")
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
    "تصل الي": "upto", "لا تزيد عن": "upto", "لا تزيد علي": "upto",
}  # fmt: skip
_AFTER: dict[tuple[str, ...], _Effect] = {
    ("علي", "الاقل"): "from", ("في", "الاقل"): "from", ("علي", "اقل", "تقدير"): "from", ("كحد", "ادني"): "from", ("او", "اكثر"): "from",
    ("فاكثر",): "from", ("تقريبا",): "about", ("علي", "الاكثر"): "upto", ("كحد", "اقصي"): "upto",
}  # fmt: skip
_AFTER_STARTS = frozenset(key[0] for key in _AFTER)
_FAR = 3  # words between a numeral and its "at least": "14 جنديا افغانيا على الاقل"


class _Amount(NamedTuple):
    """A whole numeral read at a place: its value, the word after it, and the scale word it ended with (1 for none)."""

    value: float
    end: int
    scale: int = 1


def _entry(words: Sequence[str], i: int) -> _Entry | None:
    return _WORDS.get(words[i]) if 0 <= i < len(words) else None


def _ranked(words: Sequence[str], i: int, *ranks: _Rank) -> int | None:
    """The value of the word at `i` if it has one of the ranks and no `و` of its own."""
    entry = _entry(words, i)
    return entry.value if entry and entry.rank in ranks and not entry.joined else None


def _joined(words: Sequence[str], i: int) -> int:
    """Where the numeral begins that a `و` at `i` adds: at `i` itself or after a `و` standing alone; -1 for none."""
    if i < len(words) and words[i] == "و":
        return i + 1 if i + 1 < len(words) else -1
    entry = _entry(words, i)
    eleven = i < len(words) and words[i] in ("واحد", "واحدي") and _ranked(words, i + 1, "ten") is not None  # و + احد عشر
    return i if entry and (entry.joined or eleven) else -1


def _digits(words: Sequence[str], i: int) -> _Amount | None:
    """Digits: `1500`, `1,500`, `1.500`, `3.5`, `2ر5`."""
    word = words[i] if i < len(words) else ""
    if not _DIGITS.fullmatch(word):
        return None
    if i + 2 < len(words) and words[i + 1] == "ر" and word.isdecimal() and words[i + 2].isdecimal():
        return _Amount(float(f"{word}.{words[i + 2]}"), i + 3)
    millions = (_ranked(words, i + 1, "scale", "scales") or 1) >= MILLION
    if _GROUPED.fullmatch(word) and not (millions and word.count(".") == 1):
        return _Amount(int(re.sub("[.,]", "", word)), i + 1)
    return _Amount(float(word.replace(",", ".")) if not word.isdecimal() else int(word), i + 1)


def _below_hundred(words: Sequence[str], i: int) -> _Amount | None:
    """`خمسه`, `خمسه عشر`, `عشره`, `خمسه وعشرون`, `عشرون`."""
    entry = _entry(words, i)
    if entry is None or entry.rank not in ("unit", "ten", "tens"):
        return None
    if entry.rank != "unit" or entry.value == 0:
        return _Amount(entry.value, i + 1)
    if _ranked(words, i + 1, "ten"):
        return _Amount(entry.value + 10, i + 2)
    k = _joined(words, i + 1)
    tens = _entry(words, k)
    if k >= 0 and tens and tens.rank == "tens":
        return _Amount(entry.value + tens.value, k + 1)
    return _Amount(entry.value, i + 1)


def _below_thousand(words: Sequence[str], i: int) -> _Amount | None:
    """`ثلاثمايه`, `ثلاث مايه وخمسه`, `مايه و20`, or anything below a hundred."""
    entry = _entry(words, i)
    if entry is None:
        return None
    value, end = entry.value, i + 1
    if entry.rank == "unit" and entry.value > 2 and _ranked(words, i + 1, "hundred") == 100:
        value, end = entry.value * 100, i + 2
    elif entry.rank != "hundred":
        return _below_hundred(words, i)
    k = _joined(words, end)
    rest = _below_hundred(words, k) or _digits(words, k) if k >= 0 else None
    if rest and rest.value < 100 and rest.value == int(rest.value):
        return _Amount(value + rest.value, rest.end)
    return _Amount(value, end)


def _term(words: Sequence[str], i: int) -> _Amount | None:
    """One term of a sum, with its scale word: `12 الفا`, `مليونان`, `نصف مليون`, `خمسه وعشرون`."""
    entry = _entry(words, i)
    if entry and entry.rank == "scale":
        return _Amount(entry.value, i + 1, entry.value)
    if entry and entry.rank == "twofold":
        return _Amount(2 * entry.value, i + 1, entry.value)
    if entry and entry.rank == "fraction":
        scale = _ranked(words, i + 1, "scale")
        return _Amount(scale / entry.value, i + 2, scale) if scale else None
    amount = _digits(words, i) or _below_thousand(words, i)
    scale = _ranked(words, amount.end, "scale", "scales") if amount and amount.value else None
    if amount is None or not scale:
        return amount
    return _Amount(amount.value * scale, amount.end + 1, scale)


def _with_half(words: Sequence[str], amount: _Amount) -> _Amount:
    """`مليون ونصف` and `مليون ونصف المليون`."""
    k = _joined(words, amount.end)
    entry = _entry(words, k)
    if amount.scale == 1 or not entry or entry.rank != "fraction":
        return amount
    again = _ranked(words, k + 1, "scale")
    scale = again or amount.scale
    return _Amount(amount.value + scale / entry.value, k + (2 if again else 1))


def _amount(words: Sequence[str], i: int) -> _Amount | None:
    """The longest numeral at `i`: terms of falling scale, joined by `و`."""
    total = _term(words, i)
    if total is None:
        return None
    while total.scale > 1:
        k = _joined(words, total.end)
        more = _term(words, k) if k >= 0 else None
        if more is None or more.scale >= total.scale or more.value >= total.scale:
            break
        total = _Amount(total.value + more.value, more.end, more.scale)
    total = _with_half(words, total)
    if total.end == i + 1 and total.scale > 1 and words[i].lstrip("وبلف") in _TWO_ALONE:
        return total._replace(value=2 * total.scale)
    return total


def _vague(words: Sequence[str], i: int) -> tuple[int, int, int] | None:
    """Lowest value, highest value and the word after: `عشرات`, `ميات الالاف`, `بضعه الاف`, `ملايين`."""
    entry = _entry(words, i)
    if entry is None or entry.rank not in ("few", "many", "scales"):
        return None
    if entry.rank == "scales":
        return 2 * entry.value, 10 * entry.value - 1, i + 1
    if entry.rank == "few":
        if many := _ranked(words, i + 1, "many"):
            return many, many * 5 - 1, i + 2
        if _ranked(words, i + 1, "ten"):
            return 13, 19, i + 2
    low, above = entry.value, 10 if entry.rank == "few" else entry.value * 5
    if scale := _ranked(words, i + 1, "scales"):
        return low * scale, above * scale - 1, i + 2
    return low, above - 1, i + 1


def _ordinal(words: Sequence[str], i: int) -> _Amount | None:
    """`الثالث`, `الثالث عشر`, `الثالث والعشرون`; not the `الثاني` of a month's name, and no `حادي` alone."""
    entry = _entry(words, i)
    if entry is None or entry.rank != "ordinal" or (i and words[i - 1] in _AFTER_MONTH):
        return None
    if _ranked(words, i + 1, "ten"):
        return _Amount(entry.value + 10, i + 2)
    tens = _entry(words, i + 1)
    if tens and tens.joined and tens.rank == "tens":
        return _Amount(entry.value + tens.value, i + 2)
    return None if "حادي" in words[i] else _Amount(entry.value, i + 1)


def _lone_one(words: Sequence[str], i: int) -> bool:
    """Whether the one-word numeral "one" at `i` is the adjective of the noun before it: not `احد المهاجمين`, not `واحد من`."""
    if "واحد" not in words[i] or i == 0 or (words[i].startswith("ال") or not words[i].startswith("واحد")):
        return False
    before, after = words[i - 1], words[i + 1] if i + 1 < len(words) else ""
    return before.isalpha() and before not in _FUNCTION and after != "من"


def _is_count(words: Sequence[str], i: int, amount: _Amount) -> bool:
    """Whether a one-word numeral counts: "one" needs its noun before it, `يوم اثنين` is a Monday, `شهر صفر` a month."""
    entry = _entry(words, i)
    if amount.end != i + 1 or entry is None or entry.rank != "unit":
        return True
    if entry.value == 1:
        return _lone_one(words, i)
    return not (i and words[i - 1] in ("يوم", "شهر") and entry.value in (0, 2))


def _before(words: Sequence[str], i: int, floor: int) -> tuple[_Effect, int] | None:
    """The modifier that ends right before `i`, and where it begins; nothing before `floor`."""
    for size in (3, 2, 1):
        start = i - size
        if start < floor:
            continue
        phrase = " ".join(words[start:i])
        effect = _BEFORE.get(phrase) or (_BEFORE.get(phrase[1:]) if phrase[0] in "وبلفك" else None)
        if effect:
            return effect, start - 1 if start > floor and words[start - 1] in ("ما", "بما", "وما", "لما", "مما") else start
    return None


def _after(words: Sequence[str], i: int) -> tuple[_Effect, int] | None:
    """The modifier that follows a numeral ending at `i`, at once or after its noun, and the word after it."""
    for k in range(i, min(i + _FAR + 1, len(words))):
        word = words[k]
        if word in _AFTER_STARTS:
            for size in (3, 2, 1):
                if k + size <= len(words) and (effect := _AFTER.get(tuple(words[k : k + size]))):
                    return effect, k + size
        if word in _WORDS or not word.isalpha() or word.startswith("و"):
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


def _second(words: Sequence[str], first: _Amount, between: bool) -> _Amount | None:
    """The upper end of a range after its lower end: `5 الى 7`, `5 - 7`, `ثلاثه او اربعه`, and after `بين`, `5 و7`."""
    if first.end >= len(words):
        return None
    if words[first.end] in ("-", "الي", "حتي", "او") and first.end + 1 < len(words):
        upper = _amount(words, first.end + 1)
    else:
        k = _joined(words, first.end) if between else -1
        upper = _amount(words, k) if k >= 0 else None
    if upper is None or (upper.scale == 1 and upper.value <= first.value):
        return None
    return upper if upper.value > first.value else None


def _split(words: Sequence[str], i: int, end: int) -> tuple[_Amount, _Amount] | None:
    """`بين خمسه وعشرين`: a numeral that after `بين` is two."""
    for k in range(i + 1, end):
        left, right = _amount(words[:k], i), _amount(words, k)
        if left and right and left.end == k and right.end == end and left.value < right.value and _joined(words, k) == k:
            return left, right
    return None


def _range(words: Sequence[str], i: int, first: _Amount, floor: int) -> _Draft | None:
    """A range with its `بين` or `من`; a scale word on the upper end alone belongs to both (`بين 3 و5 الاف`)."""
    opener = words[i - 1] if i > floor else ""
    between = opener in ("بين", "وبين", "مابين")
    upper = _second(words, first, between)
    if upper is None:
        halves = _split(words, i, first.end) if between else None
        if halves is None:
            return None
        first, upper = halves
    low = first.value
    if first.scale == 1 and upper.scale > 1 and low < THOUSAND and low < upper.value / upper.scale:
        low *= upper.scale
    opened = between or (opener in ("من", "ومن") and words[first.end] in ("الي", "حتي"))
    start = i - 1 if opened else i
    if between and start > floor and words[start - 1] in ("ما", "وما"):
        start -= 1
    return _Draft(start, upper.end, int(low), int(upper.value))


def _draft(words: Sequence[str], i: int, floor: int) -> _Draft | None:
    """The numeral at `i`, whatever its kind."""
    if vague := _vague(words, i):
        return _Draft(i, vague[2], vague[0], vague[1], vague=True)
    if pair := _SPAN_OF_DIGITS.fullmatch(words[i]):
        low, high = int(pair[1]), int(pair[2])
        return _Draft(i, i + 1, low, high) if low < high else None
    if ordinal := _ordinal(words, i):
        return _Draft(i, ordinal.end, int(ordinal.value), int(ordinal.value), kind="ordinal")
    amount = _amount(words, i)
    if amount is None:
        return None
    if ranged := _range(words, i, amount, floor):
        return ranged
    if not _is_count(words, i, amount):
        return None
    value = round(amount.value) if amount.scale > 1 or amount.end > i + 3 else int(amount.value)
    return _Draft(i, amount.end, value, value, approximate=value != amount.value)


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


def _number(words: Sequence[str], i: int, floor: int) -> Number | None:
    """The number phrase whose numeral begins at `i`; none of its words lies before `floor`."""
    draft = _draft(words, i, floor)
    if draft is None:
        return None
    core = first = draft.first - 1 if draft.first > floor and words[draft.first - 1] in _ARTICLES else draft.first
    last = _percent(words, draft.end)
    percent = last > draft.end
    if not percent and first > floor and words[first - 1] == "%":
        first, percent = first - 1, True
    low, high, approximate, is_open = draft.low, draft.high, draft.approximate, False
    effect: _Effect | None = None
    if draft.kind == "cardinal":
        if before := _before(words, first, floor):
            effect, first = before
        elif after := _after(words, last):
            effect, last = after
    bounds = _apply(effect, draft) if effect else (low, high, approximate, is_open)
    return Number(first, last, *bounds, draft.kind, draft.vague, percent, core, draft.end)


def _found(words: Sequence[str], spots: Sequence[int]) -> Iterator[Number]:
    floor = 0
    for i in spots:
        if i >= floor and (number := _number(words, i, floor)):
            floor = number.last
            yield number


def find_numbers(words: Sequence[str]) -> list[Number]:
    """The numbers of one sentence of folded words, signs being words of their own, in order. Never raises on any text."""
    spots = [i for i, word in enumerate(words) if word in _WORDS or "0" <= word < ":"]
    return list(_found(words, spots)) if spots else []


_UNITS = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_SCALES = ((MILLION, "مليون", "مليونان", "ملايين", "مليونا"), (THOUSAND, "ألف", "ألفان", "آلاف", "ألفا"))


def _spell_small(n: int) -> str:
    """1 to 999 in words."""
    parts = [_HUNDREDS[n // 100]] if n >= 100 else []
    n %= 100
    if 0 < n <= 10:
        parts.append(_UNITS[n])
    elif 10 < n < 20:
        parts.append({11: "أحد", 12: "اثنا"}.get(n, _UNITS[n - 10]) + " عشر")
    elif n:
        parts.extend(part for part in (_UNITS[n % 10], _TENS[n // 10]) if part)
    return " و".join(parts)


def spell(n: int) -> str:
    """A whole number from 0 to 999,999,999 in masculine nominative words without vowel marks; ValueError beyond."""
    if not 0 <= n < MILLIARD:
        raise ValueError(f"{n} cannot be spelled: expected 0 to {MILLIARD - 1}")
    parts = []
    for scale, one, two, few, many in _SCALES:
        count, n = divmod(n, scale)
        if count > 2:
            noun = few if 3 <= count % 100 <= 10 else one if count % 100 < 3 else many
            parts.append(f"{_spell_small(count)} {noun}")
        elif count:
            parts.append((one, two)[count - 1])
    if n:
        parts.append(_spell_small(n))
    return " و".join(parts) or "صفر"
