"""What the features of a sentence are read from, worked out once: phrases, proposals of the grammar, and counts up to each token."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from khabar.engines.rules.draft import Draft, Link, Phrase
from khabar.engines.rules.phrases import Chunk
from khabar.engines.rules.scopes import Scope
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.words import Analysis

_COMMAS = frozenset((",", ";"))
PARTIES = frozenset(("person", "role", "group", "org", "armed", "state", "source", "people", "media"))


@dataclass(slots=True, eq=False)
class Context:
    """A sentence with its acts, phrases and scopes. `told` are the words of the acts that the
    speaker of the sentences before has told of. `verbs[i]` counts the finite verbs before token i, and so on for the others."""

    sentence: Sentence
    drafts: list[Draft]
    chunks: list[Chunk]
    groups: list[list[Chunk]]
    scopes: list[Scope]
    speaker: tuple[Link, ...]
    carried: tuple[Link, ...]
    told: set[str]
    outlet: str = ""
    verbs: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)
    thats: list[int] = field(default_factory=list)
    relatives: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    acts: list[int] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    parties: list[int] = field(default_factory=list)
    likes: dict[str, list[int]] = field(default_factory=dict)
    verb_before: list[int] = field(default_factory=list)
    subjects: dict[int, int] = field(default_factory=dict)
    objects: dict[int, int] = field(default_factory=dict)
    roles: dict[int, list[tuple[Draft, str]]] = field(default_factory=dict)
    speaks: dict[int, list[Scope]] = field(default_factory=dict)
    companions: dict[int, list[Chunk]] = field(default_factory=dict)
    weighed: dict[tuple[int, int], tuple[list[str], list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        s = self.sentence
        self.verbs = _upto(list(map(bool, s.verbs)))
        self.commas = _upto([w.norm in _COMMAS for w in s.words])
        self.thats = _upto([w.function == "that" for w in s.words])
        self.relatives = _upto([w.function == "rel" for w in s.words])
        self.quotes = _upto([w.norm in QUOTES for w in s.words])
        size = len(s)
        self.acts = _marks([d.first for d in self.drafts], size)
        self.free = _marks([c.first for c in self.chunks if not c.governor], size)
        self.parties = _marks([c.first for c in self.chunks if c.phrase.label in PARTIES], size)
        for label in {c.phrase.label for c in self.chunks}:
            self.likes[label] = _marks([c.first for c in self.chunks if c.phrase.label == label], size)
        for d in self.drafts:
            for role, phrases in (("A", d.actors), ("R", d.recipients)):
                for p in phrases:
                    if p.sentence is s:
                        self.roles.setdefault(p.first, []).append((d, role))
        self._clauses()
        self.companions = {c.first: [o for o in g if o is not c] for g in self.groups if len(g) > 1 for c in g}
        offsets = {s.tokens[c.phrase.first].start: c.first for c in self.chunks}
        for scope in self.scopes:
            for link in scope.links:
                for start in (link.span.start, link.span.start - 1, link.span.start - 2):
                    if start in offsets:
                        self.speaks.setdefault(offsets[start], []).append(scope)
                        break

    def joined(self, c: Chunk) -> list[Chunk]:
        """The other phrases joined to a phrase by `و`."""
        return self.companions.get(c.first, [])

    def _clauses(self) -> None:
        """For every finite verb the phrases that stand as its subject and object; for every token the verb before it."""
        s, last = self.sentence, -1
        starts = {c.first: c for c in self.chunks if not c.governor}
        for i in range(len(s)):
            self.verb_before.append(last)
            if s.verbs[i]:
                last = i
                ahead = [k for k in range(i + 1, min(len(s), i + 12)) if k in starts and self.verbs[k] == self.verbs[i + 1]]
                behind = next((c.first for c in reversed(self.chunks) if c.last <= i and i - c.last <= 1 and not c.governor), None)
                if behind is not None and not s.words[i].conjunction:
                    self.subjects[behind] = i
                    self.objects.update(dict.fromkeys(ahead[:1], i))
                elif _agrees(s, i):
                    self.objects.update(dict.fromkeys(ahead[:1], i))
                else:
                    self.subjects.update(dict.fromkeys(ahead[:1], i))
                    self.objects.update(dict.fromkeys(ahead[1:2], i))


def _agrees(s: Sentence, i: int) -> bool:
    """Whether a verb's own ending is its subject: a plural verb takes no noun after it for one."""
    a = s.verbs[i]
    return isinstance(a, Analysis) and a.form.person in ("3mp", "1p", "1s")


def _upto(flags: list[bool]) -> list[int]:
    return [0, *accumulate(flags)]


def _marks(spots: list[int], size: int) -> list[int]:
    flags = [False] * size
    for i in spots:
        flags[i] = True
    return _upto(flags)


def phrase_key(p: Phrase) -> str:
    """The head word without its article, or the entity's id: two phrases with one key name one party."""
    return p.entity or p.sentence.words[p.head].bare.removeprefix("ال")
