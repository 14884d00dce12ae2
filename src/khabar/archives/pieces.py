"""The inputs of a part, one after the other; whatever is wrong with one becomes its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.archives.folder import is_remote, local, opened
from khabar.archives.parts import Part, Slice
from khabar.archives.rows import Input
from khabar.collect.items import Hints, Options, Piece, Raw, unread, unreadable
from khabar.collect.pieces import Source, made, read_range
from khabar.model.ontology import OutcomeKind

MEDIA = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Met:
    """An input found in a part."""

    where: Input
    raw: Raw


def inputs(part: Part, hints: Hints, options: Options) -> Iterator[Met]:
    """The inputs of a part in order, not yet read."""
    for one in part.slices:
        number = one.range.start.first - 1
        try:
            for number, raw in _of_slice(one, hints, options):
                yield Met(Input(one.file.name, one.place, number), raw)
        except OSError as error:
            yield _lost(one, number + 1, f"cannot be read: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001 - a reader that breaks on a file costs the rest of that part, by name
            yield _lost(one, number + 1, f"collect: {type(error).__name__}: {error}; the rest was not read")


def _of_slice(one: Slice, hints: Hints, options: Options) -> Iterator[tuple[int, Raw]]:
    with opened(one.file.name) as stream:
        name = one.file.name if is_remote(one.file.name) else local(one.file.name)
        yield from read_range(Source(stream, name, one.place, one.file.size), one.kind, one.range, hints, options)


def _lost(one: Slice, number: int, reason: str) -> Met:
    record = unreadable(f"{one.file.name}: {reason}", id=one.file.name, line=number)
    return Met(Input(one.file.name, one.place, number), unread(f"{one.place}#{number}", record, MEDIA))


def piece_of(raw: Raw) -> Piece:
    """The piece of an input; a reader that breaks on it fails it."""
    try:
        return made(raw)
    except Exception as error:  # noqa: BLE001 - whatever a reader raises becomes the input's outcome
        return refused(raw, f"collect: {type(error).__name__}: {error}")


def refused(raw: Raw, reason: str, kind: OutcomeKind = "failed") -> Piece:
    """The piece of an input that is not read, for a reason."""
    record = unreadable(reason, id=raw.id, line=raw.line, kind=kind)
    return Piece(raw.key, raw.digest, record, raw.media_type)
