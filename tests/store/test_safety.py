"""What can happen to a store: killed writers, two writers, full disks, files that cannot be written or are no store."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import text

from khabar import StoreError
from khabar.cli.main import main
from khabar.dataset import begin_run, known, open_store
from khabar.store.database import Database
from records import entry, raids, record

ARTICLES = 60
FORK = multiprocessing.get_context("fork")


def ingest(url: str, n: int, start: int, ready: Event) -> None:
    """Store made-up articles, from the `start`-th on; those that are known are passed over."""
    with open_store(url, create=True) as store:
        run = begin_run(store, "rules")
        is_known = known(store, "rules")
        ready.set()
        for r in raids(n)[start:]:
            e = entry(r)
            if not is_known(e.key, e.digest):
                store.add(e, run)


def writer(url: str, n: int = ARTICLES, start: int = 0) -> tuple[ForkProcess, Event]:
    """A process that stores articles, and what tells that it has begun."""
    ready = FORK.Event()
    process = FORK.Process(target=ingest, args=(url, n, start, ready))
    process.start()
    return process, ready


def ended(process: ForkProcess) -> int | None:
    process.join()
    return process.exitcode


def check_whole(url: str, n: int) -> None:
    """Every input once, with one outcome, its two mentions and their parts; nothing that refers to nothing."""
    with open_store(url) as store:
        assert sorted(a.article_id for a in store.articles()) == sorted(f"a{i}" for i in range(n))
        assert sum(store.outcomes().values()) == n
        assert store.count_events() == 2 * n
        assert len(list(store.mentions())) == 2 * n
    base = Database(url)
    with base.reading() as connection:
        counts = [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("outcome", "mention", "place", "figure", "source")]
        assert counts == [n, 2 * n, 2 * n, n, n]
        if base.sqlite:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def killed_often(url: str, kills: int, n: int) -> None:
    """Start the writer again and again, killing it at random moments of its work, until it has been killed so often; then let it end."""
    chance = random.Random(7)
    for k in range(kills):
        process, ready = writer(url, min(n, 4 + (k + 1) * n // kills))
        ready.wait(20)
        time.sleep(chance.uniform(0.0, 0.06))
        process.kill()
        process.join()
    assert ended(writer(url, n)[0]) == 0
    check_whole(url, n)


def test_killed_writers_leave_nothing_half_written(url: str) -> None:
    killed_often(url, 4, ARTICLES)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    killed_often(str(tmp_path / "khabar.db"), 200, 1500)


def test_two_writers_take_turns(url: str) -> None:
    with open_store(url, create=True) as store:
        begin_run(store, "rules")
    writers = [writer(url, ARTICLES), writer(url, ARTICLES, ARTICLES // 2)]
    assert [ended(process) for process, _ in writers] == [0, 0]
    check_whole(url, ARTICLES)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    url = str(tmp_path / "khabar.db")
    with open_store(url, create=True) as store:
        run = begin_run(store, "rules")
        store.add(entry(raids(1)[0]), run)
        with store._base.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="disk is full; what was stored before is safe"):
            store.add(entry(record("big", "كلمة " * 20_000)), run)
    check_whole(url, 1)


def test_a_read_only_file_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(tmp_path / "khabar.db")
    with open_store(url, create=True) as store:
        run = begin_run(store, "rules")
        store.add(entry(raids(1)[0]), run)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with open_store(url) as store:
        assert store.count_events() == 2
        with pytest.raises(StoreError, match="the file or its folder is read-only"):
            store.add(entry(raids(2)[1]), run)


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    no_store = tmp_path / "letter.db"
    no_store.write_text("Dear all, " * 200)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE people (name)")
    newer = tmp_path / "newer.db"
    open_store(str(newer), create=True).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE meta SET value = '999'")
    cases = {
        str(tmp_path / "none.db"): "there is none", str(tmp_path): "a folder", str(no_store): "it is no khabar store", str(other): "not khabar's",
        str(newer): "made by a newer khabar", "mysql://me:secret@there/x": "expected a path", str(tmp_path / "no" / "folder.db"): "there is none",
        "postgresql://khabar:secret@127.0.0.1:1/x": "store postgresql://khabar@127.0.0.1:1/x",
    }  # fmt: skip
    for url, said in cases.items():
        with pytest.raises(StoreError, match=said) as error:
            open_store(url)
        assert "secret" not in str(error.value)


def test_the_command_line_tells_it_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--store", str(tmp_path / "none.db")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
