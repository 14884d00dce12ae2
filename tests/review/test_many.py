"""Any sequence of decisions can be taken back; many coders at once lose nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from desk import filled, fix, ids, missed, state
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar import InvalidValue
from khabar.dataset import open_store
from khabar.model.rows import Decision, in_force
from khabar.review import ANY, StaleDecision, assign, decide, queue, undo
from khabar.store import Store

SUBJECTS = ("raid 0", "march 0", "raid 1", "march 1", "added")
ACTS = ("accept", "reject", "fix", "unsure", "add", "note", "complete", "undo")
STEP = st.tuples(st.sampled_from(["ann", "ben"]), st.sampled_from(ACTS), st.sampled_from(SUBJECTS))


def subjects(store: Store) -> dict[str, str]:
    raids, marches = ids(store), ids(store, "PROTEST")
    return {f"raid {i}": m for i, m in enumerate(raids)} | {f"march {i}": m for i, m in enumerate(marches)}


def act(store: Store, known: dict[str, str], records: dict[str, Any], step: tuple[str, Any, str]) -> None:
    """Take a step; one that the store refuses changes nothing."""
    who, kind, what = step
    if kind == "undo":
        undo(store, who)
        return
    subject = "a0" if kind in ("add", "complete") else known.get(what)
    if subject is None:
        return
    value = missed() if kind == "add" else "ملاحظة" if kind == "note" else {**records[what], "status": "denied"} if kind == "fix" else None
    try:
        made = decide(store, who, kind, subject, value, expected=ANY)
    except InvalidValue:
        return
    if kind == "add":
        known["added"], records["added"] = made.subject[0], missed()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples: each leaves it as it was, but for decisions that no longer stand."""
    with open_store(str(tmp_path_factory.mktemp("many") / "khabar.db"), create=True) as store:
        filled(store, 2, joined=True)
        yield store


def known_of(store: Store) -> tuple[dict[str, str], dict[str, Any]]:
    known = subjects(store)
    return known, {name: fix(store, m) for name, m in known.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP, max_size=10))
def test_undoing_everything_gives_the_state_before(used: Store, steps: list[tuple[str, Any, str]]) -> None:
    before, made = state(used), used.decisions()
    known, records = known_of(used)
    for step in steps:
        act(used, known, records, step)
    after = used.decisions()
    assert after[: len(made)] == made, "decisions are never changed or deleted"
    for d in reversed(in_force(after)):
        used.decide("eve", "undo", d.subject[0], value=d.decision_id)
    assert in_force(used.decisions()) == ()
    assert state(used) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP.filter(lambda s: s[1] != "undo"), min_size=1, max_size=8))
def test_each_undo_gives_the_state_before_the_decision(used: Store, steps: list[tuple[str, Any, str]]) -> None:
    known, records = known_of(used)
    states: list[dict[str, Any]] = []
    made = len(used.decisions())
    now = state(used)
    for _, kind, what in steps:
        act(used, known, records, ("ann", kind, what))
        if len(used.decisions()) > made:
            states.append(now)
            made, now = len(used.decisions()), state(used)
    for before in reversed(states):
        assert undo(used, "ann") is not None
        assert state(used) == before
    assert undo(used, "ann") is None


KINDS = st.lists(st.sampled_from(["accept", "undo", "undo the first", "undo the last"]), max_size=12)


@given(KINDS)
def test_what_is_in_force(kinds: list[str]) -> None:
    """An undo takes back a decision, or an undo; what it took back is in force again if the undo is taken back."""
    made: list[Decision] = []
    at = datetime(2020, 1, 1, tzinfo=UTC)
    for i, kind in enumerate(kinds):
        target = None if not made else made[0] if kind == "undo the first" else made[-1]
        if kind == "accept" or target is None:
            made.append(Decision(f"d{i}", at, "ann", "accept", ("m",)))
        else:
            made.append(Decision(f"d{i}", at, "ann", "undo", ("m",), target.decision_id))

    def stands(d: Decision) -> bool:
        return not any(u.kind == "undo" and u.value == d.decision_id and stands(u) for u in made)

    assert in_force(made) == tuple(d for d in made if d.kind != "undo" and stands(d))


def at_once(work: Callable[[str], Counter[str]], coders: Sequence[str]) -> Counter[str]:
    """What coders who work at the same time come to together; an error of any is raised."""
    with ThreadPoolExecutor(len(coders)) as pool:
        return sum(pool.map(work, coders), Counter[str]())


def test_coders_at_once_decide_everything_once(url: str) -> None:
    def review(coder: str) -> Counter[str]:
        told = Counter[str]()
        with open_store(url) as store:
            while found := queue(store, coder=coder, limit=3):
                for item in found:
                    try:
                        decide(store, coder, "accept", item.reading.mention_id, expected=item.expected)
                        told["kept"] += 1
                    except StaleDecision:
                        told["told"] += 1
        return told

    with open_store(url, create=True) as store:
        filled(store, 8)
        told = at_once(review, ["ann", "ben", "cem", "dia"])
        made = store.decisions()
        assert len(made) == 16 == told["kept"]
        assert {d.subject[0] for d in made} == set(ids(store)) | set(ids(store, "PROTEST"))
        assert all(e.reviewed for e in store.events())


def test_coders_who_ask_at_once_are_given_different_mentions(url: str) -> None:
    with open_store(url, create=True) as store:
        filled(store, 20)
        queue(store, coder="first", limit=1)
        with ThreadPoolExecutor(8) as pool:
            given = list(pool.map(lambda i: queue(store, coder=f"coder {i}", limit=4), range(8)))
        every = [item.reading.mention_id for items in given for item in items]
        assert len(every) == len(set(every)) == 32


def test_one_of_two_who_decide_at_once_is_told(url: str) -> None:
    gate = threading.Barrier(2)
    with open_store(url, create=True) as store:
        filled(store, 6)
        every = ids(store)

    def review(coder: str) -> Counter[str]:
        told = Counter[str]()
        with open_store(url) as own:
            gate.wait()
            for m in every:
                try:
                    decide(own, coder, "accept", m)
                    told["kept"] += 1
                except StaleDecision as error:
                    told["told" if error.last else "lost"] += 1
        return told

    assert at_once(review, ["ann", "ben"]) == {"kept": 6, "told": 6}
    with open_store(url) as store:
        assert len(store.decisions()) == 6


def test_blind_coders_at_once(url: str) -> None:
    with open_store(url, create=True) as store:
        filled(store, 4)
        assign(store, "b", [f"a{i}" for i in range(4)], ["ann", "ben", "cem"])

    def code(coder: str) -> Counter[str]:
        with open_store(url) as own:
            while found := queue(own, coder=coder, batch="b", limit=3):
                for item in found:
                    decide(own, coder, "accept", item.reading.mention_id, expected=item.expected)
        return Counter(done=1)

    assert at_once(code, ["ann", "ben", "cem"])["done"] == 3
    with open_store(url) as store:
        assert {len(mine) for mine in store.desk().codings(store.desk().batch("b").batch_id).values()} == {4}


@pytest.mark.slow
def test_twenty_reviewers_lose_nothing(url: str) -> None:
    with open_store(url, create=True) as store:
        filled(store, 300)

    def review(coder: str) -> Counter[str]:
        told = Counter[str]()
        with open_store(url) as own:
            while found := queue(own, coder=coder, limit=5):
                for item in found:
                    try:
                        decide(own, coder, "accept", item.reading.mention_id, expected=item.expected)
                        told["kept"] += 1
                    except StaleDecision:  # the last few mentions are looked at by several
                        told["told"] += 1
        return told

    told = at_once(review, [f"coder {i}" for i in range(20)])
    with open_store(url) as store:
        made = store.decisions()
        assert len(made) == told["kept"] == len({d.subject for d in made}) == 600
