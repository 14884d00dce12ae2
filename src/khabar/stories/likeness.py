"""How alike two events of articles are: named features, each weighed, so that every join can say why."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from khabar.model import Location
from khabar.stories.units import Unit

LATEST = 30  # events of a story that a further one is compared with singly
NEAR_KM, FAR_KM = 30.0, 120.0
_SIZES = {"country": 3, "region": 3, "governorate": 2, "district": 1}


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression over `features`: a bias, a weight for each, and the probability from which two events are one."""

    bias: float
    by_name: Mapping[str, float]
    threshold: float


def load_weights() -> Weights:
    """The weights that ship, fitted by train/fit_stories.py."""
    fields = json.loads(files("khabar.stories").joinpath("weights.json").read_text("utf-8"))
    return Weights(fields["bias"], fields["weights"], fields["threshold"])


def score(features: Mapping[str, float], w: Weights) -> float:
    """The probability that two events are one."""
    x = w.bias + sum(w.by_name.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-x)) if x > -500 else 0.0


def reasons(features: Mapping[str, float], w: Weights) -> tuple[tuple[str, float], ...]:
    """What each feature adds to the score (in logits), the weightiest first."""
    parts = ((name, round(w.by_name.get(name, 0.0) * value, 2)) for name, value in features.items())
    return tuple(sorted((p for p in parts if p[1]), key=lambda p: -abs(p[1])))


def features(a: Unit, b: Unit) -> dict[str, float]:
    """What two events share and where they differ."""
    quote, lead = cosine(a.quote, b.quote), cosine(a.lead, b.lead)
    out = {"wording": quote, "articles": lead}
    same_type = a.type == b.type
    out["same type" if same_type else "other type"] = 1.0
    out["same verb" if a.triggers & b.triggers else "other verb"] = 1.0
    out["same type and wording"] = quote if same_type else 0.0
    for part in (_times(a, b), _places(a, b), _people(a, b), _counts(a, b)):
        out |= part
    if not a.statuses & b.statuses:
        out["other status"] = 1.0
    if same_type and "same day" in out and ("same place" in out or "near" in out):
        out["same type, day and place"] = 1.0
    if same_type and "same number" in out:
        out["same type and number"] = 1.0
    if same_type and "same actor" in out and ("same recipient" in out or "same place" in out):
        out["same type, actor and aim"] = 1.0
    return out


def nearest(unit: Unit, members: Sequence[Unit]) -> dict[str, float]:
    """What an event shares with the ones of a story that it is closest to, those of its own article apart."""
    latest = members[-LATEST:]
    others = [m for m in latest if m.article_id != unit.article_id]
    own = [m for m in latest if m.article_id == unit.article_id]
    out: dict[str, float] = {}
    if others:
        wording = max(cosine(unit.quote, m.quote) for m in others)
        out |= {"closest wording": wording, "closest article": max(cosine(unit.lead, m.lead) for m in others)}
        out["closest wording of its type"] = max((cosine(unit.quote, m.quote) for m in others if m.type == unit.type), default=0.0)
        if any(m.voice == unit.voice for m in others):
            out |= {"copied article": 1.0, "copied wording": wording}
        if any(m.type == unit.type and m.triggers & unit.triggers for m in others):
            out["told elsewhere by the same verb"] = 1.0
    if own:
        out["same article"] = 1.0
        if any(m.type == unit.type for m in own):
            out["same article and type"] = 1.0
        if any(m.triggers & unit.triggers for m in own):
            out["same article and verb"] = 1.0
    return out


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length one."""
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)


def _times(a: Unit, b: Unit) -> dict[str, float]:
    out: dict[str, float] = {}
    if a.published and b.published:
        out["days between reports"] = min(abs((a.published - b.published).days), 14) / 7
    if a.start and a.end and b.start and b.end:
        gap = _gap(a.start, a.end, b.start, b.end)
        out |= {"same day": 1.0} if gap == 0 else {"next day": 1.0} if gap == 1 else {"other day": min(gap, 10) / 5}
    return out


def _gap(start: date, end: date, other_start: date, other_end: date) -> int:
    """Days between two periods, 0 where they meet."""
    return max(0, (other_start - end).days, (start - other_end).days)


def _places(a: Unit, b: Unit) -> dict[str, float]:
    if not a.locations or not b.locations:
        return {}
    if {x.id or x.name for x in a.locations if _fine(x)} & {x.id or x.name for x in b.locations if _fine(x)}:
        return {"same place": 1.0}
    km = min((d for x in a.locations for y in b.locations if (d := distance(x, y)) is not None), default=None)
    if km is not None:
        return {"near": 1.0} if km <= NEAR_KM else {"apart": min(km / FAR_KM, 3.0)}
    same = {x.country for x in a.locations} & {x.country for x in b.locations}
    return {"same country": 1.0} if same else {"other country": 1.0}


def _fine(x: Location) -> bool:
    return x.precision not in ("country", "region")


def distance(a: Location, b: Location) -> float | None:
    """Kilometres along a great circle between places that both have a point, None where one has none or is an area."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None or not _fine(a) or not _fine(b) or "governorate" in (a.precision, b.precision):
        return None
    p, q = radians(a.lat), radians(b.lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))


def _people(a: Unit, b: Unit) -> dict[str, float]:
    out: dict[str, float] = {}
    for role, x, y in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        if x and y:
            shared = len(x & y) / min(len(x), len(y))
            out |= {f"same {role}": shared} if shared else {f"other {role}": 1.0}
    if a.codes and b.codes:
        out |= {"same codes": len(a.codes & b.codes) / min(len(a.codes), len(b.codes))} if a.codes & b.codes else {"other codes": 1.0}
    return out


def _counts(a: Unit, b: Unit) -> dict[str, float]:
    out: dict[str, float] = {}
    for role in a.counts.keys() & b.counts.keys():
        (low, high), (other_low, other_high) = a.counts[role], b.counts[role]
        if low <= other_high and other_low <= high:
            out["same number"] = 1.0
        else:
            out["other number"] = max(out.get("other number", 0.0), min(abs(math.log((high + 1) / (other_high + 1))), 3.0))
    return out
