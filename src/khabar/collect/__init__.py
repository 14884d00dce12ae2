"""From files, folders and streams to articles. Knows formats, encodings and limits; no Arabic beyond telling it from other languages."""

from khabar.collect.files import KINDS, Inputs, find_inputs, read_inputs
from khabar.collect.items import Hints, Item, unreadable

__all__ = ["KINDS", "Hints", "Inputs", "Item", "find_inputs", "read_inputs", "unreadable"]
