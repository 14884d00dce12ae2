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


def demoted(name: str) -> str:
    """A name of the supplement with the marks that its folded form calls for."""
    bare = name.lstrip("~")
    word = fold(bare)
    marks = 2 if word in WORDS else 1 if word in PERSONS else 0
    return "~" * max(marks, len(name) - len(bare)) + bare
