"""The sub-commands that work on a store, and their arguments."""

from __future__ import annotations

import argparse
import os
from typing import Any

from khabar import FORMATS, KINDS_OF_DECISION, RULES, SOURCE_KINDS, STATUSES, TYPES

TABLES = ("overview", "by-day", "by-type", "by-status", "by-place", "by-actor", "by-source", "by-party", "by-outlet")
STORE = os.environ.get("KHABAR_STORE") or "khabar.db"


def add_store(p: argparse.ArgumentParser) -> None:
    """`--store`."""
    p.add_argument("--store", default=STORE, metavar="PATH|URL", help="a file, or postgresql://USER@HOST/DATABASE (default KHABAR_STORE, else khabar.db)")


def add_filters(p: argparse.ArgumentParser) -> None:
    """What events may be chosen by."""
    p.add_argument("--type", choices=TYPES, metavar="TYPE", help=f"one of {', '.join(TYPES)}")
    p.add_argument("--status", choices=STATUSES, metavar="STATUS", help=f"one of {', '.join(STATUSES)}")
    p.add_argument("--place", metavar="NAME", help="a place or first-level unit in Arabic or English, a country (ISO 3166-1 alpha-3), or an id")
    p.add_argument("--near", metavar="LAT,LON,KM", help="within so many kilometres of a point")
    p.add_argument("--actor", metavar="NAME", help="an id, a code (SYR MIL, SYR) or part of a name")
    p.add_argument("--since", metavar="DAY", help="not over before that day")
    p.add_argument("--until", metavar="DAY", help="begun by that day")
    p.add_argument("--source-kind", choices=SOURCE_KINDS, help="vouched for by a source of that kind")
    p.add_argument("--outlet", metavar="NAME", help="told by that outlet")
    p.add_argument("--article", metavar="ID", help="told in that article")
    p.add_argument("--text", metavar="WORDS", help='told in articles that hold these words, in any spelling; "..." for a phrase, - before what must be absent')
    p.add_argument("--confidence", type=float, metavar="P", help="with at least this confidence")
    p.add_argument("--reviewed", action=argparse.BooleanOptionalAction, default=None, help="reviewed by people, or not")


def add_commands(commands: Any) -> None:
    """The sub-commands."""
    _collect(commands.add_parser("collect", help="read and code articles and keep them in a store"))
    _recode(commands.add_parser("recode", help="read the articles of a store with another engine; earlier runs stay"))
    _stories(commands.add_parser("stories", help="join the reports of one event across articles"))
    _events(commands.add_parser("events", help="list events of a store"))
    _stats(commands.add_parser("stats", help="count events, claims and articles of a store, as a table or a plot"))
    _claims(commands.add_parser("claims", help="who says what of an event: the ledger of its claims"))
    _why(commands.add_parser("why-joined", help="why reports were taken for one event, or not"))
    _judge(commands.add_parser("judge", help="decide about a mention or a pair of mentions"))
    _review(commands.add_parser("review", help="progress, batches and agreement of coders, reviewed articles to train on"))
    _sides(commands.add_parser("compare", help="how two outlets or parties tell the same days"))
    _search(commands.add_parser("search", help="find articles of a store by their words"))
    _export(commands.add_parser("export", help="write what a store holds for other programs: spreadsheets, maps, ACLED-like tables, annotations"))
    _import(commands.add_parser("import", help="make a store of a whole export"))
    _plain(commands.add_parser("runs", help="list what was read, by which engine"), "runs")
    _diff(commands.add_parser("diff", help="compare what two runs found in the same articles"))


def _plain(p: argparse.ArgumentParser, function: str) -> None:
    p.set_defaults(module="stored", function=function)
    add_store(p)
    p.add_argument("--json", action="store_true", help="one JSON object a line")


def _collect(p: argparse.ArgumentParser) -> None:
    from khabar.cli.main import add_engine

    p.set_defaults(module="collect")
    p.description = "What is known and unchanged is not read again; a changed article becomes a new version. Every input has one outcome in the store."
    p.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help="files, folders, URLs: text, HTML, JSONL, CSV, Parquet, WARC, feeds, sitemaps, lists of URLs; - is standard input",
    )
    add_store(p)
    p.add_argument("--published", metavar="DAY", help="publication date, such as 2020-01-10, of articles that do not state theirs")
    p.add_argument("--outlet", metavar="NAME", help="outlet of articles that do not state theirs")
    p.add_argument("--column", action="append", default=[], metavar="FIELD=NAME", help="which column of a table or key of JSONL holds a part: text=body")
    p.add_argument("--archive", metavar="FILE", help="keep every answer of the web there, as WARC (.warc.gz)")
    p.add_argument("--delay", type=float, default=1.0, metavar="S", help="seconds between requests to one host (default 1)")
    p.add_argument("--contact", metavar="WHO", help="address or page that servers are told to write to")
    p.add_argument("--allow-loopback", action="store_true", help="fetch from this machine too, for tests")
    p.add_argument("--report", action="store_true", help="print how many inputs ended in each outcome; without INPUT, of what the store holds")
    add_engine(p)


def _recode(p: argparse.ArgumentParser) -> None:
    from khabar.cli.main import add_engine

    p.set_defaults(module="collect", function="recode_store")
    add_store(p)
    add_engine(p)


def _stories(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="stored", function="stories")
    add_store(p)
    p.add_argument("--threshold", type=float, metavar="P", help="the probability from which reports are joined (default: the one the weights were fitted with)")


def _events(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="stored", function="events")
    add_store(p)
    add_filters(p)
    p.add_argument("--format", choices=("table", "csv", "jsonl", "parquet"), help="table on a terminal, jsonl otherwise")
    p.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    p.add_argument("--limit", type=int, metavar="N", help="at most so many")


def _stats(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="stats")
    p.description = "Counts what fits the filters. With --plot the counts are drawn, and printed only where --format or -o asks for them too."
    p.add_argument("table", nargs="?", choices=TABLES, default="overview", metavar="TABLE", help=f"{', '.join(TABLES)} (default overview)")
    add_store(p)
    add_filters(p)
    p.add_argument("--unit", choices=("day", "week", "month", "year"), help="by-day: count by these (default day; in a plot what suits its length)")
    p.add_argument("--level", choices=("country", "admin1", "place"), default="country", help="by-place: how fine (default country)")
    p.add_argument("--role", choices=("actor", "recipient"), default="actor", help="by-actor: those who act or those acted upon (default actor)")
    p.add_argument("--named", action="store_true", help="by-actor: actors that the actor book knows, instead of codes")
    p.add_argument("--format", choices=("table", "csv", "jsonl"), help="table on a terminal, jsonl otherwise")
    p.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    p.add_argument("--limit", type=_several, metavar="N", help="the first so many rows (default all, in a plot 20)")
    p.add_argument("--plot", metavar="FILE", help="draw them into FILE.svg or FILE.png; needs the extra khabar[plot]")
    p.add_argument("--title", metavar="WORDS", help="the title of the plot, in place of ours")


def _several(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}; expected a number from 1")
    return int(text)


def _export(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="exporting", function="write_export")
    p.description = "Protects people unless --full is given: names of private persons are masked, exact places of sensitive events left out."
    add_store(p)
    p.add_argument("--to", required=True, choices=FORMATS, metavar="FORMAT", help=f"one of {', '.join(FORMATS)}")
    p.add_argument("-o", "--output", metavar="PATH", help="a file, or a folder for formats of several files; standard output without it")
    add_filters(p)
    p.add_argument("--full", action="store_true", help="leave names and places as they are; the store keeps on record who asked for it")
    p.add_argument("--counts", choices=RULES, default="median", help="which of conflicting figures counts as best (default median)")
    p.add_argument("--who", default=None, help="who asks (default KHABAR_WHO, or you)")


def _import(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="exporting", function="import_export")
    p.description = "Reads what `khabar export --full` wrote without a filter as jsonl, parquet or datapackage into a new store, identical to the first."
    p.add_argument("path", metavar="PATH", help="a .jsonl file, a folder, a datapackage.json or a .zip")
    add_store(p)


def _claims(p: argparse.ArgumentParser) -> None:
    _plain(p, "claims")
    p.add_argument("event", metavar="EVENT", help="the id of an event or of a mention, or its beginning")
    p.add_argument("--counts", choices=RULES, default="median", help="which number counts as best (default median)")


def _why(p: argparse.ArgumentParser) -> None:
    _plain(p, "why_joined")
    p.add_argument("ids", nargs="+", metavar="ID", help="an event, or two mentions or events")


def _judge(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="stored", function="judge")
    add_store(p)
    p.add_argument("kind", choices=KINDS_OF_DECISION, help="what is decided; `same` and `different` take two mentions")
    p.add_argument("ids", nargs="+", metavar="ID", help="mentions; for `undo` the decision, for `add` and `complete` the article")
    p.add_argument("--who", default=os.environ.get("KHABAR_WHO") or os.environ.get("USER") or "anonymous", help="who decides (default KHABAR_WHO, or you)")
    p.add_argument("--value", metavar="JSON", help="the corrected mention for `fix`, the words of a `note`")


def _review(p: argparse.ArgumentParser) -> None:
    commands = p.add_subparsers(metavar="COMMAND", required=True)
    _reviewing(commands, "progress", "how far the store is reviewed, who did how much")
    agreement = _reviewing(commands, "agreement", "Krippendorff's alpha and F1 of the coders of a blind batch")
    agreement.add_argument("batch", metavar="BATCH", help="its name or id")
    agreement.add_argument("--bootstrap", type=int, default=0, metavar="N", help="95 %% interval of each F1 from N resamplings of the articles")
    assign = _reviewing(commands, "assign", "give articles to coders, to be coded blind unless told otherwise")
    assign.add_argument("name", metavar="NAME", help="what to call the batch")
    assign.add_argument("--coders", required=True, metavar="A,B", help="names with commas between them")
    assign.add_argument("--articles", metavar="FILE", help="ids of articles, one a line, - for standard input (default: articles of the store)")
    assign.add_argument("--text", metavar="WORDS", help="without --articles: those that hold these words")
    assign.add_argument("--limit", type=int, metavar="N", help="the first N of them")
    assign.add_argument("--each", type=int, metavar="N", help="every article to N coders in turn (default: to all)")
    assign.add_argument("--seen", action="store_true", help="not blind: decisions count at once and all see them")
    _reviewing(commands, "close", "end a batch").add_argument("batch", metavar="BATCH", help="its name or id")
    export = _reviewing(commands, "export", "reviewed articles as lines of corpus/khabar.jsonl: offsets and labels, no text")
    export.add_argument("--batch", metavar="BATCH", help="those of a batch only")
    export.add_argument("--complete", action="store_true", help="only articles that a person said are complete")
    export.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")


def _reviewing(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    p: argparse.ArgumentParser = commands.add_parser(name, help=about)
    p.set_defaults(module="review", function=name)
    add_store(p)
    if name not in ("close", "export"):
        p.add_argument("--json", action="store_true", help="one JSON object")
    return p


def _sides(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="review", function="compare")
    p.description = "Events that only one side tells, figures side by side, the words each chooses. Join the reports first: khabar stories."
    for name in ("a", "b"):
        p.add_argument(name, metavar="SIDE", help="outlet:NAME, or party:NAME with a code (SYR MIL, SYR) or a name")
    add_store(p)
    p.add_argument("--since", metavar="DAY", help="published from that day")
    p.add_argument("--until", metavar="DAY", help="published up to that day")
    p.add_argument("--json", action="store_true", help="one JSON object")


def _search(p: argparse.ArgumentParser) -> None:
    _plain(p, "search")
    p.add_argument("question", metavar="WORDS", help='words in any spelling; "..." for a phrase, - before what must be absent')
    p.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (default 50)")


def _diff(p: argparse.ArgumentParser) -> None:
    _plain(p, "diff")
    p.add_argument("first", metavar="RUN", help="a run's id or its beginning, from `khabar runs`")
    p.add_argument("second", metavar="RUN")
    p.add_argument("--limit", type=int, default=100, metavar="N", help="show at most so many differences (default 100)")
