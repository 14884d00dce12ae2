"""The ledger of an event's claims: who repeats whom, who corrects, who denies, and what the numbers come to by a named rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any, Literal, get_args

from khabar.arabic.search import asked, words
from khabar.model import InvalidValue
from khabar.model.rows import ClaimRow

Rule = Literal["lowest", "median", "latest", "by-source"]
RULES: tuple[Rule, ...] = get_args(Rule)


@dataclass(frozen=True, slots=True)
class Line:
    """A claim and how it stands to those before it: the mention it `repeats` (the same source with the same numbers, or a copied article), the
    one it `corrects` (the same source with other numbers), those it `denies`."""

    claim: ClaimRow
    repeats: str | None = None
    corrects: str | None = None
    denies: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        links = {"repeats": self.repeats, "corrects": self.corrects, "denies": list(self.denies)}
        return {**self.claim.record(), **{k: v for k, v in links.items() if v}}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by a rule: its role, the lowest, the best and the highest claimed, how many voices give one, and the source (`by-source`)."""

    role: str
    low: int
    best: int
    high: int
    voices: int
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The claims of an event, earliest first, and what their numbers come to."""

    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    rule: Rule


def ledger(claims: Iterable[ClaimRow], rule: Rule = "median") -> Ledger:
    """The ledger of an event. `rule` chooses the best number among the voices, each counted once: the `lowest`; the `median` (the lower of the
    two in the middle); the `latest` told; or `by-source`, one figure for each source."""
    if rule not in RULES:
        raise InvalidValue(f"rule {rule!r}: expected one of {', '.join(RULES)}")
    lines = tuple(_lines(sorted(claims, key=_order)))
    return Ledger(lines, tuple(_figures(lines, rule)), rule)


def _order(claim: ClaimRow) -> tuple[str, str, str, int]:
    published = claim.published.isoformat() if claim.published else ""
    return (claim.said.isoformat() if claim.said else published, published, claim.article_id, claim.start)


def voice(claim: ClaimRow) -> str:
    """Who vouches for a claim: the innermost source in folded words without the article, else the outlet, else the article."""
    if claim.sources:
        return " ".join(asked(w)[-1] for w in words(claim.sources[-1]))
    return claim.outlet or claim.article_id


def _lines(claims: Sequence[ClaimRow]) -> Iterable[Line]:
    told: dict[str, list[ClaimRow]] = defaultdict(list)
    originals = {c.article_id: c.mention_id for c in reversed(claims)}
    for i, c in enumerate(claims):
        own = told[voice(c)]
        same = next((x for x in own if x.figures == c.figures and x.status == c.status), None)
        copied = originals.get(c.copy_of or "")
        earlier = next((x for x in reversed(own) if x.figures and c.figures and x.figures != c.figures), None)
        denied = tuple(x.mention_id for x in claims[:i] if x.status == "actual" and voice(x) != voice(c)) if c.status == "denied" else ()
        yield Line(c, same.mention_id if same else copied, earlier.mention_id if earlier and not same else None, denied)
        own.append(c)


def _figures(lines: Sequence[Line], rule: Rule) -> Iterable[Figure]:
    """The numbers of each role; a source that changed its number counts with its last, one that is repeated counts once."""
    corrected = {x.corrects for x in lines if x.corrects}
    counting = [x.claim for x in lines if not x.repeats and x.claim.mention_id not in corrected and x.claim.status != "denied"]
    by_role: dict[str, list[tuple[ClaimRow, int, int]]] = defaultdict(list)
    for c in counting:
        for role, low, high in c.figures:
            by_role[role].append((c, low, low if high is None else high))
    for role, found in by_role.items():
        if rule == "by-source":
            yield from _by_source(role, found)
        else:
            lows = [low for _, low, _ in found]
            best = {"lowest": min(lows), "median": median_low(lows), "latest": lows[-1]}[rule]
            yield Figure(role, min(lows), best, max(high for _, _, high in found), len(found))


def _by_source(role: str, found: Sequence[tuple[ClaimRow, int, int]]) -> Iterable[Figure]:
    groups: Mapping[str, list[tuple[ClaimRow, int, int]]] = defaultdict(list)
    for entry in found:
        groups[voice(entry[0])].append(entry)
    for members in groups.values():
        last, low, high = members[-1]
        name = last.sources[-1] if last.sources else last.outlet or last.article_id
        yield Figure(role, low, low, high, len(members), name)
