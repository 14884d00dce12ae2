"""Events in the columns of UCDP's Georeferenced Event Dataset: those with a death, a day and sides that UCDP would know apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khabar.export.delimited import write_rows
from khabar.export.job import Job
from khabar.export.labels import country
from khabar.export.sides import EXACT, NEAR, UNIT, Days, Side, actual, days, joined, land, note_days, number, one_rule, sides
from khabar.export.view import Event

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id",
    "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1",
    "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
WEEK, MONTH, YEAR = 7, 31, 366  # days
CIVILIANS = "Civilians"


def write_ucdp(job: Job) -> None:
    """One row an event; what UCDP would not list is counted by its reason."""
    one_rule(job)
    kept = list[Days]()
    with job.target.file() as out:
        write_rows(job, out, "events", COLUMNS, (row for e in actual(job) if (row := _row(job, e, kept)) is not None))
    note_days(job, kept)


def _row(job: Job, e: Event, kept: list[Days]) -> dict[str, Any] | None:
    killed, when = e.figure("killed"), days(job, e)
    kind = violence(sides(e, "actors"), sides(e, "recipients"))
    if e.row.type != "ASSAULT":
        job.dropped[f"{e.row.type} events, which are no organised violence"] += 1
    elif killed is None or killed.high < 1:
        job.dropped["assaults without a number of killed"] += 1
    elif kind is None:
        job.dropped["assaults without an armed actor and a side it hits"] += 1
    elif when is None or when.length > YEAR:
        job.dropped["assaults without a day, month or year"] += 1
    elif not e.row.country:
        job.dropped["assaults without a country"] += 1
    else:
        kept.append(when)
        return dict.fromkeys(COLUMNS) | _about(e, kind, when) | _sides(e, kind) | _sources(job, e) | _where(e) | _deaths(e, kind)
    return None


def violence(actors: tuple[Side, ...], recipients: tuple[Side, ...]) -> int | None:
    """1 between a state and a group or state, 2 between groups, 3 upon civilians; None where a side is missing."""
    by, hit = _first(actors, ("state", "rebel")), {s.kind for s in recipients}
    if not by:
        return None
    if hit & {"state", "rebel"}:
        return STATE_BASED if by == "state" or "state" in hit else NON_STATE
    return ONE_SIDED if "civilian" in hit else None


def _first(members: tuple[Side, ...], kinds: tuple[str, ...]) -> str:
    return next((s.kind for s in members if s.kind in kinds), "")


def _about(e: Event, kind: int, when: Days) -> dict[str, Any]:
    """Where no day is told, the week that ends with the first report."""
    first = when.first if when.told else when.first - timedelta(WEEK - 1)
    length = (when.last - first).days + 1
    precision = 1 if length == 1 else 2 if length < WEEK else 3 if length == WEEK else 4 if length <= MONTH else 5
    own = {"id": number(e.row.event_id), "relid": e.row.event_id, "year": first.year, "active_year": None, "code_status": "Automatic"}
    days_told = {"date_prec": precision, "date_start": first, "date_end": when.last}
    return {**own, "type_of_violence": kind, "event_clarity": 1 if length <= WEEK else 2, **days_told}


def _sides(e: Event, kind: int) -> dict[str, Any]:
    armed = ("state", "rebel")
    a = next(s for s in sides(e, "actors") if s.kind in armed)
    b = next((s.name for s in sides(e, "recipients") if s.kind in armed), CIVILIANS) if kind != ONE_SIDED else CIVILIANS
    return {"side_a": a.name, "side_b": b, "dyad_name": f"{a.name} - {b}"}


def _sources(job: Job, e: Event) -> dict[str, Any]:
    articles = [job.view.articles[a] for a in dict.fromkeys(t.article_id for t in e.told)]
    said = [s.span.text for t in e.told for s in t.mention.sources]
    days_told = joined([str(a.published) for a in articles if a.published])
    own = {"number_of_sources": len(articles), "source_article": joined([a.url or a.article_id for a in articles]), "source_date": days_told}
    offices = joined([a.outlet or "" for a in articles])
    return {**own, "source_office": offices, "source_headline": joined([a.title or "" for a in articles]), "source_original": joined(said)}


def _where(e: Event) -> dict[str, Any]:
    r = e.row
    precision = 1 if r.precision in EXACT else 2 if r.precision in NEAR else 4 if r.precision in UNIT else 6
    wkt = None if r.lat is None else f"POINT ({r.lon} {r.lat})"
    named = {"where_coordinates": r.place, "where_description": joined([p.span.text for t in e.told for p in t.mention.places])}
    place = {"where_prec": precision, **named, "adm_1": r.admin1, "latitude": r.lat, "longitude": r.lon, "geom_wkt": wkt}
    return {**place, "country": country(r.country), "region": land(r.country).ucdp}


def _deaths(e: Event, kind: int) -> dict[str, Any]:
    """All deaths are those of civilians where only civilians are hit, otherwise of unknown sides: articles tell sums."""
    killed = e.figure("killed")
    best = killed.best if killed else 0
    whose = "deaths_civilians" if kind == ONE_SIDED else "deaths_unknown"
    ends = {"best": best, "high": killed.high if killed else 0, "low": killed.low if killed else 0}
    return {**dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0), whose: best, **ends}
