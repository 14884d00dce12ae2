"""The learned reader: grammar first, then the network over windows of the article, then values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from khabar.engines.learned.compose import Article, mention
from khabar.engines.learned.decode import Bounds, Calibration, Floats, Found, Grammar, acts, attach, number_events
from khabar.engines.learned.evidence import Votes
from khabar.engines.learned.labels import distances
from khabar.engines.learned.network import Network
from khabar.engines.learned.pieces import Pieces
from khabar.engines.learned.windows import Window, cut, member_of
from khabar.engines.own import NONE, OwnTables
from khabar.engines.rules import RuleReader
from khabar.model import Document, Mention
from khabar.segment import Sentence as Segment


class LearnedReader:
    """Reads by a network that has learned from annotated articles, with the rule reader's findings as evidence."""

    name = "learned"

    def __init__(self, network: Network, pieces: Pieces, bounds: Bounds, calibration: Calibration, rules: RuleReader | None = None) -> None:
        self.network, self.pieces, self.bounds, self.calibration = network, pieces, bounds, calibration
        self.rules = rules or RuleReader()
        self._casualties = frozenset(self.rules.lexicon.casualties)

    @classmethod
    def load(cls, own: OwnTables = NONE) -> LearnedReader:
        """The reader with the model that ships, and with tables of one's own."""
        from khabar.engines.learned.model import load_model

        model = load_model()
        return cls(model.network, model.pieces, model.bounds, model.calibration, RuleReader(own=own))

    def read(self, document: Document, segments: Sequence[Segment]) -> tuple[Mention, ...]:
        """The mentions of an article in text order."""
        sentences, drafts = self.rules.drafts(document, segments)
        if not sentences:
            return ()
        votes = Votes(sentences, drafts, self._casualties)
        found = self.find(votes)
        article = Article.of(document, votes, self.rules.lexicon, self.rules.gazetteer)
        return tuple(mention(act, article, self.calibration) for act in found)

    def find(self, votes: Votes) -> list[Found]:
        """The acts of an article by word number."""
        table, grammar = votes.words(), Grammar(votes.acts, coming(votes))
        found = [act for w in cut(votes.sentences, self.pieces) for act in self._window(w, votes, table[w.first : w.last], grammar)]
        number_events(found, lambda some: self._same([found[i] for i in some], votes), self.bounds)
        return found

    def _same(self, some: Sequence[Found], votes: Votes) -> Floats:
        """The logits of acts of one type being one event."""
        grammar = votes.same_event([act.at for act in some])
        return self.network.same(np.stack([act.vector for act in some]), np.stack([np.ones_like(grammar), grammar], axis=-1))

    def _window(self, w: Window, votes: Votes, evidence: np.ndarray, grammar: Grammar) -> list[Found]:
        n = w.last - w.first
        vectors, scores = self.network.words(np.array(w.ids, dtype=np.int64), member_of(w.word_of, n, len(w.ids)), evidence)
        found = acts(scores, vectors, w.own - w.first, w.first, self.bounds, grammar)
        if found:
            local = [act.at - w.first for act in found]
            numbers, ends = votes.layout()
            inside = votes.links([act.at for act in found], w.first, w.last)
            links = self.network.links(vectors, np.array(local, dtype=np.int64), distances(local, numbers[w.first : w.last]), inside)
            attach(found, links, scores, ends[w.first : w.last] - w.first, w.first, self.bounds)
        return found


def coming(votes: Votes) -> frozenset[int]:
    """The verbs of an article, by word number, that carry the particle of the future: `سيطالب`, `سوف يعقد`."""
    out = set()
    for s in votes.sentences:
        base = votes.base[id(s)]
        for k, w in enumerate(s.words):
            behind = k > 0 and s.words[k - 1].norm in ("سوف", "وسوف", "فسوف")
            finite = [a for a in w.analyses if a.finite]
            if finite and (all(a.split.particle == "س" for a in finite) or (behind and s.verbs[k])):
                out.add(base + k)
    return frozenset(out)
