"""One part of a batch: read, coded and written; done when its marker stands, and never half done."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from khabar.archives.folder import Folder
from khabar.archives.parts import Part
from khabar.archives.pieces import inputs, piece_of, refused
from khabar.archives.rows import Row, month_of, rows_of
from khabar.archives.schema import TABLES
from khabar.archives.settings import Settings
from khabar.archives.tables import batches_bytes
from khabar.archives.triage import Triage
from khabar.pipeline import Coder
from khabar.pool import coded

WORK = "_work"
PARTS = f"{WORK}/parts"
DEADLY = "process: ended each of several times while this input was read"


class Beat(Protocol):
    """Told of every input before it is read, by its place in the part from 0, and after that how many mentions it held."""

    def begin(self, ordinal: int) -> None: ...

    def done(self, mentions: int) -> None: ...


class Silent:
    """A beat that nobody listens to."""

    def begin(self, ordinal: int) -> None:
        return

    def done(self, mentions: int) -> None:
        return


@dataclass(frozen=True, slots=True)
class Done:
    """What a part came to: rows by table and month, and inputs by outcome and reason."""

    id: str
    months: Mapping[str, Mapping[str, int]]
    outcomes: Mapping[str, int]
    rejected: Mapping[str, int]

    def record(self) -> dict[str, Any]:
        return {"id": self.id, "months": self.months, "outcomes": self.outcomes, "rejected": self.rejected}

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Done:
        return cls(fields["id"], fields["months"], fields["outcomes"], fields["rejected"])

    @property
    def inputs(self) -> int:
        return sum(self.outcomes.values())

    @property
    def mentions(self) -> int:
        return sum(self.months.get("mentions", {}).values())


def do_part(part: Part, out: Folder, coder: Coder, settings: Settings, *, beat: Beat | None = None, deadly: Collection[int] = ()) -> Done:
    """Read and code a part and write its rows, then its marker. `deadly` are inputs, by their place, that ended the process before and are not read."""
    rows = _coded(part, coder, settings, beat or Silent(), deadly)
    for table, months in rows.items():
        out.write(f"{PARTS}/{part.id}/{table}.arrow", batches_bytes(table, (months[m] for m in sorted(months))))
    done = _done(part, rows)
    out.write(f"{PARTS}/{part.id}/done.json", json.dumps(done.record(), sort_keys=True).encode())
    return done


def find_done(out: Folder, part_id: str) -> Done | None:
    """What a part came to, None where it is not done."""
    fields = out.json(f"{PARTS}/{part_id}/done.json")
    return None if fields is None else Done.parse(fields)


def _coded(part: Part, coder: Coder, settings: Settings, beat: Beat, deadly: Collection[int]) -> dict[str, dict[str, list[Row]]]:
    """The rows of a part by table and month."""

    triage = Triage.load() if settings.triage else None
    rows: dict[str, dict[str, list[Row]]] = {table: defaultdict(list) for table in TABLES}
    for ordinal, met in enumerate(inputs(part, settings.hints, settings.options)):
        beat.begin(ordinal)
        early = triage.refuses(met.raw) if triage else None
        piece = refused(met.raw, DEADLY) if ordinal in deadly else early or piece_of(met.raw)
        record = triage.code(piece, coder) if triage else coded(coder, piece.item)
        for table, found in rows_of(met.where, piece, record).items():
            rows[table][month_of(record.published)] += found
        beat.done(len(record.mentions))
    return rows


def _done(part: Part, rows: Mapping[str, Mapping[str, Iterable[Row]]]) -> Done:
    months = {table: {m: len(list(found)) for m, found in sorted(by_month.items()) if found} for table, by_month in rows.items()}
    every = [r for found in rows["outcomes"].values() for r in found]
    reasons = Counter(kind_of_reason(r["reason"]) for r in every if r["outcome"] in ("rejected", "failed"))
    return Done(part.id, months, Counter(r["outcome"] for r in every), reasons)


def kind_of_reason(reason: str | None) -> str:
    """A reason without what is particular to one input, so that like ones are counted together."""
    words = re.sub(r"^\S*[/.]\S*?:(?:\d+:| record \d+:)? ?", "", reason or "")
    return re.sub(r"[\d.,]+", "N", re.sub(r"\(.*?\)|'[^']*'", "…", words))[:80]
