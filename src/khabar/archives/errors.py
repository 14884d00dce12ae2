"""What can go wrong with a batch, in words that say what to do."""

from __future__ import annotations

from khabar.model import KhabarError


class BatchError(KhabarError):
    """A batch cannot be planned, run or read."""
