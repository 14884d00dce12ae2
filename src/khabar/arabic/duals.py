"""Duals: nouns whose form alone says that there are two of them."""

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
    "مسار مجال جسر صديق قسم فصل معبر رييس وزير قايد نجم سايح تلميذ مدير سفير نايب وفد عرض محور سجن ولد ابن زعيم مريض عامل سايق مدفع لغم "
    "حي شارع خط مخيم لواء فوج بند موقع مقر حاجز كمين لاعب مصنع مدرج مقعد حارس شريك بطل قاض لص راكب عملاق معدن دبلوماسي مخطط زوج"
)
_NOUNS = frozenset(_CERTAIN.split(" "))
_NOT = (
    "زلاتان كريستين فساتين بساتين كراتين بوتين روتين تمتين فالنتين هاتان هاتين لافتين صامتين ثابتين كوينتين جاستين اوستين اثنتان اثنتين غواتين "
    "مهرجان ميزان ميدان اللهيان عبداللهيان سركيسيان سركسيان كارداشيان معيان مرجان مليان"
)
_NO_DUALS = frozenset(_NOT.split(" "))
_FEMININE = "وزارت ولايت وكالت وثيقت وحدت وجبت ورشت ورقت بلدت بلديت بعثت بندقيت بارجت باخرت بطولت بقالت لجنت لوحت لايحت فرقت فتات فقرت فترت فيت"
_OWN_LETTER = frozenset(_FEMININE.split(" "))  # feminine stems whose first letter only looks like a clitic


def _singular(word: str) -> str | None:
    """The singular of a noun without clitics: known nouns, feminines in `ت`, and in `ان` relational adjectives and `م` participles."""
    stem = word[:-2]
    if word in _NO_DUALS or word.endswith("ستان") or len(stem) < 3:
        return None
    if stem in _NOUNS or stem in _KEEP_TEH:
        return stem
    if stem.endswith("ت") and len(stem) > 3:
        return stem[:-1] + "ه"
    person = stem.endswith("ي") or stem.startswith("م")
    return stem if word.endswith("ان") and person and len(stem) > 3 else None


def dual(word: str) -> str | None:
    """The folded singular of a folded noun that is certainly a dual (`قتيلان`, `للجنديين`, `غارتين`); null for the rest.

    A sound plural looks like a dual in `ين`: `مدنيين` and `مسلحين` give null, `مدنيان` and `مسلحان` do not.
    """
    if not word.endswith(_ENDINGS) or word in _NO_DUALS:
        return None
    bare = [word[len(clitic) :] for clitic in _BEFORE_NOUN if word.startswith(clitic)]
    if any(rest in _NO_DUALS for rest in bare):
        return None
    known = (rest for rest in reversed(bare) if rest[:-2] in _NOUNS or rest[:-2] in _OWN_LETTER)
    return next((stem for rest in (*known, *bare) if (stem := _singular(rest))), None)
