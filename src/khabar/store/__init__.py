"""The store: SQLite in one file, or PostgreSQL by a URL. Knows SQL, transactions, search and decisions; no engines."""

from khabar.store.entry import Entry
from khabar.store.errors import StaleDecision, StoreError
from khabar.store.query import EventFilter
from khabar.store.store import Store
from khabar.store.write import Added

__all__ = ["Added", "Entry", "EventFilter", "StaleDecision", "Store", "StoreError"]
