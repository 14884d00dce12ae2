"""Stores to test: a SQLite file, and a database of a PostgreSQL server that is started for the tests where PostgreSQL is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from khabar.dataset import open_store
from khabar.store import Store

NAMES = count()
NOT_THERE = "PostgreSQL is not installed here (Debian: apt install postgresql); the tests ran on SQLite only"


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs."""
    found = [p.parent for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


def _as_postgres(command: list[str]) -> list[str]:
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The socket folder of a throwaway server."""
    programs = _programs()
    if programs is None:
        pytest.skip(NOT_THERE)
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="khabar-pg-"))
    folder.chmod(0o777)
    data = str(folder / "data")
    subprocess.run(_as_postgres([f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "khabar", "-E", "UTF8", "--no-sync"]), check=True, capture_output=True)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    start = [f"{programs}/pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(_as_postgres(start), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield str(folder)
    subprocess.run(_as_postgres([f"{programs}/pg_ctl", "-D", data, "-m", "immediate", "stop"]), check=True, capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def database(server: str) -> str:
    """The URL of an empty database."""
    import psycopg

    name = f"t{next(NAMES)}"
    with psycopg.connect(host=server, user="khabar", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://khabar@/{name}?host={server}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test may make a store."""
    if request.param == "sqlite":
        return str(tmp_path / "khabar.db")
    return database(request.getfixturevalue("server"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, create=True) as opened:
        yield opened
