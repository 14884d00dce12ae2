"""Two codings of one article, compared."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from khabar.evaluate.differences import differences


def mention(start: int, kind: str = "ASSAULT", **fields: Any) -> dict[str, Any]:
    empty = {name: [] for name in ("modes", "actors", "recipients", "places", "counts", "sources")}
    trigger = {"start": start, "end": start + 3, "text": "قصف"}
    return {"trigger": trigger, "type": kind, "status": "actual", "event": "e1", "time": None, **empty, **fields}


def record(*mentions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "a", "mentions": list(mentions)}


def test_an_act_that_only_one_finds() -> None:
    (d,) = differences(record(mention(0), mention(9)), record(mention(0)))
    assert (d.start, d.field, d.one, d.other) == (9, "act", "ASSAULT actual", None)
    (d,) = differences(record(), record(mention(4, "PROTEST")))
    assert (d.one, d.other) == (None, "PROTEST actual")


def test_fields_that_differ_are_named_with_both_values() -> None:
    other = mention(
        0, status="denied", sources=[{"start": 5, "end": 9, "text": "شهود"}], time={"span": {"text": "أمس"}, "start": "2020-01-09", "end": "2020-01-09"}
    )
    found = {d.field: (d.one, d.other) for d in differences(record(mention(0)), record(other))}
    assert found == {"status": ("actual", "denied"), "sources": ("", "شهود"), "time": ("", "أمس (2020-01-09, 2020-01-09)")}


@given(st.lists(st.integers(0, 30).map(lambda k: k * 5), unique=True), st.lists(st.integers(0, 30).map(lambda k: k * 5), unique=True))
def test_the_other_way_round_mirrors(a: list[int], b: list[int]) -> None:
    one, other = record(*map(mention, a)), record(*map(mention, b))
    mirrored = [d._replace(one=d.other, other=d.one) for d in differences(other, one)]
    assert differences(one, other) == mirrored
    assert differences(one, one) == []
    assert len(differences(one, other)) == len(set(a) ^ set(b))
