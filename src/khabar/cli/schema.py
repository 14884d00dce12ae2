"""`khabar schema`: the record as JSON Schema."""

from __future__ import annotations

import argparse
import sys

from khabar.model.schema import schema_text


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    sys.stdout.write(schema_text())
    return 0
