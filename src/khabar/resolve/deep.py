"""The deep tables: all of GeoNames by the sound of its Latin names, and Yemen to the village, in archives read shard by shard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from zipfile import ZipFile

from khabar.arabic.skeleton import arabic_skeletons, likeness
from khabar.resolve.place import Place, precision_of

SHARD_LETTERS = 2
LEAST_SKELETON = 2  # consonants
LIKE = {2: 0.9, 3: 0.78}
LIKE_LONGER = 0.6
"""How alike two spellings of one skeleton must sound, by its consonants. Of 2,093 Arabic names of GeoNames outside Iran looked up by sound in
their country, 95 in 100 of the 1,790 answers were right at any likeness; below these bounds it is 84 in 100."""
_SHARDS_KEPT = 64
_YEMEN_LEVELS = {"governorate": "governorate", "district": "district", "uzlah": "district", "village": "village"}


class Archive:
    """A zip of tab-separated shards, opened at the first question."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.shard = lru_cache(_SHARDS_KEPT)(self._shard)

    @cached_property
    def _zip(self) -> ZipFile | None:
        path = files("khabar.resolve").joinpath("data", self._name)
        if not path.is_file():
            return None
        with as_file(path) as real:
            return ZipFile(real)

    @cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(self._zip.namelist()) if self._zip else frozenset()

    def _shard(self, key: str) -> str:
        """The rows of a shard, a line break before each; none for a key that has none. Kept as one text, which takes a tenth of the memory of its fields."""
        if self._zip is None or key not in self._members:
            return ""
        return "\n" + "\n".join(self._zip.read(key).decode("utf-8").splitlines()) + "\n"

    def rows(self, key: str, first: str) -> Iterator[tuple[str, ...]]:
        """The rows of a shard whose first field is `first`."""
        text, begin = self.shard(key), f"\n{first}\t"
        at = text.find(begin)
        while at >= 0:
            end = text.index("\n", at + 1)
            yield tuple(text[at + 1 : end].split("\t"))
            at = text.find(begin, end)


class Deep:
    """Looks up what the ordinary tables do not list."""

    def __init__(self) -> None:
        self._geonames, self._yemen = Archive("geonames.zip"), Archive("yemen.zip")

    def find(self, name: str, iso3: str, units: Mapping[tuple[str, str], str]) -> tuple[Place, ...]:
        """Places of a country that a folded Arabic name may mean, the likeliest first."""
        found = self._latin(name, iso3, units)
        return found or (self._village(name) if iso3 == "YEM" else ())

    def _latin(self, name: str, iso3: str, units: Mapping[tuple[str, str], str]) -> tuple[Place, ...]:
        scored = []
        for skeleton in arabic_skeletons(name):
            if len(skeleton) >= LEAST_SKELETON:
                for row in self._geonames.rows(skeleton[:SHARD_LETTERS], skeleton):
                    if row[2] == iso3 and (like := likeness(name, row[1], iso3)) >= LIKE.get(len(skeleton), LIKE_LONGER):
                        scored.append((like, int(row[6]), row))
        out = []
        for like, population, (_, english, _, code, lat, lon, _, key) in sorted(scored, key=lambda s: (-s[0], -s[1])):
            weight = (math.log10(population) if population else 2.5) - 3 * (1 - like)
            kind = "town" if population >= 5000 else "village"
            out.append(Place(english, iso3, units.get((iso3, code)), float(lat), float(lon), precision_of(kind, True), kind, weight, "gazetteer", f"gn:{key}"))
        return tuple(out)

    def _village(self, name: str) -> tuple[Place, ...]:
        rows = self._yemen.rows(name[:SHARD_LETTERS], name)
        return tuple(
            Place(english, "YEM", admin1 if admin1 != "-" else None, None, None, "unknown", _YEMEN_LEVELS[level], 2.0, "gazetteer", None)
            for _, english, level, admin1 in rows
        )
