"""Choose the bounds of the learned reader and calibrate its probabilities on the dev part of the corpus.

usage: calibrate.py MODEL_DIR --dev FOLDER... [--check FOLDER...]

Writes `bounds` (probabilities from which an answer counts, each where the F1 of its field is best) and `calibration` (a slope and a shift of
log-odds for each field, by logistic regression) into MODEL_DIR/model.json. With --check the expected calibration error is measured on other records.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from examples import load_records
from khabar.engines.learned.compose import Article, mention
from khabar.engines.learned.decode import Bounds, Calibration, Floats, Scores
from khabar.engines.learned.evidence import ROLES, Votes
from khabar.engines.learned.model import load_model
from khabar.engines.learned.network import Ints, Network
from khabar.engines.learned.reader import LearnedReader
from khabar.evaluate import score
from khabar.evaluate.pairs import hits, pair, same_count, similar
from khabar.model import Document, Outcome, Record, parse_day
from khabar.pipeline import shortened
from khabar.segment import sentences

GRID = [round(0.1 + 0.05 * k, 2) for k in range(15)]
BINS = 10
FIELDS = ("mention", "status", "modes", *ROLES)


class Remembering:
    """A network that answers the same question once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._seen: dict[tuple[Any, ...], Any] = {}

    def _once(self, key: tuple[Any, ...], ask: Any) -> Any:
        if key not in self._seen:
            self._seen[key] = ask()
        return self._seen[key]

    def words(self, ids: Ints, member: Floats, evidence: Floats) -> tuple[Floats, Scores]:
        found: tuple[Floats, Scores] = self._once(("w", ids.tobytes(), evidence.tobytes()), lambda: self.network.words(ids, member, evidence))
        return found

    def links(self, vectors: Floats, acts: Ints, distance: Ints, votes: Floats) -> Floats:
        found: Floats = self._once(("l", vectors.tobytes(), acts.tobytes()), lambda: self.network.links(vectors, acts, distance, votes))
        return found

    def same(self, vectors: Floats, extra: Floats) -> Floats:
        found: Floats = self._once(("s", vectors.tobytes()), lambda: self.network.same(vectors, extra))
        return found


class Trial:
    """A reader over annotated articles whose bounds can be changed without reading again."""

    def __init__(self, reader: LearnedReader, records: Sequence[dict[str, Any]]) -> None:
        self.reader = reader
        reader.network = Remembering(reader.network)
        self.gold = {r["id"]: r for r in records}
        self.articles = [a for r in records if (a := self._article(r)) is not None]

    def _article(self, r: dict[str, Any]) -> Article | None:
        document = Document(r["text"], r["id"], parse_day(r["published"]) if r["published"] else None, r["outlet"])
        read, drafts = self.reader.rules.drafts(document, shortened(sentences(r["text"])))
        votes = Votes(read, drafts, frozenset(self.reader.rules.lexicon.casualties))
        return Article.of(document, votes, self.reader.rules.lexicon, self.reader.rules.gazetteer) if read else None

    def coded(self, bounds: Bounds) -> dict[str, dict[str, Any]]:
        self.reader.bounds = bounds
        out = {}
        for a in self.articles:
            d = a.ground.document
            mentions = tuple(mention(x, a, self.reader.calibration) for x in self.reader.find(a.votes))
            out[str(d.id)] = Record(d.id, d.outlet, d.published, d.text, Outcome("read" if mentions else "no_events"), mentions).record()
        return out

    def f1(self, bounds: Bounds, *names: str) -> float:
        measures = score(self.gold, self.coded(bounds)).measures
        return sum(measures[n].f1 for n in names) / len(names)


def tuned(trial: Trial) -> Bounds:
    """The bounds at which each field's F1 is best, the acts' first, those that the grammar finds too before those that it does not."""
    bounds = Bounds(act=0.4, alone=0.5)
    for _ in range(2):
        bounds = _best(trial, {x: replace(bounds, act=x) for x in GRID}, "trigger+type", "trigger+type+status")
        bounds = _best(trial, {x: replace(bounds, alone=x) for x in GRID}, "trigger+type", "trigger+type+status")
    bounds = _best(trial, {x: replace(bounds, mode=x) for x in GRID}, "modes")
    for i, name in enumerate(ROLES):
        measured = ("sources", "source chain (accuracy)") if name == "sources" else (name,)

        bounds = _best(trial, {x: replace(bounds, role=(*bounds.role[:i], x, *bounds.role[i + 1 :])) for x in GRID}, *measured)
    return _best(trial, {x: replace(bounds, same=x) for x in GRID}, "event links")


def _best(trial: Trial, tried: dict[float, Bounds], *measured: str) -> Bounds:
    return tried[max(tried, key=lambda x: trial.f1(tried[x], *measured))]


def answers(trial: Trial, bounds: Bounds) -> dict[str, list[tuple[float, bool]]]:
    """For each field the probabilities given and whether the annotators agree; fields of a mention are judged where the mention is right."""
    out: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    coded = trial.coded(bounds)
    for key, g in trial.gold.items():
        predicted = coded[key]["mentions"] if key in coded else []
        right = {j: i for i, j in pair(g["mentions"], predicted) if g["mentions"][i]["type"] == predicted[j]["type"]}
        for j, p in enumerate(predicted):
            out["mention"].append((p["confidence"]["mention"], j in right))
            if j in right:
                for field, value, correct in _judged(g["mentions"][right[j]], p):
                    out[field].append((value, correct))
    return out


def _judged(gold: dict[str, Any], p: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    sure = p["confidence"]
    yield "status", sure["status"], gold["status"] == p["status"]
    yield from (("modes", q, mode in gold["modes"]) for mode, q in zip(p["modes"], sure["modes"], strict=True))
    for role in ("actors", "recipients", "places", "counts", "sources"):
        found = hits(gold[role], p[role], same_count if role == "counts" else similar)
        agreed = [id(b) for _, b in found]
        yield from ((role, q, id(value) in agreed) for value, q in zip(p[role], sure[role], strict=True))
    if p["time"] and sure["time"] is not None:
        day = gold["time"] or {}
        yield "time", sure["time"], (day.get("start"), day.get("end")) == (p["time"]["start"], p["time"]["end"])


def fitted(given: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift of log-odds."""
    rows = list(given)
    right = [y for _, y in rows]
    if len(rows) < 20 or all(right) or not any(right):
        return 1.0, 0.0
    x = np.array([[np.log(max(p, 1e-4) / max(1 - p, 1e-4))] for p, _ in rows])
    model = LogisticRegression(C=1.0).fit(x, right)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def error(given: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error: the gap between mean probability and share of right answers, over BINS equal bins of probability."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, y in given:
        bins[min(BINS - 1, int(p * BINS))].append((p, y))
    total = sum(map(len, bins.values()))
    return sum(abs(sum(p for p, _ in b) - sum(y for _, y in b)) for b in bins.values()) / max(1, total)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("model", type=Path)
    cli.add_argument("--dev", nargs="+", type=Path, required=True)
    cli.add_argument("--check", nargs="*", type=Path, default=[])
    args = cli.parse_args()
    model = load_model(args.model, threads=2)
    reader = LearnedReader(model.network, model.pieces, Bounds(), Calibration({}))
    trial = Trial(reader, load_records(args.dev))
    bounds = tuned(trial)
    calibration = {name: fitted(rows) for name, rows in answers(trial, bounds).items()}
    described = json.loads((args.model / "model.json").read_text("utf-8"))
    described["bounds"] = {"act": bounds.act, "alone": bounds.alone, "mode": bounds.mode, "role": list(bounds.role), "same": bounds.same}
    described["calibration"] = calibration
    (args.model / "model.json").write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print("bounds", described["bounds"])
    reader.calibration = Calibration(calibration)
    for title, folders in (("dev", args.dev), ("check", args.check)):
        if folders:
            given = answers(Trial(LearnedReader(model.network, model.pieces, bounds, reader.calibration, reader.rules), load_records(folders)), bounds)
            whole = [row for rows in given.values() for row in rows]
            print(title, {"all": round(error(whole), 4), **{f: f"{error(given[f]):.4f} of {len(given[f])}" for f in FIELDS if given[f]}})


if __name__ == "__main__":
    main()
