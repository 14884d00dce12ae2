"""Many articles: one after the other, or in several processes with the results in input order and memory flat."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from khabar.engines import DEFAULT
from khabar.engines.own import NONE, OwnTables
from khabar.model import Document, InvalidValue, Record
from khabar.pipeline import Coder

T = TypeVar("T")
Item = Document | Record


def code_all(items: Iterable[Item], *, jobs: int = 1, engine: str = DEFAULT, own: OwnTables = NONE) -> Iterator[Record]:
    """The record of every item, in order. An item that is a record already (an input that could not be read) is passed on. `jobs`
    processes, 0 for one a core. An article whose process dies yields a `failed` record."""
    return code_and(_same, items, jobs=jobs, engine=engine, own=own)


def code_and(finish: Callable[[Record], T], items: Iterable[Item], *, jobs: int = 1, engine: str = DEFAULT, own: OwnTables = NONE) -> Iterator[T]:
    """Like `code_all`, but yields what `finish` makes of each record; it runs in the process that codes the article."""
    if jobs < 0:
        raise InvalidValue(f"jobs {jobs}: expected a number of processes, or 0 for one a core")
    if (jobs or _cores()) > 1:
        from khabar.pool import Pool

        return Pool(jobs or _cores(), partial(Coder, engine, own), finish).run(items)
    coder = Coder(engine, own)
    return (finish(item if isinstance(item, Record) else coder.code(item)) for item in items)


def _same(record: Record) -> Record:
    return record


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
