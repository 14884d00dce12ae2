"""`khabar stats`: counts over a store as a table, as data, or as a plot."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from khabar import EventFilter, InvalidValue, Store, open_store, stats
from khabar.cli.stored import colour, columns, filter_of
from khabar.export.listing import listing
from khabar.model.tallies import DayCount, GroupCount, Tally

TITLES = {
    "overview": "Events by type", "by-day": "Events by {unit} and type", "by-type": "Events by type", "by-status": "Events by status",
    "by-place": "Events by {level}", "by-actor": "Events by {role}", "by-source": "Claims by source", "by-party": "Claims by who vouches for them",
    "by-outlet": "Articles by outlet and outcome",
}  # fmt: skip
LEVELS = {"country": "country", "admin1": "first-level unit", "place": "place"}
MOST_BARS = 20


def run(args: argparse.Namespace) -> int:
    """Count, and print or draw; 1 where there is nothing to count."""
    wanted = filter_of(args)
    with open_store(args.store) as store:
        unit, shown = _time(store, wanted, args)
        rows = _rows(store, wanted, args, unit)
        if args.plot:
            _plot(store, wanted, args, rows, unit, shown)
    if not args.plot or args.format or args.output:
        _write(rows[: args.limit], args)
    print(f"{len(rows)} rows", file=sys.stderr)
    return 0 if rows else 1


def _time(store: Store, wanted: EventFilter, args: argparse.Namespace) -> tuple[str, Any]:
    """The unit to count days in, and the first and the last day to draw."""
    if args.table != "by-day" or not args.plot:
        return args.unit or "day", None
    shown = stats.window(stats.by_day(store, wanted), wanted)
    unit: str = args.unit or (stats.unit_for(*shown) if shown else "day")
    if shown is None:
        return unit, None
    first = stats.period_of(unit, shown[0], shown[0])  # type: ignore[arg-type]
    return unit, (first or shown[0], shown[1])


def _rows(store: Store, wanted: EventFilter, args: argparse.Namespace, unit: str) -> Sequence[Tally]:
    own: dict[str, dict[str, Any]] = {"by-day": {"unit": unit}, "by-place": {"level": args.level}, "by-actor": {"role": args.role, "named": args.named}}
    count = getattr(stats, args.table.replace("-", "_"))
    rows: Sequence[Tally] = count(store, wanted, **own.get(args.table, {}))
    return rows


def _plot(store: Store, wanted: EventFilter, args: argparse.Namespace, rows: Sequence[Tally], unit: str, shown: Any) -> None:
    from khabar.export.plots import Caption, plot_days, plot_rows, save

    title = args.title or TITLES[args.table].format(unit=unit, level=LEVELS[args.level], role=args.role)
    caption = Caption(title, (_counted(store, wanted, args, rows), f"khabar, {datetime.now(UTC).date()}, from {args.store.rsplit('/', 1)[-1]}"))
    if args.table == "by-day":
        save(plot_days([r for r in rows if isinstance(r, DayCount)], caption, unit, shown), args.plot)
    else:
        save(plot_rows(rows, caption, args.limit or MOST_BARS), args.plot)
    print(args.plot, file=sys.stderr)


def _counted(store: Store, wanted: EventFilter, args: argparse.Namespace, rows: Sequence[Tally]) -> str:
    """How many there are of what is counted, and the filter."""
    what = "claims" if args.table in ("by-source", "by-party") else "articles" if args.table == "by-outlet" else "events"
    number = store.count_events(wanted) if what == "events" else sum(getattr(r, what) for r in rows)
    return f"{number:,} {what}; {described(wanted)}"


def described(wanted: EventFilter) -> str:
    """A filter in words."""
    said = [f"{f.name.replace('_', ' ')} {_said(value)}" for f in fields(wanted) if (value := getattr(wanted, f.name)) is not None]
    return "filter: " + ", ".join(said) if said else "no filter"


def _said(value: Any) -> str:
    from khabar.export.bidi import isolate, plain

    return ",".join(map(str, value)) if isinstance(value, tuple) else isolate(plain(str(value)))


def _write(rows: Sequence[Tally], args: argparse.Namespace) -> None:
    form = args.format or ("table" if args.output is None and sys.stdout.isatty() else "jsonl")
    text = {"table": _table, "csv": _csv, "jsonl": _jsonl}[form](rows)
    if args.output is None:
        sys.stdout.write(text)
        return
    try:
        with open(args.output, "w", encoding="utf-8", newline="") as out:
            out.write(text)
    except OSError as error:
        raise InvalidValue(f"{args.output}: {error.strerror}; cannot be written") from None


def _jsonl(rows: Sequence[Tally]) -> str:
    return "".join(json.dumps({k: _short(v) for k, v in r.record().items()}, ensure_ascii=False) + "\n" for r in rows)


def _csv(rows: Sequence[Tally]) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0].record()), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _short(v) for k, v in r.record().items()} for r in rows)
    return out.getvalue()


def _short(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def _table(rows: Sequence[Tally]) -> str:
    if not rows:
        return ""
    heads = [name.upper().replace("_", " ") for name in rows[0].record()]
    return listing(heads, [_cells(r) for r in rows], columns=columns(), colour=colour())


def _cells(row: Tally) -> list[str]:
    blank = "-" if not isinstance(row, GroupCount) else ""
    return [blank if v is None else f"{v:.1%}" if isinstance(v, float) else f"{v:,}" if isinstance(v, int) else str(v) for v in row.record().values()]
