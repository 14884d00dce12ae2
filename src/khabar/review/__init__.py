"""Reviewing: what to look at next, decisions of people, batches for double coding, agreement, progress, lines to train on, and how two sides
tell the same days.

Decisions are rows beside what the machine read: signed, timed, never deleted, undone by a further one."""

from khabar.model.review import Batch, BatchProgress, CoderProgress, Dispute, Item, Progress, Reading
from khabar.review.agreement import Agreement, Alpha, Pairwise, agreement
from khabar.review.alpha import nominal_alpha
from khabar.review.assigning import adjudicate, adjudicate_agreed, assign, batch, batches, close, disputes
from khabar.review.compare import Comparison, Told, compare
from khabar.review.deciding import ANY, decide, history, readings, undo
from khabar.review.doubting import doubt, queue
from khabar.review.progress import progress
from khabar.review.training import training_lines
from khabar.store.errors import StaleDecision

__all__ = [
    "ANY", "Agreement", "Alpha", "Batch", "BatchProgress", "CoderProgress", "Comparison", "Dispute", "Item", "Pairwise", "Progress", "Reading",
    "StaleDecision", "Told", "adjudicate", "adjudicate_agreed", "agreement", "assign", "batch", "batches", "close", "compare", "decide", "disputes",
    "doubt", "history", "nominal_alpha", "progress", "queue", "readings", "training_lines", "undo",
]  # fmt: skip
