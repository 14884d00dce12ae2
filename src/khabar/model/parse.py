"""Records back to frozen types: the inverse of `Mention.record` and `Record.record`."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from khabar.model.document import Outcome, Record, parse_day
from khabar.model.errors import InvalidValue
from khabar.model.mention import Clock, Confidence, Count, Location, Mention, Participant, Place, Reason, Source, Span, Time

Fields = dict[str, Any]
_LOCATION = ("name", "country", "admin1", "lat", "lon", "precision", "basis", "id")
_LISTS = ("modes", "actors", "recipients", "places", "counts", "sources")


def parse_record(fields: Fields) -> Record:
    """The record that `Record.record` wrote; what is none raises InvalidValue."""
    try:
        outcome = Outcome(fields["outcome"]["kind"], fields["outcome"]["reason"])
        mentions = tuple(parse_mention(m) for m in fields["mentions"])
        return Record(
            fields["id"], fields["outlet"], _day(fields["published"]), fields["text"], outcome, mentions, fields.get("line"), fields.get("published_basis")
        )
    except (KeyError, TypeError) as error:
        raise InvalidValue(f"record of {sorted(fields)}: {type(error).__name__} {error}; expected the object that `khabar schema` describes") from None


def parse_mention(fields: Fields) -> Mention:
    """The mention that `Mention.record` wrote; what is none raises InvalidValue."""
    try:
        return _mention(fields)
    except (KeyError, TypeError) as error:
        raise InvalidValue(f"mention of {sorted(fields)}: {type(error).__name__} {error}; expected the object that `khabar schema` describes") from None


def _mention(f: Fields) -> Mention:
    actors, recipients = (tuple(_participant(p) for p in f[role]) for role in ("actors", "recipients"))
    places, counts, sources = tuple(map(_place, f["places"])), tuple(map(_count, f["counts"])), tuple(map(_source, f["sources"]))
    why = tuple(Reason(r["field"], r["rule"], tuple(map(_span, r["evidence"]))) for r in f.get("why", ()))
    when, confidence = f["time"] and _time(f["time"]), f.get("confidence")
    return Mention(
        _span(f["trigger"]), f["type"], tuple(f["modes"]), f["status"], f["event"], actors, recipients, places, when or None, counts, sources, why,
        _confidence(confidence) if confidence else None, _time(f["said"]) if f.get("said") else None,
    )  # fmt: skip


def _span(f: Fields) -> Span:
    return Span(f["start"], f["end"], f["text"])


def _participant(f: Fields) -> Participant:
    return Participant(_span(f), f["code"], f.get("name"), f.get("entity"))


def _location(f: Fields) -> Location:
    return Location(**{k: f[k] for k in _LOCATION})


def _place(f: Fields) -> Place:
    return Place(_span(f), _location(f), tuple(map(_location, f.get("candidates", ()))))


def _time(f: Fields) -> Time:
    clock = f.get("clock")
    return Time(_span(f["span"]), _day(f["start"]), _day(f["end"]), f.get("basis"), _clock(clock) if clock else None, f.get("symbol"), f.get("conflict", False))


def _clock(f: Fields) -> Clock:
    end = f.get("end")
    return Clock(time.fromisoformat(f["start"]), time.fromisoformat(end) if end else None, f.get("zone"))


def _count(f: Fields) -> Count:
    return Count(_span(f), f["role"], f["low"], f["high"], f["who"], f.get("approximate", False), f.get("open", False), **_relations(f))


def _relations(f: Fields) -> dict[str, Any]:
    """How a count stands to others of its mention."""
    return {name: f[name] for name in ("part_of", "cumulative", "update") if name in f}


def _source(f: Fields) -> Source:
    return Source(_span(f), f["kind"], f["cue"] and _span(f["cue"]))


def _confidence(f: Fields) -> Confidence:
    values: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in f.items()}
    return Confidence(**values)


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None
