"""Worker processes that code chunks of articles, each result in its place, a dead process costing one article."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from khabar.model import Document, Outcome, Record
from khabar.pipeline import Coder

Item = Document | Record
CHUNK_ITEMS = 16
CHUNK_CHARACTERS = 200_000  # a chunk is handed over when it holds as many, so that a few long articles do not wait for each other
COLLECT_AFTER = 20_000  # objects made and not let go; reading makes many and few cycles, and looking among them each 700 takes a twentieth of its time
AHEAD = 4  # chunks a process that may be read before the first of them is written


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text or "")
        if len(chunk) == CHUNK_ITEMS or size > CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def coded(coder: Coder, item: Item) -> Record:
    """The record of an item; an input that could not be read is its own."""
    return item if isinstance(item, Record) else coder.code(item)


class _Worker:
    """A process that codes one chunk at a time, sending each result as it is made."""

    def __init__(self, context: Any, load: Callable[[], Coder], finish: Callable[[Record], Any], others: list[Connection]) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, load, finish, [*others, self.connection] if _forks() else []), daemon=True)
        self.process.start()
        theirs.close()
        self.todo: deque[Item] = deque()
        self.chunk = -1

    def give(self, number: int, chunk: Iterable[Item]) -> None:
        self.chunk, self.todo = number, deque(chunk)
        with suppress(OSError):  # where it died while idle, the next recv says so
            self.connection.send(list(self.todo))

    def stop(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.join()


def _same_coder(coder: Coder) -> Coder:
    return coder


def _forks() -> bool:
    return sys.platform == "linux"


def _work(connection: Connection, load: Callable[[], Coder], finish: Callable[[Record], Any], inherited: list[Connection]) -> None:
    """The life of a worker: chunks in, one result an item out, until the pipe closes."""
    for other in inherited:
        other.close()
    gc.set_threshold(COLLECT_AFTER)
    coder = load()
    try:
        while True:
            for item in connection.recv():
                connection.send(finish(coded(coder, item)))
    except (EOFError, OSError, KeyboardInterrupt):
        return


class Pool:
    """Workers, the chunks they hold, and the results that wait for their turn."""

    def __init__(self, jobs: int, load: Callable[[], Coder], finish: Callable[[Record], Any]) -> None:
        self._context = multiprocessing.get_context("fork" if _forks() else "spawn")
        self._load, self._finish = load, finish
        if _forks():  # the lexicon is loaded once, and the processes share its memory
            coder = load()
            self._load = partial(_same_coder, coder)
            gc.freeze()
        self._workers: list[_Worker] = []
        for _ in range(jobs):
            self._workers.append(self._worker())
        self._done: dict[int, list[Any]] = {}

    def _worker(self) -> _Worker:
        return _Worker(self._context, self._load, self._finish, [w.connection for w in self._workers])

    def run(self, items: Iterable[Item]) -> Iterator[Any]:
        chunks = enumerate(_chunks(items))
        written = 0
        more = True
        try:
            while more or self._busy() or written in self._done:
                more = more and self._feed(chunks, written)
                self._collect()
                while written in self._done and not self._holds(written):
                    yield from self._done.pop(written)
                    written += 1
        finally:
            for worker in self._workers:
                worker.stop()

    def _busy(self) -> list[_Worker]:
        return [w for w in self._workers if w.todo]

    def _holds(self, number: int) -> bool:
        return any(w.chunk == number and w.todo for w in self._workers)

    def _feed(self, chunks: Iterator[tuple[int, list[Item]]], written: int) -> bool:
        """Give idle workers chunks; False when there are no more."""
        for worker in self._workers:
            if worker.todo or len(self._done) >= AHEAD * len(self._workers):
                continue
            number, chunk = next(chunks, (-1, []))
            if number < 0:
                return False
            self._done[number] = []
            worker.give(number, chunk)
        return True

    def _collect(self) -> None:
        """Wait for results and keep them; a worker that died is replaced, and goes on behind the article that killed it."""
        busy = {w.connection: w for w in self._busy()}
        for connection in wait(list(busy)) if busy else ():
            worker = busy[connection]
            try:
                result = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            worker.todo.popleft()
            self._done[worker.chunk].append(result)

    def _bury(self, worker: _Worker) -> None:
        worker.process.join()
        failed = _died(worker.todo.popleft(), worker.process.exitcode)
        self._done[worker.chunk].append(self._finish(failed))
        worker.connection.close()
        self._workers.remove(worker)
        fresh = self._worker()
        self._workers.append(fresh)
        if worker.todo:
            fresh.give(worker.chunk, worker.todo)


def _died(item: Item, exitcode: int | None) -> Record:
    if isinstance(item, Record):
        return item
    return Record(item.id, item.outlet, item.published, item.text, Outcome("failed", f"process: ended with exit code {exitcode} while coding this article"))
