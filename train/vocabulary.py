"""Which pieces Arabic news needs: those that its words are cut into.

usage: vocabulary.py [--shared DIR] -o OUT.json    ids of the pieces of multilingual-E5-small to keep
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter
from pathlib import Path

from encoder import SPECIAL, read_encoder
from khabar.engines.learned.pieces import Pieces
from khabar.segment import tokens

CORPORA = ("ant.jsonl.gz", "saudinewsnet.jsonl.gz")
RARE = 3  # a piece that fewer words of the corpora hold is spelled by shorter ones


def words(shared: Path, every: int) -> Counter[tuple[str, bool]]:
    """The words of the corpora, each with whether a space stands before it."""
    found: Counter[tuple[str, bool]] = Counter()
    for name in CORPORA:
        with gzip.open(shared / "corpora" / name, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every:
                    continue
                end = -1
                for t in tokens(json.loads(line)["text"]):
                    found[t.text, t.start > end] += 1
                    end = t.end
    return found


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, default=Path(os.environ.get("KHABAR_SHARED") or "../shared"))
    cli.add_argument("--every", type=int, default=4, help="read every N-th article")
    cli.add_argument("-o", "--out", type=Path, required=True)
    args = cli.parse_args()
    encoder = read_encoder()
    pieces = Pieces(encoder.pieces, encoder.scores)
    used: Counter[int] = Counter()
    for (word, space), n in words(args.shared, args.every).items():
        for piece in pieces.word(word, after_space=space):
            used[piece] += n
    keep = [i for i, p in enumerate(encoder.pieces) if i < SPECIAL or used[i] >= RARE or (len(p) == 1 and used[i])]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps([encoder.pieces[i] for i in keep], ensure_ascii=False), "utf-8")
    print(len(keep), "pieces of", len(encoder.pieces))


if __name__ == "__main__":
    main()
