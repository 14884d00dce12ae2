"""Every fault of the lexicon's tables at once, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources.abc import Traversable

from khabar.arabic.fold import fold
from khabar.lexicon import load
from khabar.lexicon.entries import POS, parse_frame, parse_trigger
from khabar.lexicon.tables import DATA, Row
from khabar.model import LexiconFault
from khabar.model.ontology import BODIES, COUNT_ROLES, MODES, SECTORS, STATUSES

HELPERS = frozenset("light passive fail begin end try plan host cause other".split())
ACTS = frozenset("say assert announce add deny relay claim expect reveal write attribute told document".split())
SCOPES = frozenset("next clause sentence content".split())
NOUN_CLASSES = frozenset("person group org armed state role thing placeword source document".split())
FUNCTIONS = frozenset("prep pp conj that rel neg dem quant aux pron adv adj".split())
KINDS = frozenset("person group org state party media".split())
DEFECTIVE = frozenset({"ليس", "مازال"})  # verbs that have no imperfect
EXTRA_LANDS = BODIES | {"KUR", "-"}  # what may stand for a country in a code
_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_STRAY = re.compile(r"\u0640(?=\w)|[\u0000-\u0008\u000b-\u001f\u007f\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LISTS = frozenset({"forms", "names", "variants", "plurals", "seats", "adjective", "modes"})

Faults = Iterator[LexiconFault]
Check = Callable[[Row], Faults]


def lint(data: Traversable = DATA) -> tuple[LexiconFault, ...]:
    """All faults of the tables below `data`, by file and line."""
    countries = {row["iso3"] for row in _read(data / "countries.tsv", load.COUNTRY_COLUMNS)[0]}
    faults: list[LexiconFault] = []
    for path, columns, key, check in _tables(data, countries):
        if not path.is_file():
            faults.append(LexiconFault(path.name, 0, "missing; every table must be there"))
            continue
        table, broken = _read(path, columns)
        faults += broken
        faults += [fault for row in table for test in (_cells, check) for fault in test(row)]
        faults += _doubles(table, key)
    faults += _phrase_verbs(data)
    faults += _orphans(data)
    return tuple(sorted(faults, key=lambda f: (f.file, f.line)))


def _tables(data: Traversable, countries: set[str]) -> Iterator[tuple[Traversable, tuple[str, ...], tuple[str, ...], Check]]:
    """Every table with its columns, those that together may not repeat, and the test of a row."""

    def coded(row: Row) -> Faults:
        return _actor(row, countries)

    for path in _inside(data, "triggers"):
        yield path, load.TRIGGER_COLUMNS, ("lemma", "pos", "type", "modes", "if"), _trigger
    for path in _inside(data, "actors"):
        yield path, load.ACTOR_COLUMNS, ("id", "code", "names", "from"), coded
    yield data / "verbs.tsv", load.VERB_COLUMNS, ("lemma", "forms"), _verb
    yield data / "reporting.tsv", load.REPORT_COLUMNS, ("lemma", "pos", "act", "frame"), _report
    yield data / "cues.tsv", load.CUE_COLUMNS, ("cue", "pos", "status", "scope"), _cue
    yield data / "nouns.tsv", load.NOUN_COLUMNS, ("lemma",), _noun
    yield data / "naming.tsv", load.NOUN_COLUMNS, ("lemma",), _noun
    yield data / "countries.tsv", load.COUNTRY_COLUMNS, ("iso3",), _country
    yield data / "means.tsv", load.MEANS_COLUMNS, ("word", "type", "mode"), _means
    yield data / "media.tsv", load.MEDIA_COLUMNS, ("name",), lambda row: _land(row, row["country"], countries)
    yield data / "function.tsv", load.FUNCTION_COLUMNS, ("word",), lambda row: _member(row, "class", FUNCTIONS)
    yield data / "casualties.tsv", load.CASUALTY_COLUMNS, ("word",), _casualty


def _inside(data: Traversable, folder: str) -> list[Traversable]:
    place = data / folder
    return sorted((p for p in place.iterdir() if p.name.endswith(".tsv")), key=lambda p: p.name) if place.is_dir() else []


def _read(path: Traversable, columns: tuple[str, ...]) -> tuple[list[Row], list[LexiconFault]]:
    """The rows of the right width, and the faults of the others."""
    table: list[Row] = []
    faults: list[LexiconFault] = []
    header = False
    for number, line in enumerate(path.read_text("utf-8").split("\n") if path.is_file() else (), 1):
        cells = tuple(line.rstrip("\r").split("\t"))
        if not line.strip() or line.startswith("#"):
            continue
        if not header:
            header = True
            if cells != columns:
                faults.append(LexiconFault(path.name, number, f"columns {' '.join(cells)}; expected {' '.join(columns)}"))
        elif len(cells) != len(columns):
            faults.append(LexiconFault(path.name, number, f"{len(cells)} cells; expected {len(columns)}: {' '.join(columns)}"))
        else:
            table.append(Row(path.name, number, {c: "" if v.strip() == "-" else v for c, v in zip(columns, cells, strict=True)}))
    return table, faults


def _cells(row: Row) -> Faults:
    """Spaces and signs that no cell may hold, lists with empty or repeated members, and an empty first cell."""
    if not next(iter(row.cells.values())).strip():
        yield row.fault(f"empty {next(iter(row.cells))}")
    for column, cell in row.cells.items():
        if cell != cell.strip() or "  " in cell:
            yield row.fault(f"{column} {cell!r}: spaces around it or doubled")
        if found := _STRAY.search(cell):
            yield row.fault(f"{column} {cell!r}: sign U+{ord(found[0]):04X} that matching takes off")
        if column in _LISTS and cell:
            yield from _list_faults(row, column, cell.split("|"))


def _list_faults(row: Row, column: str, members: list[str]) -> Faults:
    if not all(m.strip() for m in members):
        yield row.fault(f"{column}: an empty member")
    for double in sorted({m for m in members if m and members.count(m) > 1}):
        yield row.fault(f"{column}: {double!r} stands twice")


def _doubles(table: list[Row], key: tuple[str, ...]) -> Faults:
    seen: dict[tuple[str, ...], int] = {}
    for row in table:
        mark = tuple(row[column] for column in key)
        if mark in seen:
            yield row.fault(f"repeats line {seen[mark]}: same {', '.join(key)} ({row[key[0]]})")
        seen.setdefault(mark, row.line)


def _member(row: Row, column: str, allowed: frozenset[str] | tuple[str, ...]) -> Faults:
    if row[column] not in allowed:
        yield row.fault(f"{column} {row[column]!r}; expected one of {', '.join(sorted(allowed))}")


def _imperfect(row: Row, lemma: str) -> Faults:
    forms = row.list("forms")
    if not forms or not fold(forms[0]).startswith("ي"):
        yield row.fault(f"verb {lemma!r} without its imperfect, third person masculine singular")


def _parsed(parse: Callable[[], object]) -> Faults:
    try:
        parse()
    except LexiconFault as fault:
        yield fault


def _trigger(row: Row) -> Faults:
    yield from _parsed(lambda: parse_trigger(row))
    expected = row.file.removesuffix(".tsv").upper()
    if row["type"] in MODES and row["type"] != expected and expected in MODES:
        yield row.fault(f"type {row['type']} in the table of {expected}; move it to {row['type'].lower()}.tsv")


def _verb(row: Row) -> Faults:
    yield from _imperfect(row, row["lemma"])
    yield from _member(row, "role", HELPERS)


def _report(row: Row) -> Faults:
    yield from _member(row, "pos", POS)
    yield from _member(row, "act", ACTS)
    yield from _parsed(lambda: parse_frame(row["frame"], {}, row))
    if row["pos"] == "v" and len(row["lemma"].split()) == 1:
        yield from _imperfect(row, row["lemma"])


def _cue(row: Row) -> Faults:
    yield from _member(row, "pos", POS)
    yield from _member(row, "status", STATUSES)
    yield from _member(row, "scope", SCOPES)
    if row["pos"] == "v" and len(row["cue"].split()) == 1 and row["cue"] not in DEFECTIVE:
        yield from _imperfect(row, row["cue"])


def _noun(row: Row) -> Faults:
    yield from _member(row, "class", NOUN_CLASSES)
    yield from _member(row, "sector", SECTORS | {""})
    yield from _member(row, "unit", ("yes", ""))


def _country(row: Row) -> Faults:
    if not re.fullmatch("[A-Z]{3}", row["iso3"]):
        yield row.fault(f"iso3 {row['iso3']!r}; expected three capitals")
    for column in ("english", "names"):
        if not row[column]:
            yield row.fault(f"no {column}")


def _means(row: Row) -> Faults:
    yield from _member(row, "type", tuple(MODES))
    modes = next((modes for kind, modes in MODES.items() if kind == row["type"]), ())
    if row["mode"] not in modes:
        yield row.fault(f"{row['type']} has no mode {row['mode']!r}")


def _casualty(row: Row) -> Faults:
    role, _, toll = row["role"].partition(" ")
    if role not in COUNT_ROLES or toll not in ("", "toll"):
        yield row.fault(f"role {row['role']!r}; expected one of {', '.join(COUNT_ROLES)}, and perhaps toll")


def _land(row: Row, code: str, countries: set[str]) -> Faults:
    if code and code not in countries and code not in EXTRA_LANDS:
        yield row.fault(f"country {code!r}; expected one of countries.tsv or {', '.join(sorted(EXTRA_LANDS))}")


def _actor(row: Row, countries: set[str]) -> Faults:
    land, _, sector = row["code"].partition(" ")
    yield from _land(row, land or "-", countries)
    if sector not in SECTORS | {"", "-"}:
        yield row.fault(f"sector {sector!r}; expected one of {', '.join(sorted(SECTORS))} or -")
    yield from _member(row, "kind", KINDS)
    if not _ID.fullmatch(row["id"]):
        yield row.fault(f"id {row['id']!r}; expected snake case")
    for column in ("english", "names"):
        if not row[column]:
            yield row.fault(f"no {column}")
    yield from _dates(row)


def _orphans(data: Traversable) -> Faults:
    """Actors whose parent no table has."""
    actors = [row for path in _inside(data, "actors") for row in _read(path, load.ACTOR_COLUMNS)[0]]
    yield from _orphaned(actors, {row["id"] for row in actors})


def _orphaned(actors: list[Row], known: set[str]) -> Faults:
    for row in actors:
        if row["parent"] and (row["parent"] not in known or row["parent"] == row["id"]):
            yield row.fault(f"parent {row['parent']!r}; expected the id of another actor")


def lint_actors(path: Traversable) -> tuple[LexiconFault, ...]:
    """All faults of a table of actors of one's own, which may name the actors that ship as parents."""
    countries = {row["iso3"] for row in _read(DATA / "countries.tsv", load.COUNTRY_COLUMNS)[0]}
    table, faults = _read(path, load.ACTOR_COLUMNS)
    faults += [fault for row in table for fault in (*_cells(row), *_actor(row, countries))]
    faults += _doubles(table, ("id", "code", "from", "to"))
    known = {row["id"] for p in _inside(DATA, "actors") for row in _read(p, load.ACTOR_COLUMNS)[0]} | {row["id"] for row in table}
    return tuple(sorted((*faults, *_orphaned(table, known)), key=lambda fault: fault.line))


def _dates(row: Row) -> Faults:
    days = [_first_day(row[column]) for column in ("from", "to")]
    for column, day in zip(("from", "to"), days, strict=True):
        if row[column] and day is None:
            yield row.fault(f"{column} {row[column]!r}; expected a year or a day such as 2011-01-14")
    if days[0] and days[1] and days[1] < days[0]:
        yield row.fault(f"from {row['from']} to {row['to']}: the end is before the beginning")


def _first_day(cell: str) -> date | None:
    try:
        return date.fromisoformat(f"{cell}-01-01" if re.fullmatch(r"\d{4}", cell) else cell)
    except ValueError:
        return None


def _phrase_verbs(data: Traversable) -> Faults:
    """Verbs in angle brackets that stand in no table of verbs."""
    triggers = [row for path in _inside(data, "triggers") for row in _read(path, load.TRIGGER_COLUMNS)[0]]
    reports = _read(data / "reporting.tsv", load.REPORT_COLUMNS)[0]
    cues = _read(data / "cues.tsv", load.CUE_COLUMNS)[0]
    verbs = {fold(row["lemma"]) for row in (*_read(data / "verbs.tsv", load.VERB_COLUMNS)[0], *(r for r in (*triggers, *reports) if r["pos"] == "v"))}
    verbs |= {fold(row["cue"]) for row in cues if row["pos"] == "v"}
    for row in (*triggers, *reports, *cues):
        for verb in re.findall(r"<([^<>]+)>", row.cells.get("lemma", row.cells.get("cue", ""))):
            if fold(verb) not in verbs:
                yield row.fault(f"verb <{verb}> stands in no table; add it to verbs.tsv with its imperfect")
