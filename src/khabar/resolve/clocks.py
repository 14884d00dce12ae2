"""Times of day: `الساعه العاشره والنصف صباحا بتوقيت غرينتش`, `10:30 مساء`, `من الثالثه الي الخامسه عصرا`.

In news a time of day is read where `الساعه` or the form `10:30` says that it is one; read loosely, `العاشره مساء` and `7 مساء` are too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from khabar.arabic.numerals import find_numbers, word_set
from khabar.resolve.moments import Clock, TimeExpression, Undated
from khabar.resolve.told import Told

Words = Sequence[str]

_HOURS = {
    name: hour
    for hour, names in enumerate(("الواحده الاولي", "الثانيه", "الثالثه", "الرابعه", "الخامسه", "السادسه", "السابعه", "الثامنه", "التاسعه", "العاشره"), 1)
    for name in names.split()
}
_TEENS = {"الحاديه": 11, "الثانيه": 12}
_ZERO = frozenset(("صفر", "الصفر"))
_PARTS: dict[str, str] = {
    **dict.fromkeys(word_set("صباحا الصباح صباح فجرا الفجر فجر ص ضحي الضحي"), "am"),
    **dict.fromkeys(word_set("مساء المساء م عصرا العصر عصر مغربا المغرب العشاء عشاء"), "pm"),
    **dict.fromkeys(word_set("ظهرا الظهر ظهر الظهيره ظهيره"), "noon"),
    **dict.fromkeys(word_set("ليلا الليل ليل الليله ليله"), "night"),
}
_MARKS = word_set("الساعه والساعه بالساعه للساعه ساعه")
_FRACTIONS = {"النصف": 30, "نصف": 30, "نصفا": 30, "الربع": 15, "ربع": 15, "ربعا": 15, "الثلث": 20, "ثلث": 20, "ثلثا": 20}
_BEFORE = word_set("في عند حوالي نحو قرابه زهاء حدود تمام من علي بحدود بحلول")
_DIGITAL = re.compile(r"([01]?\d|2[0-4])[:.,]([0-5]\d)(?:[:.]([0-5]\d))?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_HOUR = re.compile(r"[01]?\d|2[0-4]")
_ZONES = {
    **dict.fromkeys(("غرينتش", "جرينتش", "غرينيتش", "جرينيتش", "قرينتش", "كرينتش", "غرينويتش", "جرينويتش"), "UTC"),
    "القاهره": "Africa/Cairo", "مصر": "Africa/Cairo", "دمشق": "Asia/Damascus", "سوريا": "Asia/Damascus", "بيروت": "Asia/Beirut", "لبنان": "Asia/Beirut",
    "بغداد": "Asia/Baghdad", "العراق": "Asia/Baghdad", "عمان": "Asia/Amman", "الاردن": "Asia/Amman", "القدس": "Asia/Jerusalem", "غزه": "Asia/Gaza",
    "فلسطين": "Asia/Hebron", "مكه": "Asia/Riyadh", "السعوديه": "Asia/Riyadh", "الرياض": "Asia/Riyadh", "صنعاء": "Asia/Aden", "اليمن": "Asia/Aden",
    "عدن": "Asia/Aden", "الكويت": "Asia/Kuwait", "الدوحه": "Asia/Qatar", "قطر": "Asia/Qatar", "المنامه": "Asia/Bahrain", "البحرين": "Asia/Bahrain",
    "الامارات": "Asia/Dubai", "دبي": "Asia/Dubai", "ابوظبي": "Asia/Dubai", "مسقط": "Asia/Muscat", "الخرطوم": "Africa/Khartoum",
    "السودان": "Africa/Khartoum", "طرابلس": "Africa/Tripoli", "ليبيا": "Africa/Tripoli", "تونس": "Africa/Tunis", "الجزاير": "Africa/Algiers",
    "الرباط": "Africa/Casablanca", "المغرب": "Africa/Casablanca", "نواكشوط": "Africa/Nouakchott", "موريتانيا": "Africa/Nouakchott",
    "طهران": "Asia/Tehran", "ايران": "Asia/Tehran", "انقره": "Europe/Istanbul", "اسطنبول": "Europe/Istanbul", "تركيا": "Europe/Istanbul",
    "موسكو": "Europe/Moscow", "باريس": "Europe/Paris", "لندن": "Europe/London", "برلين": "Europe/Berlin", "نيويورك": "America/New_York",
    "واشنطن": "America/New_York", "كابول": "Asia/Kabul", "كابل": "Asia/Kabul", "طوكيو": "Asia/Tokyo", "بكين": "Asia/Shanghai",
}  # fmt: skip
_ADVERBS = word_set("صباحا فجرا ظهرا عصرا ليلا")
_LINKS = word_set(", - ( ) من في عند يوم نحو حوالي قرابه علي تمام حدود الموافق وعند وفي")
_SIGNS = frozenset(("الساعه", "والساعه", "بالساعه", "للساعه"))
_NAMED = frozenset(("منتصف", "الظهر", "الظهيره"))
_SPOTS = _MARKS | _HOURS.keys() | _TEENS.keys()


@dataclass(frozen=True, slots=True)
class FoundClock:
    """Words `first` to `last` (exclusive) that tell a time of day; `part` of the day they name, if any; `strong` with `الساعه` or `10:30`."""

    first: int
    last: int
    clock: Clock
    part: str = ""
    strong: bool = True

    def in_part(self, part: str) -> FoundClock:
        """The same in a part of the day, if it names none itself."""
        if self.part or not part:
            return self
        end = _shifted(self.clock.end, part) if self.clock.end else None
        return replace(self, part=part, clock=replace(self.clock, start=_shifted(self.clock.start, part), end=end))


def part_of_day(word: str) -> str:
    """`am`, `noon`, `pm`, `night` for a word that names a part of the day; else empty."""
    return _PARTS.get(word, "")


def _shifted(told: time, part: str) -> time:
    """Twelve-hour time in a part of the day: `العاشره مساء` is 22:00, `الثانيه عشره ليلا` 00:00."""
    hour = told.hour
    if part == "am" or (part == "night" and hour == 12):
        return told.replace(hour=0) if hour == 12 else told
    if part == "noon":
        return told.replace(hour=hour + 12) if hour < 9 else told
    late = hour < 12 and (part == "pm" or hour > 5)
    return told.replace(hour=hour + 12) if late else told


def _word(words: Words, i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _hour(words: Words, i: int, marked: bool) -> tuple[time, int] | None:
    """The hour at `i`, minutes in digits included, and the word after: `العاشره`, `الحاديه عشره`, `10`, `10:30`, `0900`."""
    word = _word(words, i)
    if word in _TEENS and _word(words, i + 1) in ("عشر", "عشره"):
        return time(_TEENS[word]), i + 2
    if word in _HOURS:
        return time(_HOURS[word]), i + 1
    if marked and word in _ZERO:
        return time(0), i + 1
    found = _DIGITAL.fullmatch(word)
    if found and (marked or ":" in word):
        return time(int(found[1]) % 24, int(found[2]), int(found[3] or 0)), i + 1
    if (found := _MILITARY.fullmatch(word)) and (marked or _zone(words, i + 1)):
        return time(int(found[1]), int(found[2])), i + 1
    return (time(int(word) % 24), i + 1) if _HOUR.fullmatch(word) else None


def _amount(words: Words, i: int) -> tuple[int, int] | None:
    """Minutes at `i`: `النصف`, `ربعا`, `عشرين دقيقه`, and the word after."""
    if minutes := _FRACTIONS.get(_word(words, i)):
        return minutes, i + 1
    number = next(iter(find_numbers(words[i : i + 4])), None)
    if number is None or number.core_first or not 0 < number.low < 60 or number.vague:
        return None
    end = i + number.core_last
    return number.low, end + (_word(words, end) in ("دقيقه", "دقايق"))


def _minutes(words: Words, i: int, *, fractions_only: bool) -> tuple[int, int]:
    """What is added to the hour from `i` on or taken from it, and the word after: `والنصف`, `الا ربعا`, `والنصف الا خمس دقايق`."""
    total, end = 0, i
    while True:
        word = _word(words, end)
        if word in ("و", "الا"):
            found, sign = _amount(words, end + 1), 1 if word == "و" else -1
        elif word[:1] == "و" and len(word) > 2:
            found, sign = _amount([word[1:], *words[end + 1 : end + 5]], 0), 1
            found = (found[0], end + found[1]) if found else None
        else:
            return total, end
        named = found is not None and (word == "الا" or bool(_FRACTIONS.get(words[found[1] - 1].removeprefix("و"))))
        if found is None or (total >= 30 and found[0] >= 30) or (fractions_only and not named):
            return total, end
        total, end = total + sign * found[0], found[1]


def _part(words: Words, i: int) -> tuple[str, int]:
    """The part of the day at `i` and the word after: `صباحا`, `من مساء`, `بعد الظهر`, `بعد منتصف الليل`."""
    k = i + 1 if _word(words, i) in ("من", "في") else i
    if _word(words, k) == "بعد" and _word(words, k + 1) in ("الظهر", "ظهر", "الزوال", "زوال"):
        return "pm", k + 2
    if _word(words, k) in ("بعد", "قبل") and _word(words, k + 1) == "منتصف" and _word(words, k + 2) in ("الليل", "ليل"):
        return "am" if words[k] == "بعد" else "pm", k + 3
    if _word(words, k) == "قبل" and _word(words, k + 1) in ("الظهر", "ظهر"):
        return "am", k + 2
    if _word(words, k) == "منتصف" and _word(words, k + 1) in ("الليل", "النهار", "ليل"):
        return "night" if "ليل" in words[k + 1] else "noon", k + 2
    part = _PARTS.get(_word(words, k), "")
    return (part, k + 1) if part else ("", i)


def _part_before(words: Words, i: int) -> tuple[str, int] | None:
    """`بعد الظهر الساعه 7`, `مساء 7`: the part of the day told first, and where it begins."""
    if _word(words, i - 2) == "بعد" and _word(words, i - 1) in ("الظهر", "ظهر"):
        return "pm", i - 2
    part = _PARTS.get(_word(words, i - 1), "") if len(_word(words, i - 1)) > 1 else ""
    return (part, i - 1) if part else None


def _zone(words: Words, i: int) -> tuple[str | None, int] | None:
    """The zone at `i` and the word after: `بتوقيت غرينتش`, `ت غ`, `بالتوقيت المحلي`; null for one that is not known."""
    k = i + 1 if _word(words, i) == "(" else i
    word, after = _word(words, k), _word(words, k + 1)
    if word in ("بالتوقيت", "التوقيت", "توقيت") and after in ("المحلي", "محلي"):
        return "local", k + 2
    if word in ("ت", "بتوقيت", "توقيت") and after in ("غ", "جمت"):
        return "UTC", k + 2
    if word == "تغ" or word == "gmt":
        return "UTC", k + 1
    if word not in ("بتوقيت", "توقيت", "لتوقيت"):
        return None
    end = min(k + 2 + (_word(words, k + 2) in ("المكرمه", "المحتله", "المحلي")), len(words))
    return _ZONES.get(after), end


def _tail(words: Words, i: int) -> tuple[str, str | None, int]:
    """Part of the day and zone from `i` on, in either order, and the word after."""
    part, end = _part(words, i)
    zone = _zone(words, end)
    end = zone[1] if zone else end
    if not part and zone:
        part, end = _part(words, end)
    return part, zone[0] if zone else None, end


def _single(words: Words, i: int, marked: bool = False, opened: bool = False) -> FoundClock | None:
    """One time of day at `i`; after `بين` (`opened`), `و5` is the other end of a range and no minutes."""
    mark = _word(words, i) in _MARKS
    told = _hour(words, i + mark, marked or mark)
    if told is None:
        return None
    hour, end = told
    minutes, end = _minutes(words, end, fractions_only=opened) if not hour.minute else (0, end)
    total = (hour.hour * 60 + hour.minute + minutes) % 1440
    part, zone, end = _tail(words, end)
    strong = mark or ":" in words[i]
    if not part and (before := _part_before(words, i)):
        part, i = before
    clock = Clock(time(total // 60, total % 60, hour.second), zone=zone)
    found = FoundClock(i, end, clock, strong=strong)
    return found.in_part(part)


def _clock(words: Words, i: int) -> FoundClock | None:
    """One time of day at `i`, or a range of two."""
    opened = _word(words, i - 1) in ("من", "بين")
    start = _single(words, i, opened=opened)
    if start is None:
        return None
    joint = _word(words, start.last)
    if joint not in ("الي", "حتي", "-", "و") and not (opened and joint[:1] == "و"):
        return start
    fused = joint[:1] == "و" and joint != "و"
    k = start.last if fused else start.last + 1
    end = _single([*words[:k], words[k][1:], *words[k + 1 :]] if fused else words, k, marked=start.strong)
    if end is None or ((joint == "و" or fused) and not opened):
        return start
    if not (start.strong or end.strong or start.part or end.part or opened):
        return start
    return _ranged(start, end, i - opened)


def _ranged(start: FoundClock, end: FoundClock, first: int) -> FoundClock:
    """Two times as one, a part of the day or zone told with one of them being that of both."""
    start, end = start.in_part(end.part), end.in_part(start.part)
    clock = Clock(start.clock.start, end.clock.start, start.clock.zone or end.clock.zone)
    return FoundClock(first, end.last, clock, end.part, start.strong or end.strong)


def find_clocks(words: Words, *, loose: bool = False) -> list[FoundClock]:
    """The times of day of a sentence of folded words, in order."""
    found: list[FoundClock] = []
    floor = 0
    for i, word in enumerate(words):
        if i < floor or not (word in _SPOTS or "0" <= word < ":" or (loose and word in _NAMED)):
            continue
        read = _clock(words, i)
        read = read or (_named(words, i) if loose else None)
        if read and read.first >= floor and (read.strong or words[read.last - 1] in _ADVERBS or (loose and _told_loosely(words, read))):
            found.append(read)
            floor = read.last
    return found


def _told_loosely(words: Words, read: FoundClock) -> bool:
    """Without `الساعه` or `10:30`: an hour in words, or digits with a part of the day."""
    return bool(read.part) or any(word in _HOURS or word in _TEENS for word in words[read.first : read.first + 2])


def _named(words: Words, i: int) -> FoundClock | None:
    """`منتصف الليل`, `منتصف النهار`, `الظهر`."""
    if _word(words, i - 1) in ("بعد", "قبل"):
        return None
    middle = words[i] == "منتصف"
    k = i + 1 + (_word(words, i + 1) == "-") if middle else i
    hour = {"الليل": 0, "النهار": 12}.get(_word(words, k)) if middle else 12 if words[k] in ("الظهر", "الظهيره") else None
    return None if hour is None else FoundClock(i, k + 1, Clock(time(hour)), "noon" if hour else "night")


def _beside(words: Words, found: TimeExpression, read: FoundClock) -> bool:
    """Whether nothing but linking words stands between an expression of days and a time of day."""
    if found.kind not in ("day", "weekday", "range") or (found.first <= read.first and read.last <= found.last):
        return False
    gap = words[found.last : read.first] if found.first < read.first else words[read.last : found.first]
    return len(gap) < 4 and all(word in _LINKS or part_of_day(word) for word in gap)


def _joined(words: Words, found: TimeExpression, read: FoundClock) -> TimeExpression:
    """The expression with the time of day, in the part of the day that either names and the zone told after them."""
    zone = _zone(words, found.last) if read.clock.zone is None else None
    if zone:
        read = replace(read, clock=replace(read.clock, zone=zone[0]))
    low, high = min(found.first, read.last), max(found.last, read.first)
    part = next((part for word in words[low:high] if (part := part_of_day(word))), "")
    return replace(found, clock=read.in_part(part).clock)


def _alone(words: Words, read: FoundClock) -> bool:
    """Whether a time of day of the news says when something was without a day beside it: `الساعه 0647 بتوقيت جرينتش`, `الثامنه صباحا`."""
    before = _word(words, read.first - 1)
    marked = words[read.first] in _SIGNS or before in _SIGNS or bool(read.clock.zone)
    return before != "(" and (marked or words[read.last - 1] in _ADVERBS)


def with_clocks(words: Words, found: list[TimeExpression], loose: bool) -> list[TimeExpression]:
    """The expressions with the times of day beside them, and those that stand alone: on the day told before, read loosely on no day."""
    told = not (_SIGNS | _ADVERBS | {"بتوقيت"}).isdisjoint(words) or any(":" in word[1:3] for word in words)
    clocks = find_clocks(words, loose=loose) if told or loose else []
    out = list(found)
    for read in clocks:
        near = [k for k, e in enumerate(found) if out[k].clock is None and _beside(words, e, read)]
        best = min(near, key=lambda k: max(found[k].first - read.last, read.first - found[k].last), default=None)
        if best is not None:
            out[best] = _joined(words, found[best], read)
        elif (loose or _alone(words, read)) and all(e.last <= read.first or read.last <= e.first for e in found):
            out.append(TimeExpression(read.first, read.last, "clock", Undated() if loose else Told("day", hour=True), read.clock))
    return sorted(out, key=lambda e: e.first)
