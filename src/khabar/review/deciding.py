"""Decisions: made, taken back, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from khabar.model import InvalidValue, Mention
from khabar.model.document import Outcome, Record
from khabar.model.review import Reading
from khabar.model.rows import DECISION_KINDS, Decision, DecisionKind, mention_ids
from khabar.review.checks import coded, named, noted
from khabar.review.doubting import doubt
from khabar.store import Store
from khabar.store.entry import digest
from khabar.store.layers import ANY

__all__ = ["ANY", "decide", "history", "readings", "undo"]


def decide(
    store: Store, coder: str, kind: DecisionKind, subject: str | Sequence[str], value: Any = None, expected: str | None = None, *, now: datetime | None = None
) -> Decision:
    """Keep and apply a decision. `subject` is a mention, for `complete` an article (all of its events are coded), for `add` the article that
    holds what was missed, for `same` and `different` two mentions. `value` is the corrected or missed mention (`fix`, `add`) or the words of
    a `note`. `expected` is the decision on the subject one saw last (None: there was none; `ANY`: whatever it is); another one by now raises
    StaleDecision. In an article that the coder codes blind the decision is kept apart. What is none raises InvalidValue."""
    named(coder)
    ids = (subject,) if isinstance(subject, str) else tuple(subject)
    if kind not in DECISION_KINDS or kind == "undo":
        raise InvalidValue(f"decision {kind!r}: expected one of {', '.join(k for k in DECISION_KINDS if k != 'undo')}; `undo` is a function of its own")
    if len(ids) != (2 if kind in ("same", "different") else 1) or len(set(ids)) != len(ids):
        raise InvalidValue(f"decision {kind} about {len(set(ids))} ids: `same` and `different` take two, the others one")
    ids, checked = _checked(store, kind, ids, value)
    return store.desk().decide(_stamp(now), coder, kind, ids, checked, expected, doubt)


def _checked(store: Store, kind: DecisionKind, ids: tuple[str, ...], value: Any) -> tuple[tuple[str, ...], Any]:
    """What a decision is about and holds, checked against the article."""
    if kind == "note":
        return ids, noted(value)
    if kind == "fix":
        return ids, fixed(store, ids[0], value)
    if kind == "add":
        missed = added(store, ids[0], value)
        return (missed[0],), missed[1]
    if value is not None:
        raise InvalidValue(f"decision {kind}: takes no value, {str(value)[:40]!r} was given")
    return ids, None


def fixed(store: Store, mention_id: str, value: Any) -> dict[str, Any]:
    """A correction of a mention as it is kept."""
    article_id = store.desk().article_of(mention_id)
    return _kept(coded(value, store.text(article_id) or ""))


def added(store: Store, article_id: str, value: Any) -> tuple[str, dict[str, Any]]:
    """The id of a mention that was missed, the same for the same trigger and type whoever adds it, and what is kept of it."""
    text = store.text(article_id) or ""
    mention = coded(value, text)
    about = store.record(article_id)
    mention_id = mention_ids(about["id"], digest(text), (mention,))[0]
    if any(r.mention_id == mention_id and r.standing != "rejected" for r in store.desk().readings(article_id, None)):
        raise InvalidValue(f"mention {mention_id!r}: is coded already at {mention.trigger.start}-{mention.trigger.end} as {mention.type}; correct it instead")
    return mention_id, {"article_id": article_id, "mention": _kept(mention), "quote": list(_sentence(text, mention))}


def _kept(mention: Mention) -> dict[str, Any]:
    """The record of a mention without the probabilities of a reader, which are not those of a person."""
    return replace(mention, confidence=None, why=()).record()


def _sentence(text: str, mention: Mention) -> tuple[int, int]:
    from khabar.quoted import quotes

    return quotes(Record("x", None, None, text, Outcome("read"), (mention,)))[0]


def undo(store: Store, coder: str, *, now: datetime | None = None) -> Decision | None:
    """Take back the last decision of a coder that still stands: that nobody undid, that none of somebody else took the place of, and that no
    adjudicator settled. Answers with the decision taken back, None where none stands. Again, it takes back the one before."""
    return store.desk().undo(_stamp(now), named(coder), doubt)


def history(store: Store, subject: str, coder: str | None = None) -> tuple[Decision, ...]:
    """All decisions about a mention or an article, oldest first, undone ones and undoings (kind `undo`, value the id of what was undone) among
    them; those of blind batches once they are closed, a coder's own before."""
    return store.desk().history(subject, coder)


def readings(store: Store, article_id: str, coder: str | None = None) -> tuple[Reading, ...]:
    """The mentions of an article in the order of its text as a coder sees them, rejected ones among them: those of all, or in an article that
    the coder codes blind the machine's with what this coder made of them."""
    return store.desk().readings(article_id, coder)


def _stamp(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).isoformat()
