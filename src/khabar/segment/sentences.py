"""Sentences: an article cut into headline, labels, captions, body and footer sentences, each with its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from khabar.arabic.fold import fold
from khabar.segment.tokens import Token, tokens

Zone = Literal["headline", "label", "caption", "body", "footer"]

# A full stop, question or exclamation mark ends a sentence unless a single letter stands before it (`د. محمد`, `أ. ف. ب`).
_END = re.compile(r"(?<![\s.(]\w)(?<!^\w)(?:(?<!\.)\.(?!\.)|[!؟?]+)(?!\w*[\"'”»’)]*[0-9])[\"'”»’)\]]*(?=\s|[\"“«(]|[ء-ي])|(?<=\.\.)[\"”»]+(?=\s)")
_QUOTE_OPEN, _QUOTE_CLOSE = "“«", "”»"
_FOOTER = re.compile(
    r"^\W*(?:رابط الخبر|اقرا ايضا|اقرا المزيد|للمزيد|شاهد ايضا|مواضيع ذات صله|روابط ذات صله|اخبار ذات صله|"
    r"الكلمات الداله|كلمات داله|كلمات مفتاحيه|وسوم|تابعونا|المصدر\s*:|تصوير\s*:|الوسوم)"
)
_INLINE_FOOTER = re.compile(r"رابط الخبر بصحيف[ةه]|إقرأ أيضا|اقرأ أيضا|شاهد أيضا")
_AGENCIES = frozenset(
    "رويترز واس وكالات الوكالات سانا سبا كونا وام قنا بنا وات وفا معا الاناضول فرانس برس الالمانيه متابعات "
    "متابعه مراسل مراسلنا خاص افب دبا شينخوا ارنا فارس نوفوستي سبوتنيك".split()
)
_NOT_IN_DATELINES = frozenset("قال قالت اعلن اعلنت اكد اكدت افاد افادت ذكر ذكرت ان".split())
DATELINE_TOKENS = 8  # twice the longest in 893 annotated articles
CAPTION_WORDS = 9  # set so that one of 3,469 annotated mentions stands in what it takes for a caption or label
LABEL_WORDS = 4
HEADLINE_WORDS = 30  # the longest headline of 373 annotated articles has 16


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `article[start:end]`, its place in the article, its paragraph's number and its tokens, the first `dateline` of which
    are the article's dateline (`القاهرة - رويترز`)."""

    index: int
    start: int
    end: int
    zone: Zone
    paragraph: int
    tokens: tuple[Token, ...]
    dateline: int = 0


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for m in re.finditer(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+", text):
        line = m.group()
        left, right = len(line) - len(line.lstrip()), len(line.rstrip())
        if left < right:
            yield m.start() + left, m.start() + right


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a line; the stop and closing quotes stay with the sentence they end."""
    begin = start
    for m in _END.finditer(text, start, end):
        yield begin, m.end()
        begin = m.end()
    yield begin, end


def _is_prose(line: str) -> bool:
    """Whether a first line is the text itself rather than a headline: long, or a sentence with its full stop."""
    words = len(line.split())
    return words > HEADLINE_WORDS or (words > LABEL_WORDS * 2 and line.rstrip("\"”»')").endswith("."))


def _zone(line: str, number: int, body_seen: bool) -> Zone:
    if number == 0 and not _is_prose(line):
        return "headline"
    if _FOOTER.match(fold(line)):
        return "footer"
    words = len(line.split())
    closed = line.rstrip("\"”»')").endswith((".", "!", "؟", "?", ":", "،", "…"))
    if closed or words > CAPTION_WORDS:
        return "body"
    if words <= LABEL_WORDS:
        return "label"
    return "body" if body_seen else "caption"


def _cut_footer(text: str, start: int, end: int) -> int:
    m = _INLINE_FOOTER.search(text, start, end)
    return m.start() if m and m.start() > start else end


def _dateline(words: tuple[Token, ...]) -> int:
    """How many tokens a dateline takes at the beginning of the text: a place and an agency, or one of the two, up to a dash, colon or slash.
    Without a word for an agency only a place of one or two words before a dash that stands apart counts."""
    for i, token in enumerate(words[: DATELINE_TOKENS + 1]):
        if token.norm in ".?!,":
            return 0
        if token.norm in ("-", ":", "/") and i:
            rest = next((k for k in range(i + 1, min(len(words), i + 4)) if words[k].norm in ("-", ":", "/")), i)
            before = words[:rest]
            agency = any(t.norm in _AGENCIES for t in before) and not any(t.norm in _NOT_IN_DATELINES for t in before)
            apart = token.norm == "-" and i <= 2 and words[i - 1].end < token.start and i + 1 < len(words) and token.end < words[i + 1].start
            return rest + 1 if agency else i + 1 if apart and all(t.norm.isalpha() for t in words[:i]) else 0
    return 0


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of an article whose first line is its headline. Offsets count characters of `text`. The last few articles' are remembered: they are
    asked for again when their mentions are quoted."""
    out: list[Sentence] = []
    body_seen = False
    for number, (start, end) in enumerate(_lines(text)):
        zone = _zone(text[start:end], number, body_seen)
        body_seen = body_seen or zone == "body"
        pieces = [(start, end)] if zone != "body" else _pieces(text, start, _cut_footer(text, start, end))
        for a, b in pieces:
            words = tuple(tokens(text, a, b))
            if words:
                lead = _dateline(words) if zone == "body" and not any(s.zone == "body" for s in out) else 0
                out.append(Sentence(len(out), words[0].start, words[-1].end, zone, number, words, lead))
    return tuple(out)
