"""Who is named in a sentence: its noun phrases cut to those that name people, bodies and states, whether or not they take part in an act."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from khabar.engines.rules.codes import called, noun_at
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import chunks, classify, head_of
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.triggers import find_triggers
from khabar.engines.rules.words import Word
from khabar.lexicon import Lexicon

NAMING = frozenset(("person", "people", "org", "group", "armed", "state", "party", "media", "role", "source", "origin"))
_LEADING = frozenset("رياسه قياده".split())  # behind `ب`
_FRAMES = frozenset("خلف راس جانب لسان طرف صفوف حضور رعايه اشراف مقتل اغتيال رحيل اعتقال نشاط مواقف اوساط عدد قبل يد ايدي غرار عين جانبي هامش".split())
_ON_HIS_PART = frozenset("جانبه جانبها جانبهم جهته جهتها جهتهم ناحيته ناحيتها دوره دورها دورهم".split())  # `من جهته`: a verb follows
_BESIDE = frozenset("الاعضاء الشقيقه الصديقه الست الخمس الكبري العظمي الاخري الاخرين الجديد الجديده السابق السابقه الحالي الحاليه".split())
_NOBODY = frozenset("الله اخري الاخري خلفيه قضيه الثاني الثالث".split())
_SON_OF = frozenset(("ابو", "ابن", "بن", "ام"))
_BODIES = frozenset(("org", "armed", "group", "state"))
_PEOPLE = 8  # letters of a word that can be a people's name by its ending alone
_NAME = 5  # words of a name


def spans_of(s: Sentence, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The noun phrases of a sentence that may name somebody, as tokens from the first to the last (exclusive), in text order."""
    acts = (k for d in s.candidates or find_triggers(s, lexicon) for k in range(d.first, d.last))
    taken = {k for k in acts if k not in s.name_at and not _names_people(s, k) and not _names_task(s, k)}
    found = [(c.first, c.last) for c in chunks(s, taken | set(range(s.segment.dateline)))]
    cut = [span for first, last in sorted(found + _overlooked(s, found)) for span in _parted(s, first, last)]
    return _joined(s, cut, lexicon)


def mentions(s: Sentence, spans: Collection[tuple[int, int]], told: Collection[str] = ()) -> list[Phrase]:
    """The spans of a sentence that name somebody, as phrases. `told` are surnames of persons named elsewhere in the article."""
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


def _names_task(s: Sentence, k: int) -> bool:
    """Whether an act is the task of the body before it and part of its name: `لجنة التحقيق`, `قوات حفظ السلام`, `هيئة مكافحة الفساد`."""
    if k == 0 or s.verbs[k] or s.words[k].preposition or s.words[k].conjunction:
        return False
    before = s.words[k - 1]
    body = before.noun is not None and before.noun.label in _BODIES and not before.article and not before.function and not before.sign
    return body and not s.verbs[k - 1] and k - 1 not in s.name_at


def _acts(s: Sentence, k: int) -> bool:
    """Whether an indefinite participle tells what somebody does (`مشيرا إلى`, `داعية إلى`) and not who somebody is."""
    w = s.words[k]
    if w.noun is None or w.noun.label not in ("role", "person") or k in s.number_at or k - 1 in s.number_at:
        return False
    verbal = w.bare in (w.noun.lemma + "ا", w.noun.lemma + "ه") and not w.article
    return verbal and k + 1 < len(s) and (s.words[k + 1].function in ("prep", "that", "pp") or s.words[k + 1].norm in ("ان", "بان", "انه", "انها"))


def _overlooked(s: Sentence, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Nouns of several words that begin with a word taken for a verb (`قاضي التحقيق`), names with one taken for a preposition (`علي العريض`)."""
    covered = {k for first, last in found for k in range(first, last)}
    ends = ((k, noun_at(s, k, len(s))) for k in range(len(s)) if k not in covered)
    nouns = [(k, end) for k, (noun, end) in ends if noun and noun.label in NAMING and end - k > 1 and not covered & set(range(k, end))]
    covered |= {k for first, last in nouns for k in range(first, last)}
    names = [(n.first, n.last) for n in s.names if n.name.kind == "person" and n.first not in covered]
    judges = [(k, k + 1) for k in range(len(s)) if k not in covered and _opens_sentence(s, k)]
    governors = [(k, s.place_at[k + 1].last if k + 1 in s.place_at else k + 2) for k in range(len(s)) if k not in covered and _is_governor(s, k)]
    return nouns + names + judges + governors


def _opens_sentence(s: Sentence, k: int) -> bool:
    """Whether a plural that could be a verb is what a sentence begins with and the verb behind it is of: `قضاة يطالبون`."""
    w = s.words[k]
    return k == 0 and bool(s.verbs[0]) and w.noun is not None and w.plural and w.noun.label in NAMING and len(s) > 1 and bool(s.verbs[1])


def _is_governor(s: Sentence, k: int) -> bool:
    """`والي صفاقس`, spelt like `and to` but for its dots."""
    spelt = s.words[k].norm.endswith("والي") and s.tokens[k].text.endswith("ي") and s.words[k].conjunction == "و"
    return spelt and k + 1 < len(s) and (k + 1 in s.place_at or s.words[k + 1].bare == "الجهه")


def _parted(s: Sentence, first: int, last: int) -> list[tuple[int, int]]:
    """A span cut before names that cannot belong to what stands before them: `أوباما | إسرائيل`, `الوزراء الأوروبيين | إيران`."""
    if s.words[first].bare in _ON_HIS_PART and first + 1 < last:
        first += 1 + (s.words[first + 1].maybe_verb and first + 2 < last)
    cuts = [k for k in range(first + 1, last) if _opens(s, first, k)]
    return list(pairwise((first, *cuts, last)))


def _opens(s: Sentence, first: int, k: int) -> bool:
    named, before, w = s.name_at.get(k), s.name_at.get(k - 1), s.words[k]
    if w.preposition and s.tokens[k - 1].norm == ",":
        return True
    if w.preposition or w.conjunction:
        return False
    if named is None and k == first + 1 and _is_single_name(s, k):
        return True
    if named is None:
        person = before is not None and before.name.kind == "person"
        return person and bool(w.article) and not w.country and not (w.noun and w.noun.label == "role")
    if named.first != k or named.name.kind == "person":
        return False
    if w.article and w.country and named.last == k + 1 and s.words[k - 1].article and before is None:
        return False
    return before is not None or (s.words[k - 1].article and named.name.kind in ("country", "seat"))


def _is_single_name(s: Sentence, k: int) -> bool:
    """Whether what stands before an office is a first name alone, and so rather a verb: `أبان | وزير الخارجية`."""
    before, (noun, _) = s.words[k - 1], noun_at(s, k, len(s))
    office = noun is not None and noun.label == "role" and not s.words[k].article and not s.words[k].preposition
    after = s.words[k + 1] if k + 1 < len(s) else None
    whole = after is not None and bool(after.article or after.noun)  # `فيصل خليفة` is a name
    return office and whole and before.given and not before.article and noun_at(s, k - 1, k)[0] is None


def _is_noun(w: Word) -> bool:
    """Whether a word is a noun for people and not the act that is spelt alike: `مهاجمة` and `داعية` without article are acts."""
    if w.noun is not None and w.bare == w.noun.lemma + "ه" and w.noun.lemma[0] == "م" and w.noun.lemma[2:3] == "ا":
        return bool(w.article)  # `مساعدة`, `مشاركة`: the act, hardly ever the woman
    acting = w.events or w.reports or w.analyses
    feminine = w.noun is not None and w.bare == w.noun.lemma + "ه" and w.noun.label in ("person", "source")
    return bool(w.article) or not (acting and (feminine or any(a.form.kind == "circumstance" for a in w.analyses)))


def _joined(s: Sentence, spans: list[tuple[int, int]], lexicon: Lexicon) -> list[tuple[int, int]]:
    """The spans, with those made one that only an adjective, a noun of several words or the name behind an office parts."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        first = max(start, out[-1][1]) if out else start
        last = max(end, *(noun_at(s, k, len(s))[1] for k in range(start, end)))
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
        return _describes(s, before, first) or _titled(s, before, first) or _belongs(s, before, first) or _holds(s, before, first, lexicon)
    if first - before[1] != 1:
        return False
    if s.tokens[before[1]].norm in ("من", "في"):
        return _from(s, before, first, last)
    if s.tokens[before[1]].norm == ",":
        return (last - first <= _NAME and first not in s.place_at and _holds(s, before, first, lexicon)) or _held(s, before, first, last)
    return s.tokens[before[1]].norm in QUOTES and _is_called(s, before, first)


def _titled(s: Sentence, before: tuple[int, int], k: int) -> bool:
    """Whether a definite office follows the full name of who holds it: `حسين العباسي | الأمين العام`."""
    named, (noun, _) = s.name_at.get(before[0]), noun_at(s, k, len(s))
    person = named.name.kind == "person" if named else s.words[before[0]].given and before[1] - before[0] > 1
    return person and noun is not None and noun.label == "role" and s.words[k].article and not (s.words[k].conjunction or s.words[k].preposition)


def _from(s: Sentence, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether a land or place tells where indefinite people or a body are from: `جنودا من | كوريا الشمالية`, `محكمة في | طرابلس`."""
    head = head_of(s, *before)
    noun, _ = noun_at(s, head, before[1])
    place = s.place_at.get(first)
    land = _is_land(s, first) or place is not None
    if noun is None or not land or _definite(s, before) or last - first > 3 or s.words[first].conjunction or s.words[first].preposition:
        return False
    return noun.label in (("person", "armed", "group") if s.tokens[before[1]].norm == "من" else (*_BODIES, "armed"))


def _belongs(s: Sentence, before: tuple[int, int], k: int) -> bool:
    """Whether an office of several words goes on with the body it is of: `الأمين العام | لاتحاد الأطباء`."""
    w, ends = s.words[k], ((i, *noun_at(s, i, before[1])) for i in range(*before))
    office = any(noun is not None and noun.label == "role" and end - i > 1 and end == before[1] for i, noun, end in ends)
    return office and w.preposition == "ل" and w.noun is not None and w.noun.label in _BODIES


def _held(s: Sentence, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether an office between commas is that of the person named before it: `محمد الغنوشي، الوزير الأول`."""
    named, (noun, _) = s.name_at.get(before[0]), noun_at(s, first, last)
    person = (named is not None and named.name.kind == "person") if named else s.words[before[0]].given and before[1] - before[0] > 1
    closed = last >= len(s) or s.words[last].sign or bool(s.verbs[last]) or s.words[last].function in ("that", "rel") or bool(s.words[last].preposition)
    return person and noun is not None and noun.label == "role" and not s.words[first].conjunction and closed


def _is_called(s: Sentence, before: tuple[int, int], first: int) -> bool:
    """Whether a name in quotes is that of the body before it: `تنظيم "داعش"`."""
    named, (noun, _) = s.name_at.get(first), noun_at(s, head_of(s, *before), before[1])
    if named is None or noun is None:
        return False
    return named.name.kind in ("org", "group", "party", "media") and noun.label in ("org", "group", "armed", "source")


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
    clitic = (w.conjunction or w.preposition) and w.norm not in lexicon.people
    if clitic or s.verbs[k] or _has_person(s, before):
        return False
    nouns = (noun_at(s, at, before[1])[0] for at in (head_of(s, *before), before[1] - 1))
    person = (w.given or w.norm in lexicon.people) if named is None else named.name.kind == "person"
    return person and any(noun is not None and noun.label == "role" for noun in nouns)


def _has_person(s: Sentence, span: tuple[int, int]) -> bool:
    given = (k for k in range(*span) if s.words[k].given and noun_at(s, k, span[1])[0] is None)
    return any(True for _ in given) or any(k in s.name_at and s.name_at[k].name.kind == "person" for k in range(*span))


def _naming(s: Sentence, first: int, last: int, told: Collection[str]) -> Phrase | None:
    """The phrase from where it begins to name somebody; null where it names nobody."""
    first = _behind_frame(s, first, last)
    head = head_of(s, first, last)
    for k in range(first, last):
        if _names(s, k, last) or s.words[k].bare in told:
            return _judged(s, first if k <= head or _whole_name(s, first, k) else k, last)
    return None


def _whole_name(s: Sentence, first: int, k: int) -> bool:
    """Whether the words before a person's known name are the rest of it, since nothing else explains them: `يوهانس | دانيال`."""
    return s.words[k].given and k - first <= 2 and all(_unknown(s, i) for i in range(first, k))


def _unknown(s: Sentence, k: int) -> bool:
    w = s.words[k]
    known = w.noun or w.country or w.analyses or w.function or w.sign or w.article or w.preposition or w.cues or w.means
    joined = bool(w.conjunction) or w.bare.endswith(("ه", "ها", "هم"))
    return not (known or joined or s.verbs[k] or k in s.place_at or k in s.name_at or k in s.number_at or k in s.time_at)


def _names(s: Sentence, k: int, last: int) -> bool:
    """Whether the word at token `k` names somebody, or says what somebody is."""
    w, (noun, _) = s.words[k], noun_at(s, k, last)
    if (k in s.name_at and not w.owned) or w.country or w.given or _official(s, k):
        return True
    if noun is None:
        return _is_people(s, k) or _is_governor(s, k) or _is_west(s, k)
    return noun.label in NAMING and w.bare not in _NOBODY | _ON_HIS_PART and _is_noun(w) and not _acts(s, k)


def _is_people(s: Sentence, k: int) -> bool:
    """A plural of a relational adjective that no table knows: `الأحوازيين`."""
    w = s.words[k]
    plural = w.bare.startswith("ال") and w.bare.endswith(("يين", "يون")) and len(w.bare) >= _PEOPLE
    return plural and not (w.analyses or w.function or s.verbs[k] or k in s.number_at) and not (k and s.words[k - 1].article)


def _is_west(s: Sentence, k: int) -> bool:
    """`الغرب` as who acts, not a direction (`في الغرب`, `الغرب الليبي`)."""
    if s.words[k].bare != "الغرب" or (k + 1 < len(s) and s.words[k + 1].article):
        return False
    before = s.words[k - 1] if k else None
    return s.words[k].preposition != "ب" and (before is None or before.function != "prep" or before.norm in ("من", "مع", "ضد", "عن"))


def _judged(s: Sentence, first: int, last: int) -> Phrase | None:
    found = classify(s, first, last, head_of(s, first, last))
    named = s.name_at.get(found.head)
    if found.label == "origin" and found.last - found.first == 1 and _after_noun(s, first):
        return found._replace(label="state", code=f"{found.code.split()[0]} GOV")
    if _is_people(s, found.head) and not found.label:
        return found._replace(label="people")
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
    while k + 1 < last and not s.words[k].article and _is_frame(s.words[k]) and not s.words[k + 1].sign and k not in s.name_at:
        k += 1
    return k


def inside(p: Phrase) -> Iterator[Phrase]:
    """The names and bodies that a phrase holds beside its head: `عمال | شركة الكهرباء`, `حكومة | الرئيس هادي`."""
    s, k = p.sentence, p.head
    named = s.name_at.get(k)
    k = named.last if named else noun_at(s, k, p.last)[1]
    own = s.words[p.head].given and named is None
    held = own or (named is not None and named.name.kind == "person")
    while k < p.last:
        named, (noun, end) = s.name_at.get(k), noun_at(s, k, p.last)
        own = (own or (s.words[k].given and noun is None and named is None)) and not s.words[k].sign and not (noun and k + 1 < p.last)
        if own:
            k += 1
        elif named and named.first == k and named.last <= p.last and not _is_adjective(s, k):
            yield classify(s, k, named.last, k)
            k = named.last
        elif noun and named is None and noun.label in NAMING and not (held and noun.label == "role") and _is_noun(s.words[k]) and not _is_adjective(s, k):
            yield classify(s, k, p.last, k)
            k = end
        else:
            k += 1


def _is_frame(w: Word) -> bool:
    return w.bare in _FRAMES or (w.preposition == "ب" and w.bare in _LEADING)


def _is_land(s: Sentence, k: int) -> bool:
    return k in s.name_at and s.name_at[k].name.kind in ("country", "seat")


def _is_adjective(s: Sentence, k: int) -> bool:
    """Whether a word that can name somebody describes the noun before it: `القوات السعودية`, `لجنة برلمانية`."""
    w, before = s.words[k], s.words[k - 1]
    return bool(w.country or called(w)) and w.article == before.article and not w.preposition and not w.conjunction


def name_of(p: Phrase) -> tuple[str, ...]:
    """The words of a person's own name in a phrase, from the first name on; empty where there is none."""
    s = p.sentence
    given = (k for k in range(p.first, p.last) if s.words[k].given and k not in s.number_at and not _is_land(s, k))
    first = next((k for k in given if noun_at(s, k, p.last)[0] is None), None)
    if first is None:
        return ()
    run: list[str] = []
    for k in range(first, p.last):
        w = s.words[k]
        office = w.noun is not None and w.noun.label in NAMING and not w.article and w.norm not in _SON_OF
        if w.sign or w.function or (run and (s.verbs[k] or office)):
            break
        run.append(w.norm if w.whole else w.bare)
    return tuple(run)
