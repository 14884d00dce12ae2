"""The article inside a page."""

from __future__ import annotations

from datetime import date

import pytest

from articles import SHELLING
from khabar.collect.html import MAX_DEPTH, depth, looks_like_html, read_html
from khabar.model import InputRejected

HEADLINE, _, BODY = SHELLING.strip().partition("\n\n")
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY.split("\n\n"))
META = '<meta property="og:site_name" content="صحيفة الغد"><meta property="article:published_time" content="2020-01-12T08:00:00+02:00">'


def page(head: str = "", body: str = PARAGRAPHS, headline: str = f"<h1>{HEADLINE}</h1>") -> str:
    inside = f"<nav><a href='/'>الرئيسية</a></nav><article>{headline}{body}</article><footer>حقوق النشر</footer>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>"


def test_headline_text_date_and_outlet() -> None:
    found = read_html(page(META + f"<title>{HEADLINE} | الغد</title>").encode())
    assert found.text.split("\n\n") == SHELLING.strip().split("\n\n")
    assert (found.published, found.outlet) == (date(2020, 1, 12), "صحيفة الغد")


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:title" content="{HEADLINE}">',
        f'<meta property="og:title" content="{HEADLINE} - صحيفة الغد">',
        f"<title>{HEADLINE}</title>",
        "<title>الغد</title>",
    ],
)
def test_the_headline_stands_once(head: str) -> None:
    text = read_html(page(head).encode()).text
    assert text.startswith(HEADLINE + "\n\n")
    assert text.count(HEADLINE) == 1


def test_without_h1_the_title_is_taken() -> None:
    assert read_html(page("<title>عنوان آخر</title>", headline="").encode()).text.startswith("عنوان آخر\n\nقال المرصد")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2020-01-12">', '<meta itemprop="datePublished" content="2020-01-12 10:00:00">',
        '<script type="application/ld+json">{"datePublished": "2020-01-12T08:00:00Z"}</script>',
        '<meta name="date" content="الأحد"><meta name="pubdate" content="2020-01-12">',
    ],
)  # fmt: skip
def test_dates(head: str) -> None:
    assert read_html(page(head).encode()).published == date(2020, 1, 12)


def test_no_date_is_none() -> None:
    found = read_html(page().encode())
    assert (found.published, found.outlet, found.url) == (None, None, None)


@pytest.mark.parametrize(("declared", "used"), [("utf-8", "cp1256"), ("windows-1256", "utf-8"), ("windows-1256", "cp1256"), ("iso-8859-1", "cp1256")])
def test_wrongly_declared_encodings(declared: str, used: str) -> None:
    assert read_html(page(f'<meta charset="{declared}">').encode(used)).text.startswith(HEADLINE + "\n\nقال المرصد")


def test_nested_deep() -> None:
    deep = page(body="<div>" * 10_000 + PARAGRAPHS)
    assert depth(deep) == 10_001
    assert "الطيران الروسي" in read_html(deep.encode()).text
    with pytest.raises(InputRejected, match="nested"):
        read_html(("<div>" * (MAX_DEPTH + 1)).encode())


@pytest.mark.parametrize("data", [b"<!doctype html><p>", b"\xef\xbb\xbf\n<html lang=ar>", b"<?xml version='1.0'?><!-- x --><html>"])
def test_sniffing(data: bytes) -> None:
    assert looks_like_html(data)


def test_texts_are_no_pages() -> None:
    assert not looks_like_html(SHELLING.encode())
    assert not looks_like_html(b"<b>x</b>")


@pytest.mark.parametrize("data", [b"<html>", b"<html><body></body>", b"<", b"<html><body><!--", "<html><head><title>قصف".encode(), b"<html>\x00\x00"])
def test_scraps_do_not_fail(data: bytes) -> None:
    read_html(data)
