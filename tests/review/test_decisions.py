"""Decisions, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from desk import filled, fix, ids, missed, reread, state

from khabar import EventFilter, InvalidValue
from khabar.dataset import open_store
from khabar.review import ANY, StaleDecision, assign, decide, history, queue, readings, undo
from khabar.store import Store
from khabar.store.tables import REVIEW, exported, meta


def test_a_decision_counts_at_once_and_is_taken_back(store: Store) -> None:
    filled(store, 2, joined=True)
    before = state(store)
    first = ids(store)[0]
    decide(store, "ann", "reject", first)
    assert first not in ids(store)
    taken = undo(store, "ann")
    assert taken is not None
    assert (taken.kind, taken.subject) == ("reject", (first,))
    assert state(store) == before
    assert undo(store, "ann") is None
    assert [d.kind for d in history(store, first)] == ["reject", "undo"]


def test_undo_goes_back_step_by_step(store: Store) -> None:
    filled(store, 2, joined=True)
    one, other = ids(store)[:2]
    states = [state(store)]
    steps: list[tuple[Any, ...]] = [("accept", one), ("fix", one, fix(store, one, status="denied")), ("reject", other), ("unsure", one), ("accept", one)]
    for step in steps:
        decide(store, "ann", *step, expected=ANY)
        states.append(state(store))
    for before in reversed(states[:-1]):
        assert undo(store, "ann") is not None
        assert state(store) == before
    assert undo(store, "ann") is None


def test_a_correction_that_was_accepted_survives_another_reading(store: Store) -> None:
    filled(store, 2)
    one, other = ids(store)
    decide(store, "ann", "fix", one, fix(store, one, status="denied"))
    decide(store, "ben", "accept", one, expected=ANY)
    marched = ids(store, "PROTEST")[0]
    decide(store, "ann", "accept", marched)
    reread(store, 2)
    assert [(e.status, e.reviewed) for e in store.events(EventFilter(status="denied"))] == [("denied", True)]
    assert (marched in ids(store, "PROTEST"), other in ids(store)) == (True, True)
    assert len(ids(store, "PROTEST")) == 1, "the march that nobody accepted is gone with the run that found it"


def test_rejecting_after_a_correction_and_accepting_again(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    for step in (("fix", one, fix(store, one, status="denied")), ("reject", one), ("accept", one)):
        decide(store, "ann", *step, expected=ANY)
    assert [(e.status, e.reviewed) for e in store.events(EventFilter(type="ASSAULT"))] == [("denied", True)]


def test_what_somebody_decided_meanwhile_is_told(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    seen = decide(store, "ann", "accept", one)
    with pytest.raises(StaleDecision, match="ann decided accept since you looked") as caught:
        decide(store, "ben", "reject", one)
    assert caught.value.last == seen
    decide(store, "ben", "reject", one, expected=seen.decision_id)
    with pytest.raises(StaleDecision):
        decide(store, "ann", "fix", one, fix(store, ids(store, "PROTEST")[0]), expected=seen.decision_id)
    assert [d.kind for d in store.decisions()] == ["accept", "reject"]


def test_the_same_again_is_no_second_decision(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    first = decide(store, "ann", "accept", one)
    assert decide(store, "ann", "accept", one) == first
    assert len(store.decisions()) == 1


def test_notes_never_collide(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    decide(store, "ann", "note", one, "أي جيش؟")
    decide(store, "ben", "note", one, "جيش النظام")
    decide(store, "ben", "accept", one)
    assert [d.value for d in history(store, one) if d.kind == "note"] == ["أي جيش؟", "جيش النظام"]


def test_undo_leaves_what_others_built_upon(store: Store) -> None:
    filled(store, 1)
    one, march = ids(store)[0], ids(store, "PROTEST")[0]
    decide(store, "ann", "accept", march)
    decide(store, "ann", "fix", one, fix(store, one, status="denied"))
    decide(store, "ben", "accept", one, expected=ANY)
    taken = undo(store, "ann")
    assert taken is not None
    assert taken.subject == (march,)
    assert store.count_events(EventFilter(status="denied")) == 1


def test_a_missed_event_is_added_corrected_and_taken_back(store: Store) -> None:
    filled(store, 1)
    before = state(store)
    made = decide(store, "ann", "add", "a0", missed())
    added = made.subject[0]
    row = next(r for r in readings(store, "a0") if r.mention_id == added)
    assert (row.standing, row.run_id) == ("reviewed", "people")
    assert (store.text("a0") or "")[slice(*row.quote)].strip().startswith("تظاهر")
    with pytest.raises(InvalidValue, match="is coded already"):
        decide(store, "ben", "add", "a0", missed())
    decide(store, "ben", "fix", added, {**missed(), "status": "planned"}, expected=made.decision_id)
    assert next(r for r in readings(store, "a0") if r.mention_id == added).mention.status == "planned"
    undo(store, "ben")
    undo(store, "ann")
    assert state(store) == before


def test_pairs_whichever_comes_first(store: Store) -> None:
    filled(store, 2)
    one, other = ids(store)
    made = decide(store, "ann", "same", (one, other))
    with pytest.raises(StaleDecision):
        decide(store, "ben", "different", (other, one))
    decide(store, "ben", "different", (other, one), expected=made.decision_id)
    undo(store, "ben")
    assert decide(store, "ann", "same", [one, other]) == made


def test_rejected_mentions_are_still_shown(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    decide(store, "ann", "reject", one)
    assert [(r.mention_id == one, r.standing) for r in readings(store, "a0")] == [(True, "rejected"), (False, "machine")]


@pytest.mark.parametrize(
    ("kind", "subject", "value", "told"),
    [
        ("accept", "m0", None, "not in the store"), ("undo", "m0", None, "expected one of accept"), ("same", "m0", None, "`same` and `different` take two"),
        ("same", ("m0", "m0"), None, "about 1 ids"), ("note", "m0", " ", "expected words"), ("complete", "nowhere", None, "not in the store"),
        ("accept", "m0", {}, "takes no value"), ("add", "a0", {"type": "ASSAULT"}, "expected the object"), ("add", "a0", "x", "expected the object"),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_told(store: Store, kind: Any, subject: Any, value: Any, told: str) -> None:
    filled(store, 1)
    with pytest.raises(InvalidValue, match=told):
        decide(store, "ann", kind, subject, value)
    assert store.decisions() == ()


def test_spans_must_stand_in_the_article(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    with pytest.raises(InvalidValue, match="the article has 'قصف' there"):
        decide(store, "ann", "fix", one, fix(store, one, trigger={"start": 0, "end": 3, "text": "قتل"}))


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201])
def test_coders_have_names(store: Store, name: str) -> None:
    with pytest.raises(InvalidValue, match="expected a name"):
        decide(store, name, "accept", "m0")


def test_a_dump_carries_decisions_and_batches(store: Store, tmp_path: Any) -> None:
    filled(store, 2)
    decide(store, "ann", "reject", ids(store)[0])
    assign(store, "b", ["a1"], ["ann", "ben"])
    decide(store, "ann", "accept", ids(store)[0])
    with open_store(str(tmp_path / f"{next(count())}.copy.db"), create=True) as other:
        other.load(store.dump())
        assert list(other.dump()) == list(store.dump())
        assert undo(other, "ann") is not None


def test_an_undo_is_undone(store: Store) -> None:
    filled(store, 1)
    one = ids(store)[0]
    decide(store, "ann", "reject", one)
    rejected = state(store)
    undo(store, "ann")
    taken_back = store.decisions()[-1]
    store.decide("ann", "undo", one, value=taken_back.decision_id)
    assert state(store) == rejected
    with pytest.raises(InvalidValue, match="is about"):
        store.decide("ann", "undo", "m0", value=taken_back.decision_id)


def test_an_older_store_is_brought_up_to_date(url: str) -> None:
    with open_store(url, create=True) as store:
        filled(store, 2)
        before = state(store)
        with store._base.writing() as connection:
            for table in reversed((*REVIEW, exported)):
                table.drop(connection)
            connection.execute(meta.update().values(value="1"))
    with open_store(url) as store:
        assert state(store) == before
        assert len(queue(store, coder="ann")) == 4
        assert store.exports() == ()
