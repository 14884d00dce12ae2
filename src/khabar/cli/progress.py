"""A progress bar on the error stream for long work, none when that is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DELAY_S = 1.0  # work that ends sooner shows no bar
REFRESH_S = 0.2

Step = Callable[[int], None]


@contextmanager
def progress(total: int | None, *, quiet: bool) -> Iterator[Step]:
    """A function to call with each article's number of mentions. `total` articles, None where unknown; nothing is shown when `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield lambda mentions: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles, {task.fields[mentions]} mentions"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield _Steps(bar.add_task("", total=total, mentions=0), bar.update, bar.refresh)


class _Steps:
    """Counts at every step and draws now and then."""

    def __init__(self, task: int, update: Callable[..., None], refresh: Callable[[], None]) -> None:
        self._task, self._update, self._refresh = task, update, refresh
        self._mentions = 0
        self._next = time.monotonic() + DELAY_S

    def __call__(self, mentions: int) -> None:
        self._mentions += mentions
        self._update(self._task, advance=1, mentions=self._mentions)
        if time.monotonic() >= self._next:
            self._refresh()
            self._next = time.monotonic() + REFRESH_S
