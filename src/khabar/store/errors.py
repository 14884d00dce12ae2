"""What can go wrong with a store, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from khabar.model import KhabarError
from khabar.model.rows import Decision


class StoreError(KhabarError):
    """The store cannot be opened, read or written."""


class StaleDecision(KhabarError):
    """Somebody decided since one looked; `last` is that decision, None where it was undone."""

    def __init__(self, message: str, last: Decision | None = None) -> None:
        super().__init__(message)
        self.last = last


_MEANINGS = (
    ("disk is full", "the disk is full; what was stored before is safe. Make room and run the same command again"),
    ("could not extend file", "the database server's disk is full; what was stored before is safe. Make room and run the same command again"),
    ("readonly database", "it cannot be written: the file or its folder is read-only"),
    ("file is not a database", "it is no khabar store; choose another path with --store"),
    ("unable to open database file", "it cannot be opened; does its folder exist, and may you write there?"),
    ("database is locked", "another process has been writing to it for over a minute; wait for it and run the same command again"),
    ("disk i/o error", "the disk failed while reading or writing it"),
    ("malformed", "the file is damaged; restore a copy, or export what can be read"),
)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Database errors as StoreError with their meaning."""
    try:
        yield
    except DBAPIError as error:
        seen = str(error.orig).strip()
        meaning = next((words for mark, words in _MEANINGS if mark in seen.lower()), seen.split("\n")[0])
        raise StoreError(f"store {name}: {meaning}") from error
