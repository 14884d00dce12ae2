"""Processes that do tasks, share the memory of lexicon and model, and may die: what one was at is done again, and an input that ends its process time after
time is set aside by name."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from khabar.archives.errors import BatchError
from khabar.archives.tasks import Task, Tick, Tools
from khabar.pipeline import Coder
from khabar.pool import COLLECT_AFTER

DEATHS = 5  # of processes, one after the other at the same input, until it is set aside; a machine in trouble kills at random places
HUNG = 3  # deaths that a process counts for which was stopped because an input took too long
PATIENCE = 600.0  # seconds an input may take; the longest article read takes 20
WAKE = 0.5  # seconds between looks at processes that are silent
_ORDINAL, _SINCE, _INPUTS, _MENTIONS = range(4)


class SharedBeat:
    """Where a process is, in memory that outlives it."""

    def __init__(self, cells: Any, parent: int) -> None:
        self._cells, self._parent = cells, parent

    def begin(self, ordinal: int) -> None:
        if os.getppid() != self._parent:
            raise SystemExit("the process that gave the task is gone")
        self._cells[_ORDINAL], self._cells[_SINCE] = ordinal, time.time()

    def done(self, mentions: int) -> None:
        self._cells[_SINCE] = 0.0
        self._cells[_INPUTS] += 1
        self._cells[_MENTIONS] += mentions


@dataclass(slots=True)
class _Given:
    """A task with the deaths it has met: at which input, how often, and which inputs are set aside."""

    task: Task
    at: int = -2
    deaths: int = 0
    deadly: set[int] = field(default_factory=set)


class _Worker:
    """A process, its connection, and what it was given."""

    def __init__(self, context: Any, load: Callable[[], Coder], others: list[Connection]) -> None:
        self.cells = context.RawArray("d", 4)
        self.connection, theirs = context.Pipe()
        inherited = [*others, self.connection] if context.get_start_method() == "fork" else []
        self.process = context.Process(target=_work, args=(theirs, load, self.cells, os.getpid(), inherited), daemon=True)
        self.process.start()
        theirs.close()
        self.given: _Given | None = None

    def give(self, given: _Given) -> None:
        self.given = given
        self.cells[:] = [-1.0, 0.0, 0.0, 0.0]
        with suppress(OSError):  # where it died while idle, the next look says so
            self.connection.send((given.task, tuple(given.deadly)))

    def hangs(self, patience: float) -> bool:
        since = self.cells[_SINCE]
        return bool(since) and time.time() - since > patience

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _work(connection: Connection, load: Callable[[], Coder], cells: Any, parent: int, inherited: list[Connection]) -> None:
    """The life of a process: tasks in, results out, until the pipe closes."""
    for other in inherited:
        other.close()
    gc.set_threshold(COLLECT_AFTER)
    tools = Tools(load, SharedBeat(cells, parent))
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            task, tools.deadly = connection.recv()
            connection.send_bytes(_answer(task, tools))


def _answer(task: Task, tools: Tools) -> bytes:
    try:
        return pickle.dumps((True, task.do(tools)))
    except Exception as error:  # noqa: BLE001 - told to the process that gave the task
        return pickle.dumps((False, f"{error}" if isinstance(error, BatchError) else f"{type(error).__name__}: {error}"))


class Crew:
    """`jobs` processes. With `share`, they are forked from this one with the reader already loaded; without, each loads its own, as is needed where
    threads of object stores run."""

    def __init__(self, jobs: int, load: Callable[[], Coder], *, share: bool = True, patience: float = PATIENCE) -> None:
        self._context = multiprocessing.get_context("fork" if share else "spawn")
        self._jobs, self._load, self._patience, self._share = jobs, load, patience, share
        self._workers: list[_Worker] = []
        self._again: list[_Given] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        while self._workers:
            self._workers.pop().stop()

    def preload(self) -> None:
        """Load the reader now, so that processes begun from now on share its memory."""
        if self._share:
            self.close()
            coder = self._load()
            self._load = _Same(coder)
            gc.freeze()

    def run(self, tasks: Iterable[Task], tick: Tick) -> Iterator[tuple[Task, Any]]:
        """The tasks with their results, as they are done."""
        waiting = iter(tasks)
        while True:
            self._feed(waiting)
            busy = [w for w in self._workers if w.given]
            if not busy:
                return
            for ready in wait([w.connection for w in busy], WAKE):
                worker = next(w for w in busy if w.connection is ready)
                if (done := self._taken(worker)) is not None:
                    yield done
            for worker in busy:
                if worker.given and worker.hangs(self._patience):
                    worker.process.kill()
                    self._bury(worker, HUNG)
            tick(*(int(sum(w.cells[i] for w in self._workers if w.given)) for i in (_INPUTS, _MENTIONS)))

    def _feed(self, waiting: Iterator[Task]) -> None:
        """Give what there is to do to those without a task, beginning processes as they are needed."""
        while True:
            idle = next((w for w in self._workers if not w.given), None)
            if idle is None and len(self._workers) >= self._jobs:
                return
            given = self._again.pop() if self._again else next((_Given(t) for t in waiting), None)
            if given is None:
                return
            (idle or self._hire()).give(given)

    def _hire(self) -> _Worker:
        self._workers.append(_Worker(self._context, self._load, [w.connection for w in self._workers]))
        return self._workers[-1]

    def _taken(self, worker: _Worker) -> tuple[Task, Any] | None:
        """The result of a process that has one; None of one that died."""
        given = worker.given
        assert given is not None
        try:
            fine, result = pickle.loads(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._bury(worker, 1)
            return None
        worker.given = None
        if not fine:
            raise BatchError(f"{given.task.key}: {result}")
        return given.task, result

    def _bury(self, worker: _Worker, deaths: int) -> None:
        """Take a dead process away; its task is to be done again."""
        given, at = worker.given, int(worker.cells[_ORDINAL])
        assert given is not None
        worker.stop()
        self._workers.remove(worker)
        given.deaths = given.deaths + deaths if given.at == at else deaths
        given.at = at
        if given.deaths >= DEATHS:
            if at < 0:
                raise BatchError(f"{given.task.key}: the process ended {DEATHS} times before it was done, at last with exit code {worker.process.exitcode}")
            given.deadly.add(at)
            given.deaths = 0
        self._again.append(given)


class _Same:
    """Gives the reader that is loaded already."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder

    def __call__(self) -> Coder:
        return self._coder
