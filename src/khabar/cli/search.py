"""`khabar gazetteer` and `khabar actors`: search them, and check tables of one's own."""

from __future__ import annotations

import argparse
import json
from itertools import islice
from pathlib import Path

from khabar import Resolver
from khabar.export.bidi import isolate
from khabar.lexicon.lint import lint_actors
from khabar.model import InvalidValue, LexiconFault
from khabar.resolver import lint_places


def gazetteer(args: argparse.Namespace) -> int:
    """Places by name, one a line: name, English, country, first-level unit, degrees, precision, basis, id; 1 where there is none."""
    found = list(islice(Resolver().search_places(args.name, args.country), args.limit))
    for key, place in found:
        where = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else "-"
        cells = (isolate(key), place.name, place.country or "-", place.admin1 or "-", where, place.precision, place.basis, place.id or "-")
        print(json.dumps({"found": key, **place.record()}, ensure_ascii=False) if args.json else "\t".join(cells))
    return 0 if found else 1


def actors(args: argparse.Namespace) -> int:
    """Actors by name, one office a line: id, English, code, kind, from, to, parent; 1 where there is none."""
    found = list(islice(Resolver().search_actors(args.name), args.limit))
    for who in found:
        named = {"id": who.id, "name": who.english, "code": who.code, "kind": who.kind, "from": who.since, "to": who.until, "parent": who.parent}
        print(json.dumps({k: v or None for k, v in named.items()}, ensure_ascii=False) if args.json else "\t".join(v or "-" for v in named.values()))
    return 0 if found else 1


def lint(args: argparse.Namespace) -> int:
    """The faults of a table of one's own; 1 where there is one."""
    path = Path(args.file)
    if not path.is_file():
        raise InvalidValue(f"{path}: no such file; expected a table of {args.table}")
    faults: tuple[LexiconFault, ...] = lint_places(path) if args.table == "places" else lint_actors(path)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no faults")
    return 1 if faults else 0
