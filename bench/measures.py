"""The measures of quality, each as one table.

usage: measures.py [--engine NAME] [dev] [sample] [corpus] [sentences]     (all of them without names)

`dev` and `sample` are the shared gold, `corpus` is the dev part of corpus/khabar.jsonl. Needs the folder $KHABAR_SHARED (default ../shared).
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import sys
from collections import defaultdict
from typing import Any

from khabar import DEFAULT_ENGINE, Coder, Document, code_all
from khabar.evaluate import Score, load_records, score
from khabar.model import parse_day

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "train"))
import corpus

SHARED = pathlib.Path(os.environ.get("KHABAR_SHARED", "../shared"))
ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS, SPLIT = ROOT / "corpus/khabar.jsonl", ROOT / "corpus/split.tsv"
SETS = {"dev": SHARED / "gold/dev", "sample": SHARED / "gold/sample.json"}
KEYWORDS = {
    "ASSAULT": "قتل قتلى مقتل هجوم هجمات قصف تفجير انفجار اشتباكات غارة غارات اغتيال خطف اختطاف جرح جرحى معارك".split(),
    "PROTEST": "مظاهرة مظاهرات تظاهر تظاهرة متظاهرين احتجاج احتجاجات محتجين اعتصام إضراب مسيرة مسيرات".split(),
}


def corpus_part(part: str) -> dict[str, dict[str, Any]]:
    """The records of a part of the corpus, their texts put back from the shared corpora."""
    records = corpus.of_part(corpus.read_jsonl(CORPUS), part, SPLIT)
    texts = corpus.article_texts(records, SHARED)
    return {r["id"]: corpus.restored(r, texts[r["id"]]) for r in records}


def code_all_of(gold: dict[str, dict[str, Any]], engine: str = DEFAULT_ENGINE) -> dict[str, dict[str, Any]]:
    """The articles of gold records as a reader codes them, in two processes."""
    documents = (Document(g["text"], key, parse_day(g["published"]) if g.get("published") else None, g.get("outlet")) for key, g in gold.items())
    return {str(r.id): r.record() for r in code_all(documents, jobs=2, engine=engine)}


def show(name: str, gold: dict[str, dict[str, Any]], result: Score) -> None:
    print(f"\n== {name}: {len(gold)} articles, {sum(len(g['mentions']) for g in gold.values())} mentions")
    for title, row in (*result.measures.items(), *result.by_type.items()):
        spread = "  [{:.3f}, {:.3f}]".format(*row.interval) if row.interval else ""
        print(f"{title:26} P {row.p:.3f}  R {row.r:.3f}  F1 {row.f1:.3f}{spread}  gold {row.gold:4}  predicted {row.predicted:4}")
    asked = [r.f1 for r in result.by_type.values() if r.gold]
    print(f"{'mean F1 of the types':26} {sum(asked) / max(1, len(asked)):.3f}  over the {len(asked)} types that occur")


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
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("names", nargs="*", default=["dev", "sample", "corpus", "sentences"])
    cli.add_argument("--engine", default=DEFAULT_ENGINE)
    args = cli.parse_args()
    for name in args.names:
        if name == "sentences":
            print("\n== sentences judged by people")
            sentences(Coder(args.engine))
        else:
            gold = corpus_part("dev") if name == "corpus" else load_records(SETS[name])
            show(name, gold, score(gold, code_all_of(gold, args.engine), bootstrap=1000))


if __name__ == "__main__":
    main()
