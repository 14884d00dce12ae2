"""What bad input gets: events or a named reason, never a traceback, and soon."""

from __future__ import annotations

import time

import pytest

from articles import PROTEST, SHELLING
from khabar import Coder, Document
from khabar.collect.limits import MAX_CHARACTERS
from mutate import check

LIMIT_S = 5.0
HEAD = SHELLING
LENGTH = 40_000  # longer than any of 3,478 sampled news articles
DENSE_LENGTH = 8_000  # one article in a hundred is longer than 6,400
FILLINGS = {
    "quotes": '"', "brackets": "(", "guillemets": "«قال ", "stops": ". ", "commas": "،", "digits": "١٢٣٤٥٦٧٨٩٠ قتيل ", "one number": "1", "thousands": "ألف ",
    "vowel marks": "قصف\u064e\u064e\u064e", "one letter": "و", "no spaces": "قصف", "said": "قال الرئيس و", "said that": "قال إن ", "lines": "\n",
    "dates": "12/3/2020 ",
    "countries": "سوريا ", "months": "يناير كانون الثاني ", "controls": "\u200f", "articles": "ال", "tatweel": "قـ", "smileys": "\U0001f600", "nuls": "\x00",
    "sons": "بن ", "carriage returns": "\r\r\n", "presentation forms": "ﻗﺼﻒ ", "mixed": "قصف bombed бомба 炸 ",
}  # fmt: skip
DENSE = {
    "long sentences": "قتل الجيش خمسة مدنيين في حلب واعتقل عشرين آخرين ",
    "short sentences": "قتل الجيش مدنيا. ",
    "hyphens": "قصف-",
    "short lines": "قتل الجيش خمسة مدنيين في حلب.\n",
    "article": PROTEST,
}


def timed(coder: Coder, text: str) -> float:
    begin = time.perf_counter()
    check(coder, Document(text))
    return time.perf_counter() - begin


@pytest.mark.parametrize("name", FILLINGS)
def test_long_monotonous_text(coder: Coder, name: str) -> None:
    filling = FILLINGS[name]
    assert timed(coder, HEAD + filling * (LENGTH // len(filling))) < LIMIT_S


@pytest.mark.parametrize("name", DENSE)
def test_long_text_dense_with_events(coder: Coder, name: str) -> None:
    filling = DENSE[name]
    assert timed(coder, HEAD + filling * (DENSE_LENGTH // len(filling))) < LIMIT_S


def test_fifty_megabytes_of_one_line(coder: Coder) -> None:
    record = coder.code(Document("قصف الجيش المدينة " * 3_000_000))
    assert record.outcome.kind == "rejected"
    assert f"{MAX_CHARACTERS:,}" in (record.outcome.reason or "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\x00",
        "\ufeff",
        "قصف",
        "1",
        ".",
        "\u064e",
        "«",
        "و",
        "ال",
        "لا لا لا",
        SHELLING * 2,
        SHELLING.replace(" ", ""),
        SHELLING.replace("\n", " "),
    ],
)
def test_scraps(coder: Coder, text: str) -> None:
    check(coder, Document(text))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2999-02-28", None])
def test_days_at_the_edge(coder: Coder, day: str | None) -> None:
    text = SHELLING + "وقال إن الهجوم وقع أمس وقبل ثلاثة أيام والأسبوع الماضي والعام المقبل وبعد عشر سنوات والشهر القادم ويوم الأحد وفي عام 2019.\n"
    check(coder, Document(text, published=day))  # type: ignore[arg-type]


def test_a_failing_stage_is_told(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(coder._engine, "read", broken)
    assert coder.code(Document(SHELLING)).outcome.reason == "read: RuntimeError: boom"
