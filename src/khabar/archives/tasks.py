"""What processes are given to do, on this machine or another. Every task may be done twice with the same result."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from khabar.archives.folder import Folder
from khabar.archives.parts import Part, Slice, starts_of
from khabar.archives.settings import Settings
from khabar.archives.work import Beat, Done, Silent, do_part
from khabar.collect.ranges import Start
from khabar.pipeline import Coder

Tick = Callable[[int, int], None]
"""Told now and then how many inputs and mentions of parts not yet done were read."""


@dataclass(slots=True)
class Tools:
    """What a process has to work with. The reader is loaded when it is first asked for."""

    load: Callable[[], Coder]
    beat: Beat = field(default_factory=Silent)
    deadly: Collection[int] = ()
    _coder: Coder | None = None

    @property
    def coder(self) -> Coder:
        if self._coder is None:
            self._coder = self.load()
        return self._coder


class Task(Protocol):
    """Something to do; it and its result can be pickled. `key` names it, `weight` says how much of the work it is."""

    @property
    def key(self) -> str: ...

    @property
    def weight(self) -> int: ...

    def do(self, tools: Tools) -> Any: ...


class Runner(Protocol):
    """Does tasks, in whatever order, and gives each with its result. What cannot be done raises BatchError."""

    def run(self, tasks: Iterable[Task], tick: Tick) -> Iterator[tuple[Task, Any]]: ...


@dataclass(frozen=True, slots=True)
class FindStarts:
    """Find where a file may be cut."""

    file: Slice
    settings: Settings

    @property
    def key(self) -> str:
        return f"cutting {self.file.file.name}"

    @property
    def weight(self) -> int:
        return self.file.file.size

    def do(self, tools: Tools) -> tuple[Start, ...]:
        return starts_of(self.file, self.settings.part_inputs, self.settings.options.columns)


@dataclass(frozen=True, slots=True)
class DoPart:
    """Read, code and write a part."""

    part: Part
    out: Folder
    settings: Settings

    @property
    def key(self) -> str:
        return f"part {self.part.id} ({self.part.slices[0].file.name})"

    @property
    def weight(self) -> int:
        return self.part.size

    def do(self, tools: Tools) -> Done:
        return do_part(self.part, self.out, tools.coder, self.settings, beat=tools.beat, deadly=tools.deadly)
