"""Finding and choosing places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.arabic.fold import fold
from khabar.resolve.choose import Setting, choose
from khabar.resolve.gazetteer import Gazetteer
from khabar.resolve.place import Place, distance
from khabar.resolve.places import PlaceFinder, PlaceMatch
from khabar.resolve.placewords import strip_clitics
from khabar.segment.tokens import tokens


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def find(gazetteer: Gazetteer, words: list[str]) -> list[PlaceMatch]:
    return PlaceFinder(gazetteer).find(words, gazetteer.plain(words))


def chosen(gazetteer: Gazetteer, match: PlaceMatch, countries: dict[str, float]) -> Place:
    return choose(match, Setting(countries), gazetteer).place


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str, str | None]]:
    """The phrases of a text with the usual name and country of each."""
    toks = tokens(text)
    words = [t.norm for t in toks]
    out = []
    for match in find(gazetteer, words):
        place = chosen(gazetteer, match, {})
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
    (match,) = find(gazetteer, words)
    return match


def test_context_settles_namesakes(gazetteer: Gazetteer) -> None:
    match = one(gazetteer, "في طرابلس")
    assert chosen(gazetteer, match, {}).country == "LBY"
    assert chosen(gazetteer, match, {"LBN": 3, "SYR": 1}).country == "LBN"
    assert chosen(gazetteer, match, {"LBY": 1, "TUN": 1}).country == "LBY"


def test_unknown_place_inherits_only_a_dominant_country(gazetteer: Gazetteer) -> None:
    match = one(gazetteer, "قرية كرسنتا")
    assert chosen(gazetteer, match, {}).country is None
    inherited = chosen(gazetteer, match, {"SYR": 4, "TUR": 1})
    assert (inherited.country, inherited.basis, inherited.precision) == ("SYR", "inherited", "unknown")
    assert inherited.lat is None
    assert chosen(gazetteer, match, {"SYR": 1, "TUR": 1, "IRQ": 1, "IRN": 1}).country is None


def test_places_say_what_their_coordinates_stand_for(gazetteer: Gazetteer) -> None:
    syria, idlib = chosen(gazetteer, one(gazetteer, "سوريا"), {}), chosen(gazetteer, one(gazetteer, "محافظة نينوى"), {})
    assert (syria.precision, syria.kind) == ("country", "country")
    assert (idlib.precision, idlib.country) == ("governorate", "IRQ")


def test_match_validates_itself() -> None:
    with pytest.raises(ValueError, match="core"):
        PlaceMatch(1, 2, 0, 2, (Place("Aden", "YEM", None, None, None, "unknown", "city"),))
    with pytest.raises(ValueError, match="candidate"):
        PlaceMatch(0, 1, 0, 1, ())


@settings(deadline=None)
@given(st.lists(st.sampled_from('في مدينه حي شمال العاصمه سوريا تعز وتعز " - كبير التركيه ابو بن قريه زززز ريف محافظه الغربي'.split()), max_size=14))
def test_matches_are_ordered_and_inside(words: list[str]) -> None:
    gazetteer = _shared()
    end = 0
    for match in find(gazetteer, words):
        assert end <= match.first < match.last <= len(words)
        end = match.last
        assert chosen(gazetteer, match, {"SYR": 1.0}).name


_loaded: list[Gazetteer] = []


def _shared() -> Gazetteer:
    if not _loaded:
        _loaded.append(Gazetteer.load())
    return _loaded[0]


def test_quick_without_places(gazetteer: Gazetteer) -> None:
    words = ["وقال", "المتحدث", "ان", "الحكومه", "لن", "توافق"] * 5
    plain = gazetteer.plain(words)
    best = min(_timed(gazetteer, words, plain) for _ in range(50))
    assert best < 200e-6  # 26 µs on an idle machine, 64 on a busy one


def _timed(gazetteer: Gazetteer, words: list[str], plain: list[str]) -> float:
    start = time.perf_counter()
    PlaceFinder(gazetteer).find(words, plain)
    return time.perf_counter() - start


def test_a_name_no_table_lists_is_found_by_its_sound(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("دوراغان") == ()
    (match,) = find(gazetteer, ["بلده", "دوراغان"])
    place = chosen(gazetteer, match, {"TUR": 1.0})
    assert (place.name, place.country, place.admin1) == ("Durağan", "TUR", "Sinop")
    assert (place.basis, place.precision, place.id) == ("gazetteer", "town", "gn:747826")
    assert chosen(gazetteer, match, {}).lat is None


def test_yemen_is_known_to_the_village(gazetteer: Gazetteer) -> None:
    assert {p.admin1 for p in gazetteer.far("بني مطر", "YEM")} >= {"Sanaa"}
    assert gazetteer.far("بني مطر", "SYR") == ()


@pytest.mark.parametrize(
    ("text", "precision"),
    [("شمال حلب", "region"), ("ريف حلب الشرقي", "region"), ("مدينة حلب", "town"), ("محافظة حلب", "governorate"), ("غرب سوريا", "region"), ("سوريا", "country")],
)
def test_areas_are_no_points(gazetteer: Gazetteer, text: str, precision: str) -> None:
    assert chosen(gazetteer, one(gazetteer, text), {}).precision == precision


def test_recalled_coordinates_are_never_finer_than_a_town(gazetteer: Gazetteer) -> None:
    recalled = [p for _, places in gazetteer.names() for p in places if p.basis == "recalled"]
    assert recalled
    assert {p.precision for p in recalled} <= {"town", "district", "governorate", "region", "country"}
    assert all(p.lat == round(p.lat or 0, 1) for p in recalled)


def test_namesakes_of_equal_weight_are_left_without_coordinates() -> None:
    gazetteer = Gazetteer.load()
    here = Place("Here", "SYR", "Idlib", 36.0, 36.5, "town", "village", 3.0)
    there = Place("There", "SYR", "Daraa", 32.6, 36.1, "town", "village", 2.9)
    match = PlaceMatch(0, 1, 0, 1, (here, there))
    assert choose(match, Setting({"SYR": 1.0}), gazetteer).place.lat is None
    assert choose(match, Setting({"SYR": 1.0}, frozenset({("SYR", "Daraa")})), gazetteer).place.name == "There"
    near = Place("Maarrat al-Numan", "SYR", "Idlib", 35.6, 36.7, "town", "town", 4.9)
    assert choose(match, Setting({"SYR": 1.0}, anchors=(near,)), gazetteer).place.lat == 36.0
    assert choose(match, Setting({"SYR": 1.0}), gazetteer).others == (there,)


def test_distance_is_in_kilometres() -> None:
    damascus = Place("Damascus", "SYR", None, 33.51, 36.29, "town", "city")
    beirut = Place("Beirut", "LBN", None, 33.89, 35.50, "town", "city")
    assert 80 < distance(damascus, beirut) < 90


@pytest.mark.parametrize(
    ("name", "iso3", "unit"),
    [
        ("سيدني", "AUS", "New South Wales"),
        ("تورنتو", "CAN", "Ontario"),
        ("ليفربول", "GBR", "England"),
        ("خاركيف", "UKR", "Kharkivska"),
        ("نابولي", "ITA", "Campania"),
        ("الدمام", "SAU", "Eastern Province"),
        ("بيت لاهيا", "PSE", "North Gaza"),
        ("سترة", "BHR", "Capital"),
        ("نواكشوط", "MRT", "Nouakchott-Ouest"),
    ],
)
def test_towns_lie_in_the_unit_that_their_country_has(gazetteer: Gazetteer, name: str, iso3: str, unit: str) -> None:
    places = [p for p in gazetteer.lookup(fold(name)) if p.country == iso3 and p.kind != "governorate"]
    assert {p.admin1 for p in places} == {unit}
    assert unit in gazetteer.unit_names(iso3)


def test_few_towns_are_without_a_unit(gazetteer: Gazetteer) -> None:
    settled = [p for _, places in gazetteer.names() for p in places if p.kind in ("city", "town", "village")]
    towns = {(p.id, p.country, p.admin1) for p in settled if p.country not in (None, "ESH")}
    assert sum(admin1 is None for _, _, admin1 in towns) < 0.005 * len(towns)


def test_units_lie_where_their_towns_do(gazetteer: Gazetteer) -> None:
    beirut = next(p for p in gazetteer.lookup("بيروت") if p.kind == "city")
    units = {p.id: p for _, places in gazetteer.names() for p in places if p.country == "LBN" and p.kind == "governorate"}
    assert units
    assert all(distance(beirut, p) < 120 for p in units.values() if p.lat is not None)
