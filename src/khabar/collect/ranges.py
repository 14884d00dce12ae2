"""Stretches of files of many articles: where reading may begin, so that several processes share a file."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model import InvalidValue


@dataclass(frozen=True, slots=True)
class Start:
    """Where reading begins: at the input numbered `first` (line, row or record, from 1). The file is read from byte `offset` on, where the input numbered
    `number` begins."""

    first: int = 1
    offset: int = 0
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.first or self.offset < 0:
            raise InvalidValue(f"start at input {self.first} from number {self.number} at byte {self.offset}: expected 1 <= number <= first, 0 <= offset")


WHOLE = Start()


@dataclass(frozen=True, slots=True)
class Range:
    """The inputs from `start` to the one numbered `last`, None for all that follow."""

    start: Start = WHOLE
    last: int | None = None
