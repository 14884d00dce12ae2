"""Protecting people in what is published: names of private persons are masked at the same length, places of sensitive events coarsened.

Private is every person called by name who is neither in the actor book nor named with an office; minors are private always. What cannot be told
is masked: a mask too many costs a reader a name, one too few may cost a witness more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from khabar.arabic.clitics import unprefixed
from khabar.arabic.fold import fold
from khabar.lexicon import load_lexicon
from khabar.model import Location, Mention, Participant, Place, Source, Span

MASK = "█"
SENSITIVE_MODES = frozenset(("sexual", "torture", "abduct"))
COARSE = frozenset(("governorate", "region", "country"))
BEFORE, AFTER = 6, 5  # words before and behind a name among which an office makes it public
MOST = 5  # words of a name
LEAST = 3  # letters of a part of a name that is masked where it stands alone
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!؟?\n;؛]")
_GLUE = frozenset(("بن", "ابن", "ابو", "ابي", "ابا", "عبد", "ال", "بنت"))
_DIVINE = frozenset(("الله", "الدين", "الرحمن", "الرحيم"))
_NEVER = frozenset("الله الدين الرحمن الرحيم رمضان المبارك رسول الماضي الثاني الاول صباح".split())
_MINOR = frozenset("طفل طفله رضيع رضيعه قاصر قاصره فتي فتاه تلميذ تلميذه صبي صبيه".split())
_PRIVATE = _MINOR | frozenset(
    "مواطن مواطنه شاب شابه شاهد شاهده سيده امراه ضحيه قتيل قتيله جريح جريحه معتقل معتقله ناشط ناشطه طالب طالبه لاجي لاجيه نازح نازحه مصاب مصابه والد والده "
    "شقيق شقيقه "
    "زوجه زوج ارمله ابنه مسن مسنه متظاهر متظاهره سجين سجينه مختطف مختطفه متهم متهمه موقوف موقوفه  يدعي تدعي اسمه اسمها المدعو".split()
)
_AGE = re.compile(r"^\W{0,3}(?:البالغ\w*\s+(?:من\s+العمر\s+)?)?(\d{1,2})\s*(?:عاما|سنه|سنوات|اعوام|ربيعا)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its folded form."""

    start: int
    end: int
    norm: str


@dataclass(frozen=True, slots=True)
class Shield:
    """What is masked in one text: ranges of characters, in order, and the folded words of the names."""

    ranges: tuple[tuple[int, int], ...] = ()
    words: frozenset[str] = frozenset()

    def mask(self, text: str) -> str:
        """The text with every masked character but spaces as a block, its length unchanged."""
        out = list(text)
        for start, end in self.ranges:
            out[start:end] = [c if c.isspace() else MASK for c in text[start:end]]
        return "".join(out)

    def mask_name(self, text: str) -> str:
        """A name or title from elsewhere (a row, a headline) with the words masked that belong to masked names."""
        return _WORD.sub(lambda m: MASK * len(m[0]) if set(_forms(fold(m[0]))) & self.words else m[0], text)

    def touches(self, span: Span) -> bool:
        return any(start < span.end and span.start < end for start, end in self.ranges)


def shield(text: str, mentions: Sequence[Mention] = ()) -> Shield:
    """What to mask in an article: private persons' names wherever they stand in it, and the places of its sensitive events."""
    tokens = [Token(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text)]
    runs = list(_runs(tokens, text))
    private = [r for r in runs if not _public(r, tokens, text)]
    public = {f for r in runs if r not in private for t in tokens[r[0] : r[1]] for f in _forms(t.norm)}
    names = _parts((t.norm for r in private for t in tokens[r[0] : r[1]]), public)
    held = {i for r in private for i in range(*r)} | {i for i, t in enumerate(tokens) if set(_forms(t.norm)) & names}
    ranges = [(tokens[i].start, tokens[i].end) for i in sorted(held)]
    masked = Shield(tuple(ranges), names)
    ranges += [(p.span.start, p.span.end) for m in mentions if sensitive(m, masked) for p in m.places if p.location.precision not in COARSE]
    return Shield(tuple(sorted(set(ranges))), names)


def sensitive(mention: Mention, masked: Shield) -> bool:
    """Whether an event's exact place could lead to people: sexual violence, torture, abduction, and acts upon private persons named or minors."""
    return bool(SENSITIVE_MODES & set(mention.modes)) or any(masked.touches(p.span) or _is_minor(p.span.text) for p in mention.recipients)


def protected(mention: Mention, masked: Shield, text: str) -> Mention:
    """A mention over the masked text, its place coarsened where it is sensitive. `text` is the masked text."""
    coarse = sensitive(mention, masked)

    def cut(span: Span) -> Span:
        return Span.cut(text, span.start, span.end)

    def person(p: Participant) -> Participant:
        return replace(p, span=cut(p.span), name=masked.mask_name(p.name) if p.name and not p.entity else p.name)

    def source(s: Source) -> Source:
        return replace(s, span=cut(s.span), cue=s.cue and cut(s.cue))

    return replace(
        mention, trigger=cut(mention.trigger), actors=tuple(map(person, mention.actors)), recipients=tuple(map(person, mention.recipients)),
        places=tuple(Place(cut(p.span), coarsened(p.location) if coarse else p.location, () if coarse else p.candidates) for p in mention.places),
        time=mention.time and replace(mention.time, span=cut(mention.time.span)),
        counts=tuple(replace(c, span=cut(c.span), who=masked.mask_name(c.who)) for c in mention.counts), sources=tuple(map(source, mention.sources)),
    )  # fmt: skip


def coarsened(where: Location) -> Location:
    """A place's first-level unit, without degrees or id; its country where no unit is known."""
    if where.precision in COARSE:
        return where
    return replace(where, name=where.admin1 or where.country or "", lat=None, lon=None, precision="governorate" if where.admin1 else "country", id=None)


def _forms(word: str) -> Iterator[str]:
    yield word
    yield from unprefixed(word)


def _runs(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
    """Persons' names: a given name with what follows it, or a name behind a word for a private person."""
    i = 0
    while i < len(tokens):
        introduced = i > 0 and _together(tokens[i - 1], tokens[i], text) and bool(set(_bare(tokens[i - 1].norm)) & _PRIVATE)
        end = i
        if _begins(tokens[i], text, introduced):
            end += 1
            while end < len(tokens) and end - i < MOST and _together(tokens[end - 1], tokens[end], text) and _goes_on(tokens[end].norm):
                end += 1
        if end - i >= 2 or (end > i and introduced and tokens[i].norm not in _GLUE):
            yield i, end
        i = max(end, i + 1)


def _begins(token: Token, text: str, introduced: bool) -> bool:
    """Whether a name may begin with a word: a given name, or behind a word for a person any part of names without article. `علي` is one
    where it is not spelt as the preposition."""
    if token.norm == "علي":
        return text[token.end - 1] == "ي"
    if any(f in _given() or f in _GLUE for f in _forms(token.norm)):
        return True
    return introduced and not token.norm.startswith("ال") and _is_name(token.norm)


def _goes_on(word: str) -> bool:
    """Whether a word may be a further part of a name: a part of names, or a word that no table knows."""
    if word in _GLUE or word in _given() or word in _DIVINE:
        return True
    lexicon = load_lexicon()
    known = word in lexicon.people or not any(f in lexicon.forms or f in lexicon.nouns for f in unprefixed(word))
    return known and word not in _NEVER and not _is_ordinary(word)


def _together(a: Token, b: Token, text: str) -> bool:
    return not text[a.end : b.start].strip(" \u00a0-")


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(files("khabar.export").joinpath("given_names.txt").read_text("utf-8").split("\n")[1:]) - {""}


@lru_cache(maxsize=20_000)
def _is_name(word: str) -> bool:
    """Whether a folded word is a part of persons' names and no ordinary word."""
    return word in _given() or (word in load_lexicon().people and word not in _NEVER and not _is_ordinary(word))


def _is_ordinary(word: str) -> bool:
    lexicon = load_lexicon()
    bare = word.removeprefix("ال")
    return any(w in table for w in (word, bare) for table in (lexicon.nouns, lexicon.functions, lexicon.countries, lexicon.adjectives, lexicon.forms))


def _bare(word: str) -> Iterator[str]:
    for form in _forms(word):
        yield form
        if form.startswith("ال"):
            yield form[2:]


def _public(run: tuple[int, int], tokens: Sequence[Token], text: str) -> bool:
    """Whether a name is that of somebody in the actor book, or has an office beside it; a minor's never is."""
    start, end = run
    if _minor(run, tokens, text):
        return False
    if any(_listed(tokens, i, end) for i in range(start, end)):
        return True
    before = [tokens[i].norm for i in range(max(0, start - BEFORE), start) if not _STOP.search(text[tokens[i].end : tokens[start].start])]
    if any(set(_bare(w)) & _PRIVATE for w in before[-2:]):
        return False
    after = [tokens[i].norm for i in range(end, min(len(tokens), end + AFTER)) if not _STOP.search(text[tokens[end - 1].end : tokens[i].start])]
    comma = bool(after) and text[tokens[end - 1].end : tokens[end].start].strip() in ("،", ",", "(")
    return any(_is_office(w) for w in before) or (comma and any(_is_office(w) for w in after[:2]))


def _minor(run: tuple[int, int], tokens: Sequence[Token], text: str) -> bool:
    start, end = run
    behind = _AGE.match(fold(text[tokens[end - 1].end : tokens[end - 1].end + 60]))
    before = [tokens[i].norm for i in range(max(0, start - 2), start)]
    return bool(behind and int(behind[1]) < 18) or any(set(_bare(w)) & _MINOR for w in before)


def _is_minor(text: str) -> bool:
    return any(set(_bare(w)) & _MINOR for w in _WORD.findall(fold(text)))


def _listed(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a name of the actor book begins at a token."""
    names = load_lexicon().names
    for first in _forms(tokens[i].norm):
        for rest, name in names.get(first, ()):
            if name.kind == "person" and i + len(rest) < end and tuple(t.norm for t in tokens[i + 1 : i + 1 + len(rest)]) == rest and (rest or end - i == 1):
                return True
    return False


@lru_cache(maxsize=20_000)
def _is_office(word: str) -> bool:
    """Whether a word names an office: `وزير`, `الناطق`, not a private person's role."""
    known = load_lexicon().nouns
    nouns = (known.get(f) for f in _bare(word) if f not in _PRIVATE)
    return any(n is not None and n.label == "role" for n in nouns)


def _parts(words: Iterable[str], public: set[str]) -> frozenset[str]:
    """The parts of masked names that are masked wherever they stand: long enough, no ordinary word, and nobody public's."""
    return frozenset(w for w in words if len(w) >= LEAST and w not in _GLUE and w not in public and _is_name(w) and w not in _NEVER)
