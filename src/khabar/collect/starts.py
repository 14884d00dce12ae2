"""Where reading a file of many articles may begin, found without reading its articles: what several processes share a file by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from khabar.collect.columns import Columns
from khabar.collect.items import Hints
from khabar.collect.jsonl import Pieces
from khabar.collect.ranges import Start
from khabar.collect.tables import read_csv
from khabar.collect.unpack import BAD_STREAM, Packed
from khabar.collect.warc import warc_starts
from khabar.model import InputRejected

MAX_SKIPS = 64  # parts of a file that can only be read from its beginning, so that passing over what others read stays a small share of the work
_PIECE = 2**20


def find_starts(stream: BinaryIO, kind: str, every: int, columns: Columns) -> tuple[Start, ...]:
    """Where reading may begin, after every so many inputs of a file of a kind; the beginning itself is left out. A damaged file has fewer; what reads it
    says why."""
    packed = kind.endswith(".gz")
    if kind == "warc":
        return tuple(warc_starts(stream, every))
    if kind == "parquet":
        return tuple(Start(first) for first in range(every + 1, _rows(stream) + 1, every))
    if kind.startswith("jsonl"):
        starts = tuple(_lines(stream, every, packed=packed))
        return _thinned(starts) if packed else starts
    if kind.startswith(("csv", "tsv")):
        raws = read_csv(stream, "", "", Hints(), columns, tabs=kind.startswith("tsv"), packed=packed)
        return _thinned(tuple(Start(raw.line) for raw in raws if raw.line and raw.line > 1 and raw.line % every == 1 % every))
    return ()


def _thinned(starts: tuple[Start, ...]) -> tuple[Start, ...]:
    step = -(-len(starts) // MAX_SKIPS)
    return starts[step - 1 :: step] if starts else ()


def _rows(stream: BinaryIO) -> int:
    try:
        import pyarrow
        from pyarrow import parquet

        return int(parquet.ParquetFile(stream).metadata.num_rows)
    except (ImportError, pyarrow.ArrowException, OSError, ValueError):
        return 0


def _lines(stream: BinaryIO, every: int, *, packed: bool) -> Iterator[Start]:
    """The lines numbered every + 1, 2 every + 1 and so on; those of a compressed file are found by counting anew."""
    source = cast(Pieces, Packed(stream) if packed else stream)
    lines, offset, wanted = 0, 0, every
    try:
        while piece := source.read1(_PIECE):
            here, at = piece.count(b"\n"), -1
            while lines + here >= wanted:
                while lines < wanted:
                    at, lines, here = piece.index(b"\n", at + 1), lines + 1, here - 1
                yield Start(wanted + 1) if packed else Start(wanted + 1, offset + at + 1, wanted + 1)
                wanted += every
            lines, offset = lines + here, offset + len(piece)
    except (*BAD_STREAM, InputRejected):
        return
