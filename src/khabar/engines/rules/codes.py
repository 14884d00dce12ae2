"""Country and sector of a participant from the words that name it: the head noun, what it is of (`رئيس البرلمان`), what it is called
(`لجنة برلمانية`), and the state or region it belongs to."""

from __future__ import annotations

from khabar.engines.rules.draft import Phrase
from khabar.engines.rules.phrases import FORMER, speaks_for_place
from khabar.engines.rules.sentence import Named, Sentence, within_name
from khabar.engines.rules.words import Word
from khabar.lexicon import Name, Noun

_BARE = "ال"
_OF = frozenset(  # who is what the next noun is: `أعوان الحرس`, `عضو المكتب السياسي`, `قيادات الحزب`
    """رييس امين زعيم عضو مسوول قيادي قايد قياده ممثل متحدث ناطق مدير نايب وفد مصدر كاتب منسق مكتب فرع قسم هيكل مجموعه طرف جهه عون موظف منسوب
    منتسب عنصر فرد رجل طاقم كادر مقر وحده فرقه قوه قوات دوريه سريه كتيبه رتل تعزيزات لجنه هييه مجلس دايره اداره مركز مصلحه مديريه جهاز شبكه
    جمعيه تنسيقيه مندوب مبعوث مستشار خبير بعثه قطاع امانه ملحق موفد مجند ضابط مفوض مفتش وكيل رياسه منخرط مناضل ناشط شباب بقايا فلول
    حليف اوساط طايره مدفعيه سفينه زورق مقاتله مروحيه قافله موكب متحدث_باسم ناطق_باسم متحدث_رسمي ناطق_رسمي امين_عام كاتب_عام
    عضو_مجلس رييس_لجنه رييس_هييه رييس_جمعيه مدير_عام رييسه نايب_مدير نايب_امين_عام نايب_رييس مكتب_تنفيذي عضو_المكتب_التنفيذي امانه_عامه هييه_اداريه""".split()
)
_CALLED = {
    word: sector
    for sector, words in {
        "GOV": "حكومي وزاري رياسي ديبلوماسي دبلوماسي حاكم ملكي اميري سيادي",
        "LEG": "برلماني تشريعي نيابي", "JUD": "قضايي عدلي جنايي", "LAB": "نقابي شغيل عمالي", "COP": "امني شرطي بوليسي ديواني مروري",
        "MIL": "عسكري حربي", "BUS": "تجاري مصرفي استثماري", "HLH": "طبي صحي", "EDU": "تربوي جامعي طلابي مدرسي", "MED": "اعلامي صحفي صحافي",
        "UAF": "مسلح ارهابي متطرف متشدد تكفيري جهادي مواليه موالي", "SPY": "استخباراتي استخباري مخابراتي", "PTY": "حزبي", "REB": "متمرد انقلابي حوثي انفصالي",
        "OPP": "معارض", "REL": "ديني كنسي",
    }.items()
    for word in words.split()
}  # fmt: skip
_POLICE = frozenset("امن شرطه درك ديوانه جمارك سجون مرور مباحث عدليه اجرام طواري حدود سواحل تدخل اقتحام شغب مخدرات مداهمات ابحاث جوازات مطافي".split())
_FORCES = frozenset(  # what is of the police where a word of the police follows
    "قوه قوات وحده فرقه دوريه سريه كتيبه رتل تعزيزات عنصر عون فرد رجل طاقم ضابط مجند اداره مركز جهاز مصلحه حاجز سياره مدير مديريه قياده سلطات سلطه".split()
)
_BRANCHES = frozenset("بري بحري جوي مسلح خاص خاصه".split())  # of an army: `القوات المسلحة` fights for a state
_AUTHORITIES = frozenset("معني معنيه رسمي مختص مختصه اداري مسوول مسووله حكومي".split())  # `الجهات المعنية`
_STAFF = frozenset("عون موظف منسوب اطار كادر منخرط".split())
_SOCIETIES = ("جمعيه", "مرصد", "منظمه", "هييه", "موسسه", "رابطه", "شبكه", "مركز")
_CHARITABLE = frozenset("انساني حقوقي خيري اغاثي اغاثه انسان مدني خيريه".split())
_AT_LARGE = {  # peoples and worlds that are no state's
    **dict.fromkeys(("الغرب", "الاوروبيين", "الاوروبيون", "الغربيين", "الغربيون", "الافارقه"), "INT GOV"), "العالم": "INT -",
    **dict.fromkeys(("الاجانب", "العرب"), "INT CVL"), **dict.fromkeys(("الايزيديون", "الايزيديين", "الايزيديه"), "IRQ CVL"),
    **dict.fromkeys(("الاقباط", "اقباط"), "EGY CVL"), **dict.fromkeys(("الروهينغا", "الروهينجا", "الروهينغيا"), "MMR CVL"),
}  # fmt: skip
_LOYAL = frozenset("موالي مواليه تابع مناصر مويد".split())
_LAWFUL = frozenset("حكومه حكومت شرعيه نظام دوله جيش".split())
_STATE = frozenset(("سلطه", "سلطات", "نظام", "جهاز", "جهه"))
_BRANCHES_OF_STATE = frozenset("JUD COP MIL SPY LEG HLH EDU REL".split())  # `السلطات القضائية`, `الجهات الأمنية`
TITLES = frozenset("سيد سيده دكتور استاذ سعاده معالي سمو فخامه مهندس".split())
_RULERS = frozenset("رييس ملك مرشد زعيم سلطان".split())
_DEPUTIES = frozenset("نايب رييس".split())  # `نائب الرئيس جو بايدن`
_BEFORE_NAMES = TITLES | frozenset("سفير شيخ امير ملك حاج اب ام قس مطران بابا ايه عميد عقيد لواء فريق راند نقيب سلطان رييس وزير نايب زعيم".split())
_REGIONS = frozenset("خليجي عربي غربي اوروبي اوروبيي افريقي اسيوي اقليمي مغاربي اطلسي لاتيني اسكندنافي".split())
_WORLD = frozenset("دولي عالمي اممي".split())
_STATES = frozenset(("دوله", "بلد"))
_MANY = frozenset(("state", "role", "armed", "person", "source"))
_ENDINGS = ("يه", "يين", "يون", "يات", "يتين", "ون", "ين", "ات", "ه")
_OFFICES = frozenset(("role", "source", "person", ""))
_LANDS = {  # nouns that tell a country by themselves
    **dict.fromkeys(("مستوطن", "احتلال", "جيش الاحتلال", "كنيست", "موساد", "شاباك"), "ISR"), **dict.fromkeys(("كونغرس", "كونجرس", "بنتاغون"), "USA"),
    "دوما": "RUS", "بوندستاغ": "DEU", "حوثي": "YEM", "بيشمركه": "KUR", "داعشي": "IMG",
}  # fmt: skip
_QUANTITIES = frozenset(
    """جميع كل كافه بعض معظم مختلف عموم بقيه باقي باقيه اغلب اغلبيه غالبيه جل عديد العديد الكثير كثير عدد عددا المزيد ساير هام كبير اي ايه احد احدي
    كلا كلتا هولاء هذا هذه تلك ذلك اثنين اثنان واحد واحده اولي كبار سامي مزيد قرابه نحو زهاء""".split()
)
_KIN = frozenset("نجل ابن ابنه بنت شقيق شقيقه زوجه زوج ارمله والد والده اخ اخت حفيد صهر عم خال عايله اسره ذوو اقارب قريب".split())


def coded(p: Phrase) -> Phrase:
    """The phrase with the code its words tell; names keep the code they are listed under."""
    s = p.sentence
    if p.entity and any(n.name.id == p.entity and n.first in s.namesakes for n in s.names if p.first <= n.first < p.last):
        noun, _ = noun_at(s, p.head, p.last)
        p = p._replace(entity="", english="", code="- -", label=noun.label if noun else "person")
    if p.entity and _is_name(named := s.name_at.get(p.head)) and named is not None:
        who = s.name_at.get(named.last) if named.last < p.last and named.name.kind != "person" else None
        return p._replace(code=who.name.code, entity=who.name.id, english=who.name.english) if who and who.name.kind == "person" else p
    if p.entity:
        return _of_name(p)
    if (world := _AT_LARGE.get(s.words[p.head].bare)) and p.last - p.head == 1:
        return p._replace(code=world, label="group")
    p = _centred(p)
    if medium := _medium(p):
        return medium
    noun, _ = noun_at(s, p.head, p.last)
    body, _, told = p.code.partition(" ")
    if body != "-":
        body = _land(s, p.first, p.last)
    sector = _sector(s, p.head, p.last) if noun else (called(s.words[p.head]) or told)
    if _former(p, noun):
        sector = "ELI"
    if noun and _is_charity(p, noun, sector):
        return p._replace(code="NGO -")
    country = _adjective(s, p.first, p.last) or (_LANDS.get(noun.lemma, "") if noun else "") or (body if body != "-" else "")
    if not country:
        country, sector = _abroad(p, noun, sector or "-")
    return p._replace(code=f"{country or '-'} {sector or '-'}")


def _centred(p: Phrase) -> Phrase:
    """The phrase with its head behind words of quantity (`لجميع`, `عموم`), or with the office that a name is told with (`زياد دبار، عضو المكتب`)."""
    s, k = p.sentence, p.head
    while k + 1 < p.last and (s.words[k].bare in _QUANTITIES or s.words[k].norm == "من" or s.words[k].sign):
        k += 1
    if noun_at(s, k, p.last)[0] is None and p.label in ("person", "") and not s.words[k].country:
        k = next((i for i in range(k + 1, p.last) if _office(s, i, p.last) and not _last_of_name(s, i, p.last)), k)
    noun = noun_at(s, k, p.last)[0]
    office = noun is not None and noun.label == "role" and p.label in ("person", "")
    return p if k == p.head and not office else p._replace(head=k, label=noun.label if noun else p.label)


def _medium(p: Phrase) -> Phrase | None:
    """`وكالة "رويترز"`, `وكالة الأنباء الرسمية "وات"`: a noun for media with the medium's name behind it."""
    noun, _ = noun_at(p.sentence, p.head, p.last)
    if noun is None or noun.label not in ("source", "org") or noun.sector not in ("MED", ""):
        return None
    names = (p.sentence.name_at[k].name for k in range(p.head + 1, p.last) if k in p.sentence.name_at)
    name = next((n for n in names if n.kind == "media"), None)
    return p._replace(label="media", code=name.code, entity=name.id, english=name.english) if name else None


def _office(s: Sentence, k: int, last: int) -> bool:
    noun, _ = noun_at(s, k, last)
    return noun is not None and noun.label in ("role", "source") and not s.words[k].conjunction


def _last_of_name(s: Sentence, k: int, last: int) -> bool:
    """Whether a noun for an office ends a person's name: `فيصل خليفة`."""
    return k + 1 == last and s.words[k - 1].given and not s.words[k].article


def noun_at(s: Sentence, k: int, last: int) -> tuple[Noun | None, int]:
    """The noun of the lexicon that begins at token `k`, the longest there is (`وزارة الدفاع` before `وزارة`), and the token behind it."""
    w = s.words[k]
    for rest, noun in w.noun_phrases:
        end = k + 1 + len(rest)
        if end <= max(last, k + 1) and all(_plain(s.words[k + 1 + i]) == part for i, part in enumerate(rest)):
            return noun, end
    return w.noun, k + 1


def of_another(noun: Noun) -> bool:
    """Whether a noun tells little by itself, since its sector is that of what follows it (`عضو`, `قيادة`, `لجنة`)."""
    return noun.lemma.replace(" ", "_") in _OF


def _plain(w: Word) -> str:
    return w.norm.removeprefix(_BARE)


def _stem(w: Word) -> str:
    """An adjective in the masculine singular, as far as its ending tells: `الامنيين` امني."""
    plain = w.bare.removeprefix(_BARE)
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) > len(ending) + 2:
            return plain.removesuffix(ending) + ("ي" if ending[0] == "ي" and ending != "ين" else "")
    return plain


def called(w: Word) -> str:
    """The sector an adjective tells, or the empty string."""
    stem = _stem(w)
    return _CALLED.get(stem, "") or _CALLED.get(w.bare.removeprefix(_BARE), "")


def _is_name(named: Named | None) -> bool:
    return named is not None and named.name.kind not in ("country", "seat")


def _sector(s: Sentence, head: int, last: int) -> str:
    """The sector of what a noun at `head` heads."""
    noun, k = noun_at(s, head, last)
    if noun is None:
        return ""
    lemma = noun.lemma.replace(" ", "_")
    if lemma in _FORCES and _guards(s, k, last):
        return "COP"
    if noun.lemma in _STATE and (says := next((x for i in range(k, last) if (x := called(s.words[i])) in _BRANCHES_OF_STATE), "")):
        return says
    if lemma == "جهه" and any(_stem(s.words[i]) in _AUTHORITIES for i in range(k, last)):
        return "GOV"
    if lemma in _OF or not noun.sector:
        found = _complement(s, k, last, noun)
        return "LAB" if lemma in _STAFF and found == "BUS" else found or noun.sector
    return noun.sector


def _guards(s: Sentence, first: int, last: int) -> bool:
    return any(not _POLICE.isdisjoint((_plain(s.words[k]), s.words[k].bare.removeprefix(_BARE))) for k in range(first, last))


def _complement(s: Sentence, first: int, last: int, head: Noun) -> str:
    """The sector of what the noun before token `first` is of, or is called."""
    for k in range(first, last):
        w, named = s.words[k], s.name_at.get(k)
        if w.conjunction and k > first and not w.sign:
            return ""
        if (w.given and head.label in ("role", "person")) or (_is_name(named) and named is not None and named.name.kind == "person" and head.label == "role"):
            return ""
        if w.sign or w.function not in ("", "adj"):
            continue
        if _is_name(named) and named is not None:
            return named.name.code.partition(" ")[2].strip("- ")
        if named is not None and (named.name.kind == "seat" or head.label == "role"):
            return "GOV"
        says = called(w) if k > first or not w.noun or w.noun.label != "person" else ""
        if says and not (head.label == "armed" and (says == "GOV" or _stem(w) in _BRANCHES or _loyal_to_state(s, k, last))):
            return says
        noun, _ = noun_at(s, k, last)
        if noun and noun.lemma not in TITLES and noun.label not in ("placeword", "document"):
            found = _sector(s, k, last)
            if found and not (head.sector and found in ("CVL", "-")):
                return head.sector if head.label == "armed" and found == "GOV" else found
    return ""


def _loyal_to_state(s: Sentence, k: int, last: int) -> bool:
    """`القوات الموالية للحكومة`, `للشرعية`: those who fight for a state."""
    behind = s.words[k + 1] if k + 1 < last else None
    return behind is not None and _stem(s.words[k]) in _LOYAL and behind.bare.removeprefix(_BARE) in _LAWFUL


def _former(p: Phrase, noun: Noun | None) -> bool:
    """Whether the phrase names somebody who no longer holds the office."""
    label = noun.label if noun else ""
    return label in _OFFICES and any(p.sentence.words[k].norm in FORMER for k in range(p.head + 1, p.last))


def _is_charity(p: Phrase, noun: Noun, sector: str) -> bool:
    """`منظمات حقوقية`, `جمعية البركة`: a body of citizens, whose sector nothing else tells."""
    society = noun.lemma.split()[0]
    if society not in _SOCIETIES or sector not in ("", "-", "CVL", "HLH"):
        return False
    stems = {_stem(p.sentence.words[k]) for k in range(p.head + 1, p.last)}
    return bool(stems & _CHARITABLE) or (society in _SOCIETIES[:2] and not stems & (_WORLD | _REGIONS) and sector in ("", "-") and p.last - p.head > 1)


def _of_name(p: Phrase) -> Phrase:
    """`أعضاء حركة حماس`, `دول الاتحاد الأوروبي`, `قوات صالح`: headed by a noun, with a name inside."""
    s = p.sentence
    noun, _ = noun_at(s, p.head, p.last)
    if noun and (holder := _holder(p, noun)):
        return p._replace(code=holder.code, entity=holder.id, english=holder.english)
    inner = next((s.name_at[k].name for k in range(p.head, p.last) if k in s.name_at and s.name_at[k].name.id == p.entity), None)
    if noun is None or inner is None:
        return p
    body, _, sector = inner.code.partition(" ")
    if noun.lemma in _KIN and inner.kind == "person":
        return p._replace(code=f"{body} CVL", entity="", english="")
    if body in ("IGO", "NGO"):
        if noun.lemma in _STATES and body == "IGO":
            return p._replace(code="INT GOV", entity="", english="")
        return p._replace(code=f"{body} {'MIL' if noun.label == 'armed' and body == 'IGO' else sector or '-'}")
    if _former(p, noun):
        return p._replace(code=f"{body} ELI")
    if inner.kind == "person":
        p = p._replace(entity="", english="")
        kept = noun.sector if noun.label in ("armed", "group") or (noun.label in _OFFICES and noun.lemma not in _OF) else ""
        office = noun.sector if noun.label == "state" else ""
        return p._replace(code=f"{body} {kept or office or sector or '-'}")
    lemma = noun.lemma.replace(" ", "_")
    own = noun.sector if noun.sector and noun.label in ("role", "state") and lemma not in _OF else ""
    if noun.lemma == "نايب" and sector == "PTY":
        own = "LEG"
    return p._replace(code=f"{body} {own or sector or '-'}")


def _holder(p: Phrase, noun: Noun) -> Name | None:
    """The person named behind an office that is that person's own (`رئيس حركة النهضة راشد الغنوشي`) and no other's (`مستشار الرئيس ترامب`)."""
    s = p.sentence
    named = next((n for n in s.names if p.head < n.first < p.last and n.name.kind == "person" and n.first not in s.namesakes), None)
    if named is None or noun.label not in _OFFICES or noun.lemma in _KIN:
        return None
    if s.words[p.head].plural and named.first - p.head > 1 and not s.words[p.head].article:
        return None
    before, head = s.words[named.first - 1], s.words[p.head]
    if named.first - 1 == p.head:
        return named.name if head.article or noun.lemma in _BEFORE_NAMES else None
    of_ruler = before.noun is not None and before.noun.lemma in _RULERS and before.article and not head.article and noun.lemma not in _DEPUTIES
    return None if of_ruler else named.name


def _land(s: Sentence, first: int, last: int) -> str:
    """The state that the words of a phrase tell, other than as part of a person's name (`أوليفيي دارفور`, `محمد المصري`)."""
    for k in range(first, last):
        w, named = s.words[k], s.name_at.get(k)
        if k > first and within_name(s, k):
            continue
        if named and not w.owned and named.name.kind in ("country", "seat"):
            return named.name.id
        if w.country:
            return w.country
    places = (s.place_at[k] for k in range(first, last) if k in s.place_at and not (k > first and within_name(s, k)))
    return next((m.candidates[0].country for m in places if m.candidates and m.candidates[0].country and speaks_for_place(s, m)), "-")


def _adjective(s: Sentence, first: int, last: int) -> str:
    """A country's adjective of two words: `الكورية الجنوبية`."""
    for k in range(first, last - 1):
        stem, after = _stem(s.words[k]), _stem(s.words[k + 1])
        if stem == "كوري" and after in ("جنوبي", "شمالي"):
            return "KOR" if after == "جنوبي" else "PRK"
    return ""


def _abroad(p: Phrase, noun: Noun | None, sector: str) -> tuple[str, str]:
    """Country and sector of what belongs to no single state: `الدول العربية`, `المنسق الأممي`, `اللاجئين`."""
    s = p.sentence
    stems = {_stem(s.words[k]) for k in range(p.head, p.last)}
    plain = _plain(s.words[p.head])
    plural = (s.words[p.head].plural or plain.endswith(("ين", "ان"))) and not plain.startswith("بلاد")
    if noun and noun.lemma in _STATES and plural and not (stems & {"عضو"} and sector == "-"):
        return "INT", "GOV"
    if sector == "REF":
        return "INT", sector
    if "اممي" in stems:
        return "IGO", "MIL" if sector == "MIL" else "-"
    if noun and noun.label == "person" and plural and "اجنبي" in stems:
        return "INT", sector
    if noun and noun.label in _MANY and plural and (stems & _REGIONS or (stems & _WORLD and noun.label in ("state", "armed"))):
        return "INT", sector
    if noun and stems & _WORLD and noun.label in ("role", "org") and not p.sentence.words[p.head].country:
        return "IGO" if sector == "-" or noun.label == "role" else "", "-" if noun.label == "role" else sector
    return "", sector
