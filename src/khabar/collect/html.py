"""The article inside a web page: headline, main text, and what the page says of its date and outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from khabar.collect.decode import decode
from khabar.model import InputRejected, InvalidValue, parse_day

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BLOCK = re.compile(r"<(/?)(?:div|section|article|main|table|tbody|tr|td|ul|ol|li|dl|dd|blockquote|center|form|fieldset|nav|aside)\b", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
MAIN_DEPTH = 500  # the search for the main text takes time with the square of the nesting: 0.03 s at 1,000, 2.3 s at 10,000
MAX_DEPTH = 100_000  # parsing and reading all text take 0.2 s there
MIN_MAIN = 200  # characters; a shorter main text makes the whole page be taken
HEAD_LINES = 12  # lines above which a headline may stand again below labels and dates
DATE_METAS = (
    "article:published_time", "og:article:published_time", "datePublished", "publishdate", "publish-date", "pubdate", "publication_date",
    "date", "DC.date.issued", "DC.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "cXenseParse:recs:publishtime",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; the fields it does not state are None."""

    text: str
    published: date | None
    outlet: str | None
    url: str | None


def looks_like_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return _PAGE.match(data[:4096]) is not None


def declared_charset(data: bytes) -> str | None:
    """The encoding a page's `<meta charset>` names."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def read_html(data: bytes) -> Page:
    """The article of a web page's bytes; bytes that are no text, and pages nested too deep to read, raise InputRejected."""
    from resiliparse.parse.html import HTMLTree

    source = decode(data, declared_charset(data)).replace("\x00", "")
    nested = depth(source)
    if nested > MAX_DEPTH:
        raise InputRejected(f"HTML nested {nested:,} deep; at most {MAX_DEPTH:,} are read")
    tree = HTMLTree.parse(source)
    metas = _metas(tree)
    text = _with_headline(_headline(tree, metas), _main_text(tree, nested))
    return Page(text, _published(tree, metas, source), metas.get("og:site_name"), _attribute(tree, 'link[rel="canonical"]', "href") or metas.get("og:url"))


def depth(source: str) -> int:
    """How deep block elements are nested, counted from the tags."""
    deepest = now = 0
    for m in _BLOCK.finditer(source):
        now = max(0, now - 1) if m[1] else now + 1
        deepest = max(deepest, now)
    return deepest


def _main_text(tree: Any, nested: int) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    def extract(main: bool) -> str:
        return str(extract_plain_text(tree, main_content=main, preserve_formatting=True, list_bullets=False, alt_texts=False)).strip()

    main = extract(True) if nested <= MAIN_DEPTH else ""
    return main if len(main) >= MIN_MAIN else max(main, extract(False), key=len)


def _metas(tree: Any) -> dict[str, str]:
    """What the page's `<meta>` elements say, the first of each name."""
    found: dict[str, str] = {}
    for element in tree.document.query_selector_all("meta"):
        content = _one_line(str(element.getattr("content") or ""))
        for key in ("property", "name", "itemprop"):
            if content and (name := element.getattr(key)):
                found.setdefault(str(name), content)
    return found


def _headline(tree: Any, metas: dict[str, str]) -> str:
    """The page's headline: `og:title` without the outlet behind it, else the first `h1`, else the title."""
    title, shown = metas.get("og:title", ""), _one_line(_text_of(tree, "h1"))
    if title and shown and title.startswith(shown):
        return shown
    return title or shown or _one_line(str(tree.title or ""))


def _with_headline(headline: str, text: str) -> str:
    """`text` with the headline as its first line, taken out where it stands again in the first lines."""
    lines = text.split("\n")
    for i, line in enumerate(lines[:HEAD_LINES]):
        if headline and _one_line(line) == headline:
            lines = lines[:i] + lines[i + 1 :]
            break
    body = "\n".join(lines).strip()
    return "\n\n".join(part for part in (headline, body) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text_of(tree: Any, selector: str) -> str:
    found = tree.document.query_selector(selector)
    return str(found.text or "") if found is not None else ""


def _attribute(tree: Any, selector: str, name: str) -> str | None:
    found = tree.document.query_selector(selector)
    return str(found.getattr(name) or "") or None if found is not None else None


def _published(tree: Any, metas: dict[str, str], source: str) -> date | None:
    """The first day that reads as one: of the metas, of the page's JSON-LD, of its first `<time>`."""
    stated = [metas.get(name) for name in DATE_METAS]
    stated += [m[1] if (m := _JSON_DATE.search(source)) else None, _attribute(tree, "time[datetime]", "datetime")]
    return next((day for text in stated if text and (day := _day(text))), None)


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except InvalidValue:
        return None
