"""Names of countries in the interface's languages."""

from __future__ import annotations

from functools import lru_cache

from khabar.lexicon.tables import DATA, rows
from khabar.web.i18n import Language

_COLUMNS = ("iso3", "english", "names", "adjective", "plurals", "seats")


@lru_cache(maxsize=2)
def _countries(language: Language) -> dict[str, str]:
    """Names by ISO 3166-1 alpha-3 code; the Arabic table gives several, the usual one first."""
    column = {"en": "english", "ar": "names"}[language]
    return {r["iso3"]: r.list(column)[0] for r in rows(DATA / "countries.tsv", _COLUMNS)}


def country(code: str | None, language: Language) -> str:
    """The name of a country; the code where no table has one."""
    return _countries(language).get(code or "", code or "")
