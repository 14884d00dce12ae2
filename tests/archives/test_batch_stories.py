"""The second pass: copies and events of a batch, as the store joins them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from batches import Run
from khabar.archives import join_batch
from khabar.archives.schema import STORY_TABLES, arrow_schema
from khabar.archives.stories import Groups
from khabar.archives.tables import rows_in
from khabar.cli.main import main

RAID = (
    "قصفت طائرات حربية روسية مستشفى مدينة إدلب مساء الأربعاء وقتلت تسعة مدنيين بينهم أربعة أطفال، بحسب الدفاع المدني السوري. "
    "وأفاد شهود بأن الطائرات عادت مرتين إلى سماء المدينة قبل أن تنسحب شرقا وأن فرق الإنقاذ ما زالت تبحث عن ناجين تحت الأنقاض."
)
AGAIN = "قتل تسعة مدنيين في قصف لطائرات حربية روسية على مستشفى في مدينة إدلب الأربعاء، وقال الدفاع المدني السوري إن أربعة أطفال بين القتلى."
MARCH = "تظاهر مئات المعلمين أمام البرلمان في العاصمة تونس الخميس احتجاجا على تأخر صرف أجورهم، بحسب نقابة التعليم."


def write(path: Path, *articles: tuple[str, str, str]) -> Path:
    lines = [{"id": i, "text": text, "published": day, "outlet": f"صحيفة {i}"} for i, day, text in articles]
    path.write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines) + "\n", "utf-8")
    return path


@pytest.fixture
def joined(run: Run, tmp_path: Path) -> Path:
    """Four articles of one raid, two of them copies, across the border of two months; one of a march, and one of a like raid a year before."""
    articles = [
        ("a", "2020-01-30", RAID),
        ("b", "2020-02-01", RAID + " وانتهى."),
        ("c", "2020-01-31", AGAIN),
        ("m", "2020-01-31", MARCH),
        ("o", "2019-01-31", AGAIN),
    ]
    run(write(tmp_path / "a.jsonl", *articles), part=2)
    return tmp_path / "out"


def found(out: Path, table: str) -> list[dict[str, Any]]:
    return [r for p in sorted(out.glob(f"{table}/*/*.parquet")) for r in rows_in(p)]


def test_copies_and_events(joined: Path) -> None:
    made = join_batch(str(joined), jobs=1)
    names = {r["article_id"]: r["document_id"] for r in found(joined, "articles")}
    assert [(names[c["article_id"]], names[c["original"]]) for c in found(joined, "copies")] == [("b", "a")]
    events = {e["event_id"]: e for e in found(joined, "events")}
    told: dict[str, set[str]] = {e: {names[m["article_id"]] for m in found(joined, "members") if m["event_id"] == e} for e in events}
    raid = max(events.values(), key=lambda e: e["articles"])
    assert told[raid["event_id"]] >= {"a", "b"}
    assert not told[raid["event_id"]] & {"m", "o"}
    assert (raid["type"], raid["killed_high"], raid["voices"]) == ("ASSAULT", 9, raid["articles"] - 1)
    assert len(found(joined, "members")) == made["mentions"] == len(found(joined, "mentions"))
    assert made["events"] == len(events) == len({m["event_id"] for m in found(joined, "members")})


def test_again_is_the_same(joined: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = join_batch(str(joined), jobs=2)
    before = {t: found(joined, t) for t in STORY_TABLES}
    assert main(["batch-stories", str(joined), "-j", "1"]) == 0
    assert f"{first['mentions']} mentions of {first['events']} events" in capsys.readouterr().out
    assert {t: found(joined, t) for t in STORY_TABLES} == before


def test_the_schema_is_what_is_written(joined: Path) -> None:
    from pyarrow import parquet

    join_batch(str(joined), jobs=1)
    for table in STORY_TABLES:
        for path in joined.glob(f"{table}/*/*.parquet"):
            assert parquet.read_schema(path).equals(arrow_schema(table), check_metadata=False)


def test_groups_grow_together() -> None:
    groups = Groups()
    for pair in (("b", "c"), ("d", "e"), ("e", "b"), ("x",), ("a", "d")):
        groups.unite(pair)
    assert groups.groups() == {"a": ["a", "b", "c", "d", "e"], "x": ["x"]}
