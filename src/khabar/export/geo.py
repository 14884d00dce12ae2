"""GeoJSON: one feature an event, at its place; events without degrees are left out and counted."""

from __future__ import annotations

import json
from typing import Any

from khabar.export.job import Job
from khabar.export.tables import event_row

LINKS = 5  # links of articles in a feature


def write_geojson(job: Job) -> None:
    """RFC 7946, one feature a line."""
    events = job.view.events
    placed = [e for e in events if e.row.lat is not None and e.row.lon is not None]
    job.dropped["events without degrees"] += len(events) - len(placed)
    job.dropped["quotes and texts (a feature holds links of up to five articles)"] += len(job.view.articles)
    with job.target.file() as out:
        out.write(b'{"type": "FeatureCollection", "khabar": ' + _json(job.head()) + b', "features": [')
        for i, e in enumerate(placed):
            row = event_row(e)
            where = {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]}
            urls = [u for t in e.told if (u := job.view.articles[t.article_id].url)]
            row["urls"] = list(dict.fromkeys(urls))[:LINKS]
            feature = {"type": "Feature", "id": e.row.event_id, "geometry": where, "properties": row}
            out.write((b",\n" if i else b"\n") + _json(feature))
            job.written["features"] += 1
        out.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace")
