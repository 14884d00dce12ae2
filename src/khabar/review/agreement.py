"""How far coders of a blind batch agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from khabar.evaluate import score
from khabar.evaluate.score import Rates
from khabar.model import InvalidValue, Mention
from khabar.model.review import Batch
from khabar.review.alpha import nominal_alpha
from khabar.store import Store

Values = Callable[[Mention | None], Hashable | None]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha (nominal), None where it is not defined; over how many units that two coders or more gave a value, and how many values."""

    alpha: float | None
    units: int
    values: int


@dataclass(frozen=True, slots=True)
class Pairwise:
    """How two coders agree on the articles that both are done with, by the measures of `khabar score`, the first taken as gold."""

    first: str
    second: str
    articles: int
    measures: Mapping[str, Rates]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`event` is alpha on whether a mention is an event at all (kept, or rejected or not found), `type` and `status` on mentions that at least two
    coders keep. `articles` are those that at least two coders are done with; only these count."""

    batch: Batch
    articles: int
    event: Alpha
    type: Alpha
    status: Alpha
    pairs: tuple[Pairwise, ...]

    def record(self) -> dict[str, Any]:
        """The figures as JSON."""
        alphas = {name: {k: getattr(getattr(self, name), k) for k in ("alpha", "units", "values")} for name in ("event", "type", "status")}
        pairs = [{"first": p.first, "second": p.second, "articles": p.articles, "measures": {k: v.record() for k, v in p.measures.items()}} for p in self.pairs]
        return {"batch": self.batch.record(), "articles": self.articles, "alpha": alphas, "pairs": pairs}


def agreement(store: Store, batch: str, *, bootstrap: int = 0) -> Agreement:
    """How far the coders of a blind batch agree, on the articles that at least two have decided about altogether. `bootstrap` resamplings of the
    articles give the F1 of pairs their intervals."""
    desk = store.desk()
    found = desk.batch(batch)
    if not found.blind:
        raise InvalidValue(f"batch {found.name!r}: is not blind; coders who see each other's decisions cannot be said to agree")
    done = desk.codings(found.batch_id)
    both = sorted(a for a in found.articles if sum(a in mine for mine in done.values()) > 1)
    made = desk.units(found.batch_id)
    units = [u for a in both for u in _units({c: m for c, m in made[a].items() if a in done.get(c, {})})]
    pairs = tuple(_pair(store, one, other, done, bootstrap) for one, other in combinations(sorted(done), 2) if done[one].keys() & done[other].keys())
    return Agreement(found, len(both), _alpha(units, lambda m: m is not None), _alpha(units, _type), _alpha(units, _status), pairs)


def _type(m: Mention | None) -> str | None:
    return None if m is None else m.type


def _status(m: Mention | None) -> str | None:
    return None if m is None else m.status


def _alpha(units: Sequence[Sequence[Mention | None]], value: Values) -> Alpha:
    valued = [[value(m) for m in unit] for unit in units]
    paired = [u for u in valued if sum(v is not None for v in u) > 1]
    alpha = nominal_alpha(paired)
    return Alpha(alpha if alpha is None else round(alpha, 4), len(paired), sum(v is not None for u in paired for v in u))


def _units(made: Mapping[str, Mapping[str, Mention | None]]) -> list[list[Mention | None]]:
    """What each coder made of each mention of an article; added ones with overlapping triggers are one."""
    shared = set.intersection(*(set(about) for about in made.values()))
    units: dict[str, dict[str, Mention | None]] = {}
    for coder, about in made.items():
        for mention_id, m in about.items():
            place = mention_id if mention_id in shared or mention_id in units else _overlapped(m, coder, units) or mention_id
            units.setdefault(place, {})[coder] = m
    return [[about.get(coder) for coder in made] for about in units.values()]


def _overlapped(m: Mention | None, coder: str, units: Mapping[str, Mapping[str, Mention | None]]) -> str | None:
    """The unit in which others, but not this coder, have a mention whose trigger overlaps."""
    if m is None:
        return None
    for place, about in units.items():
        if coder not in about and any(o and m.trigger.start < o.trigger.end and o.trigger.start < m.trigger.end for o in about.values()):
            return place
    return None


def _pair(store: Store, one: str, other: str, done: Mapping[str, Mapping[str, tuple[Mention, ...]]], bootstrap: int) -> Pairwise:
    both = sorted(done[one].keys() & done[other].keys())
    texts = {a: store.text(a) or "" for a in both}
    first, second = ({a: _record(a, texts[a], done[c][a]) for a in both} for c in (one, other))
    return Pairwise(one, other, len(both), score(first, second, bootstrap=bootstrap).measures)


def _record(article_id: str, text: str, mentions: Sequence[Mention]) -> dict[str, Any]:
    return {"id": article_id, "text": text, "mentions": [m.record() for m in mentions]}
