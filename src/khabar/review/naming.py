"""What things are called: words that take sides, and the ways known actors are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.arabic.search import keys, words
from khabar.model import InvalidValue

Columns = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be chosen among others for the same thing: its `topic` (dead, fighters, taking, attack), how it is cited, what it means."""

    topic: str
    word: str
    meaning: str


@cache
def choices() -> Mapping[str, Word]:
    """Folded forms to the words they are forms of; a table with a fault raises InvalidValue."""
    lines = files("khabar.review").joinpath("naming.tsv").read_text("utf-8").splitlines()
    found: dict[str, Word] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 4 or not all(c.strip() for c in cells):
            raise InvalidValue(f"naming.tsv:{number}: {len(cells)} cells, expected topic, word, meaning and forms, none empty")
        for form in words(cells[3]):
            if found.setdefault(form, Word(*cells[:3])) != Word(*cells[:3]):
                raise InvalidValue(f"naming.tsv:{number}: {form} is a form of {found[form].word} too")
    return found


def used(texts: Iterable[str]) -> Counter[Word]:
    """How often each of these words occurs, in any spelling and with any proclitics."""
    table, found = choices(), Counter[Word]()
    for text in texts:
        for w in words(text):
            known = next((table[k] for k in keys(w) if k in table), None)
            if known:
                found[known] += 1
    return found


def spellings(written: Sequence[tuple[str, int]]) -> dict[str, str]:
    """For each way a name is written, with how often it occurs, how to cite it: the commonest spelling among those that differ in signs, letters'
    forms, the article, or a proclitic, but none that bears a proclitic."""
    counts = Counter[tuple[str, ...]]()
    folded = {text: tuple(words(text)) for text, _ in written}
    for text, n in written:
        counts[folded[text]] += n
    home = {form: _bare(form, counts) for form in counts}
    said: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text, n in written:
        bare = home[folded[text]]
        if folded[text] in (bare, (f"ال{bare[0]}", *bare[1:]) if bare else bare):
            said[bare][" ".join(text.split())] += n
    cited = {form: min(c, key=lambda t: (-c[t], t)) for form, c in said.items()}
    return {text: cited.get(home[form], " ".join(text.split())) for text, form in folded.items()}


def _bare(form: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """A name without what is written onto its first word, where it also occurs so."""
    if not form:
        return form
    shorter = [(k, *form[1:]) for k in keys(form[0]) if k != form[0]]
    return min((f for f in shorter if f in counts), key=lambda f: len(f[0]), default=form)
