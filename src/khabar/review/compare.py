"""How two outlets, or two parties, tell the same days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from khabar.arabic.search import words
from khabar.model import InvalidValue
from khabar.model.rows import ClaimRow, EventRow
from khabar.review.naming import Word, spellings, used
from khabar.store import Store
from khabar.store.accounts import Accounts
from khabar.stories.ledger import Figure, ledger

KINDS = ("outlet", "party")
Belongs = Callable[[ClaimRow], bool]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: an outlet by its name, or a party by its code (`SYR MIL`; `SYR` for all of Syria), an actor's English name, or a source's name
    as written. Claims, events and articles of the stretch of time."""

    kind: str
    name: str
    articles: int
    claims: int
    events: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one side tells of an event, whenever it was published: statuses, figures (median of its voices), and its claims, earliest first."""

    statuses: tuple[str, ...]
    figures: tuple[Figure, ...]
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """An event that both sides tell; `differ` names what they tell differently: `status`, or the role of a figure (killed, injured, arrested) of
    which the ranges have nothing in common."""

    event: EventRow
    a: Told
    b: Told
    differ: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """How often each side uses a word, in the sentences that tell events."""

    word: Word
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Called:
    """What each side calls a known actor: how it is written, and how often."""

    entity: str
    name: str
    written: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of the same days: events only one of them ever tells, those both tell, the words each chooses, and what each calls known actors. Events
    that were reported in these days by a side; those of more reports first, then by day."""

    a: Side
    b: Side
    since: date | None
    until: date | None
    only_a: tuple[EventRow, ...] = field(default=())
    only_b: tuple[EventRow, ...] = field(default=())
    both: tuple[Both, ...] = field(default=())
    words: tuple[Choice, ...] = field(default=())
    called: tuple[Called, ...] = field(default=())

    def record(self) -> dict[str, Any]:
        """The comparison as JSON."""
        days = {"since": self.since and self.since.isoformat(), "until": self.until and self.until.isoformat()}
        both = [{"event": x.event.record(), "a": _told_record(x.a), "b": _told_record(x.b), "differ": list(x.differ)} for x in self.both]
        called = [{"entity": c.entity, "name": c.name, "written": [{"text": t, "a": a, "b": b} for t, a, b in c.written]} for c in self.called]
        choices = [{**asdict(c.word), "a": c.a, "b": c.b} for c in self.words]
        only = {"only_a": [e.record() for e in self.only_a], "only_b": [e.record() for e in self.only_b]}
        return {"a": asdict(self.a), "b": asdict(self.b), **days, **only, "both": both, "words": choices, "called": called}


def _told_record(told: Told) -> dict[str, Any]:
    return {"statuses": list(told.statuses), "figures": [asdict(f) for f in told.figures], "claims": [c.record() for c in told.claims]}


def compare(store: Store, a: str, b: str, since: date | None = None, until: date | None = None) -> Comparison:
    """Compare what two sides, each `outlet:NAME` or `party:NAME`, published from one day to another, both included. Join the reports of the store
    first: events that were not joined count as two. A party's claims are those whose innermost source belongs to it, whatever outlet prints them.
    What is no side, or two that are the same, raises InvalidValue."""
    if since and until and until < since:
        raise InvalidValue(f"days {since} to {until}: expected the earlier one first")
    sides = [_parsed(given) for given in (a, b)]
    if sides[0] == sides[1]:
        raise InvalidValue(f"sides {a!r} and {b!r}: the same twice; expected two")
    accounts = store.desk().accounts()
    belongs = [_belonging(store, *s) for s in sides]
    claims = [_claims(accounts, s, x, since, until) for s, x in zip(sides, belongs, strict=True)]
    return _compared(accounts, sides, belongs, claims, since, until)


def _parsed(given: str) -> tuple[str, str]:
    kind, colon, name = given.partition(":")
    if kind not in KINDS or not colon or not name.strip():
        raise InvalidValue(f"side {given!r}: expected outlet:NAME or party:NAME, such as outlet:Jawhara FM or party:SYR MIL")
    return kind, name.strip()


def _belonging(store: Store, kind: str, name: str) -> Belongs:
    """Whether a claim is one of a side's."""
    if kind == "outlet":
        return lambda c: c.outlet == name
    from khabar.stats import Parties

    parties, wanted = Parties.among(store), " ".join(words(name)) or name

    def belongs(claim: ClaimRow) -> bool:
        if not claim.sources:
            return False
        by, key = parties.of(claim.source_kinds[-1], claim.sources[-1])
        return key in (name, wanted) or (by == "code" and key.startswith(f"{name} "))

    return belongs


def _claims(accounts: Accounts, side: tuple[str, str], belongs: Belongs, since: date | None, until: date | None) -> list[ClaimRow]:
    outlet = side[1] if side[0] == "outlet" else None
    return [c for c in accounts.published(since, until, outlet) if belongs(c)]


def _compared(
    accounts: Accounts, sides: Sequence[tuple[str, str]], belongs: Sequence[Belongs], claims: Sequence[list[ClaimRow]], since: date | None, until: date | None
) -> Comparison:
    told_now = [{c.event_id for c in mine} for mine in claims]
    every = told_now[0] | told_now[1]
    told = [_by_event(accounts, every, side, x) for side, x in zip(sides, belongs, strict=True)]
    rows = accounts.events(every)
    order = sorted(rows, key=lambda e: (-rows[e].articles, rows[e].date_from or date.max, e))
    only = [tuple(rows[e] for e in order if e in told_now[i] and e not in told[1 - i]) for i in (0, 1)]
    both = tuple(_both(rows[e], told[0][e], told[1][e]) for e in order if e in told[0] and e in told[1])
    made = [Side(*side, len({c.article_id for c in mine}), len(mine), len(now)) for side, mine, now in zip(sides, claims, told_now, strict=True)]
    return Comparison(made[0], made[1], since, until, only[0], only[1], both, _choices(claims), _called(accounts, claims))


def _by_event(accounts: Accounts, event_ids: Iterable[str], side: tuple[str, str], belongs: Belongs) -> dict[str, list[ClaimRow]]:
    """What a side tells of events at any time."""
    found: dict[str, list[ClaimRow]] = defaultdict(list)
    for c in accounts.about(sorted(event_ids), side[1] if side[0] == "outlet" else None):
        if belongs(c):
            found[c.event_id].append(c)
    return found


def _both(row: EventRow, a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> Both:
    one, other = _told(a), _told(b)
    differ = ["status"] if not set(one.statuses) & set(other.statuses) else []
    theirs = {f.role: f for f in other.figures}
    differ += [f.role for f in one.figures if f.role in theirs and (f.high < theirs[f.role].low or theirs[f.role].high < f.low)]
    return Both(row, one, other, tuple(differ))


def _told(claims: Sequence[ClaimRow]) -> Told:
    book = ledger(claims)
    statuses = tuple(s for s, _ in Counter(c.status for c in claims).most_common())
    return Told(statuses, book.figures, tuple(x.claim for x in book.lines))


def _choices(claims: Sequence[Sequence[ClaimRow]]) -> tuple[Choice, ...]:
    """Each sentence counts once for a side, however many claims it holds."""
    counts = [used({(c.article_id, c.start, c.end): c.quote for c in mine}.values()) for mine in claims]
    every = sorted({*counts[0], *counts[1]}, key=lambda w: (w.topic, -(counts[0][w] + counts[1][w]), w.word))
    return tuple(Choice(w, counts[0][w], counts[1][w]) for w in every)


def _called(accounts: Accounts, claims: Sequence[Sequence[ClaimRow]]) -> tuple[Called, ...]:
    """The actors that both sides name, those most named first."""
    counts: list[dict[str, Counter[str]]] = []
    names: dict[str, str] = {}
    for mine in claims:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for r in accounts.named(c.mention_id for c in mine):
            found[r.entity][r.text] += 1
            names[r.entity] = r.name or r.entity
        counts.append(found)
    shared = counts[0].keys() & counts[1].keys()
    made = [Called(e, names[e], _written(counts[0][e], counts[1][e])) for e in shared]
    return tuple(sorted(made, key=lambda c: (-sum(a + b for _, a, b in c.written), c.entity)))


def _written(a: Mapping[str, int], b: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    total = Counter(a) + Counter(b)
    cited = spellings(list(total.items()))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for i, side in enumerate((a, b)):
        for text, n in side.items():
            sums[cited[text]][i] += n
    return tuple(sorted(((t, x, y) for t, (x, y) in sums.items()), key=lambda w: (-(w[1] + w[2]), w[0])))
