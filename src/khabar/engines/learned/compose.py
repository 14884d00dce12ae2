"""From acts by word number to mentions: spans cut from the text, values by the same tables and calendar as the rule reader's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from khabar.arabic.numerals import dual
from khabar.engines.learned.decode import Calibration, Found, Piece, count_role, source_kind
from khabar.engines.learned.evidence import Votes
from khabar.engines.rules.codes import coded
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import classify, head_of
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.sources import trimmed
from khabar.engines.rules.tolls import Placed, related
from khabar.engines.rules.values import Ground, named_place, participant, place, said, time
from khabar.lexicon import Lexicon
from khabar.model import Confidence, Count, Document, Mention, Participant, Place, Reason, Source, Span, Time
from khabar.resolve.gazetteer import Gazetteer

LISTS = ("actors", "recipients", "places", "counts", "sources")
T = TypeVar("T")
SECTOR_SURE = 0.5  # a learned sector from this probability on stands where the words name none
SECTOR_SURER = 0.8  # from this one on where they name another


@dataclass(frozen=True, slots=True)
class Article:
    """What the values of all mentions of an article rest on."""

    votes: Votes
    ground: Ground

    @classmethod
    def of(cls, document: Document, votes: Votes, lexicon: Lexicon, gazetteer: Gazetteer) -> Article:
        return cls(votes, Ground.of(document, votes.sentences, lexicon, gazetteer))

    def locate(self, piece: Piece) -> tuple[Sentence, int, int]:
        """The sentence of a piece and its tokens there, signs at either end left out."""
        s = self.votes.sentence_of(piece.first)
        base = self.votes.base[id(s)]
        first, last = piece.first - base, min(piece.last - base, len(s))
        while last - 1 > first and _loose_sign(s, first, last):
            last -= 1
        return s, first, last


def _loose_sign(s: Sentence, first: int, last: int) -> bool:
    """Whether a span ends in a sign that opens nothing within it."""
    sign = s.tokens[last - 1].norm
    if not s.words[last - 1].sign or sign.isalnum():
        return False
    inside = [t.norm for t in s.tokens[first : last - 1]]
    return not ((sign == ")" and "(" in inside) or (sign == "]" and "[" in inside) or (sign in QUOTES and sum(x in QUOTES for x in inside) % 2 == 1))


def mention(act: Found, article: Article, calibration: Calibration) -> Mention:
    """The mention of an act, its probabilities calibrated."""
    s = article.votes.sentence_of(act.at)
    token = s.tokens[act.at - article.votes.base[id(s)]]
    places, places_p = _values(_place(x, article) for x in act.pieces["places"])
    where = next((p.country for p in places if p.country), "") or ""
    actors, actors_p = _values(_participant(x, article, where) for x in act.pieces["actors"])
    recipients, recipients_p = _values(_participant(x, article, where) for x in act.pieces["recipients"])
    placed, counts_p = _values(_count(x, article) for x in act.pieces["counts"])
    sources, sources_p = _values(_source(x, article) for x in chain(act.pieces["sources"]))
    times, times_p = _values(_time(x, article, future=act.status == "planned") for x in act.pieces["time"])
    told = said(s, sources, article.ground)
    if told and times and times[0].span == told.span:
        times, times_p = (), ()
    return Mention(
        trigger=Span.cut(article.ground.document.text, token.start, token.end),
        type=act.type,
        modes=tuple(m for m, _ in act.modes),
        status=act.status,
        event=act.event,
        actors=actors,
        recipients=recipients,
        places=places,
        time=times[0] if times else None,
        counts=related(placed),
        sources=sources,
        why=tuple(_reasons(act, article)),
        confidence=Confidence(
            calibration("mention", act.p),
            calibration("status", act.status_p),
            tuple(calibration("modes", p) for _, p in act.modes),
            time=calibration("time", times_p[0]) if times else None,
            **{role: tuple(calibration(role, p) for p in ps) for role, ps in zip(LISTS, (actors_p, recipients_p, places_p, counts_p, sources_p), strict=True)},
        ),
        said=told,
    )


def _reasons(act: Found, article: Article) -> Iterator[Reason]:
    """What the network gave each field, and whether the grammar found the same."""
    draft = article.votes.acts.get(act.at)
    rule = "not found by the grammar" if draft is None else f"the grammar finds {draft.sense.type}, {draft.status}"
    yield Reason("trigger", f"learned {act.p:.2f}; {rule}")
    yield Reason("status", f"learned {act.status_p:.2f}")
    if act.modes:
        yield Reason("modes", "learned " + ", ".join(f"{m} {p:.2f}" for m, p in act.modes))
    for role, pieces in act.pieces.items():
        if pieces:
            yield Reason(role, "learned " + ", ".join(f"{x.p:.2f}" for x in pieces))


def _values(found: Iterable[tuple[T, float] | None]) -> tuple[tuple[T, ...], tuple[float, ...]]:
    kept = [x for x in found if x is not None]
    return tuple(v for v, _ in kept), tuple(p for _, p in kept)


def chain(pieces: Sequence[Piece]) -> list[Piece]:
    """Sources from the outermost to the innermost: media hand on what others say; otherwise in text order."""
    return sorted(pieces, key=lambda x: (x.label != "media", x.first))


def _participant(piece: Piece, article: Article, where: str) -> tuple[Participant, float]:
    s, first, last = article.locate(piece)
    phrase = coded(classify(s, first, last, head_of(s, first, last)))
    body, _, sector = phrase.code.partition(" ")
    if piece.label not in ("", "-") and not phrase.entity and piece.label_p >= (SECTOR_SURE if sector in ("", "-") else SECTOR_SURER):
        phrase = phrase._replace(code=f"{body} {piece.label}")
    named = participant(phrase, article.ground, where)
    return replace(named, span=trimmed(s, phrase)), piece.p


def _place(piece: Piece, article: Article) -> tuple[Place, float]:
    s, first, last = article.locate(piece)
    matches = [(min(last, m.last) - max(first, m.first), -m.first, i) for i, m in enumerate(s.places)]
    shared, _, i = max(matches, default=(0, 0, 0))
    match = s.places[i] if shared > 0 else named_place(s, first, last, article.ground)
    bare = trimmed(s, Phrase(s, match.first, match.last, match.core_first, "place", "- -"))
    return replace(place(s, match, article.ground), span=bare), piece.p


def _time(piece: Piece, article: Article, *, future: bool) -> tuple[Time, float]:
    s, first, last = article.locate(piece)
    matches = [(min(last, x.last) - max(first, x.first), -x.first, i) for i, x in enumerate(s.times)]
    shared, _, i = max(matches, default=(0, 0, 0))
    if shared > 0:
        return time(s, s.times[i], article.ground, future=future), piece.p
    return Time(Span.cut(s.text, *s.offsets(first, last)), None, None), piece.p


def _count(piece: Piece, article: Article) -> tuple[Placed, float] | None:
    """The count of a span where it stands, None where the span holds no number."""
    s, first, last = article.locate(piece)
    number = next((s.number_at[k] for k in range(first, last) if k in s.number_at), None)
    two = any(dual(s.words[k].bare.removeprefix("ال")) for k in range(first, last))
    if number is None and not two:
        return None
    if number is not None:
        first, last = min(first, number.first), max(last, number.last)
    low, high = (number.low, number.high) if number else (2, 2)
    behind = number.last if number and number.last < last else first
    span, who = Span.cut(s.text, *s.offsets(first, last)), s.text[s.tokens[behind].start : s.tokens[last - 1].end]
    flags = (number.approximate, number.open) if number else (False, False)
    return Placed(s, first, last, Count(span, count_role(piece.label), low, high, who, *flags)), piece.p


def _source(piece: Piece, article: Article) -> tuple[Source, float]:
    s, first, last = article.locate(piece)
    cue = None
    if piece.cue is not None:
        at = article.votes.sentence_of(piece.cue)
        token = at.tokens[piece.cue - article.votes.base[id(at)]]
        cue = None if at.words[piece.cue - article.votes.base[id(at)]].sign else Span.cut(s.text, token.start, token.end)
    return Source(trimmed(s, Phrase(s, first, last, first, "", "- -")), source_kind(piece.label), cue), piece.p
