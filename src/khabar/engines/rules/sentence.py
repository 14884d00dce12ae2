"""A sentence as the rules see it: words, names, numbers, times and places by token, and the small grammar they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from khabar.arabic.numerals import Number, find_numbers
from khabar.engines.rules.words import Analysis, Analyzer, Word
from khabar.lexicon import Lexicon, Name
from khabar.resolve.places import PlaceFinder, PlaceMatch
from khabar.resolve.times import TimeExpression, find_times
from khabar.segment import Sentence as Segment
from khabar.segment import Token

if TYPE_CHECKING:
    from khabar.engines.rules.draft import Draft

TANWIN = "\u064b"  # written only on nouns
DAMMA = "\u064f"
QUOTES = frozenset('"')
STOPS = frozenset(",;:?!.-()[]/…")


class Named(NamedTuple):
    """A known name over tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    name: Name


class Range(NamedTuple):
    """Tokens `first` to `last` (exclusive), with the token that heads them."""

    first: int
    last: int
    head: int


@dataclass(slots=True, eq=False)
class Sentence:
    """Tokens with what is known about each. `text` is the whole article's. Lists run parallel to `tokens`; `*_at` map a token to
    what covers it; `candidates` are the words that may name an act, before any is chosen; `namesakes` surnames of known persons
    that a stranger bears (`فيصل الغزواني`)."""

    text: str
    segment: Segment
    tokens: Sequence[Token]
    words: list[Word]
    names: list[Named] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    places: list[PlaceMatch] = field(default_factory=list)
    name_at: dict[int, Named] = field(default_factory=dict)
    number_at: dict[int, Number] = field(default_factory=dict)
    time_at: dict[int, TimeExpression] = field(default_factory=dict)
    place_at: dict[int, PlaceMatch] = field(default_factory=dict)
    verbs: list[Analysis | bool | None] = field(default_factory=list)
    people: frozenset[str] = frozenset()
    candidates: Sequence[Draft] = ()
    namesakes: frozenset[int] = frozenset()
    _keys: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def keys(self) -> frozenset[str]:
        """Every key of every word, for conditions on the whole sentence."""
        if self._keys is None:
            self._keys = frozenset().union(*(w.keys for w in self.words))
        return self._keys

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[last - 1].end


def _find_names(words: list[Word]) -> Iterator[Named]:
    i, n = 0, len(words)
    while i < n:
        w = words[i]
        found = None
        if w.followed and i + 1 < n:
            found = next((Named(i, i + 1 + len(rest), name) for rest, name in w.followed.get(words[i + 1].norm, ()) if _continues(words, i + 1, rest)), None)
        if found is None and w.alone is not None:
            found = Named(i, i + 1, w.alone)
        if found is None:
            i += 1
            continue
        yield found
        i = found.last


def _continues(words: list[Word], at: int, rest: tuple[str, ...]) -> bool:
    return len(words) >= at + len(rest) and all(words[at + k].norm == part for k, part in enumerate(rest))


def read_sentences(text: str, segments: Iterable[Segment], analyzer: Analyzer, finder: PlaceFinder) -> list[Sentence]:
    """Read the sentences of an article. A town's name that is also a word counts alone too once the article told it with its kind: after
    `مدينة الحمامات` also `من الحمامات`."""
    found = [read_sentence(text, x, analyzer, finder) for x in segments]
    told = finder.told(match for s in found for match in s.places)
    if not told:
        return found
    again = [any(w.bare in told and k not in s.place_at for k, w in enumerate(s.words)) for s in found]
    return [read_sentence(text, s.segment, analyzer, finder, told) if twice else s for s, twice in zip(found, again, strict=True)]


def read_sentence(text: str, segment: Segment, analyzer: Analyzer, finder: PlaceFinder, told: frozenset[str] = frozenset()) -> Sentence:
    """Look up everything in the sentence once. `told` are names of places that the article told with a word for their kind."""
    tokens = segment.tokens
    words = [analyzer.word(t.norm) for t in tokens]
    norms = [t.norm for t in tokens]
    s = Sentence(text, segment, tokens, words)
    s.names = list(_find_names(words))
    s.numbers = [n for n in find_numbers(norms) if not n.percent]
    s.times = find_times(norms)
    s.places = finder.find(norms, [w.bare for w in words], told)
    for table, entries in ((s.name_at, s.names), (s.number_at, s.numbers), (s.time_at, s.times), (s.place_at, s.places)):
        for entry in entries:
            for k in range(entry.first, entry.last):
                table[k] = entry  # type: ignore[assignment]
    s.namesakes = frozenset(n.first for n in s.names if _borne_by_stranger(s, n, analyzer.lexicon))
    s.verbs = [None] * len(words)
    for i in range(len(words)):
        s.verbs[i] = _decide_verb(s, i)
    return s


def within_name(s: Sentence, k: int) -> bool:
    """Whether a word goes on with a person's name begun right before it, so that it tells no country: `محمد المصري`, `عبد اللاوي`."""
    w, before = s.words[k], s.words[k - 1] if k else None
    first = before is not None and (before.given or before.norm in ("عبد", "بن", "ابن")) and k - 1 not in s.name_at
    return first and not (w.preposition or w.conjunction) and (not s.words[k - 1].article or within_name(s, k - 1))


def _borne_by_stranger(s: Sentence, named: Named, lexicon: Lexicon) -> bool:
    """Whether a first name that the known person does not bear stands before a surname."""
    k = named.first - 1
    if named.name.kind != "person" or named.last - named.first > 1 or k < 0 or k in s.name_at or s.words[k + 1].conjunction or s.words[k + 1].preposition:
        return False
    return s.words[k].given and s.words[k].bare not in lexicon.called[named.name.id]


def _decide_verb(s: Sentence, i: int) -> Analysis | bool | None:
    """The finite reading of a word where it is a verb here, True for a verb the lexicon lacks, None for anything else."""
    w = s.words[i]
    if not w.maybe_verb or w.sign or TANWIN in s.tokens[i].text or w.function in ("prep", "pp", "that", "rel", "conj", "dem", "quant", "adv", "pron"):
        return None
    named = s.name_at.get(i)
    if (named and named.name.kind != "country" and named.last - named.first == 1 and not w.conjunction) or (i in s.place_at and not w.conjunction):
        return None
    negated = i > 0 and s.words[i - 1].bare in ("لم", "لا", "الم")
    finite = next((a for a in w.analyses if a.finite and (a.form.kind != "jussive" or negated or a.split.particle == "ل")), None)
    if finite is None and any(a.finite for a in w.analyses):
        return None
    if finite is None:
        return True if i not in s.name_at and i not in s.place_at and i not in s.time_at else None
    if w.only_verb:
        return finite
    return finite if _verb_in_context(s, i, finite) else None


def _verb_in_context(s: Sentence, i: int, finite: Analysis) -> bool:
    """A spelling that can be verb or noun (`قتل`, `وقصف`, `تقدم`): what stands before and after decides."""
    w = s.words[i]
    if (i in s.name_at and s.name_at[i].last - s.name_at[i].first > 1) or i in s.time_at:
        return False
    if finite.form.kind == "imperfect" and (w.norm[0] == "ي" or finite.split.particle == "س"):
        return not (w.noun or w.names) or finite.form.person == "3mp"
    if finite.form.kind == "jussive":
        return not w.noun and not w.names
    if (w.preposition and finite.split.particle != w.preposition) or w.article:
        return False
    if finite.form.kind == "perfect" and finite.form.person in ("3mp", "3fs", "1p", "3fd") and not w.noun and not w.names:
        return True
    return _verb_by_neighbours(s, i, finite)


def _verb_by_neighbours(s: Sentence, i: int, finite: Analysis) -> bool:
    if i == 0:
        return s.segment.zone != "headline" or not (len(s) > 1 and _adjective_after(s, 0))
    before, w = s.words[i - 1], s.words[i]
    if before.function in ("prep", "quant", "dem") or before.norm in ("عدم", "غير") or before.helper in ("light", "passive", "fail", "begin", "end", "try"):
        return False
    if before.function in ("aux", "neg", "rel", "conj") or before.norm in ("قد", "وقد", "فقد", "لقد"):
        return True
    if before.function == "that":
        return True
    if w.conjunction:
        return before.sign or not _noun_chain(s, i)
    if before.sign:
        return before.norm in QUOTES or not (i + 1 < len(s) and _adjective_after(s, i))
    if s.verbs[i - 1]:
        return False
    if _finite_before(s, i):
        return False
    construct = not before.article and not before.country and (before.noun or any(not a.finite for a in before.analyses)) and not before.names
    return (
        not construct and finite.form.kind in ("perfect", "imperfect") and (before.article or bool(before.country) or bool(before.names) or i - 1 in s.name_at)
    )


def _finite_before(s: Sentence, i: int) -> bool:
    """Whether the clause already has its finite verb (`نفى الجيش قصف القرية`): a second one would need a particle or a comma."""
    for k in range(i - 1, max(-1, i - 10), -1):
        if s.verbs[k]:
            return True
        if s.words[k].sign or s.words[k].function in ("that", "rel", "conj"):
            return False
    return False


def _noun_chain(s: Sentence, i: int) -> bool:
    """Whether a word joined by `و` continues a row of verbal nouns (`القصف وقتل المدنيين`)."""
    for k in range(i - 1, max(-1, i - 8), -1):
        if s.verbs[k]:
            return False
        if any(a.lexeme.pos == "n" for a in s.words[k].events):
            return True
        if s.words[k].sign and s.words[k].norm in STOPS:
            return False
    return False


def _adjective_after(s: Sentence, i: int) -> bool:
    """Whether an indefinite adjective follows (`قصف إسرائيلي`), which makes the word before a noun."""
    after = s.words[i + 1]
    return bool(after.country) and not after.article and not after.conjunction
