"""The sheet a plot is drawn on: fonts, colours, title, caption, and writing it to a file."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar.export.bidi import isolate, plain
from khabar.export.events import MissingExtra
from khabar.model import InvalidValue

FORMATS = (".svg", ".png")
LEAST = (3, 11)  # the first matplotlib whose text goes through HarfBuzz and FriBidi (libraqm)
INK, FAINT, GRID = "#222222", "#666666", "#dddddd"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Okabe and Ito's colours, told apart by colour-blind people too; yellow is left out, too light for white paper."""
REST = "#b3b3b3"
MARGIN, LINE, LEGEND_AT = 0.28, 0.2, 0.56  # inches; the legend's line is so far below the top
MAX_LABEL = 38  # characters of a label
_FORBIDDEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STYLE = {
    "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9.0, "svg.fonttype": "none", "svg.hashsalt": "khabar",
    "text.parse_math": False, "text.usetex": False, "text.color": INK, "axes.edgecolor": GRID, "axes.labelcolor": FAINT, "xtick.color": FAINT,
    "ytick.color": INK, "figure.facecolor": "white", "axes.facecolor": "white", "hatch.linewidth": 0.6, "axes.unicode_minus": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a plot: its title, what was counted, and notes below (the filter, what is not shown, when it was made)."""

    title: str
    notes: tuple[str, ...] = ()


def save(figure: Any, path: str) -> None:
    """Write a figure to `path`, as its ending says: .svg with text that stays text, or .png."""
    form = Path(path).suffix.lower()
    if form not in FORMATS:
        raise InvalidValue(f"{path}: expected a name that ends in {' or '.join(FORMATS)}")
    out = io.BytesIO()
    with styled():
        figure.savefig(out, format=form[1:], dpi=160, metadata={"Date": None} if form == ".svg" else {"Software": "khabar"})
    try:
        Path(path).write_bytes(out.getvalue())
    except OSError as error:
        raise InvalidValue(f"{path}: {error.strerror}; cannot be written") from None


def sheet(width: float, height: float, caption: Caption, left: float, right: float = MARGIN, *, legend: bool = False) -> tuple[Any, Any]:
    """A figure so many inches wide with axes so many inches high, the title above and the notes below; `left` and `right` are margins."""
    from matplotlib.figure import Figure

    notes = [clean(n) for n in caption.notes]
    below, above = 0.55 + LINE * len(notes), 0.78 if legend else 0.5
    total = height + above + below
    figure = Figure(figsize=(width, total))
    axes = figure.add_axes((left / width, below / total, (width - left - right) / width, height / total))
    figure.text(MARGIN / width, 1 - 0.27 / total, clean(caption.title), fontsize=12, fontweight="bold", va="center")
    for i, note in enumerate(reversed(notes)):
        figure.text(MARGIN / width, (0.14 + LINE * i) / total, note, fontsize=7.5, color=FAINT, va="center")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    return figure, axes


def clean(text: str, limit: int = 400) -> str:
    """A text as a label: on one line, cut to `limit` characters, isolated, without what steers direction or cannot stand in XML."""
    bare = plain(_FORBIDDEN.sub(" ", text))
    return isolate(bare if len(bare) <= limit else bare[: limit - 1].rstrip() + "…")


@contextmanager
def styled() -> Iterator[None]:
    """A context in which matplotlib draws in our style, and leaves what others set as it is."""
    try:
        import matplotlib
    except ImportError:
        raise MissingExtra("plots need matplotlib: pip install 'khabar[plot]'") from None
    found = tuple(int(n) for n in re.findall(r"\d+", matplotlib.__version__)[:2])
    if found < LEAST:
        raise MissingExtra(f"plots need matplotlib 3.11 or newer, which joins Arabic letters (found {matplotlib.__version__}): pip install 'khabar[plot]'")
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")  # such signs are drawn as boxes
        yield
