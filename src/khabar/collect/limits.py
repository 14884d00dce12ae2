"""How much khabar takes in at once. More gets a named reason instead of a long wait."""

from __future__ import annotations

import re
from math import isqrt

from khabar.model import InputRejected

MAX_BYTES = 16 * 2**20  # of a file or line that is one article; the characters of the longest article read, and its page's markup, many times over
MAX_CHARACTERS = 100_000  # of an article; the longest of 3,478 sampled news articles has 31,560
MAX_UNPACKED = 64 * 2**20  # of a compressed file before its ratio is looked at
MAX_RATIO = 200  # unpacked to packed; news in JSONL packs 4 to 12 times, a file of zeros 1,000 times

LONG_TAG = 1_000  # characters from which a tag's attributes are counted
PAGE_ATTRIBUTES = 14_000  # of long tags, as the root of the sum of squares: a page with a tag of 20,000 is parsed in 0.8 s, one of 100,000 in 20 s
FEED_ATTRIBUTES = 2_000  # feedparser takes 27 s for a tag of 20,000
_TAG = re.compile(r"<[a-zA-Z]")
_PART = re.compile(r""""[^"]*"|'[^']*'|[\s/]+""")


def check_tags(markup: str, most: int) -> None:
    """Raise InputRejected with the reason where parsing the attributes of tags, which takes time with the square of their number, would take long."""
    squares = 0
    for stretch in markup.split(">"):
        if len(stretch) > LONG_TAG and (tag := _TAG.search(stretch)):
            squares += sum(1 for _ in _PART.finditer(stretch, tag.start())) ** 2
    if squares > most**2:
        raise InputRejected(f"markup with tags of {isqrt(squares):,} attributes; at most {most:,} are read")


def check_length(text: str) -> None:
    """Raise InputRejected with the reason where a text is longer than an article can be."""
    if len(text) > MAX_CHARACTERS:
        raise InputRejected(f"too long: {len(text):,} characters; at most {MAX_CHARACTERS:,} are read; split it where its parts begin")


def check_size(size: int) -> None:
    """Raise InputRejected with the reason where an article's file of `size` bytes is larger than is read."""
    if size > MAX_BYTES:
        raise InputRejected(f"too large: {size:,} bytes; a file of one article has at most {MAX_BYTES:,}; put many articles into JSONL, one a line")
