"""What a running room holds: the store, the readers once they are loaded, and who may do what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from khabar import Coder, Piece, Record, Store, collect_into, open_store
from khabar.dataset import Stored
from khabar.web.settings import Settings

T = TypeVar("T")


@dataclass(slots=True)
class Room:
    """A room over a store. Its methods may be called from many threads."""

    settings: Settings
    store: Store
    _coders: dict[str, Coder] = field(default_factory=dict)
    _coding: Lock = field(default_factory=Lock)
    _saving: Lock = field(default_factory=Lock)

    def keep(self, pieces: Iterable[Piece], engine: str) -> list[Stored]:
        """Code articles and put them into the store; what became of each."""
        with self._coding:
            coder = self._coder(engine)
            return list(collect_into(self.store, pieces, engine=engine, coder=coder))

    def code(self, piece: Piece, engine: str) -> Record:
        """The record of an article that is not to be kept."""
        with self._coding:
            return piece.item if isinstance(piece.item, Record) else self._coder(engine).code(piece.item)

    def saving(self, save: Callable[[], T]) -> T:
        """What writes briefly, one after the other: those who wait here are served in milliseconds, those who wait for SQLite's lock look again only
        every tenth of a second."""
        with self._saving:
            return save()

    def _coder(self, engine: str) -> Coder:
        """The reader of a name; a Coder codes one article after the other, so whoever calls holds the lock."""
        if engine not in self._coders:
            self._coders[engine] = Coder(engine)
        return self._coders[engine]


def open_room(settings: Settings) -> Room:
    """The room over the store of the settings, which is made where there is none."""
    return Room(settings, open_store(settings.store, create=not settings.read_only))
