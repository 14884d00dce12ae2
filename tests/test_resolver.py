"""Resolving texts: values, spans, tables of one's own, searching."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar import KINDS, InvalidValue, LexiconFault, OwnTables, Resolver
from khabar.lexicon.lint import lint_actors
from khabar.resolver import lint_places

PLACES = "names\tenglish\tiso3\tadmin1\tlat\tlon\tkind\tweight\n"
ACTORS = "id\tcode\tenglish\tnames\tkind\tfrom\tto\tnote\tparent\n"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def values(resolver: Resolver, kind: Any, text: str, **given: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(f.span.text, f.value) for f in resolver.resolve(kind, text, **given)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("وقع الانفجار مساء أمس", "2020-01-09", "2020-01-09"),
        ("سيجتمع المجلس الخميس", "2020-01-16", "2020-01-16"),
        ("اجتمع المجلس الخميس", "2020-01-09", "2020-01-09"),
        ("يبدأ العمل به في الساعة العاشرة مساء من يوم غد", "2020-01-11T22:00", "2020-01-11T22:00"),
    ],
)
def test_times_by_the_tense_of_the_nearest_verb(resolver: Resolver, text: str, start: str, end: str) -> None:
    ((_, value),) = values(resolver, "time", text, published="2020-01-10")
    assert (value["from"], value["to"]) == (start, end)


def test_a_time_without_a_day_to_read_it_against_stays_symbolic(resolver: Resolver) -> None:
    assert values(resolver, "time", "قبل ثلاثة أيام") == [("قبل ثلاثة أيام", {"from": None, "to": None, "symbol": "P-3D"})]


def test_a_weekday_that_does_not_fit_is_flagged(resolver: Resolver) -> None:
    ((_, value),) = values(resolver, "time", "الجمعة 5 نوفمبر 2019", published="2020-01-10")
    assert value == {"from": "2019-11-05", "to": "2019-11-05", "conflict": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل ثلاثة مدنيين وجنديان", [("ثلاثة", 3, 3), ("جنديان", 2, 2)]),
        ("بين 40 و50 ألفا", [("بين 40 و50 ألفا", 40000, 50000)]),
        ("أكثر من مئة شخص", [("أكثر من مئة", 101, None)]),
        ("ارتفع العدد إلى 14 قتيلا على الأقل", [("14 قتيلا على الأقل", 14, None)]),
        ("خمسة بالمئة من السكان", [("خمسة بالمئة", 5, 5)]),
    ],
)
def test_numbers(resolver: Resolver, text: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert [(t, v["low"], v["high"]) for t, v in values(resolver, "number", text)] == expected


def test_dates_are_no_numbers(resolver: Resolver) -> None:
    text = "عنوان الخبر\nقتل 3 جنود يوم 5 نوفمبر 2019 في المدينة.\nوقال المتحدث إن ذلك مؤسف جدا."
    assert [t for t, _ in values(resolver, "number", text)] == ["3"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("اختطف قبل خمسة أشهر", [("خمسة", 5, 5)]),
        ("يستمر ذلك خلال الأشهر الثلاثة القادمة", [("الثلاثة", 3, 3)]),
        ("توقف منذ أكثر من عامين", [("أكثر من عامين", 3, None)]),
        ("أضربوا لليوم الثالث على التوالي", [("الثالث", 3, 3)]),
        ("التقى في البلدين الشقيقين وفدا", [("البلدين", 2, 2)]),
        ("جرت المعارك في محافظتي حلب وإدلب", [("محافظتي", 2, 2)]),
        ("أصيب ثلاثة من العاملين و5 شرطيين", [("ثلاثة", 3, 3), ("5", 5, 5)]),
        ("انسحب بعض المديرين", []),
        ("نما الاقتصاد 7ر0 بالمئة", [("7ر0 بالمئة", 0.7, 0.7)]),
        ("كان ذلك يوم 5 نوفمبر عام 2019", []),
    ],
)
def test_numbers_of_a_running_text(resolver: Resolver, said: str, expected: list[tuple[str, float, float | None]]) -> None:
    text = f"عنوان الخبر\n{said}.\nوقال المتحدث إن ذلك مؤسف جدا."
    assert [(t, v["low"], v["high"]) for t, v in values(resolver, "number", text)] == expected


def test_a_decimal_is_not_approximate_by_itself(resolver: Resolver) -> None:
    ((_, exact),), ((_, about),) = values(resolver, "number", "3.5 بالمئة"), values(resolver, "number", "نحو 3.5 بالمئة")
    assert (exact["approximate"], about["approximate"]) == (False, True)


def test_places_with_candidates(resolver: Resolver) -> None:
    ((text, value),) = values(resolver, "place", "في طرابلس", country="LBN")
    assert (text, value["country"], value["precision"]) == ("طرابلس", "LBN", "town")
    (found,) = resolver.resolve("place", "في طرابلس")
    assert found.value["country"] == "LBY"
    assert "LBN" in {c["country"] for c in found.candidates}


def test_actors_are_taken_up_again(resolver: Resolver) -> None:
    text = "قال الأمين العام لحزب الله حسن نصر الله إن القتال مستمر.\nوأضاف نصر الله أن الحزب سيرد."
    found = values(resolver, "actor", text, published="2015-08-01")
    assert [v["id"] for t, v in found if t in ("الحزب", "نصر الله")] == ["hassan_nasrallah", "hezbollah"]


def test_private_persons_get_no_identifier(resolver: Resolver) -> None:
    assert all(v["id"] is None for t, v in values(resolver, "actor", "قتل المواطن سالم بن مرعي أمس") if "سالم" in t)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_nothing(resolver: Resolver, kind: Any) -> None:
    assert resolver.resolve(kind, "") == ()
    assert resolver.resolve(kind, "hello") == () or kind == "actor"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("في مدينة حلب أمس ثلاثة جنود قال الجيش و، 15 بين إلى ( ) \n . الساعة 10:30 غدا قسد حي".split(" ")), max_size=25))
def test_spans_are_verbatim_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    for kind in KINDS:
        found = _shared().resolve(kind, text, published="2020-01-10")
        assert all(text[f.span.start : f.span.end] == f.span.text for f in found)
        assert [f.span.start for f in found] == sorted(f.span.start for f in found)


_made: list[Resolver] = []


def _shared() -> Resolver:
    if not _made:
        _made.append(Resolver())
    return _made[0]


def test_wrong_questions(resolver: Resolver) -> None:
    with pytest.raises(InvalidValue, match="country 'XYZ'"):
        resolver.resolve("place", "في حلب", country="XYZ")
    with pytest.raises(InvalidValue, match="kind 'colour'"):
        resolver.resolve("colour", "في حلب")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue):
        resolver.resolve("time", "أمس", published="the tenth")


def test_tables_of_ones_own(tmp_path: Path) -> None:
    places, actors = tmp_path / "p.tsv", tmp_path / "a.tsv"
    places.write_text(PLACES + "تل الزمرد\tTell al-Zumurrud\tSYR\tIdlib\t35.9\t36.6\tvillage\t-\n", "utf-8")
    actors.write_text(ACTORS + "zumurrud_brigade\tSYR UAF\tZumurrud Brigade\tلواء الزمرد\tgroup\t2015\t-\t-\tislamic_state\n", "utf-8")
    resolver = Resolver(OwnTables(places, actors))
    ((_, place),) = values(resolver, "place", "سيطر على تل الزمرد")
    assert (place["name"], place["lat"], place["id"]) == ("Tell al-Zumurrud", 35.9, "own:tell_al-zumurrud")
    assert ("لواء الزمرد", "zumurrud_brigade") in [(t, v["id"]) for t, v in values(resolver, "actor", "أعلن لواء الزمرد مسؤوليته")]
    assert not [v for t, v in values(Resolver(), "actor", "أعلن لواء الزمرد مسؤوليته") if v["id"]]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("تل\tTell\tXYZ\t-\t-\t-\tvillage\t-", "country 'XYZ'"),
        ("تل\tTell\tSYR\tAtlantis\t-\t-\tvillage\t-", "first-level unit 'Atlantis'"),
        ("تل\tTell\tSYR\tIdlib\t35\t-\tvillage\t-", "both or neither"),
        ("تل\tTell\tSYR\tIdlib\t95\t36\tvillage\t-", "lat '95'"),
        ("تل\tTell\tSYR\tIdlib\t35\t36\tcastle\t-", "kind 'castle'"),
        ("Tell\tTell\tSYR\tIdlib\t35\t36\tvillage\t-", "expected Arabic"),
        ("تل\tTell\tSYR", "3 cells"),
        ("تل|تلّ\tTell\tSYR\tIdlib\t35\t36\tvillage\t-", "repeats line 2"),
    ],
)
def test_the_linter_names_file_line_and_fault_of_places(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(PLACES + row + "\n", "utf-8")
    (found,) = lint_places(path)
    assert (found.file, found.line) == ("mine.tsv", 2)
    assert fault in found.fault
    with pytest.raises(LexiconFault, match=r"mine\.tsv:2"):
        Resolver(OwnTables(places=path))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("x\tQQQ UAF\tX\tاكس\tgroup\t-\t-\t-\t-", "country 'QQQ'"),
        ("x\tSYR ZZZ\tX\tاكس\tgroup\t-\t-\t-\t-", "sector 'ZZZ'"),
        ("x\tSYR UAF\tX\tاكس\tgroup\t2015-02-30\t-\t-\t-", "from '2015-02-30'"),
        ("x\tSYR UAF\tX\tاكس\tgroup\t2016\t2015\t-\t-", "the end is before"),
        ("x\tSYR UAF\tX\tاكس\tgroup\t-\t-\t-\tnobody_at_all", "parent 'nobody_at_all'"),
        ("x\tSYR UAF\tX\tاكس\tgroup\t-\t-\t-\tx", "parent 'x'"),
    ],
)
def test_the_linter_names_file_line_and_fault_of_actors(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(ACTORS + row + "\n", "utf-8")
    (found,) = lint_actors(path)
    assert (found.file, found.line) == ("mine.tsv", 2)
    assert fault in found.fault


def test_doubles_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(ACTORS + "x\tSYR UAF\tX\tاكس\tgroup\t-\t-\t-\t-\n" * 2, "utf-8")
    assert [f.line for f in lint_actors(path)] == [3]


def test_searching(resolver: Resolver) -> None:
    (first, *_) = resolver.search_places("إدلب")
    assert (first[1].name, first[1].country) == ("Idlib", "SYR")
    assert any(p.id == "gn:747826" for _, p in resolver.search_places("دوراغان", "TUR"))
    assert any(p.name == "Aleppo" for _, p in resolver.search_places("Aleppo"))
    assert "syrian_democratic_forces" in {n.id for n in resolver.search_actors("قسد")}
    assert [n.code for n in resolver.search_actors("laurent_fabius")] == ["FRA GOV", "FRA JUD"]


def test_a_weekday_before_a_clause_belongs_to_the_verb_before_it(resolver: Resolver) -> None:
    found = resolver.resolve("time", "أعلنت تركيا الأربعاء أنها ستطلق هجوما واسعا.", published="2015-08-06")
    assert [f.value["from"] for f in found] == ["2015-08-05"]
