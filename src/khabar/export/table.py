"""A record as a table for the terminal: English labels and names, with the Arabic words that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khabar.export.bidi import isolate, plain, width, wrap
from khabar.export.labels import country, days, english, number, who
from khabar.model import Mention, Participant, Record, Source

HEADINGS = ("EVENT", "WHO", "TO WHOM", "WHERE AND WHEN", "HOW MANY", "WHO SAYS SO")
WEIGHTS = (18, 24, 24, 20, 14, 22)  # shares of the line, set by eye on 40 articles at 80, 120 and 160 columns
GUTTER = 2
MIN_WIDTH, MAX_WIDTH = 60, 180
BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell and how it is set."""

    text: str
    style: str = ""


Cell = list[Line]


def table(record: Record, *, columns: int = 120, colour: bool = False, why: bool = False) -> str:
    """The article's head, then a block of lines for each mention, `columns` wide; columns that stay empty are left out."""
    columns = max(MIN_WIDTH, min(columns, MAX_WIDTH))
    lines = [*_head(record, columns, colour)]
    if record.mentions:
        rows = [_cells(m) for m in record.mentions]
        used = [i for i in range(len(HEADINGS)) if any(row[i] for row in rows)]
        widths = _widths(used, columns)
        lines += row_lines([[Line(HEADINGS[i], DIM)] for i in used], widths, colour)
        for m, row in zip(record.mentions, rows, strict=True):
            lines += row_lines([row[i] for i in used], widths, colour)
            lines += [f"    {r.field}: {plain(r.rule)}" for r in m.why] if why else []
            lines.append("")
    return "\n".join(lines) + "\n\n"


def _head(record: Record, columns: int, colour: bool) -> Iterable[str]:
    name = record.id or (f"line {record.line}" if record.line else "input")
    about = "  ".join(isolate(plain(str(x))) for x in (name, record.outlet, record.published) if x)
    yield _styled(about, BOLD, colour)
    first = plain(next((line for line in (record.text or "")[:2000].splitlines() if line.strip()), ""))
    yield from (isolate(line) for line in wrap(first, columns)[:2])
    yield _styled(_summary(record), DIM, colour)


def _summary(record: Record) -> str:
    if record.outcome.reason:
        return f"{record.outcome.kind}: {isolate(plain(record.outcome.reason))}"
    if not record.mentions:
        return "no events"
    events = len({m.event for m in record.mentions})
    return f"{_count(len(record.mentions), 'mention')} of {_count(events, 'event')}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _cells(m: Mention) -> tuple[Cell, ...]:
    event = [Line(m.type, BOLD), *(Line(mode) for mode in m.modes), Line(f"{m.status} ({m.event})"), _arabic(m.trigger.text)]
    counts = [line for c in m.counts for line in (Line(number(c)), _arabic(c.span.text))]
    return event, _people(m.actors), _people(m.recipients), _setting(m), counts, _sources(m.sources)


def _arabic(text: str) -> Line:
    return Line(plain(text), DIM)


def _people(members: Sequence[Participant]) -> Cell:
    return [line for p in members for line in (Line(who(p)), _arabic(p.span.text))]


def _setting(m: Mention) -> Cell:
    cell = [line for p in m.places for line in (Line(_place(p.name, country(p.country))), _arabic(p.span.text))]
    when = days(m.time)
    return cell + ([Line(when)] if when else []) + ([_arabic(m.time.span.text)] if m.time else [])


def _place(name: str, land: str) -> str:
    return f"{name}, {land}" if land and land != name else name


def _sources(chain: Sequence[Source]) -> Cell:
    return [line for s in chain for line in (Line(f"{s.kind}: {english(s.span.text)}"), _arabic(s.span.text))]


def _widths(used: Sequence[int], columns: int) -> list[int]:
    room = columns - GUTTER * (len(used) - 1)
    whole = sum(WEIGHTS[i] for i in used)
    return [room * WEIGHTS[i] // whole for i in used]


def row_lines(cells: Sequence[Cell], widths: Sequence[int], colour: bool) -> list[str]:
    """The cells side by side, each line wrapped to its column and isolated by itself."""
    wrapped = [[Line(part, line.style) for line in cell for part in wrap(line.text, w)] for cell, w in zip(cells, widths, strict=True)]
    height = max(len(cell) for cell in wrapped)
    out = []
    for i in range(height):
        parts = [_padded(cell[i] if i < len(cell) else Line(""), w, colour) for cell, w in zip(wrapped, widths, strict=True)]
        out.append((" " * GUTTER).join(parts).rstrip())
    return out


def _padded(line: Line, columns: int, colour: bool) -> str:
    return _styled(isolate(line.text), line.style, colour) + " " * (columns - width(line.text))


def _styled(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{END}" if colour and style and text else text
