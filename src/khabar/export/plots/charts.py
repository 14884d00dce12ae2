"""The two kinds of plots: bars that lie, one a name, and columns over time; both may be stacked of a few parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from khabar.export.bidi import width
from khabar.export.plots.page import COLOURS, FAINT, GRID, INK, LEGEND_AT, MARGIN, MAX_LABEL, REST, Caption, clean, sheet, styled

WIDE, BAR, COLUMNS = 8.0, 0.27, 3.0  # inches: of a sheet, of a bar with its gap, of the columns' height
INCH_A_COLUMN = 0.078  # of 9 point DejaVu Sans, Latin or Arabic


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stack: its name, and whether it stands for what is left over."""

    name: str
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, one value for each part, and what is written at its end instead of their sum."""

    label: str
    values: tuple[float, ...]
    note: str = ""


def bars(rows: Sequence[Bar], parts: Sequence[Part], caption: Caption) -> Any:
    """Lying bars, the first on top, each with its label on the left and its number on the right; a figure of matplotlib."""
    with styled():
        labels = [clean(r.label, MAX_LABEL) for r in rows]
        left = MARGIN + INCH_A_COLUMN * max((width(t) for t in labels), default=0) + 0.1
        figure, axes = sheet(WIDE, max(1.0, BAR * len(rows) + 0.05), caption, left, right=1.35, legend=len(parts) > 1)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        if not rows:
            return _empty(figure, axes)
        _stack(axes.barh, [r.values for r in rows], range(len(rows)), parts, "left", height=0.72)
        axes.set_yticks(range(len(rows)), labels)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        longest = max(sum(r.values) for r in rows)
        axes.set_xlim(0, longest or 1)
        for i, r in enumerate(rows):
            total = sum(r.values)
            axes.annotate(clean(r.note or f"{total:,.0f}"), (total, i), (4, 0), textcoords="offset points", va="center", fontsize=8, color=FAINT)
        _legend(figure, axes, parts)
        return figure


def timeline(counts: Mapping[date, Sequence[float]], parts: Sequence[Part], caption: Caption, days: float = 1) -> Any:
    """Columns over time, one a period of about so many `days`; a figure of matplotlib."""
    with styled():
        figure, axes = sheet(WIDE, COLUMNS, caption, MARGIN + 0.45, legend=len(parts) > 1)
        if not counts:
            return _empty(figure, axes)
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
        from matplotlib.ticker import MaxNLocator

        periods = sorted(counts)
        middles = [date2num(p) + days / 2 for p in periods]
        _stack(axes.bar, [tuple(counts[p]) for p in periods], middles, parts, "bottom", width=days * 0.86)
        locator = AutoDateLocator(minticks=3, maxticks=9)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=True))
        axes.xaxis.get_offset_text().set_color(FAINT)
        axes.set_xlim(date2num(periods[0]) - days * 0.3, date2num(periods[-1] + timedelta(days)) + days * 0.3)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.tick_params(axis="y", colors=FAINT)
        axes.tick_params(axis="x", length=3, color=GRID)
        _legend(figure, axes, parts)
        return figure


def _stack(draw: Any, values: Sequence[tuple[float, ...]], at: Sequence[float] | range, parts: Sequence[Part], base: str, **size: float) -> None:
    """Draw each part on those before it. Colours fall in order; what is left over is grey."""
    under = [0.0] * len(values)
    for k, part in enumerate(parts):
        height = [v[k] for v in values]
        colour = REST if part.rest else COLOURS[k % len(COLOURS)]
        draw(list(at), height, color=colour, label=clean(part.name, MAX_LABEL), linewidth=0, **size, **{base: under})
        under = [u + h for u, h in zip(under, height, strict=True)]


def _legend(figure: Any, axes: Any, parts: Sequence[Part]) -> None:
    """The names of the parts in a line above the axes, where there is more than one."""
    if len(parts) < 2:
        return
    handles, names = axes.get_legend_handles_labels()
    y = 1 - LEGEND_AT / figure.get_figheight()
    figure.legend(handles, names, loc="center left", bbox_to_anchor=(MARGIN / WIDE - 0.006, y), ncols=len(parts), frameon=False, fontsize=8,
                  handlelength=0.9, handleheight=0.9, columnspacing=1.2, handletextpad=0.4, borderpad=0, labelcolor=INK)  # fmt: skip


def _empty(figure: Any, axes: Any) -> Any:
    """An honest sheet where nothing fits."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, "nothing fits", transform=axes.transAxes, ha="center", va="center", color=FAINT)
    return figure
