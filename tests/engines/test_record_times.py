"""Times in the record: of the event, of the statement, of publication; hours, symbols and conflicts."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import pytest

from khabar import Coder, Document, record_schema

VALIDATOR = jsonschema.Draft202012Validator(record_schema())
ATTACK = "هاجم مسلحون حاجزا للجيش السوري قرب حلب"


def record(coder: Coder, body: str, published: str | None = "2020-01-10") -> dict[str, Any]:
    found = coder.code(Document(f"خبر من المنطقة\n\n{body}\n", "a", published)).record()  # type: ignore[arg-type]
    VALIDATOR.validate(found)
    return found


def mention(coder: Coder, body: str, published: str | None = "2020-01-10") -> dict[str, Any]:
    (one,) = record(coder, body, published)["mentions"]
    assert isinstance(one, dict)
    return one


def test_the_time_of_the_statement_is_not_that_of_the_event(coder: Coder) -> None:
    m = mention(coder, "قال الناطق باسم الجيش يوم الثلاثاء إن مسلحين هاجموا حاجزا للجيش السوري قرب حلب يوم الأحد.")
    assert (m["time"]["start"], m["said"]["start"]) == ("2020-01-05", "2020-01-07")
    assert m["said"]["span"]["text"] == "يوم الثلاثاء"


def test_a_statement_gives_its_event_no_day(coder: Coder) -> None:
    m = mention(coder, "قال الناطق باسم الجيش يوم الثلاثاء إن مسلحين هاجموا حاجزا للجيش السوري قرب حلب.")
    assert m["time"] is None
    assert m["said"]["start"] == "2020-01-07"


def test_no_statement_no_said(coder: Coder) -> None:
    assert "said" not in mention(coder, f"{ATTACK} أمس.")


def test_the_hour_stands_beside_the_day(coder: Coder) -> None:
    m = mention(coder, f"{ATTACK} أمس الساعة العاشرة صباحا بتوقيت دمشق.")
    assert (m["time"]["start"], m["time"]["clock"]) == ("2020-01-09", {"start": "10:00", "zone": "Asia/Damascus"})


def test_up_to_now_is_no_time_of_an_event(coder: Coder) -> None:
    assert mention(coder, f"{ATTACK} ولم يعلن أحد مسؤوليته حتى الآن.")["time"] is None


@pytest.mark.parametrize(("weekday", "conflict"), [("الخميس", False), ("الاثنين", True)])
def test_a_weekday_that_yesterday_was_not_is_a_conflict(coder: Coder, weekday: str, conflict: bool) -> None:
    time = mention(coder, f"{ATTACK} أمس {weekday}.")["time"]
    assert time.get("conflict", False) is conflict
    assert date.fromisoformat(time["start"]).weekday() == (0 if conflict else 3)


def test_without_a_day_of_publication_times_stay_symbolic(coder: Coder) -> None:
    found = record(coder, f"{ATTACK} أمس.", None)
    (m,) = found["mentions"]
    assert (m["time"]["start"], m["time"]["end"], m["time"]["symbol"]) == (None, None, "P-1D")
    assert "published_basis" not in found


@pytest.mark.parametrize(
    "body",
    [
        f"دمشق 3 كانون الثاني 2020 (سانا) - {ATTACK} أمس.",
        f"{ATTACK} أمس.\nوأدانت الحكومة السورية الهجوم اليوم الجمعة 3 يناير 2020.",
        f"حلب، 3/1/2020 - {ATTACK} أمس.",
    ],
)
def test_a_day_of_publication_found_in_the_text_says_so(coder: Coder, body: str) -> None:
    found = record(coder, body, None)
    assert (found["published"], found["published_basis"]) == ("2020-01-03", "text")


def test_times_are_read_against_a_day_found_in_the_text(coder: Coder) -> None:
    assert mention(coder, f"دمشق 3 كانون الثاني 2020 (سانا) - {ATTACK} أمس.", None)["time"]["start"] == "2020-01-02"


@pytest.mark.parametrize("body", [f"{ATTACK} في 3 يناير 2020.", f"{ATTACK} (3 يناير 2020) بعد أيام.", "منذ 3 يناير 2020 هاجم الجيش السوري قرى قرب حلب."])
def test_a_date_of_the_event_is_no_day_of_publication(coder: Coder, body: str) -> None:
    assert record(coder, body, None)["published"] is None


def test_a_given_day_of_publication_stands(coder: Coder) -> None:
    found = record(coder, f"دمشق 3 كانون الثاني 2020 (سانا) - {ATTACK} أمس.")
    assert found["published"] == "2020-01-10"
    assert "published_basis" not in found
