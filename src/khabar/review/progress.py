"""How far reviewing is."""

from __future__ import annotations

from collections import Counter

from khabar.model.review import Batch, BatchProgress, CoderProgress, Progress
from khabar.store import Store
from khabar.store.desk import Desk
from khabar.store.readings import standing_of
from khabar.store.state import State


def progress(store: Store) -> Progress:
    """How far a store is reviewed, who did how much, and how far its batches are."""
    desk = store.desk()
    now = desk.state()
    mentions = Counter({"machine": 0, "reviewed": 0, "adjudicated": 0, "unsure": 0, "rejected": 0})
    for members in now.members.values():
        mentions.update(standing_of(now.last.get(m), set(now.final)) for m in members)
    mentions["rejected"] = sum(d.kind == "reject" for d in now.last.values())
    reviewed = sum(is_reviewed(now, a) for a in now.members)
    coders = tuple(CoderProgress(who, dict(now.work[who])) for who in sorted(now.work))
    return Progress(dict(mentions), len(now.members), reviewed, coders, tuple(_batch(desk, now, b) for b in desk.batches()))


def is_reviewed(now: State, article_id: str) -> bool:
    """Whether every mention of an article is decided about, and there was one to decide about or a person said that all its events are coded."""
    if now.open_in(article_id):
        return False
    return article_id in now.complete or article_id in now.rejected or bool(now.members.get(article_id))


def _batch(desk: Desk, now: State, found: Batch) -> BatchProgress:
    shares = desk.shares(found.batch_id)
    if found.blind:
        done = {coder: len(mine) for coder, mine in desk.codings(found.batch_id).items()}
        disputes = desk.disputes(found.batch_id)
        mentions, settled = len(disputes), sum(d.settled is not None for d in disputes)
    else:
        ready = {a for a in shares if not now.open_in(a)}
        done = {c: sum(a in ready for a, mine in shares.items() if c in mine) for c in found.coders}
        mentions = sum(len(now.members.get(a, ())) for a in shares)
        settled = mentions - sum(now.open_in(a) for a in shares)
    given = Counter(c for mine in shares.values() for c in mine)
    coders = tuple(CoderProgress(c, dict(now.work.get(c, {})), given[c], done.get(c, 0)) for c in found.coders)
    return BatchProgress(found, coders, mentions, settled)
