"""`khabar collect` and `khabar recode`: articles into a store."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator

from khabar import Hints, OwnTables, Store, collect_into, find_inputs, known, open_store, parse_day, recode
from khabar.cli.progress import progress
from khabar.collect.columns import Columns
from khabar.collect.items import Options
from khabar.collect.pieces import read_pieces
from khabar.dataset import Stored
from khabar.model import InvalidValue


def run(args: argparse.Namespace) -> int:
    """Read, code and store what the arguments name; 1 where an input failed. With --report and no input, tell of what the store holds."""
    if not args.inputs and args.report:
        with open_store(args.store) as store:
            _outcomes(store)
        return 0
    if not args.inputs:
        raise InvalidValue("nothing to collect; give files, folders or - for standard input")
    inputs = find_inputs(args.inputs, without=[args.store])
    own = OwnTables(args.places, args.actors)
    hints = Hints(parse_day(args.published) if args.published else None, args.outlet)
    with open_store(args.store, create=True) as store:
        is_known = known(store, args.engine, own)
        pieces = read_pieces(inputs.paths, hints, Options(Columns.parse(args.column)), known=is_known, stdin=sys.stdin.buffer)
        failed = _told(collect_into(store, pieces, engine=args.engine, jobs=args.jobs, own=own), inputs.articles)
        if args.report:
            _outcomes(store)
    return 1 if failed else 0


def recode_store(args: argparse.Namespace) -> int:
    """Read the articles of a store anew; 1 where one failed."""
    with open_store(args.store) as store:
        failed = _told(recode(store, engine=args.engine, jobs=args.jobs, own=OwnTables(args.places, args.actors)), None)
    return 1 if failed else 0


def _told(stored: Iterator[Stored], total: int | None) -> int:
    """Say what became of the inputs; the number of those that failed."""
    fates: Counter[str] = Counter()
    failed = mentions = 0
    with progress(total, quiet=False) as step:
        for one in stored:
            fates[one.fate] += 1
            mentions += one.mentions
            step(one.mentions)
            if one.outcome == "failed":
                failed += 1
                print(f"khabar: {one.article_id}: {one.reason}", file=sys.stderr)
    told = ", ".join(f"{n} {fate}" for fate, n in fates.most_common()) or "no inputs"
    print(f"{fates.total()} inputs: {told}; {mentions} mentions" + (f"; {failed} failed" if failed else ""), file=sys.stderr)
    return failed


def _outcomes(store: Store) -> None:
    """The store's inputs by outcome and reason."""
    for (kind, reason), n in sorted(store.outcomes().items(), key=lambda x: -x[1]):
        print(f"{n:8}  {kind}" + (f": {reason}" if reason else ""))
