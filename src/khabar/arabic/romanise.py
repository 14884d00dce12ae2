"""Romanising: a plain English spelling for Arabic names that no table knows."""

from __future__ import annotations

_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "'", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "ء": "'", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v",
}  # fmt: skip
_FIXED = {"ابو": "Abu", "ابي": "Abi", "ام": "Umm", "بن": "Bin", "ابن": "Ibn", "بني": "Bani", "تل": "Tall", "عين": "Ayn", "دير": "Dayr", "بئر": "Bir",
          "بير": "Bir", "خان": "Khan", "راس": "Ras", "باب": "Bab", "وادي": "Wadi", "جبل": "Jabal", "كفر": "Kafr", "بيت": "Bayt", "سيدي": "Sidi",
          "الشيخ": "al-Shaykh", "الله": "Allah", "عبد": "Abd", "ذي": "Dhi", "ذو": "Dhu", "علي": "Ali", "محمد": "Muhammad", "احمد": "Ahmad"}  # fmt: skip
_LONG = {"ا": "a", "و": "u", "ي": "i"}
_VOWELS = "aiu"


def _letters(word: str) -> list[str]:
    """Latin for each letter; `و` and `ي` are consonants at the beginning and between or before vowels."""
    out: list[str] = []
    for i, char in enumerate(word):
        following = word[i + 1] if i + 1 < len(word) else ""
        after_vowel = bool(out) and out[-1] in _VOWELS
        if char == "ه" and i == len(word) - 1 and i > 0:
            out.append("" if after_vowel else "a")
        elif char in "وي" and (i == 0 or following == "ا" or (char == "ي" and following == "ه") or after_vowel):
            out.append({"و": "w", "ي": "y"}[char] if not (char == "ي" and following == "ه") else "iy")
        elif char in _LONG:
            out.append(_LONG[char])
        else:
            out.append(_CONSONANTS.get(char, char))
    return [letter for letter in out if letter]


def _with_vowels(letters: list[str]) -> str:
    """Put `a` where an unwritten vowel must stand: after the first of two opening consonants and inside clusters of three."""
    out, run = "", 0
    for i, letter in enumerate(letters):
        consonant = letter[0] not in _VOWELS
        if consonant and run and (run == i or run >= 2):
            out, run = out + "a", 0
        out += letter
        run = run + 1 if consonant else 0
    return out


def _word(word: str) -> str:
    """One word, with its article."""
    if word in _FIXED:
        return _FIXED[word]
    article = word.startswith("ال") and len(word) > 4
    body = _with_vowels(_letters(word[2:] if article else word)).strip("'")
    body = body[:1].upper() + body[1:]
    return f"al-{body}" if article else body


def romanise(folded: str) -> str:
    """A readable Latin spelling of folded Arabic: `الفريكه` Al-Farika. Short vowels are guessed; other writing passes unchanged."""
    text = " ".join(_word(word) for word in folded.split())
    return text[:1].upper() + text[1:]
