"""The record as JSON Schema, which ships beside this file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of a record, as text."""
    return (files("khabar.model") / "record.schema.json").read_text("utf-8")


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    schema: dict[str, Any] = json.loads(schema_text())
    return schema
