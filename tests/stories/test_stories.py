"""Near-copies, the ledger, an event's row, and joining."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar import InvalidValue, Mention
from khabar.model.rows import ClaimRow, Decision, Telling
from khabar.stories.copies import MIN_SHINGLES, Text, alike, find_copies, shingles
from khabar.stories.join import join, judged
from khabar.stories.ledger import RULES, ledger
from khabar.stories.likeness import cosine, features, load_weights
from khabar.stories.summary import status_of, summary
from khabar.stories.units import Reported, Unit, units
from records import DAY, MARCH, RAID, march, raid, span

WORDS = [f"كلمة{i}" for i in range(60)]


def text(article_id: str, words: list[str], day: int = 1, outlet: str = "o") -> Text:
    return Text(article_id, outlet, date(2020, 1, day), shingles(words))


def test_copies_name_the_earliest_or_an_agency() -> None:
    texts = [text("b", WORDS, 2), text("a", WORDS, 1), text("c", WORDS[:50] + ["آخر"] * 3, 3, "agency"), text("other", WORDS[::-1])]
    assert {(c.article_id, c.original) for c in find_copies(texts)} == {("b", "a"), ("c", "a")}
    assert {(c.article_id, c.original) for c in find_copies(texts, frozenset(("agency",)))} == {("a", "c"), ("b", "c")}


def test_a_short_text_is_no_copy() -> None:
    short = WORDS[: MIN_SHINGLES + 3]
    assert find_copies([text("a", short), text("b", short)]) == ()


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=20, max_size=60), min_size=2, max_size=8), st.lists(st.integers(0, 7), max_size=6))
def test_copies_agree_with_comparing_all(drawn: list[list[str]], repeated: list[int]) -> None:
    drawn += [drawn[i % len(drawn)][:-2] for i in repeated]
    texts = [text(f"a{i}", words, 1 + i) for i, words in enumerate(drawn)]
    copies = find_copies(texts)
    assert all(c.article_id != c.original for c in copies)
    assert not {c.article_id for c in copies} & {c.original for c in copies}
    group = {t.article_id: t.article_id for t in texts} | {c.article_id: c.original for c in copies}
    for i, a in enumerate(texts):
        for b in texts[:i]:
            if min(len(a.shingles), len(b.shingles)) >= MIN_SHINGLES and alike(a.shingles, b.shingles) >= 0.6:
                assert group[a.article_id] == group[b.article_id]


def claim(mention: str, source: str | None, killed: int | None, day: int = 1, status: str = "actual", copy_of: str | None = None) -> ClaimRow:
    figures = (("killed", killed, killed),) if killed is not None else ()
    published, sources = date(2020, 1, day), (source,) if source else ()
    return ClaimRow("e", mention, f"a-{mention}", f"outlet {mention}", published, None, sources, ("named",) * len(sources), status, figures, "q", 0, 1, copy_of)


CLAIMS = [
    claim("m1", "المرصد السوري", 3), claim("m2", "وزارة الدفاع", 10, 2), claim("m3", "المرصد السوري", 3, 3), claim("m4", "المرصد السوري", 5, 4),
    claim("m5", "الجيش", None, 5, "denied"), claim("m6", None, 4, 6), claim("m7", None, 4, 7, copy_of="a-m6"),
]  # fmt: skip


def test_the_ledger_tells_who_repeats_corrects_and_denies() -> None:
    lines = {x.claim.mention_id: x for x in ledger(CLAIMS).lines}
    assert lines["m3"].repeats == "m1"
    assert lines["m4"].corrects == "m3"
    assert lines["m7"].repeats == "m6"
    assert set(lines["m5"].denies) == {"m1", "m2", "m3", "m4"}
    assert (lines["m1"].repeats, lines["m1"].corrects, lines["m1"].denies) == (None, None, ())


def test_rules_choose_among_voices_that_do_not_repeat_each_other() -> None:
    best = {rule: [(f.low, f.best, f.high, f.voices) for f in ledger(CLAIMS, rule).figures] for rule in RULES if rule != "by-source"}
    assert best == {"lowest": [(3, 3, 10, 4)], "median": [(3, 4, 10, 4)], "latest": [(3, 4, 10, 4)]}
    assert {(f.source, f.best) for f in ledger(CLAIMS, "by-source").figures} == {("المرصد السوري", 5), ("وزارة الدفاع", 10), ("outlet m6", 4)}
    with pytest.raises(InvalidValue, match="expected one of lowest"):
        ledger(CLAIMS, "mean")  # type: ignore[arg-type]


def telling(i: int, mention: Mention, *, voice: str | None = None) -> Telling:
    return Telling(f"m{i}", f"a{i}", voice or f"a{i}", DAY, mention)


def test_an_event_is_what_its_claims_add_up_to() -> None:
    row = summary("e1", [telling(1, raid()), telling(2, raid(killed=7)), telling(3, raid(status="denied"), voice="a1")])
    assert (row.type, row.status, row.denials) == ("ASSAULT", "actual", 1)
    assert (row.killed_low, row.killed_high, row.injured_low) == (3, 7, None)
    assert (row.articles, row.voices) == (3, 2)
    assert (row.place, row.country, row.precision, row.date_from) == ("Aleppo", "SYR", "town", date(2020, 1, 9))
    assert (row.actors, row.actor_codes) == (("Syrian Army",), ("SYR MIL",))


def test_parts_and_tolls_of_a_war_are_left_out() -> None:
    m = raid()
    part = replace(m.counts[0], low=1, high=1, part_of=0)
    war = replace(m.counts[0], low=90_000, high=90_000, cumulative=True)
    row = summary("e1", [telling(1, replace(m, counts=(m.counts[0], part, war)))])
    assert (row.killed_low, row.killed_high) == (3, 3)


def test_a_name_in_a_row_has_nothing_written_onto_it() -> None:
    words = "انسحاب للجيش من القرية."
    m = replace(march(MARCH), trigger=span(words, "انسحاب"), actors=(replace(march().actors[0], span=span(words, "للجيش")),), places=())
    assert summary("e", [telling(1, m)]).actors == ("الجيش",)


@given(st.lists(st.sampled_from(["actual", "planned", "requested", "hypothetical", "denied"]), min_size=1, max_size=6))
def test_what_anybody_says_happened_is_actual(statuses: list[str]) -> None:
    found = status_of(raid(status=s) for s in statuses)
    assert found == "actual" if "actual" in statuses else found in statuses


def reported(i: int, mention: Mention, quote: str = RAID) -> Reported:
    return Reported(telling(i, mention), f"o{i}", quote, quote)


def made() -> list[Unit]:
    return units([reported(1, raid()), reported(2, raid(killed=4)), reported(3, march(), MARCH)])


def test_alike_reports_are_joined_and_others_are_not() -> None:
    stories = join(made(), load_weights())
    assert sorted(stories.groups) == [("m1", "m2"), ("m3",)]
    assert {(j.first, j.second) for j in stories.joins} == {("m2", "m1")}


def test_people_win_over_likeness() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    different, same = Decision("d1", at, "me", "different", ("m1", "m2")), Decision("d2", at, "me", "same", ("m3", "m1"))
    undo = Decision("d3", at, "me", "undo", ("m1",), "d1")
    assert sorted(join(made(), load_weights(), judged([different, same])).groups) == [("m1", "m3"), ("m2",)]
    assert sorted(join(made(), load_weights(), judged([different, undo])).groups) == [("m1", "m2"), ("m3",)]


def test_features_tell_what_is_the_same_and_what_is_not() -> None:
    a, b, c = made()
    assert {"same type", "same verb", "same day", "same place", "same actor"} <= features(a, b).keys()
    assert {"other type", "other verb"} <= features(a, c).keys()
    assert cosine(a.quote, a.quote) == pytest.approx(1.0)
    assert cosine(a.quote, b.quote) == cosine(b.quote, a.quote)
