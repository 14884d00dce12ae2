"""The commands that ask a store, join its reports and record judgements."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from typing import Any

from khabar import ClaimRow, Decision, EventFilter, EventRow, InvalidValue, Store, compare_runs, join_stories, ledger, open_store, parse_day, why_joined_pair
from khabar.export.bidi import isolate
from khabar.export.events import write_events
from khabar.export.listing import facts, listing

EVENT_HEADS = ("EVENT", "DAY", "TYPE", "STATUS", "PLACE", "WHO", "TO WHOM", "KILLED", "INJURED", "ARRESTED", "ARTICLES", "VOICES")
SHORT = 9  # characters of an id in a table; any beginning that only one id has names it
CLAIM_HEADS = ("OUTLET", "PUBLISHED", "WHO SAYS SO", "STATUS", "FIGURES", "LINKS", "WORDS")


def events(args: argparse.Namespace) -> int:
    """List events that fit; 1 where none does."""
    with open_store(args.store) as store:
        found = store.events(filter_of(args), limit=args.limit)
        form = args.format or ("table" if args.output is None and sys.stdout.isatty() else "jsonl")
        if form == "table":
            _show(listing(EVENT_HEADS, (_event_cells(e) for e in found), columns=columns(), colour=colour()))
        else:
            write_events(found, form, args.output or sys.stdout.buffer)
    print(f"{len(found)} events", file=sys.stderr)
    return 0 if found else 1


def filter_of(args: argparse.Namespace) -> EventFilter:
    """The filter that the arguments of `add_filters` describe."""
    day = {name: parse_day(text) if (text := getattr(args, name)) else None for name in ("since", "until")}
    return EventFilter(
        type=args.type, status=args.status, place=args.place, near=_near(args.near) if args.near else None, actor=args.actor, since=day["since"],
        until=day["until"], source_kind=args.source_kind, outlet=args.outlet, article=args.article, text=args.text, confidence=args.confidence,
        reviewed=args.reviewed,
    )  # fmt: skip


def _near(given: str) -> tuple[float, float, float]:
    try:
        lat, lon, km = (float(x) for x in given.split(","))
    except ValueError:
        raise InvalidValue(f"near {given!r}: expected latitude, longitude and kilometres, such as 36.2,37.1,50") from None
    return lat, lon, km


def _event_cells(e: EventRow) -> list[str]:
    day = "" if e.date_from is None else str(e.date_from) if e.date_from == e.date_to else f"{e.date_from}/{e.date_to}"
    where = ", ".join(x for x in (e.place, e.country) if x)
    numbers = [_numbers(getattr(e, f"{r}_low"), getattr(e, f"{r}_high")) for r in ("killed", "injured", "arrested")]
    return [e.event_id[:SHORT], day, e.type, e.status, where, "; ".join(e.actors), "; ".join(e.recipients), *numbers, str(e.articles), str(e.voices)]


def _numbers(low: int | None, high: int | None) -> str:
    return "" if low is None else str(low) if high == low else f"{low}-{high}" if high is not None else f"{low}+"


def claims(args: argparse.Namespace) -> int:
    """Print the ledger of an event."""
    with open_store(args.store) as store:
        event_id = store.event_of(args.event)
        book = ledger(store.claims(event_id), args.counts)
    if args.json:
        for line in book.lines:
            print(json.dumps(line.record(), ensure_ascii=False))
        return 0
    number = {x.claim.mention_id: i for i, x in enumerate(book.lines, 1)}
    rows = [_claim_cells(x.claim, _links(x, number), i) for i, x in enumerate(book.lines, 1)]
    _show(listing(("#", *CLAIM_HEADS), rows, columns=columns(), colour=colour()))
    for f in book.figures:
        said = f" by {isolate(f.source)}" if f.source else ""
        print(f"{f.role}: {f.low} to {f.high}, {book.rule} {f.best} ({f.voices} {'voice' if f.voices == 1 else 'voices'}{said})")
    return 0


def _claim_cells(c: ClaimRow, links: str, number: int) -> list[str]:
    figures = "; ".join(f"{role} {_numbers(low, high)}" for role, low, high in c.figures)
    return [str(number), c.outlet or "", str(c.published or ""), " < ".join(c.sources) or "the outlet", c.status, figures, links, c.quote]


def _links(line: Any, number: dict[str, int]) -> str:
    parts = [f"{verb} {number[m]}" for verb, m in (("repeats", line.repeats), ("corrects", line.corrects)) if m in number]
    return "; ".join([*parts, *(f"denies {number[m]}" for m in line.denies if m in number)])


def stories(args: argparse.Namespace) -> int:
    """Join the reports of a store."""
    with open_store(args.store) as store:
        done = join_stories(store, threshold=args.threshold)
    print(f"{done.articles} articles with events, {done.copies} of them copies")
    print(f"{done.mentions} mentions of {done.events} events, {done.joined} told more than once")
    return 0


def why_joined(args: argparse.Namespace) -> int:
    """Print the scores between the reports of an event, or of two; 1 where none was kept."""
    with open_store(args.store) as store:
        pairs = why_joined_pair(store, args.ids)
        quotes = {c.mention_id: c.quote for e in {store.event_of(i) for i in args.ids} for c in store.claims(e)}
    for pair in pairs:
        if args.json:
            print(json.dumps({"first": pair.first, "second": pair.second, "score": pair.score, "reasons": dict(pair.reasons)}, ensure_ascii=False))
            continue
        print(f"{pair.score:.2f}  {pair.first}  {pair.second}")
        for mention in (pair.first, pair.second):
            print(f"      {isolate(quotes.get(mention, ''))}")
        print("      " + ", ".join(f"{name} {value:+.2f}" for name, value in pair.reasons))
    if not pairs:
        print("no scores: these reports were never compared, or are too unlike (below 0.1)", file=sys.stderr)
    return 0 if pairs else 1


def judge(args: argparse.Namespace) -> int:
    """Keep a decision, and say how to undo it."""
    value: Any = args.value
    if args.kind in ("fix", "add"):
        try:
            value = json.loads(args.value or "")
        except ValueError as error:
            raise InvalidValue(f"--value: not JSON ({error}); `fix` and `add` need the mention") from None
    with open_store(args.store) as store:
        if args.kind == "undo":
            made = _undo(store, args)
        else:
            from khabar import review

            subject = args.ids if args.kind in ("add", "complete") else [_mention(store, i) for i in args.ids]
            made = review.decide(store, args.who, args.kind, subject, value, review.ANY)
    print(f"{made.decision_id}  {made.kind}  {' '.join(made.subject)}")
    if made.kind in ("same", "different", "undo"):
        print("`khabar stories` joins with it", file=sys.stderr)
    return 0


def _mention(store: Store, given: str) -> str:
    """The mention that an id names; that of an event stands for its first mention."""
    if given.startswith("m"):
        return given
    return store.claims(store.event_of(given))[0].mention_id


def _undo(store: Store, args: argparse.Namespace) -> Decision:
    found = [d for d in store.decisions() if d.decision_id.startswith(args.ids[0])]
    if len(found) != 1 or len(args.ids) != 1:
        raise InvalidValue(f"decision {args.ids[0]!r}: {len(found)} begin so; expected one")
    return store.decide(args.who, "undo", found[0].subject[0], value=found[0].decision_id)


def search(args: argparse.Namespace) -> int:
    """Print the articles that answer a question; 1 where none does."""
    with open_store(args.store) as store:
        found = store.articles(args.question, limit=args.limit)
    for a in found:
        fields = {"article_id": a.article_id, "outlet": a.outlet, "published": a.published and str(a.published), "title": a.title, "url": a.url}
        print(json.dumps(fields, ensure_ascii=False) if args.json else "\t".join(isolate(str(v)) if v else "-" for v in fields.values()))
    return 0 if found else 1


def runs(args: argparse.Namespace) -> int:
    """Print the runs of a store."""
    with open_store(args.store) as store:
        for r in store.runs():
            cells = (r["run_id"], r["engine"], r["version"], r["started"], f"{r['articles']} articles", f"{r['mentions']} mentions")
            print(json.dumps(r, ensure_ascii=False) if args.json else "\t".join(c or "-" for c in cells))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Print where two runs differ on the articles that both read; 1 where they do."""
    counts: Counter[str] = Counter()
    with open_store(args.store) as store:
        articles, found = compare_runs(store, args.first, args.second)
        for d in found:
            counts[d.field] += 1
            if sum(counts.values()) <= args.limit:
                print(json.dumps(d._asdict(), ensure_ascii=False) if args.json else _difference(d))
    told = {"articles read by both": str(articles), **{field: str(n) for field, n in counts.most_common()}}
    print(facts(told), end="", file=sys.stderr)
    return 1 if counts else 0


def _difference(d: Any) -> str:
    one, other = ("no such act" if v is None else isolate(v) if v else "none" for v in (d.one, d.other))
    return f"{d.id}  {isolate(d.trigger)}  {d.field}   {one}   |   {other}"


def _show(text: str) -> None:
    print(text, end="")


def columns() -> int:
    """The width of the terminal."""
    return shutil.get_terminal_size((140, 40)).columns


def colour() -> bool:
    """Whether the terminal shows colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
