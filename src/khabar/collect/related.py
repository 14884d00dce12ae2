"""What stands about an article on its page and is no part of it: links to other articles, captions, bylines, buttons. Each is taken out of
the tree and, where it has a use of its own, given back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from khabar.arabic.fold import fold
from khabar.collect.dom import one_line, select

Links = tuple[tuple[str, str], ...]
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_RELATED = re.compile(
    r"(?:^|-)(?:related\w*|recommend\w*|suggest\w*|most-?(?:read|viewed|popular)|popular|trending|(?:read|see|watch)-?also|also-?(?:read|see)|read-?more"
    r"|more-?(?:news|stories|articles|from|topics|on)|latest|other-?(?:news|topics)|sidebar|similar\w*|relatedposts|internal-?links?|aside)(?:-|$)"
)
_FURNITURE = re.compile(
    r"(?:^|-)(?:shar(?:e|es|ing)|social\w*|addtoany|tags?|taglist|keywords|breadcrumbs?|newsletter|subscri\w*|comments?|disqus|advert\w*|ads?|cookies?|consent"
    r"|copyrights?|rating|print|toolbar|pagination|pager|author|byline|(?:post|entry|article|news)-?(?:date|meta|info|time)|meta|timestamp|publish(?:ed)?|date|time"
    r"|datetime|infos?|views?|counter|font-?size|follow\w*|hashtags?)(?:-|$)"
)
_LABEL = re.compile(
    r"(?:اقرا(?:وا)?\s+(?:ايضا|المزيد|كذلك)|(?:مواضيع|موضوعات|اخبار|مقالات|تقارير|محتوي|مواد|روابط)\s+(?:ذات\s+صله|متعلقه|مرتبطه|مشابهه|اخري)|ذات\s+صله"
    r"|(?:شاهد|شاهدوا|طالع|انظر|تابع)\s+ايضا|قد\s+(?:يعجبك|يهمك|يعجبكم|يهمكم)|المزيد\s+(?:من|حول|عن|في)|الاكثر\s+(?:قراءه|مشاهده|تداولا|شعبيه)"
    r"|(?:اخر|احدث)\s+(?:الاخبار|المقالات)|لقراءه\s+المزيد|للمزيد|ايضا\s*:|read\s+(?:also|more)|see\s+also|related)"
)
_SIGNS = re.compile(r"^\W+")
_HREF = re.compile(r"https?://", re.IGNORECASE)
_MENUS = "nav,header,footer,[role=navigation]"
LINKED = 0.6  # share of a block's text inside links from which it is taken for links with their label
LOOSE = 0.4  # the same where the block's own name says that it is
LABEL_LENGTH = 50  # characters of a label that stands alone
MAX_FURNITURE = 250  # characters of a byline or a row of buttons
MAX_CAPTION = 600
MAX_LINKS = 200
_LOOKED_AT = 20  # times a page's length of text is looked at in all; nested blocks are looked at once each


_ROOTED = ("/", "http://", "https://")  # beginnings of links that depend on a site, not on a page; its menus repeat on every page


class Pruner:
    """Takes parts out of a page's tree. What it looks at is counted, so that no nesting makes it slow: past the limit it leaves the rest."""

    def __init__(self, tree: Any, length: int, base: str | None) -> None:
        self._tree, self._base = tree, base or ""
        self._root = _root(self._base)
        self._left = _LOOKED_AT * length
        self._links: dict[str, str] = {}

    def links(self) -> Links:
        """Take out blocks, lists and lines of links to other articles; their text and address."""
        for element in self._named(_RELATED):
            if self._share(element) >= LOOSE and not self._holds_article(element):
                self._take(element)
        labelled = self._all("h2,h3,h4,h5,h6,p,div,section,strong,b,span,li,a") if self._has_labels() else ()
        for element in labelled:
            if self._left > 0 and (label := self._label(element)):
                self._take_labelled(element, label)
        for element in self._all("aside,p,ul,ol,figure,figcaption"):
            if self._only_links(element):
                self._take(element)
        return tuple((text, href) for href, text in list(self._links.items())[:MAX_LINKS])

    def captions(self) -> tuple[str, ...]:
        """Take out the captions of pictures; their text, each once."""
        found: dict[str, None] = {}
        for element in self._all('figcaption,[class*="caption"],[class*="Caption"]'):
            text = self._text(element)
            if 0 < len(text) <= MAX_CAPTION and not self._holds_article(element):
                found[text] = None
                element.remove()
        return tuple(found)

    def furniture(self) -> None:
        """Take out buttons, menus, and short blocks whose names say that they are bylines, dates, shares, tags. Lists of facts become numbered ones:
        resiliparse takes any other for a menu."""
        for element in self._all("button,[role=button],amp-social-share"):
            element.remove()
        for element in self._all("table,td,div,p,ul"):
            if self._is_menu(element):
                element.remove()
        for element in self._named(_FURNITURE):
            if len(self._text(element)) <= MAX_FURNITURE and not self._holds_article(element):
                element.remove()

        for element in self._all("ul"):
            if self._is_prose(element):
                numbered = self._tree.document.create_element("ol")
                numbered.append(*element.child_nodes.values())
                element.replace_with(numbered)

    def _is_menu(self, element: Any) -> bool:
        anchors = _anchors(element)
        return len(anchors) >= 3 and self._share(element, anchors) >= 0.7 and not self._holds_article(element)

    def _is_prose(self, element: Any) -> bool:
        entries = max(1, len(select(element, "li")))
        return len(self._text(element)) >= 25 * entries and self._share(element) < LOOSE and element.closest(f"aside,{_MENUS}") is None

    def _all(self, selector: str) -> list[Any]:
        return select(self._tree.document, selector)

    def _named(self, names: re.Pattern[str]) -> Iterator[Any]:
        """The elements whose class or id has one of the names."""
        for element in self._all("[class],[id]"):
            written = f"{element.getattr('class') or ''} {element.getattr('id') or ''}"[:300]
            if element.tag not in ("html", "body", "h1", "article", "main") and any(names.search(_hyphened(name)) for name in written.split()):
                yield element

    def _text(self, element: Any) -> str:
        if self._left <= 0:
            return ""
        raw = str(element.text or "")
        self._left -= len(raw) + 1
        return one_line(raw)

    def _share(self, element: Any, anchors: list[Any] | None = None) -> float:
        """The share of an element's text that stands inside links: its `anchors`, where they were looked for already."""
        whole = len(self._text(element))
        if not whole or element.tag == "a":
            return float(bool(whole))
        return sum(len(self._text(a)) for a in (_anchors(element) if anchors is None else anchors)) / whole

    def _holds_article(self, element: Any) -> bool:
        return element.query_selector("h1") is not None

    def _only_links(self, element: Any) -> bool:
        """Whether an element is a list of headlines, or a paragraph that is nothing but a link to one."""
        anchors = _anchors(element)
        if not anchors or element.closest(_MENUS) is not None or self._share(element, anchors) < (LINKED if element.tag == "aside" else 0.85):
            return False
        headlines = anchors[:MAX_LINKS]
        return sum(len(one_line(a.text)) for a in headlines) >= 15 * len(headlines) and not self._holds_article(element)

    def _has_labels(self) -> bool:
        """Whether the page holds the words of a label at all."""
        body = self._tree.body
        return body is not None and _LABEL.search(fold(one_line(str(body.text or "")))) is not None

    def _label(self, element: Any) -> str:
        """The element's text where it begins as a label of links does and is one, with or without its links; else nothing."""
        text = self._text(element)
        if not text or len(text) > 1_000 or not _begins_as_label(text[:60]):
            return ""
        return text if len(text) <= LABEL_LENGTH or self._share(element) >= LINKED else ""

    def _take_labelled(self, element: Any, label: str) -> None:
        """Take a label's links: those inside it, else the blocks of links that follow it."""
        anchors = [element] if element.tag == "a" else _anchors(element)
        if any(len(text := self._text(a)) > LABEL_LENGTH or (text and not _begins_as_label(text)) for a in anchors):
            self._take(element)
            return
        while (outer := element.parent_element) is not None and self._text(outer) == label:
            element = outer
        block = element.next_element_sibling
        taken = bool(anchors)
        while block is not None and self._share(block) >= LINKED:
            following = block.next_element_sibling
            self._take(block)
            taken, block = True, following
        if taken:
            element.remove()

    def _take(self, element: Any) -> None:
        anchors = [element] if element.tag == "a" else _anchors(element)[:MAX_LINKS]
        for anchor in anchors:
            text, href = one_line(anchor.text)[:300], self._address(str(anchor.getattr("href") or ""))
            if href and len(text) > len(self._links.get(href, "")):
                self._links[href] = text
        element.remove()

    def _address(self, href: str) -> str | None:
        href = href.strip()
        try:
            whole = _joined(self._root if href.startswith(_ROOTED) else self._base, href) if self._base else href
        except ValueError:
            return None
        return whole[:2_000] if _HREF.match(whole) or (not self._base and whole[:1] in "/.?" and len(whole) > 1) else None


def _anchors(element: Any) -> list[Any]:
    """The links inside an element."""
    return select(element, "a[href]")


def _begins_as_label(text: str) -> bool:
    return _LABEL.match(_SIGNS.sub("", fold(text))) is not None


def _root(base: str) -> str:
    """The root of an address's site, which is all of it that links from the root on depend on; the address where it has none."""
    try:
        return urljoin(base, "/") or base
    except ValueError:
        return base


@lru_cache(maxsize=20_000)
def _joined(base: str, href: str) -> str:
    return urljoin(base, href)


def _hyphened(name: str) -> str:
    return "-".join(word.lower() for word in _WORDS.findall(name))
