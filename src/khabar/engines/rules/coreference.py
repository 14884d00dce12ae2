"""Who is meant again: `الحزب`, `الرئيس`, a surname alone, taken for the one the article named before; in a headline, for the one it will name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from khabar.engines.rules.codes import TITLES, called, coded, noun_at, of_another
from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.mentions import mentions, name_of, spans_of
from khabar.engines.rules.sentence import Named, Sentence
from khabar.engines.rules.words import Word
from khabar.lexicon import Lexicon, Name
from khabar.resolve.places import PlaceMatch

_AGAIN: dict[str, frozenset[str]] = {  # the kinds of names that a definite noun alone may take up
    **dict.fromkeys(("حزب", "حركه", "تيار", "جبهه"), frozenset(("party", "group", "org"))),
    **dict.fromkeys(("تنظيم", "جماعه", "ميليشيا", "فصيل", "مجموعه", "حركه"), frozenset(("group", "party"))),
    **dict.fromkeys(
        ("منظمه", "هييه", "مفوضيه", "اتحاد", "جمعيه", "وكاله", "مجلس", "بعثه", "محكمه", "لجنه", "رابطه", "نقابه", "مركز", "مرصد"), frozenset(("org",))
    ),
    **dict.fromkeys(("قناه", "صحيفه", "جريده", "اذاعه", "موقع", "وكاله"), frozenset(("media",))),
}
_BEFORE_NAME = 3  # words between an office and the name of who holds it: `الرئيس التركي رجب`
_DEFINITE = "ال"


_SHORT, _NAME = 2, 4  # letters of a word that is no surname; words of a name
_KUNYA = frozenset(("اب", "ابن", "ام"))
_COMPLEMENTS = 8  # tokens between an office and the name behind it
_CLAUSE = frozenset(("that", "rel", "conj", "neg", "aux", "pron"))
_BODIES = frozenset(("org", "party", "group", "state"))
_OWNED = frozenset("بلاد بلد رعايا مواطني مواطنو حكومت جيش قوات جنود شعب سفير سفارت برلمان سلطات نظام حدود".split())  # of a state
_NO_STATES = frozenset(("IGO", "NGO", "MNC", "IMG", "INT"))
_OTHERS = frozenset(("اخر", "اخرون", "اخرين", "اخران", "اخري", "اخريات"))
_KINDS = frozenset(("person", "people", "armed", "group", "role"))  # of which there can be others
_TAKEN_UP = frozenset(("org", "state", "group", "armed", "role", "source"))

T = TypeVar("T")


class _Told(NamedTuple):
    """A name that an article has told: where, the words of the name, and the nouns that stood with it."""

    sentence: int
    first: int
    name: Name
    words: tuple[str, ...]
    nouns: frozenset[str]


class _Described(NamedTuple):
    """A phrase that an article has told: where, the phrase with its code, the lemma of its head, and a person's own name."""

    sentence: int
    phrase: Phrase
    lemma: str
    own: tuple[str, ...]


class Referents:
    """The names and phrases of an article in the order they are told."""

    def __init__(self, sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
        self._sentences, self._lexicon = sentences, lexicon
        self._order = {id(s): k for k, s in enumerate(sentences)}
        self._told = [told for k, s in enumerate(sentences) for told in _names_of(s, k)]
        self._places = [((k, m.first), m) for k, s in enumerate(sentences) for m in s.places]
        self._phrases: dict[int, list[_Described]] = {}
        self._cut: dict[int, list[tuple[int, int]]] = {}

    def _described(self, k: int) -> list[_Described]:
        """The phrases of the `k`-th sentence."""
        if k not in self._phrases:
            s = self._sentences[k]
            self._phrases[k] = [_describe(k, coded(p)) for p in mentions(s, self._spans(k))]
        return self._phrases[k]

    def _within(self, first: int, last: int) -> Iterator[_Described]:
        """The phrases of the sentences from the `first` to the `last`, as far as there are."""
        return (x for k in range(max(0, first), last + 1) for x in self._described(k))

    def _beside(self, phrase: Phrase) -> list[_Described]:
        """The phrases of a phrase's own sentence."""
        at = self._order.get(id(phrase.sentence))
        return [] if at is None else self._described(at)

    def _spans(self, k: int) -> list[tuple[int, int]]:
        if k not in self._cut:
            self._cut[k] = spans_of(self._sentences[k], self._lexicon)
        return self._cut[k]

    @cached_property
    def _spelt(self) -> list[frozenset[str]]:
        """The words of each sentence, whole and bare."""
        return [frozenset(x for w in s.words for x in (w.norm, w.bare)) for s in self._sentences]

    @cached_property
    def _lemmas(self) -> list[frozenset[str]]:
        """The lemmas of the nouns that may begin at the words of each sentence."""
        return [frozenset(n.lemma for w in s.words for n in (w.noun, *(noun for _, noun in w.noun_phrases)) if n) for s in self._sentences]

    def mentions(self, s: Sentence) -> list[Phrase]:
        """The phrases of one of the article's sentences that name somebody, in text order, surnames alone among them."""
        return mentions(s, self._spans(self._order[id(s)]), self._surnames)

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The last words of the names of persons that the article names in full."""
        own = {x.own[-1] for x in self._within(0, len(self._sentences) - 1) if len(x.own) > 1}
        full = [t.words for t in self._told if t.name.kind == "person" and len(t.words) > 1]
        first = {words[0] for words in full if words[0] not in self._lexicon.people}  # as in East Asia
        return frozenset(w for w in own | first | {words[-1] for words in full} if len(w) > _SHORT)

    def of(self, phrase: Phrase) -> Phrase:
        """The phrase with the entity it takes up, or at least the code, if it names none itself."""
        if phrase.entity:
            return self._generic(phrase)
        name = self._surname(phrase) or self._again(phrase)
        if name:
            return phrase._replace(entity=name.id, english=name.english, code=name.code)
        ways = (self._person, self._possessed, self._of_body, self._holder, self._body, self._others)
        return next((found for way in ways if (found := way(phrase))), phrase)

    def place(self, s: Sentence, first: int, kinds: frozenset[str]) -> PlaceMatch | None:
        """The last place told before a word that can be of one of the kinds: what `المدينه` or `المحافظه` takes up."""
        at = (self._order.get(id(s), 0), first)
        return next((m for where, m in reversed(self._places) if where < at and m.candidates[0].kind in kinds), None)

    def _before(self, phrase: Phrase) -> Iterator[_Told]:
        at = (self._order.get(id(phrase.sentence), 0), phrase.first)
        return (t for t in reversed(self._told) if (t.sentence, t.first) < at)

    def _nearest(self, phrase: Phrase, told: Iterable[tuple[int, int, T]]) -> T | None:
        """Of things told in order the last before a phrase, else the first behind it."""
        at, before = (self._order.get(id(phrase.sentence), 0), phrase.first), None
        for sentence, first, x in told:
            if (sentence, first) >= at:
                return before if before is not None else x
            before = x
        return before

    def _generic(self, phrase: Phrase) -> Phrase:
        """`المنظمة الدولية` is the last international body told, if there is one, not always the United Nations."""
        s, named = phrase.sentence, phrase.sentence.name_at.get(phrase.head)
        if named is None or tuple(s.words[k].bare for k in range(named.first, named.last)) not in _ANY_BODY:
            return phrase
        told = next((t.name for t in self._before(phrase) if t.name.kind == "org" and "منظمه" in t.nouns), None)
        return phrase._replace(entity=told.id, english=told.english, code=told.code) if told else phrase

    def _surname(self, phrase: Phrase) -> Name | None:
        """`كاسترو`, `الوزير الجهيناوي`, `ولد الشيخ`: part of a person's name that the article tells in full, alone or behind an office."""
        words = _own_words(phrase)
        if not words:
            return None
        people = ((t.sentence, t.first, t.name) for t in self._told if t.name.kind == "person" and self._called_by(words, t.words))
        return self._nearest(phrase, people)

    def _called_by(self, words: tuple[str, ...], name: tuple[str, ...]) -> bool:
        return _part_of(words, name) or (words == name[:1] and len(name) > 1 and name[0] not in self._lexicon.people)

    def _person(self, phrase: Phrase) -> Phrase | None:
        """`إدريس` after `النائبة زهرة إدريس`: a name alone, of somebody told with an office."""
        s = phrase.sentence
        own = name_of(phrase) or tuple(s.words[k].bare for k in range(phrase.first, phrase.last) if not s.words[k].sign)
        noun, _ = noun_at(s, phrase.head, phrase.last)
        if not own or len(own) > _NAME or (noun and noun.lemma not in TITLES and s.words[phrase.head].bare != own[-1]):
            return None
        told = (x for k, spelt in enumerate(self._spelt) if own[-1] in spelt for x in self._described(k))
        same = ((x.sentence, x.phrase.first, x) for x in told if _same_person(own, x.own) and not x.phrase.code.endswith((" -", " CVL")))
        found = self._nearest(phrase, same)
        return phrase._replace(code=found.phrase.code, entity=found.phrase.entity, english=found.phrase.english, label="role") if found else None

    def _possessed(self, phrase: Phrase) -> Phrase | None:
        """`بلاده`, `مواطنيها`: of the state that the sentence told first before it, by the gender of who has it; else the sentence before told last."""
        s = phrase.sentence
        word = s.words[phrase.head].bare
        ending = next((e for e in ("ها", "هم", "ه") if word.endswith(e) and word.removesuffix(e) in _OWNED), "")
        if not ending:
            return None
        at = self._order.get(id(s), 0)
        near = [x for x in self._within(at - 1, at) if (x.sentence, x.phrase.last) <= (at, phrase.first) and _possesses(x.phrase, ending)]
        here = [x for x in near if x.sentence == at]
        owner = here[0] if here else near[-1] if near else None
        country = self._country_of(owner.phrase) if owner else ""
        return phrase._replace(code=f"{country} {phrase.code.partition(' ')[2] or '-'}") if country else None

    def _country_of(self, phrase: Phrase) -> str:
        name = None if phrase.entity else self._surname(phrase)
        code = name.code if name else phrase.code
        return code.split()[0] if len(code.split()[0]) == 3 and code[:3] not in _NO_STATES else ""

    def _of_body(self, phrase: Phrase) -> Phrase | None:
        """`الجيلاني الهمامي من الجبهة الشعبية`, `فلان عن حزب النور`: a name with the body it speaks for."""
        s, k = phrase.sentence, phrase.last
        if not s.words[phrase.head].given or noun_at(s, phrase.head, phrase.last)[0] or k >= len(s) or s.words[k].norm not in ("من", "عن"):
            return None
        body = next((x.phrase for x in self._beside(phrase) if x.phrase.first == k + 1), None)
        if body is None or body.label not in _BODIES or body.code.endswith((" -", " UAF", " MIL")):
            return None
        return phrase._replace(code=body.code, label="role")

    def _holder(self, phrase: Phrase) -> Phrase | None:
        """`سفير فرنسا بتونس أوليفيي دارفور`, `مبعوثة الإذاعة إلى قفصة، نهلة العوني`: a name whose office stands before it, parted by its complements."""
        s = phrase.sentence
        if not s.words[phrase.head].given or noun_at(s, phrase.head, phrase.last)[0] or s.words[phrase.first].preposition or s.words[phrase.first].conjunction:
            return None
        between = [x.phrase for x in self._beside(phrase) if _office_of(x.phrase, phrase.first)]
        office = next((p for p in reversed(between) if _is_office(p) and not name_of(p) and not p.code.endswith(" -")), None)
        if office is None:
            return None
        country, _, sector = office.code.partition(" ")
        if country == "-":
            told = (p.code.split()[0] for p in between if p.first > office.first)
            country = next((c for c in told if c != "-"), "-")
        return phrase._replace(code=f"{country} {sector}", label="role")

    def _others(self, phrase: Phrase) -> Phrase | None:
        """`مقتل شرطي وجرح آخر`: others are of the kind told before them in the sentence."""
        s = phrase.sentence
        if s.words[phrase.head].bare not in _OTHERS or s.words[phrase.head].article:
            return None
        before = (x.phrase for x in reversed(self._beside(phrase)) if x.phrase.last <= phrase.first)
        told = next((p for p in before if p.label in _KINDS and not p.code.endswith(" -")), None)
        return phrase._replace(code=told.code, label=told.label) if told else None

    def _body(self, phrase: Phrase) -> Phrase | None:
        """`الوزارة` after `وزارة الداخلية العراقية`: a definite noun alone takes the code of the like told before in more words."""
        s = phrase.sentence
        w, (noun, end) = s.words[phrase.head], noun_at(s, phrase.head, phrase.last)
        if noun is None or end != phrase.last or not w.bare.startswith(_DEFINITE) or w.country or noun.label not in _TAKEN_UP:
            return None
        at = (self._order.get(id(s), 0), phrase.first)
        likely = (k for k in range(at[0], -1, -1) if noun.lemma in self._lemmas[k])
        before = (x for k in likely for x in reversed(self._described(k)) if (x.sentence, x.phrase.first) < at and x.lemma == noun.lemma)
        full = next((x.phrase for x in before if x.phrase.last - x.phrase.head > 1 and x.phrase.code != "- -" and _of_its_own(x.phrase)), None)
        if full is None:
            return None
        body, _, sector = phrase.code.partition(" ")
        country, _, other = full.code.partition(" ")
        taken_up = other != "-" and (sector == "-" or of_another(noun))
        return phrase._replace(code=f"{country if body == '-' else body} {other if taken_up else sector}")

    def _again(self, phrase: Phrase) -> Name | None:
        """`الحزب` after `حزب الله`, `الرئيس` after `الرئيس التركي رجب طيب اردوغان`: a definite noun alone."""
        w = phrase.sentence.words[phrase.head]
        behind = (phrase.sentence.words[k] for k in range(phrase.head + 1, phrase.last))
        alone = all(called(x) == "UAF" for x in behind) and w.noun and w.bare.startswith(_DEFINITE) and not w.country
        if not alone or not w.noun:
            return None
        lemma = w.noun.lemma
        if w.noun.label == "role":
            return next((t.name for t in self._before(phrase) if t.name.kind == "person" and lemma in t.nouns), None)
        kinds = _AGAIN.get(lemma, frozenset())
        same = next((t.name for t in self._before(phrase) if t.name.kind in kinds and lemma in t.nouns), None)
        if same or lemma not in _GENERIC:
            return same
        return next((t.name for t in self._before(phrase) if t.name.kind in kinds and t.name.code.endswith((" UAF", " REB"))), None)


_ANY_BODY = frozenset((("المنظمه", "الدوليه"), ("المنظمه", "العالميه"), ("المنظمه", "الامميه")))
_GENERIC = frozenset(("تنظيم", "جماعه"))  # said of any armed group, whatever its name says


def _names_of(s: Sentence, at: int) -> Iterator[_Told]:
    for named in s.names:
        if named.name.kind not in ("country", "seat") and named.first not in s.namesakes:
            words = tuple(s.words[k].bare if k == named.first else s.words[k].norm for k in range(named.first, named.last))
            yield _Told(at, named.first, named.name, words, _nouns_with(s, named))


def _nouns_with(s: Sentence, named: Named) -> frozenset[str]:
    """The nouns in a name and right before it."""
    inside = {n.lemma for k in range(named.first, named.last) if (n := s.words[k].noun)}
    for k in range(named.first - 1, max(-1, named.first - 1 - _BEFORE_NAME), -1):
        w = s.words[k]
        if w.sign or s.verbs[k] or w.function:
            break
        if w.noun:
            inside.add(w.noun.lemma)
    return frozenset(inside)


def _describe(at: int, p: Phrase) -> _Described:
    noun, _ = noun_at(p.sentence, p.head, p.last)
    return _Described(at, p, noun.lemma if noun else "", name_of(p))


def _possesses(p: Phrase, ending: str) -> bool:
    """Whether a pronoun can stand for a phrase: `ه` for a man, `ها` for a state or body, `هم` for several."""
    s = p.sentence
    person = p.label in ("person", "role") or (p.head in s.name_at and s.name_at[p.head].name.kind == "person")
    if ending == "ها":
        return not person or s.words[p.head].bare.endswith("ه")
    return person and (ending == "هم") == s.words[p.head].plural


def _office_of(p: Phrase, name: int) -> bool:
    """Whether a phrase can be, or belong to, the office of the person named at token `name`: no clause, joint or second comma begins between."""
    s = p.sentence
    if p.last > name or name - p.last > _COMPLEMENTS:
        return False
    comma = name - 1 if s.tokens[name - 1].norm == "," else name
    if comma == p.last == name or s.words[comma - 1].function == "prep":
        return p.last == name
    gap = range(p.last, comma)
    plain = all(not (s.verbs[k] or s.words[k].sign or s.words[k].conjunction or s.words[k].function in _CLAUSE) for k in gap)
    joined = not gap or any(s.words[k].preposition or s.words[k].function == "prep" for k in gap)
    single = noun_at(s, p.head, p.last)[1] == p.head + 1
    return plain and joined and (not gap or not (s.words[p.head].article and single) or comma < name)


def _is_office(p: Phrase) -> bool:
    noun, _ = noun_at(p.sentence, p.head, p.last)
    return noun is not None and noun.label in ("role", "source")


def _of_its_own(p: Phrase) -> bool:
    """Whether a phrase is coded by its own words and not by another's name inside it."""
    return not p.entity or p.head in p.sentence.name_at


def _own_words(phrase: Phrase) -> tuple[str, ...]:
    """The words of a phrase that can be a person's name alone or behind an office; empty where there are none."""
    s = phrase.sentence
    if phrase.head in s.name_at:
        return ()
    noun, first = noun_at(s, phrase.head, phrase.last)
    office = noun is not None and noun.label == "role" and first < phrase.last
    words = [s.words[k] for k in range(first if office else phrase.first, phrase.last) if not s.words[k].sign]
    while office and words and (words[0].country or words[0].function):
        words = words[1:]
    return tuple(w.bare for w in words) if 0 < len(words) <= 2 and all(_may_be_surname(w) for w in words) else ()


def _part_of(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether words are the last of a name in full, or two that stand in it together, or the first of a ruler's (`تميم`)."""
    if len(name) < 2 or len(words[-1]) <= _SHORT:
        return False
    if len(words) == 1 and words[0] == name[0] and name[1] in ("بن", "ابن"):
        return True
    return words[-1] == name[-1] or (len(words) == 2 and any(name[k : k + 2] == words for k in range(1, len(name) - 1)))


def _may_be_surname(w: Word) -> bool:
    """Whether a word can be a name alone: one that no table knows, or a definite one that is no office (`الشاهد`)."""
    kunya = w.noun is not None and w.noun.lemma in _KUNYA
    return not w.function and (not (w.noun or w.country) or kunya or (w.article and w.noun is not None and w.noun.label in ("person", "source")))


def _same_person(own: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether a name alone can be that of a person named in full."""
    if len(told) < 2 or len(own[-1]) <= _SHORT:
        return False
    return own[-1] == told[-1] and (len(own) == 1 or own[0] in (told[0], *told[-len(own) :][:1]))
