"""Which predicted mention stands for which gold mention, and which of their members agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

Fields = dict[str, Any]
Pair = tuple[int, int]


def overlap(a: Fields, b: Fields) -> int:
    """The characters two spans share."""
    return int(max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])))


def similar(a: Fields, b: Fields) -> bool:
    """Whether two spans share at least half of the shorter and a third of the longer."""
    shared, x, y = overlap(a, b), a["end"] - a["start"], b["end"] - b["start"]
    return shared > 0 and shared * 2 >= min(x, y) and shared * 3 >= max(x, y)


def pair(gold: Sequence[Fields], predicted: Sequence[Fields]) -> list[Pair]:
    """One-to-one pairs (gold, predicted) of mentions with similar triggers: same type first, then the longest overlap, then the first."""
    options = [
        (g["type"] == p["type"], overlap(g["trigger"], p["trigger"]), -i, -j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if similar(g["trigger"], p["trigger"])
    ]
    pairs: list[Pair] = []
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for _, _, i, j in sorted(options, reverse=True):
        if -i not in taken_gold and -j not in taken_predicted:
            taken_gold.add(-i)
            taken_predicted.add(-j)
            pairs.append((-i, -j))
    return pairs


def hits(gold: Sequence[Fields], predicted: Sequence[Fields], same: Callable[[Fields, Fields], bool] = similar) -> list[tuple[Fields, Fields]]:
    """Each gold member with the first predicted one, not yet taken, that is the same."""
    free = list(predicted)
    found = []
    for g in gold:
        match = next((n for n, p in enumerate(free) if same(g, p)), None)
        if match is not None:
            found.append((g, free.pop(match)))
    return found


def same_count(a: Fields, b: Fields) -> bool:
    """Whether two counts stand at the same words and say the same."""
    return overlap(a, b) > 0 and (a["role"], a["low"], a.get("high")) == (b["role"], b.get("low"), b.get("high"))


def same_chain(a: Sequence[Fields], b: Sequence[Fields]) -> bool:
    """Whether two source chains are equally long and similar link by link."""
    return len(a) == len(b) and all(similar(x, y) for x, y in zip(a, b, strict=True))


def links(mentions: Sequence[Fields]) -> set[Pair]:
    """The pairs of mentions that are said to be one event."""
    groups: defaultdict[Any, list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        groups[mention.get("event")].append(i)
    return {(a, b) for event, members in groups.items() if event is not None for n, a in enumerate(members) for b in members[n + 1 :]}
