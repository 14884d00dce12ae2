"""Write the name parts that people's names in news are made of.

usage: build_names.py [SHARED]    (default $KHABAR_SHARED or ../shared)

Source: lexical/name-pairs-en-ar.tsv.gz (English-Arabic name parts from Wikidata through NETransliteration, CC0). Kept are Arabic forms of
three letters or more that the pairs show at least twice, or once in five letters or more, and that no table of the lexicon knows as a word.
"""

from __future__ import annotations

import gzip
import os
import pathlib
import sys
from collections import Counter

from khabar.arabic.fold import fold
from khabar.lexicon import load_lexicon


def main() -> None:
    shared = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KHABAR_SHARED", "../shared"))
    counts: Counter[str] = Counter()
    with gzip.open(shared / "lexical/name-pairs-en-ar.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            _, arabic, times = line.rstrip("\n").split("\t")
            counts[fold(arabic.replace(" ", ""))] += int(times)
    lexicon = load_lexicon()
    known = {*lexicon.forms, *lexicon.nouns, *lexicon.adjectives, *lexicon.functions}
    kept = sorted(n for n, c in counts.items() if len(n) >= 3 and n.isalpha() and (c >= 2 or len(n) >= 5) and n not in known)
    path = pathlib.Path("src/khabar/lexicon/data/people_names.txt")
    path.write_text("# name parts, folded; from NETransliteration (Wikidata), CC0; written by train/build_names.py\n" + "\n".join(kept) + "\n", "utf-8")
    print(len(kept), "names,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
