"""One way to write a value down, so that equal values have equal bytes and equal ids."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no spaces, and Arabic as itself."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_id(value: Any, *, prefix: str = "") -> str:
    """`prefix` and the first 16 hexadecimal digits of the SHA-256 of the value's canonical JSON."""
    return prefix + hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
