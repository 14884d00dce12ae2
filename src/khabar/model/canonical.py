"""One way to write a value down, so that equal values have equal bytes and equal ids."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_day)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no spaces, days as ISO 8601, and Arabic as itself."""
    return _ENCODER.encode(value)


def content_id(value: Any, *, prefix: str = "") -> str:
    """`prefix` and the first 16 hexadecimal digits of the SHA-256 of the value's canonical JSON."""
    return prefix + hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
