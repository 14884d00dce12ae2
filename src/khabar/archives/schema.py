"""The tables of a batch: every field with its type and what it means. The Parquet schema and docs/batch-schema.md are made of this."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from khabar.archives.folder import arrow
from khabar.model.rows import FIGURES


class Field(NamedTuple):
    """A field: its type is a plain one, the name of a struct, or list<...> of either."""

    name: str
    type: str
    about: str


_SPAN = (
    Field("start", "int32", "first character, counted in code points from 0 of the article's `text`"),
    Field("end", "int32", "the character after the last"),
    Field("text", "string", "what stands there"),
)
_LOCATION = (
    Field("name", "string", "usual English name"),
    Field("country", "string", "ISO 3166-1 alpha-3"),
    Field("admin1", "string", "first-level unit, in English"),
    Field("lat", "double", "degrees north"),
    Field("lon", "double", "degrees east"),
    Field("precision", "string", "what the point stands for: `point`, `town`, `district`, `governorate`, `region`, `country`, `unknown`"),
    Field("basis", "string", "where it comes from: `gazetteer`, `recalled`, `inherited`, `stated`, `user`"),
    Field("id", "string", "`gn:` GeoNames, `kh:` khabar, `own:` a table of one's own, else ISO 3166"),
)
STRUCTS: dict[str, tuple[Field, ...]] = {
    "span": _SPAN,
    "link": (Field("text", "string", "the words of the link"), Field("url", "string", "where it leads")),
    "participant": (
        *_SPAN,
        Field("code", "string", "country or body and sector, such as `SYR MIL`"),
        Field("name", "string", "usual English name, where known"),
        Field("entity", "string", "id in the actor book, where known"),
    ),
    "location": _LOCATION,
    "place": (*_SPAN, *_LOCATION, Field("candidates", "list<location>", "other places it might have been, likeliest first")),
    "clock": (
        Field("start", "string", "time of day, `HH:MM`"),
        Field("end", "string", "the end, of hours from and to"),
        Field("zone", "string", "IANA name, or `local`"),
    ),
    "time": (
        Field("span", "span", "the expression"),
        Field("start", "date", "first day it denotes"),
        Field("end", "date", "last day, inclusive"),
        Field("basis", "string", "`stated`, `relative` or `publication`"),
        Field("clock", "clock", "the time of day, where told"),
        Field("symbol", "string", "what the words mean where there is no day to read them against"),
        Field("conflict", "bool", "a weekday is named that the days are not"),
    ),
    "confidence": (
        *(Field(n, "double", f"probability of the {n}") for n in ("mention", "status")),
        *(Field(n, "list<double>", f"one for each of the {n}") for n in ("modes", "actors", "recipients", "places")),
        Field("time", "double", "probability of the time"),
        *(Field(n, "list<double>", f"one for each of the {n}") for n in ("counts", "sources")),
    ),
}
_OF_MENTION = (
    Field("mention_id", "string", "the mention"),
    Field("article_id", "string", "its article"),
    Field("position", "int32", "place in the mention's list, from 0"),
    *_SPAN,
)
TABLES: dict[str, tuple[Field, ...]] = {
    "articles": (
        Field("article_id", "string", "key; `a` and a hash of document, outlet, day, title and text: the same article is one row however often it was met"),
        Field("document_id", "string", "the id in the input, the page's URL, or a hash of the text"),
        Field("key", "string", "the input's stable name: URL, id, or file and number"),
        Field("digest", "string", "SHA-256 of the input's bytes, hexadecimal"),
        Field("url", "string", "where it was published"),
        Field("outlet", "string", "who published it"),
        Field("published", "date", "day of publication"),
        Field("published_basis", "string", "where the day was found if nobody gave it: `metadata` or `text`"),
        Field("published_from", "string", "where on the page: `meta`, `json-ld`, `time`, `url`, `dateline`; `stated` in rows; `hint` if given for all"),
        Field("title", "string", "the headline"),
        Field("text", "string", "the whole article, headline first; all offsets point into it"),
        Field("caption", "list<string>", "captions of pictures"),
        Field("links", "list<link>", "links of the page"),
        Field("fetched", "timestamp", "when it was fetched, UTC"),
        Field("media_type", "string", "of the input"),
        Field("outcome", "string", "`read`, `no_events`; `failed` where a stage broke on it"),
        Field("reason", "string", "of a failure: the stage and the error"),
        Field("mentions", "int32", "how many mentions it holds"),
        Field("file", "string", "the file it was first met in, by name"),
        Field("number", "int64", "line, row or record there, from 1"),
    ),
    "mentions": (
        Field("mention_id", "string", "key; `m` and a hash of article, trigger and type"),
        Field("article_id", "string", "the article that tells it"),
        Field("position", "int32", "place among the article's mentions, from 0"),
        Field("outlet", "string", "the article's, for convenience"),
        Field("published", "date", "the article's, for convenience"),
        Field("type", "string", "one of the 16 PLOVER types"),
        Field("modes", "list<string>", "modes of the type"),
        Field("status", "string", "`actual`, `planned`, `requested`, `hypothetical`, `denied`"),
        Field("event", "string", "the same for all mentions of one act in this article"),
        Field("trigger", "span", "the word that names the act"),
        Field("quote", "span", "the sentence that tells it"),
        Field("actors", "list<participant>", "who does it"),
        Field("recipients", "list<participant>", "whom it hits or addresses"),
        Field("places", "list<place>", "where, narrowest first"),
        Field("time", "time", "when"),
        Field("said", "time", "when it was told, where the reporting verb has a time of its own"),
        Field("confidence", "confidence", "probabilities, from the learned reader"),
    ),
    "sources": (
        *_OF_MENTION,
        Field("kind", "string", "`named`, `unnamed` or `media`"),
        Field("cue", "span", "the word that introduces the source"),
    ),
    "counts": (
        *_OF_MENTION,
        Field("role", "string", "`killed`, `injured`, `arrested`, `abducted`, `released`, `missing`, `displaced`, `participants`, `attacks`"),
        Field("low", "int64", "the least"),
        Field("high", "int64", "the most; null where open"),
        Field("who", "string", "who is counted"),
        Field("approximate", "bool", "about so many"),
        Field("open", "bool", "at least so many"),
        Field("part_of", "int32", "place of the total that these are a part of"),
        Field("cumulative", "bool", "of a whole war or of years"),
        Field("update", "bool", "a toll said to have changed to this"),
    ),
    "outcomes": (
        Field("input_id", "string", "key; `i` and a hash of file and number"),
        Field("file", "string", "the file, by path or URL"),
        Field("number", "int64", "line, row or record there, from 1"),
        Field("key", "string", "the input's stable name"),
        Field("digest", "string", "SHA-256 of its bytes, hexadecimal; empty where there were none to read"),
        Field("document_id", "string", "the id of its article"),
        Field("article_id", "string", "the article it holds, null where it holds none"),
        Field("outcome", "string", "`read`, `no_events`, `rejected` or `failed`"),
        Field("reason", "string", "why it was rejected or failed"),
        Field("mentions", "int32", "how many mentions its article holds"),
    ),
}
_RANGES = tuple(
    Field(f"{role}_{side}", "int64", f"{'least' if side == 'low' else 'most'} {role} that is claimed") for role in FIGURES for side in ("low", "high")
)
STORY_TABLES: dict[str, tuple[Field, ...]] = {
    "copies": (
        Field("article_id", "string", "an article that repeats another"),
        Field("original", "string", "the one it repeats: the earliest of those alike"),
        Field("likeness", "double", "share of the wording in common (Jaccard index); null where both repeat a third and were not compared"),
    ),
    "events": (
        Field("event_id", "string", "key; `e` and the hash of its least mention"),
        Field("type", "string", "the type most mentions give"),
        Field("modes", "list<string>", "modes told of that type"),
        Field("status", "string", "`actual` where any says that it happened, else what most say"),
        Field("date_from", "date", "first day"),
        Field("date_to", "date", "last day"),
        Field("place", "string", "usual English name of the finest place most give"),
        Field("country", "string", "ISO 3166-1 alpha-3"),
        Field("admin1", "string", "first-level unit"),
        Field("lat", "double", "degrees north"),
        Field("lon", "double", "degrees east"),
        Field("precision", "string", "what the point stands for"),
        *(Field(n, "list<string>", f"{n.replace('_', ', their ')}, at most 12") for n in ("actors", "actor_codes", "recipients", "recipient_codes")),
        *_RANGES,
        Field("articles", "int32", "articles that tell it"),
        Field("voices", "int32", "those that do not repeat each other"),
        Field("denials", "int32", "mentions that deny it"),
        Field("confidence", "double", "of the surest mention, from the learned reader"),
    ),
    "members": (
        Field("mention_id", "string", "key; a mention"),
        Field("event_id", "string", "the event it tells"),
        Field("article_id", "string", "its article"),
    ),
}
KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",), "mentions": ("mention_id",), "sources": ("mention_id", "position"), "counts": ("mention_id", "position"),
    "outcomes": ("input_id",),
}  # fmt: skip
ABOUT = {
    "articles": "One row an article that was read.",
    "mentions": "One row a mention of an event, with its parts and their spans nested in it.",
    "sources": "One row a source that vouches for a mention, outermost first.",
    "counts": "One row a number told of a mention.",
    "outcomes": "One row an input, whatever became of it: n inputs, n rows.",
    "copies": "Written by `khabar batch-stories`: one row an article that repeats another.",
    "events": "Written by `khabar batch-stories`: one row an event, in the month of its first report.",
    "members": "Written by `khabar batch-stories`: one row a mention, beside its event.",
}
_PLAIN = {"string": "string", "int32": "int32", "int64": "int64", "double": "float64", "bool": "bool_", "date": "date32"}


@lru_cache(maxsize=8)
def arrow_schema(table: str) -> Any:
    """The pyarrow schema of a table; the meanings are the fields' metadata."""
    pa = arrow()
    return pa.schema([pa.field(f.name, _type(f.type), metadata={"about": f.about}) for f in (TABLES.get(table) or STORY_TABLES[table])])


def _type(name: str) -> Any:
    pa = arrow()
    if name.startswith("list<"):
        return pa.list_(pa.field("element", _type(name[5:-1])))
    if name == "timestamp":
        return pa.timestamp("ms", "UTC")
    if name in _PLAIN:
        return getattr(pa, _PLAIN[name])()
    return pa.struct([pa.field(f.name, _type(f.type)) for f in STRUCTS[name]])


def described() -> Iterator[str]:
    """The tables as lines of Markdown."""
    for table, fields in (*TABLES.items(), *STORY_TABLES.items()):
        yield from (f"## `{table}`", "", ABOUT[table], "", *_rows(fields), "")
    yield from ("## Nested parts", "")
    for name, fields in STRUCTS.items():
        yield from (f"### `{name}`", "", *_rows(fields), "")


def _rows(fields: tuple[Field, ...]) -> Iterator[str]:
    yield from ("| field | type | meaning |", "|---|---|---|")
    yield from (f"| `{f.name}` | {f.type} | {f.about} |" for f in fields)
