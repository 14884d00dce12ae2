"""Words as full-text search knows them: folded, with and without what is written onto them in front."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.arabic.clitics import unprefixed
from khabar.arabic.fold import fold

SHORTEST = 3  # letters of a word without its proclitics; shorter ones are particles, as in `الله`
_WORD = re.compile(r"[^\W_]+")
_SURE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=..)")
_ARABIC = re.compile(r"[ء-ي]")


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return _WORD.findall(fold(text))


def keys(word: str) -> Iterator[str]:
    """What a folded word of an article is found by: itself, and itself without each proclitic: `وبالقصف` also by `بالقصف`, `القصف`, `قصف`."""
    yield word
    if _ARABIC.match(word):
        yield from (form for form in unprefixed(word) if form != word and len(form) >= SHORTEST)


def asked(word: str) -> tuple[str, ...]:
    """The forms that a folded word of a question stands for: itself, and without the article and what stands before it, so that `القصف` asks
    for `قصف` too; a bare `و` or `ب` may be the word's own letter and stays."""
    bare = _SURE.sub("", word, count=1) if _SURE.match(word) else word
    return (word,) if bare == word or len(bare) < SHORTEST else (word, bare)
