"""How a batch reads: all that its rows depend on beside its inputs."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

import khabar
from khabar.archives.parts import PART_INPUTS
from khabar.collect.items import Hints, Options
from khabar.engines import DEFAULT
from khabar.engines.own import NONE, OwnTables
from khabar.model import InvalidValue

FORMAT = 2  # of the rows and of the parts kept; a change of either makes it one more


@dataclass(frozen=True, slots=True)
class Settings:
    """Reader, tables of one's own, what holds for articles that do not state it, columns of tables, whether a first pass drops what holds no event, and
    the number of inputs of a part."""

    engine: str = DEFAULT
    own: OwnTables = NONE
    hints: Hints = field(default_factory=Hints)
    options: Options = field(default_factory=Options)
    triage: bool = False
    part_inputs: int = PART_INPUTS

    def __post_init__(self) -> None:
        if self.part_inputs < 1:
            raise InvalidValue(f"part of {self.part_inputs} inputs: expected at least 1")

    def record(self) -> dict[str, Any]:
        """The settings as JSON, tables of one's own by their hashes."""
        tables = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in (("places", self.own.places), ("actors", self.own.actors)) if path}
        published = self.hints.published and self.hints.published.isoformat()
        hints = {"published": published, "outlet": self.hints.outlet}
        columns = {k: v for k, v in asdict(self.options.columns).items() if v}
        return {
            "engine": self.engine, "version": khabar.__version__, "format": FORMAT, "tables": tables, "hints": hints, "columns": columns,
            "triage": self.triage, "part_inputs": self.part_inputs,
        }  # fmt: skip
