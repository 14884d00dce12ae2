"""A batch read back: its articles with their records, and the inputs that hold none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khabar.archives.folder import Folder
from khabar.archives.rows import Row, record_of
from khabar.archives.tables import rows_in
from khabar.model import Outcome, Record


@dataclass(frozen=True, slots=True)
class Held:
    """An article of a batch: its row, its record, and the start and end of the sentence of each mention."""

    row: Row
    record: Record
    quotes: tuple[tuple[int, int], ...]


def articles(folder: Folder) -> Iterator[Held]:
    """The articles of a batch by month, a file's at a time in memory."""
    for name in folder.names("articles"):
        yield from articles_of(folder, name.removeprefix("articles/"))


def articles_of(folder: Folder, below: str) -> Iterator[Held]:
    """The articles of one file, named as below the folders of the tables."""
    mentions, sources, counts = (_rows(folder, f"{table}/{below}") for table in ("mentions", "sources", "counts"))
    of_article, of_mention = _by(mentions, "article_id"), (_by(sources, "mention_id"), _by(counts, "mention_id"))
    for row in rows_of_file(folder, f"articles/{below}"):
        own = sorted(of_article.get(row["article_id"], ()), key=lambda m: m["position"])
        quotes = tuple((m["quote"]["start"], m["quote"]["end"]) for m in own)
        yield Held(row, record_of(row, own, *of_mention), quotes)


def without_article(folder: Folder) -> Iterator[tuple[Row, Record]]:
    """The inputs of a batch that hold no article, with the records that say why."""
    for name in folder.names("outcomes"):
        for row in rows_of_file(folder, name):
            if row["article_id"] is None:
                yield row, Record(row["document_id"], None, None, None, Outcome(row["outcome"], row["reason"]))


def rows_of_file(folder: Folder, name: str, columns: list[str] | None = None) -> Iterator[Row]:
    """The rows of one of a batch's files."""
    with folder.open(name) as file:
        yield from rows_in(file, columns)


def _rows(folder: Folder, name: str) -> list[Row]:
    try:
        return list(rows_of_file(folder, name))
    except FileNotFoundError:
        return []


def _by(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found
