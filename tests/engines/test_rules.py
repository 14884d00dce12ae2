"""The rule reader, one rule of the language or the codebook at a time, on sentences written for it.

The sentences are plain on purpose. What is known to be wrong is marked `xfail(strict=True)`: whoever mends it takes the mark away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from khabar import Coder, Document
from khabar.model import Mention

DAY = date(2020, 1, 10)  # a Friday
HEADLINE = "خبر من المنطقة\n\n"


def bug(*values: object, reason: str) -> object:
    """A case that shows a true bug of today."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


def read(coder: Coder, body: str, outlet: str | None = None, published: date | None = DAY) -> tuple[Mention, ...]:
    record = coder.code(Document(HEADLINE + body + "\n", "a", published, outlet))
    assert record.outcome.kind in ("read", "no_events"), record.outcome
    return record.mentions


def act(coder: Coder, body: str, trigger: str, outlet: str | None = None) -> Mention:
    """The mention with that trigger, of which there must be one."""
    found = read(coder, body, outlet)
    named = [m for m in found if m.trigger.text == trigger]
    assert len(named) == 1, [(m.trigger.text, m.type, m.status) for m in found]
    return named[0]


def sources(m: Mention) -> list[tuple[str, str]]:
    return [(s.span.text, s.kind) for s in m.sources]


def acts(coder: Coder, body: str) -> list[tuple[str, str]]:
    return [(m.trigger.text, m.type) for m in read(coder, body)]


# What is an act, and of which type


@pytest.mark.parametrize(
    ("body", "trigger", "kind"),
    [
        ("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", "ASSAULT"),
        ("اعتقلت قوات الأمن المصرية عشرين متظاهرا في القاهرة.", "اعتقلت", "COERCE"),
        ("شنت طائرات حربية غارتين على مدينة إدلب.", "غارتين", "ASSAULT"),
        ("أطلق الجنود النار على المتظاهرين في الخرطوم.", "النار", "ASSAULT"),
        ("ألقت الشرطة القبض على خمسة ناشطين في الخرطوم.", "القبض", "COERCE"),
        ("وصل وزير الخارجية الروسي إلى دمشق في زيارة رسمية.", "زيارة", "CONSULT"),
        ("هدد الرئيس الأمريكي بفرض عقوبات على إيران.", "هدد", "THREATEN"),
        ("فرضت الولايات المتحدة عقوبات على إيران.", "عقوبات", "SANCTION"),
        ("نشر الجيش التركي قوات على الحدود السورية.", "نشر", "MOBILIZE"),
        ("أفرجت السلطات السورية عن ثلاثين معتقلا.", "أفرجت", "RETREAT"),
        ("أدانت الجامعة العربية قصف مدينة إدلب.", "أدانت", "ACCUSE"),
        ("انسحب الجيش السوري من مدينة إدلب.", "انسحب", "RETREAT"),
        ("قالت مصادر محلية إن مسلحين خطفوا ثلاثة أطباء في مدينة درنة الليبية.", "خطفوا", "ASSAULT"),
    ],
)
def test_type(coder: Coder, body: str, trigger: str, kind: str) -> None:
    assert act(coder, body, trigger).type == kind


@pytest.mark.parametrize(
    ("body", "trigger", "mode"),
    [
        ("انفجرت سيارة مفخخة في مدينة الباب.", "انفجرت", "explosives"),
        ("شنت طائرات حربية غارتين على مدينة إدلب.", "غارتين", "aerial"),
        ("حكمت المحكمة على الناشط بالسجن خمس سنوات.", "حكمت", "convict"),
        ("اعتقلت قوات الأمن المصرية عشرين متظاهرا في القاهرة.", "اعتقلت", "arrest"),
        ("تظاهر عشرات العمال في العاصمة تونس.", "تظاهر", "demo"),
    ],
)
def test_mode(coder: Coder, body: str, trigger: str, mode: str) -> None:
    assert act(coder, body, trigger).modes == (mode,)


@pytest.mark.parametrize(
    "body",
    [
        bug("فاز المنتخب المصري بعد هجوم قوي في مباراة الدوري.", reason="sport: `هجوم` beside `المنتخب` and `مباراة`"),
        "ارتفعت أسعار النفط في الأسواق العالمية اليوم.",
        "قُتل خمسة أشخاص في حادث سير.",
        "افتتح الوزير معرضا للكتاب في القاهرة.",
        'رفع المتظاهرون في بيروت لافتات كتب عليها "لا للقصف".',
    ],
)
def test_no_act(coder: Coder, body: str) -> None:
    assert acts(coder, body) == []


def test_a_slogan_is_no_mention(coder: Coder) -> None:
    assert acts(coder, 'خرجت مظاهرة في تونس تحت شعار "لا للقصف والقتل".') == [("مظاهرة", "PROTEST")]


@pytest.mark.parametrize(
    "body",
    [
        bug("تظاهر مئات الطلاب في بيروت للمطالبة بإطلاق سراح المعتقلين.", reason="the release that a protest demands is a mention"),
        bug("تظاهر مئات الطلاب في بيروت تنديدا بسياسات الحكومة.", reason="the purpose of a protest, `تنديدا بـ`, is a mention"),
    ],
)
def test_the_demand_of_a_protest_is_no_mention(coder: Coder, body: str) -> None:
    assert acts(coder, body) == [("تظاهر", "PROTEST")]


def test_an_act_that_a_protest_is_against_is_a_mention(coder: Coder) -> None:
    assert acts(coder, "تظاهر المئات في تونس احتجاجا على قصف غزة.") == [("تظاهر", "PROTEST"), ("قصف", "ASSAULT")]


# Tolls


@pytest.mark.parametrize(
    ("body", "trigger", "counts"),
    [
        ("مقتل 3 مدنيين في هجوم على كنيسة في القاهرة.", "هجوم", [("killed", 3)]),
        ("أسفر هجوم مسلح في بغداد عن مقتل 3 أشخاص وإصابة 12 آخرين.", "هجوم", [("killed", 3), ("injured", 12)]),
        ("قُتل جنديان في هجوم على حاجز للجيش في سيناء.", "هجوم", [("killed", 2)]),
        ("أصيب شرطيان في انفجار عبوة ناسفة في بغداد.", "انفجار", [("injured", 2)]),
        ("أصيب مئات المتظاهرين في اشتباكات مع الشرطة في الخرطوم.", "اشتباكات", [("injured", 200)]),
        ("مقتل 3 في هجوم على كنيسة في القاهرة.", "هجوم", [("killed", 3)]),
        ("قُتل جنديان وأصيب ثلاثة في انفجار عبوة ناسفة في سيناء.", "انفجار", [("killed", 2), ("injured", 3)]),
        ("قالت مصادر عسكرية إن تسعة مسلحين قتلوا ليلا في غارة جوية.", "غارة", [("killed", 9)]),
        ("ذكر مسؤول أن أربعة من عناصر الأمن لقوا مصرعهم في انفجار لغم.", "انفجار", [("killed", 4)]),
        ("وقع في المدينة أمس هجوم مسلح راح ضحيته 22 شخصا.", "هجوم", [("killed", 22)]),
        ("أعلنت الوزارة مقتل عسكريين سوريين اثنين في انفجار.", "انفجار", [("killed", 2)]),
        ("ارتفع عدد ضحايا الهجوم إلى 60 قتيلا على الأقل وعشرات الجرحى.", "الهجوم", [("killed", 60), ("injured", 20)]),
        ("أسفر القصف عن مقتل ثلاثة مدنيين وجنديين.", "القصف", [("killed", 3), ("killed", 2)]),
    ],
)
def test_casualties_belong_to_the_act(coder: Coder, body: str, trigger: str, counts: list[tuple[str, int]]) -> None:
    (mention,) = read(coder, body)
    assert mention.trigger.text == trigger
    assert [(c.role, c.low) for c in mention.counts] == counts


@pytest.mark.parametrize(
    ("body", "trigger"),
    [
        ("قُتل ناشط بارز على يد مسلحين في البصرة.", "قُتل"),
    ],
)
def test_without_an_act_the_casualty_word_stands(coder: Coder, body: str, trigger: str) -> None:
    (mention,) = read(coder, body)
    assert (mention.trigger.text, mention.type) == (trigger, "ASSAULT")
    assert mention.actors == ()


# Counts


@pytest.mark.parametrize(
    ("body", "trigger", "role", "low", "high"),
    [
        ("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", "killed", 3, 3),
        ("اعتقلت الشرطة عشرات المتظاهرين.", "اعتقلت", "arrested", 20, 99),
        ("تظاهر العشرات من سكان المدينة أمام البرلمان في بيروت.", "تظاهر", "participants", 20, 99),
        ("شارك آلاف الأشخاص في مظاهرة في الخرطوم.", "مظاهرة", "participants", 2000, 9999),
        ("نزح عشرات الآلاف من المدنيين من إدلب بسبب القصف.", "القصف", "displaced", 20000, 99999),
        ("اعتقلت الشرطة ما لا يقل عن 100 متظاهر في بيروت.", "اعتقلت", "arrested", 100, None),
        ("اعتقلت الشرطة أكثر من 100 متظاهر في بيروت.", "اعتقلت", "arrested", 101, None),
        ("أصيب نحو خمسين شخصا في اشتباكات بين الشرطة والمتظاهرين.", "اشتباكات", "injured", 50, 50),
        ("قُتل جنديان في هجوم على حاجز للجيش في سيناء.", "هجوم", "killed", 2, 2),
        ("أفرجت السلطات السورية عن ثلاثين معتقلا.", "أفرجت", "released", 30, 30),
        ("تظاهر مئات الآلاف في العاصمة الجزائر يوم الجمعة.", "تظاهر", "participants", 200000, 999999),
        ("احتجزت الشرطة التركية سبعة مختطفين سابقين.", "احتجزت", "arrested", 7, 7),
    ],
)
def test_counts(coder: Coder, body: str, trigger: str, role: str, low: int, high: int | None) -> None:
    (count,) = act(coder, body, trigger).counts
    assert (count.role, count.low, count.high) == (role, low, high)


@pytest.mark.parametrize(
    ("body", "trigger"),
    [
        ("أسفر القصف عن أضرار بقيمة مليوني دولار.", "القصف"),
        ("دمر القصف 45 بالمئة من المنازل.", "القصف"),
        ("وقع القصف على بعد 50 كيلومترا من حلب.", "القصف"),
        ("شن ثلاثة مسلحين هجوما نفذه شخصان على الحاجز.", "هجوما"),
    ],
)
def test_money_shares_distances_and_doers_are_no_toll(coder: Coder, body: str, trigger: str) -> None:
    assert not [c for c in act(coder, body, trigger).counts if c.role in ("killed", "injured")]


@pytest.mark.parametrize(
    ("body", "trigger", "parents"),
    [
        ("أسفر القصف عن مقتل 58 مدنيا بينهم 11 طفلا.", "القصف", [None, 0]),
        ("أسفر الهجوم عن مقتل 12 شخصا، بينهم خمسة جنود وأربعة من المدنيين.", "الهجوم", [None, 0, 0]),
        ("أسفر القصف عن مقتل 10 جنود بينهم 4 ضباط وإصابة 5 آخرين.", "القصف", [None, 0, None]),
        ("أسفر القصف عن مقتل ثلاثة مدنيين وجنديين.", "القصف", [None, None]),
    ],
)
def test_parts_of_a_total(coder: Coder, body: str, trigger: str, parents: list[int | None]) -> None:
    assert [c.part_of for c in act(coder, body, trigger).counts] == parents


def test_a_toll_that_rose_is_an_update(coder: Coder) -> None:
    assert [c.update for c in act(coder, "ارتفع عدد ضحايا الهجوم إلى 60 قتيلا وعشرات الجرحى.", "الهجوم").counts] == [True, True]
    assert [c.update for c in act(coder, "نقل الهجوم إلى 60 قتيلا.", "الهجوم").counts] in ([], [False])


@pytest.mark.parametrize(
    ("body", "cumulative"),
    [
        ("أسفر القصف عن مقتل أكثر من 200 ألف شخص منذ بدء الحرب.", True),
        ("أسفر القصف عن مقتل 400 شخص خلال أربع سنوات.", True),
        ("أسفر القصف عن مقتل 40 شخصا منذ صباح أمس.", False),
        ("أسفر القصف عن مقتل 40 شخصا في أعنف هجوم منذ عام 2014.", False),
        ("أسفر القصف عن مقتل 40 شخصا في المدينة سنة 2014.", False),
    ],
)
def test_tolls_of_a_war_are_told_apart(coder: Coder, body: str, cumulative: bool) -> None:
    (count,) = act(coder, body, "القصف").counts
    assert (count.role, count.cumulative) == ("killed", cumulative)


def test_open_and_approximate_counts_say_so(coder: Coder) -> None:
    (count,) = act(coder, "اعتقلت الشرطة أكثر من 100 متظاهر في بيروت.", "اعتقلت").counts
    assert (count.open, count.approximate) == (True, False)
    (count,) = act(coder, "قتل الجيش مسلحا واعتقل نحو 20 آخرين.", "واعتقل").counts
    assert (count.open, count.approximate) == (False, True)


# Status


@pytest.mark.parametrize(
    ("body", "trigger", "status"),
    [
        ("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", "actual"),
        ("سيطالب الحزب الحكومة بالاستقالة.", "سيطالب", "planned"),
        ("سوف يزور الرئيس المصري الخرطوم غدا.", "يزور", "planned"),
        ("من المقرر أن يلتقي الرئيس المصري نظيره السوداني غدا.", "يلتقي", "planned"),
        ("لم تقصف الطائرات الروسية مدينة إدلب.", "تقصف", "denied"),
        ("لم ينسحب الجيش السوري من المدينة.", "ينسحب", "denied"),
        ("لن ينسحب الجيش السوري من المدينة.", "ينسحب", "denied"),
        ("طالب الحزب بالإفراج عن المعتقلين.", "بالإفراج", "requested"),
        ("دعا الحزب إلى وقفة احتجاجية أمام البرلمان.", "وقفة", "requested"),
        ("دعت الأمم المتحدة الطرفين إلى وقف إطلاق النار.", "وقف", "requested"),
        ("نفى الجيش قصف القرية.", "قصف", "denied"),
        ("نفت وزارة الدفاع الروسية قصف مدينة إدلب.", "قصف", "denied"),
        ("نفت وزارة الدفاع الروسية أن تكون طائراتها قصفت مدينة إدلب.", "قصفت", "denied"),
        ("قد ينسحب الجيش من المدينة.", "ينسحب", "hypothetical"),
        ("إذا هاجم الجيش المدينة فسنرد.", "هاجم", "hypothetical"),
    ],
)
def test_status(coder: Coder, body: str, trigger: str, status: str) -> None:
    assert act(coder, body, trigger).status == status


# Sources


@pytest.mark.parametrize(
    ("body", "trigger", "chain"),
    [
        ("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", []),
        ("قال الوزير إن الجيش قصف القرية.", "قصف", [("الوزير", "named")]),
        ("قال المرصد السوري لحقوق الإنسان، السبت، إن الطيران الروسي قصف قرية في ريف حلب.", "قصف", [("المرصد السوري لحقوق الإنسان", "named")]),
        ('قال شهود عيان: "أطلق الجنود النار على المتظاهرين".', "النار", [("شهود عيان", "unnamed")]),
        ("وزعم الجيش أنه قتل عشرة مسلحين في سيناء.", "قتل", [("الجيش", "named")]),
        ("نقلت قناة الجزيرة عن شهود عيان أن الطائرات قصفت السوق.", "قصفت", [("قناة الجزيرة", "media"), ("شهود عيان", "unnamed")]),
        ("نقلت صحيفة الشرق الأوسط عن مصدر دبلوماسي أن الوفدين اتفقا على اللقاء.", "اتفقا", [("صحيفة الشرق الأوسط", "media"), ("مصدر دبلوماسي", "unnamed")]),
        ("ذكرت صحيفة الأهرام نقلا عن مصدر أمني أن الشرطة اعتقلت عشرين شخصا.", "اعتقلت", [("صحيفة الأهرام", "media"), ("مصدر أمني", "unnamed")]),
        ("قال الوزير في تصريح لوكالة رويترز إن الجيش قصف القرية.", "قصف", [("وكالة رويترز", "media"), ("الوزير", "named")]),
        ("قصف الجيش السوري قرية في ريف حلب، بحسب المرصد السوري لحقوق الإنسان.", "قصف", [("المرصد السوري لحقوق الإنسان", "named")]),
        ("اعتقلت الشرطة عشرين شخصا في القاهرة، وفق مصدر أمني.", "اعتقلت", [("مصدر أمني", "unnamed")]),
        ("دعا الحزب إلى وقفة احتجاجية أمام البرلمان.", "وقفة", [("الحزب", "named")]),
        ("دعا الحزب إلى وقفة احتجاجية أمام البرلمان.", "دعا", []),
        ("طالب الحزب بالإفراج عن المعتقلين.", "بالإفراج", [("الحزب", "named")]),
        ("نقلت وكالة رويترز عن مسؤول أمني قوله إن الجيش قصف القرية.", "قصف", [("وكالة رويترز", "media"), ("مسؤول أمني", "unnamed")]),
        ("قال الوزير لصحيفة الأهرام إن الشرطة اعتقلت عشرين شخصا.", "اعتقلت", [("صحيفة الأهرام", "media"), ("الوزير", "named")]),
        ("اعتقلت الشرطة عشرين شخصا في القاهرة، حسبما ذكرت وكالة رويترز.", "اعتقلت", [("وكالة رويترز", "media")]),
        ("نفى الجيش قصف القرية.", "قصف", [("الجيش", "named")]),
    ],
)
def test_sources(coder: Coder, body: str, trigger: str, chain: list[tuple[str, str]]) -> None:
    assert sources(act(coder, body, trigger)) == chain


@pytest.mark.parametrize(
    ("body", "trigger", "accuser", "accused"),
    [
        ("اتهم المرصد السوري القوات الروسية بقصف مدرسة في إدلب.", "بقصف", "المرصد السوري", "القوات الروسية"),
        bug("اتهمت دمشق إسرائيل بقصف مطار دمشق.", "بقصف", "دمشق", "إسرائيل", reason="the accuser is the actor of what it accuses of"),
        bug("اتهمت المعارضة الجيش بقصف مدينة حلب.", "بقصف", "المعارضة", "الجيش", reason="the accuser is an actor of what it accuses of"),
    ],
)
def test_who_accuses_vouches_for_the_act(coder: Coder, body: str, trigger: str, accuser: str, accused: str) -> None:
    mention = act(coder, body, trigger)
    assert sources(mention) == [(accuser, "named")]
    assert [a.span.text for a in mention.actors] == [accused]


def test_the_cue_is_the_word_that_introduces_the_source(coder: Coder) -> None:
    (source,) = act(coder, "وزعم الجيش أنه قتل عشرة مسلحين في سيناء.", "قتل").sources
    assert source.cue is not None
    assert source.cue.text == "وزعم"


@pytest.mark.parametrize(
    ("body", "outlet", "trigger", "chain"),
    [
        ("قال الوزير في تصريح لوكالة رويترز إن الجيش قصف القرية.", "وكالة الأناضول", "قصف", [("وكالة رويترز", "media"), ("الوزير", "named")]),
        ("قال الوزير في تصريح لوكالة رويترز إن الجيش قصف القرية.", "رويترز", "قصف", [("الوزير", "named")]),
        ("قال الوزير في تصريح لوكالة رويترز إن الجيش قصف القرية.", "Reuters", "قصف", [("الوزير", "named")]),
        ("نقلت وكالة رويترز عن شهود عيان أن الجيش قصف القرية.", "رويترز", "قصف", [("شهود عيان", "unnamed")]),
        ("قالت وكالة رويترز إن الجيش قصف القرية.", "رويترز", "قصف", []),
    ],
)
def test_the_own_outlet_is_never_a_source(coder: Coder, body: str, outlet: str, trigger: str, chain: list[tuple[str, str]]) -> None:
    assert sources(act(coder, body, trigger, outlet)) == chain


@pytest.mark.parametrize(
    ("body", "trigger", "speaker", "cue"),
    [
        ("قال الوزير إن الجيش قصف القرية.\nوأضاف أن القوات اعتقلت عشرين شخصا.", "اعتقلت", "الوزير", "وأضاف"),
        ("قالت وزارة الدفاع إن الجيش انسحب من المدينة.\nوتابعت أن القوات قصفت مواقع المسلحين.", "قصفت", "وزارة الدفاع", "وتابعت"),
        ('قال الرئيس التونسي: "لقد اعتقلت الشرطة خمسين متظاهرا أمس. وقصف الجيش القرية".', "وقصف", "الرئيس التونسي", "قال"),
        ('قال الرئيس: "اعتقلت قوات الأمن عشرة مسلحين.\nوقتل الجيش زعيم التنظيم".', "وقتل", "الرئيس", "قال"),
        bug(
            'قال المتحدث: "هاجم المسلحون قاعدة الجيش. وقتل الجيش زعيم التنظيم. وانسحب المسلحون من المدينة".',
            "وقتل",
            "المتحدث",
            "قال",
            reason="a sentence in the middle of a quotation, without quotation marks of its own, loses its source",
        ),
    ],
)
def test_a_report_goes_on_over_sentences(coder: Coder, body: str, trigger: str, speaker: str, cue: str) -> None:
    mention = act(coder, body, trigger)
    assert [s.span.text for s in mention.sources] == [speaker]
    assert mention.sources[0].cue is not None
    assert mention.sources[0].cue.text == cue


def test_a_report_ends_with_its_sentence(coder: Coder) -> None:
    assert sources(act(coder, "قال الوزير إن الجيش قصف القرية.\n\nوتظاهر عشرات العمال في العاصمة تونس.", "وتظاهر")) == []


# Participants


@pytest.mark.parametrize(
    ("body", "trigger", "actors", "recipients"),
    [
        ("قتل الجيش مسلحا في سيناء.", "قتل", ["الجيش"], None),
        ("فرضت الولايات المتحدة عقوبات على إيران.", "عقوبات", ["الولايات المتحدة"], ["إيران"]),
        ("اعتقلت الشرطة عشرات المتظاهرين.", "اعتقلت", ["الشرطة"], ["عشرات المتظاهرين"]),
        ("أكثر من 100 متظاهر اعتقلتهم الشرطة في بيروت.", "اعتقلتهم", ["الشرطة"], ["أكثر من 100 متظاهر"]),
        ("حكمت المحكمة على الناشط بالسجن خمس سنوات.", "حكمت", ["المحكمة"], ["الناشط"]),
        bug("قصف الجيش القرية أمس.", "قصف", ["الجيش"], ["القرية"], reason="definite subject and definite object are read as one phrase"),
        bug("سوف يزور الرئيس المصري الخرطوم غدا.", "يزور", ["الرئيس المصري"], None, reason="subject and object are read as one phrase"),
        bug("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", ["الجيش السوري"], ["ثلاثة مدنيين"], reason="the place is taken into the recipient's phrase"),
        bug("قُتل جنديان في هجوم للجيش على سيناء.", "هجوم", ["الجيش"], None, reason="the clitic preposition stays with the actor (`للجيش`)"),
        bug(
            "وقعت اشتباكات بين الجيش السوداني وقوات الدعم السريع.",
            "اشتباكات",
            ["الجيش السوداني", "قوات الدعم السريع"],
            None,
            reason="the conjunction stays with the second actor (`وقوات`)",
        ),
    ],
)
def test_participants(coder: Coder, body: str, trigger: str, actors: list[str], recipients: list[str] | None) -> None:
    mention = act(coder, body, trigger)
    assert [a.span.text for a in mention.actors] == actors
    if recipients is not None:
        assert [r.span.text for r in mention.recipients] == recipients


@pytest.mark.parametrize(
    ("body", "trigger", "code"),
    [
        ("قتل الجيش السوري مسلحا في إدلب.", "قتل", "SYR MIL"),
        ("نشر الجيش التركي قوات على الحدود السورية.", "نشر", "TUR MIL"),
        ("فرضت الولايات المتحدة عقوبات على إيران.", "عقوبات", "USA GOV"),
        ("أدانت الجامعة العربية قصف مدينة إدلب.", "أدانت", "IGO -"),
        ("وصل وزير الخارجية الروسي إلى دمشق في زيارة رسمية.", "زيارة", "RUS GOV"),
        ("طالب الحزب بالإفراج عن المعتقلين.", "طالب", "- PTY"),
    ],
)
def test_codes_of_actors(coder: Coder, body: str, trigger: str, code: str) -> None:
    assert act(coder, body, trigger).actors[0].code == code


# Places


@pytest.mark.parametrize(
    ("body", "trigger", "name", "country"),
    [
        ("قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل", "Idlib", "SYR"),
        ("انفجرت سيارة مفخخة في مدينة الباب.", "انفجرت", "Al-Bab", "SYR"),
        ("أصيب شرطيان في انفجار عبوة ناسفة في بغداد.", "انفجار", "Baghdad", "IRQ"),
        ("تظاهر عشرات العمال في العاصمة تونس.", "تظاهر", "Tunis", "TUN"),
        ("عقد وزراء الخارجية العرب اجتماعا في القاهرة يوم الأحد.", "اجتماعا", "Cairo", "EGY"),
        bug("تظاهر مئات الآلاف في العاصمة الجزائر يوم الجمعة.", "تظاهر", "Algiers", "DZA", reason="`العاصمة` does not choose the city"),
    ],
)
def test_place_after_a_preposition(coder: Coder, body: str, trigger: str, name: str, country: str) -> None:
    (place,) = act(coder, body, trigger).places
    assert (place.name, place.country) == (name, country)


# Times


@pytest.mark.parametrize(
    ("body", "trigger", "start", "end"),
    [
        ("اعتقلت الشرطة ناشطا يوم الأربعاء.", "اعتقلت", date(2020, 1, 8), date(2020, 1, 8)),
        ("سيلتقي الوزير نظيره المصري يوم الأربعاء.", "سيلتقي", date(2020, 1, 15), date(2020, 1, 15)),
        ("سيتظاهر آلاف العمال في تونس يوم الأحد.", "سيتظاهر", date(2020, 1, 12), date(2020, 1, 12)),
        ("قصف الجيش السوري قرية في ريف حلب الأسبوع الماضي.", "قصف", date(2019, 12, 30), date(2020, 1, 5)),
        ("قصف الجيش السوري قرية في ريف حلب أمس.", "قصف", date(2020, 1, 9), date(2020, 1, 9)),
        ("سوف يزور الرئيس المصري الخرطوم غدا.", "يزور", date(2020, 1, 11), date(2020, 1, 11)),
        ("عقد وزراء الخارجية العرب اجتماعا في القاهرة يوم الأحد.", "اجتماعا", date(2020, 1, 5), date(2020, 1, 5)),
    ],
)
def test_times(coder: Coder, body: str, trigger: str, start: date, end: date) -> None:
    time = act(coder, body, trigger).time
    assert time is not None
    assert (time.start, time.end) == (start, end)


def test_without_a_date_the_expression_stays_undated(coder: Coder) -> None:
    (mention,) = read(coder, "اعتقلت الشرطة ناشطا يوم الأربعاء.", published=None)
    assert mention.time is not None
    assert (mention.time.span.text, mention.time.start) == ("يوم الأربعاء", None)


def test_an_act_without_an_expression_has_no_time(coder: Coder) -> None:
    assert act(coder, "قتل الجيش السوري ثلاثة مدنيين في مدينة إدلب.", "قتل").time is None


# Events


def test_one_act_named_twice_is_one_event(coder: Coder) -> None:
    mentions = read(coder, "تظاهر عشرات العمال في العاصمة تونس.\nوقال الاتحاد إن المظاهرة انتهت من دون حوادث.")
    assert len(mentions) == 2
    assert len({m.event for m in mentions}) == 1


def test_different_acts_are_different_events(coder: Coder) -> None:
    mentions = read(coder, "قصف الجيش السوري قرية في ريف حلب.\nوتظاهر عشرات العمال في العاصمة تونس.")
    assert len({m.event for m in mentions}) == len(mentions) == 2


def test_why_names_the_rules(coder: Coder) -> None:
    mention = act(coder, "لم تقصف الطائرات الروسية مدينة إدلب.", "تقصف")
    assert ("status", "after لم") in {(r.field, r.rule) for r in mention.why}


# What hangs on the fit of the weights


class Hanging(NamedTuple):
    """A sentence that one fit of the weights reads right and another wrong; `right` judges its mentions."""

    body: str
    right: Callable[[tuple[Mention, ...]], bool]


def _none(found: tuple[Mention, ...]) -> bool:
    return not found


def _only(trigger: str, kind: str) -> Callable[[tuple[Mention, ...]], bool]:
    return lambda found: [(m.trigger.text, m.type) for m in found] == [(trigger, kind)]


def _untold(trigger: str) -> Callable[[tuple[Mention, ...]], bool]:
    return lambda found: [m.sources for m in found if m.trigger.text == trigger] == [()]


def _by(trigger: str, *actors: str) -> Callable[[tuple[Mention, ...]], bool]:
    return lambda found: [tuple(a.span.text for a in m.actors) for m in found if m.trigger.text == trigger] == [actors]


HANGING = [
    Hanging("شن فريق الأهلي هجوما قويا على مرمى الزمالك في مباراة الدوري.", _none),
    Hanging("سجل اللاعب هدفا من هجوم سريع في الدوري الإسباني.", _none),
    Hanging("بدأت الحملة الانتخابية وخاض المرشحون معركة انتخابية شرسة.", _none),
    Hanging("هوجم موكب الوزير في مدينة كركوك العراقية.", _only("هوجم", "ASSAULT")),
    Hanging("قُتل ثلاثة مدنيين في مدينة إدلب.", _only("قُتل", "ASSAULT")),
    Hanging("قُتل جندي تركي في إدلب.", _only("قُتل", "ASSAULT")),
    Hanging("تظاهر العشرات في تونس للمطالبة بإقالة الوزير.", _only("تظاهر", "PROTEST")),
    Hanging("أدانت الجامعة العربية قصف مدينة إدلب.", _untold("قصف")),
    Hanging("أدان الرئيس الفرنسي الهجوم على السفارة.", _untold("الهجوم")),
    Hanging("اتهم الحزب الجيش بقصف القرية.", _by("بقصف", "الجيش")),
    Hanging("هدد الرئيس الأمريكي بفرض عقوبات على إيران.", _by("هدد", "الرئيس الأمريكي")),
    Hanging("من المقرر أن يلتقي الرئيس المصري نظيره السوداني غدا.", _by("يلتقي", "الرئيس المصري", "نظيره السوداني")),
]
FLOOR = 4  # the worst of four fits of the weights; the best read 9 of these 12. Raise it, or move a sentence up, when a rule settles it.


def test_sentences_that_hang_on_the_weights(coder: Coder) -> None:
    wrong = [h.body for h in HANGING if not h.right(read(coder, h.body))]
    assert len(HANGING) - len(wrong) >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("رئيس البرلمان التونسي", "TUN LEG"),
        ("رئيس الحكومة التونسية", "TUN GOV"),
        ("قوات الأمن التركية", "TUR COP"),
        ("لجنة برلمانية تونسية", "TUN LEG"),
        ("القوات المسلحة التركية", "TUR MIL"),
    ],
)
def test_who_is_of_what(coder: Coder, phrase: str, code: str) -> None:
    record = coder.code(Document(text=f"أدان {phrase} الهجوم على المدينة أمس."))
    assert [a.code for m in record.mentions for a in m.actors if m.type == "ACCUSE"] == [code]
