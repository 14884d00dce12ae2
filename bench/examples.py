"""The bundled example articles, for the demo and for a benchmark without a corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """An article of `khabar/examples` with what its index says of it."""

    path: Path
    outlet: str
    outlet_english: str
    published: str
    description: str

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")


def examples() -> list[Example]:
    """The examples in the order of their index."""
    with as_file(files("khabar") / "examples") as folder:
        entries = json.loads((folder / "index.json").read_text("utf-8"))["examples"]
        return [Example(folder / e.pop("file"), **e) for e in entries]
