"""What every engine must hold to, whatever it reads with."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from articles import PROTEST, SHELLING
from khabar import Coder, Document
from khabar.engines import Engine, load_engine
from khabar.model import InvalidValue, Mention, canonical_json
from khabar.model.ontology import COUNT_ROLES, MODES, SOURCE_KINDS, STATUSES, TYPES
from khabar.segment import sentences
from models import needs_model

ENGINES = ["learned", "rules"]
DAY = date(2020, 1, 10)
TEXTS = {p.name: p.read_text("utf-8") for p in sorted((files("khabar") / "examples").iterdir(), key=lambda p: p.name) if p.name.endswith(".txt")}
TEXTS |= {"shelling": SHELLING, "protest": PROTEST}
QUIET = {
    "culture": "افتتاح معرض الكتاب في القاهرة\n\nافتتح معرض القاهرة الدولي للكتاب أبوابه أمام الزوار، وتضم أجنحته آلاف العناوين في الأدب والتاريخ.\n",
    "weather": "طقس اليوم\n\nيتوقع خبراء الأرصاد أن يكون الطقس معتدلا على السواحل الشمالية، وتصل درجة الحرارة إلى عشرين درجة.\n",
    "headline": "معرض الكتاب في القاهرة",
    "nothing": "",
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    needs_model(request.param)
    return load_engine(request.param)


def read(engine: Engine, text: str, published: date | None = DAY, outlet: str | None = None) -> tuple[Mention, ...]:
    return engine.read(Document(text, "a", published, outlet), sentences(text))


def written(mentions: tuple[Mention, ...]) -> str:
    return canonical_json([m.record(why=True) for m in mentions])


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(InvalidValue, match="expected learned or rules"):
        load_engine("crystal ball")


@pytest.mark.parametrize("name", ENGINES)
def test_the_coder_names_its_engine(name: str) -> None:
    needs_model(name)
    assert Coder(engine=name).engine == load_engine(name).name == name


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_span_is_verbatim(engine: Engine, text: str) -> None:
    found = read(engine, text)
    assert found
    for m in found:
        for s in m.spans():
            assert text[s.start : s.end] == s.text
            assert s.text == s.text.strip()
            assert "\n" not in s.text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_mentions_come_in_text_order_and_apart(engine: Engine, text: str) -> None:
    triggers = [m.trigger for m in read(engine, text)]
    assert all(a.end <= b.start for a, b in pairwise(triggers))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_values_are_those_of_the_codebook(engine: Engine, text: str) -> None:
    for m in read(engine, text):
        assert m.type in TYPES
        assert set(m.modes) <= set(MODES[m.type])
        assert len(set(m.modes)) == len(m.modes)
        assert m.status in STATUSES
        assert {s.kind for s in m.sources} <= set(SOURCE_KINDS)
        assert {c.role for c in m.counts} <= set(COUNT_ROLES)
        assert all(c.low >= 0 and (c.high is None) == (c.open and c.high is None) for c in m.counts)
        assert m.event
        assert m.why


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_member_stands_twice_in_a_list(engine: Engine, text: str) -> None:
    for m in read(engine, text):
        for group in (m.actors, m.recipients, m.places, m.sources, m.counts):
            spans = [(x.span.start, x.span.end) for x in group]
            assert len(set(spans)) == len(spans), m.trigger


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_reading_again_gives_the_same(engine: Engine, text: str) -> None:
    first = written(read(engine, text))
    read(engine, PROTEST)
    assert written(read(engine, text)) == first


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_another_instance_gives_the_same(engine: Engine, text: str) -> None:
    fresh = load_engine(engine.name)
    for other in (SHELLING, PROTEST):
        read(fresh, other)
    assert written(read(fresh, text)) == written(read(engine, text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_invisible_signs_change_nothing(engine: Engine, text: str) -> None:
    """A left-to-right mark before every word: the same acts, elsewhere."""
    marked = " ".join("\u200e" + w if w.strip() else w for w in text.split(" "))
    found = [(m.trigger.text.replace("\u200e", ""), m.type, m.status) for m in read(engine, marked)]
    assert found == [(m.trigger.text, m.type, m.status) for m in read(engine, text)]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_without_a_date_no_day_is_reckoned_from_it(engine: Engine, text: str) -> None:
    undated = read(engine, text, published=None)
    assert [m.trigger for m in undated] == [m.trigger for m in read(engine, text)]
    assert all(m.time is None or m.time.start is None or m.time.basis == "stated" for m in undated)


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_no_events_no_mentions(engine: Engine, text: str) -> None:
    assert read(engine, text) == ()


@pytest.mark.parametrize("headline", ["قصف روسي على قرية في ريف حلب", "مظاهرة في تونس ضد الحكومة", "الشرطة تعتقل عشرين متظاهرا في القاهرة"])
def test_a_headline_alone_is_read(engine: Engine, headline: str) -> None:
    for text in (headline, headline + "\n"):
        (mention,) = read(engine, text)
        assert mention.sources == ()


@pytest.mark.parametrize("ends", ["\r\n", "\u2028", "\n\n\n"])
def test_line_ends_do_not_matter(engine: Engine, ends: str) -> None:
    kept = [(m.trigger.text, m.type, m.status, [s.span.text for s in m.sources]) for m in read(engine, SHELLING)]
    found = read(engine, SHELLING.replace("\n\n", ends).replace("\n", ends) if ends != "\n\n\n" else SHELLING.replace("\n\n", ends))
    assert [(m.trigger.text, m.type, m.status, [s.span.text for s in m.sources]) for m in found] == kept


@pytest.mark.parametrize("zone", ["رابط الخبر: مقتل خمسة في قصف على حلب", "اقرأ أيضا: الشرطة تعتقل عشرين متظاهرا في القاهرة"])
def test_footers_hold_no_events(engine: Engine, zone: str) -> None:
    assert len(read(engine, SHELLING + "\n" + zone + "\n")) == len(read(engine, SHELLING))


def test_event_ids_are_of_the_article_alone(engine: Engine) -> None:
    events = {m.event for m in read(engine, SHELLING)}
    assert all(e.startswith("e") and e[1:].isdigit() for e in events)
