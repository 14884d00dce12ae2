"""khabar reads Arabic political news and writes down who did what to whom, where, when, how many, and who says so.

>>> from khabar import Coder, Document
>>> record = Coder().code(Document(text="...", published="2020-01-10"))
"""

from typing import TYPE_CHECKING

from khabar.batch import code_all
from khabar.collect import Columns, Hints, Known, Options, Piece, find_inputs, read_inputs, read_pieces
from khabar.engines import DEFAULT as DEFAULT_ENGINE
from khabar.engines import NAMES as ENGINES
from khabar.engines.own import OwnTables
from khabar.export.formats import FORMATS
from khabar.model import (
    Confidence,
    Count,
    Document,
    InvalidValue,
    KhabarError,
    LexiconFault,
    Location,
    Mention,
    Outcome,
    Participant,
    Place,
    Record,
    Source,
    Span,
    Time,
    parse_day,
)
from khabar.model.ontology import SOURCE_KINDS, STATUSES, TYPES
from khabar.model.ontology import VALUE_KINDS as KINDS
from khabar.model.rows import DECISION_KINDS as KINDS_OF_DECISION
from khabar.model.rows import ClaimRow, Decision, EventRow
from khabar.model.schema import record_schema
from khabar.pipeline import Coder

if TYPE_CHECKING:
    from khabar import stats
    from khabar.archives import BatchError, join_batch, run_batch
    from khabar.archives import Settings as BatchSettings
    from khabar.dataset import collect as collect_into
    from khabar.dataset import collect_batch, compare_runs, export_store, known, mirror_store, open_store, recode
    from khabar.dataset import join as join_stories
    from khabar.dataset import why_joined as why_joined_pair
    from khabar.export.exports import import_store
    from khabar.export.job import Report as ExportReport
    from khabar.frames import events_arrow, events_frame
    from khabar.resolver import Found, Resolver
    from khabar.store import EventFilter, Store, StoreError
    from khabar.stories.ledger import RULES, Ledger, ledger

__version__ = "0.1.0"
__all__ = [
    "DEFAULT_ENGINE", "ENGINES", "FORMATS", "KINDS", "KINDS_OF_DECISION", "RULES", "SOURCE_KINDS", "STATUSES", "TYPES", "BatchError", "BatchSettings",
    "ClaimRow", "Coder", "Columns", "Confidence", "Count", "Decision", "Document", "EventFilter", "EventRow", "ExportReport", "Found", "Hints",
    "InvalidValue", "KhabarError", "Known", "Ledger", "LexiconFault", "Location", "Mention", "Options", "Outcome", "OwnTables", "Participant", "Piece",
    "Place", "Record", "Resolver", "Source", "Span", "Store", "StoreError", "Time", "__version__", "code_all", "collect_batch", "collect_into",
    "compare_runs", "events_arrow", "events_frame", "export_store", "find_inputs", "import_store", "join_batch", "join_stories", "known", "ledger",
    "mirror_store", "open_store", "parse_day", "read_inputs", "read_pieces", "recode", "record_schema", "run_batch", "stats", "why_joined_pair",
]  # fmt: skip

_LATER = {
    "import_store": "khabar.export.exports",
    **dict.fromkeys(("Found", "Resolver"), "khabar.resolver"),
    **dict.fromkeys(("collect_batch", "compare_runs", "export_store", "known", "mirror_store", "open_store", "recode"), "khabar.dataset"),
    **dict.fromkeys(("events_arrow", "events_frame"), "khabar.frames"),
    **dict.fromkeys(("BatchError", "join_batch", "run_batch"), "khabar.archives"),
    **dict.fromkeys(("EventFilter", "Store", "StoreError"), "khabar.store"),
    **dict.fromkeys(("Ledger", "RULES", "ledger"), "khabar.stories.ledger"),
}
_RENAMED = {
    "collect_into": ("khabar.dataset", "collect"), "join_stories": ("khabar.dataset", "join"), "why_joined_pair": ("khabar.dataset", "why_joined"),
    "ExportReport": ("khabar.export.job", "Report"), "BatchSettings": ("khabar.archives", "Settings"),
}  # fmt: skip


def __getattr__(name: str) -> object:
    """What coding does without is imported when it is first asked for, so that coding starts sooner."""
    from importlib import import_module

    if name == "stats":
        return import_module("khabar.stats")
    module, attribute = _RENAMED.get(name) or (_LATER.get(name), name)
    if module is None:
        raise AttributeError(f"module 'khabar' has no attribute {name!r}")
    return getattr(import_module(module), attribute)
