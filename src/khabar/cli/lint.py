"""`khabar lexicon lint`: the faults of the lexicon's tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from khabar.lexicon.lint import lint
from khabar.lexicon.tables import DATA
from khabar.model import InvalidValue


def run(args: argparse.Namespace) -> int:
    """Print every fault; 1 where there is one."""
    folder = Path(args.folder) if args.folder else None
    if folder and not folder.is_dir():
        raise InvalidValue(f"{folder}: no such folder; expected one with the tables of FORMAT.md")
    faults = lint(folder or DATA)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no faults")
    return 1 if faults else 0
