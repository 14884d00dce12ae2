"""Words that count: every spelling of a numeral word, with and without clitics, and what stands at a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

DOZEN, THOUSAND, MILLION, MILLIARD, TRILLION = 12, 10**3, 10**6, 10**9, 10**12

Rank = Literal["unit", "ten", "tens", "hundred", "scale", "scales", "twofold", "fraction", "part", "dozen", "few", "many", "ordinal"]


def word_set(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


class Entry(NamedTuple):
    """What a word counts: for `few` and `many` the lowest value, for `fraction` and `part` the divisor; `joined` where it begins with `و`."""

    rank: Rank
    value: int
    joined: bool = False


# rank -> value -> folded forms, without clitics
_FORMS: dict[Rank, dict[int, str]] = {
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
    "part": {3: "اثلاث", 4: "ارباع", 5: "اخماس", 6: "اسداس", 7: "اسباع", 8: "اثمان", 9: "اتساع", 10: "اعشار"},
    "dozen": {12: "دزينه دسته دزينات دستات", 24: "دزينتان دزينتين دستتان دستتين"},
    "few": {3: "بضعه بضع"},
    "many": {20: "عشرات", 200: "ميات مايات"},
    "ordinal": {
        1: "اول اولي حادي حاديه", 2: "ثاني ثانيه ثان", 3: "ثالث ثالثه", 4: "رابع رابعه", 5: "خامس خامسه", 6: "سادس سادسه", 7: "سابع سابعه",
        8: "ثامن ثامنه", 9: "تاسع تاسعه", 10: "عاشر عاشره",
    },
}  # fmt: skip
_CLITICS = ("وبال", "وكال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال", "وب", "ول", "فب", "و", "ف", "ب", "ل", "ك", "")
_NOT_NUMBERS = word_set(  # other words, other readings: "I am not", quantities, Monday, seconds, Tuesday written short
    "كميه كميات لست ولست فلست الاثنين والاثنين بالاثنين للاثنين فالاثنين ولاثنين الثلاثا والثلاثا ثانيه وثانيه بثانيه لثانيه الاحد والاحد بالاحد للاحد"
)


def _vocabulary() -> dict[str, Entry]:
    """Every spelling, with and without clitics; a shorter clitic, and none at all, wins."""
    words: dict[str, Entry] = {}
    for clitic in _CLITICS:
        for rank, values in _FORMS.items():
            for value, forms in values.items():
                words.update((clitic + form, Entry(rank, value, clitic.startswith("و"))) for form in forms.split())
    return {word: entry for word, entry in words.items() if word not in _NOT_NUMBERS}


WORDS = _vocabulary()


def entry_at(words: Sequence[str], i: int) -> Entry | None:
    return WORDS.get(words[i]) if 0 <= i < len(words) else None


def ranked(words: Sequence[str], i: int, *ranks: Rank) -> int | None:
    """The value of the word at `i` if it has one of the ranks and no `و` of its own."""
    entry = entry_at(words, i)
    return entry.value if entry and entry.rank in ranks and not entry.joined else None


def joined_at(words: Sequence[str], i: int) -> int:
    """Where the numeral begins that a `و` at `i` adds: at `i` itself or after a `و` standing alone; -1 for none."""
    if i < len(words) and words[i] == "و":
        return i + 1 if i + 1 < len(words) else -1
    entry = entry_at(words, i)
    eleven = i < len(words) and words[i] in ("واحد", "واحدي") and ranked(words, i + 1, "ten") is not None  # و + احد عشر
    return i if entry and (entry.joined or eleven) else -1
