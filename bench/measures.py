"""The measures of quality, each as one table.

usage: measures.py [dev] [sample] [own] [sentences]     (all of them without arguments)

Needs the shared gold ($KHABAR_SHARED, default ../shared); `own` needs the texts of corpus/own put back by `train/corpus.py restore`.
"""

from __future__ import annotations

import json
import os
import pathlib
import sys
from collections import defaultdict

from khabar import Coder, Document
from khabar.evaluate import load_records, score
from khabar.model import parse_day

SHARED = pathlib.Path(os.environ.get("KHABAR_SHARED", "../shared"))
SETS = {"dev": SHARED / "gold/dev", "sample": SHARED / "gold/sample.json", "own": pathlib.Path("build/own")}
KEYWORDS = {
    "ASSAULT": "قتل قتلى مقتل هجوم هجمات قصف تفجير انفجار اشتباكات غارة غارات اغتيال خطف اختطاف جرح جرحى معارك".split(),
    "PROTEST": "مظاهرة مظاهرات تظاهر تظاهرة متظاهرين احتجاج احتجاجات محتجين اعتصام إضراب مسيرة مسيرات".split(),
}


def articles(name: str, coder: Coder) -> None:
    gold = load_records(SETS[name])
    coded = {}
    for key, g in gold.items():
        published = parse_day(g["published"]) if g.get("published") else None
        coded[key] = coder.code(Document(g["text"], key, published, g.get("outlet"))).record()
    result = score(gold, coded, bootstrap=1000)
    print(f"\n== {name}: {len(gold)} articles, {sum(len(g['mentions']) for g in gold.values())} mentions")
    for title, row in (*result.measures.items(), *result.by_type.items()):
        spread = "  [{:.3f}, {:.3f}]".format(*row.interval) if row.interval else ""
        print(f"{title:26} P {row.p:.3f}  R {row.r:.3f}  F1 {row.f1:.3f}{spread}  gold {row.gold:4}  predicted {row.predicted:4}")


def sentences(coder: Coder) -> None:
    rows = [json.loads(line) for line in (SHARED / "gold/event-detection-dev.jsonl").read_text("utf-8").splitlines()]
    found: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for n, row in enumerate(rows):
        record = coder.code(Document(row["text"], str(n)))
        kinds = {m.type for m in record.mentions if m.status == "actual"}
        kind, label = row["type"], row["label"]
        if label != "ambiguous":
            found[kind].append((label, kind in kinds, any(w in row["text"] for w in KEYWORDS[kind])))
    for kind, entries in sorted(found.items()):
        for title, pick in (("khabar", 1), ("keywords", 2)):
            report(kind, title, [(str(entry[0]), bool(entry[pick])) for entry in entries])


def report(kind: str, title: str, entries: list[tuple[str, bool]]) -> None:
    yes = [hit for label, hit in entries if label == "yes"]
    positive = sum(hit for _, hit in entries)
    p, r = sum(yes) / max(1, positive), sum(yes) / max(1, len(yes))
    by_label = defaultdict(list)
    for label, hit in entries:
        by_label[label].append(hit)
    shares = ", ".join(f"{label} {sum(hits)}/{len(hits)}" for label, hits in sorted(by_label.items()))
    print(f"{kind:8} {title:9} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r) if p + r else 0:.3f}   found: {shares}")


def main() -> None:
    wanted = sys.argv[1:] or [*SETS, "sentences"]
    coder = Coder()
    for name in wanted:
        if name == "sentences":
            print("\n== sentences judged by people")
            sentences(coder)
        elif SETS[name].exists():
            articles(name, coder)
        else:
            print(f"\n== {name}: {SETS[name]} is not here, skipped")


if __name__ == "__main__":
    main()
