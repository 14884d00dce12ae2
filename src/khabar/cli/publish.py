"""`khabar publish`: the reading room as a static site."""

from __future__ import annotations

import argparse
import sys

from khabar import open_store
from khabar.cli.serve import check_extra
from khabar.cli.stored import filter_of


def run(args: argparse.Namespace) -> int:
    """Write the site, and say what it holds."""
    check_extra()
    from khabar.web.publish import publish

    with open_store(args.store) as store:
        made = publish(store, args.folder, filter_of(args))
    print(f"{made.folder}: {made.files} files, {made.articles} articles, {made.events} events; people protected", file=sys.stderr)
    print(f"to look at it: python3 -m http.server --directory {made.folder}", file=sys.stderr)
    return 0
