"""The store, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from khabar import Coder, EventFilter, InvalidValue, Outcome, Record, StoreError
from khabar.dataset import begin_run, collect, compare_runs, join, known, open_store, recode
from khabar.store import Store
from records import DAY, MARCH, RAID, again, entry, march, piece, raid, raids, record

ARTICLES = "article_id, url, outlet, published, title, outcome, reason"
EVENTS = (
    "event_id, type, modes, status, date_from, date_to, place, country, lat, lon, precision, actors, recipients, killed_low, killed_high, injured_low, "
    "injured_high, arrested_low, arrested_high, articles, voices, confidence, reviewed"
)
CLAIMS = 'event_id, mention_id, article_id, sources, status, figures, quote, start, "end"'


def filled(store: Store, n: int = 4) -> str:
    """A run with n articles of a raid and a march each; its id."""
    run = begin_run(store, "rules")
    for r in raids(n):
        store.add(entry(r), run)
    return run


def ask(url: str, sql: str) -> list[dict[str, Any]]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://") if "://" in url else f"sqlite:///{url}")
    with engine.connect() as connection:
        return [dict(r) for r in connection.execute(text(sql)).mappings()]


def test_views_have_the_columns_people_query(store: Store, url: str) -> None:
    filled(store, 2)
    assert ask(url, f"SELECT {ARTICLES} FROM articles ORDER BY article_id")[0] | {"published": None} == {
        "article_id": "a0", "url": "https://news.example/a0", "outlet": "outlet0", "published": None, "title": "title", "outcome": "read", "reason": None,
    }  # fmt: skip
    raided = ask(url, f"SELECT {EVENTS} FROM events WHERE type = 'ASSAULT' ORDER BY killed_low")
    where = ("Aleppo", "SYR", "Syrian Army")
    assert [(e["killed_low"], e["place"], e["country"], e["actors"]) for e in raided] == [(1, *where), (2, *where)]
    for claim in ask(url, f"SELECT {CLAIMS} FROM claims"):
        assert store.text(claim["article_id"])[claim["start"] : claim["end"]] == claim["quote"]
    assert {c["figures"] for c in ask(url, "SELECT figures FROM claims")} == {"killed 1", "killed 2", ""}


def test_the_same_input_is_kept_once(store: Store) -> None:
    run = filled(store, 1)
    assert store.add(entry(raids(1)[0]), run).fate == "unchanged"
    assert len(store.articles()) == 1
    assert len(list(store.mentions())) == 2


def test_a_changed_article_becomes_a_version_and_the_old_one_stays(store: Store) -> None:
    run = filled(store, 1)
    added = store.add(entry(record("a0", MARCH, march())), run)
    assert (added.article_id, added.fate) == ("a0~2", "version")
    assert [(a.article_id, a.version, a.current) for a in store.articles(current=False)] == [("a0", 1, False), ("a0~2", 2, True)]
    assert store.text("a0") == f"{RAID} {MARCH}"
    assert [e.type for e in store.events()] == ["PROTEST"]


def test_a_new_version_of_the_same_words_takes_their_mentions_over(store: Store) -> None:
    run = filled(store, 1)
    first = raids(1)[0]
    mentions = [m.mention_id for m in store.mentions()]
    judged = store.decide("huda", "accept", mentions[0])
    for i, changes in enumerate(({"published": date(2020, 1, 11)}, {"text": MARCH, "mentions": (march(),)}, {})):
        added = store.add(entry(again(first, **changes)), run)
        assert (added.article_id, added.fate) == (f"a0~{i + 2}", "version")
    assert [m.mention_id for m in store.mentions()] == mentions
    assert {m.article_id for m in store.mentions()} == {"a0~4"}
    assert [d.decision_id for d in store.decisions()] == [judged.decision_id]
    assert store.count_events() == 2


def test_an_input_that_can_no_longer_be_read_leaves_the_old_version(store: Store) -> None:
    run = filled(store, 1)
    gone = Record("a0", None, None, None, Outcome("failed", "timed out"))
    assert store.add(entry(gone, "a0"), run).fate == "kept"
    assert [e.type for e in store.events()].count("ASSAULT") == 1


def test_what_failed_is_tried_again(store: Store) -> None:
    run = begin_run(store, "rules")
    good = raids(1)[0]
    assert store.add(entry(again(good, outcome=Outcome("failed", "read: an error"), mentions=())), run).fate == "new"
    assert store.known(run) == {}
    assert store.add(entry(good), run).fate == "recoded"
    assert (store.outcomes(), store.count_events()) == ({("read", None): 1}, 2)
    assert store.known(run).keys() == {"a0"}


def test_every_input_has_an_outcome(store: Store) -> None:
    run = filled(store, 2)
    store.add(entry(Record("x", None, None, None, Outcome("rejected", "not Arabic"))), run)
    store.add(entry(record("y", "لا شيء هنا.")), run)
    assert store.outcomes() == {("read", None): 2, ("rejected", "not Arabic"): 1, ("no_events", None): 1}


def test_filters(store: Store) -> None:
    filled(store, 3)
    expected = {
        EventFilter(type="PROTEST"): 3, EventFilter(status="planned"): 0, EventFilter(place="Aleppo"): 3, EventFilter(place="TUN"): 3,
        EventFilter(place="حلب"): 3, EventFilter(place="gn:170063"): 3, EventFilter(near=(36.2, 37.0, 20)): 3, EventFilter(near=(36.2, 30.0, 20)): 0,
        EventFilter(actor="SYR"): 3, EventFilter(actor="SYR MIL"): 3, EventFilter(actor="SYR CVL"): 3, EventFilter(actor="syrian-army"): 3,
        EventFilter(actor="عمال"): 3, EventFilter(actor="Syrian Arm"): 3, EventFilter(since=date(2020, 1, 10)): 0, EventFilter(until=date(2020, 1, 9)): 3,
        EventFilter(source_kind="named"): 3, EventFilter(source_kind="media"): 0, EventFilter(outlet="outlet1"): 2, EventFilter(article="a2"): 2,
        EventFilter(text="القرية"): 6, EventFilter(text='"قرب حلب"', type="ASSAULT"): 3, EventFilter(text="قرية -حلب"): 0, EventFilter(reviewed=True): 0,
        EventFilter(confidence=0.1): 0, EventFilter(): 6,
    }  # fmt: skip
    assert {f: store.count_events(f) for f in expected} == expected
    assert all(len(store.events(f)) == n for f, n in expected.items())


def test_a_filter_says_what_it_expects() -> None:
    with pytest.raises(InvalidValue, match="expected one of AGREE"):
        EventFilter(type="WAR")


def test_decisions_are_applied_and_undone(store: Store) -> None:
    filled(store, 1)
    row = next(m for m in store.mentions() if m.mention.type == "ASSAULT")
    rejected = store.decide("me", "reject", row.mention_id)
    assert [e.type for e in store.events()] == ["PROTEST"]
    store.decide("me", "undo", row.mention_id, value=rejected.decision_id)
    assert store.count_events() == 2
    corrected = {**row.mention.record(), "status": "denied"}
    fixed = store.decide("me", "fix", row.mention_id, value=corrected)
    assert [(e.status, e.denials, e.reviewed) for e in store.events(EventFilter(type="ASSAULT"))] == [("denied", 1, True)]
    store.decide("me", "undo", row.mention_id, value=fixed.decision_id)
    assert [(e.status, e.reviewed) for e in store.events(EventFilter(type="ASSAULT"))] == [("actual", False)]
    store.decide("me", "accept", row.mention_id)
    assert [e.reviewed for e in store.events(EventFilter(type="ASSAULT"))] == [True]
    assert [d.kind for d in store.decisions()] == ["reject", "undo", "fix", "undo", "accept"]


def test_a_missed_event_is_added(store: Store) -> None:
    filled(store, 1)
    missed = {"article_id": "a0", "mention": march(f"{RAID} {MARCH}").record(), "quote": [0, len(RAID)]}
    store.decide("me", "add", "mnew", value=missed)
    assert store.claims("enew")[0].quote == RAID
    assert store.events(EventFilter(reviewed=True))[0].event_id == "enew"


def test_recoding_keeps_runs_and_decisions(store: Store) -> None:
    run = filled(store, 2)
    rows = list(store.mentions())
    raided, other = [m for m in rows if m.mention.type == "ASSAULT"]
    store.decide("me", "reject", raided.mention_id)
    store.decide("me", "fix", other.mention_id, value={**other.mention.record(), "status": "denied"})
    second = store.begin_run("other", "1", {})
    for r in raids(2):
        assert store.add(entry(again(r, mentions=r.mentions[:1])), second).fate == "recoded"
    assert [(m.mention.type, m.mention.status, m.decided) for m in store.mentions()] == [("ASSAULT", "denied", "fix")]
    assert [(r["run_id"], r["mentions"]) for r in store.runs() if r["run_id"] != "people"] == [(run, 4), (second, 2)]
    articles, found = compare_runs(store, run, second)
    assert (articles, sorted((d.id, d.field) for d in found)) == (2, [("a0", "act"), ("a1", "act")])


def test_collecting_codes_and_stores(store: Store) -> None:
    pieces = [piece(f"p{i}", RAID, outlet=f"o{i}") for i in range(3)]
    stored = list(collect(store, pieces, engine="rules"))
    assert [(s.article_id, s.fate, s.outcome) for s in stored] == [(f"p{i}", "new", "read") for i in range(3)]
    is_known = known(store, "rules")
    assert all(is_known(p.key, p.digest) for p in pieces)
    assert not is_known("p0", "other")
    assert [s.fate for s in collect(store, pieces, engine="rules")] == ["unchanged"] * 3
    assert store.record("p0")["mentions"] == Coder("rules").code(pieces[0].item).record()["mentions"]
    assert list(recode(store, engine="rules")) == []


def test_copies_are_one_voice_and_joined(store: Store) -> None:
    long = " ".join([RAID, "وأفاد شهود بأن الطائرات عادت مرتين إلى سماء البلدة قبل أن تنسحب شرقا مع حلول المساء وأن فرق الإنقاذ ما زالت تبحث تحت الأنقاض."])
    run = begin_run(store, "rules")
    for i in range(3):
        store.add(entry(record(f"c{i}", long, raid(long), published=date(2020, 1, 10 + i), outlet=f"o{i}")), run)
    join(store)
    assert [(e.articles, e.voices) for e in store.events()] == [(3, 1)]
    assert {(c.article_id, c.original) for c in store.copies()} == {("c1", "c0"), ("c2", "c0")}
    assert [c.copy_of for c in store.claims(store.events()[0].event_id)] == [None, "c0", "c0"]


def test_judgements_about_pairs_win(store: Store) -> None:
    filled(store, 3)
    first, second, third = [m.mention_id for m in store.mentions() if m.mention.type == "ASSAULT"]
    protest = next(m.mention_id for m in store.mentions() if m.mention.type == "PROTEST")
    store.decide("me", "different", first, second)
    made = store.decide("me", "same", third, protest)
    for _ in range(2):
        join(store)
        assert store.event_of(first) != store.event_of(second)
        assert store.event_of(third) == store.event_of(protest)
    store.decide("me", "undo", *made.subject[:1], value=made.decision_id)
    join(store)
    assert store.event_of(third) != store.event_of(protest)


def test_joining_again_changes_nothing(store: Store) -> None:
    filled(store, 5)
    join(store)
    before = store.events()
    join(store)
    assert store.events() == before
    assert len(before) < 10


def test_an_unknown_id_is_told(store: Store) -> None:
    filled(store, 1)
    with pytest.raises(StoreError, match="none has this id"):
        store.claims("e0000")
    with pytest.raises(StoreError, match="several begin so"):
        store.claims("e")
    with pytest.raises(StoreError, match="not in store"):
        store.text("nowhere")


def test_reopening_finds_everything(url: str) -> None:
    with open_store(url, create=True) as store:
        filled(store, 2)
        before = store.events()
    with open_store(url) as store:
        assert store.events() == before
        assert store.articles()[0].published == DAY
