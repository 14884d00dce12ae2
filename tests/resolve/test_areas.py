"""Areas: what lies between two places, along a border, around or beside a place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar import Resolver
from khabar.resolve.areas import LONGEST_KM, displaced
from khabar.resolve.place import Place, distance


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def values(resolver: Resolver, text: str, **given: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(f.span.text, f.value) for f in resolver.resolve("place", text, **given)]


@pytest.mark.parametrize(
    ("text", "span", "name", "country"),
    [
        ("اشتباكات في المنطقة الواقعة بين حماة وحمص", "بين حماة وحمص", "between Hama and Homs", "SYR"),
        ("قطعوا الطريق الرابطة بين صفاقس والمهدية أمس", "الطريق الرابطة بين صفاقس والمهدية", "Sfax-Mahdia road", "TUN"),
        ("سيطر على الطريق الرابط بين مدينة تعز ومنطقة العند", "الطريق الرابط بين مدينة تعز ومنطقة العند", "Taiz-Al-Anad road", "YEM"),
        ("حادث على طريق الحسكة - دير الزور", "طريق الحسكة - دير الزور", "Hasakah-Deir ez-Zor road", "SYR"),
    ],
)
def test_between_two_places_only_a_middle_is_known(resolver: Resolver, text: str, span: str, name: str, country: str) -> None:
    ((found, value),) = values(resolver, text)
    assert (found, value["name"], value["country"], value["precision"], value["id"]) == (span, name, country, "region", None)
    assert value["admin1"] is None
    assert value["lat"] is not None
    assert resolver.resolve("place", text)[0].basis == "stated"


def test_ends_of_one_unit_share_it(resolver: Resolver) -> None:
    ((_, value),) = values(resolver, "على طريق خان شيخون - معرة النعمان")
    assert (value["country"], value["admin1"]) == ("SYR", "Idlib")


def test_ends_far_apart_have_no_middle(resolver: Resolver) -> None:
    ((_, value),) = values(resolver, "قطعوا الطريق الرابط بين الرياض وجدة")
    assert (value["name"], value["country"], value["lat"], value["precision"]) == ("Riyadh-Jeddah road", "SAU", None, "unknown")


@pytest.mark.parametrize("text", ["المحادثات بين الرياض وطهران", "قطع العلاقات بين دمشق وباريس"])
def test_talks_between_capitals_are_no_ground(resolver: Resolver, text: str) -> None:
    assert [value["precision"] for _, value in values(resolver, text)] == ["town", "town"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("على الحدود السورية التركية", "Syria-Turkey border"),
        ("عند الحدود بين سوريا وتركيا", "Syria-Turkey border"),
        ("قرب الحدود التونسية - الليبية", "Tunisia-Libya border"),
        ("تسلل عبر الحدود الليبية", "Libya border"),
    ],
)
def test_borders_have_no_point(resolver: Resolver, text: str, name: str) -> None:
    ((_, value),) = values(resolver, text)
    assert (value["name"], value["lat"], value["precision"]) == (name, None, "unknown")


@pytest.mark.parametrize(
    ("text", "precision", "admin1"),
    [
        ("قصف ريف حلب", "governorate", "Aleppo"),
        ("قصف ريف معرة النعمان", "district", "Idlib"),
        ("قصف ريف حلب الشرقي", "region", "Aleppo"),
        ("في محيط مطار عدن الدولي", "region", "Adan"),
        ("عند مشارف إدلب", "region", "Idlib"),
    ],
)
def test_areas_keep_the_unit_of_their_place(resolver: Resolver, text: str, precision: str, admin1: str) -> None:
    ((_, value),) = values(resolver, text)
    assert (value["precision"], value["admin1"]) == (precision, admin1)


def test_a_road_goes_by_its_number_in_the_country_of_the_article(resolver: Resolver) -> None:
    ((span, value),) = values(resolver, "احتجاج على مستوى الطريق الوطنية رقم 14", country="TUN")
    assert (span, value["name"], value["country"], value["lat"]) == ("الطريق الوطنية رقم 14", "National Road 14", "TUN", None)


def test_so_many_kilometres_off_a_town_is_not_the_town(resolver: Resolver) -> None:
    ((_, near),) = values(resolver, "قرية على بعد 20 كلم شمال دمشق")
    assert (near["lat"], near["lon"], near["precision"], near["admin1"]) == (33.69, 36.29, "region", None)
    ((_, far),) = values(resolver, "شاطئ يقع على بعد 800 كيلومتر شمال سيدني")
    assert (far["country"], far["lat"], far["precision"]) == ("AUS", None, "unknown")


@given(st.floats(1, LONGEST_KM), st.sampled_from(["Northern", "Southwestern", "Eastern", "Northeastern"]), st.floats(-60, 60))
def test_displacement_goes_as_far_as_told(km: float, direction: str, lat: float) -> None:
    town = Place("Town", "SYR", "Homs", lat, 36.7, "town", "town")
    assert distance(town, displaced(town, direction, km)) == pytest.approx(km, rel=0.05, abs=1.5)


@pytest.mark.parametrize("text", ["سمكة قرش", "ستكون فريدة من نوعها", "وأقرت المنظمة بذلك", "وانه سيعود"])
def test_words_are_no_places(resolver: Resolver, text: str) -> None:
    assert values(resolver, text) == []


@pytest.mark.parametrize(("text", "name", "kind"), [("في سجن صيدنايا العسكري", "Saydnaya Prison", "town"), ("في جامعة حلب", "University of Aleppo", "town")])
def test_institutions_lie_at_their_seat(resolver: Resolver, text: str, name: str, kind: str) -> None:
    ((_, value),) = values(resolver, text)
    assert (value["name"], value["country"], value["precision"]) == (name, "SYR", kind)


def test_the_white_house_is_a_government(resolver: Resolver) -> None:
    assert values(resolver, "أعلن البيت الأبيض أن الرئيس سيسافر") == []


def test_a_name_that_begins_with_and_may_be_two_words(resolver: Resolver) -> None:
    assert [v["name"] for _, v in values(resolver, "مهرجان في الرياض وجدة", country="SAU")] == ["Riyadh", "Jeddah"]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("مظاهرة في العاصمة", "TUN", ("Tunis", "TUN", "inherited")),
        ("وصل إلى العاصمة اليمنية", None, ("Sanaa", "YEM", "gazetteer")),
        ("معارك جنوب شرق البلاد", "TUR", ("Southeastern Turkey", "TUR", "inherited")),
        ("أمطار على ولايات الشمال الغربي", "TUN", ("Northwestern Tunisia", "TUN", "inherited")),
        ("أمطار على الجنوب الشرقي التونسي", None, ("Southeastern Tunisia", "TUN", "gazetteer")),
    ],
)
def test_what_only_the_article_places(resolver: Resolver, text: str, country: str | None, expected: tuple[str, str, str]) -> None:
    (found,) = resolver.resolve("place", text, country=country)
    assert (found.value["name"], found.value["country"], found.basis) == expected


def test_a_capital_of_no_country_has_no_place(resolver: Resolver) -> None:
    assert values(resolver, "وصل إلى العاصمة")[0][1]["country"] is None
    assert values(resolver, "في العاصمة الاقتصادية", country="TUN") == []


def test_a_name_told_with_its_kind_counts_alone_too(resolver: Resolver) -> None:
    alone = "قصف عنيف على المنطقة.\nوصل النازحون من الباب إلى الملعب."
    told = "قصف عنيف على مدينة الباب.\nوصل النازحون من الباب إلى الملعب."
    assert [v["name"] for _, v in values(resolver, alone)] == []
    assert [v["name"] for _, v in values(resolver, told)] == ["Al-Bab", "Al-Bab"]


def test_only_renowned_sites_are_taken_to_lie_abroad(resolver: Resolver) -> None:
    assert values(resolver, "اقتحام المسجد الأقصى", country="ISR")[0][1]["country"] == "PSE"
    assert values(resolver, "قصف ميناء الحديدة", country="SAU")[0][1]["country"] == "YEM"
    assert values(resolver, "مناورات في مضيق هرمز", country="IRN")[0][1]["country"] is None
    assert values(resolver, "حريق في بلدية عين الرمانة", country="DZA")[0][1]["country"] == "DZA"
