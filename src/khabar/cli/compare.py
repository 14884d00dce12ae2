"""`khabar compare-engines`: where two readers differ."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter

from khabar import Coder
from khabar.collect import Hints, find_inputs, read_inputs
from khabar.evaluate.differences import Difference, differences
from khabar.export.bidi import isolate
from khabar.model import InvalidValue, Record, parse_day


def run(args: argparse.Namespace) -> int:
    """Print the differences and, to standard error, how many there are of each field."""
    names = args.engines.split(",")
    if len(names) != 2:
        raise InvalidValue(f"engines {args.engines!r}: expected two names with a comma between them")
    one, other = (Coder(name) for name in names)
    inputs = find_inputs(args.paths or ["-"])
    hints = Hints(parse_day(args.published) if args.published else None, args.outlet)
    counts: Counter[str] = Counter()
    articles = 0
    for item in read_inputs(inputs.paths, hints, stdin=sys.stdin.buffer):
        if isinstance(item, Record):
            print(f"khabar: {item.id}: {item.outcome.reason}", file=sys.stderr)
            continue
        articles += 1
        for d in differences(one.code(item).record(), other.code(item).record()):
            counts[d.field] += 1
            print(_json(d, names) if args.json else _line(d, names))
    told = ", ".join(f"{field} {n}" for field, n in counts.most_common()) or "none"
    print(f"{articles} articles, differences: {told}", file=sys.stderr)
    return 0


def _json(d: Difference, names: list[str]) -> str:
    return json.dumps({"id": d.id, "start": d.start, "trigger": d.trigger, "field": d.field, names[0]: d.one, names[1]: d.other}, ensure_ascii=False)


def _line(d: Difference, names: list[str]) -> str:
    sides = "   ".join(f"{name}: {_side(value)}" for name, value in zip(names, (d.one, d.other), strict=True))
    return f"{d.id}  {isolate(d.trigger)}  {d.field}   {sides}"


def _side(value: str | None) -> str:
    return "no such act" if value is None else isolate(value) if value else "none"
