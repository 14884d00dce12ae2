"""Records from files, checked so far as scoring needs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from khabar.model import InvalidValue

Fields = dict[str, Any]
ROLES = ("actors", "recipients", "places", "sources")


def load_records(path: str | Path) -> dict[str, Fields]:
    """The records by id of a .json file, a folder of these, or a JSONL file. A line that could not be read (id null) has no document to
    score and is left out. What is no record, or an id that stands twice, raises InvalidValue."""
    found: dict[str, Fields] = {}
    for where, text in _texts(Path(path)):
        record = _parsed(where, text)
        if record.get("id") is None:
            continue
        if record["id"] in found:
            raise InvalidValue(f"{where}: two records with id {record['id']!r}")
        found[record["id"]] = {**record, "mentions": record.get("mentions") or []}
    return found


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """The JSON texts of a path, each with where it stands."""
    try:
        if path.is_dir():
            yield from ((str(p), p.read_text("utf-8")) for p in sorted(path.glob("*.json")))
        elif path.suffix == ".json":
            yield str(path), path.read_text("utf-8")
        else:
            with open(path, encoding="utf-8") as lines:
                yield from ((f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"{path}: {getattr(error, 'strerror', None) or error}; expected records in UTF-8") from None


def _parsed(where: str, text: str) -> Fields:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise InvalidValue(f"{where}: not JSON: {error}") from None
    if not isinstance(record, dict):
        raise InvalidValue(f"{where}: {type(record).__name__}; expected a record, an object with id and mentions")
    return record


def spans_of(mention: Fields) -> Iterator[Fields]:
    """Every span of a mention, as objects with start and end."""
    yield mention["trigger"]
    for field in (*ROLES, "counts"):
        for member in mention.get(field) or []:
            yield member
            if member.get("cue"):
                yield member["cue"]
    if mention.get("time"):
        yield mention["time"]["span"]


def verify(document_id: str, text: str, record: Fields) -> None:
    """Raise InvalidValue where a record is of another text than `text` or a span is not what stands there."""
    if record.get("text") is not None and record["text"] != text:
        raise InvalidValue(f"{document_id}: the predicted record's text is not the gold text")
    for mention in record["mentions"]:
        for span in spans_of(mention):
            if "text" in span and text[span["start"] : span["end"]] != span["text"]:
                raise InvalidValue(f"{document_id}: {span['text']!r} does not stand at {span['start']}-{span['end']}")
