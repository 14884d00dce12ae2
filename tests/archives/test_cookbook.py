"""Every query of the cookbook runs on a batch and answers something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from batches import Run, jsonl, rows

PAGE = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text("utf-8")
VIEWS, *QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
DENIAL = '{"id": "d", "text": "نفت وزارة الدفاع الروسية، الجمعة، قصف المدنيين في ريف حلب، بحسب متحدث باسمها.", "published": "2020-01-10", "outlet": "وكالة"}\n'
SYRIA = DENIAL.replace('"d"', '"s"').replace("نفت وزارة الدفاع الروسية، الجمعة، قصف", "قصف الطيران الروسي، الجمعة،")


@pytest.fixture
def base(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    source = jsonl(tmp_path / "a.jsonl", range(24))
    with source.open("a", encoding="utf-8") as file:
        file.write(DENIAL + SYRIA + "no json\n")
    import duckdb

    run(source)
    monkeypatch.chdir(tmp_path / "out")
    connection = duckdb.connect()
    connection.execute(VIEWS)
    return connection


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers(base: Any, query: str) -> None:
    assert base.execute(query).fetchall()


def test_answers_are_right(base: Any, tmp_path: Path) -> None:
    assert {r[0]: r[2] for r in base.execute(QUERIES[0]).fetchall()} == {"read": 26, "failed": 1}
    acts = {(f"{m['published']:%Y-%m}", m["type"]): set() for m in rows(tmp_path / "out", "mentions") if m["status"] == "actual"}  # type: ignore[var-annotated]
    for m in rows(tmp_path / "out", "mentions"):
        if m["status"] == "actual":
            acts[f"{m['published']:%Y-%m}", m["type"]].add((m["article_id"], m["event"]))
    assert {(month, kind): n for month, kind, n in base.execute(QUERIES[1]).fetchall()} == {k: len(v) for k, v in acts.items()}


def test_pandas(base: Any, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    found: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], found)
    wanted = [m for m in rows(tmp_path / "out", "mentions") if m["status"] == "actual" and f"{m['published']:%Y-%m}" >= "2020-01"]
    assert found["by_type"].sum() == len(wanted)
