"""Lengths of time: `ثلاثه ايام`, `ساعه ونصف`, `سنتين وشهر و21 يوما`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from khabar.arabic.calendar import UNITS, Unit
from khabar.arabic.numerals import find_numbers, word_set

Words = Sequence[str]
LengthUnit = Unit | Literal["minute", "second"]
Length = tuple[tuple[float, LengthUnit], ...]

_SMALL: dict[str, tuple[LengthUnit, int]] = {
    **{word: ("minute", count) for word, count in (("دقيقه", 1), ("دقايق", 0), ("دقيقتين", 2), ("دقيقتان", 2))},
    **{word: ("second", count) for word, count in (("ثانيه", 1), ("ثواني", 0), ("ثوان", 0), ("ثانيتين", 2), ("ثانيتان", 2))},
}
LENGTH_UNITS: dict[str, tuple[LengthUnit, int]] = {**UNITS, **_SMALL}
_FRACTIONS = {"نصف": 0.5, "النصف": 0.5, "ربع": 0.25, "الربع": 0.25, "ثلث": 1 / 3, "الثلث": 1 / 3}
_ONE = word_set("واحد واحده كامل كامله كاملا")


class Found(NamedTuple):
    """A length read at a place, and the word after it."""

    length: Length
    end: int


def _word(words: Words, i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _named(words: Words, i: int) -> tuple[LengthUnit, int] | None:
    """The unit at `i`, definite forms too: its name and how many of it the form means."""
    word = _word(words, i)
    return LENGTH_UNITS.get(word) or LENGTH_UNITS.get(word.removeprefix("ال"))


def _term(words: Words, i: int) -> Found | None:
    """`3 ايام`, `يومين`, `نصف ساعه`, `شهر واحد`, `ساعه ونصف`."""
    if (share := _FRACTIONS.get(_word(words, i))) and (unit := _named(words, i + 1)) and unit[1] == 1:
        return Found(((share, unit[0]),), i + 2)
    number = next(iter(find_numbers(words[i : i + 6])), None)
    counted = number is not None and number.core_first == 0 and number.kind == "cardinal" and not (number.vague or number.percent)
    end = i + number.core_last if number and counted else i
    unit = _named(words, end)
    if unit is None or (not counted and not unit[1]):
        return None
    end += 1
    end += _word(words, end) in _ONE
    count = (number.value or number.low) if number and counted else unit[1]
    return _with_half(words, Found(((count, unit[0]),), end))


def _with_half(words: Words, found: Found) -> Found:
    """`عام ونصف`, `ساعه ونصف الساعه`."""
    word = _word(words, found.end)
    k = found.end + 1 if word == "و" else found.end
    share = _FRACTIONS.get(_word(words, k) if word == "و" else word[1:] if word[:1] == "و" else "")
    if not share:
        return found
    count, unit = found.length[0]
    again = _named(words, k + 1) if _word(words, k + 1).startswith("ال") else None
    return Found(((count + share, unit),), k + 2 if again and again[0] == unit else k + 1)


def _after_and(words: Words, i: int) -> Words:
    """The words from `i` on without the `و` that joins them; none if there is no `و`."""
    word = _word(words, i)
    if word == "و":
        return words[i + 1 : i + 8]
    return [word[1:], *words[i + 1 : i + 7]] if word[:1] == "و" and len(word) > 2 else []


def read_length(words: Words, i: int) -> Found | None:
    """The length of time that begins at `i`, its parts of falling size joined by `و`; a lone unit (`شهر`) counts as one."""
    found = _term(words, i)
    while found:
        rest = _after_and(words, found.end)
        more = _term(rest, 0) if rest else None
        if more is None or any(unit == more.length[0][1] for _, unit in found.length):
            break
        found = Found(found.length + more.length, found.end + more.end + (words[found.end] == "و"))
    return found
