"""Protecting people in what is published: names of private persons are masked at the same length, places of sensitive events coarsened.

Private is every person called by name who is neither in the actor book nor named with an office; minors are private always. What cannot be told
is masked: a mask too many costs a reader a name, one too few may cost a witness more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.arabic.fold import fold
from khabar.export.persons import (
    PRIVATE,
    WORD,
    Person,
    Token,
    given_names,
    is_minor_word,
    is_name,
    is_nisba,
    listed_persons,
    looks_like_family,
    named_after,
    ordinary,
    persons,
    stems,
    tokens,
)
from khabar.model import Location, Mention, Participant, Place, Source, Span

MASK = "█"
COARSE = frozenset(("governorate", "region", "country", "unknown"))
LEAST = 3  # letters of a part of a name that is masked where it stands alone
_SENSITIVE = {"ASSAULT": frozenset(("sexual", "torture", "abduct")), "COERCE": frozenset(("arrest",))}


@dataclass(frozen=True, slots=True)
class Shield:
    """What is masked in one text: ranges of characters, in order, the folded words of the names, and those of persons who are minors."""

    ranges: tuple[tuple[int, int], ...] = ()
    names: frozenset[str] = frozenset()
    minors: tuple[tuple[int, int], ...] = ()

    def mask(self, text: str) -> str:
        """The text with every masked character but spaces as a block, its length unchanged."""
        out = list(text)
        for start, end in self.ranges:
            out[start:end] = [c if c.isspace() else MASK for c in text[start:end]]
        return "".join(out)

    def mask_name(self, text: str) -> str:
        """A headline, link or description with the words masked that belong to masked names."""
        return WORD.sub(lambda m: MASK * len(m[0]) if self.names and any(s in self.names for s in stems(fold(m[0]))) else m[0], text)

    def touches(self, span: Span) -> bool:
        return any(start < span.end and span.start < end for start, end in self.ranges)


def shield(text: str, mentions: Sequence[Mention] = ()) -> Shield:
    """The names of private persons of an article, wherever they stand in it."""
    words = tokens(text, tuple(_known(mentions)))
    found = persons(words, text)
    known_public = _public_names(found, words)
    private = [p for p in found if not p.public and (p.minor or not _same_person(p, words, known_public))]
    public = {w for name in known_public for w in name} | {s for a, b in listed_persons(words) for t in words[a:b] for s in stems(t.norm)}
    public |= {t.norm for t in words if t.known}
    names = _parts(private, words, public)
    held = {i for p in private for i in range(p.first, p.last)}
    held |= {i for i, t in enumerate(words) if not t.known and any(s in names for s in stems(t.norm)) and not named_after(words, i)}
    full = {words[i].norm for p in private for i in range(p.first, p.last)}
    minors = tuple((words[p.first].start, words[p.last - 1].end) for p in private if p.minor)
    return Shield(tuple((words[i].start, words[i].end) for i in sorted(held)), frozenset(names | {w for w in full if _telling(w, public)}), minors)


def _known(mentions: Sequence[Mention]) -> Iterator[Span]:
    """Spans that name a place or somebody of the actor book."""
    for m in mentions:
        yield from (p.span for p in m.places if p.location.id)
        yield from (p.span for p in (*m.actors, *m.recipients) if p.entity)


def _public_names(found: Sequence[Person], words: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(t.norm for t in words[p.first : p.last]) for p in found if p.public)


def _same_person(p: Person, words: Sequence[Token], public: Sequence[tuple[str, ...]]) -> bool:
    """Whether a name is one that the article gives with an office elsewhere, whole or in part."""
    name = {s for t in words[p.first : p.last] for s in stems(t.norm)}
    return any(set(other) <= name or sum(w in name for w in other) >= 2 for other in public)


def _parts(private: Iterable[Person], words: Sequence[Token], public: set[str]) -> set[str]:
    """The parts of masked names that are masked wherever they stand: long enough, no ordinary word, and nobody public's."""
    found = {(t.norm if i else min(_heads(t.norm), key=len), p.sure) for p in private for i, t in enumerate(words[p.first : p.last])}
    return {w for w, sure in found if _telling(w, public) and (sure or is_nisba(w) or w in given_names()[0])}


def _heads(word: str) -> Iterator[str]:
    """A word, and the given name that is left of it without clitics."""
    yield word
    strong, weak = given_names()
    if word not in strong and word not in weak:
        yield from (s for s in stems(word) if s in strong)


def _telling(word: str, public: set[str]) -> bool:
    told = is_name(word) or (looks_like_family(word) and not (word.startswith("ال") and word.endswith("ه")))
    return len(word) >= LEAST and word not in public and told and not ordinary(word)


def sensitive(mention: Mention, masked: Shield) -> bool:
    """Whether an event's exact place could lead to people: sexual violence, torture, abduction, arrest, and acts upon minors or private persons named."""
    if _SENSITIVE.get(mention.type, frozenset()) & set(mention.modes):
        return True
    return any(masked.touches(p.span) or _is_minor(p.span.text) for p in mention.recipients) or any(_is_minor(c.who) for c in mention.counts)


def hidden(text: str, masked: Shield, exposed: Sequence[Mention]) -> Shield:
    """The shield with the places of sensitive events masked too, wherever the article names them."""
    exact = [p for m in exposed for p in m.places if p.location.precision not in COARSE and p.location.name != p.location.admin1]
    if not exact:
        return masked
    words = tokens(text)
    ranges = {(p.span.start, p.span.end) for p in exact}
    for name in {tuple(t.norm for t in tokens(p.span.text)) for p in exact}:
        ranges |= {(words[i].start, words[i + len(name) - 1].end) for i in range(len(words) - len(name) + 1) if _stands(words, i, name)}
    return replace(masked, ranges=tuple(sorted(ranges | set(masked.ranges))))


def _stands(words: Sequence[Token], i: int, name: tuple[str, ...]) -> bool:
    """Whether a name stands at a word, with or without clitics."""
    plain = set(stems(name[0])) & set(stems(words[i].norm))
    return any(len(s) >= LEAST for s in plain) and all(words[i + k].norm == name[k] for k in range(1, len(name)))


def protected(mention: Mention, masked: Shield, text: str, *, coarse: bool) -> Mention:
    """A mention over the masked text, with coarse places where its event is sensitive. `text` is the masked text."""

    def cut(span: Span) -> Span:
        return Span.cut(text, span.start, span.end)

    def person(p: Participant) -> Participant:
        return replace(p, span=cut(p.span), name=None if p.entity is None and masked.touches(p.span) else p.name)

    def source(s: Source) -> Source:
        return replace(s, span=cut(s.span), cue=s.cue and cut(s.cue))

    def place(p: Place) -> Place:
        return Place(cut(p.span), coarsened(p.location), ()) if coarse or masked.touches(p.span) else replace(p, span=cut(p.span))

    return replace(
        mention, trigger=cut(mention.trigger), actors=tuple(map(person, mention.actors)), recipients=tuple(map(person, mention.recipients)),
        places=tuple(map(place, mention.places)), time=mention.time and replace(mention.time, span=cut(mention.time.span)),
        counts=tuple(replace(c, span=cut(c.span), who=masked.mask_name(c.who)) for c in mention.counts), sources=tuple(map(source, mention.sources)),
        why=(),
    )  # fmt: skip


def coarsened(where: Location) -> Location:
    """A place's first-level unit, without degrees or id; its country where no unit is known."""
    if where.precision in COARSE and where.precision != "unknown":
        return where
    name, precision = (where.admin1, "governorate") if where.admin1 else (where.country or "", "country" if where.country else "unknown")
    return replace(where, name=name or "", lat=None, lon=None, precision=precision, id=None)


def _is_minor(text: str) -> bool:
    return any(is_minor_word(w) for w in WORD.findall(fold(text)))


__all__ = ["COARSE", "MASK", "PRIVATE", "Shield", "coarsened", "hidden", "protected", "sensitive", "shield"]
