"""`khabar collect` and `khabar recode`: articles into a store."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain

from khabar import Hints, OwnTables, Store, collect_into, find_inputs, known, open_store, parse_day, recode
from khabar.archives.folder import is_batch
from khabar.cli.progress import progress
from khabar.collect.columns import Columns
from khabar.collect.items import Known, Options, Piece
from khabar.collect.pieces import read_pieces
from khabar.collect.seeds import Entry
from khabar.collect.web import Seen, entries_of, is_address, read_web
from khabar.dataset import Stored, collect_batch, seen
from khabar.model import InvalidValue


def run(args: argparse.Namespace) -> int:
    """Read, code and store what the arguments name; 1 where an input failed. With --report and no input, tell of what the store holds."""
    if not args.inputs and args.report:
        with open_store(args.store) as store:
            _outcomes(store)
        return 0
    if not args.inputs:
        raise InvalidValue("nothing to collect; give files, folders or - for standard input")
    if any(is_batch(given) for given in args.inputs):
        return _batches(args)
    urls, entries, paths = _sorted(args.inputs)
    inputs = find_inputs(paths, without=[args.store])
    own = OwnTables(args.places, args.actors)
    hints = Hints(parse_day(args.published) if args.published else None, args.outlet)
    with open_store(args.store, create=True) as store:
        is_known = known(store, args.engine, own)
        pieces: Iterator[Piece | Known] = read_pieces(inputs.paths, hints, Options(Columns.parse(args.column)), known=is_known, stdin=sys.stdin.buffer)
        if urls or entries:
            pieces = chain(pieces, _fetched(args, urls, entries, hints, is_known, seen(store)))
        failed = _told(collect_into(store, pieces, engine=args.engine, jobs=args.jobs, own=own), None if urls or entries else inputs.articles)
        if args.report:
            _outcomes(store)
    return 1 if failed else 0


def _batches(args: argparse.Namespace) -> int:
    """Put what `khabar batch` wrote into the store."""
    if other := next((given for given in args.inputs if not is_batch(given)), None):
        raise InvalidValue(f"{other}: no batch, but others given are; collect batches and other inputs one after the other")
    with open_store(args.store, create=True) as store:
        failed = _told(chain.from_iterable(collect_batch(store, given) for given in args.inputs), None)
        if args.report:
            _outcomes(store)
    return 1 if failed else 0


def _sorted(inputs: list[str]) -> tuple[list[str], list[Entry], list[str]]:
    """The inputs as addresses, the entries of local lists of addresses, and files."""
    urls, entries, paths = [], list[Entry](), []
    for given in inputs:
        if is_address(given):
            urls.append(given)
        elif (found := entries_of(given)) is not None:
            entries += found
        else:
            paths.append(given)
    return urls, entries, paths


def _fetched(
    args: argparse.Namespace, urls: list[str], entries: list[Entry], hints: Hints, is_known: Callable[[str, str], bool], look: Callable[[str], Seen | None]
) -> Iterator[Piece | Known]:
    """The articles at addresses, fetched politely."""
    from khabar.collect.fetch import Archive, Fetcher

    with ExitStack() as stack:
        archive = stack.enter_context(Archive(args.archive)) if args.archive else None
        fetcher = stack.enter_context(Fetcher(delay=args.delay, contact=args.contact, archive=archive, allow_loopback=args.allow_loopback))
        yield from read_web(urls, fetcher, hints, known=is_known, seen=look, entries=entries)


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
