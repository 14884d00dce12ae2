"""Where a store lies: a SQLite file or a PostgreSQL database, opened and brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text

from khabar.store.errors import StoreError, told
from khabar.store.migrations import MIGRATIONS
from khabar.store.tables import meta

BUSY_SECONDS = 60  # a writer waits so long for its turn
_LOCK = 0x6B686272  # PostgreSQL's advisory lock of whoever writes


class Database:
    """Transactions on a store. `url` is a path, `sqlite:///PATH` or `postgresql://...`; `create` makes a store where there is none."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.name = url if "://" not in url else _without_password(url)
        self.engine = _engine(url, create)
        self.sqlite = self.engine.dialect.name == "sqlite"
        self._turn = Lock()  # threads of a process queue up here, in order and without a connection each; SQLite alone would let them poll
        with told(self.name):
            self._bring_up_to_date()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; writers take turns."""
        with told(self.name), self._turn, self.engine.begin() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the store."""
        with told(self.name), self.engine.begin() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            if self._version(connection) == len(MIGRATIONS):
                return
        with self.writing() as connection:
            version = self._version(connection)
            if version > len(MIGRATIONS):
                raise StoreError(f"store {self.name}: made by a newer khabar (layout {version}, this one knows {len(MIGRATIONS)}); upgrade khabar")
            for migrate in MIGRATIONS[version:]:
                migrate(connection)
            connection.execute(meta.delete())
            connection.execute(meta.insert(), {"name": "layout", "value": str(len(MIGRATIONS))})

    def _version(self, connection: Connection) -> int:
        if not inspect(connection).has_table("meta"):
            if inspect(connection).get_table_names():
                raise StoreError(f"store {self.name}: holds tables that are not khabar's; choose another path or database")
            return 0
        found = connection.execute(select(meta.c.value).where(meta.c.name == "layout")).scalar()
        return int(found or 0)


def _engine(url: str, create: bool) -> Engine:
    if url.startswith(("postgresql://", "postgres://")):
        return _postgresql(url)
    path = url.removeprefix("sqlite:///")
    if "://" in path:
        raise StoreError(f"store {_without_password(url)}: expected a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE")
    if not create and not os.path.exists(path):
        raise StoreError(f"store {path}: there is none; `khabar collect INPUT... --store {path}` makes one")
    if os.path.isdir(path):
        raise StoreError(f"store {path}: a folder; expected a file such as khabar.db")
    readable = os.path.exists(path) and not os.access(path, os.W_OK)
    target = f"sqlite:///file:{quote(path)}?mode=ro&immutable=1&uri=true" if readable else f"sqlite:///{path}"
    engine = create_engine(target, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    if not cursor.execute("PRAGMA query_only").fetchone()[0] and cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _to_wal(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA cache_size = -32000")
    cursor.close()


def _to_wal(cursor: Any) -> None:
    """Write-ahead logging, where the file may be written at all; a read-only one is read as it is."""
    import sqlite3

    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise


def _postgresql(url: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError("PostgreSQL needs the package psycopg: pip install 'khabar[postgres]'") from None
    engine = create_engine("postgresql+psycopg://" + url.split("://", 1)[1], pool_pre_ping=True)
    with told(_without_password(url)), engine.connect():
        return engine


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.split(':')[0]}{at}{tail}" if at else url
