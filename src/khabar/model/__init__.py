"""The frozen types of khabar. Imports nothing else of khabar's."""

from khabar.model.canonical import canonical_json, content_id
from khabar.model.document import Document, Outcome, Record, parse_day
from khabar.model.errors import InputRejected, InvalidValue, KhabarError, LexiconFault, StageFailed
from khabar.model.mention import Clock, Confidence, Count, Location, Mention, Participant, Place, Reason, Source, Span, Time

__all__ = [
    "Clock", "Confidence", "Count", "Document", "InputRejected", "InvalidValue", "KhabarError", "LexiconFault", "Location", "Mention", "Outcome",
    "Participant", "Place", "Reason", "Record", "Source", "Span", "StageFailed", "Time", "canonical_json", "content_id", "parse_day",
]  # fmt: skip
