"""Many articles in several processes, some of which die."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from articles import SHELLING
from khabar import Document, Record, code_all
from khabar.batch import code_and
from khabar.collect import unreadable
from khabar.model import InvalidValue


def deadly(record: Record) -> str:
    """Ends the process at some articles."""
    if record.outlet == "deadly" and record.outcome.kind != "failed":
        os._exit(3)
    return f"{record.id} {record.outcome.kind}"


@pytest.mark.parametrize("deaths", [{0}, {5, 6, 40}, set(range(0, 60, 7)), {59}])
def test_a_dead_process_fails_one_article(deaths: set[int]) -> None:
    items = [Document(SHELLING, f"d{i}", None, "deadly" if i in deaths else None) for i in range(60)]
    assert list(code_and(deadly, items, jobs=2)) == [f"d{i} {'failed' if i in deaths else 'read'}" for i in range(60)]


def test_input_is_read_only_a_little_ahead() -> None:
    read: list[int] = []

    def items() -> Iterator[Document]:
        for i in range(2000):
            read.append(i)
            yield Document("خبر", f"d{i}")

    results = code_all(items(), jobs=2)
    next(results)
    assert len(read) < 400
    assert sum(1 for _ in results) == 1999


def test_records_pass_through() -> None:
    bad = unreadable("a:1: not JSON", line=1)
    for jobs in (1, 2):
        out = list(code_all([bad, Document(SHELLING), bad], jobs=jobs))
        assert [r.outcome.kind for r in out] == ["failed", "read", "failed"]


def test_jobs() -> None:
    with pytest.raises(InvalidValue, match="jobs"):
        code_all([], jobs=-1)
    assert list(code_all([], jobs=2)) == []
    assert len(list(code_all([Document(SHELLING)], jobs=0))) == 1
