"""The conformance cases of Microsoft's Recognizers-Text, file by file, as one table.

usage: conformance.py [--wrong] [NAME ...]     (--wrong lists the cases that are not right; NAME is part of a file's name)

Needs the folder $KHABAR_SHARED (default ../shared). What counts as right is told in tests/resolve/conformance.py.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
from resolve.conformance import FOLDER, MEASURES


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("names", nargs="*", metavar="NAME")
    cli.add_argument("--wrong", action="store_true")
    args = cli.parse_args()
    if not FOLDER.is_dir():
        sys.exit(f"the conformance cases are not here: {FOLDER} is missing; set KHABAR_SHARED to the folder that holds conformance/")
    print("| file | right | of | share |\n|---|---|---|---|")
    chosen = [measure for measure in MEASURES if not args.names or any(name in measure.name for name in args.names)]
    for measure in chosen:
        right, count = measure.counts()
        print(f"| {measure.name} | {right} | {count} | {right / count:.3f} |")
        if args.wrong:
            print("\n".join(f"    {text}" for text in measure.wrong()))


if __name__ == "__main__":
    main()
