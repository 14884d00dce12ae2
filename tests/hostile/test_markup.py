"""Pages made to be slow or to break their reader: a page or a reason, and soon."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import SHELLING
from khabar.collect.html import read_html, stated_url
from khabar.collect.limits import PAGE_ATTRIBUTES
from khabar.model import InputRejected

LIMIT_S = 5.0
COUNT = 20_000
PRUNED = 6_000  # with the rest of the page, under the limit up to which related links are told apart
OPEN = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>عنوان</h1><p>{SHELLING}</p>'
UNITS = {
    "bold": "<b>",
    "links": "<a>x",
    "linked": '<a href="/x">خبر عن شيء ما هنا</a>',
    "paragraphs": "<p>x",
    "bold paragraphs": "<b><p>x",
    "fonts": "<font color=red>x",
    "lists": "<ul><li>x",
    "tables": "<table>x",
    "cells": "<table><tr><td>x",
    "related": '<div class="related">',
    "related shut": '<div class="related"><a href="/x">خبر آخر</a></div>',
    "asides": "<aside>x",
    "labels": "<p>اقرأ أيضا</p>",
    "label spans": "<span>اقرأ أيضا",
    "captions": "<figcaption>x",
    "dates": '<div class="date">1',
    "times": "<time>10",
    "metas": '<meta name="a" content="b">',
    "scripts": '<script type="application/ld+json">{"a":',
    "comments": "<!--",
    "brackets": "<",
    "ends": "</b></p>",
    "selects": "<select><option>",
    "svg": "<svg><g>",
    "math": "<math><mi>",
    "templates": "<template>",
    "entities": "&amp;&#x41;&#99999999;",
    "quotes": '<a title="',
    "nuls": "\x00",
    "frames": "<iframe src=file:///etc/passwd></iframe>",
}


@pytest.mark.parametrize("count", [PRUNED, COUNT])
@pytest.mark.parametrize("name", UNITS)
def test_monotonous_markup(name: str, count: int) -> None:
    begin = time.perf_counter()
    with suppress(InputRejected):
        assert read_html((OPEN + UNITS[name] * count).encode()).text
    assert time.perf_counter() - begin < LIMIT_S


@pytest.mark.parametrize("attribute", ["a{}=1 ", "a{}='1'", "a{}/", 'a{}="<" '])
def test_many_attributes(attribute: str) -> None:
    with pytest.raises(InputRejected, match=f"at most {PAGE_ATTRIBUTES:,}"):
        read_html((OPEN + "<p " + "".join(attribute.format(i) for i in range(COUNT)) + ">").encode())


def test_many_tags_of_many_attributes() -> None:
    begin = time.perf_counter()
    tag = "<p " + " ".join(f"a{i}" for i in range(1_000)) + ">"
    with suppress(InputRejected):
        read_html((OPEN + tag * 1_000).encode())
    assert time.perf_counter() - begin < LIMIT_S


@pytest.mark.parametrize(
    "part", [f'<img src="data:image/png;base64,{"A/" * 500_000}">', "<script>" + "if(a<b&&c<d){e=f/g;h='<p ';}" * 5_000 + "</script>", "قتل " * 3_000]
)
def test_long_parts_of_honest_pages(part: str) -> None:
    assert "المرصد" in read_html((OPEN + part).encode()).text


@pytest.mark.parametrize("unit", ["<a", "<!DOCTYPE ", "<link rel=", "<!--<a>", "<script", '<p title="', "<?xml", "&#", "10 يناير "])
def test_markup_that_regular_expressions_could_get_lost_in(unit: str) -> None:
    begin = time.perf_counter()
    for text in (unit * 300_000, (unit * 400 + ">") * 500, "<p " + unit * 300_000 + ">"):
        with suppress(InputRejected):
            read_html((OPEN + text).encode())
            stated_url(text.encode())
    assert time.perf_counter() - begin < 3 * LIMIT_S


def test_json_that_is_nested_deep() -> None:
    script = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert "المرصد" in read_html((OPEN + script).encode()).text


@given(st.lists(st.sampled_from([*UNITS.values(), "</div>", "</a>", "</ul>", "</figcaption>", SHELLING[:40]]), max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_mixture(parts: list[str]) -> None:
    with suppress(InputRejected):
        assert read_html((OPEN + "".join(parts)).encode()).text
