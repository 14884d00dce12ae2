"""Batches as they are asked for: with a runner made for the place they run at."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from khabar.archives.crew import Crew
from khabar.archives.errors import BatchError
from khabar.archives.folder import MANIFEST, Folder, is_remote
from khabar.archives.job import Job, Watch, whole_hash
from khabar.archives.schema import TABLES
from khabar.archives.settings import Settings
from khabar.archives.stories import StoriesJob
from khabar.archives.tables import rows_hash, rows_in
from khabar.archives.tasks import Runner
from khabar.model import InvalidValue
from khabar.pipeline import Coder

Batch = dict[str, Any]
"""A manifest."""
RUNNERS = ("local", "ray")


def run_batch(
    inputs: Iterable[str], out: str, settings: Settings, *, jobs: int = 0, runner: str = "local", ray_address: str | None = None, watch: Watch | None = None
) -> Batch:
    """Code what paths, globs and URLs name into a folder of Parquet; the manifest. `jobs` processes of this machine (0: one a core), or those of a Ray
    cluster. Run again it goes on. BatchError where the folder holds another batch or cannot be written."""
    patterns = list(inputs)
    share = not any(is_remote(name) for name in (*patterns, out))
    with runner_for(settings, jobs, runner, ray_address, share=share, reads=True) as made:
        job = Job(Folder(out), settings, made)
        if watch:
            job.watch = watch
        return job.run(patterns)


@contextmanager
def runner_for(settings: Settings, jobs: int, runner: str, ray_address: str | None, *, share: bool, reads: bool) -> Iterator[Runner]:
    """What does the tasks of a batch. With `share` processes are forked; with `reads` they need the reader."""
    if jobs < 0 or runner not in RUNNERS:
        raise InvalidValue(f"{jobs} jobs of runner {runner!r}: expected 0 or more, and {' or '.join(RUNNERS)}")
    load = partial(Coder, settings.engine, settings.own)
    if runner == "ray":
        from khabar.archives.cluster import Cluster

        yield Cluster(load, ray_address)
        return
    with Crew(jobs or cores(), load, share=share and sys.platform == "linux") as crew:
        if reads:
            crew.preload()
        yield crew


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def manifest_of(folder: Folder) -> Batch:
    """The manifest of a finished batch; BatchError where there is none."""
    held = folder.json(MANIFEST)
    if held is None:
        raise BatchError(f"{folder.url}: no {MANIFEST} there; expected the folder of a finished batch: run `khabar batch` again to finish it")
    return dict(held)


def check_hash(out: str) -> tuple[str, str]:
    """The hash of the rows that a batch's files hold, and the one its manifest states."""
    folder = Folder(out)
    stated = manifest_of(folder)["hash"]
    sums = {}
    for table in TABLES:
        total = 0
        for name in folder.names(table):
            with folder.open(name) as file:
                total = rows_hash(rows_in(file), total)
        sums[table] = f"{total:064x}"
    return whole_hash(sums), stated


def join_batch(
    out: str, *, threshold: float | None = None, jobs: int = 0, runner: str = "local", ray_address: str | None = None, watch: Watch | None = None
) -> dict[str, int]:
    """Find copies and join the reports of one event in a batch; how many there are of each. What an earlier pass wrote is replaced."""
    folder = Folder(out)
    manifest_of(folder)
    with runner_for(Settings("rules"), jobs, runner, ray_address, share=folder.is_local, reads=False) as made:
        job = StoriesJob(folder, made, threshold)
        if watch:
            job.watch = watch
        return job.run()
