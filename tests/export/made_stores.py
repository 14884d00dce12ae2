"""Stores made up for tests of exports: generated records, decisions, copies and joins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from khabar import Count, Location, Mention, Outcome, Participant, Place, Record, Source, Span, Store, Time
from khabar.dataset import begin_run, join
from khabar.model.ontology import MODES, SOURCE_KINDS, STATUSES, TYPES
from records import ALEPPO, DAY, TUNIS, entry

WORDS = 'قال الجيش إن مسلحين قتلوا ثلاثة مدنيين في حلب أمس , و تظاهر عمال تونس =1+1 @SUM 𝒳 \u200fو\u200e <b> "x" 😀 نُشِر محمد العتيبي'.split(" ")
texts = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(" ".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span.cut(text, start, draw(st.integers(start + 1, min(len(text), start + 20))))


@st.composite
def mentions(draw: st.DrawFn, text: str) -> Mention:
    kind = draw(st.sampled_from(sorted(TYPES)))
    span = spans(text)
    codes = st.sampled_from(("SYR MIL", "TUN LAB", "- CVL", "IGO -", "SYR"))
    person = st.builds(Participant, span, codes, st.sampled_from((None, "Syrian Army")), st.sampled_from((None, "syrian-army")))
    people = st.lists(person, max_size=2).map(tuple)
    days = st.dates(date(1990, 1, 1), date(2026, 1, 1))
    times = st.builds(lambda s, d, n: Time(s, d, d + timedelta(n), "relative"), span, days, st.integers(0, 40))
    lows = st.builds(lambda s, r, low, more: Count(s, r, low, None if more is None else low + more, "مدنيين", open=more is None), span,
                     st.sampled_from(("killed", "injured", "arrested", "participants")), st.integers(0, 5000), st.none() | st.integers(0, 9))  # fmt: skip
    return Mention(
        draw(span), kind, tuple(draw(st.sets(st.sampled_from(MODES[kind]), max_size=2))) if MODES.get(kind) else (), draw(st.sampled_from(STATUSES)),
        draw(st.sampled_from(("e1", "e2", "e3"))), draw(people), draw(people),
        places=tuple(draw(st.lists(st.builds(Place, span, st.sampled_from((ALEPPO, TUNIS, Location("x", None)))), max_size=2))),
        time=draw(st.none() | times), counts=tuple(draw(st.lists(lows, max_size=2))),
        sources=tuple(draw(st.lists(st.builds(Source, span, st.sampled_from(SOURCE_KINDS)), max_size=2))),
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn, key: str) -> Record:
    published = draw(st.none() | st.dates(date(2015, 1, 1), DAY))
    outlet = draw(st.sampled_from((None, "outlet", "جريدة")))
    if draw(st.integers(0, 9)) == 0:
        return Record(key, outlet, published, None, Outcome("rejected", "not Arabic"))
    text = draw(texts)
    found = draw(st.lists(mentions(text), max_size=4, unique_by=lambda m: (m.trigger.start, m.trigger.end, m.type)))
    ordered = tuple(sorted(found, key=lambda m: (m.trigger.start, m.trigger.end)))
    return Record(key, outlet, published, text, Outcome("read" if ordered else "no_events"), ordered)


@st.composite
def fillings(draw: st.DrawFn) -> tuple[list[Record], list[tuple[str, int, int]], bool]:
    """Records, decisions (their kind and the places of their subjects among all mentions), and whether reports are joined before them."""
    keys = [f"a{i}" for i in range(draw(st.integers(0, 5)))]
    coded = [draw(records(key)) for key in keys]
    if coded and draw(st.booleans()):
        coded.append(draw(records(keys[0])))  # a new version
    kinds = st.sampled_from(("accept", "reject", "unsure", "note", "same", "different", "undo", "fix"))
    return coded, draw(st.lists(st.tuples(kinds, st.integers(0, 50), st.integers(0, 50)), max_size=5)), draw(st.booleans())


def fill(store: Store, filling: tuple[list[Record], list[tuple[str, int, int]], bool]) -> None:
    """Bring a store to the state that a filling tells."""
    coded, decisions, joined = filling
    run = begin_run(store, "rules")
    for r in coded:
        store.add(entry(r), run)
    if joined:
        join(store)
    rows = list(store.mentions())
    for kind, i, j in decisions if rows else ():
        decide(store, kind, rows[i % len(rows)], rows[j % len(rows)].mention_id)
    store.note_export("tester", "csv", True, "{}")


def decide(store: Store, kind: str, row: object, other: str) -> None:
    subject, mention = row.mention_id, row.mention  # type: ignore[attr-defined]
    if kind == "undo":
        if made := store.decisions():
            store.decide("coder", "undo", made[-1].subject[0], value=made[-1].decision_id)
    elif kind in ("same", "different"):
        if other != subject:
            store.decide("coder", kind, subject, other)  # type: ignore[arg-type]
    else:
        value = replace(mention, status="denied").record() if kind == "fix" else "ملاحظة" if kind == "note" else None
        store.decide("coder", kind, subject, value=value)  # type: ignore[arg-type]
