"""Who is named in a sentence: its noun phrases cut to those that name people, bodies and states, whether or not they take part in an act."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from khabar.engines.rules.codes import called, noun_at
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import chunks, classify, head_of
from khabar.engines.rules.sentence import Sentence
from khabar.engines.rules.triggers import find_triggers
from khabar.lexicon import Lexicon

NAMING = frozenset(("person", "people", "org", "group", "armed", "state", "party", "media", "role", "source", "origin"))
_FRAMES = frozenset("راس جانب لسان طرف صفوف حضور رعايه اشراف مقتل اغتيال رحيل اعتقال نشاط مواقف اوساط عدد قبل يد ايدي غرار".split())
_NOT_PEOPLE = frozenset(("thing", "placeword", "document"))


def mentions(s: Sentence, lexicon: Lexicon, told: Collection[str] = ()) -> list[Phrase]:
    """The phrases of a sentence that name somebody, in text order. `told` are surnames of persons named elsewhere in the article."""
    taken = {k for d in find_triggers(s, lexicon) for k in range(d.first, d.last) if k not in s.name_at and not _names_people(s, k)}
    spans = _joined(s, [(c.first, c.last) for c in chunks(s, taken | set(range(s.segment.dateline)))])
    phrases = (_naming(s, first, last, told) for first, last in spans)
    return [p for p in phrases if p is not None]


def _names_people(s: Sentence, k: int) -> bool:
    """Whether a word that may name an act names people or a body here: `المقاومة`, `المتهمين`, `القضاء` without `على`."""
    w = s.words[k]
    if w.noun is None or s.verbs[k] or w.noun.label not in NAMING:
        return False
    if k + 1 < len(s) and s.words[k + 1].norm == "علي":
        return False
    return w.noun.label in ("person", "role", "source") or w.article


def _joined(s: Sentence, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with those made one that only an adjective or the name behind an office parts."""
    out: list[tuple[int, int]] = []
    for first, last in spans:
        if out and out[-1][1] == first and (_describes(s, out[-1], first) or _holds(s, out[-1], first)):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out


def _describes(s: Sentence, before: tuple[int, int], k: int) -> bool:
    """Whether token `k` is an adjective that agrees with the phrase before it: `الشرطة | البلدية`, `القوات | الموالية`."""
    w, last = s.words[k], s.words[before[1] - 1]
    if w.conjunction or w.preposition or w.sign or k in s.name_at or s.verbs[k] or not (called(w) or w.country):
        return False
    head = s.words[head_of(s, *before)]
    return bool(head.noun) and head.noun is not None and head.noun.label in NAMING and (last.article or not w.article) and w.article == _definite(s, before)


def _definite(s: Sentence, span: tuple[int, int]) -> bool:
    return any(s.words[k].article for k in range(*span))


def _holds(s: Sentence, before: tuple[int, int], k: int) -> bool:
    """Whether a person's name follows the office that the phrase before it tells: `رئيس الحكومة | يوسف الشاهد`."""
    w, named = s.words[k], s.name_at.get(k)
    if w.conjunction or w.preposition or s.verbs[k] or _has_person(s, before):
        return False
    noun, _ = noun_at(s, head_of(s, *before), before[1])
    person = w.given if named is None else named.name.kind == "person"
    return noun is not None and noun.label == "role" and person


def _has_person(s: Sentence, span: tuple[int, int]) -> bool:
    return any(s.words[k].given or (k in s.name_at and s.name_at[k].name.kind == "person") for k in range(*span))


def _naming(s: Sentence, first: int, last: int, told: Collection[str]) -> Phrase | None:
    """The phrase from where it begins to name somebody; null where it names nobody."""
    first = _behind_frame(s, first, last)
    head = head_of(s, first, last)
    for k in range(first, last):
        w, named = s.words[k], s.name_at.get(k)
        noun, _ = noun_at(s, k, last)
        if named or (noun and noun.label in NAMING) or w.country or w.given or w.bare in told or _official(s, k):
            start = first if k <= head else k
            return _judged(s, start, last)
    return None


def _judged(s: Sentence, first: int, last: int) -> Phrase | None:
    found = classify(s, first, last, head_of(s, first, last))
    named = s.name_at.get(found.head)
    if found.label == "place":
        return found._replace(label="state", code=f"{named.name.id} GOV") if named else None
    return found


def _official(s: Sentence, k: int) -> bool:
    """`الأمنيين`, `العسكريون`: people called by an adjective that tells their sector."""
    w = s.words[k]
    return w.bare.endswith(("يين", "يون")) and bool(called(w))


def _behind_frame(s: Sentence, first: int, last: int) -> int:
    """Behind the first word of `رأس الوفد`, `جانب الشعب`: it belongs to the preposition before, not to the name."""
    k = first
    while k + 1 < last and not s.words[k].article and s.words[k].bare in _FRAMES and not s.words[k + 1].sign and k not in s.name_at:
        k += 1
    return k


def surnames(phrases: Collection[Phrase]) -> Iterator[tuple[str, Phrase]]:
    """The last names of persons named in full in phrases, each with its phrase."""
    for p in phrases:
        run = name_of(p)
        if len(run) > 1 and len(run[-1]) > 2:
            yield run[-1], p


def name_of(p: Phrase) -> tuple[str, ...]:
    """The words of a person's own name in a phrase, from the first name on; empty where there is none."""
    s = p.sentence
    first = next((k for k in range(p.first, p.last) if s.words[k].given and k not in s.number_at), None)
    if first is None:
        return ()
    run = []
    for k in range(first, p.last):
        w = s.words[k]
        if w.sign or w.function or (w.noun and w.noun.label in NAMING and not w.article and k > first and w.norm not in ("ابو", "ابن", "بن")):
            break
        run.append(w.bare)
    return tuple(run)
