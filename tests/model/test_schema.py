"""The record's JSON Schema holds for what khabar writes and for nothing else."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from articles import articles
from khabar import Coder, Document, record_schema
from khabar.collect import unreadable
from khabar.model import Count, InvalidValue, Mention, Span
from khabar.model.ontology import MODES, STATUSES, TYPES

SCHEMA = record_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_schema_holds_the_vocabularies() -> None:
    mention = SCHEMA["$defs"]["mention"]
    assert mention["properties"]["type"]["enum"] == list(TYPES)
    assert mention["properties"]["status"]["enum"] == list(STATUSES)
    for rule in mention["allOf"]:
        modes = MODES[rule["if"]["properties"]["type"]["const"]]
        assert rule["then"]["properties"]["modes"] == ({"items": {"enum": list(modes)}} if modes else {"maxItems": 0})


@pytest.mark.parametrize("why", [False, True])
def test_records_fit(coder: Coder, why: bool) -> None:
    for text in articles():
        record = coder.code(Document(text, published="2020-01-12"))  # type: ignore[arg-type]
        assert record.mentions
        VALIDATOR.validate(json.loads(json.dumps(record.record(why=why))))


def test_records_without_articles_fit(coder: Coder) -> None:
    for record in (unreadable("x:1: not JSON", line=1), coder.code(Document("")), coder.code(Document("Le président a dit non. " * 9))):
        VALIDATOR.validate(record.record())
        assert record.outcome.reason


def test_gold_fits_but_for_its_outcome() -> None:
    gold = sorted(Path("/work/shared/gold/dev").glob("*.json"))
    if not gold:
        pytest.skip("no shared gold here")
    for path in gold:
        record = json.loads(path.read_text("utf-8"))
        VALIDATOR.validate({"outlet": None, "published": None, **record, "outcome": {"kind": "read" if record["mentions"] else "no_events", "reason": None}})


def broken(record: dict[str, Any]) -> list[dict[str, Any]]:
    out = []
    for change in (
        lambda r: r.pop("mentions"),
        lambda r: r["mentions"][0].pop("counts"),
        lambda r: r["mentions"][0].update(type="WAR"),
        lambda r: r["mentions"][0].update(modes=["nonsense"]),
        lambda r: r["mentions"][0]["trigger"].pop("start"),
        lambda r: r.update(outcome={"kind": "failed", "reason": None}),
        lambda r: r.update(published="10/1/2020"),
    ):
        out.append(copy.deepcopy(record))
        change(out[-1])
    return out


def test_broken_records_do_not_fit(coder: Coder) -> None:
    record = coder.code(Document(articles()[-1])).record()
    for wrong in broken(record):
        assert not VALIDATOR.is_valid(wrong)


def test_relations_of_counts_are_written_only_where_there_are_any(coder: Coder) -> None:
    text = "قصف في المدينة\nارتفع عدد ضحايا القصف إلى 58 قتيلا بينهم 11 طفلا.\nوأسفر القصف عن مقتل 3 مدنيين."
    record = coder.code(Document(text, published="2020-01-12")).record()  # type: ignore[arg-type]
    VALIDATOR.validate(record)
    counts = [{k: c[k] for k in ("low", "part_of", "update", "cumulative") if k in c} for m in record["mentions"] for c in m["counts"]]
    assert counts == [{"low": 58, "update": True}, {"low": 11, "part_of": 0}, {"low": 3}]


def test_a_part_needs_its_total() -> None:
    span = Span(0, 2, "11")
    with pytest.raises(InvalidValue, match="part of count 3"):
        Mention(Span(3, 6, "قصف"), "ASSAULT", (), "actual", "e1", counts=(Count(span, "killed", 11, 11, "طفلا", part_of=3),))
