"""`khabar score`: coded records beside gold annotations."""

from __future__ import annotations

import argparse
import json

from khabar.evaluate import Rates, load_records, score


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    result = score(load_records(args.gold), load_records(args.predicted), errors=args.errors, bootstrap=args.bootstrap)
    if args.json:
        print(json.dumps(result.record(), ensure_ascii=False, indent=1))
        return 0
    for figures in (result.measures, result.by_type):
        print("\n".join(_line(name, rates) for name, rates in figures.items()) + "\n")
    print("\n".join(result.mistakes))
    return 0


def _line(name: str, rates: Rates) -> str:
    spread = " [{:.3f}, {:.3f}]".format(*rates.interval) if rates.interval else ""
    return f"{name:26} P {rates.p:.3f}  R {rates.r:.3f}  F1 {rates.f1:.3f}{spread}  gold {rates.gold:5}  predicted {rates.predicted:5}"
