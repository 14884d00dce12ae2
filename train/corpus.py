"""Keep an annotated corpus without its texts: strip, restore, check, count, find near-copies, split.

usage: corpus.py strip RECORD_DIR... -o OUT.jsonl             records with text -> offsets, labels and the SHA-256 of the text
       corpus.py restore IN.jsonl [--shared DIR] [--part PART] -o OUT_DIR   the texts put back from a local copy of the corpora, a record an
                                                              article; with PART (train, dev, test) those of that part of corpus/split.tsv
       corpus.py check IN.jsonl... [--shared DIR]             does every span stand in its text, is every label legal?
       corpus.py figures IN.jsonl...                          tables of types, statuses, chains and outlets, in Markdown
       corpus.py clusters IN.jsonl... [--shared DIR]          near-copies among the articles, gold/dev and the sample
       corpus.py split IN.jsonl... [--shared DIR] [--test IDS.txt] [-o corpus/split.tsv]
       corpus.py agreement FIRST.jsonl SECOND.jsonl [--shared DIR]   how far two annotations of the same articles agree, in Markdown

DIR holds `corpora/` and `gold/`; without --shared it is $KHABAR_SHARED or ../shared. A stripped file has one article a line, as canonical
JSON sorted by id: `id`, `outlet`, `published`, `sha256` (of the whole text in UTF-8) and `mentions` as in section 10 of docs/codebook.md,
with no `text` and no `who`. Two articles are near-copies if their 5-word shingles have a Jaccard index over 0.5; near-copies form a
cluster, and a hash of the cluster's smallest id decides on its part: train 80, dev 10, test 10. Clusters that touch gold/dev or the sample
get no part, clusters that touch gold/train belong to the train part, and those that touch an id listed in the file given
as --test to the test part. The exit status is 1 where something is missing, changed or faulty.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from khabar.arabic.fold import fold
from khabar.evaluate import score
from khabar.model import canonical_json
from khabar.model.ontology import BODIES, COUNT_ROLES, MODES, SECTORS, SOURCE_KINDS, STATUSES, TYPES

Fields = dict[str, Any]
Part = Literal["train", "dev", "test"]

CORPORA = ("ant.jsonl.gz", "saudinewsnet.jsonl.gz")
LISTS = ("actors", "recipients", "places", "counts", "sources")
MENTION_KEYS = frozenset(("trigger", "type", "modes", "status", "event", "time", *LISTS))
TEXT_KEYS = frozenset(("text", "who"))
WORDS = 5  # in a shingle
SPLIT, HELD = Path("corpus/split.tsv"), Path("corpus/held-out.txt")
COPY = 0.5  # articles with a higher Jaccard index are near-copies
LONG = 3  # chains of this length and longer are counted together
MISSING = "-"


# --- records and texts


def read_jsonl(path: str | Path) -> list[Fields]:
    """The records of a stripped file."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_all(paths: Iterable[str]) -> list[Fields]:
    return [record for path in paths for record in read_jsonl(path)]


def read_texts(shared: Path, wanted: Iterable[str]) -> dict[str, str]:
    """The texts by id that the local corpora hold of the wanted articles."""
    ids, found = set(wanted), {}
    for path in (shared / "corpora" / name for name in CORPORA):
        if not path.exists():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles = (json.loads(line) for line in lines)
            found.update({a["id"]: a["text"] for a in articles if a["id"] in ids})
    return found


def gold_texts(shared: Path) -> dict[str, str]:
    """The texts of gold/dev and of the sample, by a name that no article has as its id."""
    gold = shared / "gold"
    paths = [*sorted((gold / "dev").glob("*.json")), gold / "sample.json"]
    return {path.relative_to(shared).as_posix(): json.loads(path.read_text("utf-8"))["text"] for path in paths}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def spans(mention: Fields) -> Iterator[tuple[str, Fields]]:
    """Every span of a mention with the name of its field."""
    yield "trigger", mention["trigger"]
    for field in LISTS:
        for member in mention[field]:
            yield field, member
            if member.get("cue"):
                yield "cue", member["cue"]
    if mention["time"]:
        yield "time", mention["time"]["span"]


# --- strip and restore


def without_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_text(v) for k, v in value.items() if k not in TEXT_KEYS}
    return [without_text(v) for v in value] if isinstance(value, list) else value


def in_order(code: str) -> str:
    """A participant's code with a body (`NGO`, `MNC`, ...) never in the sector's place: `TUN NGO` is `NGO -`, as the codebook writes it."""
    sector = code.partition(" ")[2]
    return f"{sector} {MISSING}" if sector in BODIES else code


def stripped(record: Fields) -> Fields:
    mentions = without_text(record["mentions"])
    for participant in (p for m in mentions for role in ("actors", "recipients") for p in m[role]):
        participant["code"] = in_order(participant["code"])
    return {**{k: record.get(k) for k in ("id", "outlet", "published")}, "sha256": digest(record["text"]), "mentions": mentions}


def strip(folders: Iterable[str], out: Path) -> int:
    paths = [path for folder in folders for path in Path(folder).glob("*.json")]
    records = sorted((stripped(json.loads(p.read_text("utf-8"))) for p in paths), key=lambda r: str(r["id"]))
    twice = [i for i, n in Counter(r["id"] for r in records).items() if n > 1]
    if twice or not records:
        return told([f"{i}: in more than one record" for i in twice] or ["no records there"])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(canonical_json(r) + "\n" for r in records), "utf-8")
    print(f"{len(records)} articles, {sum(len(r['mentions']) for r in records)} mentions -> {out}", file=sys.stderr)
    return 0


def restored(record: Fields, text: str) -> Fields:
    """The record with its text, the words of every span, and a count's own words as `who`."""
    mentions = json.loads(json.dumps(record["mentions"]))
    for field, span in (pair for m in mentions for pair in spans(m)):
        span["text"] = text[span["start"] : span["end"]]
        if field == "counts":
            span["who"] = span["text"]
    return {**{k: record[k] for k in ("id", "outlet", "published")}, "text": text, "mentions": mentions}


def unlike(record: Fields, texts: Mapping[str, str]) -> str | None:
    """What keeps a record from its text, if anything."""
    text = texts.get(record["id"])
    if text is None:
        return "not in the corpora"
    return None if digest(text) == record["sha256"] else "its text has changed"


def parts(path: Path) -> dict[str, str]:
    """The part of each article by its id, from a file that `split` wrote."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return {row[0]: row[2] for row in rows}


def of_part(records: Iterable[Fields], part: str | None, table: Path) -> list[Fields]:
    """The records of a part, all of them where none is named."""
    if part is None:
        return list(records)
    where = parts(table)
    return [r for r in records if where.get(r["id"]) == part]


def restore(source: str, shared: Path, out: Path, part: str | None = None, table: Path = SPLIT) -> int:
    records = of_part(read_jsonl(source), part, table)
    texts = read_texts(shared, (r["id"] for r in records))
    out.mkdir(parents=True, exist_ok=True)
    lost = {r["id"]: why for r in records if (why := unlike(r, texts))}
    for record in (r for r in records if r["id"] not in lost):
        full = restored(record, texts[record["id"]])
        (out / f"{record['id']}.json").write_text(json.dumps(full, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(records) - len(lost)} of {len(records)} articles -> {out}", file=sys.stderr)
    return told(f"{i}: {why}" for i, why in lost.items())


def told(faults: Iterable[str]) -> int:
    """Print the faults; the exit status that they call for."""
    lines = list(faults)
    if lines:
        print("\n".join(lines))
    return int(bool(lines))


# --- check


def countries(shared: Path) -> frozenset[str]:
    """What may stand first in a code or as a place's country: those of the lexicon and, where it is at hand, of the shared gazetteer."""
    tables = [files("khabar.lexicon") / "data" / "countries.tsv", shared / "gazetteer" / "countries.tsv"]
    lines = [line for table in tables if table.is_file() for line in table.read_text("utf-8").splitlines()]
    return frozenset(code for line in lines if re.fullmatch("[A-Z]{3}", code := line.partition("\t")[0]))


def legal_code(code: Any, known: frozenset[str]) -> bool:
    """A country or body, then a sector; either may be `-`, and the sector may be left out."""
    if not isinstance(code, str):
        return False
    first, space, second = code.partition(" ")
    return first in known | BODIES | {MISSING} and (not space or second in SECTORS | {MISSING})


def is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def span_faults(mention: Fields, text: str) -> Iterator[str]:
    for field, span in spans(mention):
        start, end = span.get("start"), span.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            yield f"{field} {start}-{end} outside the text of {len(text)}"
        elif not text[start:end].strip():
            yield f"{field} {start}-{end} is blank"


def label_faults(mention: Fields) -> Iterator[str]:
    if mention["type"] not in TYPES:
        yield f"no type {mention['type']!r}"
    for mode in mention["modes"]:
        if mode not in MODES.get(mention["type"], ()):
            yield f"{mention['type']} has no mode {mode!r}"
    if mention["status"] not in STATUSES:
        yield f"no status {mention['status']!r}"
    if not mention["event"]:
        yield "no event id"


def participant_faults(mention: Fields, known: frozenset[str]) -> Iterator[str]:
    for role in ("actors", "recipients"):
        for member in mention[role]:
            if not legal_code(member.get("code"), known):
                yield f"{role} code {member.get('code')!r}"
    for place in mention["places"]:
        if not place.get("name") or place.get("country") not in known | {None}:
            yield f"place {place.get('name')!r} in {place.get('country')!r}"
    for source in mention["sources"]:
        if source.get("kind") not in SOURCE_KINDS:
            yield f"no source kind {source.get('kind')!r}"


def number_faults(mention: Fields) -> Iterator[str]:
    for count in mention["counts"]:
        low, high = count.get("low"), count.get("high")
        if count.get("role") not in COUNT_ROLES:
            yield f"no count role {count.get('role')!r}"
        if type(low) is not int or low < 0 or not (count.get("open") is True if high is None else type(high) is int and low <= high):
            yield f"count {low!r} to {high!r}"
    if time := mention["time"]:
        days = [day for day in (time.get("start"), time.get("end")) if day is not None]  # either end may be open
        if not all(map(is_day, days)) or days != sorted(days):
            yield f"time {time.get('start')!r} to {time.get('end')!r}"


def mention_faults(mention: Fields, text: str, known: frozenset[str]) -> list[str]:
    if missing := MENTION_KEYS - set(mention):
        return [f"no {', '.join(sorted(missing))}"]
    return [*span_faults(mention, text), *label_faults(mention), *participant_faults(mention, known), *number_faults(mention)]


def faults(record: Fields, text: str, known: frozenset[str]) -> Iterator[str]:
    """Everything wrong with the mentions of an article, one line each."""
    seen: set[tuple[Any, ...]] = set()
    for n, mention in enumerate(record["mentions"]):
        where = f"{record['id']}: mention {n}"
        yield from (f"{where}: {fault}" for fault in mention_faults(mention, text, known))
        if set(mention) >= MENTION_KEYS:
            spot = (mention["trigger"].get("start"), mention["trigger"].get("end"), mention["type"])
            if spot in seen:
                yield f"{where}: a second {spot[2]} at {spot[0]}-{spot[1]}"
            seen.add(spot)


def check(records: Sequence[Fields], shared: Path) -> list[str]:
    """All faults of stripped records, with the id of the article."""
    texts, known = read_texts(shared, (r["id"] for r in records)), countries(shared)
    found = [f"{i}: stands there {n} times" for i, n in Counter(r["id"] for r in records).items() if n > 1]
    for record in records:
        why = unlike(record, texts)
        found += [f"{record['id']}: {why}"] if why else faults(record, texts[record["id"]], known)
    return found


# --- figures

Tally = Counter[str]


def chain(mention: Fields) -> str:
    n = len(mention["sources"])
    return str(n) if n < LONG else f"{LONG} or more"


def overview(records: Sequence[Fields]) -> Tally:
    mentions = [m for r in records for m in r["mentions"]]
    return Counter(
        {
            "articles": len(records),
            "articles without events": sum(not r["mentions"] for r in records),
            "mentions": len(mentions),
            "events": len({(r["id"], m["event"]) for r in records for m in r["mentions"]}),
            "chains of two or more sources": sum(len(m["sources"]) > 1 for m in mentions),
        }
    )


def by_mention(key: Callable[[Fields], str]) -> Callable[[Sequence[Fields]], Tally]:
    return lambda records: Counter(key(m) for r in records for m in r["mentions"])


def outlet_articles(records: Sequence[Fields]) -> Tally:
    return Counter(str(r["outlet"]) for r in records)


def outlet_mentions(records: Sequence[Fields]) -> Tally:
    return Counter(str(r["outlet"]) for r in records for _ in r["mentions"])


def table(title: str, columns: Mapping[str, Tally], order: Iterable[str] = ()) -> str:
    """A Markdown table of tallies side by side: the rows in the order given, otherwise the most frequent first."""
    total = sum(columns.values(), Counter())
    rows = list(order) or sorted(total, key=lambda k: (-total[k], k))
    head = [f"| {title} | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    return "\n".join([*head, *(f"| {row} | {' | '.join(str(c[row]) for c in columns.values())} |" for row in rows)])


def figures(inputs: Mapping[str, Sequence[Fields]]) -> str:
    def columns(tally: Callable[[Sequence[Fields]], Tally]) -> dict[str, Tally]:
        return {name: tally(records) for name, records in inputs.items()}

    pairs = ((name, what, tally) for name in inputs for what, tally in (("articles", outlet_articles), ("mentions", outlet_mentions)))
    return "\n\n".join(
        [
            table("", columns(overview), overview([])),
            table("type", columns(by_mention(lambda m: m["type"])), TYPES),
            table("status", columns(by_mention(lambda m: m["status"])), STATUSES),
            table("sources in the chain", columns(by_mention(chain)), [*map(str, range(LONG)), f"{LONG} or more"]),
            table("outlet", {f"{name}: {what}": tally(inputs[name]) for name, what, tally in pairs}),
        ]
    )


# --- agreement of two annotations


def agreement(first: Sequence[Fields], second: Sequence[Fields], shared: Path) -> str:
    """How far two annotations of the same articles agree, field by field and type by type: F1 with the first as gold, with 95 % intervals."""
    texts = article_texts(second, shared)
    one, other = ({r["id"]: restored(r, texts[r["id"]]) for r in records if r["id"] in texts} for records in (first, second))
    found = score(one, other, bootstrap=1000)
    rows = [*found.measures.items(), *((f"type {k}", v) for k, v in found.by_type.items())]
    lines = [f"| {name} | {r.f1:.3f} | {'-'.join(f'{x:.3f}' for x in r.interval) if r.interval else ''} | {r.gold} | {r.predicted} |" for name, r in rows]
    return "\n".join([f"{len(one)} articles", "", "| field | F1 | 95 % | first | second |", "|---|---:|---|---:|---:|", *lines])


# --- near-copies and the split


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    return frozenset(tuple(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1)))


def near_pairs(sets: Sequence[frozenset[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """The pairs whose Jaccard index is over the bar."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, mine in enumerate(sets):
        common = Counter(j for shingle in mine for j in index[shingle])
        yield from ((j, i) for j, n in common.items() if n > COPY * (len(mine) + len(sets[j]) - n))
        for shingle in mine:
            index[shingle].append(i)


def clusters(texts: Mapping[str, str]) -> list[list[str]]:
    """The articles in clusters of near-copies, and of near-copies of these, each sorted by id."""
    names = list(texts)
    home = list(range(len(names)))

    def root(i: int) -> int:
        while home[i] != i:
            i = home[i]
        return i

    for i, j in near_pairs([shingles(t) for t in texts.values()]):
        home[root(j)] = root(i)
    groups: dict[int, list[str]] = defaultdict(list)
    for i, name in enumerate(names):
        groups[root(i)].append(name)
    return sorted(sorted(group) for group in groups.values())


def split(cluster: Iterable[str]) -> Part:
    """The part of a cluster, by a hash of its smallest id."""
    share = int(digest(min(cluster)), 16) % 100
    return "train" if share < 80 else "dev" if share < 90 else "test"


def article_texts(records: Sequence[Fields], shared: Path) -> dict[str, str]:
    """The texts of all records; one that is missing or changed raises ValueError."""
    texts = read_texts(shared, (r["id"] for r in records))
    if lost := [f"{r['id']}: {why}" for r in records if (why := unlike(r, texts))]:
        raise ValueError("\n".join(lost))
    return texts


def show_clusters(records: Sequence[Fields], shared: Path) -> int:
    gold = gold_texts(shared)
    found = [c for c in clusters(article_texts(records, shared) | gold) if len(c) > 1]
    for cluster in found:
        touches = " (touches gold)" if gold.keys() & set(cluster) else ""
        print(f"{len(cluster)}{touches}: {' '.join(cluster)}")
    print(f"{len(found)} clusters of more than one among {len(records)} articles and {len(gold)} of gold", file=sys.stderr)
    return 0


def train_texts(shared: Path) -> dict[str, str]:
    """The texts of gold/train, by a name that no article has as its id."""
    return {p.relative_to(shared).as_posix(): json.loads(p.read_text("utf-8"))["text"] for p in sorted((shared / "gold" / "train").glob("*.json"))}


def write_split(records: Sequence[Fields], test: frozenset[str], shared: Path, out: Path) -> int:
    gold, seen = gold_texts(shared), train_texts(shared)
    texts = article_texts(records, shared) | gold | seen
    before = parts(out) if out.exists() else {}
    rows, counts = [], Counter[str]()
    for cluster in clusters(texts):
        touched = set(cluster)
        known = {before[i] for i in cluster if i in before}  # what models have learned from stays in train, whatever joins its cluster
        earlier = "train" if "train" in known else next(iter(sorted(known)), None)
        part = "left out" if gold.keys() & touched else "train" if seen.keys() & touched else "test" if test & touched else earlier or split(cluster)
        members = [i for i in cluster if i not in gold and i not in seen]
        counts[part] += len(members)
        rows += [(i, cluster[0], part) for i in members if part != "left out"]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join("\t".join(row) + "\n" for row in [("id", "cluster", "part"), *sorted(rows)]), "utf-8")
    print(f"{', '.join(f'{part} {n}' for part, n in sorted(counts.items()) if n)} -> {out}", file=sys.stderr)
    return 0


# --- the command line


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = cli.add_subparsers(dest="verb", required=True)
    for verb in ("strip", "restore", "check", "figures", "clusters", "split", "agreement"):
        sub = verbs.add_parser(verb)
        sub.add_argument("inputs", nargs={"restore": 1, "agreement": 2}.get(verb, "+"))
        if verb not in ("strip", "figures"):
            sub.add_argument("--shared", type=Path, default=Path(os.environ.get("KHABAR_SHARED") or "../shared"))
        if verb in ("strip", "restore"):
            sub.add_argument("-o", "--out", type=Path, required=True)
        if verb == "split":
            sub.add_argument("--test", type=Path, default=HELD)
            sub.add_argument("-o", "--out", type=Path, default=SPLIT)
        if verb == "restore":
            sub.add_argument("--part", choices=("train", "dev", "test"))
            sub.add_argument("--split", type=Path, default=SPLIT)
    return cli.parse_args(argv)


def run(args: argparse.Namespace) -> int:
    if args.verb == "strip":
        return strip(args.inputs, args.out)
    if args.verb == "restore":
        return restore(args.inputs[0], args.shared, args.out, args.part, args.split)
    if args.verb == "figures":
        print(figures({Path(p).stem: read_jsonl(p) for p in args.inputs}))
        return 0
    records = read_all(args.inputs)
    if args.verb == "check":
        return told(check(records, args.shared)) or print(f"{len(records)} articles, no faults", file=sys.stderr) or 0
    if args.verb == "clusters":
        return show_clusters(records, args.shared)
    if args.verb == "agreement":
        print(agreement(*(read_jsonl(p) for p in args.inputs), args.shared))
        return 0
    return write_split(records, frozenset(args.test.read_text("utf-8").split()), args.shared, args.out)


def main(argv: Sequence[str] | None = None) -> int:
    try:
        return run(arguments(argv))
    except (OSError, ValueError, KeyError) as error:
        print(f"corpus.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
