"""Measure the test part of the corpus, and log that it was used.

usage: measure_test.py [--engine NAME] [--why "..."]

Nobody reads the errors of the test part; only the figures printed here. Each use adds a line to docs/test-uses.md: the day, the reader, the hash of its model,
and why.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

from khabar import DEFAULT_ENGINE
from khabar.evaluate import score
from measures import SHARED, code_all_of, corpus_part, show

LOG = Path("docs/test-uses.md")
HEAD = """# Uses of the test part

Every measuring of the corpus's test part, by `make measure-test`. Nobody reads its errors.

| day | reader | model | why | articles | trigger+type | with status |
|---|---|---|---|---:|---:|---:|
"""


def model_of(engine: str) -> str:
    """The first letters of the hash of what the reader has learned."""
    path = files("khabar.engines") / ("learned/data/model.json" if engine == "learned" else "rules/data/weights.json")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--engine", default=DEFAULT_ENGINE)
    cli.add_argument("--why", default="-")
    args = cli.parse_args()
    if not SHARED.exists():
        print(f"measure-test: {SHARED} is not here; nothing was measured", file=sys.stderr)
        return 1
    gold = corpus_part("test")
    found = score(gold, code_all_of(gold, args.engine), bootstrap=1000)
    show(f"corpus test, {args.engine}", gold, found)
    if not LOG.exists():
        LOG.write_text(HEAD, "utf-8")
    figures = [f"{found.measures[m].f1:.3f}" for m in ("trigger+type", "trigger+type+status")]
    row = " | ".join(["| " + str(date.today()), args.engine, model_of(args.engine), args.why, str(len(gold)), *figures]) + " |\n"
    with LOG.open("a", encoding="utf-8") as log:
        log.write(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
