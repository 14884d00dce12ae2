"""Reviewed articles as lines to train and measure readers on: labels and offsets without the text, as in `corpus/khabar.jsonl`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from khabar.model import Mention, canonical_json
from khabar.model.ontology import BODIES
from khabar.model.review import Reading
from khabar.review.progress import is_reviewed
from khabar.store import Store

Fields = dict[str, Any]


def training_lines(store: Store, articles: Iterable[str] | None = None, *, complete: bool = False) -> Iterator[str]:
    """One line of canonical JSON for each reviewed article, by id: `id`, `outlet`, `published`, `sha256` of the text in UTF-8, `mentions`. Every mention
    of it was accepted, corrected or added by a person, or rejected and left out; with `complete`, a person also said that none is missing,
    which is what a measure of misses needs. `articles` narrows the choice."""
    desk = store.desk()
    now = desk.state()
    wanted = now.members.keys() if articles is None else now.members.keys() & set(articles)
    for article_id in sorted(wanted):
        if is_reviewed(now, article_id) and (not complete or article_id in now.complete):
            yield canonical_json(_line(store, article_id, desk.readings(article_id, None)))


def _line(store: Store, article_id: str, readings: Iterable[Reading]) -> Fields:
    about = store.record(article_id)
    kept = [r for r in readings if r.standing != "rejected"]
    names = {e: f"e{i}" for i, e in enumerate(dict.fromkeys(r.event_id for r in kept), 1)}
    mentions = [_mention(r.mention, names[r.event_id]) for r in kept]
    digest = hashlib.sha256(about["text"].encode("utf-8")).hexdigest()
    return {"id": about["id"], "outlet": about["outlet"], "published": about["published"], "sha256": digest, "mentions": mentions}


def _mention(m: Mention, event: str) -> Fields:
    """A mention as section 10 of the codebook has it, without words of the text."""
    r = m.record()
    own = {"type": m.type, "modes": list(m.modes), "status": m.status, "event": event, "trigger": _ends(r["trigger"])}
    people = {role: [{**_ends(p), "code": _in_order(p["code"])} for p in r[role]] for role in ("actors", "recipients")}
    places = [{**_ends(p), "name": p["name"], "country": p["country"]} for p in r["places"]]
    time = r["time"] and {"span": _ends(r["time"]["span"]), "start": r["time"]["start"], "end": r["time"]["end"]}
    sources = [{**_ends(s), "kind": s["kind"], "cue": s["cue"] and _ends(s["cue"])} for s in r["sources"]]
    return {**own, **people, "places": places, "time": time, "counts": [_count(c) for c in r["counts"]], "sources": sources}


def _count(c: Fields) -> Fields:
    flags = {k: True for k in ("approximate", "open") if c.get(k)}
    return {**_ends(c), "role": c["role"], "low": c["low"], "high": c["high"], **flags}


def _ends(span: Fields) -> Fields:
    return {"start": span["start"], "end": span["end"]}


def _in_order(code: str) -> str:
    """A code with a body (`NGO`, `MNC`, ...) never in the sector's place: `TUN NGO` is `NGO -`, as the codebook writes it."""
    sector = code.partition(" ")[2]
    return f"{sector} -" if sector in BODIES else code
