"""The sub-commands for archives, and their arguments."""

from __future__ import annotations

import argparse
from typing import Any

PART_INPUTS = 1_000


def add_batch_commands(commands: Any) -> None:
    """`khabar batch` and `khabar batch-stories`."""
    _batch(commands.add_parser("batch", help="code archives of any size into Parquet, in parts that are done once"))
    _stories(commands.add_parser("batch-stories", help="find copies and join the reports of one event in a batch"))


def _batch(p: argparse.ArgumentParser) -> None:
    from khabar.cli.main import add_engine

    p.set_defaults(module="batch")
    p.description = (
        "Reads WARC, JSONL, CSV, Parquet, HTML, text and feed files, folders and globs of them, on this machine or in object stores (s3://, gs://, abfs://). "
        "Run again after whatever stopped it, it goes on where it stood; further inputs are added. docs/batch-schema.md tells what it writes."
    )
    p.add_argument("inputs", nargs="*", metavar="INPUT", help="files, folders, globs, URLs of object stores")
    p.add_argument("--out", metavar="DIR", help="the folder, or URL of one in an object store, to write to")
    p.add_argument("--hash", metavar="DIR", help="read a batch's tables and print the hash of their rows; 1 where it is not the manifest's")
    p.add_argument("--triage", action="store_true", help="a fast first pass drops pages that are not Arabic and articles unlikely to hold an event")
    p.add_argument("--published", metavar="DAY", help="publication date, such as 2020-01-10, of articles that do not state theirs")
    p.add_argument("--outlet", metavar="NAME", help="outlet of articles that do not state theirs")
    p.add_argument("--column", action="append", default=[], metavar="PART=NAME", help="which column of a table or key of JSONL holds a part: text=body")
    p.add_argument("--part-size", type=int, default=PART_INPUTS, metavar="N", help=f"inputs done in one go, and lost by a crash (default {PART_INPUTS:,})")
    add_engine(p)
    p.set_defaults(jobs=0)
    _runner(p)


def _stories(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="batch", function="stories", engine="rules", places=None, actors=None)
    p.description = "Adds the tables copies, events and members to a batch: near-copies by their wording, events by likeness of their reports."
    p.add_argument("batch", metavar="DIR", help="what `khabar batch` wrote")
    p.add_argument("--threshold", type=float, metavar="P", help="the probability from which reports are joined (default: the one the weights were fitted with)")
    p.add_argument("-j", "--jobs", type=int, default=0, metavar="N", help="processes; 0 for one a core (default 0)")
    _runner(p)


def _runner(p: argparse.ArgumentParser) -> None:
    p.add_argument("--runner", choices=("local", "ray"), default="local", help="processes of this machine, or a Ray cluster by way of Daft (default local)")
    p.add_argument("--ray-address", metavar="ADDRESS", help="of the cluster, such as auto or ray://HOST:10001 (default RAY_ADDRESS, else a new local one)")
