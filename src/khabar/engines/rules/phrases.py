"""Noun phrases: a sentence cut once into phrases, with what governs each and what kind of thing it names."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from khabar.engines.rules.draft import Draft, Phrase
from khabar.engines.rules.sentence import QUOTES, STOPS, Sentence
from khabar.engines.rules.words import Word
from khabar.lexicon import Noun
from khabar.resolve.places import PlaceMatch

MAX_WORDS = 10
_HEADS = frozenset("رييس امين زعيم عضو مسوول قيادي ممثل متحدث ناطق مدير نايب وفد مصدر".split())  # who is of what the next noun says
_BODIES = frozenset(("LEG", "JUD", "PTY", "LAB", "BUS", "COP", "MIL", "EDU", "HLH"))
_POLICE = frozenset("الامن امن الامنيه امنيه الامنيين امنيين الشرطه شرطه الدرك درك الديوانه الجمارك".split())
_CALLED = {
    word: sector
    for sector, words in {
        "GOV": "حكومي حكوميه وزاري وزاريه رياسي رياسيه", "LEG": "برلماني برلمانيه تشريعي تشريعيه نيابيه", "JUD": "قضايي قضاييه قضاء",
        "LAB": "نقابي نقابيه شغيله", "COP": "امني امنيه", "MIL": "عسكري عسكريه", "BUS": "تجاري تجاريه", "HLH": "طبي طبيه صحي صحيه",
    }.items()
    for word in words.split()
}  # fmt: skip
_OPEN_LABELS = ("role", "org", "group", "state", "source", "person", "armed")
_SAYING = frozenset(("قوله", "قولها", "قولهم", "القول", "قايلا", "قايله"))
_PARTY = frozenset(("armed", "org", "group", "state", "role", "person"))
_ENDS = frozenset(("pp", "conj", "that", "rel", "neg", "aux", "adv", "pron"))
_DEIXIS = {"country": "state", "seat": "state", "party": "org", "media": "org"}
FORMER = frozenset(("السابق", "السابقه", "الاسبق", "سابق", "المخلوع", "المعزول", "الراحل", "السابقين"))


class Chunk(NamedTuple):
    """A noun phrase, its governor: a preposition (folded, clitic or word), `gen` for the genitive of the word before, or empty; and its tokens from the first
    to the last (exclusive)."""

    phrase: Phrase
    governor: str
    first: int
    last: int

    @classmethod
    def of(cls, phrase: Phrase, governor: str) -> Chunk:
        return cls(phrase, governor, phrase.first, phrase.last)


def chunks(s: Sentence, taken: Collection[int]) -> list[Chunk]:
    """The noun phrases of a sentence in text order. `taken` are the tokens of triggers, which belong to none."""
    out: list[Chunk] = []
    i = 0
    while i < len(s):
        if i in taken or not _can_start(s, i):
            i += 1
            continue
        last, head = _extent(s, i, taken)
        chunk = Chunk.of(classify(s, i, last, head), governor(s, i))
        if out and _apposed(s, out[-1], chunk):
            chunk = Chunk.of(out[-1].phrase._replace(last=last), out.pop().governor)
        out.append(chunk)
        i = last
    return out


def _apposed(s: Sentence, before: Chunk, after: Chunk) -> bool:
    """`سعيد مموزيني، مسؤول إعلام الحزب،`, `عضو المكتب، زياد دبار،`: a person and the office, with a comma between and the end marked."""
    a, b = before.phrase, after.phrase
    if after.first - before.last != 1 or s.tokens[before.last].norm != "," or a.label not in ("person", "role", "") or s.words[b.first].conjunction:
        return False
    person_then_office = b.label == "role" and (a.label == "person" or (not a.label and not s.words[a.first].article and a.last - a.first >= 2))
    office_then_person = a.label == "role" and (b.label in ("person", "") and not s.words[b.first].article and b.last - b.first <= 4)
    closed = b.last < len(s) and (s.tokens[b.last].norm in (",", ":") or s.words[b.last].function in ("that", "prep") or bool(s.words[b.last].preposition))
    return closed and (person_then_office or office_then_person)


def _can_start(s: Sentence, i: int) -> bool:
    w = s.words[i]
    if w.sign or s.verbs[i] or w.function in _ENDS or w.function == "prep":
        return False
    time = s.time_at.get(i)
    return time is None or (i in s.number_at and time.last - time.first == 1)


def described(s: Sentence, draft: Draft) -> range:
    """The adjectives that follow an event noun (`هجوم إرهابي كبير`); they belong to the act and name nobody."""
    i = draft.last
    while draft.shape == "noun" and i < len(s) and _describes(s, i):
        i += 1
    return range(draft.last, i)


def _describes(s: Sentence, i: int) -> bool:
    w = s.words[i]
    if w.sign or w.conjunction or w.preposition or s.verbs[i] or i in s.name_at or i in s.place_at or i in s.number_at or i in s.time_at:
        return False
    if w.function == "adj":
        return True
    unknown = not (w.function or w.noun or w.country or w.analyses or w.names)
    return unknown and w.norm.endswith(("يه", "ي", "يا")) and s.words[i - 1].article == w.article


def governor(s: Sentence, i: int) -> str:
    """What governs the phrase that begins at token `i`."""
    w = s.words[i]
    if w.preposition:
        return w.preposition
    k = i - 1
    while k >= 0 and s.tokens[k].norm in QUOTES:
        k -= 1
    if k < 0:
        return ""
    while k > 0 and s.words[k].function == "adj":
        k -= 1
    before = s.words[k]
    if before.function == "prep":
        two = s.words[k - 1].bare + " " + before.bare if k > 0 else ""
        return two if two in ("من قبل", "من طرف", "علي يد", "من جانب", "علي ايدي", "في حق") else before.bare
    if before.sign or before.function or s.verbs[k] or w.conjunction:
        return ""
    return "" if before.article else "gen"


def _extent(s: Sentence, start: int, taken: Collection[int]) -> tuple[int, int]:
    """Where the phrase that begins at `start` ends (exclusive), and which token heads it."""
    head, i = start, start
    opened = s.tokens[start - 1].norm in QUOTES if start else False
    while s.words[head].function in ("quant", "dem") and head + 1 < len(s) and _can_follow(s, head + 1, taken):
        head += 1
        if s.words[head].norm == "من" and head + 1 < len(s):
            head += 1
    number = s.number_at.get(head)
    if number is not None and number.last < len(s) and number.first <= head:
        head = _counted(s, number.last, taken) or head
    named = s.name_at.get(head)
    i = max(head + 1, named.last if named else 0)
    while i < len(s) and i - start < MAX_WORDS:
        step = _extend(s, start, head, i, taken, opened)
        if not step:
            break
        i = step
    return max(i, start + 1), head


def head_of(s: Sentence, first: int, last: int) -> int:
    """The token that heads a phrase whose bounds are known: behind quantities, demonstratives and numbers."""
    head = first
    while head + 1 < last and (s.words[head].function in ("quant", "dem") or s.words[head].sign or s.words[head].norm == "من"):
        head += 1
    number = s.number_at.get(head)
    if number is not None and number.last < last:
        head = number.last + (s.words[number.last].norm == "من" and number.last + 1 < last)
    return head


def _can_follow(s: Sentence, i: int, taken: Collection[int]) -> bool:
    w = s.words[i]
    return i not in taken and not w.sign and not s.verbs[i] and (not w.function or w.norm == "من" or w.function == "quant")


def _counted(s: Sentence, i: int, taken: Collection[int]) -> int | None:
    """The counted noun behind a number, `من` skipped."""
    if s.words[i].norm == "من" and i + 1 < len(s):
        i += 1
    w = s.words[i]
    return i if i not in taken and not w.sign and not s.verbs[i] and not w.function and not w.conjunction and not w.preposition else None


def _extend(s: Sentence, start: int, head: int, i: int, taken: Collection[int], opened: bool) -> int:
    """The token behind what a phrase can take in at token `i`; 0 where it ends."""
    w = s.words[i]
    named = s.name_at.get(i)
    if i in taken or w.bare in _SAYING or (s.verbs[i] and not (named and named.first < i)):
        return 0
    if w.sign:
        return _bracketed(s, i, opened)
    if named and named.first < i:
        return named.last
    if w.function == "dem" and not s.words[i - 1].article and i + 1 < len(s) and s.words[i + 1].article and i + 1 not in taken:
        return i + 2
    if w.function and w.function != "adj":
        return _with_preposition(s, head, i, taken) if w.function == "prep" else 0
    if i in s.time_at or (w.conjunction and not (named and named.last - named.first > 1 and named.first < i)):
        return 0
    if i in s.number_at and i != head:
        return 0
    if w.preposition:
        medium = (w.noun is not None and w.noun.sector == "MED") or any(name.kind == "media" for _, name in w.names)
        belongs = not medium and (w.article or (w.noun is not None and w.noun.label in _PARTY) or bool(w.names))
        return i + 1 if w.preposition == "ل" and belongs and _label(s, head) in _OPEN_LABELS else 0
    return _next_noun(s, head, i, named.last if named else i + 1)


def _next_noun(s: Sentence, head: int, i: int, after: int) -> int:
    """A noun goes on with the phrase unless the phrase is closed, by its article or as a proper name, and the noun opens another:
    an indefinite one (`الجيش هجوما`), or one that names a party of its own (`حزب الله الجيش`)."""
    before, w = s.words[i - 1], s.words[i]
    named = i - 1 in s.name_at
    known = bool(w.noun or w.analyses or (i in s.name_at and s.name_at[i].name.kind not in ("country", "seat")))
    if (before.article or named) and w.article and w.noun and w.noun.label in _PARTY and not w.country:
        return after if _label(s, head) == "role" and w.noun.label == "role" else 0
    if (
        w.noun
        and w.noun.label in ("role", "source", "person")
        and head not in s.name_at
        and _label(s, head) in ("", "person")
        and not s.words[head].preposition
    ):
        return after
    if not before.article and not named:
        return after
    if w.article or w.country:
        return after
    if _label(s, head) in ("role", "person", "source") or before.country:
        return 0 if w.noun or w.analyses or w.function else after
    return after if named and not known and not before.article and s.name_at[i - 1].name.kind == "person" else 0


def _bracketed(s: Sentence, i: int, opened: bool) -> int:
    """An acronym or gloss in brackets, or a short name in quotes, stays with its phrase."""
    sign = s.tokens[i].norm
    closing = {"(": ")", "[": "]", '"': '"'}.get(sign)
    if closing is None or (sign == '"' and opened):
        return 0
    for k in range(i + 1, min(len(s), i + 6)):
        if s.tokens[k].norm == closing:
            return k + 1 if k > i + 1 and not any(s.verbs[m] for m in range(i + 1, k)) else 0
    return 0


def _with_preposition(s: Sentence, head: int, i: int, taken: Collection[int]) -> int:
    """`من` after a quantity, `في` between a person or body and its place or body."""
    if i + 1 >= len(s) or i + 1 in taken or not _can_start(s, i + 1):
        return 0
    w = s.words[i]
    if w.norm == "من" and (head == i - 1 and (head in s.number_at or s.words[head].function == "quant" or s.words[head].norm in ("مجموعه", "عناصر", "افراد"))):
        return i + 2
    inner = s.words[i + 1]
    label = _label(s, head)
    if w.norm in ("في", "من", "لدي", "ب") and label in ("role", "source") and _label(s, i + 1) in ("org", "state", "group", "armed"):
        return i + 2
    if w.norm == "في" and label in ("group", "org", "person", "role", "source") and (i + 1 in s.place_at or _label(s, i + 1) in ("org", "state")):
        place = s.place_at.get(i + 1)
        return place.last if place else i + 2
    return i + 2 if w.norm in ("باسم", "بلسان") and bool(inner.noun or inner.names or inner.article) else 0


def _label(s: Sentence, i: int) -> str:
    w = s.words[i]
    named = s.name_at.get(i)
    if named and named.name.kind not in ("country", "seat"):
        return _DEIXIS.get(named.name.kind, named.name.kind)
    return w.noun.label if w.noun else ""


def classify(s: Sentence, first: int, last: int, head: int) -> Phrase:
    """What the tokens `first` to `last` (exclusive) name, and their code as far as the words themselves tell."""
    named = s.name_at.get(head)
    noun = s.words[head].noun
    if named and not (noun and named.last - named.first == 1 and noun.label == "role" and named.name.kind != "person"):
        label = _DEIXIS.get(named.name.kind, named.name.kind)
        return Phrase(s, first, last, head, label, _former(s, first, last, named.name.code), named.name.id, named.name.english)
    place = s.place_at.get(head)
    country = _country(s, first, last)
    if noun is None or noun.label == "placeword":
        inner = next((s.name_at[k] for k in range(first, last) if k in s.name_at and s.name_at[k].name.kind in ("person", "group", "org", "party")), None)
        if inner and not place:
            return Phrase(s, first, last, head, _DEIXIS.get(inner.name.kind, inner.name.kind), inner.name.code, inner.name.id, inner.name.english)
        if place is not None:
            return Phrase(s, first, last, head, "place", f"{country or '-'} -")
        label = "people" if head in s.number_at or first in s.number_at else noun.label if noun else _unlisted(s, head, last)
        return Phrase(s, first, last, head, label, f"{country or '-'} -")
    return _by_noun(s, first, last, head, noun, country)


def _unlisted(s: Sentence, head: int, last: int) -> str:
    """What a head that no table lists may be: a person by name, or by a name told earlier, or people by their origin (`التونسيون`)."""
    w = s.words[head]
    if w.bare in s.people or w.given or (head + 1 < last and s.words[head + 1].given and not w.analyses):
        return "person"
    if w.country:
        return "person" if w.bare.endswith(("ون", "ين", "يات")) else "origin"
    return ""


def names_told(found: list[Chunk]) -> set[str]:
    """The words of persons' names in a sentence by which they may be called again: those that nothing else explains."""
    out = set()
    for chunk in found:
        p = chunk.phrase
        if p.label in ("person", "role"):
            s = p.sentence
            for k in range(p.first, p.last):
                w = s.words[k]
                if not (w.sign or w.function or w.noun or w.country or w.analyses or k in s.place_at or k in s.number_at) and len(w.bare) > 2:
                    out.add(w.bare)
    return out


def _by_noun(s: Sentence, first: int, last: int, head: int, noun: Noun, country: str) -> Phrase:
    """A phrase headed by a noun of the lexicon: the noun gives the sector, unless a group or person named inside does."""
    for k in range(head + 1, last):
        inner = s.name_at.get(k)
        if inner and inner.name.kind in ("group", "person", "org", "party") and noun.label in ("role", "armed", "person", "group", "org", "source", "state"):
            body, _, sector = inner.name.code.partition(" ")
            kept = noun.label in ("role", "state") and noun.sector and not (noun.lemma in _HEADS and sector in _BODIES)
            return Phrase(
                s, first, last, head, noun.label, _former(s, first, last, f"{body} {noun.sector if kept else sector or '-'}"), inner.name.id, inner.name.english
            )
    return Phrase(s, first, last, head, noun.label, _former(s, first, last, f"{country or '-'} {_sector(s, last, head, noun) or '-'}"))


def _sector(s: Sentence, last: int, head: int, noun: Noun) -> str:
    """The sector of a phrase: that of its head, or of what it heads (`رئيس البرلمان`, `عدد من أعضاء الحكومة`) or is called (`لجنة أمنية`)."""
    inside = [s.words[k] for k in range(head + 1, last)]
    if noun.label in ("armed", "group", "person", "state", "org") and noun.sector in ("", "MIL", "UAF", "CVL") and any(w.norm in _POLICE for w in inside):
        return "COP"
    if noun.lemma in _HEADS or not noun.sector:
        named = next((w.noun.sector for w in inside if w.noun and w.noun.sector and w.noun.label in ("org", "state", "armed", "group")), "")
        called = next((_CALLED[w.norm.removeprefix("ال")] for w in inside if w.norm.removeprefix("ال") in _CALLED), "")
        if noun.lemma not in _HEADS or named in _BODIES or called in _BODIES:
            return (named if named in _BODIES else "") or called or named or noun.sector
    return noun.sector


def _former(s: Sentence, first: int, last: int, code: str) -> str:
    if any(s.words[k].norm in FORMER for k in range(first, last)):
        return code.split()[0] + " ELI"
    return code


def _country(s: Sentence, first: int, last: int) -> str:
    """The state a phrase belongs to: an adjective, a state or a place named in it."""
    for k in range(first, last):
        named = s.name_at.get(k)
        if named and named.name.kind in ("country", "seat"):
            return named.name.id
        if s.words[k].country:
            return s.words[k].country
    places = (s.place_at[k] for k in range(first, last) if k in s.place_at)
    return next((p.candidates[0].country for p in places if p.candidates and p.candidates[0].country and speaks_for_place(s, p)), "")


def speaks_for_place(s: Sentence, match: PlaceMatch) -> bool:
    """Whether the words of a place speak for its country: not those of somebody's name (`أوباما`), nor an ordinary word alone (`في بيان`)."""
    named, w = s.name_at.get(match.core_first), s.words[match.core_first]
    ordinary = match.last - match.first == 1 and (bool(w.function) or (w.noun is not None and w.noun.label == "document"))
    return not ordinary and (named is None or named.name.kind in ("country", "seat"))


def is_conjunct(s: Sentence, before: Chunk, after: Chunk) -> bool:
    """Whether a phrase is joined to the one before it by `و` or `أو`."""
    w: Word = s.words[after.first]
    if w.conjunction != "و" or s.verbs[after.first]:
        return False
    return before.last == after.first or (after.first - before.last == 1 and s.tokens[before.last].norm in STOPS | QUOTES)
