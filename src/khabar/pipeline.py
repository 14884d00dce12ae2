"""The order of the stages: the only file that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from khabar.collect.language import check_arabic
from khabar.collect.limits import check_length
from khabar.engines import DEFAULT, Engine, load_engine
from khabar.engines.own import NONE, OwnTables
from khabar.model import Document, InputRejected, Mention, Outcome, Record, StageFailed
from khabar.resolve.published import day_told
from khabar.segment import Sentence, sentences

MAX_TOKENS = 200  # of a sentence read as one; one of 1,000 sentences has more, and reading takes time with the square


class CodedRecord(Record):
    """A record that a notebook shows as the article, right to left, with its evidence highlighted."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from khabar.export.html import record_html

        return record_html(self)


class Coder:
    """Codes articles. `engine` names the reader, `own` gives it tables of places and actors beside khabar's; one instance may code any number
    of articles, one after the other."""

    def __init__(self, engine: str = DEFAULT, own: OwnTables = NONE) -> None:
        self._engine: Engine = load_engine(engine, own)

    @property
    def engine(self) -> str:
        """The name of the reader."""
        return self._engine.name

    def code(self, document: Document) -> CodedRecord:
        """The record of an article. Never raises for what is in the article: unreadable text is `rejected` with a reason, an error in a
        stage is `failed` with the stage and the error."""
        try:
            return self._stages(document)
        except InputRejected as reason:
            outcome = Outcome("rejected", str(reason))
        except StageFailed as failure:
            outcome = Outcome("failed", str(failure))
        return _record(document, outcome)

    def _stages(self, document: Document) -> CodedRecord:
        stage = "collect"
        try:
            check_length(document.text)
            check_arabic(document.text)
            stage = "segment"
            segments = shortened(sentences(document.text))
            document = _dated(document, segments)
            stage = "read"
            mentions = self._engine.read(document, segments)
            return _record(document, Outcome("read" if mentions else "no_events"), mentions)
        except InputRejected:
            raise
        except Exception as error:  # whatever a stage raises becomes the article's outcome
            raise StageFailed(stage, error) from error


def shortened(segments: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, those over MAX_TOKENS cut into several, numbered anew."""
    out: list[Sentence] = []
    for s in segments:
        for i in range(0, len(s.tokens), MAX_TOKENS):
            part = s.tokens[i : i + MAX_TOKENS]
            out.append(replace(s, index=len(out), start=part[0].start, end=part[-1].end, tokens=part))
    return tuple(out)


def _dated(document: Document, segments: Sequence[Sentence]) -> Document:
    """The article with the day that its own text says it is from, if none was given."""
    if document.published:
        return document
    day = day_told([t.norm for t in s.tokens] for s in segments if s.zone == "body")
    return replace(document, published=day, published_basis="text") if day else document


def _record(document: Document, outcome: Outcome, mentions: tuple[Mention, ...] = ()) -> CodedRecord:
    return CodedRecord(document.id, document.outlet, document.published, document.text, outcome, mentions, published_basis=document.published_basis)
