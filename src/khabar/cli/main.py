"""`khabar`: its sub-commands and their arguments. Each command's module is imported when the command runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from khabar import DEFAULT_ENGINE, ENGINES, KINDS, KhabarError, __version__
from khabar.cli.batch_arguments import add_batch_commands
from khabar.cli.store_arguments import add_commands, add_filters, add_store

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
EPILOG = "Exit codes: 0 all done, 1 some failed, 2 wrong use. Rejected articles (empty, not Arabic, too long) are done, with the reason in their record."


def entry() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    args = parser().parse_args(arguments)
    try:
        code = int(getattr(import_module(f"khabar.cli.{args.module}"), getattr(args, "function", "run"))(args))
        sys.stdout.flush()
    except KhabarError as error:
        print(f"khabar: {error}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:  # the reader of our output has enough, as in `khabar code ... | head`
        _silence_stdout()
        return SOME_FAILED
    except KeyboardInterrupt:
        print("khabar: interrupted", file=sys.stderr)
        return INTERRUPTED
    return code


def _silence_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter's last flush finds no broken pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="khabar", description="Arabic political news to attributed events: who did what to whom, and who says so.", epilog=EPILOG
    )
    top.add_argument("--version", action="version", version=f"khabar {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _code(commands.add_parser("code", help="code articles: events with actors, places, times, counts and sources", epilog=EPILOG))
    _compare(commands.add_parser("compare-engines", help="list where two readers differ on the same articles"))
    _score(commands.add_parser("score", help="compare coded records with gold annotations"))
    _schema(commands.add_parser("schema", help="print the JSON Schema of a record"))
    _resolve(commands.add_parser("resolve", help="times, numbers, places and actors of a text as values"))
    _search(commands.add_parser("gazetteer", help="search the gazetteer, check places of one's own"), "gazetteer", "places")
    _search(commands.add_parser("actors", help="search the actor book, check actors of one's own"), "actors", "actors")
    _lexicon(commands.add_parser("lexicon", help="work on the lexicon"))
    add_batch_commands(commands)
    add_commands(commands)
    _serve(commands.add_parser("serve", help="open the reading room: a web application to read, check and review"))
    _publish(commands.add_parser("publish", help="write the reading room as a static site, people protected"))
    _users(commands.add_parser("users", help="accounts of a team's reading room"))
    _doctor(commands.add_parser("doctor", help="print versions and sizes, and code a sentence as a self-test"))
    return top


def _code(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="code")
    p.description = (
        "Codes text, HTML, JSONL, CSV, TSV, Parquet, WARC and feed files and folders of them; - or nothing is standard input. "
        "One record an article, in input order."
    )
    p.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; - for standard input")
    p.add_argument("--published", metavar="DAY", help="publication date, such as 2020-01-10, of articles that do not state theirs")
    p.add_argument("--outlet", metavar="NAME", help="outlet of articles that do not state theirs")
    p.add_argument(
        "--column", action="append", default=[], metavar="PART=NAME", help="the column or key that holds the text, title, url, published, outlet or id"
    )
    p.add_argument("--format", choices=("table", "jsonl", "csv"), help="table on a terminal, jsonl otherwise; csv has one row a mention")
    p.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    p.add_argument("--why", action="store_true", help="with each field the rule that produced it")
    add_engine(p)


def add_engine(p: argparse.ArgumentParser) -> None:
    """How articles are read."""
    p.add_argument("-j", "--jobs", type=_jobs, default=1, metavar="N", help="processes; 0 for one a core (default 1)")
    p.add_argument("--engine", default=DEFAULT_ENGINE, metavar="NAME", help=f"the reader: {' or '.join(ENGINES)} (default {DEFAULT_ENGINE})")
    _own(p)


def _own(p: argparse.ArgumentParser) -> None:
    p.add_argument("--places", type=Path, metavar="FILE", help="a table of places of one's own; `khabar gazetteer lint FILE` checks it")
    p.add_argument("--actors", type=Path, metavar="FILE", help="a table of actors of one's own; `khabar actors lint FILE` checks it")


def _resolve(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="resolve")
    p.description = "Prints one JSON object for a text or, with -, for every JSON line {id, text, published?, country?} of standard input."
    p.add_argument("kind", choices=KINDS, help="what to find")
    p.add_argument("text", metavar="TEXT", help="a phrase, sentence or article; - for JSON lines on standard input")
    p.add_argument("--published", metavar="DAY", help="the day that relative times are read against, such as 2020-01-10")
    p.add_argument("--country", metavar="ISO3", help="the country that the text is about, such as SYR")
    _own(p)


def _search(p: argparse.ArgumentParser, function: str, table: str) -> None:
    commands = p.add_subparsers(metavar="COMMAND", required=True)
    search = commands.add_parser("search", help="list what bears a name, in Arabic or English, or a part of one")
    search.set_defaults(module="search", function=function)
    search.add_argument("name", metavar="NAME")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default 20)")
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    if table == "places":
        search.add_argument("--country", metavar="ISO3", help="only in that country; then the deep tables are searched too")
    lint = commands.add_parser("lint", help="list every fault of a table of one's own, file:line: fault")
    lint.set_defaults(module="search", function="lint", table=table)
    lint.add_argument("file", metavar="FILE")


def _compare(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="compare")
    p.description = "Codes articles with two readers and lists, article by article, the acts that only one finds and the fields in which they differ."
    p.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; - for standard input")
    p.add_argument("--engines", default=",".join(ENGINES), metavar="A,B", help=f"the two readers (default {','.join(ENGINES)})")
    p.add_argument("--published", metavar="DAY", help="publication date, such as 2020-01-10, of articles that do not state theirs")
    p.add_argument("--outlet", metavar="NAME", help="outlet of articles that do not state theirs")
    p.add_argument("--json", action="store_true", help="one JSON object a difference")


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 1024:
        raise argparse.ArgumentTypeError(f"{text!r}; expected a number of processes from 0 to 1024")
    return int(text)


def _score(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="score")
    p.description = "Pairs predicted with gold mentions by their triggers and scores every field. Figures equal those of the shared score.py."
    p.add_argument("gold", metavar="GOLD", help="a record (.json), a folder of records, or JSONL")
    p.add_argument("predicted", metavar="PREDICTED", help="likewise, as `khabar code` writes it")
    p.add_argument("--json", action="store_true", help="the figures as JSON")
    p.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N missed, spurious and mistyped mentions")
    p.add_argument("--bootstrap", type=int, default=0, metavar="N", help="95 %% interval of each F1 from N resamplings of the documents")


def _schema(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="schema")


def _lexicon(p: argparse.ArgumentParser) -> None:
    lint = p.add_subparsers(metavar="COMMAND", required=True).add_parser("lint", help="list every fault of the lexicon's tables, file:line: fault")
    lint.set_defaults(module="lint")
    lint.add_argument("folder", nargs="?", metavar="FOLDER", help="tables to check instead of those that ship with khabar")


def _serve(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="serve")
    p.description = "Opens the reading room over a store, which is made where there is none. Without --team only this machine may enter, as one user."
    add_store(p)
    p.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen at (default 127.0.0.1); others than this machine's need --team")
    p.add_argument("--port", type=_port, default=8000, metavar="N", help="port to listen at (default 8000)")
    p.add_argument("--host-name", action="append", default=[], metavar="NAME", help="a name that the room is reached by; may be repeated")
    p.add_argument("--team", action="store_true", help="ask for accounts; `khabar users` makes them")
    p.add_argument("--read-only", action="store_true", help="refuse whatever changes the store")
    p.add_argument("--https", action="store_true", help="the room stands behind a server that speaks HTTPS: cookies are for HTTPS alone")
    p.add_argument("--log", action="store_true", help="log every request")
    p.add_argument("--engine", choices=ENGINES, default=DEFAULT_ENGINE, help=f"the reader that is offered first (default {DEFAULT_ENGINE})")
    me = os.environ.get("KHABAR_WHO") or os.environ.get("USER") or "local"
    p.add_argument("--user", default=me, help="who decides, without --team (default KHABAR_WHO, or you)")


def _publish(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="publish")
    p.description = (
        "Writes the pages of the reading room as files that any web server can serve. Names of private persons are masked, exact places of sensitive "
        "events left out."
    )
    p.add_argument("folder", metavar="DIR", help="a new or empty folder")
    add_store(p)
    add_filters(p)


def _users(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="users")
    p.add_argument("act", choices=("list", "add", "role", "password", "close", "open"), help="what to do; a closed account cannot log in")
    p.add_argument("name", nargs="?", metavar="NAME")
    p.add_argument("--role", choices=("reader", "coder", "adjudicator", "admin"), help="what the account may do (default reader)")
    p.add_argument("--stdin", action="store_true", help="take the password from standard input, not from the terminal")
    add_store(p)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r}; expected a port from 1 to 65535")
    return int(text)


def _doctor(p: argparse.ArgumentParser) -> None:
    p.set_defaults(module="doctor")
