"""The interface's two languages: catalogs of texts, the choice of one, and the forms of counted nouns."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DIRECTIONS: Mapping[Language, str] = {"en": "ltr", "ar": "rtl"}
OWN_NAMES: Mapping[Language, str] = {"en": "English", "ar": "العربية"}


@lru_cache(maxsize=len(LANGUAGES))
def catalog(language: Language) -> Mapping[str, str]:
    """The texts of a language by dotted key; forms of a counted noun have its key and the form's name: `count.events.few`."""
    source = files("khabar.web").joinpath("messages", f"{language}.toml").read_text("utf-8")
    out: dict[str, str] = {}
    _flatten(tomllib.loads(source), "", out)
    return out


def _flatten(table: Mapping[str, object], prefix: str, out: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, Mapping):
            _flatten(value, f"{prefix}{key}.", out)
        else:
            out[prefix + key] = str(value)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. `texts("nav.events")` is a text, `texts.n("events", 3)` a number with its noun."""

    language: Language

    @property
    def dir(self) -> str:
        return DIRECTIONS[self.language]

    def __call__(self, key: str, /, **values: object) -> str:
        text = catalog(self.language)[key]
        return text.format_map({k: str(v) for k, v in values.items()}) if values else text

    def has(self, key: str) -> bool:
        return key in catalog(self.language)

    def or_code(self, key: str, code: str) -> str:
        """A text, or the code itself where the catalog has none."""
        return catalog(self.language).get(key, code)

    def n(self, noun: str, number: int) -> str:
        forms = catalog(self.language)
        text = forms.get(f"count.{noun}.{form_of(self.language, number)}") or forms[f"count.{noun}.other"]
        return text.format(n=f"{number:,}")

    def under(self, *prefixes: str) -> dict[str, str]:
        """The texts whose keys begin so, for scripts."""
        return {k: v for k, v in catalog(self.language).items() if k.startswith(prefixes)}


def form_of(language: Language, number: int) -> str:
    """The plural form of Unicode's CLDR that a number takes."""
    return _FORMS[language](number)


def _english(number: int) -> str:
    return "one" if number == 1 else "other"


def _arabic(number: int) -> str:
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


_FORMS: Mapping[Language, Callable[[int], str]] = {"en": _english, "ar": _arabic}


def chosen(asked: str | None, kept: str | None, accepted: str | None) -> Language:
    """The language: asked for in the address, kept in the cookie, or the one of the two that the browser prefers; English at last."""
    for given in (asked, kept):
        for language in LANGUAGES:
            if given == language:
                return language
    return max(LANGUAGES, key=lambda x: _weight(accepted or "", x))


def _weight(accepted: str, language: str) -> float:
    best = 0.0
    for part in accepted[:500].lower().split(","):
        name, _, quality = part.strip().partition(";q=")
        if name == language or name.startswith(f"{language}-"):
            try:
                best = max(best, float(quality or 1))
            except ValueError:
                continue
    return best
