"""Counts: numbers of people and acts beside a trigger, with the role their words give them."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.arabic.numerals import Number, dual
from khabar.engines.rules.draft import Draft, Tally
from khabar.engines.rules.phrases import Chunk
from khabar.engines.rules.sentence import STOPS, Sentence
from khabar.lexicon import Lexicon
from khabar.model import Span
from khabar.model.ontology import CountRole

_DEFAULT: dict[str, CountRole] = {"PROTEST": "participants"}
_MONEY = frozenset(
    "دولار دولارا دولارات يورو ريال ريالا دينار دينارا جنيه جنيها درهم ليره مليم برميل طن طنا كيلومتر كيلومترا كلم كم متر مترا ساعه "
    "ساعات دقيقه دقائق يوم يوما ايام شهر شهرا اشهر "
    "سنه سنوات عام عاما اعوام اسبوع اسابيع مره مرات نقطه درجه بالمئه المئه الساعه سنة في المئه هكتار كيلوغرام غرام ميل نسخه صفحه "
    "مباراه هدف اهداف صوت اصوات مقعد مقعدا مقاعد".split()
)
_ACTS = frozenset("غاره غارات هجوم هجوما هجمات ضربه ضربات طلعه طلعات صاروخ صاروخا صواريخ قذيفه قذائف عمليه عمليات تفجير تفجيرات انفجار انفجارات".split())
_REACH = 12
_PEOPLE = frozenset(("person", "role", "armed", "group", "source"))
_OTHERS = frozenset(("اخرين", "اخرون", "اخر", "اخري", "منهم", "بينهم"))


def _unit(s: Sentence, number: Number) -> int | None:
    """The counted noun behind a number, None where there is none."""
    k = number.last
    if k < len(s) and s.words[k].norm == "من":
        k += 1
    if k >= len(s) or s.words[k].sign or s.verbs[k] or s.words[k].function in ("prep", "pp", "conj", "that", "rel"):
        return None
    return k


def _role(s: Sentence, i: int, lexicon: Lexicon) -> CountRole | None:
    for key in s.words[i].keys:
        role = lexicon.casualties.get(key)
        if role:
            return role
    return None


def _candidates(s: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int, int | None, Number | None]]:
    """(first, last, unit token, number) of every number phrase and dual that may count people or acts."""
    for number in s.numbers:
        if number.kind == "ordinal" or number.first in s.time_at:
            continue
        unit = _unit(s, number)
        if unit is not None and (s.words[unit].bare in _MONEY or s.words[unit].norm in _MONEY or unit in s.time_at):
            continue
        if number.last < len(s) and s.words[number.last].norm in _MONEY:
            continue
        yield number.first, number.last, unit, number
    for i, w in enumerate(s.words):
        if w.noun and w.noun.unit and i not in s.number_at and dual(w.bare.removeprefix("ال")) and _is_dual(s, i):
            yield i, i + 1, i, None


def _is_dual(s: Sentence, i: int) -> bool:
    """Whether a word that can be a dual is one: by its ending, or because its plural would be another (`قتيلين`)."""
    w = s.words[i]
    return w.norm.endswith(("ان", "تين")) or (w.noun is not None and w.noun.lemma + "ين" == w.bare and _certain_dual(s, i))


def _certain_dual(s: Sentence, i: int) -> bool:
    """`ين` is dual where an adjective in the dual follows or the noun's plural is a broken one (`قتيلين`, `جنديين`)."""
    w = s.words[i]
    broken = w.noun is not None and w.noun.lemma in (
        "قتيل",
        "جريح",
        "جندي",
        "شخص",
        "شرطي",
        "طفل",
        "شاب",
        "رجل",
        "امراه",
        "صحفي",
        "عنصر",
        "ضابط",
        "شهيد",
        "طالب",
        "عامل",
    )
    return broken and not w.article


def count_role(s: Sentence, draft: Draft, first: int, unit: int | None, lexicon: Lexicon) -> CountRole | None:
    """What the number counts: its own noun (`قتيلا`), the word just before it, the trigger, then the trigger's type."""
    if unit is not None and (role := _role(s, unit, lexicon)):
        return role
    if unit is not None and not s.words[unit].keys.isdisjoint(_ACTS):
        return "attacks"
    for k in range(first - 1, max(-1, first - 5), -1):
        if s.words[k].sign and s.tokens[k].norm in STOPS:
            break
        if role := _role(s, k, lexicon):
            return role
    for k in range(draft.first, draft.last):
        if role := _role(s, k, lexicon):
            return role
    if draft.sense.type == "COERCE" and "arrest" in draft.modes:
        return "arrested"
    if draft.sense.type == "ASSAULT" and "abduct" in draft.modes:
        return "abducted"
    if draft.sense.type == "RETREAT" and "release" in draft.modes:
        return "released"
    return _DEFAULT.get(draft.sense.type)


def _span(s: Sentence, first: int, last: int, unit: int | None, chunk: Chunk | None) -> tuple[Span, str]:
    end = max(last, unit + 1 if unit is not None else 0, chunk.last if chunk is not None else 0)
    start, stop = s.offsets(first, end)
    text = s.tokens
    whole = Span(start, stop, _text(s, start, stop))
    counted = _text(s, text[unit].start, stop) if unit is not None else "شخص"
    return whole, counted


def _text(s: Sentence, start: int, stop: int) -> str:
    return s.text[start:stop]


def assign_counts(s: Sentence, drafts: list[Draft], found: list[Chunk], lexicon: Lexicon) -> None:
    """Give every number of people or acts to the act it belongs to."""
    for first, last, unit, number in _candidates(s, lexicon):
        best = _owner(s, drafts, first, unit, lexicon)
        if best is None:
            continue
        draft, role = best
        chunk = next((c for c in found if c.first <= first < c.last), None)
        span, who = _span(s, first, last, unit, chunk)
        low, high = (number.low, number.high) if number else (2, 2)
        tally = Tally(span, role, low, high, who, bool(number and number.approximate), bool(number and number.open))
        if not any(t.span == span for t in draft.counts):
            draft.counts.append(tally)
            draft.because("counts", "number with a counted noun" if number else "dual")


def _owner(s: Sentence, drafts: list[Draft], first: int, unit: int | None, lexicon: Lexicon) -> tuple[Draft, CountRole] | None:
    """The nearest act that the number can count something of; a toll goes to an ASSAULT of the sentence."""
    ranked = sorted(drafts, key=lambda d: (abs(first - d.first) + (3 if d.first > first else 0), d.first))
    for draft in ranked:
        role = count_role(s, draft, first, unit, lexicon)
        if role is None or abs(first - draft.first) > _REACH * 2:
            continue
        if role in ("killed", "injured", "attacks") and draft.sense.type not in ("ASSAULT", "PROTEST"):
            continue
        if role == "arrested" and draft.sense.type not in ("COERCE", "ASSAULT", "PROTEST"):
            continue
        if _countable(s, draft, first, unit, role, lexicon):
            return draft, role
    return None


def _countable(s: Sentence, draft: Draft, first: int, unit: int | None, role: CountRole, lexicon: Lexicon) -> bool:
    """Whether a number can count people here: its noun names people, or it stands alone right beside the act or a word of toll."""
    if role == "attacks":
        return True
    noun = s.words[unit].noun if unit is not None else None
    if noun is not None:
        return noun.label in _PEOPLE
    if unit is not None and s.words[unit].country:
        return True
    near = any(draft.first <= k < draft.last or not s.words[k].keys.isdisjoint(lexicon.casualties) for k in range(max(0, first - 3), first))
    year = s.tokens[first].norm.isdigit() and 1900 <= int(s.tokens[first].norm) <= 2100
    return near and not year and (unit is None or s.words[unit].function == "adj" or s.words[unit].given or s.words[unit].norm in _OTHERS)


def counted_people(drafts: list[Draft], found: list[Chunk]) -> None:
    """People counted as taking part are actors of the act, people counted as its victims its recipients, where none are known yet."""
    for d in drafts:
        for tally in d.counts:
            target = d.actors if tally.role == "participants" else d.recipients if tally.role != "attacks" else None
            chunk = next((c for c in found if d.sentence.offsets(c.first, c.last)[0] <= tally.span.start < d.sentence.offsets(c.first, c.last)[1]), None)
            if target is not None and not target and chunk is not None:
                target.append(chunk.phrase)
                d.because("actors" if tally.role == "participants" else "recipients", "the people counted")
