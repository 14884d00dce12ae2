"""`khabar export` and `khabar import`."""

from __future__ import annotations

import argparse
import sys

from khabar import ExportReport, export_store, import_store, open_store
from khabar.cli.stored import filter_of


def write_export(args: argparse.Namespace) -> int:
    """Write what a store holds in a format; what was dropped goes to standard error."""
    with open_store(args.store) as store:
        path = sys.stdout.buffer if args.output in (None, "-") else args.output
        done = export_store(store, args.to, path, wanted=filter_of(args), full=args.full, counts=args.counts, who=args.who)
    _tell(done)
    return 0


def _tell(done: ExportReport) -> None:
    written = ", ".join(f"{n} {name}" for name, n in done.written.items()) or "nothing"
    lines = [f"written: {written}", *(f"dropped: {n} {why}" for why, n in done.dropped.items()), *(f"note: {note}" for note in done.notes)]
    if done.full:
        lines.append("note: people are not protected in this export (--full), which the store keeps on record")
    print("\n".join(lines), file=sys.stderr)


def import_export(args: argparse.Namespace) -> int:
    """Make a store of a whole export."""
    with open_store(args.store, create=True) as store:
        counts = import_store(store, args.path)
    print("read: " + ", ".join(f"{n} {table}" for table, n in counts.items() if n), file=sys.stderr)
    return 0
