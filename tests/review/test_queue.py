"""What a coder is given next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desk import filled, fix, ids, reread
from hypothesis import given
from hypothesis import strategies as st

from khabar import Confidence, InvalidValue
from khabar.dataset import begin_run
from khabar.model.review import Evidence
from khabar.review import ANY, assign, decide, doubt, queue, undo
from khabar.review.doubting import worst_field
from khabar.store import Store
from records import MARCH, RAID, entry, march, raid, record

NOW = datetime(2020, 2, 1, 12, tzinfo=UTC)


def given_to(store: Store, coder: str, minutes: float = 0, **more: Any) -> list[str]:
    return [i.reading.mention_id for i in queue(store, coder=coder, now=NOW + timedelta(minutes=minutes), **more)]


def sure(store: Store, *levels: float) -> None:
    """Articles with a raid each of which the reader is so sure."""
    run = begin_run(store, "rules")
    for i, level in enumerate(levels):
        unsure = replace(raid(), confidence=Confidence(level, 0.99, actors=(0.95, 0.9)))
        store.add(entry(record(f"c{i}", RAID, unsure)), run)


def test_the_least_sure_comes_first_with_its_reason(store: Store) -> None:
    sure(store, 0.8, 0.4, 0.97)
    found = queue(store, coder="ann", now=NOW)
    assert [i.reading.article_id for i in found] == ["c1", "c0", "c2"]
    assert found[0].reasons[0] == ("field:mention", 0.6)
    assert found[2].reasons[0][0] == "field:actors"
    assert found[0].quote == RAID
    assert (found[0].expected, found[0].record()["cursor"]) == (None, found[0].cursor)


def test_nothing_comes_twice(store: Store) -> None:
    filled(store, 3)
    seen: list[str] = []
    while found := given_to(store, "ann", limit=2):
        seen += found
        for m in found:
            decide(store, "ann", "accept" if len(seen) % 2 else "unsure", m)
    assert sorted(seen) == sorted(ids(store) + ids(store, "PROTEST"))
    assert len(set(seen)) == 6


def test_what_one_was_unsure_of_goes_to_another_first(store: Store) -> None:
    filled(store, 3)
    asked = given_to(store, "ann")[-1]
    decide(store, "ann", "unsure", asked)
    assert asked not in given_to(store, "ann", 20)
    found = queue(store, coder="ben", now=NOW + timedelta(minutes=40))
    assert found[0].reading.mention_id == asked
    assert found[0].reasons[0][0] == "unsure"
    decide(store, "ben", "accept", asked, expected=found[0].expected)
    assert asked not in given_to(store, "cem", 60)


def test_what_was_taken_back_comes_again(store: Store) -> None:
    filled(store, 1)
    first = given_to(store, "ann")[0]
    decide(store, "ann", "reject", first)
    assert first not in given_to(store, "ann")
    undo(store, "ann")
    assert first in given_to(store, "ann")


def test_what_others_look_at_comes_later_for_ten_minutes(store: Store) -> None:
    filled(store, 3)
    mine = given_to(store, "ann", limit=2)
    others = given_to(store, "ben", 1)
    assert set(others[-2:]) == set(mine)
    assert [i.busy for i in queue(store, coder="ben", now=NOW + timedelta(minutes=2))] == [False] * 4 + [True] * 2
    assert set(given_to(store, "ben", 3, limit=4)).isdisjoint(mine)
    assert set(given_to(store, "cem", 14, limit=6)[:2]) == set(mine), "ben took the rest after two minutes, ann's time is over"


def test_cursors_lead_through_the_queue(store: Store) -> None:
    filled(store, 4)
    whole = given_to(store, "ann")
    paged: list[str] = []
    after: str | None = None
    while found := queue(store, coder="ann", limit=3, after=after, now=NOW):
        paged += [i.reading.mention_id for i in found]
        after = found[-1].cursor
    assert paged == whole
    with pytest.raises(InvalidValue, match="expected the cursor"):
        queue(store, coder="ann", after="x", now=NOW)
    with pytest.raises(InvalidValue, match="expected 1 to 500"):
        queue(store, coder="ann", limit=0)


def test_other_runs_and_rivals_raise_doubt(store: Store) -> None:
    filled(store, 2, joined=True)
    reasons = {i.reading.mention_id: dict(i.reasons) for i in queue(store, coder="ann", now=NOW)}
    assert not any("runs-lack" in r for r in reasons.values())
    one = ids(store)[0]
    reread(store, 1)
    decide(store, "ann", "accept", one)
    undo(store, "ann")
    again = {i.reading.article_id: dict(i.reasons) for i in queue(store, coder="ann", now=NOW)}
    assert "runs-lack" not in again["a0"], "both runs have the raid"
    with store._base.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM doubt").scalar() == connection.exec_driver_sql("SELECT count(*) FROM member").scalar()


def test_a_run_that_misses_it_raises_doubt(store: Store) -> None:
    run = store.begin_run("other", "1", {})
    both = record("a0", f"{RAID} {MARCH}", raid(f"{RAID} {MARCH}"), march(f"{RAID} {MARCH}"))
    store.add(entry(replace(both, mentions=both.mentions[:1])), run)
    store.add(entry(both), begin_run(store, "rules"))
    found = queue(store, coder="ann", now=NOW)
    assert [(i.reading.mention.type, "runs-lack" in dict(i.reasons)) for i in found] == [("PROTEST", True), ("ASSAULT", False)]


def test_batches_narrow_the_queue(store: Store) -> None:
    filled(store, 4)
    assign(store, "open", ["a1", "a2"], ["ann", "ben"], blind=False, each=1)
    found = queue(store, coder="ann", batch="open", now=NOW)
    assert {i.reading.article_id for i in found} == {"a1"}
    decide(store, "ann", "fix", found[0].reading.mention_id, fix(store, found[0].reading.mention_id, status="denied"), ANY)
    assert len(queue(store, coder="ann", batch="open", now=NOW)) == 1
    assert queue(store, coder="cem", batch="open", now=NOW) == ()


PROBABILITY = st.floats(0, 1)
CONFIDENCE = st.fixed_dictionaries(
    {"mention": PROBABILITY, "status": PROBABILITY},
    optional={"actors": st.lists(PROBABILITY), "time": st.none() | PROBABILITY, "places": st.lists(PROBABILITY)},
)


@given(CONFIDENCE, st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans())
def test_doubt_is_a_probability_and_grows_with_every_reason(confidence: Any, lack: int, differ: int, rivals: bool, unsure: bool) -> None:
    found = doubt(Evidence({"confidence": confidence, "status": "actual"}, lack, differ, rivals, unsure))
    assert 0 <= found.score <= 1
    assert list(found.reasons) == sorted(found.reasons, key=lambda r: -r[1])
    assert found.score >= max(w for _, w in found.reasons) - 0.001
    denied = doubt(Evidence({"confidence": confidence, "status": "denied"}, lack, differ, rivals, unsure))
    assert denied.score >= found.score
    worst = worst_field(confidence)
    assert worst is not None
    assert worst[1] <= min(confidence["mention"], confidence["status"])
