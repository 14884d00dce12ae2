"""Who is named in a sentence: its noun phrases cut to those that name people, bodies and states, whether or not they take part in an act."""

from __future__ import annotations

from collections.abc import Collection

from khabar.engines.rules.codes import called, noun_at
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import chunks, classify, head_of
from khabar.engines.rules.sentence import Sentence
from khabar.engines.rules.triggers import find_triggers
from khabar.engines.rules.words import Word
from khabar.lexicon import Lexicon

NAMING = frozenset(("person", "people", "org", "group", "armed", "state", "party", "media", "role", "source", "origin"))
_FRAMES = frozenset("راس جانب لسان طرف صفوف حضور رعايه اشراف مقتل اغتيال رحيل اعتقال نشاط مواقف اوساط عدد قبل يد ايدي غرار عين جانبي هامش".split())
_BESIDE = frozenset("الاعضاء الشقيقه الصديقه الست الخمس الكبري العظمي الاخري الاخرين الجديد الجديده السابق السابقه الحالي الحاليه".split())
_NOBODY = frozenset("الله اخري الاخري خلفيه قضيه الثاني الثالث".split())
_NAME = 5  # words of a name


def mentions(s: Sentence, lexicon: Lexicon, told: Collection[str] = ()) -> list[Phrase]:
    """The phrases of a sentence that name somebody, in text order. `told` are surnames of persons named elsewhere in the article."""
    taken = {k for d in find_triggers(s, lexicon) for k in range(d.first, d.last) if k not in s.name_at and not _names_people(s, k)}
    found = [(c.first, c.last) for c in chunks(s, taken | set(range(s.segment.dateline)))]
    spans = _joined(s, sorted(found + _overlooked(s, taken, found)), lexicon)
    phrases = (_naming(s, first, last, told) for first, last in spans)
    return [p for p in phrases if p is not None]


def _names_people(s: Sentence, k: int) -> bool:
    """Whether a word that may name an act names people or a body here: `المقاومة`, `المتهمين`, `القضاء` without `على`."""
    w = s.words[k]
    if w.noun is None or s.verbs[k] or w.noun.label not in NAMING or not _is_noun(w):
        return False
    if k + 1 < len(s) and s.words[k + 1].norm == "علي":
        return False
    return w.noun.label in ("person", "role", "source") or w.article


def _acts(s: Sentence, k: int) -> bool:
    """Whether an indefinite participle tells what somebody does (`مشيرا إلى`, `داعية إلى`) and not who somebody is."""
    w = s.words[k]
    if w.noun is None or w.noun.label not in ("role", "person") or k in s.number_at or k - 1 in s.number_at:
        return False
    verbal = w.bare in (w.noun.lemma + "ا", w.noun.lemma + "ه") and not w.article
    return verbal and k + 1 < len(s) and (s.words[k + 1].function in ("prep", "that", "pp") or s.words[k + 1].norm in ("ان", "بان", "انه", "انها"))


def _overlooked(s: Sentence, taken: Collection[int], found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Nouns of several words that begin with a word taken for a verb: `قاضي التحقيق`."""
    covered = {k for first, last in found for k in range(first, last)}
    ends = ((k, noun_at(s, k, len(s))) for k in range(len(s)) if k not in covered and k not in taken)
    return [(k, end) for k, (noun, end) in ends if noun and noun.label in NAMING and end - k > 1 and not covered & set(range(k, end))]


def _is_noun(w: Word) -> bool:
    """Whether a word is a noun for people and not the act that is spelt alike: `مهاجمة` and `داعية` without article are acts."""
    acting = w.events or w.reports or w.analyses
    feminine = w.noun is not None and w.bare == w.noun.lemma + "ه" and w.noun.label in ("person", "source")
    return bool(w.article) or not (acting and (feminine or any(a.form.kind == "circumstance" for a in w.analyses)))


def _joined(s: Sentence, spans: list[tuple[int, int]], lexicon: Lexicon) -> list[tuple[int, int]]:
    """The spans, with those made one that only an adjective, a noun of several words or the name behind an office parts."""
    out: list[tuple[int, int]] = []
    for first, last in spans:
        last = max(last, *(noun_at(s, k, len(s))[1] for k in range(first, last)))
        if out and first < out[-1][1]:
            first = out[-1][1]
        if first >= last:
            continue
        if out and _goes_on(s, out[-1], first, last, lexicon):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out


def _goes_on(s: Sentence, before: tuple[int, int], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the span from `first` to `last` belongs to the one before it."""
    if before[1] == first:
        return _describes(s, before, first) or _holds(s, before, first, lexicon)
    comma = first - before[1] == 1 and s.tokens[before[1]].norm == ","
    return comma and last - first <= _NAME and first not in s.place_at and _holds(s, before, first, lexicon)


def _describes(s: Sentence, before: tuple[int, int], k: int) -> bool:
    """Whether token `k` is an adjective that agrees with the phrase before it: `الشرطة | البلدية`, `القوات | الموالية`, `الدول | الأعضاء`."""
    w, last = s.words[k], s.words[before[1] - 1]
    if w.conjunction or w.preposition or w.sign or k in s.name_at or s.verbs[k] or w.article != _definite(s, before):
        return False
    head = s.words[head_of(s, *before)]
    if head.noun is None or head.noun.label not in NAMING or (w.article and not last.article):
        return False
    body = w.noun is not None and w.noun.label in ("org", "group", "state", "armed", "role")
    if w.country or (called(w) and not body):
        return True
    return w.article and (w.bare in _BESIDE or (not body and _adjectival(w) and _agree(head, w)))


def _adjectival(w: Word) -> bool:
    return w.bare.endswith(("يه", "يين", "يون")) or w.bare.startswith("الم")


def _agree(head: Word, w: Word) -> bool:
    """Gender and number of a noun and a definite adjective, as far as endings tell: plurals that are no persons take the feminine."""
    people = head.noun is not None and head.noun.label in ("person", "role", "source")
    if head.plural and people:
        return w.bare.endswith(("ين", "ون", "ات"))
    return w.bare.endswith("ه") == (head.bare.endswith(("ه", "ات")) or head.plural)


def _definite(s: Sentence, span: tuple[int, int]) -> bool:
    return any(s.words[k].article for k in range(*span))


def _holds(s: Sentence, before: tuple[int, int], k: int, lexicon: Lexicon) -> bool:
    """Whether a person's name follows the office that the phrase before it tells: `رئيس الحكومة | يوسف الشاهد`."""
    w, named = s.words[k], s.name_at.get(k)
    joined = w.conjunction and w.norm not in lexicon.people
    if joined or w.preposition or s.verbs[k] or _has_person(s, before):
        return False
    noun, _ = noun_at(s, head_of(s, *before), before[1])
    person = (w.given or w.norm in lexicon.people) if named is None else named.name.kind == "person"
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
        if named or (noun and noun.label in NAMING and _is_noun(w) and not _acts(s, k) and w.bare not in _NOBODY) or w.country or w.given or w.bare in told or _official(s, k):
            start = first if k <= head else k
            return _judged(s, start, last)
    return None


def _judged(s: Sentence, first: int, last: int) -> Phrase | None:
    found = classify(s, first, last, head_of(s, first, last))
    named = s.name_at.get(found.head)
    if found.label == "origin" and found.last - found.first == 1 and _after_noun(s, first):
        return found._replace(label="state", code=f"{found.code.split()[0]} GOV")
    if found.label == "place":
        return found._replace(label="state", code=f"{named.name.id} GOV") if named else None
    return found


def _after_noun(s: Sentence, k: int) -> bool:
    """Whether an adjective of origin describes a thing or an act, so that it stands for the state: `قصف | مصري`, `العقوبات | الأمريكية`."""
    if k == 0 or s.words[k].conjunction:
        return False
    w = s.words[k - 1]
    return not (w.sign or w.function or s.verbs[k - 1]) and w.article == s.words[k].article


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


def name_of(p: Phrase) -> tuple[str, ...]:
    """The words of a person's own name in a phrase, from the first name on; empty where there is none."""
    s = p.sentence
    first = next((k for k in range(p.first, p.last) if s.words[k].given and k not in s.number_at), None)
    if first is None:
        return ()
    run = []
    for k in range(first, p.last):
        w = s.words[k]
        if w.sign or w.function or (s.verbs[k] and k > first) or (w.noun and w.noun.label in NAMING and not w.article and k > first and w.norm not in ("ابو", "ابن", "بن")):
            break
        run.append(w.bare)
    return tuple(run)
