"""What the reader takes from the article around a sentence: its day zero, offices by date, means, announcements."""

from __future__ import annotations

from datetime import date

from khabar import Coder, Document
from khabar.model import Mention

FRIDAY = date(2020, 1, 10)


def read(coder: Coder, body: str, published: date | None = FRIDAY) -> tuple[Mention, ...]:
    return coder.code(Document(f"خبر من المنطقة\n\n{body}\n", "a", published)).mentions


def test_the_articles_own_weekday_is_day_zero(coder: Coder) -> None:
    body = "قالت الشرطة اليوم الأربعاء إنها تحقق في الأمر. واعتقلت الشرطة أمس ثلاثة متظاهرين في حلب."
    times = [m.time.start for m in read(coder, body) if m.trigger.text == "واعتقلت" and m.time]
    assert times == [date(2020, 1, 7)]


def test_a_fitting_weekday_changes_nothing(coder: Coder) -> None:
    body = "قالت الشرطة اليوم الجمعة إنها تحقق في الأمر. واعتقلت الشرطة أمس ثلاثة متظاهرين في حلب."
    assert [m.time.start for m in read(coder, body) if m.trigger.text == "واعتقلت" and m.time] == [date(2020, 1, 9)]


def test_an_office_is_that_of_the_day(coder: Coder) -> None:
    lexicon = coder._engine.lexicon  # type: ignore[attr-defined]
    dated = [
        (entity, rows)
        for entity, rows in lexicon.offices.items()
        if len(rows) == 2 and rows[0].code != rows[1].code and rows[1].since and rows[0].until and not rows[1].until
    ]
    assert dated
    for entity, (first, second) in dated:
        if first.until < second.since:
            assert lexicon.code_on(entity, first.code, "2027-01-01") == second.code
            assert lexicon.code_on(entity, first.code, "1999-01-01") == first.code


def test_means_prove_a_mode(coder: Coder) -> None:
    mentions = read(coder, "قتل ثلاثة جنود في هجوم شنه مسلحون بعبوة ناسفة على دورية للجيش في سيناء.")
    assert any("explosives" in m.modes for m in mentions if m.type == "ASSAULT")


def test_an_announcement_runs_on(coder: Coder) -> None:
    body = "أعلنت النقابة عن تنظيم مؤتمر في العاصمة تونس، السبت، دعما للعمال.\n\nوسيشهد المؤتمر مشاركة وفود من دول عدة."
    last = read(coder, body)[-1]
    assert (last.trigger.text, last.status) == ("المؤتمر", "planned")
    assert [s.span.text for s in last.sources] == ["النقابة"]
