"""The gate's own rules: floors hold, rise by a flag, fall only with a reason, and the gold is pinned."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from khabar.evaluate import Score, score

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import gate

TEXT = "قصف الجيش القرية"


def record(status: str = "actual") -> dict[str, Any]:
    empty = {name: [] for name in ("modes", "actors", "recipients", "places", "counts", "sources")}
    mention = {"trigger": {"start": 0, "end": 3, "text": "قصف"}, "type": "ASSAULT", "status": status, "event": "e1", "time": None, **empty}
    return {"id": "a", "text": TEXT, "outlet": "o", "mentions": [mention]}


GOLD = {"a": record()}


def found(status: str = "actual") -> Score:
    return score(GOLD, {"a": record(status)})


def test_floors_hold_and_a_fall_is_told() -> None:
    floors: dict[str, Any] = {}
    gate.raised(floors, "dev", GOLD, found())
    assert gate.faults(floors, "dev", GOLD, found()) == []
    (fault,) = gate.faults(floors, "dev", GOLD, found("denied"))
    assert fault.startswith("dev: trigger+type+status is 0.0000")


def test_floors_never_sink_by_raising() -> None:
    floors: dict[str, Any] = {}
    gate.raised(floors, "dev", GOLD, found())
    gate.raised(floors, "dev", GOLD, found("denied"))
    assert floors["dev"]["floors"]["trigger+type+status"] == 1 - gate.SLACK


def test_changed_gold_and_missing_floors_are_told() -> None:
    floors: dict[str, Any] = {}
    assert gate.faults(floors, "dev", GOLD, found()) == ["dev: no floors; set them with --raise"]
    gate.raised(floors, "dev", GOLD, found())
    changed = {"a": {**GOLD["a"], "text": TEXT + "."}}
    assert "the gold has changed" in gate.faults(floors, "dev", changed, found())[0]


def test_a_floor_falls_only_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "CHANGES", tmp_path / "CHANGELOG.md")
    floors: dict[str, Any] = {}
    gate.raised(floors, "gold dev", GOLD, found())
    gate.write_floors(floors)
    gate.CHANGES.write_text("nothing of it", "utf-8")
    assert gate.lower("gold dev", "modes", 0.4) == 1
    gate.CHANGES.write_text("the floor of gold dev, modes falls to 0.4, since ...", "utf-8")
    assert gate.lower("gold dev", "modes", 0.4) == 0
    assert gate.read_floors()["gold dev"]["floors"]["modes"] == 0.4


def test_the_report_has_every_type_and_outlet() -> None:
    told = gate.report({"dev": (GOLD, {"a": record()})})
    assert "| type ASSAULT | 1.000" in told
    assert "| o | 1 | 1 | 1.000" in told


def test_the_floors_that_hold_today_are_pinned() -> None:
    floors = gate.read_floors()
    assert set(floors) == {"corpus dev", "gold dev"}
    for one in floors.values():
        assert set(one["floors"]) == set(gate.FIELDS)
        assert len(one["sha256"]) == 64
