"""Persons called by name in an Arabic text, and which of them hold a public role.

No table of names is complete, so a name is known by its first word (a given name, or what stands behind `الشاهد`, `السيدة`, before an age) and
by what may follow it: further names, `بن`, or one or two words that no table knows and that look like a family's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from khabar.arabic.fold import fold
from khabar.lexicon import load_lexicon
from khabar.model import Span

BEFORE, AFTER = 8, 3  # words before and behind a name among which an office makes it public
MOST = 6  # words of a name
AGE_REACH = 60  # characters behind a name in which its age may begin
ADULT = 18
ADJECTIVES = 2  # between a word for a private person and a name
SERVANT = 6  # letters of the shortest `عبدالـ`
HIDDEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
WORD = re.compile(rf"\w[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed{HIDDEN}]*")
"""A word with its vowel marks; what shows nothing within it does not end it, or it would hide a name."""
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_STOP = re.compile(r"[.!؟?\n;؛:]")
_ON = frozenset(("علي", "وعلي", "فعلي"))
_LETTERS = re.compile(r"[ء-ي]+")
_GLUE = frozenset("بن ابن بنت ابو ابي ابا ام عبد".split())
_KINSHIP = frozenset(("ابن", "بنت", "ام", "ابي"))
_DIVINE = frozenset("الله الدين الرحمن الاسلام الزهراء الحق".split())
_BEFORE_DIVINE = frozenset("سيف نور صلاح علاء جمال نصر عز شمس محيي محي حسام عماد ضياء فخر بهاء زين تاج شهاب خير سعد جار عطا فضل عبد نجم بدر كمال".split())
_NO_NAME = frozenset(
    "على انا يوما اسماء اهداف حتي في فان نجم ريس جاء شكل بشكل الله الدين رمضان المبارك رسول الماضي الثاني الاول الثالث الرابع الخامس السادس السابع "
    "خامس سادس سابع ثامن تاسع عاشر صباح مساء باسم خلف كامل العام الخاص الذي التي الذين هو هي هم وهو اصيل الاصيل يومي "
    "العربي كلام حديث ولي لولي وولي العهد اولا صلي واكد اهالي "
    "وهي كان كانت ليس ليست قال قالت يوم عام سنه عمر العمر البالغ البالغه امس اليوم غدا مثل نحو اخر اخري كل بعض غير حول عند منذ حتي لكن ايضا فقط هنا هناك مع "
    "ضد بين قرب الحمد النعمه الاكبر الاصغر الجميل الكريم السلام الرئيس الملك النبي الرسول القران الكتاب الوطن المستقبل التوفيق السداد".split()
)
_MINOR = frozenset("طفل طفله رضيع رضيعه قاصر قاصره فتي فتاه تلميذ تلميذه صبي صبيه مراهق مراهقه طفليه طفلته طفلها ابنهما رضيعها رضيعهما".split())
PRIVATE = _MINOR | frozenset(
    "اخوانه اخوته اشقايه اشقاءه ابناءه ابنايه مخرج مخرجه لاعب لاعبه مطرب مطربه مغني مغنيه روايي مولف مولفه محلل محلله زاير زايره "
    "مواطن مواطنه شاب شابه شاهد شاهده سيده امراه ضحيه قتيل قتيله جريح جريحه معتقل معتقله اسير اسيره شهيد شهيده ناشط ناشطه طالب طالبه لاجي لاجيه "
    "نازح نازحه مصاب مصابه والد والده والدها ابن ابنه ابنها ابنته شقيق شقيقه شقيقها شقيقته زوجه زوج زوجها زوجته ارمله ارملته مسن مسنه متظاهر متظاهره سجين "
    "سجينه مختطف مختطفه متهم متهمه موقوف موقوفه يدعي تدعي اسمه اسمها المدعو المدعوه جندي مجند رقيب عريف سايق مزارع عامل طبيب طبيبه ممرض ممرضه معلم معلمه "
    "مدرس مدرسه صحافي صحافيه صحفي صحفيه مراسل مصور محام محامي محاميه مدون مدونه كاتب كاتبه شاعر شاعره فنان فنانه باحث باحثه مهندس مهندسه".split()
)  # fmt: skip
_CIRCLE = frozenset("رجل رجال سيدات اعيان اهالي ذوي اسره عايله اقارب عدد مجموعه".split())
_PLAYERS = frozenset(("الممثل", "الممثله"))  # with the article of the stage; `ممثل الأمين العام` holds an office
_TITLES = frozenset("سيد سيده دكتور دكتوره حاج حاجه استاذ استاذه شيخ انسه اخ اخت عم خال خاله عمه عميد لواء عقيد".split())
_NO_OFFICE = PRIVATE | frozenset("دكتور دكتوره شيخ مساعد خلف سلف نظير داين مختار امام خطيب داعيه رقيب عريف مرشح وال عين".split())
_NAMED_AFTER = frozenset(
    "شارع شوارع حي ميدان ساحه دوار جسر مطار جامعه مستشفي مشفي مدرسه ثانويه مسجد جامع كنيسه كليه معهد قاعده معسكر مخيم سد طريق كتيبه كتايب لواء سرايا فوج "
    "مدينه قريه بلده محافظه منطقه وادي جبل بحيره نهر حديقه ملعب استاد مركز قصر سوق دوله مديريه قضاء ناحيه كاس جايزه ضريح مقام خليج ميناء جزيره "
    "ولايه سياره شركه فندق فنادق مجموعه مدارس صحيفه مجله قناه بنك مصرف نادي فريق دوري مهرجان فيلم موسسه كازينو".split()
)
_QUOTES = ("«", "“", '"')
_AGE = re.compile(
    r"\s*(?:[(،,]\s*|(?=\S*البالغ|و?عمر|يبلغ|تبلغ))(?:(?:و?البالغ\w*|وعمر\w*|عمر\w+|يبلغ|تبلغ)\s+)?(?:من\s+العمر\s+)?(\d{1,2})\s*(?:عاما|سنه|سنوات|اعوام|ربيعا)"
)
_AGE_BEGINS = re.compile(r"\s*(?:[(،,]|و?البالغ|و?عمر|يبلغ|تبلغ)")


class Token(NamedTuple):
    """A word of a text with its folded form; `joined` tells that nothing but a space is between it and the word before, `known` that it names
    a place or somebody of the actor book, `maqsura` that it is written with a final alef maqsura."""

    start: int
    end: int
    norm: str
    joined: bool
    known: bool
    maqsura: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """The words `first` to `last` (exclusive) of a text that name somebody; not `sure` where it is told only by a given name that is a word too."""

    first: int
    last: int
    minor: bool
    public: bool
    sure: bool = True


def tokens(text: str, known: Sequence[Span] = ()) -> list[Token]:
    """The words of a text; those within `known` spans name no private person."""
    held = {i for s in known for i in range(s.start, s.end)}
    out: list[Token] = []
    for m in WORD.finditer(text):
        between = text[out[-1].end : m.start()] if out else "\n"
        norm = fold(m[0])
        if norm in _ON and m[0].endswith("ى"):
            norm = "على"  # the preposition; the name ends in yeh
        out.append(Token(m.start(), m.end(), norm, not between.strip(f" \u00a0-\u0640{_INVISIBLE}"), m.start() in held, m[0].endswith("ى")))
    glued = {k + d for k, t in enumerate(out) if t.norm == "بن" for d in (-1, 1)}  # `منطقه عبدالعزيز بن علي` is no region
    return [t._replace(known=False) if k in glued else t for k, t in enumerate(out)]


def persons(words: Sequence[Token], text: str) -> tuple[Person, ...]:
    """Everybody called by a name of two words or more, by one behind a word for a private person, or with an age."""
    listed = {i for first, last in listed_persons(words) for i in range(first, last)}
    out = []
    for first, last in _runs(words, text):
        minor = _minor(first, last, words, text)
        in_book = first in listed or any(i in listed and i + 1 in listed for i in range(first, last - 1))
        public = not minor and (in_book or _holds_office(first, last, words, text))
        sure = minor or _start(words[first].norm) != "weak" or _introduced(words, first)
        out.append(Person(first, last, minor, public, sure))
    return tuple(out)


def listed_persons(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where persons of the actor book are named."""
    names = _book()
    for i, token in enumerate(words):
        for stem in stems(token.norm):
            for rest in names.get(stem, ()):
                end = i + 1 + len(rest)
                if tuple(t.norm for t in words[i + 1 : end]) == rest:
                    yield i, end


@lru_cache(maxsize=1)
def _book() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of persons of the actor book, by their first word."""
    people = {first: tuple(rest for rest, name in found if name.kind == "person") for first, found in load_lexicon().names.items()}
    return {first: rests for first, rests in people.items() if rests}


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """A folded word, and without a conjunction and preposition of one letter each; the article stays."""
    if len(word) <= 3 or word[0] not in "وفبلك":
        return (word,)
    both = word[0] in "وف" and len(word) > 4 and word[1] in "بلك"
    return (word, word[1:], word[2:]) if both else (word, word[1:])


@lru_cache(maxsize=1)
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Given names that are nothing else, and those that are words too."""
    lines = files("khabar.export").joinpath("given_names.txt").read_text("utf-8").splitlines()
    split = lines.index("# words too")
    return frozenset(lines[1:split]) - {""}, frozenset(lines[split + 1 :]) - {""}


@lru_cache(maxsize=50_000)
def ordinary(word: str) -> bool:
    """Whether the lexicon knows a folded word as something other than a name."""
    lexicon = load_lexicon()
    bare = word.removeprefix("ال")
    tables = (lexicon.nouns, lexicon.functions, lexicon.adjectives, lexicon.casualties, lexicon.forms, lexicon.means)
    return word in _NO_NAME or any(w in table for w in (word, bare) for table in tables)


@lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Whether a folded word is a part of persons' names and nothing that the lexicon knows otherwise."""
    if word in given_names()[0]:
        return True
    known = len(word) >= 3 and word in load_lexicon().people and word not in load_lexicon().names
    return known and not word.endswith("يه") and not (ordinary(word) or (word[0] in "بل" and any(ordinary(s) for s in stems(word))))


@lru_cache(maxsize=50_000)
def looks_like_family(word: str) -> bool:
    """Whether a word that no table knows may be a family's name: no verb, no accusative, nothing that begins with a clitic before a known word."""
    if not _LETTERS.fullmatch(word) or len(word) < 3 or ordinary(word) or word in PRIVATE or word.endswith(("ات", "ون", "ين", "ا", "وا", "ها", "هم")):
        return False
    if word.startswith("ال"):
        return len(word) > 4
    if word[0] in "يتنس":
        return word.endswith("ي") and len(word) > 4
    return not (
        word[0] == "و" or (word[0] in "فبلك" and (word[1:3] == "ال" or word[1] == "ل" or any(ordinary(s) or is_name(s) for s in stems(word) if s != word)))
    )


def _runs(words: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
    i = behind = 0
    while i < len(words):
        end = _name_from(words, i, text)
        if end == i and i == behind and _is_given_too(words[i]):
            end = i + 1
        if end > i and not named_after(words, i):
            behind = end
            yield i, end
        i = max(end, i + 1)


def _is_given_too(word: Token) -> bool:
    """Whether a word joins one more given name to a name: `إخوانه إبراهيم ويوسف وزكريا`."""
    return word.joined and not word.known and word.norm.startswith("و") and word.norm[1:] in given_names()[0]


def named_after(words: Sequence[Token], i: int) -> bool:
    """Whether a name is that of a street, an airport or a brigade."""
    before = [s for k in (1, 2) if i >= k and words[i - k + 1].joined for s in stems(words[i - k].norm)]  # with the article it bears no name
    return bool(_NAMED_AFTER & set(before)) and not any(_introduces(s) for s in before[:1])


def _name_from(words: Sequence[Token], i: int, text: str) -> int:
    """The end of the name that begins at a word; `i` where none does."""
    word = words[i]
    if word.known:
        return i
    introduced = _introduced(words, i)
    start = _start(word.norm)
    if not start and not introduced:
        return _aged(words, i, text)
    if not introduced and start in ("name", "") and text[max(0, word.start - 1) : word.start] in _QUOTES:
        return i  # a brand, a title
    end = max(_extend(words, i, introduced and start in ("given", "weak")), _unheard_of(words, i) if introduced and not start else i)
    several, certain = end - i >= 2, _certain(words, i + 1, end)
    fits = {
        "given": several or introduced,
        "glue": several and (introduced or certain or word.norm not in _KINSHIP),
        "weak": introduced or certain,
        "name": several and (introduced or _foreign(words, i, end)),
        "": several and _may_be_name(word) and not word.norm.startswith("ال") and (certain or _unheard_of(words, i) > i),
    }
    return end if fits[start] else _aged(words, i, text)


def _introduced(words: Sequence[Token], i: int) -> bool:
    """Whether a word for a private person or a title leads up to a word, adjectives between them: `الشاعر العراقي هزبر محمود`."""
    for k in range(i - 1, max(-1, i - 2 - ADJECTIVES), -1):
        if not words[k + 1].joined:
            return False
        if _introduces(words[k].norm):
            return True
        if not _is_adjective(words[k].norm):
            return False
    return False


def _is_adjective(word: str) -> bool:
    """Whether a word with the article is one of origin or kind: `العراقي`, `الحقوقية`."""
    return word.startswith("ال") and (word[2:] in load_lexicon().adjectives or word.endswith(("يه", "ي")))


def _unheard_of(words: Sequence[Token], i: int) -> int:
    """The end of a name of two words that no table knows: neither could be anything else, nor has an article but for `الحلبي`."""
    if i + 1 >= len(words) or not words[i + 1].joined or words[i].maqsura or words[i + 1].maqsura or words[i + 1].known:
        return i
    first, second = words[i].norm, words[i + 1].norm
    fits = looks_like_family(first) and not first.startswith("ال") and not first.endswith("ه") and looks_like_family(second)
    return i + 2 if fits and (not second.startswith("ال") or is_nisba(second)) and not second.endswith("ه") else i


@lru_cache(maxsize=100_000)
def _start(word: str) -> str:
    """What a word may begin a name as: a given name, `glue` such as `عبد`, a given name that is a word too (`weak`), a name of the world's."""
    strong, weak = given_names()
    heads = set(stems(word))
    if any(h.startswith("عبدال") and len(h) > SERVANT for h in heads):
        return "given"
    kinds = (("given", strong), ("glue", _GLUE), ("weak", weak))
    return next((kind for kind, members in kinds if heads & members), "name" if is_name(word) else "")


@lru_cache(maxsize=100_000)
def _introduces(word: str) -> bool:
    """Whether a name may stand behind a word: `الشاهد`, `السيدة`."""
    return bool(set(_bare(word)) & (PRIVATE | _TITLES))


def _certain(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether a further word is surely a part of a name: a given name, what glues names, a family's name such as `العتيبي`."""
    strong, weak = given_names()
    return any(
        t.norm in strong or t.norm in weak or t.norm in ("بن", "عبد", "ابو") or (is_name(t.norm) and len(t.norm) > 3) or (not t.maqsura and is_nisba(t.norm))
        for t in words[start:end]
    )


def is_nisba(word: str) -> bool:
    """Whether an unknown word is formed as a family's name of origin: `العتيبي`, `الزهراني`."""
    return word.startswith("ال") and word.endswith("ي") and len(word) > 5 and looks_like_family(word)


def _foreign(words: Sequence[Token], i: int, end: int) -> bool:
    """Two words of the world's names in a row, neither with an article: `توماس ميلر`."""
    return all(is_name(t.norm) and len(t.norm) > 3 and not t.norm.startswith("ال") for t in words[i : i + 2]) and end - i <= MOST


def _extend(words: Sequence[Token], i: int, introduced: bool = False) -> int:
    """Where a name that begins at a word ends, should one begin there. Behind `الطفلة ملك` any word with the article is a name: `الخطيب`."""
    end, unknown = i + 1, 0
    if introduced and end < len(words) and _may_be_family(words[end]):
        end += 1
    while end < len(words) and end - i < MOST and words[end].joined and not words[end].known:
        kind = _continues(words[end - 1].norm, words[end].norm)
        if kind is None or (kind and unknown and not is_nisba(words[end].norm)):
            break
        unknown += kind
        end += 1
    while end > i + 1 and words[end - 1].norm in _GLUE:
        end -= 1
    return end


def _may_be_family(word: Token) -> bool:
    return word.joined and not word.known and word.norm.startswith("ال") and len(word.norm) > 4 and word.norm not in _NO_NAME and not word.norm.endswith("ه")


def _continues(before: str, word: str) -> int | None:
    """1 where a word may go on a name though no table knows it, 0 where it does, None where it does not."""
    strong, weak = given_names()
    if before in ("عبد", "بن", "ابن", "بنت", "ال", "ابو", "ابي") or any(s == "عبد" for s in stems(before)):
        return 0 if _LETTERS.fullmatch(word) and (word not in load_lexicon().functions) else None
    if _follows_given(before, word):
        return 0
    if word in _DIVINE:
        return 0 if any(s in _BEFORE_DIVINE for s in stems(before)) else None
    if word in _GLUE or word == "ال" or word in strong:
        return 0
    if word in weak:
        return None if word in _NO_NAME else 0
    if is_name(word):
        return 0
    named = any(s in strong or s in weak or is_name(s) for s in stems(before))
    return 1 if named and looks_like_family(word) else None


def _follows_given(before: str, word: str) -> bool:
    """Whether a word behind a given name can only be a family's, though it is a word elsewhere: `محمد الحربي`, `علي الحرقان`."""
    strong, weak = given_names()
    if not word.startswith("ال") or word in _NO_NAME or not any(s in strong for s in stems(before)):
        return False
    return word[2:] in strong or word[2:] in weak or (word.endswith(("ي", "ان")) and len(word) > 5)


def _aged(words: Sequence[Token], i: int, text: str) -> int:
    """The end of up to four unknown words that an age follows: `ريان عودة (9 أعوام)`."""
    end = i
    if not _may_be_name(words[i]):
        return i
    while end < min(len(words), i + 4) and (end == i or words[end].joined) and _may_be_name(words[end]):
        end += 1
    return end if end > i and _age(words[end - 1], text) is not None else i


def _may_be_name(word: Token) -> bool:
    return not word.known and (is_name(word.norm) or looks_like_family(word.norm))


def _age(last: Token, text: str) -> int | None:
    if not _AGE_BEGINS.match(text, last.end):
        return None
    found = _AGE.match(fold(text[last.end : last.end + AGE_REACH]))
    return int(found[1]) if found else None


def _minor(first: int, last: int, words: Sequence[Token], text: str) -> bool:
    age = _age(words[last - 1], text)
    before = [words[i].norm for i in range(max(0, first - 2), first) if words[first].joined]
    return (age is not None and age < ADULT) or any(is_minor_word(w) for w in before)


def is_minor_word(word: str) -> bool:
    return bool(set(_bare(word)) & _MINOR)


@lru_cache(maxsize=100_000)
def _bare(word: str) -> tuple[str, ...]:
    """A folded word, without conjunction and preposition, and without article."""
    forms = stems(word)
    return (*forms, *(f[2:] for f in forms if f.startswith(("ال", "لل")) and len(f) > 3))


def _holds_office(first: int, last: int, words: Sequence[Token], text: str) -> bool:
    """Whether an office leads up to a name, or follows it behind a comma."""
    for i in range(first - 1, max(-1, first - 1 - BEFORE), -1):
        between = text[words[i].end : words[i + 1].start]
        if _STOP.search(between) or _is_coordinated(words[i + 1].norm) or _bars_office(words[i].norm):
            break
        if _is_office(words[i].norm):
            return True
    behind = words[last : last + AFTER]
    if behind and behind[0].joined:
        return not behind[0].norm.startswith(("ال", "و")) and _is_office(behind[0].norm)  # `جانيت يلين رئيسة مجلس الاحتياط`
    comma = bool(behind) and text[words[last - 1].end : behind[0].start].strip() in ("،", ",", "(", "-")
    return comma and any(_is_office(t.norm) for t in behind[:2])


@lru_cache(maxsize=100_000)
def _is_coordinated(word: str) -> bool:
    """Whether a conjunction joins a name or title to another, whose office is not its own: `ومحمد`, `والشيخ`."""
    strong, weak = given_names()
    if not word.startswith("و") or word in strong or word in weak:
        return False
    return word[1:] in strong or word[1:] in weak or word[1:].removeprefix("ال") in _TITLES | PRIVATE


@lru_cache(maxsize=100_000)
def _bars_office(word: str) -> bool:
    """Whether an office before a word is not that of who is named behind it."""
    return bool(set(_bare(word)) & (PRIVATE | _CIRCLE)) or word in _PLAYERS or word == "على" or word in load_lexicon().functions


@lru_cache(maxsize=20_000)
def _is_office(word: str) -> bool:
    """Whether a word names an office: `وزير`, `الناطق`, `مديرها`, not a private person's role."""
    known = load_lexicon().nouns
    forms = (f for w in (word, *(word.removesuffix(p) for p in ("ها", "هم", "نا", "ه") if len(word) > 5 and word.endswith(p))) for f in _bare(w))
    nouns = (known.get(f) for f in forms if f not in _NO_OFFICE)
    return any(n is not None and n.label == "role" for n in nouns)
