"""Measure how well reports of one event are joined: B-cubed over the judged mentions of corpus/stories.

usage: stories.py [PART] [--engine NAME] [--shared DIR] [--threshold P] [--batch]

The articles of a part (dev or test) are coded and joined in a store of their own. A judged mention that the reader did not find counts as an
event of its own. Nobody reads the errors of test. With --batch they are joined by `khabar batch-stories`, which compares within blocks only.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from khabar import DEFAULT_ENGINE, Document, Store
from khabar.archives import Settings, join_batch, run_batch
from khabar.archives.folder import Folder
from khabar.archives.reading import articles as held_articles
from khabar.archives.reading import rows_of_file
from khabar.archives.rows import mention_ids
from khabar.collect.items import Piece
from khabar.dataset import collect, join, open_store
from khabar.evaluate.bcubed import Spot, bcubed, matched

ROOT = Path(__file__).parent.parent


def judgements(part: str) -> list[dict[str, Any]]:
    """The judged articles of a part."""
    lines = (ROOT / "corpus" / "stories" / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def articles(wanted: dict[str, str], shared: Path) -> Iterator[Piece]:
    """The articles named, with their texts; one whose text differs is left out."""
    for name in ("saudinewsnet", "ant"):
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                a = json.loads(line)
                digest = hashlib.sha256(a["text"].encode()).hexdigest()
                if wanted.get(a["id"]) == digest:
                    yield Piece(a["id"], digest, Document(a["text"], a["id"], a["published"], a["outlet"], a.get("url")), "text", a.get("title"))


def build(part: str, shared: Path, engine: str, path: str) -> Store:
    """A store of a part's articles, coded."""
    store = open_store(path, create=True)
    for _ in collect(store, articles({a["id"]: a["sha256"] for a in judgements(part)}, shared), engine=engine, jobs=1):
        pass
    return store


def spots(part: str) -> tuple[list[Spot], dict[str, str]]:
    """The judged mentions, and the event of each."""
    found, events = [], {}
    for a in judgements(part):
        for i, m in enumerate(a["mentions"]):
            found.append(Spot(f"{a['id']}#{i}", a["id"], m["start"], m["end"], m["type"]))
            events[found[-1].id] = m["event"]
    return found, events


def batched(part: str, shared: Path, engine: str, folder: Path, threshold: float | None) -> tuple[dict[str, int], list[tuple[Spot, str]]]:
    """A part's articles as a batch, joined there: what it came to, and each mention with its event."""
    with (folder / "in.jsonl").open("w", encoding="utf-8") as out:
        for piece in articles({a["id"]: a["sha256"] for a in judgements(part)}, shared):
            d = piece.item
            assert isinstance(d, Document)
            out.write(json.dumps({"id": d.id, "text": d.text, "published": str(d.published), "outlet": d.outlet, "url": d.url}, ensure_ascii=False) + "\n")
    run_batch([str(folder / "in.jsonl")], str(folder / "out"), Settings(engine))
    made = join_batch(str(folder / "out"), threshold=threshold)
    batch = Folder(str(folder / "out"))
    event_of = {r["mention_id"]: r["event_id"] for name in batch.names("members") for r in rows_of_file(batch, name)}
    found = []
    for held in held_articles(batch):
        for mention_id, m in zip(mention_ids(held.row["article_id"], held.record.mentions), held.record.mentions, strict=True):
            found.append((Spot(mention_id, held.record.id or "", m.trigger.start, m.trigger.end, m.type), event_of[mention_id]))
    return made, found


def stored(part: str, shared: Path, engine: str, folder: Path, threshold: float | None) -> tuple[dict[str, int], list[tuple[Spot, str]]]:
    """Likewise, by a store."""
    with build(part, shared, engine, str(folder / "stories.db")) as store:
        joined = join(store, threshold=threshold)
        rows = list(store.mentions())
    found = [(Spot(r.mention_id, r.article_id, r.mention.trigger.start, r.mention.trigger.end, r.mention.type), r.event_id) for r in rows]
    return {"articles": joined.articles, "copies": joined.copies}, found


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("part", nargs="?", default="test", choices=("dev", "test"))
    cli.add_argument("--engine", default=DEFAULT_ENGINE)
    cli.add_argument("--shared", type=Path, default=Path(os.environ.get("KHABAR_SHARED") or ROOT.parent / "shared"))
    cli.add_argument("--threshold", type=float)
    cli.add_argument("--batch", action="store_true", help="join by the second pass over a batch")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        joined, mentions = (batched if args.batch else stored)(args.part, args.shared, args.engine, Path(folder), args.threshold)
    gold, events = spots(args.part)
    pairs = matched(gold, [spot for spot, _ in mentions])
    event_of = {spot.id: event for spot, event in mentions}
    found = {g: event_of[m] for g, m in pairs.items()}
    whole, part = bcubed(events, found), bcubed({g: e for g, e in events.items() if g in found}, found)
    across = {e for e in events.values() if len({g.split("#")[0] for g, x in events.items() if x == e}) > 1}
    print(f"{joined['articles']} articles with events, {joined['copies']} copies")
    print(f"{len(gold)} judged mentions of {len(set(events.values()))} events, {len(across)} told by several articles")
    print(f"{'':24}precision recall F1     mentions")
    for name, a in (("all judged mentions", whole), ("those found", part)):
        print(f"{name:24}{a.precision:.3f}     {a.recall:.3f}  {a.f1:.3f}  {a.mentions}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
