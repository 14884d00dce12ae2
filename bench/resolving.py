"""How well values are resolved, on the test sets of corpus/resolve.

usage: resolving.py [places] [times] [numbers] [actors]     (all of them without names)

Each item is a span of an article with the value a reader of the article gave it; the whole article is resolved, and the value found over the
span is compared. What is not found is wrong. Needs the folder $KHABAR_SHARED (default ../shared), whose corpora hold the texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import pathlib
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from khabar import Found, Resolver

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "train"))
import corpus

SHARED = pathlib.Path(os.environ.get("KHABAR_SHARED", "../shared"))
SETS = pathlib.Path(__file__).resolve().parent.parent / "corpus/resolve"
NEAR_KM = 25.0
SMALL = ("village", "camp", "quarter", "point")
Item = dict[str, Any]


def kilometres(a: Item, b: Item) -> float:
    """Flat-earth distance, infinite where one has no coordinates."""
    if a["lat"] is None or b["lat"] is None:
        return math.inf
    return 111.2 * math.hypot(a["lat"] - b["lat"], (a["lon"] - b["lon"]) * math.cos(math.radians((a["lat"] + b["lat"]) / 2)))


def covering(item: Item, found: tuple[Found, ...]) -> Found | None:
    """The value found over an item: the one that shares most characters with it, the shorter of two."""
    shared = [(min(item["end"], f.span.end) - max(item["start"], f.span.start), f.span.start - f.span.end, k) for k, f in enumerate(found)]
    best = max((s for s in shared if s[0] > 0), default=None)
    return found[best[2]] if best else None


def place(item: Item, v: Item | None, tally: Counter[str]) -> None:
    tally["country of"] += 1
    tally["country"] += v is not None and v["country"] == item["country"]
    if item["admin1"]:
        tally["admin1 of"] += 1
        tally["admin1"] += v is not None and same_unit(v["admin1"], item["admin1"]) and v["country"] == item["country"]
    if item["lat"] is None:
        return
    near = v is not None and kilometres(item, v) <= NEAR_KM
    for name, counts in (("within 25 km", True), ("village", item["level"] in SMALL), ("points", v is not None and v["precision"] in ("point", "town"))):
        tally[name + " of"] += counts
        tally[name] += counts and near


def same_unit(found: str | None, wanted: str) -> bool:
    """Whether two spellings mean one first-level unit: the same consonants, articles and words such as Governorate apart."""
    from khabar.arabic.skeleton import latin_skeleton

    return found is not None and latin_skeleton(found) == latin_skeleton(wanted.removesuffix(" Governorate").removesuffix(" Province"))


def moment(item: Item, v: Item | None, tally: Counter[str]) -> None:
    days = ((v["from"] or "")[:10], (v["to"] or "")[:10]) if v else ("", "")
    tally["exact of"] += 1
    tally["exact"] += days == (item["from"] or "", item["to"] or "")


def number(item: Item, v: Item | None, tally: Counter[str]) -> None:
    tally["low and high of"] += 1
    tally["low and high"] += v is not None and (v["low"], v["high"]) == (item["low"], item["high"])


def actor(item: Item, v: Item | None, tally: Counter[str]) -> None:
    country, _, sector = v["code"].partition(" ") if v else ("", "", "")
    for name, right in (("country", country == item["country"]), ("sector", v is not None and (sector or "-") == item["sector"])):
        tally[name + " of"] += 1
        tally[name] += right
    if item.get("id"):
        tally["entity in the book of"] += 1
        tally["entity in the book"] += v is not None and v["id"] == item["id"]


JUDGES: dict[str, tuple[str, Callable[[Item, Item | None, Counter[str]], None]]] = {
    "places": ("place", place), "times": ("time", moment), "numbers": ("number", number), "actors": ("actor", actor),
}  # fmt: skip


def measure(name: str, resolver: Resolver) -> Counter[str]:
    """The tallies of one test set."""
    kind, judge = JUDGES[name]
    records = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    texts = corpus.article_texts(records, SHARED)
    tally: Counter[str] = Counter()
    for r in records:
        text = texts[r["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != r["sha256"]:
            raise SystemExit(f"{r['id']}: the text is not the one that was annotated")
        began = time.perf_counter()
        found = resolver.resolve(kind, text, published=r["published"], outlet=r["outlet"])  # type: ignore[arg-type]
        tally["microseconds"] += int(1e6 * (time.perf_counter() - began))
        tally["articles"] += 1
        for item in r["items"]:
            best = covering(item, found)
            tally["found"] += best is not None
            tally["items"] += 1
            judge(item, best.value if best else None, tally)
    return tally


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("names", nargs="*", metavar="NAME", choices=[[], *JUDGES])
    resolver = Resolver()
    for name in cli.parse_args().names or JUDGES:
        t = measure(name, resolver)
        each = t["microseconds"] / 1e3 / t["articles"]
        print(f"{name}: {t['items']} items in {t['articles']} articles, found {t['found'] / t['items']:.3f}, {each:.1f} ms an article")
        for key in (k.removesuffix(" of") for k in t if k.endswith(" of")):
            print(f"  {key:20} {t[key] / t[key + ' of']:.3f}  of {t[key + ' of']}")


if __name__ == "__main__":
    main()
