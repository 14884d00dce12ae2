"""Blind double coding, agreement, adjudication, progress."""

from __future__ import annotations

from typing import Any

import pytest
from desk import filled, fix, ids, missed, state

from khabar import EventFilter, InvalidValue
from khabar.review import (
    ANY,
    StaleDecision,
    adjudicate,
    adjudicate_agreed,
    agreement,
    assign,
    batch,
    close,
    decide,
    disputes,
    history,
    progress,
    queue,
    readings,
    undo,
)
from khabar.store import Store


def blind(store: Store, n: int = 2) -> list[str]:
    """A store with n articles coded blind by two; the raids."""
    filled(store, n)
    assign(store, "week 1", [f"a{i}" for i in range(n)], ["ann", "ben"])
    return ids(store)


def accept_all(store: Store, coder: str) -> None:
    while found := queue(store, coder=coder, batch="week 1"):
        for item in found:
            decide(store, coder, "accept", item.reading.mention_id, expected=item.expected)


def test_coders_do_not_see_each_other(store: Store) -> None:
    raids = blind(store)
    before = state(store)
    decide(store, "ann", "reject", raids[0])
    decide(store, "ann", "fix", raids[1], fix(store, raids[1], status="denied"))
    decide(store, "ann", "add", "a0", missed())
    assert state(store) == before
    assert {r.standing for a in ("a0", "a1") for r in readings(store, a, "ben")} == {"machine"}
    assert {r.standing for a in ("a0", "a1") for r in readings(store, a)} == {"machine"}
    assert [r.standing for r in readings(store, "a0", "ann")] == ["rejected", "machine", "reviewed"]
    assert history(store, raids[0], "ben") == ()
    assert [d.kind for d in history(store, raids[0], "ann")] == ["reject"]
    decide(store, "ben", "accept", raids[0])  # nobody's decision is in the way
    assert len(queue(store, coder="ben", batch="week 1")) == 3
    assert store.decisions() == ()


def test_others_are_kept_out_of_what_is_coded_blind(store: Store) -> None:
    raids = blind(store)
    assert queue(store, coder="cem") == ()
    with pytest.raises(InvalidValue, match="is coded blind in a batch that cem has no part in"):
        decide(store, "cem", "accept", raids[0])
    with pytest.raises(InvalidValue, match="is coded blind in batch"):
        assign(store, "week 2", ["a1"], ["cem"])
    closed = close(store, "week 1")
    assert closed.closed
    decide(store, "cem", "accept", raids[0])
    assert len(queue(store, coder="cem")) == 3


def test_undo_stays_in_the_layer(store: Store) -> None:
    raids = blind(store)
    decide(store, "ann", "accept", raids[0])
    decide(store, "ben", "reject", raids[0])
    taken = undo(store, "ann")
    assert taken is not None
    assert [r.standing for r in readings(store, "a0", "ann")] == ["machine", "machine"]
    assert [r.standing for r in readings(store, "a0", "ben")] == ["rejected", "machine"]
    assert undo(store, "ann") is None
    assert store.decisions() == ()


def test_own_corrections_are_accepted_as_they_are(store: Store) -> None:
    raids = blind(store)
    decide(store, "ann", "fix", raids[0], fix(store, raids[0], status="denied"))
    decide(store, "ann", "accept", raids[0], expected=ANY)
    assert readings(store, "a0", "ann")[0].mention.status == "denied"
    made = adjudicate(store, "dia", raids[0], history(store, raids[0], "ann")[-1].decision_id, batch="week 1")
    assert made.kind == "fix"
    assert store.count_events(EventFilter(status="denied")) == 1


def test_adjudication_settles_and_closes(store: Store) -> None:
    raids = blind(store)
    decide(store, "ann", "reject", raids[0])
    accept_all(store, "ann")
    accept_all(store, "ben")
    assert len(adjudicate_agreed(store, "dia", "week 1")) == 3
    open_ = disputes(store, "week 1")
    assert [(d.mention_id, d.agreed, [(c, made.kind) for c, made in d.codings]) for d in open_] == [(raids[0], False, [("ann", "reject"), ("ben", "accept")])]
    assert store.count_events(EventFilter(reviewed=True)) == 3
    assert batch(store, "week 1").closed is None
    adjudicate(store, "dia", raids[0], open_[0].codings[0][1].decision_id, batch="week 1")
    assert raids[0] not in ids(store)
    assert batch(store, "week 1").closed is not None
    assert disputes(store, "week 1") == ()
    assert {r.standing for r in readings(store, "a1")} == {"adjudicated"}
    with pytest.raises(StaleDecision, match="dia has settled it"):
        adjudicate(store, "eve", raids[0], {"kind": "accept"}, batch="week 1")
    assert [d.who for d in history(store, raids[0])] == ["ann", "ben", "dia"]
    taken = undo(store, "dia")
    assert taken is not None
    assert raids[0] in ids(store)
    assert len(disputes(store, "week 1")) == 1


def test_what_one_added_is_decided_upon(store: Store) -> None:
    raids = blind(store, 1)
    decide(store, "ann", "add", "a0", missed())
    accept_all(store, "ann")
    accept_all(store, "ben")
    adjudicate_agreed(store, "dia", "week 1")
    (only,) = disputes(store, "week 1")
    assert (only.mention_id in raids, only.waiting, only.agreed) == (False, (), False)
    adjudicate(store, "dia", only.mention_id, {"kind": "add", "value": {**missed(), "status": "planned"}}, batch="week 1")
    assert store.count_events(EventFilter(status="planned")) == 1
    assert batch(store, "week 1").closed


def test_a_settled_mention_is_no_longer_coded(store: Store) -> None:
    raids = blind(store)
    made = decide(store, "ann", "accept", raids[0])
    adjudicate(store, "dia", raids[0], made.decision_id, batch="week 1")
    with pytest.raises(StaleDecision, match="dia has settled"):
        decide(store, "ben", "reject", raids[0])
    assert undo(store, "ann") is None


def test_agreement(store: Store) -> None:
    raids = blind(store, 4)
    decide(store, "ann", "reject", raids[0])
    decide(store, "ann", "fix", raids[1], fix(store, raids[1], status="denied"))
    decide(store, "ann", "add", "a0", missed())
    for coder in ("ann", "ben"):
        accept_all(store, coder)
    found = agreement(store, "week 1")
    assert (found.articles, found.event.units, found.type.units, found.status.units) == (4, 9, 7, 7)
    assert (found.type.alpha, found.status.alpha) == (1.0, 0.0)
    # two of nine units differ: 16 values true and 2 false, Do = 4/18, De = 2*16*2/(18*17)
    assert found.event.alpha == pytest.approx(1 - (4 / 18) / (2 * 16 * 2 / (18 * 17)), abs=1e-4)
    (pair,) = found.pairs
    assert (pair.articles, pair.measures["trigger"].gold, pair.measures["trigger"].predicted) == (4, 8, 8)
    assert pair.measures["trigger"].f1 == pytest.approx(7 / 8)
    assert pair.measures["status (accuracy)"].f1 == pytest.approx(6 / 7, abs=1e-4)
    assert found.record()["alpha"]["type"] == {"alpha": 1.0, "units": 7, "values": 14}


def test_articles_that_one_coder_is_not_done_with_are_left_out(store: Store) -> None:
    blind(store, 2)
    accept_all(store, "ann")
    for m in [r.mention_id for r in readings(store, "a1", "ben")]:
        decide(store, "ben", "accept", m)
    assert agreement(store, "week 1").articles == 1
    given = {c.coder: (c.given, c.done) for c in progress(store).batches[0].coders}
    assert given == {"ann": (2, 2), "ben": (2, 1)}
    assert {w for d in disputes(store, "week 1") for w in d.waiting} == {"ben"}


def test_progress(store: Store) -> None:
    filled(store, 3)
    first, second, third = ids(store)
    decide(store, "ann", "accept", first)
    decide(store, "ann", "reject", second)
    decide(store, "ben", "unsure", third)
    for m in ids(store, "PROTEST")[:2]:
        decide(store, "ben", "accept", m)
    decide(store, "ben", "complete", "a0")
    now = progress(store)
    assert now.mentions == {"machine": 1, "reviewed": 3, "adjudicated": 0, "unsure": 1, "rejected": 1}
    assert (now.articles, now.reviewed) == (3, 2)
    assert {c.coder: dict(c.decisions) for c in now.coders} == {"ann": {"accept": 1, "reject": 1}, "ben": {"unsure": 1, "accept": 2, "complete": 1}}
    assert now.record()["coders"][0]["coder"] == "ann"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "x", "articles": ["nowhere"], "coders": ["ann"]}, "not among the current articles"),
        ({"name": "x", "articles": [], "coders": ["ann"]}, "0 articles"),
        ({"name": "x", "articles": ["a0"], "coders": ["ann"], "each": 2}, "expected 1 to 1"),
        ({"name": "week 1", "articles": ["a0"], "coders": ["ann"]}, "choose another"),
    ],
)
def test_what_is_no_batch_is_told(store: Store, given: dict[str, Any], told: str) -> None:
    blind(store, 1)
    with pytest.raises(InvalidValue, match=told):
        assign(store, **given)


def test_shares_go_round(store: Store) -> None:
    filled(store, 6)
    made = assign(store, "x", [f"a{i}" for i in range(6)], ["ann", "ben", "cem"], each=2)
    assert made.coders == ("ann", "ben", "cem")
    per = {c: sum(c in who for who in store.desk().shares(made.batch_id).values()) for c in made.coders}
    assert per == {"ann": 4, "ben": 4, "cem": 4}
