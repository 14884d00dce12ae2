"""A record as HTML for notebooks: the article right to left with its evidence highlighted, and its events in a table. Needs nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from khabar.export.labels import country, days, english, number, who
from khabar.model import Mention, Participant, Record, Span

MAX_CHARACTERS = 20_000  # of the article shown; the table always holds all mentions
PARTS = {
    "trigger": "#f2b8a0", "actors": "#bcd6f5", "recipients": "#d9c8f2", "places": "#c4e5c0", "time": "#f5e3a1", "counts": "#f7c9dd", "sources": "#cfd5d8",
}  # fmt: skip
NAMES = {"trigger": "event", "actors": "who", "recipients": "to whom", "places": "where", "time": "when", "counts": "how many", "sources": "who says so"}
_STYLE = """
.khabar{font:14px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff;border:1px solid #ddd;border-radius:6px;padding:.8em 1em;max-inline-size:60em}
.khabar .text{line-height:2;font-size:16px;white-space:pre-line;max-block-size:28em;overflow:auto;border-block-start:1px solid #eee;margin-block:.6em}
.khabar mark{color:inherit;border-radius:3px;padding-block:.1em}
.khabar table{border-collapse:collapse;inline-size:100%}
.khabar th,.khabar td{text-align:start;vertical-align:top;padding:.25em .5em;border-block-end:1px solid #eee}

.khabar .key mark{padding-inline:.4em;margin-inline-end:.4em}.khabar .note{color:#666}
"""


def record_html(record: Record) -> str:
    """The whole view as one `<div>`."""
    parts = [_head(record), _key() if record.mentions else "", _text(record), _table(record.mentions)]
    rules = "".join(f".khabar .{part}{{background:{colour}}}" for part, colour in PARTS.items())
    return f'<div class="khabar" dir="ltr"><style>{_STYLE}{rules}</style>{"".join(parts)}</div>'


def _head(record: Record) -> str:
    about = " · ".join(f"<bdi>{escape(str(x))}</bdi>" for x in (record.id, record.outlet, record.published) if x)
    found = f"{len(record.mentions)} mentions of {len({m.event for m in record.mentions})} events" if record.mentions else record.outcome.kind.replace("_", " ")
    reason = f": <bdi>{escape(record.outcome.reason)}</bdi>" if record.outcome.reason else ""
    return f'<div><b>{about}</b> <span class="note">{found}{reason}</span></div>'


def _key() -> str:
    return '<div class="key">' + "".join(f'<mark class="{part}">{NAMES[part]}</mark>' for part in PARTS) + "</div>"


def _text(record: Record) -> str:
    if not record.text:
        return ""
    shown = record.text[:MAX_CHARACTERS]
    rest = f'<p class="note" dir="ltr">… {len(record.text) - len(shown):,} more characters</p>' if len(shown) < len(record.text) else ""
    return f'<div class="text" dir="rtl" lang="ar">{_highlighted(shown, record.mentions)}</div>{rest}'


def _highlighted(text: str, mentions: Sequence[Mention]) -> str:
    """The text with a `<mark>` round every run of words of one part. A word is never cut: its letters would lose their joining."""
    out, at = [], 0
    for start, end, part, title in _runs(text, mentions):
        out.append(escape(text[at:start]))
        out.append(f'<mark class="{part}" title="{escape(title)}">{escape(text[start:end])}</mark>')
        at = end
    return "".join([*out, escape(text[at:])])


def _runs(text: str, mentions: Sequence[Mention]) -> Iterable[tuple[int, int, str, str]]:
    """Stretches to highlight, widened to whole words, in text order and apart; where two meet, the more telling part wins."""
    found = [(*_whole_words(text, s), part, title) for m in mentions for s, part, title in _evidence(m) if s.end <= len(text)]
    order = {part: i for i, part in enumerate(PARTS)}
    taken: list[tuple[int, int, str, str]] = []
    covered = bytearray(len(text))
    for run in sorted(found, key=lambda r: (order[r[2]], r[0], -r[1])):
        start, end = run[:2]
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            taken.append(run)
    return sorted(taken)


def _whole_words(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _evidence(m: Mention) -> Iterable[tuple[Span, str, str]]:
    yield m.trigger, "trigger", " ".join((m.type, *m.modes, f"({m.status}, {m.event})"))
    for part, members in (("actors", m.actors), ("recipients", m.recipients)):
        yield from ((p.span, part, who(p)) for p in members)
    yield from ((p.span, "places", f"{p.name}, {country(p.country)}") for p in m.places)
    yield from ((c.span, "counts", number(c)) for c in m.counts)
    if m.time:
        yield m.time.span, "time", days(m.time) or "time unknown"
    for s in m.sources:
        yield from ((span, "sources", f"{s.kind} source") for span in (s.span, s.cue) if span)


def _table(mentions: Sequence[Mention]) -> str:
    if not mentions:
        return ""
    head = "".join(f"<th>{name}</th>" for name in NAMES.values())
    return f"<table><tr>{head}</tr>{''.join(map(_row, mentions))}</table>"


def _row(m: Mention) -> str:
    event = f"<b>{m.type}</b> {' '.join(m.modes)}<br>{m.status} ({escape(m.event)})<br>{_bdi(m.trigger)}"
    places = "<br>".join(f"{escape(p.name)} {p.country or ''} {_bdi(p.span)}" for p in m.places)
    counts = "<br>".join(f"{number(c)} {_bdi(c.span)}" for c in m.counts)
    sources = "<br>".join(f"{s.kind}: {escape(english(s.span.text))} {_bdi(s.span)}" for s in m.sources)
    cells = (event, _people(m.actors), _people(m.recipients), places, f"{days(m.time)} {_bdi(m.time.span) if m.time else ''}", counts, sources)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _people(members: Sequence[Participant]) -> str:
    return "<br>".join(f"{escape(who(p))} {_bdi(p.span)}" for p in members)


def _bdi(span: Span) -> str:
    return f'<bdi lang="ar">{escape(span.text)}</bdi>'
