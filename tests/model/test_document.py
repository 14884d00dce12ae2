"""Documents, outcomes and records check themselves."""

from __future__ import annotations

import pickle
from datetime import date, datetime

import pytest

from khabar.model import Document, InvalidValue, Mention, Outcome, Record, Span, canonical_json, content_id, parse_day


def test_id_is_the_hash_of_the_text() -> None:
    assert Document("خبر").id == Document("خبر").id != Document("خبر آخر").id
    assert Document("خبر", "a/b.txt").id == "a/b.txt"


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    d = Document("قال\ud800 الرئيس", "a\udcff.txt")
    assert (d.text, d.id) == ("قال\ufffd الرئيس", "a\ufffd.txt")


@pytest.mark.parametrize("value", ["2020-01-10", "2020-01-10T23:59:00Z", "2020-01-10 08:00:00+03:00", date(2020, 1, 10), datetime(2020, 1, 10, 5)])
def test_published(value: str | date) -> None:
    d = Document("خبر", published=value)  # type: ignore[arg-type]
    assert d.published is not None
    assert d.published.isoformat() == "2020-01-10"


@pytest.mark.parametrize("text", ["", "yesterday", "10/01/2020", "2020-13-01", "2020-01-10garbage", "١٠"])
def test_wrong_days(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected a day"):
        parse_day(text)


def test_text_must_be_text() -> None:
    with pytest.raises(InvalidValue, match="decode"):
        Document(b"bytes")  # type: ignore[arg-type]


def test_outcomes_have_reasons_where_they_need_them() -> None:
    with pytest.raises(InvalidValue):
        Outcome("failed")
    with pytest.raises(InvalidValue):
        Outcome("read", "why")
    with pytest.raises(InvalidValue):
        Outcome("done")  # type: ignore[arg-type]


def test_a_record_refuses_spans_that_are_not_in_the_text() -> None:
    mention = Mention(Span(0, 3, "قصف"), "ASSAULT", (), "actual", "e1")
    assert Record("a", None, None, "قصف", Outcome("read"), (mention,)).mentions
    with pytest.raises(InvalidValue, match="does not stand"):
        Record("a", None, None, "ضرب", Outcome("read"), (mention,))


def test_records_travel_between_processes() -> None:
    record = Record("a", None, date(2020, 1, 1), "قصف", Outcome("no_events"))
    assert pickle.loads(pickle.dumps(record)) == record


def test_canonical_json_does_not_depend_on_order() -> None:
    assert canonical_json({"b": 1, "a": "خ"}) == '{"a":"خ","b":1}'
    assert content_id({"b": 1, "a": 2}) == content_id({"a": 2, "b": 1})
