"""Files, folders and standard input to articles, in the order given; every file yields at least one item unless it is JSONL without lines."""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from khabar.collect.decode import decode
from khabar.collect.html import looks_like_html, read_html
from khabar.collect.items import Hints, Item, unreadable
from khabar.collect.jsonl import GZIP, read_jsonl
from khabar.collect.limits import MAX_BYTES, check_size
from khabar.model import Document, InputRejected, InvalidValue
from khabar.model.ontology import PublishedBasis

KINDS = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".jsonl.gz": "jsonl.gz"}
_SNIFFED = 4096  # bytes looked at to tell a kind apart


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files found: their paths in reading order, and how many files of other kinds the folders held."""

    paths: tuple[str, ...]
    left_out: int = 0

    @property
    def articles(self) -> int | None:
        """How many articles they are, None where only reading tells."""
        return None if any((kind_of(p) or "jsonl").startswith("jsonl") for p in self.paths) else len(self.paths)


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


def read_inputs(paths: Sequence[str], hints: Hints | None = None, *, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """The articles of files in order. A file that cannot be read yields a record that says why; `stdin` is read where a path is `-`."""
    for path in paths:
        yield from _read_stream(stdin or io.BytesIO(), hints or Hints()) if path == "-" else _read_path(path, hints or Hints())


def _read_path(path: str, hints: Hints) -> Iterator[Item]:
    name = path.replace(os.sep, "/")
    try:
        with open(path, "rb") as stream:
            yield from _read_kind(stream, kind_of(path), name, hints, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        yield unreadable(f"cannot be read: {error.strerror or error}", id=name)


def _read_stream(stdin: BinaryIO, hints: Hints) -> Iterator[Item]:
    yield from _read_kind(io.BufferedReader(stdin) if not hasattr(stdin, "peek") else stdin, None, "", hints, 0)  # type: ignore[type-var]


def _read_kind(stream: BinaryIO, kind: str | None, name: str, hints: Hints, size: int) -> Iterator[Item]:
    kind = kind or _sniffed(stream.peek(_SNIFFED))  # type: ignore[attr-defined]
    if kind.startswith("jsonl"):
        yield from read_jsonl(stream, name or "standard input", hints, packed=kind == "jsonl.gz")
    else:
        yield _one_article(stream, kind, name, hints, size)


def _sniffed(head: bytes) -> str:
    """The kind that the first bytes tell."""
    if head.startswith(GZIP):
        return "jsonl.gz"
    if looks_like_html(head):
        return "html"
    return "jsonl" if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else "text"


def _one_article(stream: BinaryIO, kind: str, name: str, hints: Hints, size: int) -> Item:
    try:
        check_size(size)
        data = stream.read(MAX_BYTES + 1)
        check_size(len(data))
        return _from_html(data, name, hints) if kind == "html" else Document(decode(data), name, hints.published, hints.outlet)
    except InputRejected as reason:
        return unreadable(str(reason), id=name or "-", kind="rejected")


def _from_html(data: bytes, name: str, hints: Hints) -> Document:
    page = read_html(data)
    basis: PublishedBasis | None = "metadata" if page.published else None
    return Document(page.text, name, page.published or hints.published, page.outlet or hints.outlet, page.url, basis)
