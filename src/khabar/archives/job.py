"""A batch from its inputs to its manifest: planned, done part by part, gathered. Run again after whatever stopped it, it goes on where it stood."""

from __future__ import annotations

import json
import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import khabar
from khabar.archives.errors import BatchError
from khabar.archives.folder import MANIFEST, Folder, arrow
from khabar.archives.gather import GATHERED, Gathered, clean, plan_gathering
from khabar.archives.parts import Part, Slice, find_files, may_be_cut, plan
from khabar.archives.schema import TABLES
from khabar.archives.settings import Settings
from khabar.archives.tasks import DoPart, FindStarts, Runner, Task
from khabar.archives.work import PARTS, WORK, Done, find_done
from khabar.collect.ranges import Start
from khabar.model import content_id

SETTINGS = f"{WORK}/settings.json"
STARTS = f"{WORK}/starts"


@dataclass(slots=True)
class Progress:
    """How far a batch is. `weight` and `whole` are the work done and all of it, in bytes to read (in the last stage, in parts to gather)."""

    stage: str = ""
    weight: int = 0
    whole: int = 0
    inputs: int = 0
    mentions: int = 0
    live_inputs: int = 0
    live_mentions: int = 0
    resumed: int = 0


Watch = Callable[[Progress], None]


@dataclass(slots=True)
class Job:
    """One run over a batch."""

    out: Folder
    settings: Settings
    runner: Runner
    watch: Watch = lambda progress: None
    progress: Progress = field(default_factory=Progress)

    def run(self, patterns: Iterable[str]) -> dict[str, Any]:
        """Do what is left to do of the inputs that paths, URLs and globs name; the manifest. BatchError where that cannot be."""
        arrow()
        began = time.time()
        files, left_out = find_files(patterns)
        record = self.settings.record()
        with _claimed(self.out):
            self._check(record)
            parts = list(dict.fromkeys(plan(files, self._starts(files), record)))
            done = self._parts(parts)
            gathered = self._gather(done)
            manifest = _manifest(files, left_out, record, done, gathered)
            before = self.out.json(MANIFEST)
            if before is None or before["hash"] != manifest["hash"]:
                manifest["finished"], manifest["seconds"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), round(time.time() - began, 1)
                self.out.write(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
                return manifest
        return cast(dict[str, Any], before)

    def _check(self, record: dict[str, Any]) -> None:
        """Refuse a folder that holds a batch read otherwise."""
        held = self.out.json(SETTINGS)
        if held is None:
            if self.out.json(MANIFEST) is not None:
                raise BatchError(f"{self.out.url}: holds a batch whose {WORK} folder is gone, so that it cannot be gone on with; choose another folder")
            self.out.write(SETTINGS, json.dumps(record, ensure_ascii=False, indent=1).encode())
        elif held != record:
            named = ", ".join(f"{k} {held.get(k)!r}, not {v!r}" for k, v in record.items() if held.get(k) != v)
            raise BatchError(f"{self.out.url}: holds a batch read with {named}; choose another folder, or read as before")

    def _do(self, stage: str, tasks: Sequence[Task], done: int = 0) -> Iterator[tuple[Task, Any]]:
        """Do tasks and say how far they are; `done` is the weight of what was done before."""
        p = self.progress
        p.stage, p.weight, p.whole = stage, done, done + sum(t.weight for t in tasks)
        if not tasks:
            return

        def tick(inputs: int, mentions: int) -> None:
            p.live_inputs, p.live_mentions = inputs, mentions
            self.watch(p)

        for task, result in self.runner.run(tasks, tick):
            p.weight += task.weight
            yield task, result
            self.watch(p)
        tick(0, 0)

    def _starts(self, files: Iterable[Slice]) -> dict[str, Sequence[Start]]:
        """Where long files may be cut, from an earlier run where it found them."""
        found: dict[str, Sequence[Start]] = {}
        missing: list[FindStarts] = []
        for one in files:
            if may_be_cut(one):
                held = self.out.json(self._starts_name(one))
                if held is None:
                    missing.append(FindStarts(one, self.settings))
                else:
                    found[one.file.name] = tuple(Start(*s) for s in held)
        for task, starts in self._do("cutting", missing):
            one = cast(FindStarts, task).file
            self.out.write(self._starts_name(one), json.dumps([[s.first, s.offset, s.number] for s in starts]).encode())
            found[one.file.name] = starts
        return found

    def _starts_name(self, one: Slice) -> str:
        file = one.file
        return f"{STARTS}/{content_id([file.name, file.size, file.stamp, self.settings.part_inputs])}.json"

    def _parts(self, parts: Sequence[Part]) -> list[Done]:
        """Do the parts that are not done."""
        suffix = "/done.json"
        marked = {name.removeprefix(f"{PARTS}/").removesuffix(suffix) for name in self.out.names(PARTS) if name.endswith(suffix)}
        found = [d for p in parts if p.id in marked and (d := find_done(self.out, p.id))]
        ids = {d.id for d in found}
        left = [p for p in parts if p.id not in ids]
        self.progress.resumed = self.progress.inputs = sum(d.inputs for d in found)
        self.progress.mentions = sum(d.mentions for d in found)
        tasks = [DoPart(p, self.out, self.settings) for p in left]
        for _, result in self._do("reading", tasks, sum(p.size for p in parts) - sum(p.size for p in left)):
            done = cast(Done, result)
            self.progress.inputs += done.inputs
            self.progress.mentions += done.mentions
            found.append(done)
        return found

    def _gather(self, done: Sequence[Done]) -> list[Gathered]:
        """Gather what is not gathered yet."""
        wanted = plan_gathering(self.out, done)
        held = {name for name in self.out.names(GATHERED) if name.endswith(".json")}
        names = {g.id: f"{GATHERED}/{g.id}.json" for g in wanted}
        if held != set(names.values()):
            self.out.remove(MANIFEST)
            clean(self.out, wanted)
        found = [Gathered.parse(self.out.json(names[g.id])) for g in wanted if names[g.id] in held]
        left: list[Task] = [g for g in wanted if names[g.id] not in held]
        found += [cast(Gathered, result) for _, result in self._do("gathering", left)]
        return found


@contextmanager
def _claimed(out: Folder) -> Iterator[None]:
    """Keep a second run out of a folder of this machine; what a killed run left half written is removed."""
    if not out.is_local:
        yield
        return
    import fcntl

    try:
        os.makedirs(out.path(WORK), exist_ok=True)
        lock = open(out.path(f"{WORK}/lock"), "a+b")  # noqa: SIM115
    except OSError as error:
        raise BatchError(f"{out.url}: cannot be written: {error.strerror}; choose another folder") from None
    with lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BatchError(f"{out.url}: another run is at work there; wait for it, or choose another folder") from None
        yield


def _manifest(files: Sequence[Slice], left_out: int, settings: dict[str, Any], done: Sequence[Done], gathered: Iterable[Gathered]) -> dict[str, Any]:
    tables: dict[str, Any] = {t: {"rows": 0, "sum": 0, "months": Counter[str]()} for t in TABLES}
    outcomes: Counter[str] = Counter()
    reasons = sum((Counter(d.rejected) for d in done), Counter[str]())
    for one in gathered:
        outcomes.update(one.outcomes)
        for table, entry in tables.items():
            entry["rows"] += one.rows[table]
            entry["sum"] = (entry["sum"] + one.sums[table]) % 2**256
            if one.rows[table]:
                entry["months"][one.month] += one.rows[table]
    for entry in tables.values():
        entry["sum"], entry["months"] = f"{entry['sum']:064x}", dict(sorted(entry["months"].items()))
    inputs = [{"name": f.file.name, "size": f.file.size, "stamp": f.file.stamp} for f in files]
    return {
        "khabar": khabar.__version__, "python": platform.python_version(), "pyarrow": arrow().__version__, "settings": settings,
        "hash": whole_hash({t: e["sum"] for t, e in tables.items()}), "outcomes": dict(sorted(outcomes.items())), "tables": tables,
        "reasons": dict(reasons.most_common()), "parts": len(done), "left_out": left_out, "inputs": inputs,
    }  # fmt: skip


def whole_hash(sums: dict[str, str]) -> str:
    """One hash of all rows of all tables, whatever their order and division into files."""
    import hashlib

    from khabar.model import canonical_json

    return hashlib.sha256(canonical_json(sums).encode()).hexdigest()
