"""Processes that die: nothing is lost, done or counted twice, and an input that kills is set aside by name."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

pytest.importorskip("pyarrow")

from batches import jsonl, rows
from khabar import Coder, Document
from khabar.archives import parts
from khabar.archives.crew import Crew
from khabar.archives.errors import BatchError
from khabar.archives.folder import Folder
from khabar.archives.job import Job
from khabar.archives.settings import Settings
from khabar.pipeline import CodedRecord

KILLS = 100
FORK = multiprocessing.get_context("fork")


class Odd(Coder):
    """A reader that takes its time, and ends its process or hangs at some articles."""

    def __init__(self, coder: Coder, deadly: str | None = None, slow: float = 0.0, hangs: str | None = None) -> None:
        self._coder, self._deadly, self._slow, self._hangs = coder, deadly, slow, hangs

    def code(self, document: Document) -> CodedRecord:
        if document.id == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60 if document.id == self._hangs else self._slow)
        return self._coder.code(document)


def batch(source: Path, out: Path, load: Callable[[], Coder], part: int = 20, **more: Any) -> dict[str, Any]:
    with Crew(2, load, **more) as crew:
        crew.preload()
        return Job(Folder(str(out)), Settings("rules", part_inputs=part), crew).run([str(source)])


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(parts, "WHOLE_BYTES", 0)
    return jsonl(tmp_path / "a.jsonl", range(120))


def test_a_deadly_article_is_set_aside(source: Path, tmp_path: Path, coder: Coder) -> None:
    manifest = batch(source, tmp_path / "out", lambda: Odd(coder, deadly="j33"))
    assert manifest["outcomes"] == {"read": 119, "failed": 1}
    failed = next(r for r in rows(tmp_path / "out", "outcomes") if r["outcome"] == "failed")
    assert (failed["number"], failed["reason"]) == (34, "process: ended each of several times while this input was read")


def test_an_article_that_hangs_is_set_aside(source: Path, tmp_path: Path, coder: Coder) -> None:
    manifest = batch(source, tmp_path / "out", lambda: Odd(coder, hangs="j50"), patience=3.0)
    assert manifest["outcomes"] == {"read": 119, "failed": 1}


def test_a_task_that_always_dies_is_told(source: Path, tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.archives.tasks.starts_of", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BatchError, match=r"cutting .*a\.jsonl: the process ended 5 times"):
        batch(source, tmp_path / "out", lambda: coder)


def test_an_error_of_a_task_is_told(source: Path, tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, data: bytes) -> None:
        if "parts" in path:
            raise OSError(28, "No space left on device")
        put(path, data)

    from khabar.archives import folder

    put = folder._put
    monkeypatch.setattr(folder, "_put", full)
    with pytest.raises(BatchError, match="No space left"):
        batch(source, tmp_path / "out", lambda: coder)
    monkeypatch.setattr(folder, "_put", put)
    assert batch(source, tmp_path / "out", lambda: coder)["outcomes"] == {"read": 120}


def test_two_runs_at_once_are_refused(source: Path, tmp_path: Path, coder: Coder) -> None:
    first = FORK.Process(target=batch, args=(source, tmp_path / "out", lambda: Odd(coder, slow=0.05)))
    first.start()
    while not (tmp_path / "out" / "_work" / "settings.json").exists():
        time.sleep(0.01)
    with pytest.raises(BatchError, match="another run"):
        batch(source, tmp_path / "out", lambda: coder)
    first.kill()
    first.join()


def end(process: Any, *, worker: bool, chance: random.Random) -> None:
    """Kill a coordinator, or one of its workers."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
        victim = chance.choice(children).pid if worker and children else process.pid
        os.kill(victim, signal.SIGKILL)
    except (psutil.NoSuchProcess, ProcessLookupError):
        pass


def killed_often(source: Path, out: Path, load: Callable[[], Coder], kills: int, seed: int) -> int:
    """Run a batch, killing coordinator and workers at random moments until so many were killed or it is done; the number of kills."""
    chance = random.Random(seed)
    done = 0
    while not (out / "batch.json").exists():
        process = FORK.Process(target=batch, args=(source, out, load))
        process.start()
        while process.is_alive() and done < kills:
            process.join(chance.uniform(0.01, 0.5))
            if process.is_alive():
                end(process, worker=chance.random() < 0.7, chance=chance)
                done += 1
        process.join()
    return done


@pytest.mark.parametrize("kills", [5, pytest.param(KILLS, marks=pytest.mark.slow)])
def test_kills_at_random_moments_change_nothing(source: Path, tmp_path: Path, coder: Coder, kills: int) -> None:
    calm = batch(source, tmp_path / "calm", lambda: coder)
    done, turn = 0, 0
    while done < kills:
        out = tmp_path / f"out{turn}"
        done += killed_often(source, out, lambda: Odd(coder, slow=0.01), kills - done, seed=turn)
        again = batch(source, out, lambda: coder)
        assert again["hash"] == calm["hash"]
        for name in ("articles", "mentions", "sources", "counts", "outcomes"):
            assert rows(out, name) == rows(tmp_path / "calm", name)
        turn += 1
