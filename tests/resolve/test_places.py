"""Finding and choosing places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.resolve.places import Gazetteer, Place, PlaceMatch, strip_clitics
from khabar.segment.tokens import tokens


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str, str | None]]:
    """The phrases of a text with the usual name and country of each."""
    toks = tokens(text)
    words = [t.norm for t in toks]
    out = []
    for match in gazetteer.find(words, gazetteer.plain(words)):
        place = gazetteer.choose(match, {})
        out.append((text[toks[match.first].start : toks[match.last - 1].end], place.name, place.country))
    return out


KNOWN = frozenset("بغداد لبنان سوريا القاهره اللاذقيه وهران بابل كندا فاس ليبيا".split())


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("بغداد", "بغداد"),
        ("ببغداد", "بغداد"),
        ("ولبنان", "لبنان"),
        ("لبنان", "لبنان"),
        ("بسوريا", "سوريا"),
        ("وبسوريا", "سوريا"),
        ("للقاهره", "القاهره"),
        ("وللقاهره", "القاهره"),
        ("بالقاهره", "القاهره"),
        ("للاذقيه", "اللاذقيه"),
        ("وهران", "وهران"),
        ("ووهران", "وهران"),
        ("وبابل", "بابل"),
        ("كندا", "كندا"),
        ("لليبيا", "ليبيا"),
        ("والكتاب", "والكتاب"),
        ("بن", "بن"),
    ],
)
def test_strips_to_a_known_name(word: str, plain: str) -> None:
    assert strip_clitics(word, KNOWN.__contains__) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف الطيران مدينة إدلب أمس", [("مدينة إدلب", "Idlib", "SYR")]),
        ("وقع الهجوم في مدينة اسطنبول التركية", [("مدينة اسطنبول التركية", "Istanbul", "TUR")]),
        ("مظاهرات في تعز وإب وعدن", [("تعز", "Taiz", "YEM"), ("وإب", "Ibb", "YEM"), ("وعدن", "Aden", "YEM")]),
        ("اشتباكات شمال سوريا", [("شمال سوريا", "Northern Syria", "SYR")]),
        ("غارة غربي الرمادي", [("غربي الرمادي", "Ramadi", "IRQ")]),
        ("في العاصمة السويدية ستوكهولم", [("العاصمة السويدية ستوكهولم", "Stockholm", "SWE")]),
        ("في ريف إدلب الغربي", [("ريف إدلب الغربي", "Western Idlib countryside", "SYR")]),
        ("على قاعدة العند الجوية", [("قاعدة العند الجوية", "Al-Anad Air Base", "YEM")]),
        ("مطار عدن الدولي", [("مطار عدن الدولي", "Aden International Airport", "YEM")]),
        ("قتل في الضفة الغربية المحتلة", [("الضفة الغربية المحتلة", "West Bank", "PSE")]),
        ("في الجنوب الليبي", [("الجنوب الليبي", "Southern Libya", "LBY")]),
        ("داخل الأراضي السورية", [("الأراضي السورية", "Syria", "SYR")]),
        ('وفي منطقة "البياع" ببغداد', [('منطقة "البياع"', "Bayaa", "IRQ"), ("ببغداد", "Baghdad", "IRQ")]),
        ("قرية كرسنتا اليمنية", [("قرية كرسنتا اليمنية", "Karsanta", "YEM")]),
        ("جمهورية كاباردينو-بلكاريا", [("جمهورية كاباردينو-بلكاريا", "Kabardino-Balkaria", "RUS")]),
    ],
)
def test_finds_the_phrase(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "قال سيف الإسلام إنه لم يوافق على القرار",
        "الحكومة السعودية أعلنت ذلك",
        "قوات سورية وأخرى معارضة",
        "وأن الوزير أكد حسن النية",
        "فيلق القدس أعلن بيانا",
        "مدينة كبيرة ومنطقة عسكرية",
        "",
    ],
)
def test_finds_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


def one(gazetteer: Gazetteer, text: str) -> PlaceMatch:
    words = [t.norm for t in tokens(text)]
    (match,) = gazetteer.find(words, gazetteer.plain(words))
    return match


def test_context_settles_namesakes(gazetteer: Gazetteer) -> None:
    match = one(gazetteer, "في طرابلس")
    assert gazetteer.choose(match, {}).country == "LBY"
    assert gazetteer.choose(match, {"LBN": 3, "SYR": 1}).country == "LBN"
    assert gazetteer.choose(match, {"LBY": 1, "TUN": 1}).country == "LBY"


def test_unknown_place_inherits_only_a_dominant_country(gazetteer: Gazetteer) -> None:
    match = one(gazetteer, "قرية كرسنتا")
    assert gazetteer.choose(match, {}).country is None
    inherited = gazetteer.choose(match, {"SYR": 4, "TUR": 1})
    assert (inherited.country, inherited.basis, inherited.precision) == ("SYR", "inherited", "unknown")
    assert gazetteer.choose(match, {"SYR": 1, "TUR": 1, "IRQ": 1, "IRN": 1}).country is None


def test_places_say_what_their_coordinates_stand_for(gazetteer: Gazetteer) -> None:
    syria, idlib = gazetteer.choose(one(gazetteer, "سوريا"), {}), gazetteer.choose(one(gazetteer, "محافظة نينوى"), {})
    assert (syria.precision, syria.kind) == ("country", "country")
    assert (idlib.precision, idlib.country) == ("admin1", "IRQ")


def test_match_validates_itself() -> None:
    with pytest.raises(ValueError, match="core"):
        PlaceMatch(1, 2, 0, 2, (Place("Aden", "YEM", None, None, None, "unknown", "city"),))
    with pytest.raises(ValueError, match="candidate"):
        PlaceMatch(0, 1, 0, 1, ())


@given(st.lists(st.sampled_from('في مدينه حي شمال العاصمه سوريا تعز وتعز " - كبير التركيه ابو بن قريه زززز ريف محافظه الغربي'.split()), max_size=14))
def test_matches_are_ordered_and_inside(words: list[str]) -> None:
    gazetteer = _shared()
    end = 0
    for match in gazetteer.find(words, gazetteer.plain(words)):
        assert end <= match.first < match.last <= len(words)
        end = match.last
        assert gazetteer.choose(match, {"SYR": 1.0}).name


_loaded: list[Gazetteer] = []


def _shared() -> Gazetteer:
    if not _loaded:
        _loaded.append(Gazetteer.load())
    return _loaded[0]


def test_quick_without_places(gazetteer: Gazetteer) -> None:
    words = ["وقال", "المتحدث", "ان", "الحكومه", "لن", "توافق"] * 5
    plain = gazetteer.plain(words)
    best = min(_timed(gazetteer, words, plain) for _ in range(50))
    assert best < 60e-6


def _timed(gazetteer: Gazetteer, words: list[str], plain: list[str]) -> float:
    start = time.perf_counter()
    gazetteer.find(words, plain)
    return time.perf_counter() - start
