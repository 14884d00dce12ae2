"""Inflection: every undiacritised, folded form of a verb or noun from its citation form, so that one lexicon entry matches them all.

A verb is given by its perfect and imperfect, third person masculine singular, in ordinary spelling (`دعا`, `يدعو`); a noun by its singular.
Forms carry no proclitics; `clitics.py` takes those off. What a form can be followed by is told by `joins`: "any" (alone or before a
pronoun), "alone", or "pronoun" (only before one: `قتلو` of `قتلوه`, `مظاهرت` of `مظاهرتهم`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from khabar.arabic.fold import fold

Kind = Literal["perfect", "imperfect", "jussive", "noun", "circumstance", "adjective"]
Voice = Literal["active", "passive", "either"]
Joins = Literal["any", "alone", "pronoun"]


class Form(NamedTuple):
    """One inflected form: folded `text`; `voice` says whether the spelling shows the passive; `person` as `3ms`, `3fp`..., nouns: `s`, `d`, `p`."""

    text: str
    kind: Kind
    voice: Voice
    person: str
    joins: Joins


_WEAK = "اوي"


def _voice(active: str, passive: str) -> tuple[tuple[str, Voice], ...]:
    return ((active, "either"),) if active == passive else ((active, "active"), (passive, "passive"))


def _passive_perfect(raw: str) -> str:
    """The folded passive perfect: `هوجم` of `هاجم`, `أدين` of `أدان`, `اختير` of `اختار`, `دعي` of `دعا`; mostly the active's spelling.
    That of a hollow verb of three letters (`زير`, `دين`) is left out: in news its spelling is a noun."""
    stem = fold(raw)
    if raw[-1] in "ىا" and len(stem) > 2:
        return stem[:-1] + "ي"
    if len(stem) > 3 and stem[-2] == "ا":
        return stem[:-2] + "ي" + stem[-1]
    if len(stem) == 4 and stem[1] == "ا":
        return stem[0] + "و" + stem[2:]
    if len(stem) == 5 and stem[0] == "ت" and stem[2] == "ا":
        return stem[:2] + "و" + stem[3:]
    return stem


def _passive_imperfect(raw: str, perfect: str) -> str:
    stem = fold(raw)
    if raw[-1] in "وي" and len(stem) > 3:
        return stem[:-1] + "ي"
    if len(stem) >= 4 and stem[-2] in "وي" and fold(perfect)[-2:-1] == "ا":
        return stem[:-2] + "ا" + stem[-1]
    if perfect[0] == "و" and len(perfect) == 3 and len(stem) == 3:
        return stem[0] + "و" + stem[1:]
    return stem


def _perfect_final_weak(stem: str, voice: Voice, raw: str) -> Iterator[Form]:
    base = stem[:-1]
    yield Form(stem, "perfect", voice, "3ms", "alone" if raw[-1] == "ى" else "any")
    if raw[-1] == "ى":
        yield Form(base + "ا", "perfect", voice, "3ms", "pronoun")
    yield Form(base + "ت", "perfect", voice, "3fs", "any")
    yield Form(base + "وا", "perfect", voice, "3mp", "alone")
    yield Form(base + "و", "perfect", voice, "3mp", "pronoun")
    yield Form(base + ("وا" if raw[-1] == "ا" else "يا"), "perfect", voice, "3md", "any")
    yield Form(base + ("ونا" if raw[-1] == "ا" else "ينا"), "perfect", voice, "1p", "any")


def _perfect_regular(stem: str, voice: Voice) -> Iterator[Form]:
    yield Form(stem, "perfect", voice, "3ms", "any")
    for ending, person in (("ت", "3fs"), ("ا", "3md"), ("تا", "3fd")):
        yield Form(stem + ending, "perfect", voice, person, "any")
    yield Form(stem + "وا", "perfect", voice, "3mp", "alone")
    yield Form(stem + "و", "perfect", voice, "3mp", "pronoun")
    if stem.endswith(("ا", "ء")):
        yield Form(stem[:-1] + "ووا", "perfect", voice, "3mp", "alone")
    yield Form(_before_consonant(stem) + "ن", "perfect", voice, "3fp", "any")
    yield Form(_before_consonant(stem) + "نا", "perfect", voice, "1p", "any")


def _before_consonant(stem: str) -> str:
    """The perfect stem before an ending that begins with a consonant: hollow verbs lose their vowel (`قلنا`), doubled ones open (`رددنا`),
    a final nun runs together with `نا` (`أدنّا`)."""
    if len(stem) == 2:
        stem += stem[-1]
    elif len(stem) >= 3 and stem[-2] in "اي":
        stem = stem[:-2] + stem[-1]
    return stem[:-1] if stem.endswith("ن") else stem


def _perfect(raw: str) -> Iterator[Form]:
    for stem, voice in _voice(fold(raw), _passive_perfect(raw)):
        if voice == "passive" and raw[-1] in "ىا":
            yield from (Form(stem + e, "perfect", "passive", p, "any") for e, p in (("", "3ms"), ("ت", "3fs")))
        elif raw[-1] in "ىا" and len(stem) > 2:
            yield from _perfect_final_weak(stem, voice, raw)
            if raw[-1] == "ى":
                yield Form(stem + "ت", "perfect", "passive", "3fs", "any")
        else:
            yield from _perfect_regular(stem, voice)


def _imperfect(raw: str, perfect: str) -> Iterator[Form]:
    for whole, voice in _voice(fold(raw), _passive_imperfect(raw, perfect)):
        stem, weak = whole[1:], raw[-1] in "ويى"
        base = stem[:-1] if weak else stem
        for prefix, person in (("ي", "3ms"), ("ت", "3fs"), ("ن", "1p"), ("ا", "1s")):
            yield Form(prefix + stem, "imperfect", voice, person, "any")
            if weak:
                yield Form(prefix + base, "jussive", voice, person, "any")
            elif len(stem) >= 3 and stem[-2] in _WEAK and fold(perfect)[-2:-1] == "ا":
                yield Form(prefix + stem[:-2] + stem[-1], "jussive", voice, person, "any")
        for prefix in "يت":
            gender = "m" if prefix == "ي" else "f"
            yield Form(prefix + base + "ون", "imperfect", voice, "3mp", "any")
            yield Form(prefix + base + "وا", "imperfect", voice, "3mp", "alone")
            yield Form(prefix + base + "و", "imperfect", voice, "3mp", "pronoun")
            yield Form(prefix + stem + "ان", "imperfect", voice, f"3{gender}d", "any")
            yield Form(prefix + stem + "ا", "imperfect", voice, f"3{gender}d", "any")
            yield Form(prefix + stem + "ن", "imperfect", voice, "3fp", "any")


def _participle(perfect: str, imperfect: str) -> str:
    """The folded active participle, masculine singular: `قاتل` of `قتل`, `مطالب` of `طالب`, `داعي` of `دعا`."""
    past, now = fold(perfect), fold(imperfect)
    if len(past) == 3 and len(now) <= 4 and not now[1:].startswith("و"):
        if past[1] == "ا":
            return past[0] + "اي" + past[2]
        return past[:2][0] + "ا" + past[1] + ("ي" if perfect[-1] in "ىاي" else past[2])
    return "م" + now[1:]


def _circumstance(perfect: str, imperfect: str) -> Iterator[Form]:
    """The participle as it stands for a clause, in the indefinite accusative: `مطالبا`, `داعية`, `متهمين`."""
    stem = _participle(perfect, imperfect)
    for ending, person in (("ا", "3ms"), ("ه", "3fs"), ("ات", "3fp")):
        yield Form(stem + ending, "circumstance", "active", person, "alone")
    plural = stem[:-1] if stem.endswith("ي") else stem
    yield Form(plural + "ين", "circumstance", "active", "3mp", "alone")
    yield Form(stem + "ت", "circumstance", "active", "3fs", "pronoun")


def verb_forms(perfect: str, imperfect: str) -> Iterator[Form]:
    """All finite forms and the circumstantial participle of a verb."""
    yield from _perfect(perfect)
    yield from _imperfect(imperfect, perfect)
    yield from _circumstance(perfect, imperfect)


def _noun_stem(stem: str, number: str) -> Iterator[Form]:
    """A noun's singular or broken plural with tanwin, and what stands before a pronoun."""
    if stem.endswith("ه") and len(stem) > 2:
        yield Form(stem, "noun", "either", number, "alone")
        yield Form(stem[:-1] + "ت", "noun", "either", number, "pronoun")
        return
    yield Form(stem, "noun", "either", number, "any")
    yield Form(stem + "ا", "noun", "either", number, "alone")
    if stem.endswith("ء"):
        yield from (Form(stem[:-1] + seat, "noun", "either", number, "pronoun") for seat in "وي")
    elif stem.endswith("ي"):
        yield Form(stem[:-1] + "ا", "noun", "either", number, "pronoun")


def _dual(stem: str) -> Iterator[Form]:
    base = stem[:-1] + "ت" if stem.endswith("ه") else stem
    for ending in ("ان", "ين"):
        yield Form(base + ending, "noun", "either", "d", "alone")
    yield Form(base + "ي", "noun", "either", "d", "alone")


def noun_forms(singular: str, plurals: tuple[str, ...] = (), *, feminine_plural: bool = False) -> Iterator[Form]:
    """A noun's forms: singular, dual, the plurals given, the regular `ات` of a noun in ta marbuta or, if asked for, of any."""
    stem = fold(singular)
    yield from _noun_stem(stem, "s")
    yield from _dual(stem)
    for plural in plurals:
        yield from _noun_stem(fold(plural), "p")
    if stem.endswith("ه") or feminine_plural:
        yield Form((stem[:-1] if stem.endswith("ه") else stem) + "ات", "noun", "either", "p", "any")


def adjective_forms(masculine: str, others: tuple[str, ...] = ()) -> Iterator[Form]:
    """An adjective's or participle's forms in all genders and numbers."""
    stem = fold(masculine)
    for ending, person in (("", "3ms"), ("ا", "3ms"), ("ه", "3fs"), ("ون", "3mp"), ("ين", "3mp"), ("ان", "3md"), ("ات", "3fp"), ("تين", "3fd"), ("تان", "3fd")):
        yield Form(stem + ending, "adjective", "either", person, "alone")
    for other in others:
        yield Form(fold(other), "adjective", "either", "3mp", "alone")
