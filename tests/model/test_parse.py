"""Records back to types: what was written down is read as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from articles import articles
from khabar import Coder, Count, Document, InvalidValue, Time
from khabar.model import Clock
from khabar.model.parse import parse_mention, parse_record
from records import raid

GOLDEN = sorted((Path(__file__).parents[1] / "golden").rglob("*.jsonl"))


def test_coded_articles_are_read_back(coder: Coder) -> None:
    for i, text in enumerate(articles()):
        record = coder.code(Document(text, f"a{i}", "2020-01-10", "outlet"))
        again = parse_record(json.loads(json.dumps(record.record(why=True))))
        assert again.mentions == record.mentions
        assert again.record(why=True) == record.record(why=True)


def test_every_optional_part_is_read_back() -> None:
    m = raid()
    total, span = m.counts[0], m.counts[0].span
    parts = (total, Count(span, "killed", 1, None, "مدنيين", True, True, part_of=0), Count(span, "injured", 5, 9, "مدنيين", update=True, cumulative=True))
    for counts in (parts, ()):
        clock = Clock(time(9, 30), time(10), "Europe/Paris")
        for when in (
            m.time,
            None,
            Time(m.trigger, None, None, symbol="P-1D"),
            Time(m.trigger, date(2020, 1, 1), date(2020, 1, 2), "stated", clock, None, True),
        ):
            changed = replace(m, time=when, counts=counts, said=when)
            assert parse_mention(json.loads(json.dumps(changed.record()))) == changed


@pytest.mark.parametrize("broken", [{}, {"trigger": None}, {**raid().record(), "places": [{"start": 1}]}, {**raid().record(), "type": "WAR"}])
def test_what_is_no_mention_is_told(broken: dict[str, object]) -> None:
    with pytest.raises(InvalidValue, match="expected"):
        parse_mention(broken)
