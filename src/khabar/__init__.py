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
)
from khabar.model.ontology import VALUE_KINDS as KINDS
from khabar.model.schema import record_schema
from khabar.pipeline import Coder

if TYPE_CHECKING:
    from khabar.resolver import Found, Resolver

__version__ = "0.1.0"
__all__ = [
    "DEFAULT_ENGINE", "ENGINES", "KINDS", "Coder", "Columns", "Confidence", "Count", "Document", "Found", "Hints", "InvalidValue", "KhabarError", "Known",
    "LexiconFault", "Location", "Mention", "Options", "Outcome", "OwnTables", "Participant", "Piece", "Place", "Record", "Resolver", "Source", "Span",
    "Time", "__version__", "code_all", "find_inputs", "read_inputs", "read_pieces", "record_schema",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """`Resolver` and `Found` are imported when they are first asked for: coding does without them, and starts sooner."""
    if name in ("Found", "Resolver"):
        from khabar import resolver

        return getattr(resolver, name)
    raise AttributeError(f"module 'khabar' has no attribute {name!r}")
