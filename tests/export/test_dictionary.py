"""The data dictionary tells every column of every table, in the documentation too."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar import FORMATS
from khabar.export.acled import TYPES
from khabar.export.dictionary import dictionary, markdown
from khabar.store.dump import TABLES, columns

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


@pytest.mark.parametrize("table", TABLES)
def test_tables_of_the_store_are_told_whole(table: str) -> None:
    assert sorted(f.name for f in dictionary()[table]) == sorted(columns(table))


def test_every_column_has_a_meaning_in_both_languages() -> None:
    for table, fields in dictionary().items():
        assert len({f.name for f in fields}) == len(fields)
        for f in fields:
            assert f.english.strip(), (table, f.name)
            assert any("ء" <= c <= "ي" for c in f.arabic), (table, f.name)


def test_the_documentation_shows_the_dictionary() -> None:
    assert markdown() in DOCS.read_text("utf-8")


def test_the_documentation_shows_every_format_and_the_types_of_acled() -> None:
    shown = DOCS.read_text("utf-8")
    assert [f for f in FORMATS if f"| `{f}` |" not in shown] == []
    assert "\n".join(f"| {kind} | {mode} | {a} | {b} |" for (kind, mode), (a, b) in TYPES.items()) in shown
