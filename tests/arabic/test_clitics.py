"""Clitics: every way to take them off, the whole word first, and never a letter lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.clitics import PRONOUNS, Split, splits, unprefixed
from khabar.arabic.fold import fold

words = st.text(st.sampled_from("ابتثجحدرسصعفقكلمنهوي"), max_size=12)


@pytest.mark.parametrize(
    ("word", "conjunction", "particle", "article", "stem", "pronoun"),
    [
        ("قصف", "", "", False, "قصف", ""),
        ("القصف", "", "", True, "قصف", ""),
        ("والقصف", "و", "", True, "قصف", ""),
        ("وبالقصف", "و", "ب", True, "قصف", ""),
        ("فسيطالب", "ف", "س", False, "يطالب", ""),
        ("سيطالب", "", "س", False, "يطالب", ""),
        ("وسيقتلونهم", "و", "س", False, "يقتلون", "هم"),
        ("للمتظاهرين", "", "ل", True, "متظاهرين", ""),
        ("وللمتظاهرين", "و", "ل", True, "متظاهرين", ""),
        ("كالهجوم", "", "ك", True, "هجوم", ""),
        ("لاعتقاله", "", "ل", False, "اعتقال", "ه"),
        ("بقصفها", "", "ب", False, "قصف", "ها"),
        ("ليطالبوا", "", "ل", False, "يطالبوا", ""),
        ("قتلتهم", "", "", False, "قتلت", "هم"),
        ("مظاهرتهم", "", "", False, "مظاهرت", "هم"),
        ("اعتقلهما", "", "", False, "اعتقل", "هما"),
    ],
)
def test_splits(word: str, conjunction: str, particle: str, article: bool, stem: str, pronoun: str) -> None:
    assert Split(conjunction, particle, article, stem, pronoun) in list(splits(fold(word)))


def test_no_pronoun_follows_an_article() -> None:
    assert all(not (s.article and s.pronoun) for s in splits("القصفهم"))


@pytest.mark.parametrize("word", ["و", "ال", "به", "لل"])
def test_no_stem_of_fewer_than_two_letters(word: str) -> None:
    assert all(len(s.stem) >= 2 for s in splits(word))


@given(words)
def test_the_whole_word_comes_first(word: str) -> None:
    found = list(splits(word))
    if len(word) >= 2:
        assert found[0] == Split("", "", False, word, "")
    else:
        assert found == []


@given(words)
def test_the_parts_make_the_word_again(word: str) -> None:
    for s in splits(word):
        head = s.conjunction + s.particle
        joined = {head + ("ال" if s.article else "") + s.stem + s.pronoun}
        if s.particle == "ل" and s.article:
            joined.add(s.conjunction + "لل" + s.stem + s.pronoun)
        assert word in joined


@given(words)
def test_no_split_twice_and_only_known_pronouns(word: str) -> None:
    found = list(splits(word))
    assert len(found) == len(set(found))
    assert {s.pronoun for s in found} <= {"", *PRONOUNS}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("للقاهرة", ["للقاهره", "القاهره", "قاهره", "لقاهره"]),
        ("وبالقصف", ["وبالقصف", "بالقصف", "القصف", "قصف"]),
        ("فسيطالب", ["فسيطالب", "سيطالب"]),
        ("مدينة", ["مدينه"]),
    ],
)
def test_unprefixed(word: str, expected: list[str]) -> None:
    assert list(unprefixed(fold(word))) == expected


@given(words)
def test_unprefixed_repeats_nothing_and_only_takes_from_the_front(word: str) -> None:
    found = list(unprefixed(word))
    assert len(found) == len(set(found))
    assert all(word.endswith(f.removeprefix("ال")) for f in found)
