"""The store: what was read, what it says, what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sqlalchemy import delete, func, insert, select, text

from khabar.model import Outcome, Record
from khabar.model.parse import parse_mention
from khabar.model.rows import ArticleRow, ClaimRow, Copy, Decision, DecisionKind, EventRow, Join, MentionRow
from khabar.store.browse import Browsing
from khabar.store.database import Database
from khabar.store.decide import make_decision, write_decision
from khabar.store.desk import Desk
from khabar.store.dump import dump, load
from khabar.store.entry import SEPARATOR, Entry
from khabar.store.errors import StoreError
from khabar.store.facets import Faceting
from khabar.store.members import BATCH, Summarise, decisions_on, in_batches, read_decision, write_events
from khabar.store.query import EventFilter, claims_of, conditions
from khabar.store.search import condition
from khabar.store.tables import article, copy, decision, event, exported, join, member, mention, outcome, run, withdrawn
from khabar.store.tallies import Tallies
from khabar.store.write import Added, add, begin_run

_LISTS = ("modes", "actors", "actor_codes", "recipients", "recipient_codes")


class Store(Browsing, Faceting):
    """A store at a path or URL. `summarise` makes the row of an event from its mentions. Use it as a context, or close it."""

    def __init__(self, url: str, summarise: Summarise, *, create: bool = True) -> None:
        self._base = Database(url, create=create)
        self._summarise = summarise

    @property
    def name(self) -> str:
        return self._base.name

    @property
    def dialect(self) -> str:
        return self._base.engine.dialect.name

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    # --- putting in

    def begin_run(self, engine: str, version: str, settings: Mapping[str, Any], *, now: datetime | None = None) -> str:
        """Write down that an engine with these settings is going to read; the id of the run."""
        started = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        with self._base.writing() as connection:
            return begin_run(connection, started, engine, version, dict(settings))

    def add(self, entry: Entry, run_id: str) -> Added:
        """Put one input in, in one transaction."""
        with self._base.writing() as connection:
            return add(connection, entry, run_id, self._summarise)

    def known(self, run_id: str) -> dict[str, str]:
        """The key and digest of every current input that this run has read without failing."""
        by_run = (outcome.c.article_id == article.c.article_id) & (outcome.c.run_id == run_id)
        wanted = select(article.c.key, article.c.digest).join(outcome, by_run).where(article.c.current, article.c.run_id == run_id, outcome.c.kind != "failed")
        with self._base.reading() as connection:
            rows = connection.execute(wanted)
            return {r.key: r.digest for r in rows}

    def seen(self, key: str) -> tuple[str | None, str | None, str | None] | None:
        """The validators (etag, last-modified) and the time of fetching of an input's current version; None for one that is not here."""
        wanted = select(article.c.etag, article.c.last_modified, article.c.fetched).where(article.c.key == key, article.c.current, article.c.text.is_not(None))
        with self._base.reading() as connection:
            row = connection.execute(wanted).first()
        return (row.etag, row.last_modified, row.fetched) if row else None

    def decide(self, who: str, kind: DecisionKind, *subject: str, value: Any = None, now: datetime | None = None) -> Decision:
        """Keep and apply a decision of a person."""
        at = now or datetime.now(UTC)
        with self._base.writing() as connection:
            made = make_decision(connection, at.isoformat(), who, kind, subject, value)
            write_decision(connection, made, self._summarise)
        return made

    def desk(self) -> Desk:
        """What reviewing asks of the store; `khabar.review` is the way to it."""
        return Desk(self._base, self._summarise)

    # --- asking

    def runs(self) -> tuple[dict[str, Any], ...]:
        """The runs, oldest first, with how many articles each has read and how many mentions it found."""
        with self._base.reading() as connection:
            read: dict[str, int] = dict(connection.execute(select(outcome.c.run_id, func.count()).group_by(outcome.c.run_id)).all())
            found: dict[str, int] = dict(connection.execute(select(mention.c.run_id, func.count()).group_by(mention.c.run_id)).all())
            rows = connection.execute(select(run).order_by(run.c.position)).mappings().all()
        return tuple({**r, "settings": json.loads(r["settings"]), "articles": read.get(r["run_id"], 0), "mentions": found.get(r["run_id"], 0)} for r in rows)

    def articles(self, question: str | None = None, *, limit: int | None = None, current: bool = True) -> tuple[ArticleRow, ...]:
        """Inputs with their outcomes, those that answer a question to the full text or all, in the order they came in."""
        wanted = select(article, outcome.c.kind, outcome.c.reason).join(
            outcome, (outcome.c.article_id == article.c.article_id) & (outcome.c.run_id == article.c.run_id)
        )
        if current:
            wanted = wanted.where(article.c.current)
        if question is not None:
            sql, value = condition(self.dialect, question)
            wanted = wanted.where(article.c.number.in_(text(sql).bindparams(question=value)))
        with self._base.reading() as connection:
            rows = connection.execute(wanted.order_by(article.c.number).limit(limit)).all()
        return tuple(_article(r) for r in rows)

    def text(self, article_id: str) -> str | None:
        """The text of an article, untouched; None for an input that holds none."""
        with self._base.reading() as connection:
            row = connection.execute(select(article.c.text).where(article.c.article_id == article_id)).first()
        if row is None:
            raise StoreError(f"article {article_id!r}: not in store {self.name}")
        found: str | None = row.text
        return found

    def events(self, wanted: EventFilter | None = None, *, limit: int | None = None, offset: int = 0) -> tuple[EventRow, ...]:
        """Events that fit, by day."""
        order = event.c.date_from.nulls_last(), event.c.event_id
        query = select(event).where(*conditions(wanted or EventFilter(), self.dialect))
        if limit is not None or offset:  # rows are wide: only those shown are read
            ids = query.with_only_columns(event.c.event_id).order_by(*order).limit(limit).offset(offset)
            query = select(event).where(event.c.event_id.in_(ids))
        with self._base.reading() as connection:
            rows = connection.execute(query.order_by(*order)).mappings().all()
        return tuple(_event(r) for r in rows)

    def count_events(self, wanted: EventFilter | None = None) -> int:
        """How many events fit."""
        query = select(func.count()).select_from(event).where(*conditions(wanted or EventFilter(), self.dialect))
        with self._base.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def tallies(self, wanted: EventFilter | None = None) -> Tallies:
        """Counts over the events that fit; `khabar.stats` makes rows of them."""
        return Tallies(self._base, wanted or EventFilter())

    def claims(self, event_id: str) -> tuple[ClaimRow, ...]:
        """Who says what of an event, earliest first."""
        with self._base.reading() as connection:
            rows = connection.execute(claims_of(self._whole(connection, event_id))).all()
        return tuple(_claim(r) for r in rows)

    def mentions(self, wanted: EventFilter | None = None) -> Iterator[MentionRow]:
        """The mentions that count, of the events that fit, by article."""
        return (row for row, _ in self.told(wanted))

    def told(self, wanted: EventFilter | None = None) -> Iterator[tuple[MentionRow, tuple[int, int]]]:
        """The mentions that count, of the events that fit, by article, each with the start and end of its sentence."""
        query = (
            select(member.c.event_id, mention)
            .join(mention, (mention.c.mention_id == member.c.mention_id) & (mention.c.run_id == member.c.run_id))
            .order_by(mention.c.article_id, mention.c.position, mention.c.mention_id)
        )
        if wanted is not None and wanted != EventFilter():
            query = query.join(event, event.c.event_id == member.c.event_id).where(*conditions(wanted, self.dialect))
        with self._base.reading() as connection:
            rows = connection.execute(query).all()
            decided = decisions_on(connection, [r.mention_id for r in rows]) if connection.execute(select(decision.c.position)).first() else {}
        for r in rows:
            last = decided.get(r.mention_id)
            row = MentionRow(r.mention_id, r.article_id, r.run_id, r.event_id, parse_mention(json.loads(r.record)), last.kind if last else None)
            yield row, (r.quote_start, r.quote_end)

    def contents(self, article_ids: Iterable[str]) -> Iterator[tuple[ArticleRow, str | None]]:
        """Articles of these ids with their texts."""
        wanted = select(article, outcome.c.kind, outcome.c.reason).join(
            outcome, (outcome.c.article_id == article.c.article_id) & (outcome.c.run_id == article.c.run_id)
        )
        for ids in in_batches(article_ids):
            with self._base.reading() as connection:
                rows = connection.execute(wanted.where(article.c.article_id.in_(ids)).order_by(article.c.number)).all()
            yield from ((_article(r), r.text) for r in rows)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, oldest first."""
        with self._base.reading() as connection:
            return tuple(read_decision(r) for r in connection.execute(select(decision).order_by(decision.c.position)))

    def joins(self, mention_ids: Iterable[str]) -> tuple[Join, ...]:
        """The pairs among these mentions for which a score was kept."""
        ids = list(mention_ids)
        found: list[Join] = []
        with self._base.reading() as connection:
            for batch in in_batches(ids):
                rows = connection.execute(select(join).where(join.c.first.in_(batch))).all()
                found += [Join(r.first, r.second, r.score, tuple((k, v) for k, v in json.loads(r.reasons))) for r in rows]
        return tuple(j for j in found if j.second in set(ids))

    def copies(self) -> tuple[Copy, ...]:
        """Articles that repeat others."""
        with self._base.reading() as connection:
            return tuple(Copy(r.article_id, r.original, r.likeness) for r in connection.execute(select(copy).order_by(copy.c.article_id)))

    def event_of(self, mention_or_event: str) -> str:
        """The id of the event that an id, or the beginning of one, names: its own, or that of a mention's event."""
        with self._base.reading() as connection:
            return self._whole(connection, mention_or_event)

    def run_of(self, given: str) -> str:
        """The run that an id, or the beginning of one, names."""
        found = [str(r["run_id"]) for r in self.runs() if r["run_id"].startswith(given)]
        if len(found) != 1:
            raise StoreError(f"run {given!r}: {'several begin so' if found else 'none has this id'} in store {self.name}; `khabar runs` lists them")
        return found[0]

    def read_by_both(self, first: str, second: str) -> tuple[str, ...]:
        """The articles that two runs have read."""
        read = [select(outcome.c.article_id).where(outcome.c.run_id == r, outcome.c.kind.in_(("read", "no_events"))) for r in (first, second)]
        with self._base.reading() as connection:
            return tuple(sorted(connection.execute(read[0].intersect(read[1])).scalars()))

    def record(self, article_id: str, run_id: str | None = None) -> dict[str, Any]:
        """The record of an article as a run found it, by default the run it stands for: the object that `khabar schema` describes."""
        with self._base.reading() as connection:
            row = connection.execute(select(article).where(article.c.article_id == article_id)).first()
            if row is None:
                raise StoreError(f"article {article_id!r}: not in store {self.name}")
            by = (outcome.c.article_id == article_id) & (outcome.c.run_id == (run_id or row.run_id))
            became = connection.execute(select(outcome.c.kind, outcome.c.reason).where(by)).first()
            found = select(mention.c.record).where(mention.c.article_id == article_id, mention.c.run_id == (run_id or row.run_id)).order_by(mention.c.position)
            mentions = [json.loads(m) for m in connection.execute(found).scalars()]
        if became is None:
            raise StoreError(f"run {run_id!r}: has not read article {article_id!r}")
        about = {"id": row.document_id, "outlet": row.outlet, "published": row.published and row.published.isoformat(), "text": row.text}
        about |= {"published_basis": row.published_basis} if row.published_basis else {}
        return {**about, "outcome": {"kind": became.kind, "reason": became.reason}, "mentions": mentions}

    def outcomes(self) -> dict[tuple[str, str | None], int]:
        """How many current inputs ended in each outcome, by kind and reason."""
        wanted = select(outcome.c.kind, outcome.c.reason, func.count()).join(
            article, (article.c.article_id == outcome.c.article_id) & (article.c.run_id == outcome.c.run_id)
        )
        with self._base.reading() as connection:
            rows = connection.execute(wanted.where(article.c.current).group_by(outcome.c.kind, outcome.c.reason)).all()
        return {(r.kind, r.reason): r[2] for r in rows}

    # --- stories

    def texts(self) -> Iterator[tuple[str, str | None, Any, str]]:
        """Id, outlet, day and text of the current articles that hold events, in the order they came in."""
        wanted = select(article.c.article_id, article.c.outlet, article.c.published, article.c.text)
        wanted = wanted.where(article.c.current, article.c.article_id.in_(select(member.c.article_id).distinct())).order_by(article.c.number)
        with self._base.reading() as connection:
            for r in connection.execution_options(yield_per=500).execute(wanted):
                yield r.article_id, r.outlet, r.published, r.text

    def quoted(self) -> Iterator[tuple[MentionRow, str]]:
        """Every mention that counts, with its sentence, by article."""
        quote = func.substr(article.c.text, mention.c.quote_start + 1, mention.c.quote_end - mention.c.quote_start)
        wanted = (
            select(member.c.event_id, mention, quote.label("quote"))
            .join(mention, (mention.c.mention_id == member.c.mention_id) & (mention.c.run_id == member.c.run_id))
            .join(article, article.c.article_id == member.c.article_id)
            .order_by(article.c.number, mention.c.position, mention.c.mention_id)
        )
        with self._base.reading() as connection:
            for r in connection.execution_options(yield_per=BATCH).execute(wanted):
                yield MentionRow(r.mention_id, r.article_id, r.run_id, r.event_id, parse_mention(json.loads(r.record))), r.quote

    def entries(self, *, unread_by: str | None = None) -> Iterator[Entry]:
        """The current articles that hold text, without their mentions; with `unread_by` those that this run has not read."""
        wanted = select(article).where(article.c.current, article.c.text.is_not(None)).order_by(article.c.number)
        if unread_by is not None:
            wanted = wanted.where(article.c.run_id != unread_by)
        with self._base.reading() as connection:
            numbers = list(connection.execute(wanted.with_only_columns(article.c.number)).scalars())
        for start in range(0, len(numbers), BATCH):
            with self._base.reading() as connection:
                rows = connection.execute(select(article).where(article.c.number.in_(numbers[start : start + BATCH])).order_by(article.c.number)).all()
            yield from (_entry(r) for r in rows)

    def write_stories(self, copies: Sequence[Copy], groups: Mapping[str, Sequence[str]], joins: Sequence[Join]) -> None:
        """Replace what is known of near-copies, of events (event id to mention ids) and of the reasons, in one transaction."""
        of_mention = {m: e for e, members in groups.items() for m in members}
        with self._base.writing() as connection:
            for table in (copy, join, withdrawn):
                connection.execute(delete(table))
            if copies:
                connection.execute(insert(copy), [{"article_id": c.article_id, "original": c.original, "likeness": c.likeness} for c in copies])
            if joins:
                values = [{"first": j.first, "second": j.second, "score": j.score, "reasons": json.dumps(j.reasons)} for j in joins]
                connection.execute(insert(join), values)
            before = dict(connection.execute(select(member.c.mention_id, member.c.event_id)).all())
            moved = {m: e for m, e in of_mention.items() if before.get(m, e) != e}
            for m, e in moved.items():
                connection.execute(member.update().where(member.c.mention_id == m).values(event_id=e))
            changed = {c.article_id for c in copies}
            touched = set(moved.values()) | {before[m] for m in moved}
            touched |= set(connection.execute(select(member.c.event_id).where(member.c.article_id.in_(changed))).scalars()) if changed else set()
            write_events(connection, sorted(touched), self._summarise)

    # --- whole

    def dump(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row of the store with the name of its table; `load` makes an identical store of them."""
        return dump(self._base)

    def load(self, rows: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, int]:
        """Fill an empty store with what `dump` gave; how many rows went into each table."""
        return load(self._base, rows)

    def note_export(self, who: str, form: str, full: bool, about: str, *, now: datetime | None = None) -> None:
        """Keep that the store was exported, by whom, how, and whether people were left unprotected."""
        at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        with self._base.writing() as connection:
            connection.execute(insert(exported), {"at": at, "who": who, "format": form, "full": full, "filter": about})

    def exports(self) -> tuple[dict[str, Any], ...]:
        """The exports, oldest first."""
        with self._base.reading() as connection:
            return tuple(dict(r) for r in connection.execute(select(exported).order_by(exported.c.position)).mappings())

    def _whole(self, connection: Any, given: str) -> str:
        """The event that an id, or an unambiguous beginning of one, names."""
        pattern = given.replace("%", "").replace("_", "") + "%"
        if given.startswith("m"):
            found = set(connection.execute(select(member.c.event_id).where(member.c.mention_id.like(pattern)).limit(2)).scalars())
        else:
            found = set(connection.execute(select(event.c.event_id).where(event.c.event_id.like(pattern)).limit(2)).scalars())
        if len(found) != 1:
            raise StoreError(f"event {given!r}: {'several begin so' if found else 'none has this id'} in store {self.name}; `khabar events` lists them")
        return str(found.pop())


def _event(row: Any) -> EventRow:
    values: dict[str, Any] = {k: tuple(v.split(SEPARATOR)) if k in _LISTS and v else () if k in _LISTS else v for k, v in row.items()}
    return EventRow(**values)


def _article(r: Any) -> ArticleRow:
    names = ("article_id", "key", "version", "current", "url", "outlet", "published", "title")
    return ArticleRow(**{n: getattr(r, n) for n in names}, outcome=r.kind, reason=r.reason)


def _entry(r: Any) -> Entry:
    record = Record(r.document_id, r.outlet, r.published, r.text, Outcome("no_events"), published_basis=r.published_basis)
    links = tuple((words, href) for words, href in json.loads(r.links))
    return Entry(r.key, r.digest, record, r.url, r.title, tuple(json.loads(r.caption)), links, r.fetched, r.media_type, r.etag, r.last_modified)


def _claim(r: Any) -> ClaimRow:
    m = parse_mention(json.loads(r.record))
    figures = tuple((c.role, c.low, c.high) for c in m.counts if c.part_of is None and not c.cumulative)
    return ClaimRow(
        r.event_id, r.mention_id, r.article_id, r.outlet, r.published, m.said.start if m.said else None, tuple(s.span.text for s in m.sources),
        tuple(s.kind for s in m.sources), r.status, figures, r.text[r.quote_start : r.quote_end], r.quote_start, r.quote_end, r.original,
    )  # fmt: skip
