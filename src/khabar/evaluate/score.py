"""Precision, recall and F1 of every measure over many documents, with intervals by resampling the documents."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khabar.evaluate.load import Fields, verify
from khabar.evaluate.pairs import Pair
from khabar.evaluate.tally import Tally, tally_document
from khabar.model import InvalidValue

MEASURES = (
    "trigger", "trigger+type", "trigger+type+status", "status (accuracy)", "modes", "actors", "recipients", "actor country", "actor sector",
    "places", "place country", "time", "counts", "sources", "source kind", "source chain (accuracy)", "event links",
)  # fmt: skip
DIGITS = 4
SEED = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 (0 to 1, rounded to 4 digits) over `gold` and `predicted` items; `interval` holds 95 % of resampled F1."""

    p: float
    r: float
    f1: float
    gold: int
    predicted: int
    interval: tuple[float, float] | None = None

    @classmethod
    def of(cls, hit: int, gold: int, predicted: int) -> Rates:
        p, r = hit / predicted if predicted else 0.0, hit / gold if gold else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return cls(round(p, DIGITS), round(r, DIGITS), round(f1, DIGITS), gold, predicted)

    def record(self) -> dict[str, Any]:
        out: dict[str, Any] = {"p": self.p, "r": self.r, "f1": self.f1, "gold": self.gold, "pred": self.predicted}
        return {**out, "interval": list(self.interval)} if self.interval else out


Figures = Mapping[str, Rates]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of all measures in the order of the codebook, those of each event type, and lines that tell of mistakes."""

    measures: Figures
    by_type: Figures
    mistakes: tuple[str, ...] = field(default=())

    def record(self) -> dict[str, Any]:
        """As one JSON object: measure to figures, and `by type`."""
        return {**{k: v.record() for k, v in self.measures.items()}, "by type": {k: v.record() for k, v in self.by_type.items()}}


def score(gold: Mapping[str, Fields], predicted: Mapping[str, Fields], *, errors: int = 0, bootstrap: int = 0) -> Score:
    """Score predicted against gold records, both by id; a gold document without prediction counts as coded with no mention. `errors` is
    the most mistakes told, `bootstrap` the number of resamplings. Records that cannot be scored raise InvalidValue."""
    tallies: list[Tally] = []
    mistakes: list[str] = []
    for document_id, g in gold.items():
        p = predicted.get(document_id, {"mentions": []})
        tally, pairs = _document(document_id, g, p)
        tallies.append(tally)
        if len(mistakes) < errors:
            mistakes += _mistakes(document_id, g, p, pairs)
    totals = _total(tallies)
    measures = {name: totals.get(name, Rates.of(0, 0, 0)) for name in MEASURES}
    if bootstrap:
        measures = _with_intervals(measures, tallies, bootstrap)
    by_type = {name.removeprefix("type "): rates for name, rates in sorted(totals.items()) if name.startswith("type ")}
    return Score(measures, by_type, tuple(mistakes[:errors]))


def _document(document_id: str, gold: Fields, predicted: Fields) -> tuple[Tally, list[Pair]]:
    try:
        verify(document_id, gold["text"], predicted)
        return tally_document(gold["mentions"], predicted["mentions"])
    except (KeyError, TypeError, AttributeError) as fault:
        raise InvalidValue(f"{document_id}: no record of the codebook, section 7 ({type(fault).__name__}: {fault}); see `khabar schema`") from None


def _total(tallies: Iterable[Tally]) -> dict[str, Rates]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for tally in tallies:
        for name, row in tally.rows.items():
            whole = sums[name]
            for i, n in enumerate(row):
                whole[i] += n
    return {name: Rates.of(*row) for name, row in sums.items()}


def _with_intervals(measures: Figures, tallies: Sequence[Tally], draws: int) -> dict[str, Rates]:
    """The measures with the 2.5th and 97.5th percentile of their F1 over `draws` resamplings; the same every time."""
    rng = random.Random(SEED)
    f1: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(draws):
        again = _total(rng.choices(tallies, k=len(tallies)))
        for name in measures:
            f1[name].append(again[name].f1 if name in again else 0.0)
    return {name: _spread(rates, sorted(f1[name])) for name, rates in measures.items()}


def _spread(rates: Rates, f1: Sequence[float]) -> Rates:
    interval = (f1[int(0.025 * len(f1))], f1[int(0.975 * len(f1))])
    return Rates(rates.p, rates.r, rates.f1, rates.gold, rates.predicted, interval)


def _mistakes(document_id: str, gold: Fields, predicted: Fields, pairs: Sequence[Pair]) -> list[str]:
    """A line for every missed, spurious and mistyped mention."""
    text, g, p = gold["text"], gold["mentions"], predicted["mentions"]
    in_gold, in_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [f"{document_id}  missed   {m['type']:9} {_word(text, m)}" for i, m in enumerate(g) if i not in in_gold]
    spurious = [f"{document_id}  spurious {m['type']:9} {_word(text, m)}" for j, m in enumerate(p) if j not in in_predicted]
    typed = [f"{document_id}  typed    {g[i]['type']} as {p[j]['type']}  {_word(text, g[i])}" for i, j in pairs if g[i]["type"] != p[j]["type"]]
    return missed + spurious + typed


def _word(text: str, mention: Fields) -> str:
    return text[mention["trigger"]["start"] : mention["trigger"]["end"]]
