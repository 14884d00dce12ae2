"""Which column of a table, or key of a JSON object, holds what of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from khabar.arabic.fold import fold
from khabar.model import InvalidValue

NAMES = {
    "text": "text body content article article_text full_text fulltext main_text article_body النص نص نص_الخبر نص_المقال المتن المحتوى الخبر",
    "title": "title headline heading العنوان عنوان عنوان_الخبر",
    "url": "url link href uri الرابط رابط",
    "published": "published date publication_date published_at published_date date_published datepublished publish_date pub_date pubdate datetime التاريخ "
    "تاريخ تاريخ_النشر",
    "outlet": "outlet source publisher source_name newspaper site_name المصدر الصحيفة الجريدة الموقع",
    "id": "id article_id doc_id document_id uid uuid guid المعرف رقم_الخبر",
}


def _plain(name: str) -> str:
    return "_".join(fold(name).replace("-", " ").replace("_", " ").split())


_RECOGNISED = {field: tuple(map(_plain, names.split())) for field, names in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one's own that hold an article's parts; where None, the column is recognised by its name."""

    text: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    id: str | None = None

    @classmethod
    def parse(cls, given: Iterable[str]) -> Columns:
        """Columns from `part=name` pairs, such as text=body; anything else raises InvalidValue."""
        known = [f.name for f in fields(cls)]
        found: dict[str, str] = {}
        for pair in given:
            part, equals, name = pair.partition("=")
            if part not in known or not equals or not name:
                raise InvalidValue(f"column {pair!r}: expected PART=NAME with one of the parts {', '.join(known)}")
            found[part] = name
        return cls(**found)


@lru_cache(maxsize=1_000)
def _places(columns: Columns, heads: tuple[str, ...]) -> tuple[tuple[str, str | None], ...]:
    plain: dict[str, str] = {}
    for head in heads:
        plain.setdefault(_plain(head), head)
    given = {part: getattr(columns, part) for part in NAMES}
    return tuple((part, given[part] or next((plain[name] for name in _RECOGNISED[part] if name in plain), None)) for part in NAMES)


def places(columns: Columns, heads: Iterable[str]) -> Mapping[str, str | None]:
    """The head of each part's column among `heads`; None for parts that have none."""
    return dict(_places(columns, tuple(heads)))


def missing(columns: Columns, heads: Iterable[str]) -> str | None:
    """What is wrong with the heads of a table: a column asked for is not there, or none holds the text."""
    heads = tuple(heads)
    seen = ", ".join(repr(h[:40]) for h in heads[:20]) or "none"
    for part in NAMES:
        if (name := getattr(columns, part)) and name not in heads:
            return f"no column {name!r} for the {part}; the columns are {seen}"
    if places(columns, heads)["text"] is None:
        return f"no column of texts; the columns are {seen}; name it with text=NAME"
    return None
