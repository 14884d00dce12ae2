"""Full-text search over folded words, in SQLite's FTS5 and in PostgreSQL's text vectors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, text

from khabar.arabic.search import asked, words
from khabar.model import InvalidValue

_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_MAX_POSITION = 16383  # of a word in a PostgreSQL text vector

Term = tuple[bool, bool, tuple[tuple[str, ...], ...]]
"""Whether it must be absent, whether it is a phrase, and for each word the forms it stands for."""


def terms(question: str) -> list[Term]:
    """What a question asks for: words, of which all must occur in any spelling and with any proclitics; `"..."` for words in this order;
    `-` before what must not occur."""
    out: list[Term] = []
    for minus, phrase, word in _PART.findall(question):
        found = words(phrase or word)
        if phrase:
            out.append((bool(minus), True, tuple((w,) for w in found)))
        else:
            out += [(bool(minus), False, (asked(w),)) for w in found]
    out = [t for t in out if t[2]]
    if all(absent for absent, _, _ in out):
        raise InvalidValue(f"question {question!r}: expected at least one word to find")
    return out


def index_article(connection: Connection, number: int, found: Sequence[str], keys: Collection[str]) -> None:
    """Make an article findable by its words."""
    if connection.dialect.name == "sqlite":
        values = {"n": number, "w": " ".join(found), "k": " ".join(sorted(keys))}
        connection.execute(text("INSERT INTO search(rowid, words, keys) VALUES (:n, :w, :k)"), values)
    else:
        at: dict[str, list[int]] = {}
        for i, w in enumerate(found[:_MAX_POSITION], 1):
            at.setdefault(w, []).append(i)
        vector = " ".join(f"'{w}':{','.join(map(str, places[:255]))}" for w, places in at.items())
        values = {"n": number, "w": vector, "k": " ".join(f"'{k}'" for k in sorted(keys))}
        connection.execute(text("INSERT INTO search(number, words, keys) VALUES (:n, CAST(:w AS tsvector), CAST(:k AS tsvector))"), values)


def condition(dialect: str, question: str) -> tuple[str, str]:
    """SQL for the numbers of the articles that answer a question, with the parameter `:question`, and its value."""
    parts = terms(question)
    if dialect == "sqlite":
        return "SELECT rowid FROM search WHERE search MATCH :question", _fts5(parts)
    keys, phrases = _tsquery(parts, False), _tsquery(parts, True)
    both = [f"{column} @@ CAST('{query}' AS tsquery)" for column, query in (("keys", keys), ("words", phrases)) if query]
    return f"SELECT number FROM search WHERE {' AND '.join(both)} AND :question <> ''", "x"


def _fts5(parts: Iterable[Term]) -> str:
    """FTS5's query language: `keys` for words, `words` for phrases."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for absent, phrase, forms in parts:
        query = f'words : "{" ".join(f[0] for f in forms)}"' if phrase else "keys : (" + " OR ".join(f'"{f}"' for f in forms[0]) + ")"
        (unwanted if absent else wanted).append(query)
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _tsquery(parts: Iterable[Term], phrases: bool) -> str:
    """PostgreSQL's query language; words hold letters and digits only, so that quoting is safe."""
    out = []
    for absent, phrase, forms in parts:
        if phrase == phrases:
            query = " <-> ".join(f"'{f[0]}'" for f in forms) if phrase else " | ".join(f"'{f}'" for f in forms[0])
            out.append(f"{'!' if absent else ''}({query})")
    return " & ".join(out).replace("'", "''")
