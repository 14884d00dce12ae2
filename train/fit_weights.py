"""Learn the weights of the rule reader's evidence from annotated articles.

usage: fit_weights.py RECORDS... [--seen RECORDS...] [-o OUT.json] [--folds N]

RECORDS are folders of records with text (section 7 of the codebook). Every choice the reader's grammar leaves open becomes a row of named
features with the annotators' answer; one L2 logistic regression a question is fitted on all rows, its threshold set where F1 over held-out
folds (split by article) is best. Seeded and single-threaded: the same records give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import sys
from collections import Counter, defaultdict
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from khabar.engines.rules.context import Context
from khabar.engines.rules.draft import Draft, Link
from khabar.engines.rules.events import evidence
from khabar.engines.rules.features import event_features, pair_features, status_features, trigger_features
from khabar.engines.rules.judge import BIAS, Judge
from khabar.engines.rules.reader import RuleReader
from khabar.engines.rules.scopes import Scope
from khabar.engines.rules.select import Selector, carried_candidates, party_candidates, phrase_candidates, setting_candidates
from khabar.model import Document, parse_day
from khabar.model.ontology import STATUSES
from khabar.segment import sentences

MIN_ROWS = 3  # a feature seen less often is left out
STRENGTH = {
    "trigger": 0.15,
    "event": 0.2,
}  # inverse of the penalty; elsewhere 0.1, the best of 0.05, 0.1 and 0.3 for actors and within 0.002 of it for recipients
ROLES = {"actor": "actors", "recipient": "recipients"}
# Log-odds above which a yes pays in F1 over all gold, missed mentions included (half the F1 to be had, as a probability).
THRESHOLD = {"trigger": -0.5, "actor": -1.05, "recipient": -1.2, "source": -0.85, "carried": -0.6, "place": -1.0, "time": -0.9, "event": 0.1}
KEPT_FALSE = 3  # of ten wrong triggers this many stay, so that the other questions are learned among some


def similar(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Two spans that share at least half of the shorter and a third of the longer."""
    n = min(a["end"], b["end"]) - max(a["start"], b["start"])
    lengths = (a["end"] - a["start"], b["end"] - b["start"])
    return n > 0 and n * 2 >= min(lengths) and n * 3 >= max(lengths)


class Recorder(Selector):
    """A selector that answers every question by the annotation and writes down the rows."""

    def __init__(self) -> None:
        super().__init__(Judge({}))
        self.rows: dict[str, list[tuple[int, bool, list[str]]]] = defaultdict(list)
        self.gold: list[dict[str, Any]] = []
        self.article = 0
        self.unseen = True
        self.match: dict[int, dict[str, Any]] = {}

    def add(self, question: str, answer: bool, features: list[str]) -> None:
        self.rows[question].append((self.article, answer, features))

    def _gold_of(self, d: Draft) -> dict[str, Any] | None:
        start, end = d.sentence.offsets(d.first, d.last)
        span = {"start": start, "end": end}
        return next((m for m in self.gold if m["type"] == d.sense.type and similar(m["trigger"], span)), None)

    def triggers(self, drafts: list[Draft], topic: list[str]) -> list[Draft]:
        kept = []
        for d in drafts:
            found = self._gold_of(d)
            if self.unseen:
                self.add("trigger", found is not None, trigger_features(d, drafts, topic))
            if found is not None:
                self.match[id(d)] = found
            if found is not None or (d.first + self.article) % 10 < KEPT_FALSE:
                kept.append(d)
        return kept

    def status(self, d: Draft, x: Context, scopes: list[Scope]) -> None:
        gold = self.match.get(id(d))
        if gold is not None:
            features = status_features(d, x, scopes, d.status)
            for status in STATUSES:
                self.add(f"status.{status}", gold["status"] == status, features)
            d.status = gold["status"]

    def sources(self, d: Draft, x: Context) -> None:
        super().sources(d, x)
        gold = self.match.get(id(d))
        if gold is not None:
            d.sources = tuple(link for link in (*d.sources, *x.speaker) if self._vouches(link, gold))
            for c, link in phrase_candidates(d, x):
                self.add("source", self._vouches(link, gold), pair_features(d, c, x))
            for link, features in carried_candidates(d, x):
                self.add("carried", self._vouches(link, gold), features)

    def _vouches(self, link: Link, gold: dict[str, Any]) -> bool:
        return any(similar(g, {"start": link.span.start, "end": link.span.end}) for g in gold["sources"])

    def participants(self, x: Context) -> None:
        for d in x.drafts:
            gold = self.match.get(id(d))
            if gold is None:
                continue
            for c in party_candidates(d, x):
                features = pair_features(d, c, x)
                start, end = x.sentence.offsets(c.first, c.last)
                for question, field in ROLES.items():
                    self.add(question, any(similar(g, {"start": start, "end": end}) for g in gold[field]), features)

    def settings(self, x: Context) -> None:
        super().settings(x)
        for d in x.drafts:
            gold = self.match.get(id(d))
            if gold is not None:
                self._settings(d, x, gold)

    def _settings(self, d: Draft, x: Context, gold: dict[str, Any]) -> None:
        s = x.sentence
        for question, entries, spans in (("place", s.places, gold["places"]), ("time", s.times, [gold["time"]["span"]] if gold["time"] else [])):
            for i, features in setting_candidates(d, x, question):
                start, end = s.offsets(entries[i].first, entries[i].last)
                self.add(question, any(similar(g, {"start": start, "end": end}) for g in spans), features)

    def events(self, drafts: list[Draft]) -> None:
        by_type: dict[str, list[Draft]] = defaultdict(list)
        for d in drafts:
            by_type[d.sense.type].append(d)
        for same in by_type.values():
            for j, b in enumerate(same):
                for i, a in enumerate(same[:j]):
                    left, right = self.match.get(id(a)), self.match.get(id(b))
                    if left is not None and right is not None:
                        self.add("event", left["event"] == right["event"], event_features(a, b, evidence(a, b), j - 1 - i))
        super().events(drafts)


def collect(folders: list[pathlib.Path], seen: list[pathlib.Path]) -> tuple[dict[str, list[tuple[int, bool, list[str]]]], str, int]:
    """The rows of every question, the hash of the records they come from, and how many articles these are."""
    reader, recorder, digest = RuleReader(Judge({})), Recorder(), hashlib.sha256()
    reader.select = recorder
    paths = [p for folder in (*seen, *folders) for p in sorted(folder.glob("*.json"))]
    for number, path in enumerate(paths):
        recorder.unseen = path.parent not in seen
        data = path.read_bytes()
        digest.update(data)
        record = json.loads(data)
        recorder.article, recorder.gold, recorder.match = number, record["mentions"], {}
        published = parse_day(record["published"]) if record["published"] else None
        reader.read(Document(record["text"], record["id"], published, record["outlet"]), sentences(record["text"]))
    return recorder.rows, digest.hexdigest(), len(paths)


def matrix(rows: list[tuple[int, bool, list[str]]]) -> tuple[csr_matrix, np.ndarray, np.ndarray, list[str]]:
    counts = Counter(f for _, _, features in rows for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= MIN_ROWS)
    index = {f: i for i, f in enumerate(names)}
    indices, starts = [], [0]
    for _, _, features in rows:
        indices += sorted({index[f] for f in features if f in index})
        starts.append(len(indices))
    x = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(names)))
    return x, np.array([y for _, y, _ in rows], dtype=int), np.array([a for a, _, _ in rows]), names


def model(question: str) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH.get(question, 0.1), solver="liblinear", max_iter=300, random_state=0)


def best_threshold(scores: np.ndarray, answers: np.ndarray) -> tuple[float, float, float, float]:
    """The score above which F1 is best, with precision, recall and F1 there."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(answers[order])
    precision = hits / np.arange(1, len(order) + 1)
    recall = hits / max(1, answers.sum())
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    k = int(np.argmax(f1))
    return float(scores[order][k]) - 1e-6, float(precision[k]), float(recall[k]), float(f1[k])


def fit(question: str, rows: list[tuple[int, bool, list[str]]], folds: int) -> tuple[dict[str, float], dict[str, float]]:
    """The weight table of a question and its figures over held-out folds."""
    x, y, groups, names = matrix(rows)
    held = np.zeros(len(y))
    for train, test in GroupKFold(folds).split(x, y, groups):
        held[test] = model(question).fit(x[train], y[train]).decision_function(x[test])
    _, p, r, f1 = best_threshold(held, y)
    final = model(question).fit(x, y)
    shift = THRESHOLD.get(question, 0.0)
    table = {BIAS: round(float(final.intercept_[0]) - shift, 3)}
    table |= {name: round(float(w), 3) for name, w in zip(names, final.coef_[0], strict=True) if abs(w) >= 0.04}
    return table, {"rows": len(y), "yes": int(y.sum()), "p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "weights": len(table)}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("records", nargs="+", type=pathlib.Path)
    cli.add_argument("--seen", nargs="*", type=pathlib.Path, default=[], help="folders the lexicon was written from: no rows for the triggers")
    cli.add_argument("-o", "--output", type=pathlib.Path, default=pathlib.Path("src/khabar/engines/rules/data/weights.json"))
    cli.add_argument("--folds", type=int, default=5)
    args = cli.parse_args()
    rows, digest, articles = collect(args.records, args.seen)
    tables, figures = {}, {}
    for question in sorted(rows):
        tables[question], figures[question] = fit(question, rows[question], args.folds)
        print(f"{question:22}", figures[question], file=sys.stderr)
    args.output.parent.mkdir(parents=True, exist_ok=True)
    about = {"articles": articles, "sha256": digest, "figures": figures}
    args.output.write_text(json.dumps({"about": about, "tables": tables}, ensure_ascii=False, sort_keys=True, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
