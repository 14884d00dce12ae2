"""From files, folders and streams to articles. Knows formats, encodings and limits; no Arabic beyond telling it from others and reading dates."""

from khabar.collect.columns import Columns
from khabar.collect.files import KINDS, Inputs, find_inputs
from khabar.collect.items import Hints, Item, Known, Options, Piece, unreadable
from khabar.collect.pieces import read_inputs, read_pieces
from khabar.collect.seeds import Entry, Sitemap, feed_entries, sitemap_entries, url_list

__all__ = [
    "KINDS", "Columns", "Entry", "Hints", "Inputs", "Item", "Known", "Options", "Piece", "Sitemap", "feed_entries", "find_inputs", "read_inputs", "read_pieces",
    "sitemap_entries", "unreadable", "url_list",
]  # fmt: skip
