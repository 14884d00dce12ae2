"""Full-text search over Arabic: spelling, marks and what is written onto a word make no difference, other words do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar import EventFilter, InvalidValue
from khabar.arabic.search import asked, keys, words
from khabar.dataset import begin_run
from khabar.store import Store
from khabar.store.search import condition
from records import entry, record

CASES = [line.split("\t") for line in (Path(__file__).parent / "search_cases.tsv").read_text("utf-8").splitlines()]


def test_every_case(store: Store) -> None:
    run = begin_run(store, "rules")
    for i, (_, text, _) in enumerate(CASES):
        store.add(entry(record(f"t{i}", text)), run)
    wrong = []
    for i, (question, text, found) in enumerate(CASES):
        ids = {a.article_id for a in store.articles(question)}
        if (f"t{i}" in ids) != (found == "yes"):
            wrong.append((question, text, found))
    assert wrong == []
    assert len(CASES) >= 120


@pytest.mark.parametrize("question", ["", "   ", "-حلب", '""', "؟!"])
def test_a_question_without_a_word_is_refused(store: Store, question: str) -> None:
    with pytest.raises(InvalidValue, match="expected at least one word"):
        store.count_events(EventFilter(text=question))


@pytest.mark.parametrize("question", ['حلب" OR 1=1 --', "حلب'); DROP TABLE event; --", "حلب:*", "NEAR(حلب)", "^حلب", "{حلب} AND", "حلب \\ \x00", "words : حلب"])
def test_what_is_no_word_does_no_harm(store: Store, question: str) -> None:
    store.articles(question)
    assert store.count_events() == 0


@given(st.text(alphabet="ابتثجحوفبكلسمنهيةىأإ", min_size=1, max_size=12))
def test_a_word_is_found_by_itself(word: str) -> None:
    for w in words(word):
        assert set(asked(w)) & set(keys(w))


@given(st.text(max_size=60), st.sampled_from(["sqlite", "postgresql"]))
def test_any_question_makes_a_query_or_is_refused(question: str, dialect: str) -> None:
    try:
        sql, value = condition(dialect, question)
    except InvalidValue:
        return
    assert ":question" in sql
    assert value
