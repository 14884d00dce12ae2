"""What is asked of a page's tree."""

from __future__ import annotations

from typing import Any


def select(node: Any, selector: str) -> list[Any]:
    """The elements below a node that a CSS selector names. resiliparse's own lists must not be iterated: each step makes all their elements anew, 4 s for
    1,000 of them."""
    found: list[Any] = node.query_selector_all(selector).values()
    return found


def one_line(text: str | None) -> str:
    """The text with single spaces."""
    return " ".join((text or "").split())
