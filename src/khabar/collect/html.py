"""The article inside a web page: headline, main text, and what the page says of its date and outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from khabar.collect.dates import only_day, stated_day, url_day, visible_day
from khabar.collect.decode import decode
from khabar.collect.dom import one_line, select
from khabar.collect.jsonld import Stated, read_jsonld
from khabar.collect.limits import PAGE_ATTRIBUTES, check_tags
from khabar.collect.related import Links, Pruner
from khabar.model import InputRejected

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BLOCK = re.compile(r"<(/?)(?:div|section|article|main|table|tbody|tr|td|ul|ol|li|dl|dd|blockquote|center|form|fieldset|nav|aside)\b", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CANONICAL = re.compile(
    rb"""<(?:link|meta)\b(?=[^>]{0,300}?(?:rel=["']?canonical|property=["']?og:url))[^>]{0,600}?(?:href|content)=["']?(https?://[^"'\s>]{1,2000})""",
    re.IGNORECASE,
)
MAIN_DEPTH = 500  # the search for the main text takes time with the square of the nesting: 0.03 s at 1,000, 2.3 s at 10,000
MAX_DEPTH = 12_000  # reading all text takes time with the square of the nesting of lists: 0.6 s at 10,000, 6 s at 40,000
MAX_PAGE = 8 * 2**20  # characters of markup; the slowest of 17 kinds of monotonous markup takes 3 s there
MAX_PRUNED = 10_000  # tags; of a page with more, related links are not told apart: on nested ones it takes time with the square
MIN_MAIN = 200  # characters; a shorter main text makes the whole page be taken
HEAD_LINES = 12  # lines above which a headline may stand again below labels and dates
DATELINE = 120  # characters; a date in a longer line is the text's, not the page's
PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datePublished", "publishdate", "publish-date", "pubdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "cXenseParse:recs:publishtime", "article:published", "published_time", "dcterms.issued", "DC.date.issued",
)  # fmt: skip
DATE_METAS = ("date", "DC.date", "dcterms.date", "dcterms.created", "article.published", "last-published")
_ANY_TAG = re.compile(r"<[a-zA-Z]")
_RIGHTS = re.compile(r"حقوق\s.{0,40}محفوظ|©|copyright|all rights reserved", re.IGNORECASE)
_DATED = ",".join(f'[class*="{part}"],[id*="{part}"]' for part in ("date", "Date", "time", "Time", "publish", "meta", "info", "تاريخ"))
_ELSEWHERE = "nav,footer,aside"  # a date there is not the article's
_HEAD_BYTES = 2**17  # bytes searched for a page's own address
_NOW = re.compile(r"today|now|current|clock|update|modif|weather", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; the fields it does not state are None. `text` begins with the headline; `basis` tells where the day was found: `meta`, `json-ld`,
    `time`, `url` or `dateline`. `links` are the related articles' text and address, `captions` those of pictures; neither is in the text."""

    text: str
    published: date | None
    outlet: str | None
    url: str | None
    title: str | None = None
    basis: str | None = None
    captions: tuple[str, ...] = ()
    links: Links = ()
    language: str | None = None


def looks_like_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return _PAGE.match(data[:4096]) is not None


def declared_charset(data: bytes) -> str | None:
    """The encoding a page's `<meta charset>` names."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def stated_url(data: bytes) -> str | None:
    """The address a page's bytes state as its own, found without parsing; None for a site's front page, which many articles state wrongly."""
    found = _CANONICAL.search(data[:_HEAD_BYTES])
    url = found[1].decode("utf-8", "replace").replace("&amp;", "&") if found else None
    return url if url and _is_article(url) else None


def _is_article(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query))


def host(url: str | None) -> str | None:
    """The host's name of a URL without `www.`, the outlet of pages that do not name theirs."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def read_html(data: bytes, url: str | None = None, charset: str | None = None) -> Page:
    """The article of a web page's bytes. `url` is where it was found, `charset` what its server said. Bytes that are no text, and pages too large or
    nested too deep to read, raise InputRejected."""
    source = decode(data, charset or declared_charset(data)).replace("\x00", "")
    nested = _check(source)
    prune = nested <= MAIN_DEPTH and len(_ANY_TAG.findall(source)) <= MAX_PRUNED
    page = _read(source, nested, url, prune=prune)
    if len(page.text) >= MIN_MAIN or not prune:
        return page
    whole = _read(source, nested, url, prune=False)
    return whole if len(whole.text) >= MIN_MAIN else page


def _check(source: str) -> int:
    """How deep a page is nested; InputRejected where it would take too long to read."""
    if len(source) > MAX_PAGE:
        raise InputRejected(f"HTML of {len(source):,} characters; at most {MAX_PAGE:,} are read")
    if (nested := depth(source)) > MAX_DEPTH:
        raise InputRejected(f"HTML nested {nested:,} deep; at most {MAX_DEPTH:,} are read")
    check_tags(source, PAGE_ATTRIBUTES)
    return nested


def _read(source: str, nested: int, url: str | None, *, prune: bool) -> Page:
    from resiliparse.parse.html import HTMLTree

    tree: Any = HTMLTree.parse(source)
    metas = _metas(tree)
    own = _own_url(tree, metas, url)
    scripts = [str(s.text or "") for s in select(tree.document, 'script[type="application/ld+json"]')]
    stated, pruner, headline = read_jsonld(scripts), Pruner(tree, len(source), url or own), _headline(tree, metas)
    links = pruner.links() if prune else ()
    dated = _published(tree, metas, stated, url or own)
    captions = pruner.captions() if prune else ()
    dated = dated if dated[0] else _dateline(tree, headline)
    if prune:
        pruner.furniture()
    text = _with_headline(headline, _main_text(tree, nested))
    language = _attribute(tree, "html", "lang")
    return Page(text, dated[0], metas.get("og:site_name") or stated.publisher, own, headline or None, dated[1], captions, links, language)


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
        made = extract_plain_text(tree, main_content=main, preserve_formatting=True, list_bullets=False, alt_texts=False, comments=False)
        return str(made).strip()

    main = extract(True) if nested <= MAIN_DEPTH else ""
    return main if len(main) >= MIN_MAIN else max(main, extract(False), key=len)


def _own_url(tree: Any, metas: dict[str, str], found_at: str | None) -> str | None:
    """Where the page was found, else the address it states as its own, unless that is a site's front page."""
    if found_at:
        return found_at
    stated = (_attribute(tree, 'link[rel="canonical"]', "href"), metas.get("og:url"))
    return next((url for url in stated if url and _is_article(url)), None)


def _metas(tree: Any) -> dict[str, str]:
    """What the page's `<meta>` elements say, the first of each name."""
    found: dict[str, str] = {}
    for element in select(tree.document, "meta"):
        content = one_line(str(element.getattr("content") or ""))
        for key in ("property", "name", "itemprop"):
            if content and (name := element.getattr(key)):
                found.setdefault(str(name), content)
    return found


def _headline(tree: Any, metas: dict[str, str]) -> str:
    """The page's headline: `og:title` without the outlet behind it, else the first `h1`, else the title."""
    title, shown = metas.get("og:title", ""), one_line(_text_of(tree, "h1"))
    if title and shown and title.startswith(shown):
        return shown
    return title or shown or one_line(str(tree.title or ""))


def _with_headline(headline: str, text: str) -> str:
    """`text` with the headline as its first line, taken out where it stands again in the first lines."""
    lines = text.split("\n")
    for i, line in enumerate(lines[:HEAD_LINES]):
        if headline and one_line(line) == headline:
            lines = lines[:i] + lines[i + 1 :]
            break
    body = "\n".join(_without_marks(lines)).strip()
    return "\n\n".join(part for part in (headline, body) if part)


def _without_marks(lines: list[str]) -> list[str]:
    """The lines without those above the first long one that say nothing but a day or a time, and without the last ones' copyright."""
    first = next((i for i, line in enumerate(lines) if len(line) > DATELINE), 0)
    last = len(lines) - HEAD_LINES
    kept = [line for i, line in enumerate(lines) if i < last or not (len(line) <= DATELINE and _RIGHTS.search(line))]
    return [line for i, line in enumerate(kept) if i >= min(first, HEAD_LINES) or not only_day(line)]


def _text_of(tree: Any, selector: str) -> str:
    found = tree.document.query_selector(selector)
    return str(found.text or "") if found is not None else ""


def _attribute(tree: Any, selector: str, name: str) -> str | None:
    found = tree.document.query_selector(selector)
    return str(found.getattr(name) or "") or None if found is not None else None


Dated = tuple[date | None, str | None]


def _published(tree: Any, metas: dict[str, str], stated: Stated, url: str | None) -> Dated:
    """The first day that reads as one, with its basis: of the metas and JSON-LD that name publication, of other metas, of the first `<time>`, of the URL."""
    found: list[tuple[str | None, str]] = [(metas.get(name), "meta") for name in PUBLISHED_METAS]
    found += [(stated.published, "json-ld"), *((metas.get(name), "meta") for name in DATE_METAS)]
    found += [(text, "time") for element in select(tree.document, "time")[:20] if _of_article(element) for text in _time(element)]
    day = next(((day, basis) for text, basis in found if text and (day := stated_day(text))), None)
    return day or ((of_url, "url") if (of_url := url_day(url or "")) else (None, None))


def _time(element: Any) -> tuple[str, str]:
    return str(element.getattr("datetime") or ""), one_line(element.text)[:DATELINE]


def _of_article(element: Any) -> bool:
    """Whether a date stands where an article's may: not in menus, sidebars and the site's own header, nor as today's date or the day of a change."""
    if _NOW.search(f"{element.getattr('class') or ''} {element.getattr('id') or ''} {element.getattr('itemprop') or ''}"):
        return False
    header = element.closest("header")
    in_site_header = header is not None and header.query_selector("h1") is None and header.closest("article,main") is None
    return element.closest(_ELSEWHERE) is None and not in_site_header


def _dateline(tree: Any, headline: str) -> Dated:
    """The day that stands for readers to see: in an element named for it, else in the short lines below the headline."""
    named = [_short_line(e) for e in select(tree.document, _DATED)[:100] if _of_article(e)]
    below = takewhile(bool, map(_short_line, _after_headline(tree)))
    for text in (*named, *below):
        if text and text != headline and (day := visible_day(text)):
            return day, "dateline"
    return None, None


def _after_headline(tree: Any) -> Iterator[Any]:
    """The first elements beside the headline, below it."""
    element = tree.document.query_selector("h1")
    for _ in range(HEAD_LINES):
        element = element and element.next_element_sibling
        if element is None:
            return
        yield element


def _short_line(element: Any) -> str:
    """An element's text where it is short enough for a dateline, else nothing."""
    raw = str(element.text or "")
    text = one_line(raw) if len(raw) <= 4 * DATELINE else ""
    return text if len(text) <= DATELINE else ""
