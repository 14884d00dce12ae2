"""`khabar review` and `khabar compare`: progress, batches and agreement of coders, reviewed articles, two sides of the same days."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from khabar import EventRow, InvalidValue, open_store, parse_day, review
from khabar.export.bidi import isolate
from khabar.export.listing import facts

LISTED = 10  # events, words and names a part of a comparison shows


def progress(args: argparse.Namespace) -> int:
    """Print how far a store is reviewed."""
    with open_store(args.store) as store:
        now = review.progress(store)
    if args.json:
        print(json.dumps(now.record(), ensure_ascii=False))
        return 0
    print(f"{now.reviewed} of {now.articles} articles reviewed")
    print(facts({f"mentions {k}": str(n) for k, n in now.mentions.items()}), end="")
    for c in now.coders:
        print(f"{isolate(c.coder)}: {_counted(c.decisions)}")
    for b in now.batches:
        done = ", ".join(f"{isolate(c.coder)} {c.done} of {c.given} articles" for c in b.coders)
        print(f"batch {isolate(b.batch.name)} ({_kind(b.batch)}): {b.settled} of {b.mentions} mentions settled; {done}")
    return 0


def _kind(batch: review.Batch) -> str:
    return f"{'blind' if batch.blind else 'open to all'}{', closed' if batch.closed else ''}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])))


def agreement(args: argparse.Namespace) -> int:
    """Print how far the coders of a blind batch agree; 1 where no article is coded by two."""
    with open_store(args.store) as store:
        found = review.agreement(store, args.batch, bootstrap=args.bootstrap)
    if args.json:
        print(json.dumps(found.record(), ensure_ascii=False))
    else:
        _show_agreement(found)
    return 0 if found.articles else 1


def _show_agreement(found: review.Agreement) -> None:
    print(f"{found.articles} articles coded by at least two")
    for name in ("event", "type", "status"):
        a = getattr(found, name)
        print(f"alpha {name:<7} {'not defined' if a.alpha is None else f'{a.alpha:.3f}':>11}   {a.units} units, {a.values} values")
    for pair in found.pairs:
        print(f"\n{isolate(pair.first)} and {isolate(pair.second)}, {pair.articles} articles")
        for name, r in pair.measures.items():
            spread = f"   {r.interval[0]:.3f} to {r.interval[1]:.3f}" if r.interval else ""
            print(f"{name:<24} F1 {r.f1:.3f}{spread}   {r.gold} and {r.predicted}")


def assign(args: argparse.Namespace) -> int:
    """Make a batch of articles; their ids come from a file, from standard input, or from the newest articles of the store."""
    coders = [c.strip() for c in args.coders.split(",") if c.strip()]
    with open_store(args.store) as store:
        articles = _ids(args.articles) if args.articles else [a.article_id for a in store.articles(args.text) if a.outcome in ("read", "no_events")]
        made = review.assign(store, args.name, articles[: args.limit], coders, not args.seen, each=args.each)
    told = f"{made.batch_id}  {isolate(made.name)}  {_kind(made)}  {len(made.articles)} articles"
    print(json.dumps(made.record(), ensure_ascii=False) if args.json else told)
    return 0


def _ids(path: str) -> list[str]:
    """The ids of a file, one a line; - is standard input."""
    try:
        lines = sys.stdin if path == "-" else Path(path).read_text("utf-8").splitlines()
        return [line.strip() for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"{path}: {error}; expected a file with the id of an article on each line") from None


def close(args: argparse.Namespace) -> int:
    """End a batch."""
    with open_store(args.store) as store:
        found = review.close(store, args.batch)
    print(f"{found.batch_id}  {isolate(found.name)}  {_kind(found)}")
    return 0


def export(args: argparse.Namespace) -> int:
    """Write reviewed articles as lines to train on; 1 where there are none."""
    with open_store(args.store) as store:
        articles = review.batch(store, args.batch).articles if args.batch else None
        lines = list(review.training_lines(store, articles, complete=args.complete))
    text = "".join(f"{line}\n" for line in lines)
    if args.output:
        Path(args.output).write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    print(f"{len(lines)} articles", file=sys.stderr)
    return 0 if lines else 1


def compare(args: argparse.Namespace) -> int:
    """Print how two sides tell the same days."""
    since, until = (parse_day(day) if day else None for day in (args.since, args.until))
    with open_store(args.store) as store:
        found = review.compare(store, args.a, args.b, since, until)
    if args.json:
        print(json.dumps(found.record(), ensure_ascii=False))
        return 0
    for side, only in ((found.a, found.only_a), (found.b, found.only_b)):
        print(f"{isolate(side.name)}: {side.articles} articles, {side.claims} claims, {side.events} events, {len(only)} that only this side tells")
        _events(only)
    print(f"{len(found.both)} events of both, {sum(bool(x.differ) for x in found.both)} told differently")
    for x in [x for x in found.both if x.differ][:LISTED]:
        print(f"  {x.event.event_id}  {x.event.date_from or ''}  {x.event.type}  {', '.join(x.differ)}: {_told(x.a)} | {_told(x.b)}")
    for c in found.words:
        print(f"  {c.word.topic:<9} {isolate(c.word.word)}  {c.a} | {c.b}   {c.word.meaning}")
    for called in found.called[:LISTED]:
        print(f"  {called.name}: " + "; ".join(f"{isolate(t)} {a} | {b}" for t, a, b in called.written[:LISTED]))
    return 0


def _events(rows: Sequence[EventRow]) -> None:
    for e in rows[:LISTED]:
        print(f"  {e.event_id}  {e.date_from or ''}  {e.type}  {e.status}  {', '.join(isolate(x) for x in (e.place or '', *e.actors[:2]) if x)}")


def _told(told: review.Told) -> str:
    return " ".join([*(f"{f.role} {f.best}" for f in told.figures), *told.statuses])
