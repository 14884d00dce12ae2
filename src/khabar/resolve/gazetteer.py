"""The gazetteer: names of places and what each may mean in the world.

Tables are kept as lines and parsed when a name is met. The two large ones, all of GeoNames and Yemen to the village, lie in archives of
which only the shards asked for are read (`khabar.resolve.deep`).
"""

from __future__ import annotations

import gc
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.resources import files

from khabar.arabic.fold import fold
from khabar.resolve.areas import BORDERS, ROADS
from khabar.resolve.deep import Deep
from khabar.resolve.place import SEATLIKE, Place, distance, precision_of
from khabar.resolve.placewords import ALSO_WORDS, AREAS, AROUND, COMPASS, DIRECTIONS, GENERIC, NO_PLACES, data_lines, load_placewords, number, strip_clitics

SAFE, COMMON, ORDINARY = 0, 1, 2
"""How a name may be matched: anywhere; after `في` or a place word (it is also a person's name); only after a place word (also a word)."""

COUNTRY_WEIGHT, NEAR_UNIT_WEIGHT, UNIT_WEIGHT, SMALL_SEAT_WEIGHT = 9.0, 5.8, 5.0, 3.0
_NEAR = frozenset("""ARE AFG BHR DJI DZA EGY ESH ERI IRL IRN IRQ JOR KWT LBN LBY MAR MLI MRT NER OMN PSE QAT SAU SDN SOM SSD SYR TCD TUN TUR YEM""".split())


def _country_rows() -> Iterator[list[str]]:
    """The rows of the lexicon's table of countries: iso3, english, names, adjective, plurals, seats."""
    path = files("khabar.lexicon").joinpath("data", "countries.tsv")
    if not path.is_file():
        return
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    yield from (row for row in rows[1:] if len(row) >= 4)


def _merge(places: list[Place]) -> tuple[Place, ...]:
    """Candidates by weight, one for each place told by several tables."""
    out: list[Place] = []
    for place in sorted(places, key=lambda p: -p.weight):
        twin = next((i for i, p in enumerate(out) if _same(p, place)), None)
        if twin is None:
            out.append(place)
        else:
            out[twin] = _completed(out[twin], place)
    return tuple(_usual_name(place, out) for place in out)


def _completed(kept: Place, twin: Place) -> Place:
    """A place with what a second table knows better: coordinates that are not recalled, the first-level unit, an identifier."""
    better = twin.lat is not None and (kept.lat is None or (kept.basis == "recalled" and twin.basis == "gazetteer"))
    if not better:
        return replace(kept, admin1=kept.admin1 or twin.admin1, id=kept.id or twin.id)
    return replace(
        kept, lat=twin.lat, lon=twin.lon, admin1=kept.admin1 or twin.admin1, basis=twin.basis, precision=precision_of(kept.kind, True), id=twin.id or kept.id
    )


def _usual_name(unit: Place, places: list[Place]) -> Place:
    """A governorate under the usual English name of its seat: the tables spell the same Arabic name in several ways."""
    seat = next((p for p in places if p.country == unit.country and p.kind in SEATLIKE), None) if unit.kind == "governorate" else None
    return replace(unit, name=seat.name) if seat and seat.weight > unit.weight else unit


def _same(a: Place, b: Place) -> bool:
    """Whether two candidates of one name are the same place told by two tables."""
    if a.country != b.country or (a.kind != b.kind and not (a.kind in SEATLIKE and b.kind in SEATLIKE)):
        return False
    if a.lat is None or b.lat is None:
        return a.admin1 == b.admin1 or not (a.admin1 and b.admin1)
    return distance(a, b) < 50


class Gazetteer:
    """Names of places with a lazy table of what they mean; `khabar.resolve.places` finds them in sentences."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names: dict[str, tuple[int, ...]] = {}
        self.heads: dict[str, int] = {}
        self.adjectives: dict[str, str] = {}
        self._english: dict[str, str] = {}
        self._parsed: dict[int, Place] = {}
        self.placewords = load_placewords()
        self.notnames = frozenset(files("khabar.resolve").joinpath("data", "notnames.txt").read_text("utf-8").split())
        self._capitals: dict[str, Place] = {}
        self.starts: frozenset[str] = frozenset()
        self.deep = Deep()

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the package's own tables, with the country names of the lexicon."""
        gazetteer, collecting = cls(), gc.isenabled()
        gc.disable()  # 30,000 small tuples would set it off ten times
        try:
            gazetteer._add_tables()
        finally:
            if collecting:
                gc.enable()
        return gazetteer

    def _add_tables(self) -> None:
        for name in ("supplement.tsv", "admin1.tsv", "places.tsv"):
            self._add_folded([line for line in data_lines(name) if line and line[0] != "#"])
        self._add_countries()
        self._close()

    def _close(self) -> None:
        self.starts = frozenset((*self.heads, *self.placewords, *DIRECTIONS, *COMPASS, *AREAS, *AROUND, *ROADS, *BORDERS, "بين", "العاصمه"))

    def with_places(self, lines: Sequence[str]) -> Gazetteer:
        """This gazetteer with places of one's own, lines as `supplement_line` makes them."""
        self._add_folded(lines)
        self._close()
        return self

    def _add_folded(self, lines: Sequence[str]) -> None:
        """Index the names of a built table by line, its three first cells holding folded names of the three levels."""
        first, add = len(self._lines), self._add_name
        self._lines += lines
        for at, line in enumerate(lines, first):
            safe, common, ordinary, _ = line.split("\t", 3)
            for level, cell in ((SAFE, safe), (COMMON, common), (ORDINARY, ordinary)):
                if cell:
                    for name in cell.split("|"):
                        add(name, at * 4 + level)

    def _add_name(self, name: str, reference: int) -> None:
        if name in self.placewords or name in GENERIC:
            return
        found = self._names.get(name)
        if found is not None:
            self._names[name] = (*found, reference)
            return
        self._names[name] = (reference,)
        size = name.count(" ")
        head = name[: name.index(" ")] if size else name
        if self.heads.get(head, 0) <= size:
            self.heads[head] = size + 1

    def _add_countries(self) -> None:
        """Names and adjectives of the lexicon's countries, whose English names win."""
        for row in _country_rows():
            iso3, english, names, adjectives = row[:4]
            if iso3 == "KUR":
                continue
            self._english[iso3] = english
            at = len(self._lines)
            self._lines.append(f"\t\t\t{english}\t{iso3}\t-\t-\t-\tcountry\t-\t{iso3}")
            for name in map(fold, names.split("|")):
                if not name.startswith(NO_PLACES):
                    self._add_name(name.replace("-", " "), at * 4 + (COMMON if name in ALSO_WORDS else SAFE))
            for adjective in adjectives.split("|"):
                self._add_adjective(fold(adjective), iso3)

    def _add_adjective(self, adjective: str, iso3: str) -> None:
        if adjective in ALSO_WORDS:
            return
        for form in (adjective, adjective + "ه", adjective + "ين", adjective + "ون", adjective + "تين"):
            self.adjectives.setdefault(form, iso3)
            self.adjectives.setdefault("ال" + form, iso3)

    @cached_property
    def _units(self) -> dict[tuple[str, str], str]:
        """English names of the first-level units by country and GeoNames or ISO 3166-2 code."""
        rows = [row for line in self._lines if "\tgovernorate\t-\t" in line and len(row := line.split("\t")) == 11]
        return {(row[4], code): row[3] for row in rows for code in (*row[5].split(","), row[10]) if code != "-"}

    @cached_property
    def country_table(self) -> dict[str, tuple[Place, str]]:
        """Each country as a place, and its capital's English name."""
        rows = [line.split("\t") for line in self._lines if "\tcountry\t" in line]
        out: dict[str, tuple[Place, str]] = {}
        for row in (r for r in rows if len(r) == 11 and r[6] != "-"):
            name = self._english.get(row[4], row[3])
            place = Place(name, row[4], None, number(row[6]), number(row[7]), "country", "country", COUNTRY_WEIGHT, id=row[4])
            out[row[4]] = (place, row[9])
        return out

    def known(self, norm: str) -> bool:
        """Whether a folded word begins a name of the gazetteer or is a place word: for `strip_clitics`."""
        return norm in self.starts

    def plain(self, words: Sequence[str]) -> list[str]:
        """The words without proclitics, as finding wants them."""
        return [strip_clitics(word, self.known) for word in words]

    def country(self, iso3: str) -> Place | None:
        """The country as a place."""
        found = self.country_table.get(iso3)
        return found[0] if found else None

    def unit_names(self, iso3: str) -> frozenset[str]:
        """The English names of a country's first-level units."""
        rows = (line.split("\t") for line in self._lines if f"\t{iso3}\t" in line and "\tgovernorate\t-\t" in line)
        return frozenset(row[3] for row in rows if row[4] == iso3)

    def capital(self, iso3: str) -> tuple[Place, ...]:
        """The capital of a country by its English name: the settlement of that name there, or a place without coordinates."""
        found = self._capitals.get(iso3)
        if found is None:
            found = self._capitals[iso3] = self._find_capital(iso3)
        return (found,)

    def _find_capital(self, iso3: str) -> Place:
        name = self.country_table[iso3][1].split(",")[0]
        rows = (line.split("\t") for line in self._lines if f"\t{iso3}\t" in line)
        alike = [row for row in rows if row[8] in SEATLIKE and _plain(row[3]) == _plain(name)]
        settled = sorted((self._parse(row) for row in alike), key=lambda p: (p.lat is None, -p.weight))
        return settled[0] if settled else Place(name, iso3, None, None, None, "unknown", "city", basis="stated")

    def country_of_adjective(self, norm: str) -> str | None:
        """The country of a folded adjective of origin (`التركيه` TUR)."""
        return self.adjectives.get(norm)

    def lookup(self, name: str, level: int = ORDINARY) -> tuple[Place, ...]:
        """What a folded name may mean, the weightiest first."""
        references = self._names.get(name)
        return _merge([self._place(r) for r in references if r % 4 <= level]) if references else ()

    def names(self) -> Iterator[tuple[str, tuple[Place, ...]]]:
        """Every folded name with its places, for searching."""
        for name in self._names:
            yield name, self.lookup(name)

    def far(self, name: str, iso3: str) -> tuple[Place, ...]:
        """What a folded name that no table lists may mean in a country: GeoNames by the sound of its Latin names, Yemen by its list of villages."""
        return self.deep.find(name, iso3, self._units)

    def _place(self, reference: int) -> Place:
        at = reference // 4
        place = self._parsed.get(at)
        if place is None:
            place = self._parsed[at] = self._parse(self._lines[at].split("\t"))
        return place

    def _parse(self, row: list[str]) -> Place:
        """A line of the supplement (12 cells) or of another table (11 cells)."""
        if len(row) == 12:
            _, _, _, name, iso3, admin1, lat, lon, kind, written, key, basis = row
            return self._made(name, iso3, admin1, (lat, lon), kind, number(written) or SMALL_SEAT_WEIGHT, basis, key)
        _, _, _, name, iso3, code, lat, lon, kind, last, key = row
        if kind == "country":
            country = self.country(iso3)
            return country or Place(name, iso3, None, None, None, "unknown", "country", COUNTRY_WEIGHT, "stated", iso3)
        if kind == "governorate":
            return self._made(name, iso3, name, (lat, lon), kind, NEAR_UNIT_WEIGHT if iso3 in _NEAR else UNIT_WEIGHT, "gazetteer", key)
        population = int(last)
        weight = math.log10(population) if population else SMALL_SEAT_WEIGHT
        return self._made(name, iso3, self._units.get((iso3, code), "-"), (lat, lon), kind, weight, "gazetteer", key)

    def _made(self, name: str, iso3: str, admin1: str, where: tuple[str, str], kind: str, weight: float, basis: str, key: str) -> Place:
        lat, lon = number(where[0]), number(where[1])
        precision = precision_of(kind, lat is not None, basis == "recalled")
        return Place(name, _given(iso3), _given(admin1), lat, lon, precision, kind, weight, "stated" if lat is None else basis, _given(key))


def supplement_line(cells: Sequence[str], key: str, basis: str) -> str:
    """A line of the supplement from names, english, iso3, admin1, lat, lon, kind and weight. Names stand unfolded, joined by `|`; `~` marks a
    common name, `~~` an ordinary word."""
    levels: tuple[dict[str, None], ...] = ({}, {}, {})
    for name in cells[0].split("|"):
        level = len(name) - len(name.lstrip("~"))
        levels[level][" ".join(fold(name[level:]).replace("-", " ").split())] = None
    return "\t".join((*("|".join(x) for x in levels), *cells[1:], key, basis))


def _plain(name: str) -> str:
    """The Latin letters of a name without marks, to compare spellings of one."""
    decomposed = unicodedata.normalize("NFKD", name.removesuffix(" D.C.").removesuffix(" City")).lower()
    return "".join(c for c in decomposed if "a" <= c <= "z")


def _given(cell: str) -> str | None:
    return None if cell == "-" else cell
