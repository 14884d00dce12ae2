"""The closed vocabularies of the codebook: types and modes (PLOVER), statuses, roles, source kinds, sectors."""

from __future__ import annotations

from typing import Literal, get_args

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "planned", "requested", "hypothetical", "denied"]
SourceKind = Literal["named", "unnamed", "media"]
CountRole = Literal["killed", "injured", "arrested", "abducted", "released", "missing", "displaced", "participants", "attacks"]
OutcomeKind = Literal["read", "no_events", "rejected", "failed"]

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
COUNT_ROLES: tuple[CountRole, ...] = get_args(CountRole)
OUTCOME_KINDS: tuple[OutcomeKind, ...] = get_args(OutcomeKind)

_MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
MODES: dict[EventType, tuple[str, ...]] = {t: tuple(_MODES.get(t, "").split()) for t in TYPES}

SECTORS = frozenset("GOV MIL COP SPY LEG JUD PTY OPP REB UAF CVL REF MED EDU BUS LAB REL CRM ELI HLH".split())
BODIES = frozenset("IGO NGO MNC IMG INT".split())

PublishedBasis = Literal["metadata", "text"]  # where the day of publication was found, if it was not given
ValueKind = Literal["time", "number", "place", "actor"]
VALUE_KINDS: tuple[ValueKind, ...] = ("time", "number", "place", "actor")
"""What `khabar resolve` finds."""
