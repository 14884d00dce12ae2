"""Both languages are complete, and every text that is asked for is there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from khabar import FORMATS, SOURCE_KINDS, STATUSES, TYPES
from khabar.model.ontology import COUNT_ROLES, MODES, OUTCOME_KINDS
from khabar.model.rows import DECISION_KINDS
from khabar.store import ORDERS
from khabar.stories.ledger import RULES
from khabar.web import errors
from khabar.web.i18n import LANGUAGES, Language, Texts, catalog, chosen, form_of
from khabar.web.intake import examples
from khabar.web.permissions import ROLES

WEB = Path(errors.__file__).parent
FORMS: dict[Language, tuple[str, ...]] = {"en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
USED = re.compile(r"""\bt\(\s*["']([a-z0-9_.-]+)["']\s*[,)]""")
NOUNS = re.compile(r"""\bt\.n\(\s*["']([a-z0-9_]+)["']""")
SOURCES = {str(p.relative_to(WEB)): p.read_text("utf-8") for p in (*WEB.rglob("*.html"), *WEB.rglob("*.py"))}


def keys(language: Language) -> set[str]:
    return {k for k in catalog(language) if not k.startswith("count.")}


def test_both_catalogs_have_the_same_texts() -> None:
    assert keys("en") == keys("ar")
    nouns = [{k.split(".")[1] for k in catalog(x) if k.startswith("count.")} for x in LANGUAGES]
    assert nouns[0] == nouns[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_noun_has_its_forms(language: Language) -> None:
    nouns = {k.split(".")[1] for k in catalog(language) if k.startswith("count.")}
    assert {f"count.{noun}.{form}" for noun in nouns for form in FORMS[language]} == {k for k in catalog(language) if k.startswith("count.")}


def test_no_text_is_empty_or_left_in_english() -> None:
    english, arabic = catalog("en"), catalog("ar")
    assert not [k for k in english if not english[k].strip()]
    assert not [k for k, v in arabic.items() if not re.search(r"[\u0600-\u06ff]", v)]


def test_places_for_values_are_the_same() -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert not [k for k in keys("en") if fields(catalog("en")[k]) != fields(catalog("ar")[k])]


def test_every_text_asked_for_is_there() -> None:
    asked = {key: name for name, source in SOURCES.items() for key in USED.findall(source)}
    assert len(asked) > 100
    assert not {k: v for k, v in asked.items() if k not in catalog("en")}
    nouns = {noun for source in SOURCES.values() for noun in NOUNS.findall(source)}
    assert not {n for n in nouns if f"count.{n}.other" not in catalog("en")}


def test_every_code_has_a_text() -> None:
    groups = {
        "type": TYPES,
        "status": STATUSES,
        "kind": SOURCE_KINDS,
        "role": COUNT_ROLES,
        "mode": {m for ms in MODES.values() for m in ms},
        "decision": DECISION_KINDS,
        "outcome": OUTCOME_KINDS,
        "rule": RULES,
        "sort": ORDERS,
        "roles": ROLES,
        "error": [k.code for k in errors.KINDS],
        "export": [f.replace("-", "_") for f in FORMATS],
        "example": [e.name.split(".")[0] for e in examples()],
    }
    assert not [f"{g}.{code}" for g, codes in groups.items() for code in codes if f"{g}.{code}" not in catalog("en")]


def test_every_text_is_asked_for() -> None:
    groups = "export compare engine script help "
    groups += "type status kind role mode decision outcome rule sort roles error example part precision reason standing doubt field unit yesno"
    nav, whole = ("nav.", "home.", "filter.", "event.", "review.alpha_", "unit."), "\n".join(SOURCES.values())
    unused = {k for k in keys("en") if k.split(".")[0] not in groups.split() and not k.startswith(nav) and f'"{k}"' not in whole}
    assert not unused


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"), (100, "other"), (102, "other"), (103, "few"), (111, "many")],
)
def test_arabic_numbers_take_their_forms(number: int, form: str) -> None:
    assert form_of("ar", number) == form


def test_arabic_counts() -> None:
    t = Texts("ar")
    assert [t.n("events", n) for n in (0, 1, 2, 5, 11, 100)] == ["لا أحداث", "حدث واحد", "حدثان", "5 أحداث", "11 حدثا", "100 حدث"]


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "language"),
    [
        ("ar", "en", "en", "ar"),
        (None, "ar", "en", "ar"),
        (None, None, "ar-SY,en;q=0.5", "ar"),
        (None, None, "en;q=0.3, ar;q=0.9", "ar"),
        (None, None, "fr", "en"),
        ("<script>", None, None, "en"),
        (None, "x", "ar;q=nan,en;q=0.1", "en"),
    ],
)
def test_the_language_is_chosen(asked: str | None, kept: str | None, accepted: str | None, language: str) -> None:
    assert chosen(asked, kept, accepted) == language
