"""The data dictionary of exports: every column of every table with its type and meaning in English and Arabic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from khabar.model import InvalidValue

Kind = Literal["string", "integer", "number", "boolean", "date", "list", "json"]
VIEWS = ("events", "claims", "participants", "places", "figures", "tolls", "articles")
"""The tables of what is published, in order; the others are those of the store itself."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type (`list` of strings, `json` a JSON text) and what it means."""

    name: str
    kind: Kind
    english: str
    arabic: str


@lru_cache(maxsize=1)
def dictionary() -> dict[str, tuple[Field, ...]]:
    """The columns of every table, in order."""
    lines = files("khabar.export").joinpath("dictionary.tsv").read_text("utf-8").splitlines()
    found: dict[str, tuple[Field, ...]] = {}
    for line in lines[1:]:
        table, name, kind, english, arabic = line.split("\t")
        known = next((k for k in get_args(Kind) if k == kind), None)
        if known is None:
            raise InvalidValue(f"dictionary.tsv: type {kind!r} of {table}.{name}; expected one of {', '.join(get_args(Kind))}")
        found[table] = (*found.get(table, ()), Field(name, known, english, arabic))
    return found


def columns(table: str) -> tuple[str, ...]:
    return tuple(f.name for f in dictionary()[table])


def markdown(tables: tuple[str, ...] = VIEWS) -> str:
    """The dictionary as Markdown, for `docs/exports.md`."""
    parts = []
    for table in tables:
        rows = [f"| `{f.name}` | {f.kind} | {f.english} | {f.arabic} |" for f in dictionary()[table]]
        parts.append(f"### `{table}`\n\n| column | type | meaning | المعنى |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)
