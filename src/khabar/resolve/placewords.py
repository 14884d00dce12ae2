"""Words around place names: proclitics, compass words, nouns that announce a name, words that forbid one."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import NamedTuple

from khabar.arabic.fold import fold

PROCLITICS = ("و", "ف", "ب", "ك", "ل", "وب", "ول", "فب", "فل", "وك")
DIRECTIONS = {
    "شمال": "Northern", "شمالي": "Northern", "جنوب": "Southern", "جنوبي": "Southern", "شرق": "Eastern", "شرقي": "Eastern",
    "غرب": "Western", "غربي": "Western", "وسط": "Central", "اقصي": "",
}  # fmt: skip
COMPASS = {"الشمال": "Northern", "الجنوب": "Southern", "الشرق": "Eastern", "الغرب": "Western", "الوسط": "Central", "الساحل": "Coastal"}
TRAILING_COMPASS = {"شمالي": "Northern", "جنوبي": "Southern", "شرقي": "Eastern", "غربي": "Western", "اوسط": "Central"}
TRAILING = frozenset("محتله محتل دولي دوليه عسكري عسكريه جويه بحري بحريه بري حدودي حدوديه ساحليه استراتيجيه محاصره قديمه اولمبي مكرمه منوره".split())
AREAS = frozenset("الاراضي الحدود المدن المحافظات الاجواء السواحل المناطق القري الولايات البلدات المياه الموانئ المواني المطارات السجون الداخل".split())
AROUND = frozenset("محيط مشارف تخوم اطراف جوار مداخل مدخل".split())
OTHER_CAPITALS = frozenset("الاقتصاديه الثقافيه السياسيه المقدسه الاداريه الموقته العلميه الصناعيه السياحيه الجديده الروحيه التجاريه القديمه التاريخيه".split())
"""Adjectives of `العاصمه` that make it another town than the capital."""
TOWARDS = frozenset("في الي من نحو قرب باتجاه صوب شرق غرب شمال جنوب شرقي غربي شمالي جنوبي وسط داخل ( -".split())
"""Words before a name that may otherwise be a word, where the article told it with its kind."""
PARTS = frozenset("في مناطق ولايات محافظات مدن موانئ مواني اهالي سكان ابناء جهات قري".split())
"""Words before `الجنوب` that make it a part of the country."""
COUNTRYSIDE = "{} countryside"
NOT_AFTER = frozenset(
    """فيلق نادي كتائب كتيبه سرايا صحيفه جريده قناه مجله فريق لواء شركه منتخب وكاله اذاعه ال بنك مصرف راديو موقع برنامج كاس سباق رياضه
ابو بو ام ابن بنت عبد الدكتور السيد الشيخ العميد اللواء العقيد النقيب الامير الملك النادي قبيله عائله اسره""".split()
)
BEFORE_COUNTRY = frozenset(
    """في الي من عن علي مع ضد بين داخل خارج نحو حول عبر دوله حدود اراضي قرب باتجاه ان لدي بحق شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي
مناطق معظم كل انحاء ربوع و ، , - : ( " .""".split()
)
ALSO_WORDS = frozenset({"مالي", "بنين", "قمري", "صحراوي"})
"""Countries whose names or adjectives are also words (financial, boys, lunar, of the desert)."""
GENERIC = frozenset("الجزيره البلده القريه المدينه المخيم المنطقه الولايه المحافظه العاصمه المعبر المطار الميناء الساحه الميدان السجن القاعده المعسكر".split())
"""Nouns of kinds of places: some place bears each as its name, and hardly ever is it meant."""
NO_PLACES = ("الاحتلال", "الكيان", "السلطه", "الاتحاد السوفي")
COMPOUND = frozenset(
    """عين ابو ابي بو ام بني تل دير خان وادي راس بيت كفر حمام بئر بير سيدي الشيخ شيخ باب عبد ابن بن دار برج قصر حاج الحاج سد منزل سوق جبل
واد زاويه سهل جسر شط كوم نجع عزبه ميت منيه منشاه شبرا تله حوش مزرعه خربه رسم جب ذي ذو ال عرب عقبه اولاد هنشير نور سانت سان نيو بركي دوار نقيل حصن شعب""".split()
)
STOP_PREFIXES = ("بال", "لل", "وال", "فال", "كال", "وب", "ولل")
QUOTE = '"'


class PlaceWord(NamedTuple):
    """A noun before a place name: the English pattern (None: the bare name) and the kind of the phrase (`any`: that of the named place)."""

    pattern: str | None
    kind: str


def strip_clitics(norm: str, known: Callable[[str], bool]) -> str:
    """The word without و ف ب ك ل where what remains is a known name; the word itself if it is one or nothing known remains.

    `للقاهره` gives `القاهره`; of several known remainders the longest wins (`ولبنان` is `لبنان`, not `بنان`).
    """
    if known(norm) or len(norm) < 3:
        return norm
    for length in (1, 2, 3):
        rest = norm[length:]
        if norm[:length] in PROCLITICS and len(rest) > (4 if norm[0] in "فك" else 1) and known(rest):
            return rest
        if norm[length - 1 : length + 1] == "لل" and (length == 1 or norm[: length - 1] in PROCLITICS):
            for full in ("ا" + norm[length:], "ال" + norm[length:]):
                if known(full):
                    return full
    return norm


def data_lines(name: str) -> list[str]:
    """The lines of a data file without comments and header."""
    lines = files("khabar.resolve").joinpath("data", name).read_text("utf-8").splitlines()
    start = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    return lines[start + 1 :]


def load_placewords() -> dict[str, PlaceWord]:
    """Folded place words of all numbers."""
    out: dict[str, PlaceWord] = {}
    for line in data_lines("placewords.tsv"):
        words, english, kind = line.split("\t")
        for word in words.split("|"):
            out.setdefault(fold(word), PlaceWord(None if english == "-" else english, kind))
    return out


def number(cell: str) -> float | None:
    """The number of a cell; None where it is empty."""
    return float(cell) if cell not in ("", "-") else None
