"""What the tests of the room share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the reading room's packages are not installed: pip install 'khabar[web]'")

from web.rooms import PASSWORD, Visitor, fresh_store, settings


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    """At a local room over the bundled articles."""
    at = Visitor(settings(fresh_store(tmp_path)))
    yield at
    at.store.close()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Visitor]:
    """At a team's room, not logged in; every role has an account of its name."""
    from khabar.web.accounts import Doors
    from khabar.web.permissions import ROLES

    at = Visitor(settings(fresh_store(tmp_path), team=True))
    for role in ROLES:
        Doors(at.store).add(role, role, PASSWORD)
    yield at
    at.store.close()
