"""The steps from each layout of the store to the next; a store keeps the number of those it has taken."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateIndex

from khabar.store.tables import META, REVIEW, VIEWS, article, decision, event, exported, member, participant, place, source
from khabar.store.team_tables import ACCOUNTS

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


def fourth(connection: Connection) -> None:
    """Accounts, sessions and attempts to log in."""
    for table in ACCOUNTS.sorted_tables:
        table.create(connection, checkfirst=True)


def fifth(connection: Connection) -> None:
    """Indexes that answer who, by whom and how many without the rows themselves; those of one column before them go."""
    for name in ("participant_code", "source_kind", "article_outlet", "event_date"):
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    for table in (participant, source, member, event, place, article):
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (first, second, third, fourth, fifth)
