"""Twelve kinds of pages: the body and nothing else, with captions, related links, day and outlet beside it."""

from __future__ import annotations

import pytest
from sites import SITES, TITLE, Site

from khabar.collect import Hints
from khabar.collect.html import Page, read_html
from khabar.collect.page import page_piece

NAMES = [site.name for site in SITES]


def read(site: Site) -> Page:
    return read_html(site.html.encode(site.encoding))


@pytest.mark.parametrize("site", SITES, ids=NAMES)
def test_the_text_is_headline_and_body_and_nothing_else(site: Site) -> None:
    assert [line.strip() for line in read(site).text.split("\n") if line.strip()] == [TITLE, *site.body]


@pytest.mark.parametrize("site", SITES, ids=NAMES)
def test_captions_and_links_stand_beside_it(site: Site) -> None:
    found = read(site)
    assert found.captions == site.captions
    assert {text for text, _ in found.links} == set(site.links)


@pytest.mark.parametrize("site", SITES, ids=NAMES)
def test_day_outlet_and_language(site: Site) -> None:
    found = read(site)
    piece = page_piece(site.html.encode(site.encoding), "key", "digest", "name", None, Hints())
    assert (found.published, found.basis, found.language, found.title) == (site.published, site.basis, site.language, TITLE)
    assert (piece.item.outlet, piece.basis) == (site.outlet, site.basis)
