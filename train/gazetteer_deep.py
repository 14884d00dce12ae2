"""The deep tables: archives of shards that `khabar.resolve.deep` reads one by one."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gazetteer_units import Units
from khabar.arabic.fold import fold
from khabar.arabic.skeleton import latin_skeleton
from khabar.resolve.deep import LEAST_SKELETON, SHARD_LETTERS

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes on every run


def write_shards(shards: dict[str, list[tuple[str, ...]]], out: Path) -> None:
    """A zip of tab-separated members, sorted."""
    with ZipFile(out, "w") as archive:
        for key in sorted(shards):
            info = ZipInfo(key, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, "\n".join("\t".join(row) for row in sorted(shards[key])) + "\n", compresslevel=9)


def write_geonames(cities: Iterable[dict[str, object]], iso: dict[str, str], units: Units, out: Path) -> int:
    """All places of GeoNames by the first consonants of their names: skeleton, name, country, unit, degrees, inhabitants, id. Their number."""
    shards: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    count = 0
    for city in cities:
        iso3 = iso.get(str(city["countrycode"]))
        skeleton = latin_skeleton(str(city["name"]), iso3 or "")
        if iso3 and len(skeleton) >= LEAST_SKELETON:
            lat, lon, key = float(str(city["latitude"])), float(str(city["longitude"])), str(city["geonameid"])
            where = (units.of(iso3, str(city["admin1code"]), key, lat, lon), f"{lat:.3f}", f"{lon:.3f}")
            row = (skeleton, str(city["name"]), iso3, *where, str(city["population"]), key)
            shards[skeleton[:SHARD_LETTERS]].append(row)
            count += 1
    write_shards(shards, out)
    return count


def write_yemen(source: Path, units: dict[str, str], out: Path) -> None:
    """Yemen's districts, sub-districts and villages by the first letters of their folded names: name, English, level, governorate (`units`
    maps its folded Arabic name to the English one)."""
    shards: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            level, arabic, english, _, governorate = line.rstrip("\n").split("\t")
            name = fold(arabic)
            if level != "governorate" and len(name) > 2 and english:
                shards[name[:SHARD_LETTERS]].append((name, english, level, units.get(fold(governorate), "-")))
    write_shards({k: sorted(set(v)) for k, v in shards.items()}, out)
