"""Amounts: one numeral read at a place, in digits, in words or mixed, before its modifiers and ranges (`khabar.arabic.numerals`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from khabar.arabic.numberwords import DOZEN, MILLION, THOUSAND, entry_at, joined_at, ranked, word_set

_DIGITS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+|\d{1,15}(?:[.,]\d{1,9})?")
_FIRST_GROUP, _GROUP = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_DIGITS_OF_HUNDREDS, _HUNDRED = frozenset("3456789"), word_set("ميه مايه ماءه مءه")
_TWO_ALONE = word_set("الفا مليونا مليارا بليونا")
_AFTER_MONTH = word_set("تشرين كانون ربيع جمادي امس جماد")


class Amount(NamedTuple):
    """A whole numeral read at a place: its value, the word after it, and the scale word it ended with (1 for none)."""

    value: float
    end: int
    scale: int = 1


def digits_at(words: Sequence[str], i: int) -> Amount | None:
    """Digits: `1500`, `1,500`, `1.500`, `1 500`, `3.5`, `5ر2` (2.5), `1e10`."""
    word = words[i] if i < len(words) else ""
    if not _DIGITS.fullmatch(word):
        return None
    if spread := _spread(words, i):
        return spread
    if i + 2 < len(words) and words[i + 1] == "ر" and word.isdecimal() and words[i + 2].isdecimal():
        return Amount(_with_reh(word, words[i + 2]), i + 3)
    millions = (ranked(words, i + 1, "scale", "scales") or 1) >= MILLION
    if _GROUPED.fullmatch(word) and not (millions and word.count(".") == 1):
        return Amount(int(re.sub("[.,]", "", word)), i + 1)
    whole, *rest = re.split("[.,]", word, maxsplit=1)  # `542.963,440 مليون` is 542.96344 million
    return Amount(float(f"{whole}.{re.sub('[.,]', '', rest[0])}") if rest else int(word), i + 1)


def _with_reh(right: str, left: str) -> float:
    """`5ر2` is 2.5: agencies type what stands right of the letter first, so that the line, set from the right, reads as a decimal."""
    whole, decimals = (right, left) if right == "0" else (left, right)
    return float(f"{whole}.{decimals}")


def _spread(words: Sequence[str], i: int) -> Amount | None:
    """Digits over several words: thousands set off by spaces (`1 414 021 100`), a power of ten (`1e10`)."""
    after = words[i + 1] if i + 1 < len(words) else ""
    if after == "e" and i + 2 < len(words) and words[i].isdecimal() and words[i + 2].isdecimal() and len(words[i + 2]) < 3:
        return Amount(int(words[i]) * 10 ** int(words[i + 2]), i + 3)
    if not (_FIRST_GROUP.fullmatch(words[i]) and _GROUP.fullmatch(after)) or (i and words[i - 1].isdecimal()):
        return None
    end = i + 2
    while end < len(words) and _GROUP.fullmatch(words[end]) and end < i + 5:
        end += 1
    column = end < len(words) and words[end].isdecimal()  # of a table
    pair = end == i + 2 and after != "000" and not (len(words[i]) < 3 and after.endswith("00"))  # `بين 150 300 ريال`
    return None if column or pair else Amount(int("".join(words[i:end])), end)


def _below_hundred(words: Sequence[str], i: int) -> Amount | None:
    """`خمسه`, `خمسه عشر`, `عشره`, `خمسه وعشرون`, `عشرون`."""
    entry = entry_at(words, i)
    if entry is None or entry.rank not in ("unit", "ten", "tens"):
        return None
    if entry.rank != "unit" or entry.value == 0:
        return Amount(entry.value, i + 1)
    if ranked(words, i + 1, "ten"):
        return Amount(entry.value + 10, i + 2)
    k = joined_at(words, i + 1)
    tens = entry_at(words, k)
    if k >= 0 and tens and tens.rank == "tens":
        return Amount(entry.value + tens.value, k + 1)
    return Amount(entry.value, i + 1)


def _below_thousand(words: Sequence[str], i: int) -> Amount | None:
    """`ثلاثمايه`, `ثلاث مايه وخمسه`, `3 مايه`, `مايه و20`, or anything below a hundred."""
    entry = entry_at(words, i)
    hundreds = entry.value if entry and entry.rank == "unit" else int(words[i]) if i < len(words) and words[i] in _DIGITS_OF_HUNDREDS else 0
    if hundreds > 2 and i + 1 < len(words) and words[i + 1] in _HUNDRED:
        value, end = hundreds * 100, i + 2
    elif entry is None or entry.rank != "hundred":
        return _below_hundred(words, i)
    else:
        value, end = entry.value, i + 1
    k = joined_at(words, end)
    rest = _below_hundred(words, k) or digits_at(words, k) if k >= 0 else None
    if rest and rest.value < 100 and rest.value == int(rest.value):
        return Amount(value + rest.value, rest.end)
    return Amount(value, end)


def _term(words: Sequence[str], i: int) -> Amount | None:
    """One term of a sum, with its scale word: `12 الفا`, `مليونان`, `نصف مليون`, `ثلاثه ارباع المليون`, `ثلاث دزينات`, `خمسه وعشرون`."""
    entry = entry_at(words, i)
    if entry and entry.rank == "scale":
        return Amount(entry.value, i + 1, entry.value)
    if entry and entry.rank == "twofold":
        return Amount(2 * entry.value, i + 1, entry.value)
    if entry and entry.rank == "dozen":
        return Amount(entry.value, i + 1)
    if entry and entry.rank == "fraction":
        scale = ranked(words, i + 1, "scale", "dozen")
        return Amount(scale / entry.value, i + 2, scale) if scale else None
    amount = _below_thousand(words, i) or digits_at(words, i)
    part = ranked(words, amount.end, "part") if amount else None
    if amount and part and (amount.value < part or amount.value > 10):  # `اربعه ارباع` are four quarters of a year
        amount = Amount(amount.value / part, amount.end + 1)
    scale = ranked(words, amount.end, "scale", "scales", "dozen") if amount and amount.value else None
    if amount is None or not scale:
        return amount
    if amount.value >= THOUSAND and ranked(words, amount.end, "scales") == THOUSAND:  # `7000 الاف` says the thousands twice
        return Amount(amount.value, amount.end + 1)
    return Amount(amount.value * scale, amount.end + 1, 1 if scale == DOZEN else scale)


def _with_half(words: Sequence[str], amount: Amount) -> Amount:
    """`مليون ونصف` and `مليون ونصف المليون`."""
    k = joined_at(words, amount.end)
    entry = entry_at(words, k)
    if amount.scale == 1 or not entry or entry.rank != "fraction":
        return amount
    again = ranked(words, k + 1, "scale")
    scale = again or amount.scale
    return Amount(amount.value + scale / entry.value, k + (2 if again else 1))


def amount_at(words: Sequence[str], i: int) -> Amount | None:
    """The longest numeral at `i`: terms of falling scale, joined by `و`."""
    total = _term(words, i)
    if total is None:
        return None
    while total.scale > 1:
        k = joined_at(words, total.end)
        more = _term(words, k) if k >= 0 else None
        if more is None or more.scale >= total.scale or more.value >= total.scale:
            break
        total = Amount(total.value + more.value, more.end, more.scale)
    total = _with_half(words, total)
    if total.end == i + 1 and total.scale > 1 and words[i].lstrip("وبلف") in _TWO_ALONE:
        return total._replace(value=2 * total.scale)
    return total


def vague_at(words: Sequence[str], i: int) -> tuple[int, int, int] | None:
    """Lowest value, highest value and the word after: `عشرات`, `ميات الالاف`, `بضعه الاف`, `ملايين`."""
    entry = entry_at(words, i)
    if entry is None or entry.rank not in ("few", "many", "scales"):
        return None
    if entry.rank == "scales":
        return 2 * entry.value, 10 * entry.value - 1, i + 1
    if entry.rank == "few":
        if many := ranked(words, i + 1, "many"):
            return many, many * 5 - 1, i + 2
        if ranked(words, i + 1, "ten"):
            return 13, 19, i + 2
        tens = entry_at(words, i + 1)
        if tens and tens.joined and tens.rank == "tens":
            return tens.value + 3, tens.value + 9, i + 2
    low, above = entry.value, 10 if entry.rank == "few" else entry.value * 5
    if scale := ranked(words, i + 1, "scales"):
        return low * scale, above * scale - 1, i + 2
    return low, above - 1, i + 1


def ordinal_at(words: Sequence[str], i: int) -> Amount | None:
    """`الثالث`, `الثالث عشر`, `الثالث والعشرون`; not the `الثاني` of a month's name, and no `حادي` alone."""
    entry = entry_at(words, i)
    if entry is None or entry.rank != "ordinal" or (i and words[i - 1] in _AFTER_MONTH):
        return None
    if ranked(words, i + 1, "ten"):
        return Amount(entry.value + 10, i + 2)
    tens = entry_at(words, i + 1)
    if tens and tens.joined and tens.rank == "tens":
        return Amount(entry.value + tens.value, i + 2)
    return None if "حادي" in words[i] else Amount(entry.value, i + 1)
