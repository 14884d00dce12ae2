"""The floors of the conformance cases. They are checked where the shared folder is ($KHABAR_SHARED, else ../shared)."""

from __future__ import annotations

import pytest

from resolve.conformance import FOLDER, MEASURES

FLOORS = {"datetime-DateParser": 0.75, "datetime-DatePeriodParser": 0.75, "number-NumberModel": 0.85}


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"the conformance cases are not here: {FOLDER} is missing; set KHABAR_SHARED to the folder that holds conformance/")
    measure = next(m for m in MEASURES if m.name == name)
    right, count = measure.counts()
    assert right >= FLOORS[name] * count, "not right:\n" + "\n".join(measure.wrong())
