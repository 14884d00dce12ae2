"""The view in a notebook."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from articles import articles
from khabar import Coder, Document
from khabar.collect import unreadable
from khabar.export.bidi import FSI, isolate, plain, width, wrap
from khabar.export.html import record_html

VOID = {"br"}


class Balanced(HTMLParser):
    """Fails where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("text", articles())
def test_the_article_is_shown_whole_with_whole_words(coder: Coder, text: str) -> None:
    view = coder.code(Document(text))._repr_html_()
    parser = Balanced()
    parser.feed(view)
    assert not parser.open
    shown = re.search(r'<div class="text" dir="rtl" lang="ar">(.*?)</div>', view, re.S)
    assert shown
    assert unescape(re.sub("<[^>]+>", "", shown[1])) == text
    for mark in re.finditer(r"(\S*)<mark[^>]*>(.*?)</mark>(\S*)", shown[1], re.S):
        assert mark[1] == mark[3] == "", f"a word is cut at {mark[0]}"


def test_nothing_is_loaded_from_outside(coder: Coder) -> None:
    view = coder.code(Document(articles()[-1]))._repr_html_()
    assert not re.search(r"https?:|src=|@import|url\(|<script|<link", view)


def test_hostile_text_is_escaped(coder: Coder) -> None:
    view = coder.code(Document("<script>alert(1)</script> قصف الجيش المدينة & قتل خمسة مدنيين", '"><img src=x>'))._repr_html_()
    assert "<script" not in view
    assert "<img" not in view


def test_records_without_text() -> None:
    assert "not JSON" in record_html(unreadable("a:1: not JSON", line=1))


def test_terminal_text() -> None:
    assert plain("قال\u202e\n\x1b[31mنعم\u200f") == "قال [31mنعم"
    assert isolate("قال").startswith(FSI)
    assert isolate("plain") == "plain"
    assert (width("قَالَ"), width("abc"), width("新聞")) == (3, 3, 4)
    assert wrap("قال الرئيس إن", 10) == ["قال الرئيس", "إن"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("新聞新聞", 4) == ["新聞", "新聞"]
