"""A small store to review, and what a store looks like to those who ask."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from khabar.dataset import begin_run, join
from khabar.store import Store
from khabar.store.tables import article, event, member, mention, participant, place, source
from records import MARCH, RAID, again, entry, march, raids

DERIVED = (article, event, member, mention, participant, place, source)


def filled(store: Store, n: int = 4, *, joined: bool = False) -> str:
    """A run with n articles of a raid and a march each; its id."""
    run = begin_run(store, "rules")
    for r in raids(n):
        store.add(entry(r), run)
    if joined:
        join(store)
    return run


def reread(store: Store, n: int) -> str:
    """Another run, which finds the raids alone."""
    run = store.begin_run("other", "1", {})
    for r in raids(n):
        store.add(entry(again(r, mentions=r.mentions[:1])), run)
    return run


def ids(store: Store, kind: str = "ASSAULT") -> list[str]:
    """The mentions of a type that count, by article."""
    return [m.mention_id for m in store.mentions() if m.mention.type == kind]


def state(store: Store) -> dict[str, Any]:
    """All that decisions may change: the rows that readers of the store see."""
    with store._base.reading() as connection:
        return {t.name: sorted(map(str, connection.execute(select(t)).all())) for t in DERIVED}


def missed() -> dict[str, Any]:
    """A march that no run found: in the raid's words, so that its id is nobody's."""
    text = f"{RAID} {MARCH}"
    found = march(text).record()
    start = text.index("عمال")
    return {**found, "trigger": {"start": start, "end": start + 4, "text": "عمال"}}


def fix(store: Store, mention_id: str, **changes: Any) -> dict[str, Any]:
    """The record of a mention with changes."""
    row = next(m for m in store.mentions() if m.mention_id == mention_id)
    return {**row.mention.record(), **changes}
