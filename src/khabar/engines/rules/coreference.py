"""Who is meant again: `الحزب`, `الرئيس`, a surname alone, taken for the one the article named before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.sentence import Named, Sentence
from khabar.lexicon import Name
from khabar.resolve.places import PlaceMatch

_AGAIN: dict[str, frozenset[str]] = {  # the kinds of names that a definite noun alone may take up
    **dict.fromkeys(("حزب", "حركه", "تيار", "جبهه"), frozenset(("party", "group", "org"))),
    **dict.fromkeys(("تنظيم", "جماعه", "ميليشيا", "فصيل", "مجموعه", "حركه"), frozenset(("group", "party"))),
    **dict.fromkeys(
        ("منظمه", "هييه", "مفوضيه", "اتحاد", "جمعيه", "وكاله", "مجلس", "بعثه", "محكمه", "لجنه", "رابطه", "نقابه", "مركز", "مرصد"), frozenset(("org",))
    ),
    **dict.fromkeys(("قناه", "صحيفه", "جريده", "اذاعه", "موقع", "وكاله"), frozenset(("media",))),
}
_BEFORE_NAME = 3  # words between an office and the name of who holds it: `الرئيس التركي رجب`
_DEFINITE = "ال"


class _Told(NamedTuple):
    """A name that an article has told: where, the words of the name, and the nouns that stood with it."""

    sentence: int
    first: int
    name: Name
    words: tuple[str, ...]
    nouns: frozenset[str]


class Referents:
    """The names of an article in the order they are told."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._order = {id(s): k for k, s in enumerate(sentences)}
        self._told = [told for k, s in enumerate(sentences) for told in _names_of(s, k)]
        self._places = [((k, m.first), m) for k, s in enumerate(sentences) for m in s.places]

    def of(self, phrase: Phrase) -> Phrase:
        """The phrase with the entity it takes up, if it names none itself."""
        if phrase.entity:
            return phrase
        name = self._surname(phrase) or self._again(phrase)
        return phrase._replace(entity=name.id, english=name.english, code=name.code) if name else phrase

    def place(self, s: Sentence, first: int, kinds: frozenset[str]) -> PlaceMatch | None:
        """The last place told before a word that can be of one of the kinds: what `المدينه` or `المحافظه` takes up."""
        at = (self._order.get(id(s), 0), first)
        return next((m for where, m in reversed(self._places) if where < at and m.candidates[0].kind in kinds), None)

    def _before(self, phrase: Phrase) -> Iterator[_Told]:
        at = (self._order.get(id(phrase.sentence), 0), phrase.first)
        return (t for t in reversed(self._told) if (t.sentence, t.first) < at)

    def _surname(self, phrase: Phrase) -> Name | None:
        """`كاسترو` after `فيدل كاسترو`: one or two words that no table knows, the last of a person's name told before."""
        s = phrase.sentence
        words = [s.words[k] for k in range(phrase.first, phrase.last) if not s.words[k].sign]
        if not words or len(words) > 2 or any(w.noun or w.function or w.country for w in words) or phrase.head in s.name_at:
            return None
        last = words[-1].bare
        return next((t.name for t in self._before(phrase) if t.name.kind == "person" and len(t.words) > 1 and t.words[-1] == last), None)

    def _again(self, phrase: Phrase) -> Name | None:
        """`الحزب` after `حزب الله`, `الرئيس` after `الرئيس التركي رجب طيب اردوغان`: a definite noun alone."""
        w = phrase.sentence.words[phrase.head]
        alone = phrase.last - phrase.head == 1 and w.noun and w.bare.startswith(_DEFINITE) and not w.country
        if not alone or not w.noun:
            return None
        lemma = w.noun.lemma
        if w.noun.label == "role":
            return next((t.name for t in self._before(phrase) if t.name.kind == "person" and lemma in t.nouns), None)
        kinds = _AGAIN.get(lemma, frozenset())
        same = next((t.name for t in self._before(phrase) if t.name.kind in kinds and lemma in t.nouns), None)
        return same or next((t.name for t in self._before(phrase) if t.name.kind in kinds and lemma in _GENERIC and t.name.kind == "group"), None)


_GENERIC = frozenset(("تنظيم", "جماعه"))  # said of any armed group, whatever its name says


def _names_of(s: Sentence, at: int) -> Iterator[_Told]:
    for named in s.names:
        if named.name.kind not in ("country", "seat"):
            words = tuple(s.words[k].bare if k == named.first else s.words[k].norm for k in range(named.first, named.last))
            yield _Told(at, named.first, named.name, words, _nouns_with(s, named))


def _nouns_with(s: Sentence, named: Named) -> frozenset[str]:
    """The nouns in a name and right before it."""
    inside = {n.lemma for k in range(named.first, named.last) if (n := s.words[k].noun)}
    for k in range(named.first - 1, max(-1, named.first - 1 - _BEFORE_NAME), -1):
        w = s.words[k]
        if w.sign or s.verbs[k] or w.function:
            break
        if w.noun:
            inside.add(w.noun.lemma)
    return frozenset(inside)
