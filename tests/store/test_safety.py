"""What can happen to a store: killed writers, two writers, full disks, files that cannot be written or are no store."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from khabar import StoreError
from khabar.cli.main import main
from khabar.dataset import begin_run, open_store
from khabar.store.database import Database
from records import entry, raids, record

ARTICLES = 60
WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from records import entry, raids
from khabar.dataset import begin_run, known, open_store
store = open_store(sys.argv[2], create=True)
run = begin_run(store, "rules")
is_known = known(store, "rules")
for r in raids(int(sys.argv[3]))[int(sys.argv[4]):]:
    e = entry(r)
    if not is_known(e.key, e.digest):
        store.add(e, run)
"""
TESTS = str(Path(__file__).parents[1])


def writer(url: str, n: int = ARTICLES, start: int = 0) -> subprocess.Popen[bytes]:
    """A process that stores made-up articles, from the `start`-th on."""
    return subprocess.Popen([sys.executable, "-c", WRITER, TESTS, url, str(n), str(start)], stderr=subprocess.PIPE)


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
    """Start the writer again and again, killing it at random moments, until it has been killed so often; then let it end."""
    chance = random.Random(7)
    for k in range(kills):
        process = writer(url, min(n, 4 + k * n // kills))
        time.sleep(chance.uniform(0.3, 0.9))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert writer(url, n).wait() == 0
    check_whole(url, n)


def test_killed_writers_leave_nothing_half_written(url: str) -> None:
    killed_often(url, 4, ARTICLES)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    killed_often(str(tmp_path / "khabar.db"), 200, 600)


def test_two_writers_take_turns(url: str) -> None:
    with open_store(url, create=True) as store:
        begin_run(store, "rules")
    writers = [writer(url, ARTICLES), writer(url, ARTICLES, ARTICLES // 2)]
    assert [w.wait() for w in writers] == [0, 0]
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
