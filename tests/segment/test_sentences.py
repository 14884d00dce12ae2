"""Sentences: headline, labels, captions, body and footers, verbatim and in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.arabic.fold import TATWEEL, fold
from khabar.segment import Sentence, sentences, tokens

ARTICLE = (
    "قصف على قرية في ريف حلب\n\n"
    "عربي ودولي\n\n"
    "صورة من الاجتماع الأخير في القاهرة\n\n"
    "القاهرة - رويترز: قال د. محمد علي، السبت، إن الجيش قصف القرية. وأضاف أن المعارك مستمرة!\n"
    "نشر في عدد اليوم\n"
    "وغادر الوفد القاعة بعد ساعتين\n"
    "رابط الخبر: هنا\n"
    "اقرأ أيضا: قتلى في قصف جديد على حلب\n"
)
ALPHABET = 'ابتجدرسعفقلمنهويىةأ    ....::،،؟!""«»“”()د123٤\n\n\r\u2028' + TATWEEL
texts = st.one_of(st.text(st.sampled_from(ALPHABET), max_size=150), st.text(max_size=80))


def cut(body: str) -> list[str]:
    """The sentences of a body under a headline, as text."""
    text = "عنوان الخبر\n\n" + body
    return [text[s.start : s.end] for s in sentences(text)[1:]]


def zones(text: str) -> list[str]:
    return [s.zone for s in sentences(text)]


def test_zones_of_an_article() -> None:
    assert zones(ARTICLE) == ["headline", "label", "caption", "body", "body", "label", "body", "footer", "footer"]


def test_a_headline_is_one_sentence_whatever_stands_in_it() -> None:
    found = sentences("أمريكا.. مؤتمر جديد. هل ينجح؟ نعم!\nتبدأ الجلسة الأولى صباح الغد في العاصمة بحضور الوفود كلها.")
    assert [s.zone for s in found] == ["headline", "body"]


@pytest.mark.parametrize("text", ["", "\n\n  \n", "\u200f\n\u202b"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("انتهى الاجتماع. غادر الوزير.", ["انتهى الاجتماع.", "غادر الوزير."]),
        ("هل ينسحب الجيش؟ لا أحد يعلم!", ["هل ينسحب الجيش؟", "لا أحد يعلم!"]),
        ("انتهى الاجتماع.وغادر الوزير القاعة.", ["انتهى الاجتماع.", "وغادر الوزير القاعة."]),
        ("قال د. محمد إن أ. خالد غادر.", ["قال د. محمد إن أ. خالد غادر."]),
        ("صرح لوكالة أ. ف. ب. أمس.", ["صرح لوكالة أ. ف. ب. أمس."]),
        ("نقلت (د. ب. أ) عن مسؤول قوله ذلك.", ["نقلت (د. ب. أ) عن مسؤول قوله ذلك."]),
        ("بلغ السعر 3.5 دولار أمس.", ["بلغ السعر 3.5 دولار أمس."]),
        ("سكت... ثم تكلم.", ["سكت... ثم تكلم."]),
        ('قال الوزير "لن نقبل." وغادر القاعة.', ['قال الوزير "لن نقبل."', "وغادر القاعة."]),
        ("قال الرئيس «انتهى الأمر.» ثم غادر القاعة.", ["قال الرئيس «انتهى الأمر.»", "ثم غادر القاعة."]),
        ('قال الرئيس "انتهى الأمر". وغادر القاعة.', ['قال الرئيس "انتهى الأمر".', "وغادر القاعة."]),
        ("وصل الوفد (أمس.) وغادر اليوم.", ["وصل الوفد (أمس.)", "وغادر اليوم."]),
    ],
)
def test_where_sentences_end(body: str, expected: list[str]) -> None:
    assert cut(body) == expected


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\n\n", "\u2028", "\u2029", "\x85", "\x0b"])
def test_every_line_end_ends_a_sentence(gap: str) -> None:
    text = gap.join(["عنوان الخبر", "جملة أولى كاملة.", "جملة ثانية كاملة."])
    assert [text[s.start : s.end] for s in sentences(text)] == ["عنوان الخبر", "جملة أولى كاملة.", "جملة ثانية كاملة."]


@pytest.mark.parametrize(
    "line",
    ["رابط الخبر: هنا", "اقرأ أيضا: قصف جديد على حلب.", "إقرأ المزيد عن الحرب.", "للمزيد من الأخبار تابعوا الموقع.", "المصدر: رويترز", "وسوم: سوريا، حلب"],
)
def test_footer_lines(line: str) -> None:
    assert zones(f"عنوان\n\nقصف الجيش القرية أمس.\n{line}") == ["headline", "body", "footer"]


def test_a_footer_behind_the_last_sentence_is_cut_off() -> None:
    line = "قصف الجيش القرية صباح أمس وغادر الوفد العاصمة بعد ساعات. رابط الخبر بصحيفة الوطن: قتلى في حلب"
    assert cut(line) == ["قصف الجيش القرية صباح أمس وغادر الوفد العاصمة بعد ساعات."]


def test_a_long_line_without_a_stop_is_body() -> None:
    assert zones("عنوان\n\nقصف الجيش السوري قرية في ريف حلب الشمالي وقتل خمسة من سكانها") == ["headline", "body"]


def test_captions_stand_before_the_body_only() -> None:
    caption = "صورة من الاجتماع الأخير في القاهرة"
    body = "قصف الجيش القرية أمس."
    assert zones(f"عنوان\n{caption}\n{body}") == ["headline", "caption", "body"]
    assert zones(f"عنوان\n{body}\n{caption}") == ["headline", "body", "body"]


def test_paragraphs_are_lines() -> None:
    found = [s for s in sentences(ARTICLE) if s.zone == "body"]
    assert found[0].paragraph == found[1].paragraph != found[2].paragraph


def check_order(text: str, found: tuple[Sentence, ...]) -> None:
    assert [s.index for s in found] == list(range(len(found)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    for s in found:
        assert s.tokens == tuple(tokens(text, s.start, s.end))
        assert (s.start, s.end) == (s.tokens[0].start, s.tokens[-1].end)
        assert all(t.text == text[t.start : t.end] for t in s.tokens)


@given(texts)
def test_sentences_are_in_order_apart_and_verbatim(text: str) -> None:
    check_order(text, sentences(text))


def test_an_article_is_in_order_apart_and_verbatim() -> None:
    check_order(ARTICLE, sentences(ARTICLE))


@given(st.text(st.sampled_from(ALPHABET), max_size=150))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {i for s in sentences(text) for i in range(s.start, s.end)}
    assert [c for i, c in enumerate(text) if i not in covered and c.isalnum() and c != TATWEEL and fold(c)] == []


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("القاهرة - رويترز: قال مصدر أمني إن الشرطة اعتقلت عشرة متظاهرين في وسط المدينة.", "القاهرة - رويترز:"),
        ("صنعاء/ سبأ/ اجتمع رئيس الوزراء أمس مع وفد من الأمم المتحدة في مقر الحكومة.", "صنعاء/ سبأ/"),
        ("بغداد - قتل ثلاثة أشخاص في انفجار عبوة ناسفة استهدفت سوقا شعبية شرق العاصمة.", "بغداد -"),
        ("قال الوزير: سنلتقي الوفد غدا في العاصمة لبحث وقف إطلاق النار.", ""),
        ("كان مركز الشرطة - وهو قديم - هدفا لهجوم شنه مسلحون أمس في المدينة.", ""),
    ],
)
def test_dateline(line: str, dateline: str) -> None:
    text = f"خبر من المنطقة\n\n{line}\n"
    first = next(s for s in sentences(text) if s.zone == "body")
    assert (text[first.start : first.tokens[first.dateline - 1].end] if first.dateline else "") == dateline
