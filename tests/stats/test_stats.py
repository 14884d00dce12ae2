"""Counts over a store, and their plots."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from khabar import EventFilter, Store, events_arrow, events_frame, open_store, stats
from khabar.cli.main import main
from khabar.dataset import begin_run
from records import entry, raids


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A store of six articles of three outlets, each with a raid of its own toll (1 to 6) and a march."""
    where = str(tmp_path / "s.db")
    with open_store(where, create=True) as store:
        run = begin_run(store, "rules")
        for r in raids(6):
            store.add(entry(r), run)
    return where


@pytest.fixture
def store(path: str) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def test_days(store: Store) -> None:
    told = {(r.period, r.type): (r.events, r.killed_low) for r in stats.by_day(store)}
    assert told == {(date(2020, 1, 9), "ASSAULT"): (6, 21), (None, "PROTEST"): (6, 0)}


def test_months_and_filters(store: Store) -> None:
    rows = stats.by_day(store, EventFilter(type="ASSAULT"), unit="month")
    assert [(r.period, r.events) for r in rows] == [(date(2020, 1, 1), 6)]


def test_places(store: Store) -> None:
    assert {(r.country, r.events) for r in stats.by_place(store)} == {("SYR", 6), ("TUN", 6)}
    assert {(r.place, r.events) for r in stats.by_place(store, level="place")} == {("Aleppo", 6), ("Tunis", 6)}


def test_sources_and_parties(store: Store) -> None:
    told = {(r.kind, r.name): r.claims for r in stats.by_source(store)}
    assert sum(told.values()) == 12
    assert sum(n for (kind, _), n in told.items() if kind == "named") == 6
    assert sum(r.claims for r in stats.by_party(store)) == 12
    assert abs(sum(r.share for r in stats.by_source(store)) - 1) < 0.01


def test_outlets(store: Store) -> None:
    assert {(r.outlet, r.articles) for r in stats.by_outlet(store)} == {(f"outlet{i}", 2) for i in range(3)}


def test_frames_hold_the_rows(store: Store) -> None:
    pytest.importorskip("pandas")
    frame, arrow = events_frame(store, EventFilter(type="ASSAULT")), events_arrow(store, EventFilter(type="ASSAULT"))
    assert len(frame) == arrow.num_rows == 6
    assert sorted(frame["killed_low"]) == sorted(arrow.column("killed_low").to_pylist()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("table", ["by-day", "by-place", "by-source", "by-party"])
def test_plots_are_whole_files(path: str, tmp_path: Path, table: str) -> None:
    pytest.importorskip("matplotlib")
    for suffix in ("svg", "png"):
        assert main(["stats", table, "--store", path, "--plot", str(tmp_path / f"p.{suffix}")]) == 0
    assert ET.parse(tmp_path / "p.svg").getroot().tag.endswith("svg")
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_an_empty_store_has_nothing_to_count(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "e.db"), create=True) as empty:
        assert stats.by_day(empty) == stats.by_place(empty) == stats.by_source(empty) == stats.by_party(empty) == ()


def test_tables_in_every_format(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    for form, begin in (("csv", "country,"), ("jsonl", '{"country"'), ("table", "COUNTRY")):
        assert main(["stats", "by-place", "--store", path, "--format", form]) == 0
        assert capsys.readouterr().out.startswith(begin)
