"""What is joined: the events of single articles, each with what likens it to others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khabar.arabic.search import asked, words
from khabar.model import Location, Mention
from khabar.model.rows import Telling

MAX_WORDS = 40  # of a unit's sentences that are compared, the rarest
LEAD_WORDS = 60  # of an article's beginning that stand for it
_STOP = frozenset(
    words(
        "في من على إلى عن أن إن التي الذي الذين هذا هذه ذلك تلك كما قال قالت وقال أضاف وأضاف بعد قبل خلال حول بين مع كان كانت وكان وقد قد لم لن لا ما "
        "هو هي هم كل بعض أو ثم حيث إذ عند عندما منذ حتى أي غير يوم أمس اليوم وذلك بأن وأن فيما التى الى او ان انه أنه أنها إنه بعدما لدى ضد عبر تم به له لها "
        "بها فيها منها منه عليه عليها إليه وفي ومن وعلى وهو وهي أكثر أحد أول آخر أخرى نحو لكن ولكن أيضا مؤكدا مشيرا موضحا ذكرت ذكر وذكرت أعلن أعلنت"
    )
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A mention with the article that tells it: its sentence, the article's lead, the voice it counts as."""

    telling: Telling
    outlet: str | None
    quote: str
    lead: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An event of one article. Weights are inverse document frequencies of folded words without proclitics, scaled to length one."""

    mention_ids: tuple[str, ...]
    article_id: str
    voice: str
    published: date | None
    type: str
    triggers: frozenset[str]
    statuses: frozenset[str]
    start: date | None
    end: date | None
    locations: tuple[Location, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    codes: frozenset[str]
    counts: Mapping[str, tuple[int, int]]
    quote: Mapping[str, float] = field(default_factory=dict)
    lead: Mapping[str, float] = field(default_factory=dict)


def content(text: str) -> list[str]:
    """The folded content words of a text without article and what stands before it."""
    return [asked(w)[-1] for w in words(text) if len(w) > 1 and w not in _STOP]


def units(reported: Sequence[Reported], idf: Mapping[str, float] | None = None) -> list[Unit]:
    """The events of the articles, in order. Words weigh by how few sentences and leads hold them: by `idf`, else of the given mentions."""
    groups: dict[tuple[str, str], list[Reported]] = {}
    for r in reported:
        groups.setdefault((r.telling.article_id, r.telling.mention.event), []).append(r)
    leads = {r.telling.article_id: frozenset(content(r.lead)) for r in reported}
    quotes = {r.telling.mention_id: frozenset(content(r.quote)) for r in reported}
    idf = _idf(leads.values(), quotes.values()) if idf is None else idf
    weighed = {a: weights(found, idf) for a, found in leads.items()}
    return [_unit(members, quotes, weighed, idf) for members in groups.values()]


def _idf(*collections: Iterable[frozenset[str]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    n = 0
    for sets in collections:
        for s in sets:
            n += 1
            counts.update(s)
    return idf_of(counts, n)


def idf_of(counts: Mapping[str, int], n: int) -> dict[str, float]:
    """The weights of words, from how many of n texts hold each."""
    return {w: math.log((n + 1) / (c + 0.5)) for w, c in counts.items()}


def weights(found: Iterable[str], idf: Mapping[str, float]) -> dict[str, float]:
    """The rarest words with their weights, scaled to length one."""
    top = sorted(((idf.get(w, 1.0), w) for w in found), reverse=True)[:MAX_WORDS]
    return scaled({w: x for x, w in top})


def scaled(vector: Mapping[str, float]) -> dict[str, float]:
    """A vector brought to length one."""
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {w: x / length for w, x in vector.items()}


def _unit(members: Sequence[Reported], quotes: Mapping[str, frozenset[str]], leads: Mapping[str, dict[str, float]], idf: Mapping[str, float]) -> Unit:
    first = members[0].telling
    mentions = [r.telling.mention for r in members]
    time = next((m.time for m in mentions if m.time and m.time.start), None)
    found = frozenset().union(*(quotes[r.telling.mention_id] for r in members))
    return Unit(
        tuple(r.telling.mention_id for r in members), first.article_id, first.voice, first.published,
        Counter(m.type for m in mentions).most_common(1)[0][0], frozenset(root(m) for m in mentions), frozenset(m.status for m in mentions),
        time.start if time else None, time.end if time else None, tuple(p.location for m in mentions for p in m.places),
        frozenset(name for m in mentions for p in m.actors for name in _names(p.entity, p.span.text)),
        frozenset(name for m in mentions for p in m.recipients for name in _names(p.entity, p.span.text)),
        frozenset(p.code for m in mentions for p in (*m.actors, *m.recipients) if not p.code.startswith("-")), _counts(mentions),
        weights(found, idf), leads[first.article_id],
    )  # fmt: skip


def root(mention: Mention) -> str:
    """The trigger as it is compared: folded, without proclitics and the letters that inflection adds in front and behind."""
    word = asked("".join(words(mention.trigger.text)))[-1]
    bare = "".join(c for c in word if c not in "اويهتمن")
    return bare if len(bare) >= 2 else word


def _names(entity: str | None, text: str) -> tuple[str, ...]:
    return (entity,) if entity else tuple(w for w in content(text) if not w.isdigit())[:4]


def _counts(mentions: Iterable[Mention]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for m in mentions:
        for c in m.counts:
            if c.cumulative or c.part_of is not None:
                continue
            low, high = found.get(c.role, (c.low, c.low))
            found[c.role] = (min(low, c.low), max(high, c.high or c.low))
    return found
