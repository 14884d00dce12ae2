"""Files and standard input to articles, in the order given, with what a store keeps of each: every input yields exactly one piece."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from khabar.collect.feeds import read_feed
from khabar.collect.files import KINDS, SNIFFED, kind_of, sniffed
from khabar.collect.html import stated_url
from khabar.collect.items import Hints, IsKnown, Item, Known, Options, Piece, Raw, digest_of, unread, unreadable
from khabar.collect.jsonl import read_jsonl
from khabar.collect.limits import MAX_BYTES, check_size
from khabar.collect.page import page_piece, text_piece
from khabar.collect.ranges import WHOLE, Range, Start
from khabar.collect.seeds import looks_like_urls, sitemap_entries, url_list
from khabar.collect.tables import read_csv, read_parquet
from khabar.collect.warc import read_warc
from khabar.model import InputRejected

__all__ = ["KINDS", "Hints", "IsKnown", "Item", "Known", "Options", "Piece", "Source", "read_inputs", "read_pieces", "read_range"]


MAX_STDIN = 2**28  # bytes of Parquet from standard input, which is read from its end; one cut there counts as damaged
_STDIN = "stdin:"  # with the digest, the key of what comes from standard input and has no name of its own


@dataclass(frozen=True, slots=True)
class Source:
    """An open file, which can `peek`: its name in reasons and as an article's id, the beginning of keys, its size where it is known, and where reading
    begins."""

    stream: BinaryIO
    name: str
    place: str
    size: int = 0
    start: Start = WHOLE


def read_pieces(
    paths: Sequence[str], hints: Hints | None = None, options: Options | None = None, *, known: IsKnown | None = None, stdin: BinaryIO | None = None
) -> Iterator[Piece | Known]:
    """The pieces of files in order; a file of many articles is read as it is asked for. Where `known(key, digest)` is true, a Known stands in a piece's place
    and its input is not parsed. What cannot be read yields a piece whose record says why. `stdin` is read where a path is `-`."""
    for path in paths:
        for raw in _raws(path, hints or Hints(), options or Options(), stdin):
            yield Known(raw.key, raw.digest) if known and raw.digest and known(raw.key, raw.digest) else made(raw)


def read_inputs(paths: Sequence[str], hints: Hints | None = None, options: Options | None = None, *, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """The articles of files in order. A file that cannot be read yields a record that says why; `stdin` is read where a path is `-`."""
    return (piece.item for piece in read_pieces(paths, hints, options, stdin=stdin) if isinstance(piece, Piece))


def read_range(source: Source, kind: str | None, part: Range, hints: Hints | None = None, options: Options | None = None) -> Iterator[tuple[int, Raw]]:
    """The inputs of a stretch of an open file of a kind (None: told by its first bytes), found but not yet read, with their numbers."""
    raws = _of_kind(replace(source, start=part.start), kind, hints or Hints(), options or Options())
    for ordinal, raw in enumerate(raws, 1):
        number = max(1, raw.line if raw.line is not None else ordinal)
        if part.last is not None and number > part.last:
            return
        if number >= part.start.first:
            yield number, raw


def made(raw: Raw) -> Piece:
    """The piece that an input is; of one that is rejected, the piece that says why."""
    try:
        piece = raw.make()
        return piece if piece.key == raw.key else replace(piece, key=raw.key)
    except InputRejected as reason:
        record = unreadable(str(reason), id=raw.id, line=raw.line, kind="rejected")
        return Piece(raw.key, raw.digest, record, raw.media_type)


def _raws(path: str, hints: Hints, options: Options, stdin: BinaryIO | None) -> Iterator[Raw]:
    if path == "-":
        given = stdin or io.BytesIO()
        stream = given if hasattr(given, "peek") else io.BufferedReader(given)  # type: ignore[type-var]
        for raw in _of_kind(Source(stream, "", _STDIN), None, hints, options):
            yield replace(raw, key=f"{_STDIN}{raw.digest}") if raw.key.startswith(_STDIN) and raw.digest else raw
        return
    name = path.replace(os.sep, "/")
    place = "file:" + os.path.abspath(path).replace(os.sep, "/")
    try:
        with open(path, "rb") as file:
            yield from _of_kind(Source(file, name, place, os.fstat(file.fileno()).st_size), kind_of(path), hints, options)
    except OSError as error:
        yield unread(place, unreadable(f"cannot be read: {error.strerror or error}", id=name), "application/octet-stream")


def _of_kind(source: Source, kind: str | None, hints: Hints, options: Options) -> Iterator[Raw]:
    stream, place, columns = source.stream, source.place, options.columns
    name = source.name or "standard input"
    kind = kind or sniffed(stream.peek(SNIFFED)[:SNIFFED])  # type: ignore[attr-defined]
    packed = kind.endswith(".gz")
    if kind.startswith("jsonl"):
        yield from read_jsonl(stream, name, place, hints, columns, packed=packed, start=source.start)
    elif kind.startswith(("csv", "tsv")):
        yield from read_csv(stream, name, place, hints, columns, tabs=kind.startswith("tsv"), packed=packed, start=source.start)
    elif kind == "parquet":
        yield from read_parquet(stream if source.name else io.BytesIO(stream.read(MAX_STDIN)), name, place, hints, columns, start=source.start)
    elif kind == "warc":
        yield from read_warc(stream, name, place, hints, start=source.start)
    else:
        yield from _of_one_file(source, kind, hints)


def _of_one_file(source: Source, kind: str, hints: Hints) -> Iterator[Raw]:
    """What a file that is held in memory holds: a page, a text, a feed, or a list of addresses."""
    name = source.name or "-"
    try:
        check_size(source.size)
        data = source.stream.read(MAX_BYTES + 1)
        check_size(len(data))
        if kind == "feed":
            yield from read_feed(data, name, source.place, hints)
            return
        if kind in ("sitemap", "urls") or (kind == "text" and looks_like_urls(data[:SNIFFED])):
            raise InputRejected(_addresses(data, kind))
    except InputRejected as reason:
        yield unread(source.place, unreadable(str(reason), id=name, kind="rejected"), "application/octet-stream")
        return
    yield _article(data, kind, source, hints)


def _article(data: bytes, kind: str, source: Source, hints: Hints) -> Raw:
    digest = digest_of(data)
    if kind == "html":
        key = stated_url(data) or source.place
        return Raw(key, digest, lambda: page_piece(data, key, digest, source.name, None, hints), "text/html", source.name or "-", page=data)
    return Raw(source.place, digest, lambda: text_piece(data, source.place, digest, source.name, None, hints), "text/plain", source.name or "-")


def _addresses(data: bytes, kind: str) -> str:
    """Why a list of addresses is no article."""
    if kind == "sitemap":
        found = sitemap_entries(data)
        return f"a sitemap of {len(found.entries) + len(found.sitemaps):,} addresses and no article; they have to be fetched first"
    return f"a list of {len(url_list(data)):,} addresses and no article; they have to be fetched first"
