"""Two sides of the same days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar import Count, InvalidValue, Mention, Participant, Source
from khabar.dataset import begin_run
from khabar.review import compare, decide
from khabar.review.naming import choices, spellings, used
from khabar.store import Store
from records import entry, march, record, span

MARTYRS = "قصف الطيران بلدة أمس واستشهد ثلاثة مدنيين، وقال الحزب إن الشهداء أطفال."
KILLED = "قصف الطيران بلدة أمس وقتل خمسة مدنيين، بحسب الوزارة."
MARCH = "تظاهر عمال في تونس اليوم."


def raid(text: str, who: str, source: str, killed: int, words: str) -> Mention:
    return Mention(
        span(text, "قصف"), "ASSAULT", (), "actual", "e1", actors=(Participant(span(text, who), "SYR MIL", "Air Force", "air-force"),),
        counts=(Count(span(text, words), "killed", killed, killed, "مدنيين"),), sources=(Source(span(text, source), "named"),),
    )  # fmt: skip


def filled(store: Store) -> None:
    """A raid that two outlets tell, each with its figures and words; a march that one tells in time, the other a month later."""
    run = begin_run(store, "rules")
    mine = record("a", f"{MARTYRS} {MARCH}", raid(MARTYRS, "الطيران", "الحزب", 3, "ثلاثة مدنيين"), march(f"{MARTYRS} {MARCH}"), outlet="alif")
    other = record("b", KILLED, raid(KILLED, "الطيران", "الوزارة", 5, "خمسة مدنيين"), outlet="ba", published=date(2020, 1, 11))
    late = record("c", MARCH, march(), outlet="ba", published=date(2020, 2, 11))
    for r in (mine, other, late):
        store.add(entry(r), run)
    raids = [m for m in store.mentions() if m.mention.type == "ASSAULT"]
    decide(store, "ann", "same", (raids[0].mention_id, raids[1].mention_id))
    groups = {raids[0].event_id: [m.mention_id for m in raids]}
    groups |= {m.event_id: [m.mention_id] for m in store.mentions() if m.mention.type != "ASSAULT"}
    store.write_stories((), groups, ())


def test_what_both_tell_and_what_one_tells(store: Store) -> None:
    filled(store)
    found = compare(store, "outlet:alif", "outlet:ba", date(2020, 1, 5), date(2020, 1, 12))
    assert [(s.name, s.articles, s.claims, s.events) for s in (found.a, found.b)] == [("alif", 1, 2, 2), ("ba", 1, 1, 1)]
    assert ([e.type for e in found.only_a], found.only_b) == (["PROTEST"], ())
    (both,) = found.both
    assert [(f.role, f.low, f.best, f.high) for f in both.a.figures] == [("killed", 3, 3, 3)]
    assert (both.b.figures[0].best, both.differ, both.b.claims[0].sources) == (5, ("killed",), ("الوزارة",))
    assert {(c.word.word, c.a, c.b) for c in found.words if c.word.topic == "dead"} == {("شهيد", 2, 0), ("قتل", 0, 1)}
    assert [(c.name, c.written) for c in found.called] == [("Air Force", (("الطيران", 1, 1),))]
    assert found.record()["both"][0]["a"]["figures"][0]["best"] == 3


def test_days_choose_what_was_reported_then_and_not_who_tells_it_ever(store: Store) -> None:
    filled(store)
    raids = [m for m in store.mentions() if m.mention.type == "ASSAULT"]
    later = compare(store, "outlet:alif", "outlet:ba", date(2020, 1, 11), date(2020, 1, 11))
    assert (later.a.claims, later.b.claims, len(later.both)) == (0, 1, 1), "the day before, the other told it"
    assert later.both[0].event.event_id == raids[0].event_id
    assert compare(store, "outlet:alif", "outlet:ba", date(2021, 1, 1)).both == ()
    assert len(compare(store, "outlet:alif", "outlet:ba").only_b) == 1


def test_parties_are_told_by_the_sources_behind_claims(store: Store) -> None:
    filled(store)
    found = compare(store, "party:الحزب", "party:الوزارة")
    assert [(s.kind, s.claims) for s in (found.a, found.b)] == [("party", 1), ("party", 1)]
    assert [b.differ for b in found.both] == [("killed",)]


@pytest.mark.parametrize(
    ("sides", "told"),
    [(("alif", "outlet:ba"), "expected outlet:NAME"), (("outlet:", "outlet:ba"), "expected outlet:NAME"), (("outlet:ba", "outlet:ba "), "the same twice")],
)
def test_what_is_no_pair_of_sides_is_told(store: Store, sides: Any, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        compare(store, *sides)
    with pytest.raises(InvalidValue, match="earlier one first"):
        compare(store, "outlet:a", "outlet:b", date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "word"), [("وَلِلشُّهَداءِ", "شهيد"), ("والقتلى", "قتيل"), ("بالمسلحين", "مسلح"), ("فقُتِل", "قتل"), ("للإرهابيين", "إرهابي"), ("لتحرير", "تحرير")]
)
def test_words_are_known_in_any_spelling(text: str, word: str) -> None:
    assert [w.word for w in used([text])] == [word]


def test_the_table_of_words_has_each_form_once() -> None:
    table = choices()
    assert {w.topic for w in table.values()} == {"dead", "fighters", "taking", "attack"}
    assert len(table) > 120


def test_spellings_of_a_name_are_told_together() -> None:
    cited = spellings([("الحوثيين", 5), ("حوثيين", 2), ("والحوثيين", 9), ("الحوثيّين", 1), ("أنصار الله", 3)])
    assert cited == {"الحوثيين": "الحوثيين", "حوثيين": "الحوثيين", "والحوثيين": "الحوثيين", "الحوثيّين": "الحوثيين", "أنصار الله": "أنصار الله"}


@given(st.lists(st.tuples(st.text("ابوفلتن ـًX", max_size=8), st.integers(1, 9)), max_size=8))
def test_every_spelling_is_cited_by_one_of_them(written: list[tuple[str, int]]) -> None:
    cited = spellings(written)
    assert cited.keys() == {t for t, _ in written}
    assert set(cited.values()) <= {" ".join(t.split()) for t, _ in written}
