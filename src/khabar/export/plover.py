"""Events in the columns of POLECAT, which codes PLOVER's types as khabar does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from khabar.export.delimited import write_rows
from khabar.export.job import Job
from khabar.export.labels import SECTORS, country
from khabar.export.sides import Days, actual, days, joined, note_days
from khabar.export.view import Event
from khabar.model import Participant
from khabar.stories.summary import label

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename",
    "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Headline", "Story IDs", "Version",
)  # fmt: skip
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}
SUBSTITUTES = ("Intensity", "Contexts", "COW codes", "Wikipedia ids", "districts and titles of persons")


def write_plover(job: Job) -> None:
    """Tab-separated, one row an event that happened and has a day; several actors, sectors and sources joined by `; `."""
    dated = [(e, when) for e in actual(job) if (when := _dated(job, e))]
    with job.target.file() as out:
        write_rows(job, out, "events", COLUMNS, (_row(job, e, when) for e, when in dated), delimiter="\t")
    note_days(job, (when for _, when in dated))
    job.notes.append(f"left empty, since khabar does not code them: {', '.join(SUBSTITUTES)}")
    job.dropped["numbers of killed, injured and arrested (no column)"] += sum(bool(e.figures) for e in job.view.events)


def _dated(job: Job, e: Event) -> Days | None:
    when = days(job, e)
    if when is None:
        job.dropped["events without a day"] += 1
    return when


def _row(job: Job, e: Event, when: Days) -> dict[str, Any]:
    r = e.row
    own = {"Event ID": r.event_id, "Event Date": when.first, "Event Type": r.type, "Event Mode": joined(r.modes), "Quad Code": QUADS[r.type]}
    return dict.fromkeys(COLUMNS) | own | _party(e, "actors", "Actor") | _party(e, "recipients", "Recipient") | _where(e) | _told(job, e)


def _party(e: Event, role: Literal["actors", "recipients"], name: str) -> dict[str, Any]:
    members: Sequence[Participant] = [p for t in e.told for p in getattr(t.mention, role)]
    codes = [p.code.partition(" ") for p in members]
    sectors = [SECTORS.get(sector, "") and sector for _, _, sector in codes]
    return {
        f"{name} Name": joined([label(p) for p in members]), f"{name} Country": joined([c.strip("-") for c, _, _ in codes]),
        f"Primary {name} Sector": next((s for s in sectors if s), None), f"{name} Sectors": joined(sectors),
        f"{name} Name Raw": joined([p.span.text for p in members]),
    }  # fmt: skip


def _where(e: Event) -> dict[str, Any]:
    r = e.row
    places = [p for t in e.told for p in t.mention.places]
    ids = [p.location.id.removeprefix("gn:") for p in places if p.location.name == r.place and (p.location.id or "").startswith("gn:") and p.location.id]
    town = r.place if r.precision in ("town", "point") else None
    names = {"Placename": r.place, "City": town, "Province": r.admin1, "Country": country(r.country), "Feature Type": r.precision}
    return {**names, "Latitude": r.lat, "Longitude": r.lon, "GeoNames ID": next(iter(ids), None), "Raw Placename": joined([p.span.text for p in places])}


def _told(job: Job, e: Event) -> dict[str, Any]:
    articles = [job.view.articles[a] for a in dict.fromkeys(t.article_id for t in e.told)]
    first = articles[0]
    people = {"Story Locations": joined([p.name for t in e.told for p in t.mention.places]), "Language": "ara", "Version": f"khabar {job.version}"}
    own = {"Source": joined([a.outlet or "" for a in articles]), "Publication Date": first.published, "Headline": first.title}
    return {**own, "Story IDs": joined([a.article_id for a in articles]), **people}
