"""From articles to a data set: collecting into a store, coding anew, joining reports. The only file that knows both engines and the store."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import khabar
from khabar.arabic.search import keys, words
from khabar.batch import code_and
from khabar.collect.items import Known, Piece
from khabar.collect.web import Seen
from khabar.engines import DEFAULT
from khabar.engines.own import NONE, OwnTables
from khabar.evaluate.differences import Difference, differences
from khabar.export.exports import export
from khabar.export.job import Report
from khabar.export.mirror import published_rows
from khabar.export.view import view
from khabar.model import Document, Record
from khabar.model.rows import Copy, Join, MentionRow, Telling
from khabar.pipeline import Coder
from khabar.quoted import quotes
from khabar.store import Entry, EventFilter, Store
from khabar.store.members import event_id_of
from khabar.stories.copies import Text, find_copies, shingles
from khabar.stories.join import Judged, judged
from khabar.stories.join import join as join_units
from khabar.stories.ledger import Rule
from khabar.stories.likeness import load_weights
from khabar.stories.summary import summary
from khabar.stories.units import LEAD_WORDS, Reported, units

DEFAULT_STORE = "khabar.db"


@dataclass(frozen=True, slots=True)
class Coded:
    """A record with what the store needs beside it; made in the process that coded the article."""

    record: Record
    quotes: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one input: the id it has in the store, its fate there, its outcome, and how many mentions it holds."""

    article_id: str
    fate: str
    outcome: str
    reason: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining came to: articles with events, those that repeat others, mentions, events, and events of more than one mention."""

    articles: int
    copies: int
    mentions: int
    events: int
    joined: int


def open_store(url: str = DEFAULT_STORE, *, create: bool = False) -> Store:
    """The store at a path or URL."""
    return Store(url, summary, create=create)


def begin_run(store: Store, engine: str = DEFAULT, own: OwnTables = NONE) -> str:
    """The id of the run of an engine of this version with these tables; the same ones are the same run."""
    tables = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in (("places", own.places), ("actors", own.actors)) if path}
    return store.begin_run(engine, khabar.__version__, tables)


def collect(
    store: Store, pieces: Iterable[Piece | Known], *, engine: str = DEFAULT, jobs: int = 1, own: OwnTables = NONE, coder: Coder | None = None
) -> Iterator[Stored]:
    """Code inputs and put each into the store in a transaction of its own; what became of each, in input order, those that were passed over as
    known before the next that was not. A `coder` that is loaded already codes in place of one made for `engine` and `own`, which must be its own."""
    run_id = begin_run(store, engine, own)
    waiting: deque[Piece] = deque()
    passed: deque[Known] = deque()

    def items() -> Iterator[Document | Record]:
        for piece in pieces:
            if isinstance(piece, Known):
                passed.append(piece)
            else:
                waiting.append(piece)
                yield piece.item

    for coded in code_and(prepared, items(), jobs=jobs, engine=engine, own=own) if coder is None else _coded(coder, items()):
        yield from (Stored(passed.popleft().key, "known", "known", None, 0) for _ in range(len(passed)))
        yield _store(store, run_id, waiting.popleft(), coded)
    yield from (Stored(p.key, "known", "known", None, 0) for p in passed)


def _coded(coder: Coder, items: Iterable[Document | Record]) -> Iterator[Coded]:
    return (prepared(item if isinstance(item, Record) else coder.code(item)) for item in items)


def _store(store: Store, run_id: str, piece: Piece, coded: Coded) -> Stored:
    url = piece.item.url if isinstance(piece.item, Document) else None
    fetched = piece.fetched.isoformat(timespec="seconds") if piece.fetched else None
    stated = (url, piece.title, piece.caption, piece.links, fetched, piece.media_type, piece.etag, piece.last_modified)
    return _added(store, Entry(piece.key, piece.digest, coded.record, *stated, coded.quotes, coded.words, coded.keys), run_id)


def collect_batch(store: Store, out: str) -> Iterator[Stored]:
    """Put what `khabar batch` wrote into the store, as if its inputs had been collected with its reader; what became of each input. The texts of rejected
    inputs, which a batch does not keep, are left out. BatchError where `out` holds no finished batch."""
    from khabar.archives.folder import Folder
    from khabar.archives.reading import articles, without_article
    from khabar.archives.run import manifest_of

    folder = Folder(out)
    settings = manifest_of(folder)["settings"]
    read_so = {**settings["tables"], **({"triage": True} if settings["triage"] else {})}
    run_id = store.begin_run(settings["engine"], settings["version"], read_so)
    known_ones = store.known(run_id)
    for held in articles(folder):
        row = held.row
        if known_ones.get(row["key"]) == row["digest"]:
            yield Stored(row["key"], "known", "known", None, 0)
        else:
            yield _added(store, _entry_of(row, prepared(held.record), held.quotes), run_id)
    for row, record in without_article(folder):
        yield _added(store, Entry(row["key"], row["digest"], record), run_id)


def _entry_of(row: Mapping[str, Any], coded: Coded, quoted: tuple[tuple[int, int], ...]) -> Entry:
    links = tuple((link["text"], link["url"]) for link in row["links"])
    fetched = row["fetched"] and row["fetched"].isoformat(timespec="seconds")
    stated = (row["url"], row["title"], tuple(row["caption"]), links, fetched, row["media_type"], None, None)
    return Entry(row["key"], row["digest"], coded.record, *stated, quoted, coded.words, coded.keys)


def _added(store: Store, entry: Entry, run_id: str) -> Stored:
    added = store.add(entry, run_id)
    outcome = entry.record.outcome
    return Stored(added.article_id, added.fate, outcome.kind, outcome.reason, len(entry.record.mentions))


def recode(store: Store, *, engine: str = DEFAULT, jobs: int = 1, own: OwnTables = NONE) -> Iterator[Stored]:
    """Read every current article of the store with an engine. Earlier runs and people's decisions stay."""
    run_id = begin_run(store, engine, own)
    waiting: deque[Entry] = deque()

    def items() -> Iterator[Document]:
        for entry in store.entries(unread_by=run_id):
            waiting.append(entry)
            r = entry.record
            yield Document(r.text or "", entry.document_id, r.published, r.outlet, entry.url, r.published_basis)

    for coded in code_and(prepared, items(), jobs=jobs, engine=engine, own=own):
        entry = replace(waiting.popleft(), record=coded.record, quotes=coded.quotes)
        added = store.add(entry, run_id)
        yield Stored(added.article_id, added.fate, coded.record.outcome.kind, coded.record.outcome.reason, len(coded.record.mentions))


def join(store: Store, *, threshold: float | None = None) -> Joined:
    """Find near-copies, and join the mentions that tell one event, anew for the whole store. What people judged stays and wins."""
    weights = load_weights()
    weights = weights if threshold is None else replace(weights, threshold=threshold)
    people = judged(store.decisions())
    found, copies, articles = reported_mentions(store, people)
    stories = join_units(units(found), weights, people)
    order = {r.telling.mention_id: i for i, r in enumerate(sorted(found, key=lambda r: (r.telling.published or date.max, r.telling.article_id)))}
    groups = {event_id_of(min(g, key=order.__getitem__)): g for g in stories.groups}
    store.write_stories(copies, groups, stories.joins)
    several = sum(len(g) > 1 for g in stories.groups)
    return Joined(articles, len(copies), len(found), len(groups), several)


def reported_mentions(store: Store, people: Judged | None = None) -> tuple[list[Reported], tuple[Copy, ...], int]:
    """The mentions of a store as stories compare them, the articles that copy others, and the number of articles that hold events."""
    texts = {article_id: (outlet, published, text) for article_id, outlet, published, text in store.texts()}
    copies = find_copies(Text(a, outlet, published, shingles(words(text))) for a, (outlet, published, text) in texts.items())
    voices = {c.article_id: c.original for c in copies}
    apart = {m for pair in people.different for m in pair} if people else set()
    return [_reported(row, quote, texts, voices, apart) for row, quote in store.quoted()], copies, len(texts)


def _reported(row: MentionRow, quote: str, texts: Mapping[str, tuple[str | None, date | None, str]], voices: Mapping[str, str], apart: set[str]) -> Reported:
    """A mention as stories compare it. One that people keep apart from another is an event of its own until it is joined again."""
    outlet, published, text = texts[row.article_id]
    mention = replace(row.mention, event=row.mention_id) if row.mention_id in apart else row.mention
    telling = Telling(row.mention_id, row.article_id, voices.get(row.article_id, row.article_id), published, mention)
    return Reported(telling, outlet, quote, " ".join(text.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS]))


def export_store(
    store: Store, to: str, path: str | Path | IO[bytes], *, wanted: EventFilter | None = None, full: bool = False, counts: Rule = "median",
    who: str | None = None,
) -> Report:  # fmt: skip
    """Write what a store holds in a format, to a path or a binary stream; people are protected unless `full`. More in `khabar.export.exports`."""
    return export(store, to, path, wanted=wanted, full=full, counts=counts, who=who, version=khabar.__version__)


def mirror_store(store: Store, mirror: Store, wanted: EventFilter | None = None) -> dict[str, int]:
    """Fill an empty store with what of another may be published: the events that fit and the articles that tell them, people protected; how many
    rows went into each table."""
    return mirror.load(published_rows(view(store, wanted or EventFilter()), khabar.__version__))


def known(store: Store, engine: str = DEFAULT, own: OwnTables = NONE) -> Callable[[str, str], bool]:
    """Whether an input of this key and digest is in the store as this engine reads it."""
    digests = store.known(begin_run(store, engine, own))
    return lambda key, digest: digests.get(key) == digest


def seen(store: Store) -> Callable[[str], Seen | None]:
    """What a store knows of an address."""

    def look(url: str) -> Seen | None:
        found = store.seen(url)
        return found and Seen(found[0], found[1], datetime.fromisoformat(found[2]) if found[2] else None)

    return look


def prepared(record: Record) -> Coded:
    """A record with the sentences of its mentions and the words it is found by."""
    found = tuple(words(record.text)) if record.text and record.outcome.kind in ("read", "no_events") else ()
    return Coded(record, quotes(record), found, frozenset(k for w in set(found) for k in keys(w)))


def report(stored: Iterable[Stored]) -> Counter[tuple[str, str, str | None]]:
    """How many inputs had each fate, outcome and reason."""
    return Counter((s.fate, s.outcome, s.reason) for s in stored)


def why_joined(store: Store, ids: Iterable[str]) -> tuple[Join, ...]:
    """The scores between the mentions of an event, or between those of two, the highest first."""
    events = {store.event_of(i) for i in ids}
    mentions = [c.mention_id for e in events for c in store.claims(e)]
    return tuple(sorted(store.joins(mentions), key=lambda j: -j.score))


def compare_runs(store: Store, first: str, second: str) -> tuple[int, Iterator[Difference]]:
    """How many articles two runs have both read, and where they differ on them."""
    one, other = (store.run_of(r) for r in (first, second))
    shared = store.read_by_both(one, other)
    return len(shared), (d for a in shared for d in differences(store.record(a, one), store.record(a, other)))
