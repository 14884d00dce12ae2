"""The errors khabar raises: each says what was seen, what was expected, and what to do."""

from __future__ import annotations


class KhabarError(Exception):
    """Anything khabar itself reports as wrong."""


class InvalidValue(KhabarError, ValueError):
    """A value that no type of the model accepts."""


class LexiconFault(KhabarError):
    """A line of a lexicon file that cannot be used; `str()` names file, line and fault."""

    def __init__(self, file: str, line: int, fault: str) -> None:
        super().__init__(f"{file}:{line}: {fault}")
        self.file, self.line, self.fault = file, line, fault


class InputRejected(KhabarError):
    """Input that is no readable Arabic article; `str()` is the reason told to the user."""


class StageFailed(KhabarError):
    """An error inside a stage of the pipeline, kept with the name of the stage."""

    def __init__(self, stage: str, error: BaseException) -> None:
        super().__init__(f"{stage}: {type(error).__name__}: {error}")
        self.stage = stage
