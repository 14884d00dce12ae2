"""Names of places that in running news nearly always are words or persons: read off what was found for them in articles."""

from __future__ import annotations

from khabar.arabic.fold import fold

WORDS = frozenset(
    """صباح اوباما العديد الثوره وانه طويله مرسي حديثه فيفا عيسي بور الدوره مصيره سعد الام ليل رقه امان صفا ستره واها ولديه سول الورد اخن اقرت
    الته سده بندر مركزي صافي ذرات عريقه بشري بورصه فصايل الفصايل ليماني الكويكب بيان فريده فايده لادها ارده جناته الغيله غيله توريده ودان هيلان
    خور مندو حوزه دوشي المدان كوفو جودا اباده""".split()
)
"""Matched only after a word for a place."""
PERSONS = frozenset("بدر الشرقيه الباب رياض مني جمال الطبقه فوزان الفلاحيه جيزه العماره الزبير".split())
"""Matched after `في` too."""


PLACES = frozenset(
    """حايل الضفه الحمامات الافلاج عفيف الجم اليرموك سمامه تيماء المنصوره القصبه تاله الغاط المنزه الصوابر السليل كليفلاند المعلا ورغه الوهط عقان
    السلاطنيه هرمز الثقبه جوبر كانساس سانتياغو اوستن ويمبلدون اوكسفورد اكسفورد ماساتشوستس المطويه الكريب كبيسه اونتاريو الثعله تثليث هامبشاير دنفر
    اوساكا كالابريا بريستول الشوشه دبلن كسروان كريت بلطه تسمانيا باهيا نيفادا سارلاند لامو فوجيان كونيتيكت الساحلين بون""".split()
)
"""Safe alone: of their uses in the corpora a third or more stand after `في`, `بـ` or a word for a place."""
OFTEN_PLACES = frozenset(
    """الخبر حجه قم نجد الليث فرسان العارضه الوفره الشفا الحيره معان عتمه الوراق المنار الهضبه الكود طينه البرك العامره المحله عبس روميه شمسان الورديه
    مران قنديل الشابه الثقبه المرسي العمران التضامن الفاو البطحاء عتق رماح هيت حرض""".split()
)
"""Matched after `في` too, though other uses are as frequent."""


def level(folded: str, told: int) -> int:
    """The danger of a name, 0 to 2: what this module says of it, else what is told."""
    if folded in PLACES:
        return 0
    least = 2 if folded in WORDS else 1 if folded in PERSONS else 0
    return min(1, max(least, told)) if folded in OFTEN_PLACES else max(least, told)


def marked(name: str) -> str:
    """A name of the supplement with the marks that its folded form calls for."""
    bare = name.lstrip("~")
    return "~" * level(fold(bare), len(name) - len(bare)) + bare
