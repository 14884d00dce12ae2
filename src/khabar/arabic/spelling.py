"""Numbers spelled out in words."""

from __future__ import annotations

from khabar.arabic.numberwords import MILLIARD, MILLION, THOUSAND

_UNITS = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_SCALES = ((MILLION, "مليون", "مليونان", "ملايين", "مليونا"), (THOUSAND, "ألف", "ألفان", "آلاف", "ألفا"))


def _spell_small(n: int) -> str:
    """1 to 999 in words."""
    parts = [_HUNDREDS[n // 100]] if n >= 100 else []
    n %= 100
    if 0 < n <= 10:
        parts.append(_UNITS[n])
    elif 10 < n < 20:
        parts.append({11: "أحد", 12: "اثنا"}.get(n, _UNITS[n - 10]) + " عشر")
    elif n:
        parts.extend(part for part in (_UNITS[n % 10], _TENS[n // 10]) if part)
    return " و".join(parts)


def spell(n: int) -> str:
    """A whole number from 0 to 999,999,999 in masculine nominative words without vowel marks; ValueError beyond."""
    if not 0 <= n < MILLIARD:
        raise ValueError(f"{n} cannot be spelled: expected 0 to {MILLIARD - 1}")
    parts = []
    for scale, one, two, few, many in _SCALES:
        count, n = divmod(n, scale)
        if count > 2:
            noun = few if 3 <= count % 100 <= 10 else one if count % 100 < 3 else many
            parts.append(f"{_spell_small(count)} {noun}")
        elif count:
            parts.append((one, two)[count - 1])
    if n:
        parts.append(_spell_small(n))
    return " و".join(parts) or "صفر"
