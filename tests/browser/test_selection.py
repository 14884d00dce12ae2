"""What is selected in the browser is what the store keeps, behind vowel marks, emoji, mixed directions and controls of direction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from browser.served import Served
from khabar import Hints, collect_into, open_store
from khabar.web.intake import text_piece

CASES = 200
ODD = ("مِنْ", "😀", "👩\u200d🚒", "\u202eABC", "v2.0", "قُـتِـل", "\u200f", "𝒳", "«بغداد»", "é", "(12)", "\u2067x\u2069", "ٱلله", "--")
SENTENCES = (
    "قالت الشرطة إنها اعتقلت {n} متظاهرا في البصرة أمس.", "وقصف الجيش بلدة الزبداني فقتل {n} أشخاص.",
    "ونقلت وكالة المدار عن شهود عيان أن مسلحين خطفوا {n} عمال.",
    "ودعا الاتحاد إلى إضراب عام يوم الخميس.", "ونفى المتحدث باسم الوزارة مقتل {n} جنود.",
)  # fmt: skip
PROBE = """() => [...document.querySelectorAll('[data-slot]')].map(c => c.dataset.slot).map(id => {
  const chip = () => document.querySelector(`[data-slot='${id}']`);
  chip().focus();
  const lit = [...CSS.highlights.get('desk-chosen') ?? []][0];
  if (!lit) return null;
  const before = chip().querySelector('bdi').textContent, box = lit.getBoundingClientRect();
  getSelection().setBaseAndExtent(lit.endContainer, lit.endOffset, lit.startContainer, lit.startOffset);
  document.dispatchEvent(new PointerEvent('pointerup', {altKey: true, pointerType: 'mouse'}));
  const again = [...CSS.highlights.get('desk-chosen')][0];
  return {slot: id, stored: before, selected: chip().querySelector('bdi').textContent, lit: lit.toString(), drawn: box.width > 0,
          same: again.startOffset === lit.startOffset && again.endOffset === lit.endOffset};
}).filter(x => x)"""


def odd_article(rnd: Random) -> str:
    """Sentences of news with odd characters between their words."""
    words = " ".join(s.format(n=rnd.randrange(2, 90)) for s in rnd.sample(SENTENCES, 4)).split(" ")
    spread = [w if rnd.random() < 0.75 else f"{rnd.choice(ODD)} {w}" for w in words]
    return f"{rnd.choice(ODD)} عاجل\r\n" + " ".join(spread)


def test_a_selection_is_the_stored_span(browser: Any, tmp_path: Path) -> None:
    rnd = Random(11)
    with open_store(str(tmp_path / "odd.db"), create=True) as store:
        list(collect_into(store, (text_piece(odd_article(rnd), Hints(date(2020, 5, 3), "outlet")) for _ in range(40)), engine="rules"))
    room = Served(tmp_path / "odd.db")
    page = browser.new_page()
    try:
        page.goto(f"{room.base}/review")
        page.locator(".pane").wait_for()
        cases = _probe(page)
    finally:
        page.close()
        room.close()
    assert len(cases) >= CASES
    assert any(ord(c) > 0xFFFF for text, _ in cases for c in text)
    wrong = [c for text, c in cases if not (c["drawn"] and c["same"] and c["stored"] == c["selected"] == c["lit"])]
    assert not wrong


def _probe(page: Any) -> list[tuple[str, dict[str, Any]]]:
    """Every span of mention after mention: what is stored, what is lit, and what comes back of selecting that."""
    found: list[tuple[str, dict[str, Any]]] = []
    while len(found) < CASES:
        page.keyboard.press("f")
        page.locator("form.fix").wait_for()
        text = page.locator(".pane").text_content()
        found += [(text, c) for c in page.evaluate(PROBE)]
        page.keyboard.press("Escape")
        place = page.locator(".place").text_content()
        page.keyboard.press("j")
        page.wait_for_function("was => document.querySelector('.place').textContent !== was", arg=place)
    return found
