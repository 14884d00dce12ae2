"""What agrees in one document: for every measure how often it was hit, and how much gold and prediction hold of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from khabar.evaluate.load import ROLES
from khabar.evaluate.pairs import Fields, Pair, hits, links, pair, same_chain, same_count

Counts = tuple[int, int, int]
Mentions = Sequence[Fields]


class Tally:
    """Sums of hits, gold and predicted by measure."""

    def __init__(self) -> None:
        self.rows: dict[str, Counts] = {}

    def add(self, name: str, hit: int = 0, gold: int = 0, predicted: int = 0) -> None:
        h, g, p = self.rows.get(name, (0, 0, 0))
        self.rows[name] = (h + hit, g + gold, p + predicted)


def tally_document(gold: Mentions, predicted: Mentions) -> tuple[Tally, list[Pair]]:
    """The tally of a document, and the pairs of mentions it rests on."""
    tally = Tally()
    pairs = pair(gold, predicted)
    same = [(gold[i], predicted[j]) for i, j in pairs if gold[i]["type"] == predicted[j]["type"]]
    tally.add("trigger", len(pairs), len(gold), len(predicted))
    tally.add("trigger+type", len(same), len(gold), len(predicted))
    tally.add("trigger+type+status", sum(g["status"] == p.get("status") for g, p in same), len(gold), len(predicted))
    for m in gold:
        _sizes(tally, m, 1, 0)
    for m in predicted:
        _sizes(tally, m, 0, 1)
    for g, p in same:
        _add_pair(tally, g, p)
    _add_links(tally, gold, predicted, pairs)
    return tally, pairs


def _sizes(tally: Tally, mention: Fields, gold: int, predicted: int) -> None:
    """What a mention holds, on the side of gold or of prediction."""
    tally.add("type " + mention["type"], 0, gold, predicted)
    for field in ("modes", *ROLES, "counts"):
        held = len(mention.get(field) or [])
        tally.add(field, 0, gold * held, predicted * held)
    dated = _dated(mention)
    tally.add("time", 0, gold * dated, predicted * dated)


def _add_pair(tally: Tally, g: Fields, p: Fields) -> None:
    """What agrees below the triggers of two mentions of one type."""
    tally.add("type " + g["type"], 1)
    tally.add("modes", len(set(g.get("modes") or []) & set(p.get("modes") or [])))
    tally.add("status (accuracy)", g["status"] == p.get("status"), 1, 1)
    tally.add("source chain (accuracy)", same_chain(g.get("sources") or [], p.get("sources") or []), 1, 1)
    for role in ROLES:
        _add_members(tally, role, hits(g.get(role) or [], p.get(role) or []))
    tally.add("counts", len(hits(g.get("counts") or [], p.get("counts") or [], same_count)))
    if _dated(g) and _dated(p):
        tally.add("time", _days(g["time"]) == _days(p["time"]))


def _add_members(tally: Tally, role: str, found: list[tuple[Fields, Fields]]) -> None:
    """The members of a role that were found, and whether their codes agree."""
    n = len(found)
    tally.add(role, n)
    if role in ("actors", "recipients"):
        tally.add("actor country", sum(_part(a.get("code"), 0) == _part(b.get("code"), 0) for a, b in found), n, n)
        tally.add("actor sector", sum(_part(a.get("code"), 1) == _part(b.get("code"), 1) for a, b in found), n, n)
    else:
        measure, key = ("place country", "country") if role == "places" else ("source kind", "kind")
        tally.add(measure, sum(a.get(key) == b.get(key) for a, b in found), n, n)


def _add_links(tally: Tally, gold: Mentions, predicted: Mentions, pairs: list[Pair]) -> None:
    to_gold = {j: i for i, j in pairs}
    gold_links, predicted_links = links(gold), links(predicted)
    mapped = {tuple(sorted((to_gold[a], to_gold[b]))) for a, b in predicted_links if a in to_gold and b in to_gold}
    tally.add("event links", len(mapped & gold_links), len(gold_links), len(predicted_links))


def _part(code: str | None, index: int) -> str:
    """The country (0) or sector (1) of a code, `-` where it has none."""
    parts = (code or "-").split()
    return parts[index] if len(parts) > index else "-"


def _dated(mention: Fields) -> bool:
    time = mention.get("time")
    return bool(time and time.get("start"))


def _days(time: Fields) -> tuple[Any, Any]:
    return time["start"], time.get("end")
