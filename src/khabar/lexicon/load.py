"""The lexicon in memory: one table of inflected forms and one of names, shared by every reader of a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from khabar.arabic.fold import fold
from khabar.arabic.inflect import Form, adjective_forms, noun_forms, verb_forms
from khabar.arabic.skeleton import latin_skeleton
from khabar.lexicon.entries import NOUN_FRAME, Cue, Name, Noun, Report, Trigger, parse_frame, parse_trigger
from khabar.lexicon.tables import DATA, Row, rows, tables
from khabar.model.ontology import COUNT_ROLES, CountRole
from khabar.segment.tokens import tokens

TRIGGER_COLUMNS = ("lemma", "pos", "forms", "type", "modes", "frame", "if", "unless")
VERB_COLUMNS = ("lemma", "forms", "role")
REPORT_COLUMNS = ("lemma", "pos", "forms", "act", "frame", "note")
CUE_COLUMNS = ("cue", "pos", "forms", "status", "scope", "note")
NOUN_COLUMNS = ("lemma", "forms", "class", "sector", "unit", "english")
COUNTRY_COLUMNS = ("iso3", "english", "names", "adjective", "plurals", "seats")
MEANS_COLUMNS = ("word", "forms", "type", "mode", "note")
MEDIA_COLUMNS = ("name", "english", "country", "variants")
FUNCTION_COLUMNS = ("word", "class")
CASUALTY_COLUMNS = ("word", "forms", "role")
ACTOR_COLUMNS = ("id", "code", "english", "names", "kind", "from", "to", "note", "parent")


@dataclass(slots=True, eq=False)
class Lexeme:
    """A word of the lexicon with everything it can mean."""

    key: str
    pos: str
    triggers: list[Trigger] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    helper: str = ""


T = TypeVar("T")
Entry = tuple[Lexeme, Form]
Words = tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """All tables. `forms` maps an inflected folded form to its lexemes; `names` a first word to the rest of a name and who it is;
    `phrases` the first word of a trigger phrase's bracket to the phrase; `called` an actor's id to every word of its names. Built once, then only read."""

    lexemes: dict[tuple[str, str], Lexeme] = field(default_factory=dict)
    forms: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[str, list[Trigger]] = field(default_factory=lambda: defaultdict(list))
    report_phrases: dict[str, list[tuple[Words, Report]]] = field(default_factory=lambda: defaultdict(list))
    cue_phrases: dict[str, list[tuple[Words, Cue]]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, Noun] = field(default_factory=dict)
    noun_phrases: dict[str, list[tuple[Words, Noun]]] = field(default_factory=lambda: defaultdict(list))
    adjectives: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[tuple[Words, Name]]] = field(default_factory=lambda: defaultdict(list))
    means: dict[str, list[tuple[Words, str, str]]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    casualties: dict[str, CountRole] = field(default_factory=dict)
    tolls: set[str] = field(default_factory=set)
    media: set[str] = field(default_factory=set)
    outlets: dict[str | None, str] = field(default_factory=dict)
    lands: dict[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    offices: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    triggers: list[Trigger] = field(default_factory=list)

    def lexeme(self, lemma: str, pos: str, forms: Iterable[Form]) -> Lexeme:
        """The lexeme of that lemma, its forms entered the first time."""
        key = (fold(lemma), pos)
        found = self.lexemes.get(key)
        if found is None:
            found = self.lexemes[key] = Lexeme(*key)
            for form in dict.fromkeys(forms):
                self.forms[form.text].append((found, form))
        return found

    def verb(self, lemma: str, imperfect: str) -> Lexeme:
        return self.lexeme(lemma, "v", verb_forms(lemma, imperfect))

    def outlet(self, name: str | None) -> str:
        """The id of the medium that an outlet's name means, or the empty string."""
        if name not in self.outlets:
            self.outlets[name] = self._outlet(name)
        return self.outlets[name]

    def _outlet(self, name: str | None) -> str:
        words = words_of(name or "")
        if not words:
            return ""
        found = next((n.id for rest, n in self.names.get(words[0], ()) if rest == words[1:] and n.kind == "media"), "")
        return found or next((m for m in sorted(self.media) if _plain_latin(m.removeprefix("media:")) == _plain_latin(name or "")), "")

    def home(self, outlet: str | None) -> str:
        """The country of an outlet, ISO 3166-1 alpha-3, or the empty string; a Latin name may be spelt otherwise, if all so called are of one country."""
        known = self.lands.get(self.outlet(outlet), "")
        if known or not outlet:
            return known
        wanted = latin_skeleton(outlet.lower().removeprefix("al"))
        lands = {land for name, land in self.lands.items() if len(wanted) >= _SOUNDS and latin_skeleton(name.removeprefix("media:")) == wanted}
        return lands.pop() if len(lands) == 1 else ""

    def code_on(self, entity: str, code: str, day: str) -> str:
        """The code an entity had on a day (ISO date): of the office it then held, where `code` is that of one of its offices; of a person
        between offices, that of a former official."""
        held = self.offices.get(entity, ())
        if not day or all(name.code != code for name in held):
            return code
        now = next((n.code for n in held if n.since <= day and (not n.until or day[: len(n.until)] <= n.until)), "")
        left = any(n.kind == "person" and n.until and n.until < day[: len(n.until)] for n in held)
        return now or (f"{code.split()[0]} ELI" if left else code)

    def enter_actor(self, row: Row) -> None:
        """An actor with one of its offices; its names are found from now on."""
        name = Name(row["id"], row["kind"], row["code"], row["english"], row["from"], row["to"], row["parent"])
        self.offices[name.id].append(name)
        for text in row.list("names"):
            _enter_name(self, text, name)
            self.called[name.id].update(words_of(text))

    def noun(self, lemma: str, plurals: tuple[str, ...] = (), *, masdar: bool = False) -> Lexeme:
        return self.lexeme(lemma, "n", noun_forms(lemma, plurals, feminine_plural=masdar and len(fold(lemma)) >= 4))


_ORDINARY = frozenset(("ماليه",))  # forms of an adjective of origin that nearly always mean something else: finance
_SOUNDS = 3  # consonants by which a Latin name may be known


def _plain_latin(name: str) -> str:
    """A Latin name without its article, spaces and hyphens: `Al-Masry Al-Youm` masryalyoum."""
    return name.lower().replace("-", "").replace(" ", "").removeprefix("al")


def words_of(text: str) -> Words:
    """The folded words of a name or phrase."""
    return tuple(t.norm for t in tokens(text))


def masdar_frame(trigger: Trigger) -> dict[str, str]:
    """A verb's frame for its masdar: subject and object both turn into the genitive, prepositions stay."""
    frame = {k: v for k, v in trigger.frame.items() if k not in "so"}
    genitive = "".join(dict.fromkeys(trigger.frame.get("s", "") + trigger.frame.get("o", "")))
    return {**{k: v for k, v in NOUN_FRAME.items() if k != "gen"}, **frame, "gen": genitive or "AR"}


def _enter_trigger(lexicon: Lexicon, trigger: Trigger) -> None:
    lexicon.triggers.append(trigger)
    if trigger.pos == "x":
        lexicon.phrases[trigger.bracket[0].text].append(trigger)
    elif trigger.pos == "v":
        lexicon.verb(trigger.lemma, trigger.forms[0]).triggers.append(trigger)
        for masdar in trigger.forms[1:]:
            as_noun = replace(trigger, pos="n", frame=masdar_frame(trigger))
            lexicon.noun(masdar, masdar=True).triggers.append(as_noun)
    elif trigger.pos == "n":
        lexicon.noun(trigger.lemma, trigger.forms).triggers.append(trigger)
    else:
        lexicon.lexeme(trigger.lemma, "p", adjective_forms(trigger.lemma, trigger.forms)).triggers.append(trigger)


def _words_entry(lexicon: Lexicon, row: Row, lemma: str) -> list[Lexeme]:
    """The lexemes of a reporting word or cue: verbs with their masdars, nouns."""
    forms = row.list("forms")
    if row["pos"] == "v" and forms and fold(forms[0]).startswith("ي"):
        return [lexicon.verb(lemma, forms[0]), *(lexicon.noun(m, masdar=True) for m in forms[1:])]
    if row["pos"] == "n":
        return [lexicon.noun(lemma, row.list("forms"))]
    return [lexicon.lexeme(lemma, "p", [Form(fold(f), "adjective", "either", "", "any") for f in (lemma, *row.list("forms"))])]


def _load_reports(lexicon: Lexicon) -> None:
    for row in rows(DATA / "reporting.tsv", REPORT_COLUMNS):
        frame = parse_frame(row["frame"], {"s": "S"}, row)
        report = Report(fold(row["lemma"]), row["pos"], row["act"], frame, f"{row.file}:{row.line}")
        words = words_of(row["lemma"].replace("[", "").replace("]", ""))
        if row["pos"] == "x" or len(words) > 1:
            _enter_phrase(lexicon.report_phrases, row["lemma"], report)
            continue
        for lexeme in _words_entry(lexicon, row, row["lemma"]):
            lexeme.reports.append(report)


def _load_cues(lexicon: Lexicon) -> None:
    for row in rows(DATA / "cues.tsv", CUE_COLUMNS):
        cue = Cue(fold(row["cue"]), row["pos"], row["status"], row["scope"], f"{row.file}:{row.line}")
        if row["pos"] == "x" or len(words_of(row["cue"].replace("[", "").replace("]", ""))) > 1:
            _enter_phrase(lexicon.cue_phrases, row["cue"], cue)
            continue
        for lexeme in _words_entry(lexicon, row, row["cue"]):
            lexeme.cues.append(cue)


def _enter_phrase(table: dict[str, list[tuple[Words, T]]], text: str, entry: T) -> None:
    """A fixed phrase under its first word; a verb in angle brackets is kept as `<lemma>`."""
    parts = tuple("<" + fold(w[1:-1]) + ">" if w.startswith("<") else fold(w) for w in text.replace("[", " ").replace("]", " ").split() if w != "..")
    if parts:
        table[parts[0].strip("<>")].append((parts[1:], entry))


def _load_nouns(lexicon: Lexicon) -> None:
    for row in rows(DATA / "nouns.tsv", NOUN_COLUMNS):
        noun = _noun_of(row)
        for text in (row["lemma"], *row.list("forms")):
            first, *rest = (w.removeprefix("ال") for w in words_of(text))
            if rest:
                lexicon.noun_phrases[first].append((tuple(rest), noun))
        for form in _forms_of(noun, row):
            lexicon.nouns.setdefault(form, noun)
    for row in rows(DATA / "naming.tsv", NOUN_COLUMNS):
        noun = _noun_of(row)
        for form in _forms_of(noun, row):
            lexicon.noun_phrases[form].append(((), noun))


def _noun_of(row: Row) -> Noun:
    return Noun(fold(row["lemma"]), row["class"], row["sector"], row["unit"] == "yes", row["english"])


def _forms_of(noun: Noun, row: Row) -> Iterator[str]:
    feminine = not row["lemma"].endswith("ة") and noun.label in ("person", "role", "source")
    yield from _construct(noun, row.list("forms"))
    yield from (form.text for form in noun_forms(row["lemma"], row.list("forms")))
    yield from (form.text for form in (adjective_forms(row["lemma"]) if feminine else ()))


def _construct(noun: Noun, forms: Sequence[str]) -> tuple[str, ...]:
    """A sound masculine plural before its genitive (`مدرسو`, `مدرسي`) of a participle or an adjective of origin that has no broken plural."""
    lemma = noun.lemma
    people = not forms and len(lemma) > 3 and noun.label in ("person", "source") and " " not in lemma
    return (lemma + "و", lemma + "ي") if people and (lemma[0] == "م" or lemma.endswith("ي")) else ()


def _enter_name(lexicon: Lexicon, text: str, name: Name) -> None:
    words = words_of(text)
    for spelt in dict.fromkeys((words, _in_one(words), _in_two(words))):
        if spelt and (spelt == words or spelt[0] not in lexicon.names or (spelt[1:], name) not in lexicon.names[spelt[0]]):
            lexicon.names[spelt[0]].append((spelt[1:], name))


def _in_one(words: Words) -> Words:
    """`عبد الله` and `أبو بكر` written as one word."""
    out: list[str] = []
    for w in words:
        if out and (out[-1] == "عبد" or (out[-1] in ("ابو", "ابا", "ابي") and not w.startswith("ال"))) and len(w) > 2:
            out[-1] += w
        else:
            out.append(w)
    return tuple(out)


def _in_two(words: Words) -> Words:
    """`عبدالله` written as two words."""
    return tuple(part for w in words for part in (("عبد", w[3:]) if w.startswith("عبدال") and len(w) > 6 else (w,)))


def _load_countries(lexicon: Lexicon) -> None:
    for row in rows(DATA / "countries.tsv", COUNTRY_COLUMNS):
        code = row["iso3"]
        lexicon.countries[code] = row["english"]
        for text in row.list("names"):
            _enter_name(lexicon, text, Name(code, "country", f"{code} GOV", row["english"], "", ""))
        for text in row.list("seats"):
            _enter_name(lexicon, text, Name(code, "seat", f"{code} GOV", row["english"], "", ""))
        plurals = row.list("plurals")
        for index, adjective in enumerate(row.list("adjective")):
            for form in adjective_forms(adjective, plurals if index == 0 else ()):
                if form.text not in _ORDINARY:
                    lexicon.adjectives.setdefault(form.text, code)


def _load_actors(lexicon: Lexicon) -> None:
    for path in tables("actors"):
        for row in rows(path, ACTOR_COLUMNS):
            lexicon.enter_actor(row)
    for row in rows(DATA / "media.tsv", MEDIA_COLUMNS):
        lexicon.media.add("media:" + row["english"])
        if row["country"] in lexicon.countries:
            lexicon.lands.setdefault("media:" + row["english"], row["country"])
        name = Name("media:" + row["english"], "media", f"{row['country'] or '-'} MED", row["english"], "", "")
        for text in (row["name"], *row.list("variants")):
            _enter_name(lexicon, text, name)


def _load_functions(lexicon: Lexicon) -> None:
    for row in rows(DATA / "function.tsv", FUNCTION_COLUMNS):
        lexicon.functions.setdefault(fold(row["word"]), row["class"])


def _load_casualties(lexicon: Lexicon) -> None:
    for row in rows(DATA / "casualties.tsv", CASUALTY_COLUMNS):
        name, _, toll = row["role"].partition(" ")
        role = next((r for r in COUNT_ROLES if r == name), None)
        if role is None:
            raise row.fault(f"role {name!r}; expected one of {', '.join(COUNT_ROLES)}")
        for form in (row["word"], *row.list("forms")):
            lexicon.casualties.setdefault(fold(form), role)
            if toll:
                lexicon.tolls.add(fold(form))


def _load_means(lexicon: Lexicon) -> None:
    for row in rows(DATA / "means.tsv", MEANS_COLUMNS):
        for text in (row["word"], *row.list("forms")):
            words = words_of(text)
            if words:
                lexicon.means[words[0]].append((words[1:], row["type"], row["mode"]))


@lru_cache(maxsize=1)
def load_lexicon(actors: Path | None = None) -> Lexicon:
    """The lexicon that ships with khabar, with a table of actors of one's own if there is one; kept for the next call. A fault in a table
    raises LexiconFault."""
    lexicon = Lexicon()
    triggers = [parse_trigger(row) for path in tables("triggers") for row in rows(path, TRIGGER_COLUMNS)]
    for trigger in triggers:
        _enter_trigger(lexicon, trigger)
    for row in rows(DATA / "verbs.tsv", VERB_COLUMNS):
        forms = row.list("forms")
        for lexeme in (lexicon.verb(row["lemma"], forms[0]), *(lexicon.noun(m, masdar=True) for m in forms[1:])):
            lexeme.helper = row["role"]
    lexicon.people = frozenset((DATA / "people_names.txt").read_text("utf-8").split("\n")[1:]) - {""}
    for load in (_load_functions, _load_casualties, _load_reports, _load_cues, _load_nouns, _load_countries, _load_actors, _load_means):
        load(lexicon)
    for row in rows(actors, ACTOR_COLUMNS) if actors else ():
        lexicon.enter_actor(row)
    for table in (lexicon.names, lexicon.noun_phrases, lexicon.report_phrases, lexicon.cue_phrases, lexicon.means):
        for found in table.values():
            found.sort(key=lambda entry: -len(entry[0]))
    return lexicon
