"""Where two codings of one article differ: acts that only one of them finds, and fields of the acts that both find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from khabar.evaluate.pairs import pair

Fields = dict[str, Any]
LISTS = ("actors", "recipients", "places", "counts", "sources")


class Difference(NamedTuple):
    """`field` of the act at character `start`, as the one and as the other coding has it; None where it has no such act."""

    id: str | None
    start: int
    trigger: str
    field: str
    one: str | None
    other: str | None


def differences(one: Fields, other: Fields) -> list[Difference]:
    """The differences of two records of the same article, in text order."""
    a, b = one["mentions"], other["mentions"]
    pairs = pair(a, b)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    found = [_lone(one["id"], m, first=True) for i, m in enumerate(a) if i not in left]
    found += [_lone(one["id"], m, first=False) for j, m in enumerate(b) if j not in right]
    found += [d for i, j in pairs for d in _fields(one["id"], a[i], b[j])]
    return sorted(found, key=lambda d: (d.start, d.field))


def _lone(document: str | None, m: Fields, *, first: bool) -> Difference:
    told = f"{m['type']} {m['status']}"
    return Difference(document, m["trigger"]["start"], m["trigger"]["text"], "act", told if first else None, None if first else told)


def _fields(document: str | None, a: Fields, b: Fields) -> Iterator[Difference]:
    values = [("type", a["type"], b["type"]), ("status", a["status"], b["status"]), ("modes", _listed(sorted(a["modes"])), _listed(sorted(b["modes"])))]
    values += [(name, _listed(x["text"] for x in a[name]), _listed(x["text"] for x in b[name])) for name in LISTS]
    values.append(("time", _time(a), _time(b)))
    for name, x, y in values:
        if x != y:
            yield Difference(document, a["trigger"]["start"], a["trigger"]["text"], name, x, y)


def _listed(texts: Sequence[str] | Iterator[str]) -> str:
    return "; ".join(texts)


def _time(m: Fields) -> str:
    return f"{m['time']['span']['text']} ({m['time']['start']}, {m['time']['end']})" if m["time"] else ""
