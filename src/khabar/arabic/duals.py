"""Duals: nouns whose form alone, or with the noun that follows, says that there are two of them."""

from __future__ import annotations

_ENDINGS = ("ان", "ين")
_BEFORE_NOUN = ("وبال", "ولل", "وال", "فال", "بال", "لل", "ال", "وب", "ول", "و", "ب", "ل", "ف", "")
_KEEP_TEH = frozenset(("بنت", "بيت", "وقت", "صوت", "اخت", "زيت", "توقيت"))
# Nouns of the news whose plural is broken or in `ات`, so that their `ين` can only be a dual: of those in the SaudiNewsNet and ANT
# articles with at least three `ين` and next to no `ون`, the ones that are things, groups or people.
_CERTAIN = (
    "شخص قتيل جريح جندي شرطي ضابط طفل رجل هجوم تفجير انفجار صاروخ شاب يوم اسبوع شهر عام عنصر عضو اسير اجنبي صبي شهيد سجين رضيع "
    "طرف فريق قصر جانب هدف شقيق قطاع نادي شعب موسم عقد عالم جهاز مركز نوع متر قرن حزب تنظيم قطار مسدس برنامج معسكر معهد اجتماع طالب "
    "حكم مجلس اتصال فصيل جناح قارب محرك برج مسجد لقاء مستودع رقم حليف سور موقف هاتف تاجر رشاش فندق طبيب حدث مطار مقال جار زورق مصرف "
    "زميل خطاب اتفاق تطور مقطع توام عدو خبير تمرين تصريح عنوان حزام منزل قرار تقرير كتاب مبني مستشفي ملف طابق نظام مكتب مقترح مشروع "
    "مسار مجال جسر صديق قسم فصل معبر رييس وزير قايد نجم سايح تلميذ مدير سفير نايب وفد عرض محور سجن ولد ابن زعيم مريض مدفع لغم "
    "حي شارع خط مخيم لواء فوج بند موقع مقر حاجز كمين مصنع مدرج مقعد حارس شريك بطل قاض لص راكب عملاق معدن مخطط زوج "
    "فرد عون حساب ملعب سوال خيار فيلم ضعف طلب شوط منتخب اعتداء"
)
_IN_AN, _IN_IN = frozenset(("لاعب", "عامل", "سايق", "اخر")), frozenset(("بلد",))  # their other form is a plural
_NOUNS = frozenset(_CERTAIN.split(" "))
_NOT = (
    "زلاتان كريستين فساتين بساتين كراتين بوتين روتين تمتين فالنتين هاتان هاتين لافتين صامتين ثابتين كوينتين جاستين اوستين اثنتان اثنتين غواتين "
    "مهرجان ميزان ميدان اللهيان عبداللهيان سركيسيان سركسيان كارداشيان معيان مرجان مليان"
)
_NO_DUALS = frozenset(_NOT.split(" "))
_FEMININE = "وزارت ولايت وكالت وثيقت وحدت وجبت ورشت ورقت بلدت بلديت بعثت بندقيت بارجت باخرت بطولت بقالت لجنت لوحت لايحت فرقت فتات فقرت فترت فيت"
_OWN_LETTER = frozenset(_FEMININE.split(" "))  # feminine stems whose first letter only looks like a clitic
_SHORT = frozenset("مرت سنت جهت قوت لغت جثت شقت قمت صفت ضفت حصت كفت فيت ريت قصت".split(" "))


def _singular(word: str) -> str | None:
    """The singular of a noun without clitics: known nouns, feminines in `ت`, and in `ان` relational adjectives and `م` participles."""
    stem = word[:-2]
    if word in _NO_DUALS or word.endswith("ستان") or len(stem) < 3:
        return None
    if stem in _NOUNS or stem in _KEEP_TEH or stem in (_IN_AN if word.endswith("ان") else _IN_IN):
        return stem
    if stem in _SHORT or (stem.endswith("ت") and len(stem) > 3):
        return stem[:-1] + "ه"
    person = stem.endswith("ي") or stem.startswith("م")
    return stem if word.endswith("ان") and person and len(stem) > 3 else None


def dual(word: str) -> str | None:
    """The folded singular of a folded noun that is certainly a dual (`قتيلان`, `للجنديين`, `غارتين`); null for the rest.

    A sound plural looks like a dual in `ين`: `مدنيين` and `مسلحين` give null, `مدنيان` and `مسلحان` do not.
    """
    if not word.endswith(_ENDINGS) or word in _NO_DUALS:
        return None
    clitics = [clitic for clitic in _BEFORE_NOUN if word.startswith(clitic)]
    with_article = [clitic for clitic in clitics if clitic.endswith(("ال", "لل"))]
    bare = [word[len(clitic) :] for clitic in with_article[:1] or clitics]  # what is left of `البيان` begins with no article
    if any(rest in _NO_DUALS for rest in bare):
        return None
    known = (rest for rest in reversed(bare) if rest[:-2] in _NOUNS or rest[:-2] in _OWN_LETTER)
    return next((stem for rest in (*known, *bare) if (stem := _singular(rest))), None)


_CONSTRUCT = (
    "محافظ مدين منطق ولاي دول وزار شرك موسس معتمدي حرك حزم قري عاصم قياد كلي جامع بلد سفار كتيب فرق جه قو لجن نقاب صحيف وكال جمهوري مجموع مديري "
    "بلدي داير مرحل نقط جلس مبارا رحل عملي حادث غرف منظم هيي كتل قايم طاير سيار محط قاعد مدرس مقاطع جزير بعث سلط سن لغ جث ضف محاول درج مصلح غار قذيف"
)
_MASCULINE_CONSTRUCT = "وزير طرف مجلس شطر منتخب فريق مطار معبر هجوم تفجير جندي"
_STEMS = frozenset((*(f"{stem}ت" for stem in _CONSTRUCT.split(" ")), *_MASCULINE_CONSTRUCT.split(" ")))
_LIKE_ADJECTIVES = frozenset(("هجوم", "تفجير"))  # `هجومي` is also the adjective, `هجوما` an accusative


def construct_dual(word: str, after: str) -> str | None:
    """The folded singular of a noun in the dual that has lost its nun before another noun (`محافظتي حلب`, `طرفا النزاع`); null for the rest.

    In `ي` any word may follow; a form in `ا` may be an accusative, so that it needs a noun with the article.
    """
    if not word.endswith(("ي", "ا")) or not after.isalpha():
        return None
    definite = after.startswith("ال")
    for clitic in ("", "و", "ب", "ل", "ف", "وب", "ول"):
        stem = word[len(clitic) : -1] if word.startswith(clitic) else ""
        if stem in _STEMS and (word.endswith("ي") or definite) and (stem not in _LIKE_ADJECTIVES or (word.endswith("ي") and definite)):
            return stem[:-1] + "ه" if stem.endswith("ت") else stem
    return None
