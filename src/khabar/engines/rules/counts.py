"""Counts: numbers of people and acts beside a trigger, with the role their words give them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from khabar.arabic.numerals import Number, dual
from khabar.engines.rules.draft import Draft, Tally
from khabar.engines.rules.phrases import Chunk
from khabar.engines.rules.sentence import STOPS, Sentence
from khabar.engines.rules.tolls import BREAKDOWN
from khabar.lexicon import Lexicon
from khabar.model import Span
from khabar.model.ontology import CountRole

_MONEY = frozenset(
    "دولار دولارا دولارات يورو ريال ريالا دينار دينارا جنيه جنيها درهم ليره مليم برميل طن طنا كيلومتر كيلومترا كلم كم متر مترا ساعه "
    "ساعات دقيقه دقائق يوم يوما ايام شهر شهرا اشهر "
    "سنه سنوات عام عاما اعوام اسبوع اسابيع مره مرات نقطه درجه بالمئه الساعه هكتار كيلوغرام غرام ميل نسخه صفحه "
    "مباراه هدف اهداف صوت اصوات مقعد مقعدا مقاعد".split()
)
_ACTS = frozenset("غاره غارات هجوم هجوما هجمات ضربه ضربات طلعه طلعات صاروخ صاروخا صواريخ قذيفه قذائف عمليه عمليات تفجير تفجيرات انفجار انفجارات".split())
_REACH = 12
_ROLE_OF_TYPE: dict[str, frozenset[str]] = {  # acts that a count of the role may belong to
    "killed": frozenset(("ASSAULT", "PROTEST")),
    "injured": frozenset(("ASSAULT", "PROTEST")),
    "attacks": frozenset(("ASSAULT", "PROTEST")),
    "arrested": frozenset(("COERCE", "ASSAULT", "PROTEST")),
    "abducted": frozenset(("ASSAULT", "COERCE")),
    "displaced": frozenset(("COERCE", "ASSAULT")),
}
_LAW = frozenset("الفصل الفصول فصول الماده المواد البند البنود رقم عدد".split())
_SUMS = frozenset("قدرها قدره قيمتها قيمته بقيمه بمبلغ مبلغ تبلغ".split())  # of money, without its unit
_AT_LARGE = frozenset(("سراح", "فرار"))  # `4 اخرين في حاله سراح`
_MET = frozenset("لقي لقوا لقيا لقيت".split())
_DEATH = frozenset("مصرعه مصرعها مصرعهم مصرعهما مصرعهن حتفه حتفها حتفهم حتفهما حتفهن".split())
_PEOPLE = frozenset(("person", "role", "armed", "group", "source"))
_VICTIMS = frozenset("ضحيته ضحيتها ضحاياه ضحاياها بحياه".split())  # `راح ضحيته 22 شخصا`, `اودى بحياه 5`
_BY = frozenset("يد ايدي شنه شنها شنهما نفذه نفذها نفذته نفذتها نفذهما ارتكبه ارتكبها قبل جانب بواسطه".split())  # whose number follows these did it
_OTHERS = frozenset(("اخرين", "اخرون", "اخر", "اخري", "منهم", "بينهم"))


class Counted(NamedTuple):
    """A number phrase or dual over tokens `first` to `last` (exclusive) with the counted noun, None where there is none."""

    first: int
    last: int
    unit: int | None
    number: Number | None

    @property
    def end(self) -> int:
        return max(self.last, self.unit + 1 if self.unit is not None else 0)


class Owner(NamedTuple):
    """The act that a number counts something of, and as what."""

    draft: Draft
    role: CountRole


def _unit(s: Sentence, number: Number) -> int | None:
    """The counted noun behind a number, None where there is none."""
    k = number.core_last
    if k < len(s) and s.words[k].norm == "من":
        k += 1
    if k >= len(s) or s.words[k].sign or s.verbs[k] or s.words[k].function in ("prep", "pp", "conj", "that", "rel") or s.words[k].preposition:
        return None
    return k


def _noun_before(s: Sentence, number: Number) -> int | None:
    """The noun that a number follows as its adjective: `الرهائن الاربعه`, `عسكريين تركيين اثنين`."""
    first = number.first
    two = number.low == number.high == 2
    if first != number.core_first or not (two or s.words[first].norm.startswith("ال")) or number.kind == "ordinal":
        return None
    for k in range(first - 1, max(-1, first - 3), -1):
        w = s.words[k]
        if w.noun is not None and (w.noun.label in _PEOPLE or not w.keys.isdisjoint(_ACTS)) and (w.plural or two) and w.article is not two:
            return k
        if not w.country and not (w.article and w.function == "adj"):
            return None
    return None


def _role(s: Sentence, i: int, lexicon: Lexicon) -> CountRole | None:
    for key in s.words[i].keys:
        role = lexicon.casualties.get(key)
        if role:
            return role
    return None


def _candidates(s: Sentence) -> Iterator[Counted]:
    """Every number phrase and dual that may count people or acts."""
    for number in s.numbers:
        if number.kind == "ordinal" or number.first in s.time_at or (number.last < len(s) and s.words[number.last].norm in _MONEY):
            continue
        unit = _unit(s, number)
        if unit is not None and (s.words[unit].bare in _MONEY or s.words[unit].norm in _MONEY or unit in s.time_at):
            continue
        behind = _noun_before(s, number)
        if number.low == number.high == 1:  # `شخص واحد`, not `عائله واحده`
            noun = s.words[number.first - 1].noun if number.first else None
            if noun is not None and noun.label in _PEOPLE - {"group"} and "أ" not in s.tokens[number.first].text:
                yield Counted(number.first - 1, number.last, number.first - 1, number)
            continue
        yield Counted(number.first, number.last, unit, number) if behind is None else Counted(behind, number.last, behind, number)
    for i in range(len(s)):
        if i not in s.number_at and i not in s.place_at and not (i + 1 in s.number_at and s.number_at[i + 1].low == 2) and _two(s, i):
            yield Counted(i, i + 1, i, None)


def _two(s: Sentence, i: int) -> bool:
    """Whether a word is a dual of people or acts, not an adjective of the dual before it."""
    w = s.words[i]
    single = dual(w.norm)
    if single is None or (i and dual(s.words[i - 1].norm) and not w.conjunction):
        return False
    people = w.noun is not None and (w.noun.unit or w.noun.label in _PEOPLE)
    return (single in _ACTS and not w.article) or (people and (_is_dual(s, i) or single == (w.noun and w.noun.lemma)))


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


def count_role(s: Sentence, draft: Draft, it: Counted, lexicon: Lexicon, before: Owner | None) -> CountRole | None:
    """What the number counts: by its own noun (`قتيلا`), the word just before it, the verb after it, what the number before it counts if it goes
    on from that (`before`), the trigger, then the trigger's type."""
    own = _role(s, it.unit, lexicon) if it.unit is not None else None
    if own:
        return (_freed(draft, it) if own in ("abducted", "arrested") else None) or own
    if it.unit is not None and not s.words[it.unit].keys.isdisjoint(_ACTS):
        return "attacks"
    return _role_before(s, it.first, lexicon) or _role_after(s, it, lexicon) or (before.role if before else None) or _role_of(s, draft, it, lexicon)


def _freed(draft: Draft, it: Counted) -> CountRole | None:
    """Captives behind the act of freeing or arresting them: `تحرير 20 رهينة`, `احتجاز 7 مختطفين`."""
    gap = it.first - draft.last
    if gap < 0 or any(draft.sentence.verbs[k] for k in range(draft.last, it.first)):
        return None
    freed = draft.sense.type in ("RETREAT", "AID") and gap <= _REACH
    return "released" if freed else "arrested" if draft.sense.type == "COERCE" and "arrest" in draft.modes and gap <= 3 else None


def _role_before(s: Sentence, first: int, lexicon: Lexicon) -> CountRole | None:
    if first and s.words[first - 1].bare in _MET and any(s.words[k].norm in _DEATH for k in range(first, min(len(s), first + _REACH))):
        return "killed"
    for k in range(first - 1, max(-1, first - 5), -1):
        if s.words[k].sign and s.tokens[k].norm in STOPS:
            return None
        if role := "killed" if s.words[k].norm in _VICTIMS else _role(s, k, lexicon):
            return role
    return None


def _role_after(s: Sentence, it: Counted, lexicon: Lexicon) -> CountRole | None:
    """By a verb behind the counted people that has no object: `تسعة متمردين قتلوا ليلا`, not `ثلاثة مسلحين قتلوا شرطيا`."""
    for k in range(it.end, min(len(s), it.end + 6)):
        if s.words[k].sign or s.words[k].conjunction or s.words[k].norm in BREAKDOWN:
            return None
        if s.words[k].norm in _MET and k + 1 < len(s) and s.words[k + 1].norm in _DEATH:
            return "killed"
        if s.verbs[k] or (it.number is None and s.words[k].norm.endswith("ا") and any(a.finite for a in s.words[k].analyses)):
            after = s.words[k + 1] if k + 1 < len(s) else None
            thing = after is not None and (k + 1 in s.number_at or bool(after.noun and after.noun.label in _PEOPLE))
            return None if thing else _role(s, k, lexicon)
    return None


def _role_of(s: Sentence, draft: Draft, it: Counted, lexicon: Lexicon) -> CountRole | None:
    """By the act itself."""
    for k in range(draft.first, draft.last):
        if role := _role(s, k, lexicon):
            return role
    if draft.sense.type == "COERCE" and "arrest" in draft.modes:
        return "arrested"
    if draft.sense.type == "ASSAULT" and "abduct" in draft.modes:
        return "abducted"
    if draft.sense.type == "RETREAT" and "release" in draft.modes:
        return "released"
    if draft.sense.type == "MOBILIZE" and 0 <= it.first - draft.last <= 3:
        return "participants"
    noun = s.words[it.unit].noun if it.unit is not None else None
    return "participants" if draft.sense.type == "PROTEST" and not (noun and noun.label == "group") else None


def _span(s: Sentence, first: int, last: int, unit: int | None, chunk: Chunk | None) -> tuple[Span, str]:
    last = max(last, unit + 1 if unit is not None else 0)
    end = max(last, chunk.last if chunk is not None else 0)
    end = next((k for k in range(last, end) if s.words[k].norm == "," or (k in s.number_at and s.number_at[k].first == k)), end)
    end -= end > last and s.words[end - 1].norm == "و"
    start, stop = s.offsets(first, end)
    text = s.tokens
    whole = Span(start, stop, _text(s, start, stop))
    counted = _text(s, text[unit].start, stop) if unit is not None else "شخص"
    return whole, counted


def _text(s: Sentence, start: int, stop: int) -> str:
    return s.text[start:stop]


def assign_counts(s: Sentence, drafts: list[Draft], found: list[Chunk], lexicon: Lexicon) -> None:
    """Give every number of people or acts to the act it belongs to."""
    before: tuple[Counted, Owner] | None = None
    for it in sorted(_candidates(s), key=lambda c: c.first):
        going_on = before[1] if before and goes_on(s, before[0].end, it.first) else None
        best = _owner(s, drafts, it, lexicon, going_on)
        if best is None:
            continue
        before = it, best
        chunk = next((c for c in found if c.first <= it.first < c.last), None)
        span, who = _span(s, it.first, it.last, it.unit, chunk)
        low, high = (it.number.low, it.number.high) if it.number else (2, 2)
        tally = Tally(span, best.role, low, high, who, bool(it.number and it.number.approximate), bool(it.number and it.number.open))
        if not any(t.span == span for t in best.draft.counts):
            best.draft.counts.append(tally)
            best.draft.because("counts", "number with a counted noun" if it.number else "dual")


def goes_on(s: Sentence, end: int, first: int) -> bool:
    """Whether the number at `first` goes on from the one that ended before `end`: as a part of it (`بينهم 11 طفلا`), or beside it (`و7 من`)."""
    between = range(end, first)
    if any(s.words[k].norm in BREAKDOWN for k in between):
        return not any(s.verbs[k] for k in between if s.words[k].norm not in BREAKDOWN) and first - end <= _REACH
    joined = bool(s.words[first].conjunction) or (first > end and s.words[first - 1].norm == "و")
    return joined and first - end <= 5 and not any(s.verbs[k] or (s.words[k].sign and s.words[k].norm in ".!?:") for k in between)


def _owner(s: Sentence, drafts: list[Draft], it: Counted, lexicon: Lexicon, before: Owner | None) -> Owner | None:
    """The nearest act that the number can count something of; a toll goes to an ASSAULT of the sentence."""
    before_it = s.words[it.first - 1].norm if it.first else ""
    if before_it in _BY or before_it in _LAW or (before_it in _SUMS and (it.unit is None or s.words[it.unit].noun is None)):
        return None
    ranked = sorted(drafts, key=lambda d: (abs(it.first - d.first) + (3 if d.first > it.first else 0), d.first))
    if any(s.words[k].norm in _AT_LARGE for k in range(it.end, min(len(s), it.end + 4))):
        return None
    for draft in [before.draft, *ranked] if before else ranked:
        role = count_role(s, draft, it, lexicon, before)
        if role is None or abs(it.first - draft.first) > _REACH * 2:
            continue
        if draft.sense.type not in _ROLE_OF_TYPE.get(role, (draft.sense.type,)):
            continue
        if _countable(s, draft, it, role, lexicon, before):
            return Owner(draft, role)
    return None


def _countable(s: Sentence, draft: Draft, it: Counted, role: CountRole, lexicon: Lexicon, before: Owner | None) -> bool:
    """Whether a number can count people here: its noun names people, or it stands alone right beside the act or a word of toll."""
    if role == "attacks":
        return True
    unit, first = it.unit, it.first
    noun = s.words[unit].noun if unit is not None else None
    told = (k for k in range(max(0, first - 3), first) if s.words[k].norm in _VICTIMS or not s.words[k].keys.isdisjoint(lexicon.casualties))
    near = before is not None or any(draft.first <= k < draft.last for k in range(max(0, first - 3), first)) or next(told, None) is not None
    if noun is not None and unit is not None:
        part = s.words[unit - 1].norm == "من" and near  # `مقتل 2 من الامن`
        return noun.label in _PEOPLE or _role(s, unit, lexicon) is not None or part
    if unit is not None and s.words[unit].country:
        return True
    year = s.tokens[first].norm.isdigit() and 1900 <= int(s.tokens[first].norm) <= 2100
    return near and not year and (unit is None or s.words[unit].function == "adj" or s.words[unit].given or s.words[unit].norm in _OTHERS)


def befell(d: Draft) -> bool:
    """Whether a verb of killing behind counted people, with no object, tells what befell them: `تسعة مسلحين قتلوا ليلا في غارة`."""
    s, after = d.sentence, d.sentence.words[d.last] if d.last < len(d.sentence) else None
    if not d.kills or d.shape != "verb" or d.analysis is None or d.analysis.form.person != "3mp" or d.light is not None:
        return False
    if after is not None and not after.preposition and (d.last in s.number_at or after.noun or after.article or after.given or dual(after.norm)):
        return False
    number = next((k for k in range(d.first - 1, max(-1, d.first - 6), -1) if k in s.number_at), None)
    return number is not None and not any(s.verbs[k] or s.words[k].sign or s.words[k].function in ("rel", "that") for k in range(number + 1, d.first))


def counted_people(drafts: list[Draft], found: list[Chunk]) -> None:
    """People counted as taking part are actors of the act, people counted as its victims its recipients, where none are known yet."""
    for d in drafts:
        for tally in d.counts:
            target = d.actors if tally.role == "participants" else d.recipients if tally.role != "attacks" else None
            chunk = next((c for c in found if d.sentence.offsets(c.first, c.last)[0] <= tally.span.start < d.sentence.offsets(c.first, c.last)[1]), None)
            if target is not None and not target and chunk is not None:
                target.append(chunk.phrase)
                d.because("actors" if tally.role == "participants" else "recipients", "the people counted")
