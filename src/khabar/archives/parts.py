"""The plan of a batch: its inputs cut into parts, each of which is done once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from khabar.archives.errors import BatchError
from khabar.archives.folder import Found, find, is_remote, local, opened
from khabar.collect.columns import Columns
from khabar.collect.files import KINDS, SINGLE, kind_of
from khabar.collect.ranges import Range, Start
from khabar.collect.starts import find_starts
from khabar.model import content_id

PART_INPUTS = 1_000  # inputs of a part; the learned reader takes two minutes for as many on one core
WHOLE_BYTES = 2**18  # a smaller file is not cut
GROUP_FILES, GROUP_BYTES = 200, 2**21  # small files that make a part together


@dataclass(frozen=True, slots=True)
class Slice:
    """A file, or a stretch of one."""

    file: Found
    kind: str
    range: Range = Range()  # noqa: RUF009

    @property
    def place(self) -> str:
        """What names the file in keys and reasons."""
        return self.file.name if is_remote(self.file.name) else "file:" + _absolute(local(self.file.name))


def _absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class Part:
    """What is done in one go. `id` is a hash of all that its rows depend on: the files as they are, the stretch, and how they are read. `size` is about the
    bytes to read."""

    id: str
    slices: tuple[Slice, ...]
    size: int


def find_files(patterns: Iterable[str]) -> tuple[tuple[Slice, ...], int]:
    """The files that paths, URLs and globs name, those of kinds that are read, and the number of others found in folders."""
    files: dict[str, Slice] = {}
    left_out = 0
    for pattern in patterns:
        found = find(pattern)
        for f in found:
            kind = kind_of(f.name)
            if kind is not None:
                files[f.name] = Slice(f, kind)
            elif f.name == pattern:
                raise BatchError(f"{pattern}: of no kind that is read; expected {', '.join(KINDS)}")
            else:
                left_out += 1
    return tuple(files[name] for name in sorted(files)), left_out


def may_be_cut(one: Slice) -> bool:
    """Whether a file is long, and of a kind that holds many articles."""
    return one.kind not in SINGLE and one.file.size > WHOLE_BYTES


def starts_of(one: Slice, every: int, columns: Columns) -> tuple[Start, ...]:
    """Where a long file may be cut; one that cannot be read is not."""
    try:
        with opened(one.file.name) as stream:
            return find_starts(stream, one.kind, every, columns)
    except OSError:
        return ()


def cuts(one: Slice, starts: Sequence[Start]) -> Iterator[Slice]:
    """The stretches of a file from its beginning and the places it may be cut at."""
    begins = (Start(), *starts)
    for i, start in enumerate(begins):
        last = begins[i + 1].first - 1 if i + 1 < len(begins) else None
        yield replace(one, range=Range(start, last))


def plan(files: Iterable[Slice], starts: Mapping[str, Sequence[Start]], settings: Mapping[str, Any]) -> Iterator[Part]:
    """The parts of files: stretches of long ones, short ones and single pages together."""
    group: list[Slice] = []
    for one in files:
        if not may_be_cut(one):
            if len(group) == GROUP_FILES or sum(g.file.size for g in group) + one.file.size > GROUP_BYTES:
                yield from _grouped(group, settings)
                group = []
            group.append(one)
            continue
        found = list(cuts(one, starts.get(one.file.name, ())))
        for cut in found:
            yield _part((cut,), one.file.size // len(found), settings)
    yield from _grouped(group, settings)


def _grouped(group: Sequence[Slice], settings: Mapping[str, Any]) -> Iterator[Part]:
    if group:
        yield _part(tuple(group), sum(g.file.size for g in group), settings)


def _part(slices: tuple[Slice, ...], size: int, settings: Mapping[str, Any]) -> Part:
    return Part(content_id([[asdict(s) for s in slices], dict(settings)], prefix="p"), slices, size)
