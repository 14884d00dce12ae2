"""The gate that keeps quality: floors for every field that the default reader may not fall under.

usage: gate.py              measure, compare with bench/floors.json, exit 1 where a figure is under its floor or the gold has changed
       gate.py --raise      set the floors to the figures of today where these are higher, and pin the gold as it is now
       gate.py --lower SET FIELD FLOOR   let a floor fall; CHANGELOG.md must name the set, the field and the floor, with the reason
       gate.py --report     also write docs/quality.md: figures by field, type and outlet, with intervals

Sets are `corpus dev`, the dev part of corpus/khabar.jsonl, and `gold dev`, the shared gold. Both need the folder $KHABAR_SHARED (default ../shared).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from khabar import DEFAULT_ENGINE
from khabar.evaluate import Score, load_records, score
from khabar.model import canonical_json
from measures import SHARED, code_all_of, corpus_part

ROOT = Path(__file__).resolve().parent.parent
FLOORS, REPORT, CHANGES = ROOT / "bench/floors.json", ROOT / "docs/quality.md", ROOT / "CHANGELOG.md"
SLACK = 0.005  # rounding of the network differs between processors; a floor lies this much under the figure it was set by
FIELDS = (
    "trigger+type", "trigger+type+status", "modes", "actors", "recipients", "places", "time", "counts", "sources", "source chain (accuracy)", "event links",
)  # fmt: skip
Records = dict[str, dict[str, Any]]


def gold_sets() -> dict[str, Records]:
    return {"corpus dev": corpus_part("dev"), "gold dev": load_records(SHARED / "gold/dev")}


def pinned(gold: Records) -> str:
    """A hash of everything that is measured against: texts and annotations."""
    return hashlib.sha256("".join(canonical_json(gold[k]) for k in sorted(gold)).encode()).hexdigest()


def read_floors() -> dict[str, Any]:
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def write_floors(floors: dict[str, Any]) -> None:
    FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def raised(floors: dict[str, Any], name: str, gold: Records, found: Score) -> None:
    old = floors.get(name, {}).get("floors", {})
    floors[name] = {"sha256": pinned(gold), "floors": {f: round(max(old.get(f, 0.0), found.measures[f].f1 - SLACK), 4) for f in FIELDS}}


def faults(floors: dict[str, Any], name: str, gold: Records, found: Score) -> list[str]:
    if name not in floors:
        return [f"{name}: no floors; set them with --raise"]
    out = [] if floors[name]["sha256"] == pinned(gold) else [f"{name}: the gold has changed; pin it anew with --raise"]
    short = [(f, found.measures[f].f1, floor) for f, floor in floors[name]["floors"].items() if found.measures[f].f1 < floor]
    return out + [f"{name}: {f} is {value:.4f}, under its floor {floor:.4f}" for f, value, floor in short]


def lower(name: str, field: str, floor: float) -> int:
    floors = read_floors()
    if not all(word in CHANGES.read_text("utf-8") for word in (name, field, f"{floor:g}")):
        print(f"CHANGELOG.md does not name {name!r}, {field!r} and {floor:g}; write down why the floor falls", file=sys.stderr)
        return 1
    floors[name]["floors"][field] = floor
    write_floors(floors)
    return 0


def table(found: Score) -> list[str]:
    rows = ["| | P | R | F1 | 95 % | gold | coded |", "|---|---:|---:|---:|---|---:|---:|"]
    for name, r in (*found.measures.items(), *((f"type {k}", v) for k, v in found.by_type.items())):
        spread = f"{r.interval[0]:.3f}-{r.interval[1]:.3f}" if r.interval else ""
        rows.append(f"| {name} | {r.p:.3f} | {r.r:.3f} | {r.f1:.3f} | {spread} | {r.gold} | {r.predicted} |")
    return rows


def by_outlet(gold: Records, coded: Records) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, r in gold.items():
        groups[str(r.get("outlet"))].append(key)
    rows = ["| outlet | articles | mentions | trigger+type | 95 % | with status | sources | source chain |", "|---|---:|---:|---:|---|---:|---:|---:|"]
    for outlet, keys in sorted(groups.items(), key=lambda g: -len(g[1])):
        found = score({k: gold[k] for k in keys}, {k: coded[k] for k in keys}, bootstrap=500).measures
        spread = found["trigger+type"].interval or (0.0, 0.0)
        figures = [found[f].f1 for f in ("trigger+type", "trigger+type+status", "sources", "source chain (accuracy)")]
        mentions = found["trigger+type"].gold
        told = [f"{x:.3f}" for x in figures]
        rows.append("| " + " | ".join([outlet, str(len(keys)), str(mentions), told[0], f"{spread[0]:.3f}-{spread[1]:.3f}", *told[1:]]) + " |")
    return rows


def report(sets: dict[str, tuple[Records, Records]]) -> str:
    out = ["# Quality", "", f"Written by `make gate GATE=--report` on {date.today():%d %B %Y}; reader `{DEFAULT_ENGINE}`.",
           "F1 with the middle 95 % of 1,000 resamplings of the articles.",
           "`modes` and all below it count what a missed mention holds as missed. Small rows have wide intervals: read them with their sizes."]  # fmt: skip
    for name, (gold, coded) in sets.items():
        out += ["", f"## {name}: {len(gold)} articles", "", *table(score(gold, coded, bootstrap=1000)), "", "### By outlet", "", *by_outlet(gold, coded)]
    return "\n".join(out) + "\n"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--raise", dest="higher", action="store_true")
    cli.add_argument("--lower", nargs=3, metavar=("SET", "FIELD", "FLOOR"))
    cli.add_argument("--report", action="store_true")
    args = cli.parse_args()
    if args.lower:
        return lower(args.lower[0], args.lower[1], float(args.lower[2]))
    if not SHARED.exists():
        print(f"gate: {SHARED} is not here; nothing was measured", file=sys.stderr)
        return 0
    floors, found_faults, sets = read_floors(), [], {}
    for name, gold in gold_sets().items():
        sets[name] = (gold, code_all_of(gold))
        found = score(*sets[name])
        if args.higher:
            raised(floors, name, gold, found)
        else:
            found_faults += faults(floors, name, gold, found)
        print(f"{name}: " + ", ".join(f"{f} {found.measures[f].f1:.3f}" for f in FIELDS))
    if args.higher:
        write_floors(floors)
    if args.report:
        REPORT.write_text(report(sets), "utf-8")
    print("\n".join(found_faults) or "the gate is open: every figure holds its floor")
    return int(bool(found_faults))


if __name__ == "__main__":
    sys.exit(main())
