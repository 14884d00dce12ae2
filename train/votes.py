"""Weights for the grammar's votes that have not seen the articles they vote on: one judge for each fold of the articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fit_weights
from fit_weights import THRESHOLD, matrix, model
from khabar.engines.rules.judge import BIAS, Judge


def judges(records: Sequence[dict[str, Any]], seen: frozenset[str], folds: int, work: Path) -> list[Judge]:
    """`folds` judges; the k-th is learned from all records but those whose number leaves the remainder k. `seen` are the ids of the articles
    that the lexicon was written from, which give no rows for the trigger question."""
    for name in ("seen", "unseen"):
        (work / name).mkdir(parents=True, exist_ok=True)
        for old in (work / name).glob("*.json"):
            old.unlink()
    order: dict[str, int] = {}
    for number, r in enumerate(records):
        folder = "seen" if r["id"] in seen else "unseen"
        (work / folder / f"{r['id']}.json").write_text(json.dumps(r, ensure_ascii=False), "utf-8")
        order[r["id"]] = number
    rows, _, _ = fit_weights.collect([work / "unseen"], [work / "seen"])
    paths = [p for name in ("seen", "unseen") for p in sorted((work / name).glob("*.json"))]
    fold_of = [order[json.loads(p.read_text("utf-8"))["id"]] % folds for p in paths]
    return [Judge({q: _table(q, [r for r in mine if fold_of[r[0]] != k]) for q, mine in rows.items()}) for k in range(folds)]


def _table(question: str, rows: list[tuple[int, bool, list[str]]]) -> dict[str, float]:
    x, y, _, names = matrix(rows)
    fitted = model(question).fit(x, y)
    table = {BIAS: float(fitted.intercept_[0]) - THRESHOLD.get(question, 0.0)}
    return table | {name: float(w) for name, w in zip(names, fitted.coef_[0], strict=True)}
