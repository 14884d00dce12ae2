"""Names of private persons are masked at the same length, everybody else's stay; exact places of sensitive events go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar import Count, Location, Mention, Participant, Place, Source, Span
from khabar.arabic.fold import fold
from khabar.export.persons import given_names
from khabar.export.protect import MASK, coarsened, hidden, protected, sensitive, shield
from records import ALEPPO, span

MASKED = (
    ("وروى الشاهد علي حمدان أنه رأى الطائرة.", ("علي حمدان",)),
    ("وأضاف سامر الحلبي أن الطريق مقطوع، ثم عاد الحلبي إلى بيته.", ("سامر الحلبي", "الحلبي")),
    ("قتل الطفل محمد حسين (12 عاما) في القصف.", ("محمد حسين",)),
    ("اعتقال الطفلة ملك الخطيب (14 عاما) أمس.", ("ملك الخطيب",)),
    ("أصيب ريان عودة (9 أعوام) في ساقه.", ("ريان عودة",)),
    ("وقالت الشاعرة السورية هزبر قسطلي إنها ستعود.", ("هزبر قسطلي",)),
    ("اعتقلت الشرطة الناشطة سارة محمود واقتادت زوجها خالد عبد الرحمن إلى السجن.", ("سارة محمود", "خالد عبد الرحمن")),
    ("قال المواطن محمد بن عبدالله الحربي إن الماء انقطع.", ("محمد بن عبدالله الحربي",)),
    ("قال رئيس المركز والشيخ إبراهيم العجلان إن الحفل انتهى.", ("إبراهيم العجلان",)),
    ("ودفن القتيل وليد دغريري وإخوانه إبراهيم ويوسف وزكريا في القرية.", ("وليد دغريري", "إبراهيم", "ويوسف", "وزكريا")),
    ("وأكد علي الحرقان؛ في حديثه أن العيد فرحة.", ("علي الحرقان",)),
    ("وقالت الممثلة كوثر الباردي إن العرض تأجل.", ("كوثر الباردي",)),
    ("استشهد الشاب حمّاد القواسمة برصاص الجنود.", ("حمّاد القواسمة",)),
    ("قال الشاهد مح\u200dمد الخليلي إنه هرب.", ("مح\u200dمد الخليلي",)),
)
KEPT = (
    "وصل وزير الخارجية الفرنسي لوران فابيوس إلى بيروت.",
    "التقى عبد الفتاح السيسي وفدا من رجال الأعمال.",
    "وزار جون كيري القاهرة.",
    "قال مدير المستشفى أحمد الخطيب إن الأسرة امتلأت.",
    "وقال سالم العمري، رئيس البلدية، إن الجسر انهار.",
    "وقال محمد رحيم أمين حاكم المنطقة إن الغارة قتلت جنودا.",
    "ارتفع الدولار بعد أن قالت جانيت يلين رئيسة المجلس إن الفائدة سترتفع.",
    "تظاهر المئات في شارع محمد محمود أمس.",
    "أطلق الجيش النار على المتظاهرين وعلى بيوتهم.",
    "ارتفعت أسعار النفط وأكد الخبراء أنها ستنخفض.",
    "احتفل الأهالي بعيد الفطر وبقدوم ولي العهد.",
    "كان نجم المسرح حاضرا، وأمير المنطقة كذلك.",
)


@pytest.mark.parametrize(("text", "names"), MASKED)
def test_private_names_are_masked(text: str, names: tuple[str, ...]) -> None:
    shown = shield(text).mask(text)
    for name in names:
        assert name not in shown
    kept = text
    for name in names:
        kept = kept.replace(name, "".join(c if c.isspace() else MASK for c in name))
    assert shown == kept


@pytest.mark.parametrize("text", KEPT)
def test_public_names_and_words_stay(text: str) -> None:
    assert shield(text).mask(text) == text


def test_a_masked_name_is_masked_in_titles_and_links_too() -> None:
    masked = shield("قال الشاهد سامر الحلبي إنه هرب.")
    assert masked.mask_name("الحلبي: هربت من البيت") == f"{MASK * 6}: هربت من البيت"


def test_a_minor_has_no_public_role() -> None:
    text = "قال رئيس برلمان الأطفال الطفل سامر الحلبي (11 عاما) إن المدرسة أغلقت."
    assert "سامر" not in shield(text).mask(text)


WORDS = "قال الشاهد سامر الحلبي محمّد بن عبد الله ، . إن 12 عاما ( ) \u200f \u200b\u200b 😀 الطفل الوزير مح\u200dمد\n".split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_masks_keep_the_length_and_the_spaces(words: list[str]) -> None:
    text = " ".join(words)
    shown = shield(text).mask(text)
    assert len(shown) == len(text)
    assert all(a == b or b == MASK for a, b in zip(text, shown, strict=True))
    assert [c for c in shown if c.isspace()] == [c for c in text if c.isspace()]


ARREST = "اعتقل الجنود الطالب سامر الحلبي في بلدة حلب أمس، وقال الحلبي لاحقا إن ثلاثة من آل الحلبي قتلوا."


def arrest() -> Mention:
    return Mention(
        span(ARREST, "اعتقل"), "COERCE", ("arrest",), "actual", "e1", (Participant(span(ARREST, "الجنود"), "SYR MIL"),),
        (Participant(span(ARREST, "الطالب سامر الحلبي"), "SYR CVL", "سامر الحلبي"),), (Place(span(ARREST, "حلب"), ALEPPO),),
        counts=(Count(span(ARREST, "ثلاثة من آل الحلبي"), "killed", 3, 3, "آل الحلبي"),), sources=(Source(span(ARREST, "الحلبي"), "named"),),
    )  # fmt: skip


def test_every_span_of_a_protected_mention_is_where_it_was() -> None:
    before = arrest()
    masked = hidden(ARREST, shield(ARREST, [before]), [before])
    text = masked.mask(ARREST)
    after = protected(before, masked, text, coarse=True)
    for old, new in zip(_spans(before), _spans(after), strict=True):
        assert (new.start, new.end) == (old.start, old.end)
        assert new.text == text[new.start : new.end]
    told = str(after.record())
    assert "سامر" not in told
    assert "الحلبي" not in told
    assert "Aleppo" in told  # the governorate stays
    assert after.places[0].location == Location("Aleppo", "SYR", "Aleppo", None, None, "governorate", "gazetteer", None)


def _spans(m: Mention) -> list[Span]:
    return [m.trigger, *(x.span for group in (m.actors, m.recipients, m.places, m.counts, m.sources) for x in group)]


@pytest.mark.parametrize(
    ("kind", "modes", "expected"),
    [("COERCE", ("arrest",), True), ("ASSAULT", ("torture",), True), ("ASSAULT", ("sexual",), True), ("ASSAULT", ("abduct",), True),
     ("ASSAULT", ("aerial",), False), ("PROTEST", ("demo",), False)],
)  # fmt: skip
def test_which_events_are_sensitive(kind: str, modes: tuple[str, ...], expected: bool) -> None:
    text = "جرى ذلك في حلب."
    m = Mention(span(text, "جرى"), kind, modes, "actual", "e1", places=(Place(span(text, "حلب"), ALEPPO),))  # type: ignore[arg-type]
    assert sensitive(m, shield(text, [m])) is expected


def test_what_hits_minors_is_sensitive() -> None:
    text = "قصف الجيش مدرسة وقتل خمسة أطفال وطفلة."
    m = Mention(span(text, "قصف"), "ASSAULT", ("aerial",), "actual", "e1", recipients=(Participant(span(text, "طفلة"), "SYR CVL"),))
    assert sensitive(m, shield(text, [m]))


def test_a_place_without_a_first_level_unit_becomes_its_country() -> None:
    village = Location("قرية", "SYR", None, 1.0, 2.0, "town", "gazetteer", "gn:1")
    assert coarsened(village) == Location("SYR", "SYR", None, None, None, "country", "gazetteer", None)
    whole = Location("Syria", "SYR", None, 35.0, 38.0, "country", "gazetteer", "gn:2")
    assert coarsened(whole) == whole


def test_given_names_are_written_as_texts_are_folded() -> None:
    strong, weak = given_names()
    assert {n for n in strong | weak if fold(n) != n} == set()
    assert not strong & weak
