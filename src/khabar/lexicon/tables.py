"""Reading the lexicon's tab-separated tables with line numbers, so that every fault can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from khabar.model import LexiconFault

DATA = files("khabar.lexicon") / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column, `-` read as empty."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The members of a `|`-joined cell."""
        cell = self.cells[column]
        return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()

    def fault(self, text: str) -> LexiconFault:
        return LexiconFault(self.file, self.line, text)


def rows(path: Traversable, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table whose first line must name exactly `columns`; a line of another width raises LexiconFault."""
    header: tuple[str, ...] | None = None
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(line.rstrip("\r").split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise LexiconFault(path.name, number, f"columns {' '.join(header)}; expected {' '.join(columns)}")
            continue
        if len(cells) != len(columns):
            raise LexiconFault(path.name, number, f"{len(cells)} cells; expected {len(columns)}: {' '.join(columns)}")
        yield Row(path.name, number, {c: "" if v.strip() == "-" else v.strip() for c, v in zip(columns, cells, strict=True)})


def tables(folder: str) -> list[Traversable]:
    """The tables in a folder of the lexicon, by name."""
    return sorted((p for p in (DATA / folder).iterdir() if p.name.endswith(".tsv")), key=lambda p: p.name)
