"""Inflection: one entry matches all forms, and tells what each one is."""

from __future__ import annotations

import pytest

from khabar.arabic.fold import fold
from khabar.arabic.inflect import Form, adjective_forms, noun_forms, verb_forms


def found(forms: list[Form], text: str) -> list[Form]:
    return [f for f in forms if f.text == fold(text)]


def reading(perfect: str, imperfect: str, text: str) -> set[tuple[str, str]]:
    """Kind and person of every reading of a verb's form."""
    return {(f.kind, f.person) for f in found(list(verb_forms(perfect, imperfect)), text)}


def voices(perfect: str, imperfect: str, text: str) -> set[str]:
    return {f.voice for f in found(list(verb_forms(perfect, imperfect)), text)}


def spelt(perfect: str, imperfect: str) -> set[str]:
    return {f.text for f in verb_forms(perfect, imperfect)}


@pytest.mark.parametrize(
    ("perfect", "imperfect", "text", "kind", "person"),
    [
        # strong
        ("قتل", "يقتل", "قتل", "perfect", "3ms"),
        ("قتل", "يقتل", "قتلت", "perfect", "3fs"),
        ("قتل", "يقتل", "قتلوا", "perfect", "3mp"),
        ("قتل", "يقتل", "قتلتا", "perfect", "3fd"),
        ("قتل", "يقتل", "نقتل", "imperfect", "1p"),
        ("قتل", "يقتل", "يقتلون", "imperfect", "3mp"),
        ("قتل", "يقتل", "يقتلوا", "imperfect", "3mp"),
        ("قتل", "يقتل", "تقتلان", "imperfect", "3fd"),
        ("اعتقل", "يعتقل", "تعتقل", "imperfect", "3fs"),
        ("استهدف", "يستهدف", "استهدفوا", "perfect", "3mp"),
        ("تبادل", "يتبادل", "يتبادلان", "imperfect", "3md"),
        # hollow
        ("قال", "يقول", "قالت", "perfect", "3fs"),
        ("قال", "يقول", "يقولون", "imperfect", "3mp"),
        ("قال", "يقول", "يقل", "jussive", "3ms"),
        ("أدان", "يدين", "تدين", "imperfect", "3fs"),
        ("أدان", "يدين", "يدن", "jussive", "3ms"),
        ("أدان", "يدين", "أدنا", "perfect", "1p"),
        ("اختار", "يختار", "اخترنا", "perfect", "1p"),
        ("قال", "يقول", "قلنا", "perfect", "1p"),
        ("قال", "يقول", "قلن", "perfect", "3fp"),
        # defective
        ("دعا", "يدعو", "دعت", "perfect", "3fs"),
        ("دعا", "يدعو", "دعوا", "perfect", "3mp"),
        ("دعا", "يدعو", "دعونا", "perfect", "1p"),
        ("دعا", "يدعو", "يدعون", "imperfect", "3mp"),
        ("دعا", "يدعو", "يدع", "jussive", "3ms"),
        ("نفى", "ينفي", "نفى", "perfect", "3ms"),
        ("نفى", "ينفي", "نفت", "perfect", "3fs"),
        ("نفى", "ينفي", "نفوا", "perfect", "3mp"),
        ("نفى", "ينفي", "ينفون", "imperfect", "3mp"),
        ("نفى", "ينفي", "تنف", "jussive", "3fs"),
        ("التقى", "يلتقي", "التقيا", "perfect", "3md"),
        ("التقى", "يلتقي", "يلتقيان", "imperfect", "3md"),
        # doubled
        ("ردّ", "يردّ", "ردت", "perfect", "3fs"),
        ("ردّ", "يردّ", "ردوا", "perfect", "3mp"),
        ("ردّ", "يردّ", "يردون", "imperfect", "3mp"),
        ("ردّ", "يردّ", "رددنا", "perfect", "1p"),
        # assimilated
        ("وصل", "يصل", "تصل", "imperfect", "3fs"),
        ("وصل", "يصل", "يصلون", "imperfect", "3mp"),
        ("وقع", "يقع", "وقعوا", "perfect", "3mp"),
        ("اتهم", "يتهم", "اتهموا", "perfect", "3mp"),
        # hamza
        ("أجرى", "يجري", "أجرت", "perfect", "3fs"),
        ("بدأ", "يبدأ", "بدؤوا", "perfect", "3mp"),
    ],
)
def test_verbs(perfect: str, imperfect: str, text: str, kind: str, person: str) -> None:
    assert (kind, person) in reading(perfect, imperfect, text)


@pytest.mark.parametrize(
    ("perfect", "imperfect", "text"),
    [
        ("هاجم", "يهاجم", "هوجم"),
        ("هاجم", "يهاجم", "هوجمت"),
        ("تبادل", "يتبادل", "تبودلت"),
        ("أدان", "يدين", "أدين"),
        ("أدان", "يدين", "أدينوا"),
        ("أدان", "يدين", "يدان"),
        ("اختار", "يختار", "اختير"),
        ("اختار", "يختار", "اختيرت"),
        ("دعا", "يدعو", "دعي"),
        ("دعا", "يدعو", "يدعى"),
        ("قال", "يقول", "يقال"),
        ("وصل", "يصل", "يوصل"),
        ("نفى", "ينفي", "نفيت"),
    ],
)
def test_spelling_that_shows_the_passive(perfect: str, imperfect: str, text: str) -> None:
    assert "passive" in voices(perfect, imperfect, text)


@pytest.mark.parametrize(
    ("perfect", "imperfect", "text"), [("هاجم", "يهاجم", "هاجم"), ("أدان", "يدين", "أدان"), ("اختار", "يختار", "اختار"), ("دعا", "يدعو", "دعا")]
)
def test_spelling_that_shows_the_active(perfect: str, imperfect: str, text: str) -> None:
    perfects = [f.voice for f in found(list(verb_forms(perfect, imperfect)), text) if f.kind == "perfect"]
    assert perfects == ["active"]


@pytest.mark.parametrize("text", ["قتل", "قتلت", "يقتل", "قتلوا"])
def test_spelling_that_shows_neither(text: str) -> None:
    assert voices("قتل", "يقتل", text) == {"either"}


def test_a_short_hollow_passive_is_left_to_the_noun() -> None:
    """`زير` of `زار` would be read into every such noun."""
    assert "زير" not in spelt("زار", "يزور")


@pytest.mark.parametrize(
    ("perfect", "imperfect", "text", "person"),
    [
        ("طالب", "يطالب", "مطالبا", "3ms"),
        ("دعا", "يدعو", "داعية", "3fs"),
        ("اتهم", "يتهم", "متهمين", "3mp"),
        ("قال", "يقول", "قائلا", "3ms"),
        ("نفى", "ينفي", "نافيا", "3ms"),
        ("أكد", "يؤكد", "مؤكدة", "3fs"),
    ],
)
def test_the_participle_of_circumstance(perfect: str, imperfect: str, text: str, person: str) -> None:
    assert ("circumstance", person) in reading(perfect, imperfect, text)


@pytest.mark.parametrize(("perfect", "imperfect"), [("قتل", "يقتل"), ("دعا", "يدعو"), ("أدان", "يدين"), ("نفى", "ينفي")])
def test_plurals_lose_their_alef_before_a_pronoun(perfect: str, imperfect: str) -> None:
    forms = [f for f in verb_forms(perfect, imperfect) if f.person == "3mp" and f.kind == "perfect" and f.voice != "passive"]
    alone = {f.text for f in forms if f.joins == "alone"}
    before_pronoun = {f.text for f in forms if f.joins == "pronoun"}
    assert alone
    assert {a.removesuffix("ا") for a in alone} == before_pronoun


def test_alef_maqsura_opens_before_a_pronoun() -> None:
    joins = {f.text: f.joins for f in verb_forms("التقى", "يلتقي") if f.kind == "perfect" and f.person == "3ms"}
    assert joins == {"التقي": "alone", "التقا": "pronoun"}


def noun(singular: str, text: str, *plurals: str, feminine_plural: bool = False) -> set[tuple[str, str]]:
    """Number and joining of every reading of a noun's form."""
    return {(f.person, f.joins) for f in found(list(noun_forms(singular, plurals, feminine_plural=feminine_plural)), text)}


@pytest.mark.parametrize(
    ("singular", "plurals", "text", "number"),
    [
        ("هجوم", ("هجمات",), "هجوم", "s"),
        ("هجوم", ("هجمات",), "هجوما", "s"),
        ("هجوم", ("هجمات",), "هجومان", "d"),
        ("هجوم", ("هجمات",), "هجومين", "d"),
        ("هجوم", ("هجمات",), "هجمات", "p"),
        ("مظاهرة", (), "مظاهرتان", "d"),
        ("غارة", (), "غارتين", "d"),
        ("غارة", (), "غارتي", "d"),
        ("غارة", (), "غارات", "p"),
        ("قتيل", ("قتلى",), "قتلى", "p"),
    ],
)
def test_nouns(singular: str, plurals: tuple[str, ...], text: str, number: str) -> None:
    assert number in {n for n, _ in noun(singular, text, *plurals)}


def test_ta_marbuta_opens_before_a_pronoun_only() -> None:
    assert noun("مظاهرة", "مظاهرة") == {("s", "alone")}
    assert noun("مظاهرة", "مظاهرت") == {("s", "pronoun")}


def test_final_hamza_changes_its_seat_before_a_pronoun() -> None:
    assert ("s", "pronoun") in noun("لقاء", "لقاؤ")
    assert ("s", "pronoun") in noun("لقاء", "لقائ")


def test_masdars_take_the_plural_in_at_when_asked() -> None:
    assert noun("اعتقال", "اعتقالات") == set()
    assert noun("اعتقال", "اعتقالات", feminine_plural=True) == {("p", "any")}


@pytest.mark.parametrize(
    ("text", "person"),
    [("مسلح", "3ms"), ("مسلحة", "3fs"), ("مسلحون", "3mp"), ("مسلحين", "3mp"), ("مسلحات", "3fp"), ("مسلحان", "3md"), ("مسلحتين", "3fd")],
)
def test_adjectives(text: str, person: str) -> None:
    assert person in {f.person for f in found(list(adjective_forms("مسلح")), text)}


@pytest.mark.parametrize(("perfect", "imperfect"), [("قتل", "يقتل"), ("أدان", "يدين"), ("دعا", "يدعو"), ("بدأ", "يبدأ"), ("آوى", "يؤوي"), ("ردّ", "يردّ")])
def test_forms_are_folded(perfect: str, imperfect: str) -> None:
    assert all(f.text == fold(f.text) for f in verb_forms(perfect, imperfect))
