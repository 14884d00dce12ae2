"""What the lexicon knows about a word, worked out once for every spelling and then remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from khabar.arabic.clitics import Split, splits
from khabar.arabic.inflect import Form
from khabar.lexicon import Cue, Lexeme, Lexicon, Name, Noun, Words
from khabar.lexicon.entries import Trigger

_LETTER = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
_PREPOSITION_OF = {
    prep + pronoun: base
    for prep, base in (
        ("في", "في"),
        ("من", "من"),
        ("علي", "علي"),
        ("الي", "الي"),
        ("عن", "عن"),
        ("مع", "مع"),
        ("ضد", "ضد"),
        ("بحق", "بحق"),
        ("لدي", "لدي"),
        ("ب", "ب"),
        ("ل", "ل"),
    )
    for pronoun in ("ه", "ها", "هم", "هما", "هن", "نا")
}
_FINANCIAL = "مالي"  # also Mali, but not with the article
_FINITE = ("perfect", "imperfect", "jussive")


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word: the lexeme, the form it would be, and the clitics taken off."""

    lexeme: Lexeme
    form: Form
    split: Split

    @property
    def finite(self) -> bool:
        return self.form.kind in _FINITE

    @property
    def definite(self) -> bool:
        return self.split.article or bool(self.split.pronoun)


@dataclass(slots=True, eq=False)
class Word:
    """A spelling and all that is known about it, whatever the sentence. `function` is a class of function.tsv; `bare` the word without
    conjunction and preposition; `whole` whether it begins a noun of several words or is a first name, though it looks as if it had
    clitics (`وسائل إعلام`, `سمية`); `keys` every string a condition may name it by; `owned` whether it is a name only
    if its ending is a pronoun (`الرياضة`)."""

    norm: str
    sign: bool = False
    function: str = ""
    conjunction: str = ""
    preposition: str = ""
    article: bool = False
    bare: str = ""
    keys: frozenset[str] = frozenset()
    analyses: tuple[Analysis, ...] = ()
    noun: Noun | None = None
    noun_phrases: tuple[tuple[Words, Noun], ...] = ()
    whole: bool = False
    plural: bool = False
    country: str = ""
    names: tuple[tuple[Words, Name], ...] = ()
    alone: Name | None = None
    followed: dict[str, list[tuple[Words, Name]]] = field(default_factory=dict)
    cue_phrases: tuple[tuple[Words, Cue], ...] = ()
    means: tuple[tuple[Words, str, str], ...] = ()
    phrases: tuple[Trigger, ...] = ()
    events: tuple[Analysis, ...] = ()
    reports: tuple[Analysis, ...] = ()
    cues: tuple[Analysis, ...] = ()
    helper: str = ""
    lemmas: frozenset[str] = field(default_factory=frozenset)
    only_verb: bool = False
    given: bool = False
    owned: bool = False
    maybe_verb: bool = False


def _legal(split: Split, form: Form) -> bool:
    """Whether these clitics can stand on that form."""
    if (form.joins == "alone" and split.pronoun) or (form.joins == "pronoun" and not split.pronoun):
        return False
    if form.person == "d" and form.text.endswith("ي") and split.article:
        return False
    if form.kind in _FINITE:
        verbal = split.particle == "" or (split.particle in "سل" and form.kind == "imperfect") or (split.particle == "ل" and form.kind == "jussive")
        return verbal and not split.article and split.pronoun != "ي"
    if split.particle == "س":
        return False
    if form.kind == "circumstance":
        return not split.article and not split.particle
    return not (split.article and form.text.endswith("ا") and form.text[:-1] and form.person == "3ms" and form.kind == "adjective")


class Analyzer:
    """Looks words up in a lexicon. One instance serves a process; its memory holds the words seen of late, at most twice `limit`: when as many are new,
    those that did not come again meanwhile are forgotten."""

    def __init__(self, lexicon: Lexicon, is_place: Callable[[str], bool] = lambda _: False, limit: int = 20_000) -> None:
        self.lexicon = lexicon
        self._is_place = is_place
        self._limit = limit
        self._seen: dict[str, Word] = {}
        self._before: dict[str, Word] = {}

    def word(self, norm: str) -> Word:
        found = self._seen.get(norm)
        if found is None:
            if len(self._seen) >= self._limit:
                self._before, self._seen = self._seen, {}
            found = self._seen[norm] = self._before.get(norm) or self._analyse(norm)
        return found

    def _analyse(self, norm: str) -> Word:
        lexicon = self.lexicon
        if norm[0] not in _LETTER:
            word = Word(norm, sign=not norm[0].isalnum(), bare=norm, keys=frozenset((norm,)))
            self._index_names(word, lexicon.names.get(norm, ()))
            return word
        readings = list(splits(norm)) or [Split("", "", False, norm, "")]
        analyses = tuple(Analysis(lexeme, form, s) for s in readings for lexeme, form in lexicon.forms.get(s.stem, ()) if _legal(s, form))
        word = Word(norm, analyses=analyses)
        self._grammar(word, readings)
        word.analyses = tuple(a for a in analyses if not self._overruled(word, a))
        self._lexical(word, readings)
        return word

    def _grammar(self, word: Word, readings: list[Split]) -> None:
        """Function class, clitics, article: the reading that explains the word with the fewest clitics taken off."""
        lexicon, best = self.lexicon, readings[0]
        word.function, closed = self._closed(readings)
        for split in () if closed else readings:
            stem = ("ال" if split.article else "") + split.stem
            if split.pronoun or (split.particle == "ك" and not split.article):
                continue
            listed = any(split.stem in table for table in (lexicon.nouns, lexicon.adjectives, lexicon.forms))
            if listed or self._is_place(stem) or stem in lexicon.names:
                best = split
                break
        else:
            best = closed or self._guess(word.norm, readings)
        word.conjunction, word.preposition = best.conjunction, best.particle
        word.article = best.article or (best.stem.startswith("ال") and len(best.stem) > 4 and not word.function)
        word.bare = ("ال" if best.article else "") + best.stem + best.pronoun
        if not word.function:
            self._nominal(word, readings)

    def _closed(self, readings: list[Split]) -> tuple[str, Split | None]:
        """The class of function.tsv that a word belongs to, after its conjunction, and how it is taken apart for that."""
        for split in readings:
            function = self.lexicon.functions.get(split.stem, "") if not split.particle and not split.pronoun else ""
            if function and (not split.article or function == "adj"):
                return function, split
        return "", None

    def _guess(self, norm: str, readings: list[Split]) -> Split:
        """For a word nobody knows: the article shows its clitics; a lone waw before four letters or more is taken for `and`."""
        whole = [s for s in readings if not s.pronoun]
        with_article = next((s for s in whole if s.article), None)
        if with_article:
            return with_article
        if norm[0] == "و" and len(norm) >= 5:
            return next((s for s in whole if s.conjunction == "و" and not s.particle), readings[0])
        return readings[0]

    def _nominal(self, word: Word, readings: list[Split]) -> None:
        for split in readings:
            if split.particle == "س":
                continue
            noun = self.lexicon.nouns.get(split.stem) if not split.pronoun or len(split.stem) > 2 else None
            noun = noun or (self.lexicon.nouns.get(split.stem[:-1] + "ه") if split.pronoun and split.stem.endswith("ت") else None)
            if noun and not word.noun:
                word.noun, word.plural = noun, split.stem not in (noun.lemma, noun.lemma + "ا", noun.lemma + "ه")
            country = self.lexicon.adjectives.get(split.stem) if not split.pronoun else None
            if country and not word.country:
                word.country = country

    def _overruled(self, word: Word, a: Analysis) -> bool:
        """Whether a reading gives way to a plainer one: a participle to a known noun (`مدينة`), a verb behind a conjunction to a noun
        that begins with its letter (`وزير`)."""
        whole = self.lexicon.nouns.get(word.norm) or self.lexicon.names.get(word.norm) or self.lexicon.adjectives.get(word.norm)
        if a.form.kind == "circumstance":
            return bool(word.noun or word.country or whole)
        return bool(whole) and bool(a.split.conjunction or (a.finite and a.split.particle))

    def _index_names(self, word: Word, names: Iterable[tuple[Words, Name]]) -> None:
        """Names by what must follow their first word, the longest first."""
        word.names = tuple(sorted(names, key=lambda n: -len(n[0])))
        word.alone = next((name for rest, name in word.names if not rest), None)
        for rest, name in word.names:
            if rest:
                word.followed.setdefault(rest[0], []).append((rest, name))

    def _lexical(self, word: Word, readings: list[Split]) -> None:
        lexicon, analyses = self.lexicon, word.analyses
        from_clitics = [k for s in readings if s.particle != "س" and not s.pronoun for k in ((s.stem, "ال" + s.stem) if s.article else (s.stem,))]
        from_clitics += [s.stem for s in readings if s.pronoun in ("ه", "ها", "هم", "هما") and len(s.stem) >= 3 and s.particle != "س"]
        word.lemmas = frozenset(a.lexeme.key for a in analyses)
        nouns = {word.noun.lemma} if word.noun else set()
        governed = {_PREPOSITION_OF[word.bare]} if word.function == "pp" and word.bare in _PREPOSITION_OF else set()
        word.keys = frozenset((word.norm, *from_clitics)) | word.lemmas | nouns | governed
        word.events = tuple(a for a in analyses if a.lexeme.triggers)
        word.reports = tuple(a for a in analyses if a.lexeme.reports)
        word.cues = tuple(a for a in analyses if a.lexeme.cues)
        word.helper = next((a.lexeme.helper for a in analyses if a.lexeme.helper), "")
        word.phrases = tuple(dict.fromkeys(p for k in sorted(word.keys) for p in lexicon.phrases.get(k, ())))
        financial = word.article and word.bare.removeprefix("ال") == _FINANCIAL
        names = [found for k in dict.fromkeys((word.norm, *from_clitics)) if k == word.norm or len(k) > 2 for found in lexicon.names.get(k, ())]
        names = [found for found in names if not (financial and found[1].kind == "country")]
        self._index_names(word, names)
        plain = {k for s in readings if not s.pronoun for k in (s.stem, "ال" + s.stem if s.article else s.stem)}
        word.owned = bool(word.names) and not any(k in lexicon.names for k in (word.norm, *plain))
        word.noun_phrases = tuple(lexicon.noun_phrases.get(word.bare.removeprefix("ال"), ()) or lexicon.noun_phrases.get(word.norm, ()))
        begins = any(rest for rest, _ in lexicon.noun_phrases.get(word.norm, ()))
        word.whole = not word.noun and (begins or (word.norm in lexicon.people and not word.analyses and not word.function))
        word.means = tuple(entry for k in sorted(word.keys) if k in lexicon.means for entry in lexicon.means[k])
        starts = [k for k in dict.fromkeys((word.norm, word.bare, *sorted(word.lemmas))) if k in lexicon.cue_phrases]
        word.cue_phrases = tuple(entry for k in starts for entry in lexicon.cue_phrases[k])
        finite = [a for a in analyses if a.finite]
        word.given = not word.function and not word.noun and not word.country and (word.bare in lexicon.people or word.norm in lexicon.people)
        word.maybe_verb = bool(finite) or _verb_shape(word)
        nominal = word.noun or word.country or word.names or any(not a.finite for a in analyses)
        word.only_verb = (bool(finite) or _verb_shape(word)) and not nominal and not word.function


def _verb_shape(word: Word) -> bool:
    """An imperfect by its look: `ي` (after `و`, `ف`, `س`, `ل`) and three letters or more, with no ending that only nouns have."""
    stem = word.bare if not word.preposition else ""
    if stem.startswith("سي") and len(stem) >= 5:
        stem = stem[1:]
    return len(stem) >= 4 and stem[0] == "ي" and not stem.endswith(("ه", "يه", "ات", "ي")) and not word.article and not word.analyses and not word.noun
