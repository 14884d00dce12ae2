"""Tables of one's own that readers use beside those that ship."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OwnTables:
    """A table of places (columns of `khabar.resolve.own`) and one of actors (those of the lexicon's), each or neither."""

    places: Path | None = None
    actors: Path | None = None


NONE = OwnTables()
