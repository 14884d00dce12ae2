"""Clitics: the particles and pronouns that are written onto an Arabic word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

PRONOUNS = ("هما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ي")  # `ك` of the second person is too rare in news for the words it would cut
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("ب", "ك", "ل")


class Split(NamedTuple):
    """A word taken apart: conjunction, then preposition or verbal particle (`س`, `ل`), then the article, the stem, the pronoun."""

    conjunction: str
    particle: str
    article: bool
    stem: str
    pronoun: str


def _heads(word: str) -> Iterator[tuple[str, str, bool, str]]:
    for conjunction in _CONJUNCTIONS:
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        yield conjunction, "", False, rest
        if rest.startswith("ال") and len(rest) > 3:
            yield conjunction, "", True, rest[2:]
        if rest.startswith("لل") and len(rest) > 3:
            yield conjunction, "ل", True, rest[2:]
        for particle in (*_PREPOSITIONS, "س"):
            if rest.startswith(particle) and len(rest) > 2:
                yield conjunction, particle, False, rest[1:]
                if particle != "س" and rest.startswith("ال", 1) and len(rest) > 4:
                    yield conjunction, particle, True, rest[3:]


def splits(word: str) -> Iterator[Split]:
    """Every way to take clitics off a folded word, the one that takes nothing first. The stem keeps at least two letters."""
    for conjunction, particle, article, rest in _heads(word):
        if len(rest) < 2:
            continue
        yield Split(conjunction, particle, article, rest, "")
        if article:
            continue
        for pronoun in PRONOUNS:
            if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 2:
                yield Split(conjunction, particle, article, rest[: -len(pronoun)], pronoun)


def unprefixed(word: str) -> Iterator[str]:
    """The folded word, and what is left of it after its proclitics, with and without the article: `للقاهره` gives `القاهره`, `قاهره`."""
    seen = set()
    for _, particle, article, rest in _heads(word):
        for form in ("ال" + rest, rest) if article else (rest,):
            if len(form) >= 2 and form not in seen and particle != "س":
                seen.add(form)
                yield form
