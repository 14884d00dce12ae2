"""The second pass over a batch: near-copies and events told more than once, as further tables."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from khabar.archives.folder import Folder
from khabar.archives.job import Progress, Watch
from khabar.archives.joining import STORIES, CountWords, FindCopies, JoinMonth, WriteEvents
from khabar.archives.reading import rows_of_file
from khabar.archives.rows import NO_MONTH
from khabar.archives.tables import parquet_bytes
from khabar.archives.tasks import Runner, Task
from khabar.model.rows import Copy
from khabar.stories.join import WINDOW
from khabar.stories.units import idf_of

MOST = 100_000  # mentions that are joined in one task
RESULT = "stories.json"


class Groups:
    """Disjoint sets of ids, named by their least member."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, x: str) -> str:
        parent = self._parent
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    def unite(self, members: Sequence[str]) -> None:
        roots = sorted({self.root(m) for m in members})
        for r in roots[1:]:
            self._parent[r] = roots[0]

    def groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for x in sorted(self._parent):
            found[self.root(x)].append(x)
        return found


@dataclass(slots=True)
class StoriesJob:
    """One joining of a finished batch."""

    out: Folder
    runner: Runner
    threshold: float | None = None
    watch: Watch = lambda progress: None
    progress: Progress = field(default_factory=Progress)

    def run(self) -> dict[str, int]:
        """Write the tables copies, events and members; how many there are of each."""
        files = [n.removeprefix("articles/") for n in self.out.names("articles")]
        for name in (*self.out.names("events"), *self.out.names("members"), *self.out.names("copies"), RESULT):
            self.out.remove(name)
        self._words(files)
        copies = self._copies(files)
        groups = self._join(files)
        months = {m: month for month, found in self._by_month(files, "mentions", "mention_id").items() for m in found}
        events = self._write(files, groups, months)
        with_events = sum(1 for n in files for r in rows_of_file(self.out, f"articles/{n}", ["mentions"]) if r["mentions"])
        several = sum(len(g) > 1 for g in groups)
        made = {"articles": with_events, "copies": len(copies), "mentions": len(months), "events": events, "joined": several}
        self.out.write(RESULT, json.dumps(made, indent=1).encode())
        return made

    def _do(self, stage: str, tasks: Sequence[Task]) -> Iterator[Any]:
        p = self.progress
        p.stage, p.weight, p.whole = stage, 0, sum(t.weight for t in tasks)
        for task, result in self.runner.run(tasks, lambda inputs, mentions: self.watch(p)) if tasks else ():
            p.weight += task.weight
            yield result

    def _words(self, files: Sequence[str]) -> None:
        counts: Counter[str] = Counter()
        n = 0
        for texts, found in self._do("counting words", [CountWords(self.out, (f,)) for f in files]):
            n += texts
            counts.update(found)
        self.out.write(f"{STORIES}/idf.json", json.dumps(dict(sorted(idf_of(counts, n).items())), ensure_ascii=False).encode())

    def _copies(self, files: Sequence[str]) -> list[Copy]:
        """The copies, each with the first of its group; groups grow together across stretches of days."""
        groups, found = Groups(), dict[tuple[str, str], float]()
        for copies in self._do("finding copies", list(self._stretches(files))):
            for c in cast(tuple[Copy, ...], copies):
                found[c.article_id, c.original] = c.likeness
                groups.unite((c.article_id, c.original))
        first = self._first(groups)
        copies = [Copy(a, first[a], found.get((a, first[a]), 0.0)) for a in sorted(first) if first[a] != a]
        rows = [{"article_id": c.article_id, "original": c.original, "likeness": c.likeness or None} for c in copies]
        self.out.write("copies/month=all/0000.parquet", parquet_bytes("copies", rows))
        self.out.write(f"{STORIES}/voices.json", json.dumps({c.article_id: c.original for c in copies}).encode())
        return copies

    def _first(self, groups: Groups) -> dict[str, str]:
        """For each article of a group the earliest of it, of the same day the longest."""
        members = groups.groups()
        wanted = {a for found in members.values() for a in found}
        order: dict[str, tuple[date, int, str]] = {}
        for name in self.out.names("articles") if wanted else ():
            for r in rows_of_file(self.out, name, ["article_id", "published", "text"]):
                if r["article_id"] in wanted:
                    order[r["article_id"]] = (r["published"] or date.max, -len(r["text"]), r["article_id"])
        return {a: min(found, key=order.__getitem__) for found in members.values() for a in found}

    def _stretches(self, files: Sequence[str]) -> Iterator[FindCopies]:
        """A day of articles each; the file names tell the months that may hold it and the days before."""
        days: set[date] = set()
        for name in files:
            days |= {r["published"] for r in rows_of_file(self.out, f"articles/{name}", ["published"]) if r["published"]}
        for day in sorted(days):
            months = {f"{day:%Y-%m}", f"{day - timedelta(days=3):%Y-%m}"}
            yield FindCopies(self.out, tuple(f for f in files if month_in(f) in months), day, day)
        if undated := tuple(f for f in files if month_in(f) == NO_MONTH):
            yield FindCopies(self.out, undated, None, None)

    def _join(self, files: Sequence[str]) -> list[list[str]]:
        months = sorted({month_in(f) for f in files})
        sizes = Counter(dict.fromkeys(months, 0))
        for name in self.out.names("mentions"):
            sizes[month_in(name)] += sum(1 for _ in rows_of_file(self.out, name, ["position"]))
        tasks = []
        for month in months:
            wanted = {month, before(month)}
            held = tuple(f for f in files if month_in(f) in wanted)
            of = max(1, -(-sizes[month] // MOST))
            tasks += [JoinMonth(self.out, held, month, i, of, self.threshold) for i in range(of)]
        groups = Groups()
        for found in self._do("joining", tasks):
            for group in found:
                groups.unite(group)
        return list(groups.groups().values())

    def _by_month(self, files: Sequence[str], table: str, key: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.out.names(table):
            found[month_in(name)] += [r[key] for r in rows_of_file(self.out, name, [key])]
        return found

    def _write(self, files: Sequence[str], groups: Iterable[Sequence[str]], months: dict[str, str]) -> int:
        """Have the rows of events written, each with those of the month it begins in."""
        begun: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for members in groups:
            begun[min(months[m] for m in members)].append(("e" + min(members)[1:], tuple(members)))
        tasks = []
        for month, events in sorted(begun.items()):
            held = {months[m] for _, members in events for m in members}
            tasks.append(WriteEvents(self.out, tuple(f for f in files if month_in(f) in held), month, tuple(sorted(events))))
        return sum(self._do("writing", tasks))


def month_in(name: str) -> str:
    """The month in the name of a file of a table."""
    return name.partition("month=")[2].partition("/")[0]


def before(month: str) -> str:
    """The month that the days before a month lie in."""
    if month == NO_MONTH:
        return month
    return f"{date.fromisoformat(f'{month}-01') - timedelta(days=WINDOW):%Y-%m}"
