"""The tables and views of the store, the same in SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint, column, func

META = MetaData()

meta = Table("meta", META, Column("name", String, primary_key=True), Column("value", String, nullable=False))

run = Table(
    "run", META,
    Column("run_id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("started", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("version", String, nullable=False),
    Column("settings", Text, nullable=False),
)  # fmt: skip

article = Table(
    "article", META,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String, nullable=False, unique=True),
    Column("document_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("digest", String, nullable=False),
    Column("content", String, nullable=False),
    Column("run_id", String, ForeignKey("run.run_id"), nullable=False),
    Column("url", String),
    Column("outlet", String),
    Column("published", Date),
    Column("published_basis", String),
    Column("title", String),
    Column("text", Text),
    Column("caption", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("fetched", String),
    Column("media_type", String),
    Column("etag", String),
    Column("last_modified", String),
    UniqueConstraint("document_id", "version"),
    Index("article_key", "key", "current"),
    Index("article_told", "outlet", "current"),
    Index("article_published", "published"),
)  # fmt: skip

outcome = Table(
    "outcome", META,
    Column("article_id", String, ForeignKey("article.article_id"), primary_key=True),
    Column("run_id", String, ForeignKey("run.run_id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("reason", Text),
)  # fmt: skip

mention = Table(
    "mention", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, ForeignKey("run.run_id"), primary_key=True),
    Column("article_id", String, ForeignKey("article.article_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("date_from", Date),
    Column("date_to", Date),
    Column("confidence", Float),
    Column("sources", Text, nullable=False),
    Column("source_kinds", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Index("mention_article", "article_id", "run_id"),
)  # fmt: skip

participant = Table(
    "participant", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("code", String, nullable=False),
    Column("name", String),
    Column("entity", String),
    Index("participant_entity", "entity"),
    Index("participant_told", "code", "mention_id", "run_id"),
)  # fmt: skip

place = Table(
    "place", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("name", String, nullable=False),
    Column("country", String),
    Column("admin1", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", String),
    Column("basis", String),
    Column("place_id", String),
    Index("place_told", "text", "mention_id", "run_id"),
)  # fmt: skip

figure = Table(
    "figure", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer),
    Column("text", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("part_of", Integer),
    Column("cumulative", Boolean, nullable=False),
)  # fmt: skip

source = Table(
    "source", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("cue", Text),
    Index("source_told", "kind", "mention_id", "run_id"),
)  # fmt: skip

event = Table(
    "event", META,
    Column("event_id", String, primary_key=True),
    Column("type", String, nullable=False),
    Column("modes", String, nullable=False),
    Column("status", String, nullable=False),
    Column("date_from", Date),
    Column("date_to", Date),
    Column("place", String),
    Column("country", String),
    Column("admin1", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", String),
    Column("actors", Text, nullable=False),
    Column("actor_codes", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("recipient_codes", Text, nullable=False),
    *(Column(f"{role}_{side}", Integer) for role in ("killed", "injured", "arrested") for side in ("low", "high")),
    Column("articles", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("denials", Integer, nullable=False),
    Column("confidence", Float),
    Column("reviewed", Boolean, nullable=False),
    Index("event_type", "type", "date_from"),
    Index("event_day", "date_from", "event_id", "confidence", "reviewed"),
    Index("event_country", "country", "date_from"),
    Index("event_status", "status"),
    Index("event_cube", "type", "status", "country", "reviewed", "date_from", "date_to", "confidence", "event_id"),  # facets are counted from it alone
    Index("event_place", func.lower(column("place"))),
    Index("event_admin1", func.lower(column("admin1"))),
)  # fmt: skip

member = Table(
    "member", META,
    Column("mention_id", String, primary_key=True),
    Column("run_id", String, ForeignKey("run.run_id"), nullable=False),
    Column("article_id", String, ForeignKey("article.article_id"), nullable=False),
    Column("event_id", String, ForeignKey("event.event_id", deferrable=True, initially="DEFERRED"), nullable=False),
    Index("member_event", "event_id"),
    Index("member_told", "mention_id", "run_id", "event_id"),
    Index("member_article", "article_id"),
)  # fmt: skip

copy = Table(
    "copy", META,
    Column("article_id", String, ForeignKey("article.article_id"), primary_key=True),
    Column("original", String, ForeignKey("article.article_id"), nullable=False),
    Column("likeness", Float, nullable=False),
    Index("copy_original", "original"),
)  # fmt: skip

join = Table(
    "joined", META,
    Column("first", String, primary_key=True),
    Column("second", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),
    Index("joined_second", "second"),
)  # fmt: skip

decision = Table(
    "decision", META,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("decision_id", String, nullable=False, unique=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("other", String),
    Column("value", Text),
    Index("decision_subject", "subject"),
    Index("decision_who", "who"),
)  # fmt: skip

withdrawn = Table(
    "withdrawn", META,
    Column("mention_id", String, primary_key=True),
    Column("event_id", String, nullable=False),
)  # fmt: skip

doubt = Table(
    "doubt", META,
    Column("mention_id", String, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("article_id", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("coders", Text, nullable=False),
    Index("doubt_event", "event_id"),
    Index("doubt_article", "article_id"),
)  # fmt: skip

Index("doubt_open", doubt.c.open, doubt.c.score.desc(), doubt.c.mention_id)

lease = Table(
    "lease", META,
    Column("mention_id", String, primary_key=True),
    Column("coder", String, primary_key=True),
    Column("until", Float, nullable=False),
)  # fmt: skip

batch = Table(
    "batch", META,
    Column("batch_id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("at", String, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("closed", String),
)  # fmt: skip

assignment = Table(
    "assignment", META,
    Column("batch_id", String, ForeignKey("batch.batch_id"), primary_key=True),
    Column("article_id", String, ForeignKey("article.article_id"), primary_key=True),
    Column("coder", String, primary_key=True),
    Index("assignment_article", "article_id"),
)  # fmt: skip

coding = Table(
    "coding", META,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("decision_id", String, nullable=False, unique=True),
    Column("batch_id", String, ForeignKey("batch.batch_id"), nullable=False),
    Column("article_id", String, ForeignKey("article.article_id"), nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("other", String),
    Column("value", Text),
    Index("coding_subject", "subject"),
    Index("coding_batch", "batch_id", "who"),
)  # fmt: skip

adjudication = Table(
    "adjudication", META,
    Column("decision_id", String, ForeignKey("decision.decision_id"), primary_key=True),
    Column("batch_id", String, ForeignKey("batch.batch_id"), nullable=False),
    Column("chosen", String),
    Index("adjudication_batch", "batch_id"),
)  # fmt: skip

exported = Table(
    "exported", META,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("format", String, nullable=False),
    Column("full", Boolean, nullable=False),
    Column("filter", Text, nullable=False),
)  # fmt: skip

REVIEW = (withdrawn, doubt, lease, batch, assignment, coding, adjudication)
"""What reviewing needs: the event of a mention that people withdrew, how doubtful each mention is, who looks at what, batches, the decisions
of blind coders about them, and which decisions settled those."""

BASE = (
    run, article, outcome, mention, participant, place, figure, source, event, member, copy, join, decision, withdrawn, batch, assignment, coding,
    adjudication,
)  # fmt: skip
"""What a dump holds, each table after those it refers to; `exported` tells what was done with a store and stays with it, `doubt` is worked out
anew, a `lease` is over within minutes."""

SEPARATOR = "; "

VIEWS = {
    "articles": """
        SELECT a.article_id, a.url, a.outlet, a.published, a.title, o.kind AS outcome, o.reason, a.key, a.version, a.current
        FROM article a JOIN outcome o ON o.article_id = a.article_id AND o.run_id = a.run_id""",
    "events": """
        SELECT event_id, type, modes, status, date_from, date_to, place, country, lat, lon, precision, actors, recipients,
            killed_low, killed_high, injured_low, injured_high, arrested_low, arrested_high, articles, voices, confidence, reviewed,
            admin1, actor_codes, recipient_codes, denials
        FROM event""",
    "claims": """
        SELECT b.event_id, b.mention_id, b.article_id, m.sources, m.status, m.figures,
            substr(a.text, m.quote_start + 1, m.quote_end - m.quote_start) AS quote, m.quote_start AS start, m.quote_end AS "end",
            m.source_kinds, a.outlet, a.published, c.original AS copy_of
        FROM member b JOIN mention m ON m.mention_id = b.mention_id AND m.run_id = b.run_id
        JOIN article a ON a.article_id = b.article_id LEFT JOIN copy c ON c.article_id = b.article_id""",
}
