"""`khabar code`: articles to records."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from khabar import OwnTables
from khabar.batch import code_and
from khabar.collect import Columns, Hints, Options, find_inputs, read_inputs
from khabar.export.rows import csv_header, csv_rows, json_line
from khabar.export.table import table
from khabar.model import InvalidValue, Record, parse_day


@dataclass(frozen=True, slots=True)
class Style:
    """How records are written."""

    format: str
    why: bool
    columns: int
    colour: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A record as it goes out, and what is counted of it."""

    text: str
    kind: str
    mentions: int
    complaint: str | None


def run(args: argparse.Namespace) -> int:
    """Code what the arguments name; 1 where an article failed."""
    inputs = find_inputs(_paths(args.paths), without=[args.output] if args.output else [])
    hints = Hints(parse_day(args.published) if args.published else None, args.outlet)
    items = read_inputs(inputs.paths, hints, Options(Columns.parse(args.column)), stdin=sys.stdin.buffer)
    if inputs.left_out:
        _say(f"{inputs.left_out} files of other kinds left out")
    with _output(args.output) as out:
        style = _style(args, out)
        outcomes = _write(
            out,
            style,
            code_and(partial(write, style=style), items, jobs=args.jobs, engine=args.engine, own=OwnTables(args.places, args.actors)),
            inputs.articles,
        )
    return 1 if outcomes["failed"] else 0


def write(record: Record, style: Style) -> Written:
    """A record in the chosen format."""
    if style.format == "table":
        text = table(record, columns=style.columns, colour=style.colour, why=style.why)
    else:
        text = (json_line if style.format == "jsonl" else csv_rows)(record, why=style.why)
    bare = style.format == "csv" and record.outcome.reason is not None
    complaint = f"{record.id or 'input'}: {record.outcome.kind}: {record.outcome.reason}" if bare else None
    return Written(text, record.outcome.kind, len(record.mentions), complaint)


def _paths(paths: list[str]) -> list[str]:
    if not paths and sys.stdin.isatty():
        raise InvalidValue("nothing to read; give files or folders, or - to type an article and end it with Ctrl-D")
    if paths.count("-") > 1:
        raise InvalidValue("- stands more than once; standard input can be read once")
    return paths or ["-"]


def _style(args: argparse.Namespace, out: BinaryIO) -> Style:
    terminal = out.isatty()
    columns = shutil.get_terminal_size((120, 40)).columns
    return Style(args.format or ("table" if terminal else "jsonl"), args.why, columns, terminal and "NO_COLOR" not in os.environ)


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    if path is None or path == "-":
        yield sys.stdout.buffer
        return
    try:
        out = open(path, "wb")  # noqa: SIM115
    except OSError as error:
        raise InvalidValue(f"{path}: {error.strerror}; cannot be written") from None
    with out:
        yield out


def _write(out: BinaryIO, style: Style, written: Iterator[Written], total: int | None) -> Counter[str]:
    """Write everything; how many articles had each outcome."""
    from khabar.cli.progress import progress

    outcomes: Counter[str] = Counter()
    if style.format == "csv":
        out.write(csv_header(why=style.why).encode())
    with progress(total, quiet=out.isatty()) as step:
        for one in written:
            out.write(one.text.encode("utf-8", "replace"))
            if out.isatty():
                out.flush()
            outcomes[one.kind] += 1
            step(one.mentions)
            if one.complaint:
                _say(one.complaint)
    out.flush()
    return outcomes


def _say(text: str) -> None:
    print(f"khabar: {text}", file=sys.stderr)
