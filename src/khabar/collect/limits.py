"""How much khabar takes in at once. More gets a named reason instead of a long wait."""

from __future__ import annotations

import re

from khabar.model import InputRejected

MAX_BYTES = 16 * 2**20  # of a file or line that is one article; the characters of the longest article read, and its page's markup, many times over
MAX_CHARACTERS = 100_000  # of an article; the longest of 3,478 sampled news articles has 31,560
MAX_UNPACKED = 64 * 2**20  # of a compressed file before its ratio is looked at
MAX_RATIO = 200  # unpacked to packed; news in JSONL packs 4 to 12 times, a file of zeros 1,000 times

MAX_TAG = 4_000  # characters of a tag outside quotes; parsing takes time with the square of its attributes: 0.8 s for HTML at 20,000 of them, 27 s for feeds
_TAG = re.compile(r"<[a-zA-Z][^>]{4000,}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")


def check_tags(markup: str) -> None:
    """Raise InputRejected with the reason where a tag has more attributes than any page's."""
    longest = max((len(_QUOTED.sub("", m[0])) for m in _TAG.finditer(markup)), default=0)
    if longest > MAX_TAG:
        raise InputRejected(f"markup with a tag of {longest:,} characters outside quotes; at most {MAX_TAG:,} are read")


def check_length(text: str) -> None:
    """Raise InputRejected with the reason where a text is longer than an article can be."""
    if len(text) > MAX_CHARACTERS:
        raise InputRejected(f"too long: {len(text):,} characters; at most {MAX_CHARACTERS:,} are read; split it where its parts begin")


def check_size(size: int) -> None:
    """Raise InputRejected with the reason where an article's file of `size` bytes is larger than is read."""
    if size > MAX_BYTES:
        raise InputRejected(f"too large: {size:,} bytes; a file of one article has at most {MAX_BYTES:,}; put many articles into JSONL, one a line")
