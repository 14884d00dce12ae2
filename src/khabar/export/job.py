"""An export under way: what is asked for, where it goes, and what it has to report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from khabar.export.view import View, told_filter, view
from khabar.model import InvalidValue
from khabar.store import EventFilter, Store
from khabar.stories.ledger import Rule

CREATOR = "khabar"
PROTECTION = "names of private persons masked at the same length, places of sensitive events coarsened to the first-level unit"


@dataclass(frozen=True, slots=True)
class Report:
    """What an export came to: rows or files written by name, what was dropped by reason, and what a reader should know."""

    format: str
    full: bool
    written: Mapping[str, int]
    dropped: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes: a path, or a binary stream."""

    path: Path | None = None
    stream: IO[bytes] | None = None

    @property
    def single(self) -> bool:
        """Whether the export is to be one file."""
        return self.path is None or bool(self.path.suffix) or self.path.is_file()

    @contextmanager
    def file(self) -> Iterator[IO[bytes]]:
        """The one file to write; it takes its name only when it is whole."""
        if self.path is None:
            if self.stream is None:
                raise InvalidValue("no path and no stream to export to")
            yield self.stream
            return
        with whole_file(self.path) as out:
            yield out

    def folder(self, form: str) -> Path:
        """The folder to write into, made if need be; one that holds anything is left alone."""
        if self.path is None:
            raise InvalidValue(f"{form} is a folder of files: name one with -o FOLDER")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if any(self.path.iterdir()):
                raise InvalidValue(f"{self.path}: not empty; name a new folder")
        except OSError as error:
            raise InvalidValue(f"{self.path}: {error.strerror}; expected a folder that can be written") from None
        return self.path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when all is written, and leaves nothing behind when something fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "wb") as out:
            yield out
        os.replace(part, path)
    except OSError as error:
        raise InvalidValue(f"{path}: {error.strerror}; cannot be written") from None
    finally:
        part.unlink(missing_ok=True)


@dataclass
class Job:
    """One export. `written` and `dropped` fill up while it runs."""

    store: Store
    format: str
    target: Target
    wanted: EventFilter
    rule: Rule
    full: bool
    version: str = ""
    written: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether the store is to be written as it is, so that it can be read in again."""
        return self.full and self.wanted == EventFilter()

    @cached_property
    def view(self) -> View:
        """What is published, people protected unless `full`."""
        made = view(self.store, self.wanted, self.rule, full=self.full)
        self.dropped.update({k: n for k, n in made.dropped.items() if n})
        if not self.full:
            self.notes.append(f"people protected: {PROTECTION}")
        return made

    def head(self) -> dict[str, Any]:
        """What an export says of itself, where its format has a place for it."""
        layout = "store" if self.whole else "published"
        own = {"creator": CREATOR, "version": self.version, "format": self.format, "layout": layout, "full": self.full}
        return {**own, "filter": told_filter(self.wanted, self.full), "counts": self.rule, "protection": None if self.full else PROTECTION}

    def report(self) -> Report:
        return Report(self.format, self.full, dict(self.written), {k: n for k, n in self.dropped.items() if n}, tuple(self.notes))
