"""English names for the codes of a record, for readers who know neither Arabic nor the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from khabar.arabic.fold import fold
from khabar.arabic.romanise import romanise
from khabar.lexicon import Lexicon, Name, Words, load_lexicon, words_of
from khabar.lexicon.tables import DATA, rows
from khabar.model import Count, Participant, Time

SECTORS = {
    "GOV": "government", "MIL": "military", "COP": "police", "SPY": "intelligence", "LEG": "parliament", "JUD": "judiciary", "PTY": "party",
    "OPP": "opposition", "REB": "rebels", "UAF": "armed group", "CVL": "civilians", "REF": "refugees", "MED": "media", "EDU": "education",
    "BUS": "business", "LAB": "labour", "REL": "religious", "CRM": "criminals", "ELI": "elite", "HLH": "health",
}  # fmt: skip
BODIES = {
    "IGO": "international body", "NGO": "non-governmental body", "MNC": "multinational company", "IMG": "transnational armed group", "INT": "international",
    "KUR": "Kurdistan",
}  # fmt: skip


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """English names by ISO 3166-1 alpha-3 code."""
    return {row["iso3"]: row["english"] for row in rows(DATA / "countries.tsv", ("iso3", "english", "names", "adjective", "plurals", "seats"))}


def country(code: str | None) -> str:
    return countries().get(code or "", code or "")


def who(participant: Participant) -> str:
    """`Qasem Soleimani (Iran, military)`, or what the code says where no name is known."""
    land, _, sector = participant.code.partition(" ")
    nation, trade = BODIES.get(land) or country(land.strip("-")), SECTORS.get(sector, sector.strip("-"))
    name = participant.name or ""
    described = ", ".join(p for p in (nation, trade) if p and p != name)
    return f"{name} ({described})" if name and described else name or described or english(participant.span.text)


def english(text: str) -> str:
    """English for somebody's name or description: of the lexicon where it knows the words, else spelt in Latin letters."""
    lexicon, words = load_lexicon(), words_of(text)
    known = next((name.english for n in range(len(words), 0, -1) for name in _names(lexicon, words[:n]) if name.english), "")
    noun = lexicon.nouns.get(words[0]) if words else None
    return known or (noun.english if noun and noun.english else romanise(fold(text)))


def _names(lexicon: Lexicon, words: Words) -> Iterator[Name]:
    return (name for rest, name in lexicon.names.get(words[0], ()) if rest == words[1:])


def number(count: Count) -> str:
    """`killed 1500`, `participants about 20-99`, `injured 40 or more`."""
    if count.high is None:
        size = f"{count.low} or more"
    else:
        size = str(count.low) if count.low == count.high else f"{count.low}-{count.high}"
        size += " or more" if count.open else ""
    return f"{count.role} {'about ' if count.approximate else ''}{size}"


def days(time: Time | None) -> str:
    """`2020-01-10`, `2019-11-01 to 2019-11-30`, or the empty string where unknown."""
    if time is None or time.start is None or time.end is None:
        return ""
    return time.start.isoformat() if time.start == time.end else f"{time.start} to {time.end}"
