"""Tokens: words, numbers and signs with their offsets into the untouched text."""

from __future__ import annotations

import re
from typing import NamedTuple

from khabar.arabic.fold import CONTROLS, MARKS, TATWEEL, fold

_ARABIC = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdfb\ufe70-\ufefc"
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
TOKEN = re.compile(
    f"[{_ARABIC}](?:[{_ARABIC}{MARKS}{TATWEEL}]|[{CONTROLS}](?=[{_ARABIC}{MARKS}{TATWEEL}]))*"
    f"|[{_DIGITS}]+(?:[.,٫٬:/\\-–][{_DIGITS}]+)*"
    f"|[^\\W\\d_{_ARABIC}{MARKS}]+(?:['’\\-.][^\\W\\d_{_ARABIC}{MARKS}]+)*"
    r"|\.{2,}|…|[^\s\w]|\w"
)


class Token(NamedTuple):
    """A word, number or sign: `text == article[start:end]`, `norm` its folded spelling."""

    start: int
    end: int
    text: str
    norm: str


_norms: dict[str, str] = {}


def norm(text: str) -> str:
    """Folded spelling, remembered for the words that come again and again."""
    found = _norms.get(text)
    if found is None:
        if len(_norms) >= 100_000:
            _norms.clear()
        found = _norms[text] = fold(text)
    return found


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, offsets into `text`. Lone marks and invisible controls are no tokens."""
    out = []
    for m in TOKEN.finditer(text, start, len(text) if end is None else end):
        word = m.group()
        folded = norm(word)
        if folded:
            out.append(Token(m.start(), m.end(), word, folded))
    return out
