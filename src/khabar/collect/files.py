"""Files, folders and standard input: which are read, and of what kind each is."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from khabar.collect.html import looks_like_html
from khabar.collect.seeds import list_kind
from khabar.collect.unpack import GZIP
from khabar.model import InvalidValue

KINDS = {
    ".txt": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "jsonl.gz",
    ".warc": "warc", ".warc.gz": "warc", ".csv": "csv", ".csv.gz": "csv.gz", ".tsv": "tsv", ".tsv.gz": "tsv.gz", ".parquet": "parquet",
    ".rss": "feed", ".atom": "feed",
}  # fmt: skip
SINGLE = ("text", "html")  # kinds that hold one article a file
SNIFFED = 4096  # bytes looked at to tell a kind apart


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files found: their paths in reading order, and how many files of other kinds the folders held."""

    paths: tuple[str, ...]
    left_out: int = 0

    @property
    def articles(self) -> int | None:
        """How many articles they are, None where only reading tells."""
        return len(self.paths) if all(kind_of(p) in SINGLE for p in self.paths) else None


def kind_of(path: str) -> str | None:
    """The kind that a file's name tells, or None."""
    name = path.lower()
    return next((kind for suffix, kind in KINDS.items() if name.endswith(suffix)), None)


def find_inputs(paths: Iterable[str], *, without: Collection[str] = ()) -> Inputs:
    """The files that `paths` name, folders searched below in the order of names; `-` is standard input. `without` names files never to
    be read, such as the output. A path that does not exist raises InvalidValue."""
    skipped = {os.path.realpath(p) for p in without}
    found: list[str] = []
    left_out = 0
    for path in paths:
        if path != "-" and not os.path.exists(path):
            raise InvalidValue(f"{path}: no such file or folder; expected {', '.join(KINDS)}, a folder of these, or - for standard input")
        inside = _below(path) if os.path.isdir(path) else [path]
        known = [p for p in inside if p == path or (kind_of(p) and os.path.isfile(p))]
        left_out += len(inside) - len(known)
        found += [p for p in known if p == "-" or os.path.realpath(p) not in skipped]
    return Inputs(tuple(found), left_out)


def _below(folder: str) -> list[str]:
    out: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        out += [os.path.join(parent, name) for name in names]
    return sorted(out)


def sniffed(head: bytes) -> str:
    """The kind that a file's first bytes tell."""
    if head.startswith(GZIP):
        return _inside(head)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/1."):
        return "warc"
    if looks_like_html(head):
        return "html"
    return list_kind(head) or ("jsonl" if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else "text")


def _inside(head: bytes) -> str:
    try:
        begin = zlib.decompressobj(31).decompress(head, SNIFFED)
    except zlib.error:
        begin = b""
    return "warc" if begin.startswith(b"WARC/1.") else "jsonl.gz"
