"""Events of a store as tables of other libraries: pyarrow and pandas."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from khabar.export.events import MissingExtra, arrow_table
from khabar.model.rows import EventRow
from khabar.store import EventFilter, Store

_TYPES = {"str": "string", "int": "Int64", "float": "float64", "bool": "bool", "date": "datetime64[s]"}


def events_arrow(store: Store, wanted: EventFilter | None = None) -> Any:
    """A `pyarrow.Table` of the events that fit, by day: days as date32, lists as lists of strings. Needs the extra `parquet`."""
    return arrow_table(store.events(wanted))


def events_frame(store: Store, wanted: EventFilter | None = None) -> Any:
    """A pandas DataFrame of the events that fit, by day, with `event_id` as index: days as datetime64[s] (reports tell of days before 1678),
    numbers as Int64, so that what is unknown stays NA, lists as tuples. Needs the extra `frame`."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtra("frames need pandas: pip install 'khabar[frame]'") from None
    rows = store.events(wanted)
    columns = {f.name: pd.Series([getattr(r, f.name) for r in rows], dtype=_dtype(str(f.type))) for f in fields(EventRow)}
    return pd.DataFrame(columns).set_index("event_id")


def _dtype(annotation: str) -> str:
    return _TYPES.get(annotation.split(" ")[0], "object")
