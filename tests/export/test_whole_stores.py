"""What is exported whole and read in again is the same store."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from made_stores import fill, fillings

from khabar import EventFilter, InvalidValue, StoreError, export_store, import_store, open_store
from khabar.dataset import begin_run
from khabar.export.formats import LOSSLESS
from khabar.store import Store
from records import entry, raids

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a store takes too long to shrink
SUFFIX = {"jsonl": ".jsonl", "parquet": "", "datapackage": ".zip"}


def rows_of(store: Store) -> list[tuple[str, dict[str, Any]]]:
    return list(store.dump())


def there_and_back(filling: Any, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{SUFFIX[form]}"
        with open_store(f"{folder}/one.db", create=True) as one, open_store(f"{folder}/two.db", create=True) as two:
            fill(one, filling)
            export_store(one, form, path, full=True)
            import_store(two, path)
            assert rows_of(one) == rows_of(two)
            assert one.events() == two.events()
            question = EventFilter(text="الجيش")
            assert one.events(question) == two.events(question)


@pytest.mark.parametrize("form", LOSSLESS)
@given(filling=fillings())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
def test_a_whole_export_makes_the_same_store(form: str, filling: Any) -> None:
    there_and_back(filling, form)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "n"), [("jsonl", 1000), ("parquet", 500), ("datapackage", 500)])
def test_two_thousand_stores_come_back(form: str, n: int) -> None:
    @given(filling=fillings())
    @settings(max_examples=n, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    def every(filling: Any) -> None:
        there_and_back(filling, form)

    every()


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(str(tmp_path / "s.db"), create=True) as made:
        run = begin_run(made, "rules")
        for r in raids(3):
            made.add(entry(r), run)
        yield made


@pytest.mark.parametrize("form", LOSSLESS)
def test_what_is_protected_or_filtered_is_no_store(store: Store, tmp_path: Path, form: str) -> None:
    for i, asked in enumerate(({}, {"full": True, "wanted": EventFilter(type="ASSAULT")})):
        path = tmp_path / f"part{i}{SUFFIX[form]}"
        export_store(store, form, path, **asked)  # type: ignore[arg-type]
        with open_store(str(tmp_path / f"{i}.db"), create=True) as other, pytest.raises(InvalidValue):
            import_store(other, path)
        with open_store(str(tmp_path / f"{i}.db")) as other:
            assert rows_of(other) == []


def test_a_store_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    export_store(store, "jsonl", tmp_path / "x.jsonl", full=True)
    before = rows_of(store)
    with pytest.raises(StoreError):
        import_store(store, tmp_path / "x.jsonl")
    assert rows_of(store) == before


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_torn_export_is_refused_and_leaves_nothing(store: Store, tmp_path: Path, cut: float) -> None:
    path = tmp_path / "x.jsonl"
    export_store(store, "jsonl", path, full=True)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    with open_store(str(tmp_path / "torn.db"), create=True) as other:
        with pytest.raises(InvalidValue):
            import_store(other, path)
        assert rows_of(other) == []


def test_full_exports_are_on_record(store: Store, tmp_path: Path) -> None:
    export_store(store, "csv", tmp_path / "a.csv")
    export_store(store, "csv", tmp_path / "b.csv", full=True, who="huda")
    assert [(e["who"], e["format"], e["full"]) for e in store.exports()] == [("huda", "csv", True)]
