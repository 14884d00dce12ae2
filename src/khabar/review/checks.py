"""What a decision must be before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.model import InvalidValue, Mention
from khabar.model.parse import parse_mention

LONGEST_NAME, LONGEST_NOTE = 200, 10_000


def named(coder: str) -> str:
    """A coder's name, checked: one line of visible characters."""
    if not coder.strip() or len(coder) > LONGEST_NAME or not coder.isprintable():
        raise InvalidValue(f"coder {coder[:40]!r}: expected a name on one line of up to {LONGEST_NAME} characters")
    return coder


def noted(words: Any) -> str:
    """The words of a note, checked."""
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_NOTE:
        raise InvalidValue(f"note {str(words)[:40]!r}: expected words, up to {LONGEST_NOTE} characters")
    return words


def coded(value: Any, text: str) -> Mention:
    """A mention as a person coded it, every span of which must stand in the article's text."""
    fields = value.get("mention", value) if isinstance(value, Mapping) else value
    if not isinstance(fields, Mapping):
        raise InvalidValue(f"mention {str(value)[:60]!r}: expected the object that `khabar schema` describes")
    mention = parse_mention({"event": "e1", **fields})
    for span in mention.spans():
        if text[span.start : span.end] != span.text:
            raise InvalidValue(f"span {span.start}-{span.end} of {span.text!r}: the article has {text[span.start : span.end]!r} there")
    if not mention.trigger.text.strip():
        raise InvalidValue(f"trigger {mention.trigger.start}-{mention.trigger.end}: blank; expected the word that tells the act")
    return mention
