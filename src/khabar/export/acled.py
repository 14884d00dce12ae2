"""Events in ACLED's columns. What ACLED does not code is left out and counted; docs/exports.md has the table of types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from khabar.export.delimited import write_rows
from khabar.export.job import Job
from khabar.export.labels import country
from khabar.export.sides import EXACT, NEAR, UNIT, Days, Side, actual, days, joined, land, nation, note_days, one_rule, sides
from khabar.export.view import Event

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2",
    "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
BATTLE, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTEST, RIOT, STRATEGIC = "Protests", "Riots", "Strategic developments"
TYPES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("ASSAULT", "suicide-attack"): (REMOTE, "Suicide bomb"),
    ("ASSAULT", "unconventional"): (REMOTE, "Chemical weapon"),
    ("ASSAULT", "drone"): (REMOTE, "Air/drone strike"),
    ("ASSAULT", "aerial"): (REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "explosives"): (REMOTE, "Remote explosive/landmine/IED"),
    ("ASSAULT", "sexual"): (CIVILIANS, "Sexual violence"),
    ("ASSAULT", "abduct"): (CIVILIANS, "Abduction/forced disappearance"),
    ("ASSAULT", "crowd-control"): (PROTEST, "Protest with intervention"),
    ("ASSAULT", "destroy"): (STRATEGIC, "Looting/property destruction"),
    ("PROTEST", "riot"): (RIOT, "Violent demonstration"),
    ("PROTEST", "vandalize"): (RIOT, "Violent demonstration"),
    ("PROTEST", "demo"): (PROTEST, "Peaceful protest"),
    ("PROTEST", "obstruct"): (PROTEST, "Peaceful protest"),
    ("COERCE", "arrest"): (STRATEGIC, "Arrests"),
    ("COERCE", "seize"): (STRATEGIC, "Looting/property destruction"),
    ("RETREAT", "ceasefire"): (STRATEGIC, "Agreement"),
    ("MOBILIZE", "troops"): (STRATEGIC, "Change to group/activity"),
    ("MOBILIZE", "militia"): (STRATEGIC, "Change to group/activity"),
}
"""Type and mode of PLOVER to event type and sub-event type of ACLED; of several modes the first of this order. Other assaults follow from
whom they hit, in `assault`; whatever is left has no counterpart."""
_DISORDER = {BATTLE: "Political violence", REMOTE: "Political violence", CIVILIANS: "Political violence", STRATEGIC: STRATEGIC}
_INTER = {"state": "State forces", "rebel": "Rebel group", "civilian": "Civilians", "other": "External/Other forces", "": ""}
WEEK, MONTH = 7, 31  # days; what is told less exactly has no day in ACLED's sense


def write_acled(job: Job) -> None:
    """One row an event that ACLED would code, with day and country."""
    one_rule(job)
    kept = list[Days]()
    with job.target.file() as out:
        write_rows(job, out, "events", COLUMNS, (row for e in actual(job) if (row := _row(job, e, kept)) is not None))
    note_days(job, kept)


def _row(job: Job, e: Event, kept: list[Days]) -> dict[str, Any] | None:
    """The row of an event; None where it is left out, the reason counted."""
    kind = coded(e)
    when = days(job, e)
    if kind is None:
        job.dropped[f"{e.row.type} events without a counterpart in ACLED"] += 1
        return None
    if when is None or when.length > MONTH:
        job.dropped["events without a day or month"] += 1
        return None
    if not e.row.country or e.row.precision not in EXACT | NEAR | UNIT:
        job.dropped["events without a place below the country"] += 1
        return None
    kept.append(when)
    return {**_about(e, when), **_type(kind), **_parties(e, kind), **_where(e), **_told(job, e)}


def coded(e: Event) -> tuple[str, str] | None:
    """The event type and sub-event type, None where ACLED has none."""
    found = next((v for (kind, mode), v in TYPES.items() if kind == e.row.type and mode in e.row.modes), None)
    if found is None and e.row.type == "ASSAULT":
        return assault(e)
    return (PROTEST, "Peaceful protest") if found is None and e.row.type == "PROTEST" and not e.row.modes else found


def assault(e: Event) -> tuple[str, str] | None:
    """An assault without means of its own: between armed sides a battle, upon civilians violence against them, upon nobody named neither."""
    hit = {s.kind for s in sides(e, "recipients")}
    by = {s.kind for s in sides(e, "actors")}
    if "civilian" in hit:
        return (CIVILIANS, "Attack")
    return (BATTLE, "Armed clash") if hit & {"state", "rebel"} and (by & {"state", "rebel"} or not by) else None


def _about(e: Event, when: Days) -> dict[str, Any]:
    precision = 2 if not when.told else 1 if when.length == 1 else 2 if when.length <= WEEK else 3
    return {"event_id_cnty": f"{e.row.country}{e.row.event_id}", "event_date": when.first, "year": when.first.year, "time_precision": precision}


def _type(kind: tuple[str, str]) -> dict[str, Any]:
    return {"disorder_type": _DISORDER.get(kind[0], "Demonstrations"), "event_type": kind[0], "sub_event_type": kind[1]}


def _parties(e: Event, kind: tuple[str, str]) -> dict[str, Any]:
    first, second = sides(e, "actors"), sides(e, "recipients")
    inter = [_inter(first, kind[0] if kind[0] in (PROTEST, RIOT) and e.row.type == "PROTEST" else ""), _inter(second, "")]
    found: dict[str, Any] = {}
    for i, members in ((1, first), (2, second)):
        found[f"actor{i}"] = _named(members[0]) if members else ""
        found[f"assoc_actor_{i}"] = joined([_named(s) for s in members[1:]])
        found[f"inter{i}"] = inter[i - 1]
    both = "-".join(sorted(x for x in inter if x))
    targeted = "Civilian targeting" if second and all(s.kind == "civilian" for s in second) and e.row.type == "ASSAULT" else ""
    return {**found, "interaction": both if all(inter) else f"{both} only" if both else "", "civilian_targeting": targeted}


def _inter(members: tuple[Side, ...], kind: str) -> str:
    if kind:
        return "Protesters" if kind == PROTEST else "Rioters"
    return _INTER[members[0].kind] if members else ""


def _named(s: Side) -> str:
    land_name = nation(s.code)
    return f"{s.name} ({land_name})" if land_name and land_name != s.name else s.name


def _where(e: Event) -> dict[str, Any]:
    r = e.row
    codes = land(r.country)
    precision = 1 if r.precision in EXACT else 2 if r.precision in NEAR else 3
    units = {"admin1": r.admin1, "admin2": None, "admin3": None, "location": r.place, "latitude": r.lat, "longitude": r.lon, "geo_precision": precision}
    return {"iso": codes.numeric, "region": codes.acled, "country": country(r.country), **units}


def _told(job: Job, e: Event) -> dict[str, Any]:
    articles = [job.view.articles[t.article_id] for t in e.told]
    killed = e.figure("killed")
    latest = max((a.published for a in articles if a.published), default=None)
    stamp = int(datetime(latest.year, latest.month, latest.day, tzinfo=UTC).timestamp()) if latest else None
    figures = {"fatalities": killed.best if killed else 0, "tags": "" if killed else "fatalities not told", "timestamp": stamp}
    return {"source": joined([a.outlet or "" for a in articles]), "source_scale": None, "notes": job.view.quote(e.told[0]), **figures}
