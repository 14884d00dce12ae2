"""The whole store as rows, and back: what is written out and read in again makes an identical store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Date, Table, insert, select

from khabar.arabic.search import keys, words
from khabar.model import InvalidValue
from khabar.store.database import Database
from khabar.store.errors import StoreError
from khabar.store.search import index_article
from khabar.store.tables import BASE, article, outcome

Row = dict[str, Any]
BATCH = 500
TABLES = {table.name: table for table in BASE}
_OURS = {"article": "number", "decision": "position", "coding": "position"}  # numbers that the database gives; their order stays


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table that a dump holds."""
    return tuple(c.name for c in _table(table).columns if c.name != _OURS.get(table))


def dates(table: str) -> frozenset[str]:
    """The columns that hold days."""
    return frozenset(c.name for c in _table(table).columns if isinstance(c.type, Date))


def dump(base: Database) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table, in an order that depends on the contents only; days as ISO 8601."""
    with base.reading() as connection:
        for name, table in TABLES.items():
            order = [table.c[_OURS[name]]] if name in _OURS else list(table.primary_key.columns)
            wanted = select(*(table.c[c] for c in columns(name))).order_by(*order)
            for row in connection.execution_options(yield_per=BATCH).execute(wanted).mappings():
                yield name, {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def load(base: Database, rows: Iterable[tuple[str, Row]]) -> dict[str, int]:
    """Fill an empty store, in one transaction; how many rows went into each table."""
    counts = dict.fromkeys(TABLES, 0)
    with base.writing() as connection:
        if any(connection.execute(select(1).select_from(t).limit(1)).first() for t in BASE):
            raise StoreError(f"store {base.name}: holds articles already; read into a new one")
        for name, batch in _batches(rows):
            connection.execute(insert(TABLES[name]), [_typed(name, r) for r in batch])
            counts[name] += len(batch)
        _index(connection)
    return counts


def _batches(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, list[Row]]]:
    """Rows of one table, at most BATCH at a time."""
    name, batch = "", list[Row]()
    for table, row in rows:
        if batch and (table != name or len(batch) == BATCH):
            yield name, batch
            batch = []
        name = _table(table).name
        batch.append(row)
    if batch:
        yield name, batch


def _typed(name: str, row: Row) -> Row:
    """A row with its days as dates; what has other columns raises InvalidValue."""
    if not isinstance(row, dict) or row.keys() != set(columns(name)):
        raise InvalidValue(f"row of {name} with {', '.join(sorted(row)) if isinstance(row, dict) else row!r}: expected {', '.join(sorted(columns(name)))}")
    days = dates(name)
    try:
        return {k: date.fromisoformat(v) if k in days and v is not None else v for k, v in row.items()}
    except (TypeError, ValueError) as error:
        raise InvalidValue(f"row of {name}: {error}; expected days such as 2020-01-10") from None


def _index(connection: Any) -> None:
    """The full-text index of what was read in: of the articles whose outcome shows that they hold Arabic text."""
    read = select(outcome.c.article_id).where(outcome.c.kind.in_(("read", "no_events")))
    numbers = list(connection.execute(select(article.c.number).where(article.c.article_id.in_(read)).order_by(article.c.number)).scalars())
    for i in range(0, len(numbers), BATCH):
        for number, text in connection.execute(select(article.c.number, article.c.text).where(article.c.number.in_(numbers[i : i + BATCH]))).all():
            found = words(text or "")
            if found:
                index_article(connection, number, found, frozenset(k for w in set(found) for k in keys(w)))


def _table(name: str) -> Table:
    table = TABLES.get(name)
    if table is None:
        raise InvalidValue(f"table {name!r}: expected one of {', '.join(TABLES)}")
    return table
