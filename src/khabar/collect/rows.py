"""An article from the named fields of a line of JSON or a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from khabar.collect.columns import Columns, places
from khabar.collect.dates import stated_day
from khabar.collect.items import Hints, Item, Piece, Raw, basis_of, unreadable
from khabar.model import Document, InvalidValue, Outcome, Record


def row(fields: Mapping[str, Any], digest: str, place: str, where: str, number: int, columns: Columns, hints: Hints, media_type: str) -> Raw:
    """The input that a row's fields are. `place` names its row where it has neither URL nor id, `where` begins its reasons."""
    named = {part: fields.get(head) if head else None for part, head in places(columns, fields).items()}
    url, given = named["url"], named["id"]
    key = next((str(v).strip() for v in (url, given) if isinstance(v, str | int) and not isinstance(v, bool) and str(v).strip()), place)

    def make() -> Piece:
        item = article(named, fields, columns, where, number, hints)
        title = named["title"] if isinstance(named["title"], str) else None
        return Piece(key, digest, item, media_type, " ".join((title or "").split()) or None, basis=basis_of(named["published"], hints))

    return Raw(key, digest, make, media_type, None if given is None else str(given), number)


def article(named: Mapping[str, Any], fields: Mapping[str, Any], columns: Columns, where: str, number: int, hints: Hints) -> Item:
    """The article that a row describes, or the record that says what is wrong with it."""
    text, given = named["text"], named["id"]
    if not isinstance(text, str):
        name = places(columns, fields)["text"] or "text"
        seen = f"no `{name}`" if text is None else f"`{name}` {str(text)[:40]!r}"
        return unreadable(f"{where}{seen}; expected the article's text" + (f" (id {given!r})" if given else ""), line=number)
    if given is not None and (not isinstance(given, str | int) or isinstance(given, bool)):
        return unreadable(f"{where}`id` {str(given)[:40]!r}; expected text", line=number)
    try:
        outlet, url, title = (_text(named, part) for part in ("outlet", "url", "title"))
        published = _day(named["published"])
    except InvalidValue as fault:
        broken = Document(text, str(given or ""))
        return Record(broken.id, None, None, broken.text, Outcome("failed", f"{where}{fault}"), line=number)
    return Document(with_title(text, title), "" if given is None else str(given), published or hints.published, outlet or hints.outlet, url)


def _text(named: Mapping[str, Any], part: str) -> str | None:
    value = named[part]
    if value is not None and not isinstance(value, str):
        raise InvalidValue(f"`{part}` {str(value)[:40]!r}; expected text")
    return (value or "").strip() or None


def _day(stated: Any) -> date | None:
    if stated is None or stated == "" or isinstance(stated, date):
        return stated.date() if isinstance(stated, datetime) else stated or None
    if not isinstance(stated, str):
        raise InvalidValue(f"`published` {str(stated)[:40]!r}; expected a day such as '2020-01-10'")
    if (day := stated_day(stated)) is None:
        raise InvalidValue(f"date {stated[:40]!r}: expected a day such as 2020-01-10")
    return day


def with_title(text: str, title: str | None) -> str:
    """The article's text with its title as first line, unless the text begins with it."""
    line = " ".join((title or "").split())
    if not line or " ".join(text[: 4 * len(line) + 100].split()).startswith(line):
        return text
    return f"{line}\n{text}"
