"""Skeletons: the consonants of a name in one alphabet for Arabic and Latin spellings, so that `البوكمال` meets Abu Kamal.

Vowels, `ه`, `ح`, `ع` and hamza leave no trace, since Latin spellings drop or double them; letters that Latin spellings mix up fall together.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import islice, product

from khabar.arabic.romanise import romanise

_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "چ": "c", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "c",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_OTHERWISE = {"ج": "g", "ق": "g", "ث": "s", "ذ": "z", "ظ": "d", "غ": "k", "ض": "z", "خ": "k"}
"""What else Latin spellings write for a letter: Egyptian and Moroccan g, and the s, z and d of the dialects."""
_LATIN = {
    "tch": "c", "sch": "c", "sh": "c", "ch": "c", "kh": "x", "gh": "g", "dj": "j", "dh": "d", "th": "t", "ph": "f", "ck": "k", "qu": "k", "gu": "g",
    "b": "b", "p": "b", "t": "t", "j": "j", "d": "d", "r": "r", "z": "z", "s": "s", "g": "g", "f": "f", "v": "f", "q": "k", "k": "k", "c": "k",
    "l": "l", "m": "m", "n": "n", "x": "ks",
}  # fmt: skip
_LATIN_LETTERS = re.compile("|".join(_LATIN))
_SOFT_C = re.compile(r"c(?=[eiy])")
_TURKISH = str.maketrans({"ç": "ch", "ş": "sh", "c": "j", "ğ": "gh", "Ç": "ch", "Ş": "sh", "C": "j", "Ğ": "gh"})
_ARTICLE = re.compile(r"\b(?:al|el|ad|ed|ar|er|as|es|ash|esh|at|et|an|en|az|ez|adh|edh|ath)[-‐'’ ]+")
_MOST = 8
_BOUND = "ة"  # at the end of a word that another follows it may sound as t: `خربه غزاله` Khirbat Ghazalah


def plain_latin(name: str, country: str = "") -> str:
    """A Latin name in lower case without diacritics and Arabic articles; Turkish letters (`country` TUR) as they sound."""
    text = name.translate(_TURKISH) if country == "TUR" else name
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.replace("ı", "i").replace("İ", "I")) if not unicodedata.combining(c)).lower()
    return _ARTICLE.sub("", bare).strip()


def _readings(letter: str) -> tuple[str, ...]:
    if letter == _BOUND:
        return "t", ""
    return (_ARABIC[letter], _OTHERWISE[letter]) if letter in _OTHERWISE else (_ARABIC[letter],)


def _squeezed(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", letters.replace("tc", "c"))


def latin_skeleton(name: str, country: str = "") -> str:
    """The consonants of a Latin spelling: `Abu Kamal` bkml, `Cizre` (TUR) jzr."""
    plain = _SOFT_C.sub("s", plain_latin(name, country).replace("ch", "sh"))
    return _squeezed("".join(_LATIN[m.group()] for m in _LATIN_LETTERS.finditer(plain)))


def arabic_skeletons(folded: str) -> tuple[str, ...]:
    """The skeletons that a folded Arabic name may have in Latin spellings, the likeliest first, at most 8: `ابو كمال` bkml."""
    words = [w.removeprefix("ال") if len(w) > 4 else w for w in folded.split()]
    bound = [w[:-1] + _BOUND if w.endswith("ه") and len(w) > 2 else w for w in words[:-1]]
    choices = [_readings(c) for c in "".join((*bound, *words[-1:])) if c in _ARABIC or c == _BOUND]
    ranked = sorted(islice(product(*(range(len(c)) for c in choices)), 256), key=sum)
    found = (_squeezed("".join(c[k] for c, k in zip(choices, picks, strict=True))) for picks in ranked)
    return tuple(islice(dict.fromkeys(found), _MOST))


def likeness(folded: str, latin: str, country: str = "") -> float:
    """How alike an Arabic and a Latin spelling sound, 0 to 1, vowels included."""
    ours = plain_latin(romanise(folded)).replace("'", "").replace(" ", "")
    theirs = re.sub(r"[^a-z]", "", plain_latin(latin, country).replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("e", "i").replace("o", "u"))
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
