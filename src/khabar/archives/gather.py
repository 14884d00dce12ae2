"""From parts to tables: the rows of each month together, each article once, sorted, in files of a handy size."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.archives.folder import Folder, arrow
from khabar.archives.schema import KEYS, TABLES
from khabar.archives.tables import batch_in, rows_hash, written
from khabar.archives.tasks import Tools
from khabar.archives.work import PARTS, WORK, Done
from khabar.model import content_id

GATHERED = f"{WORK}/gathered"
MOST = {"articles": 4_000, "mentions": 20_000, "outcomes": 40_000}  # rows of a file; what a process holds grows with them, not with the month
_ORDER = {
    "articles": ("article_id", "file", "number"), "mentions": ("article_id", "mention_id"), "sources": ("mention_id", "position"),
    "counts": ("mention_id", "position"), "outcomes": ("input_id",),
}  # fmt: skip
_STEP = 500  # rows hashed at once
Groups = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""For each part, the batch of each table that holds the month."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a file of each table came to: rows, and the sum of their hashes."""

    month: str
    rows: Mapping[str, int]
    sums: Mapping[str, int]
    outcomes: Mapping[str, int]

    def record(self) -> dict[str, Any]:
        return {"month": self.month, "rows": self.rows, "sums": {k: f"{v:064x}" for k, v in self.sums.items()}, "outcomes": self.outcomes}

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Gathered:
        return cls(fields["month"], fields["rows"], {k: int(v, 16) for k, v in fields["sums"].items()}, fields["outcomes"])


@dataclass(frozen=True, slots=True)
class Gather:
    """The rows of a month whose article's id (else the input's) lies in the `number`-th of `of` equal stretches."""

    out: Folder
    month: str
    number: int
    of: int
    groups: Groups

    @property
    def id(self) -> str:
        return content_id([self.month, self.number, self.of, self.groups], prefix="g")

    @property
    def key(self) -> str:
        return f"month {self.month}, file {self.number + 1} of {self.of}"

    @property
    def weight(self) -> int:
        return len(self.groups)

    @property
    def name(self) -> str:
        return f"month={self.month}/{self.number:04}.parquet"

    def do(self, tools: Tools) -> Gathered:
        rows, sums, outcomes = dict[str, int](), dict[str, int](), Counter[str]()
        for table in TABLES:  # one after the other, so that one is held at a time
            found = _together(self, table)
            rows[table], sums[table] = (0, 0) if found is None else (found.num_rows, rows_hash(_rows_of(found)))
            if found is not None:
                self.out.write(f"{table}/{self.name}", written(found))
                outcomes.update(found["outcome"].to_pylist() if table == "outcomes" else ())
        done = Gathered(self.month, rows, sums, outcomes)
        self.out.write(f"{GATHERED}/{self.id}.json", json.dumps(done.record(), sort_keys=True).encode())
        return done


def plan_gathering(out: Folder, done: Iterable[Done]) -> tuple[Gather, ...]:
    """What there is to gather of parts that are done."""
    groups: dict[str, list[tuple[str, tuple[tuple[str, int], ...]]]] = defaultdict(list)
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for part in sorted(done, key=lambda d: d.id):
        held: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for table, months in sorted(part.months.items()):
            for i, month in enumerate(sorted(months)):
                held[month].append((table, i))
                rows[month][table] += months[month]
        for month, found in held.items():
            groups[month].append((part.id, tuple(found)))
    files = {m: max(1, *(-(-rows[m][t] // most) for t, most in MOST.items())) for m in groups}
    return tuple(Gather(out, m, i, files[m], tuple(groups[m])) for m in sorted(groups) for i in range(files[m]))


def _together(what: Gather, table: str) -> Any:
    """The rows of a table for one file, each once and in order; None where there are none."""
    wanted = ((part, dict(held).get(table)) for part, held in what.groups)
    pieces = [_within(batch_in(what.out, f"{PARTS}/{part}/{table}.arrow", i), what) for part, i in wanted if i is not None]
    pieces = [p for p in pieces if p.num_rows]
    if not pieces:
        return None
    return _once(arrow().Table.from_batches(pieces).sort_by([(c, "ascending") for c in _ORDER[table]]), KEYS[table])


def _within(rows: Any, what: Gather) -> Any:
    """The rows whose id lies in the stretch."""
    if what.of == 1:
        return rows
    from pyarrow import compute

    ids = compute.coalesce(rows["article_id"], rows["input_id"]) if "input_id" in rows.schema.names else rows["article_id"]
    low, high = (-(-0x10000 * n // what.of) for n in (what.number, what.number + 1))
    place = compute.utf8_slice_codeunits(ids, 1, 5)
    wanted = compute.greater_equal(place, f"{low:04x}")
    return rows.filter(wanted if high == 0x10000 else compute.and_(wanted, compute.less(place, f"{high:04x}")))


def _once(rows: Any, key: Sequence[str]) -> Any:
    """The first of the rows that share a key, of rows in the order of keys."""
    import numpy as np

    new = np.ones(rows.num_rows, dtype=bool)
    if rows.num_rows > 1:
        columns = [rows[k].to_numpy(zero_copy_only=False) for k in key]
        new[1:] = np.any([c[1:] != c[:-1] for c in columns], axis=0)
    return rows if new.all() else rows.filter(arrow().array(new))


def _rows_of(table: Any) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=_STEP):
        yield from batch.to_pylist()


def clean(out: Folder, wanted: Sequence[Gather]) -> None:
    """Remove what an earlier gathering of other parts left."""
    ids = {f"{GATHERED}/{g.id}.json" for g in wanted}
    names = {g.name for g in wanted}
    stale = [n for n in out.names(GATHERED) if n not in ids]
    for name in stale:
        out.remove(name)
    for table in TABLES:
        for name in out.names(table):
            if name.removeprefix(f"{table}/") not in names:
                out.remove(name)
