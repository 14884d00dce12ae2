"""Plots of counts as SVG or PNG, drawn with matplotlib, whose text layout joins and orders Arabic from version 3.11 on."""

from khabar.export.plots.charts import Bar, Part, bars, timeline
from khabar.export.plots.page import Caption, save
from khabar.export.plots.tallies import plot_days, plot_rows

__all__ = ["Bar", "Caption", "Part", "bars", "plot_days", "plot_rows", "save", "timeline"]
