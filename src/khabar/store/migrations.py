"""The steps from each layout of the store to the next; a store keeps the number of those it has taken."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from khabar.store.tables import META, REVIEW, VIEWS, decision, exported

_SEARCH = {
    "sqlite": ("CREATE VIRTUAL TABLE search USING fts5(words, keys, content='', tokenize='unicode61 remove_diacritics 0')",),
    "postgresql": (
        "CREATE TABLE search (number integer PRIMARY KEY REFERENCES article(number), words tsvector NOT NULL, keys tsvector NOT NULL)",
        "CREATE INDEX search_words ON search USING gin(words)",
        "CREATE INDEX search_keys ON search USING gin(keys)",
    ),
}


def first(connection: Connection) -> None:
    """All tables, the full-text index and the views."""
    META.create_all(connection)
    for statement in _SEARCH[connection.dialect.name]:
        connection.execute(text(statement))
    for name, body in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {body}"))


def second(connection: Connection) -> None:
    """The list of exports."""
    exported.create(connection, checkfirst=True)


def third(connection: Connection) -> None:
    """What reviewing needs."""
    for table in REVIEW:
        table.create(connection, checkfirst=True)
    for index in decision.indexes:
        index.create(connection, checkfirst=True)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (first, second, third)
