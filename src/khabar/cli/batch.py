"""`khabar batch` and `khabar batch-stories`: archives to Parquet."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from khabar import Hints, OwnTables, parse_day
from khabar.archives import Batch, Progress, Settings, check_hash, join_batch, run_batch
from khabar.collect.columns import Columns
from khabar.collect.items import Options
from khabar.model import InvalidValue

EVERY_S = 60.0  # between lines about progress where no terminal shows a bar
DRAW_S = 0.5


def run(args: argparse.Namespace) -> int:
    """Do a batch, or check the hash of one; 1 where an input failed or the hash is another."""
    if args.hash:
        found, stated = check_hash(args.hash)
        print(found)
        if found != stated:
            print(f"khabar: {args.hash}: the manifest states {stated}: files were changed, lost or added since", file=sys.stderr)
        return 0 if found == stated else 1
    if not args.inputs or not args.out:
        raise InvalidValue("nothing to do; give inputs and --out DIR, or --hash DIR")
    hints = Hints(parse_day(args.published) if args.published else None, args.outlet)
    own = OwnTables(args.places, args.actors)
    settings = Settings(args.engine, own, hints, Options(Columns.parse(args.column)), args.triage, args.part_size)
    with _watching() as watch:
        manifest = run_batch(args.inputs, args.out, settings, jobs=args.jobs, runner=args.runner, ray_address=args.ray_address, watch=watch)
    _told(args.out, manifest)
    return 1 if manifest["outcomes"].get("failed") else 0


def stories(args: argparse.Namespace) -> int:
    """Join the reports of a batch."""
    with _watching() as watch:
        made = join_batch(args.batch, threshold=args.threshold, jobs=args.jobs, runner=args.runner, ray_address=args.ray_address, watch=watch)
    print(f"{made['articles']} articles with events, {made['copies']} of them copies")
    print(f"{made['mentions']} mentions of {made['events']} events, {made['joined']} told more than once")
    return 0


def _told(out: str, manifest: Batch) -> None:
    rows = {name: t["rows"] for name, t in manifest["tables"].items()}
    told = ", ".join(f"{n:,} {kind}" for kind, n in manifest["outcomes"].items()) or "none"
    print(f"{rows['outcomes']:,} inputs: {told}; {rows['articles']:,} articles, {rows['mentions']:,} mentions", file=sys.stderr)
    for reason, n in sorted(manifest["reasons"].items(), key=lambda x: -x[1])[:5]:
        print(f"{n:10,}  {reason}", file=sys.stderr)
    if manifest["left_out"]:
        print(f"{manifest['left_out']:,} files of other kinds left out", file=sys.stderr)
    print(f"{out}: hash {manifest['hash']}", file=sys.stderr)


@contextmanager
def _watching() -> Iterator[Any]:
    """What shows how far a batch is: a line that is drawn anew on a terminal, else one a minute."""
    terminal = sys.stderr.isatty()
    shown = _Shown(DRAW_S if terminal else EVERY_S, "\r\x1b[K" if terminal else "", "" if terminal else "\n")
    yield shown
    if terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _Shown:
    """Prints progress now and then, with the rate of this run and the time it may still take."""

    def __init__(self, every: float, begin: str, end: str) -> None:
        self._every, self._begin, self._end = every, begin, end
        self._next = time.monotonic() + every
        self._stage, self._since, self._weight = "", time.monotonic(), 0

    def __call__(self, p: Progress) -> None:
        now = time.monotonic()
        if p.stage != self._stage:
            self._stage, self._since, self._weight = p.stage, now, p.weight
        if now >= self._next:
            self._next = now + self._every
            print(f"{self._begin}{self._line(p, now - self._since)}", end=self._end, file=sys.stderr, flush=True)

    def _line(self, p: Progress, seconds: float) -> str:
        share = p.weight / p.whole if p.whole else 0.0
        done = p.weight - self._weight
        left = f", {_duration((p.whole - p.weight) * seconds / done)} left" if done else ""
        if p.stage != "reading":
            return f"{p.stage} {share:4.0%}{left}"
        inputs = p.inputs + p.live_inputs
        rate = (inputs - p.resumed) / seconds if seconds else 0.0
        return f"{share:4.0%}  {inputs:,} inputs, {p.mentions + p.live_mentions:,} mentions, {rate:.1f} a second{left}"


def _duration(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours} h {rest // 60:02} min" if hours else f"{rest // 60} min {rest % 60:02} s"
