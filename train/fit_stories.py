"""Fit the weights by which reports are joined (khabar/stories/weights.json) on the dev part of corpus/stories.

usage: fit_stories.py [--shared DIR] [-o FILE]

Logistic regression over pairs of events that the joiner would compare and of which both were judged, cross-validated by event; the threshold is
the one that gives the best B-cubed F1 on dev at a precision of at least 0.91.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from khabar import DEFAULT_ENGINE  # noqa: E402
from khabar.dataset import reported_mentions  # noqa: E402
from khabar.evaluate.bcubed import Spot, bcubed, matched  # noqa: E402
from khabar.stories.join import join, steps  # noqa: E402
from khabar.stories.likeness import Weights  # noqa: E402
from khabar.stories.units import Unit, units  # noqa: E402
from stories import build, spots  # noqa: E402

LEAST_PRECISION = 0.91


def judged_units(found: list[Unit], event_of: dict[str, str]) -> list[str | None]:
    """The event that most judged mentions of each unit tell."""
    votes = [Counter(event_of[m] for m in u.mention_ids if m in event_of) for u in found]
    return [v.most_common(1)[0][0] if v else None for v in votes]


def fit(found: list[Unit], labels: list[str | None]) -> tuple[float, dict[str, float], int]:
    """Bias and weights, and the number of comparisons."""
    told = list(steps(found, {i: x for i, x in enumerate(labels) if x}))
    names = sorted({n for f, _ in told for n in f})
    x = np.array([[f.get(n, 0.0) for n in names] for f, _ in told])
    y = np.array([same for _, same in told])
    model = LogisticRegression(C=1.0, max_iter=3000).fit(x, y)
    print(f"{len(told)} comparisons, {int(y.sum())} of them with the right story", file=sys.stderr)
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)), len(told)


def best_threshold(found: list[Unit], bias: float, weights: dict[str, float], events: dict[str, str], pairs: dict[str, str]) -> tuple[float, Any]:
    best: tuple[float, Any] = (0.5, None)
    for t in np.arange(0.1, 0.95, 0.05):
        groups = join(found, Weights(bias, weights, float(t))).groups
        of = {m: str(k) for k, g in enumerate(groups) for m in g}
        a = bcubed(events, {g: of[m] for g, m in pairs.items()})
        print(f"{t:.2f} {a.precision:.3f} {a.recall:.3f} {a.f1:.3f}", file=sys.stderr)
        if a.precision >= LEAST_PRECISION and (best[1] is None or a.f1 > best[1].f1):
            best = (round(float(t), 2), a)
    return best


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--shared", type=Path, default=Path(os.environ.get("KHABAR_SHARED") or ROOT.parent / "shared"))
    cli.add_argument("--engine", default=DEFAULT_ENGINE)
    cli.add_argument("--store", help="keep the coded articles there")
    cli.add_argument("-o", "--out", type=Path, default=ROOT / "src" / "khabar" / "stories" / "weights.json")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.store or f"{folder}/dev.db"
        with build("dev", args.shared, args.engine, path) as store:
            found = units(reported_mentions(store)[0])
            rows = list(store.mentions())
    gold, events = spots("dev")
    pairs = matched(gold, [Spot(r.mention_id, r.article_id, r.mention.trigger.start, r.mention.trigger.end, r.mention.type) for r in rows])
    bias, weights, n = fit(found, judged_units(found, {m: events[g] for g, m in pairs.items()}))
    threshold, a = best_threshold(found, bias, weights, events, pairs)
    about = f"logistic regression over {n} comparisons of the dev part of corpus/stories; train/fit_stories.py"
    fields = {"about": about, "bias": round(bias, 4), "threshold": threshold, "weights": {k: round(v, 4) for k, v in weights.items()}}
    args.out.write_text(json.dumps(fields, indent=1) + "\n", "utf-8")
    print(f"{n} comparisons, threshold {threshold}, dev {a}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
