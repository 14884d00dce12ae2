"""brat's stand-off annotation: a text and an annotation file for every article, in a folder with its configuration."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from khabar.export.job import Job, whole_file
from khabar.export.view import Article, Told
from khabar.model import Mention, Span, content_id
from khabar.model.ontology import STATUSES, TYPES

KINDS = ("Participant", "Place", "Time", "Count", "Source", "Cue")
ROLES = ("Actor", "Recipient", "Place", "Time", "Count", "Source")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


def write_brat(job: Job) -> None:
    """`ID.txt` and `ID.ann`; ids that make no file name become a hash, told in `names.tsv`."""
    folder = job.target.folder(job.format)
    _write(folder / "annotation.conf", _configuration())
    by_article: dict[str, list[Told]] = defaultdict(list)
    for t in (t for e in job.view.events for t in e.told):
        by_article[t.article_id].append(t)
    names = {a: _file_name(a) for a in by_article}
    _write(folder / "names.tsv", "file\tarticle_id\n" + "".join(f"{name}\t{a}\n" for a, name in names.items()))
    for a, told in by_article.items():
        article = job.view.articles[a]
        _write(folder / f"{names[a]}.txt", article.text)
        _write(folder / f"{names[a]}.ann", "".join(_lines(article, sorted(told, key=lambda t: (t.start, t.mention_id)))))
        job.written["articles"] += 1
        job.written["mentions"] += len(told)
    job.dropped["degrees and candidates of places"] += sum(bool(t.mention.places) for e in job.view.events for t in e.told)


def _write(path: Path, text: str) -> None:
    with whole_file(path) as out:
        out.write(text.encode("utf-8", "replace"))


def _file_name(article_id: str) -> str:
    return article_id if _NAME.fullmatch(article_id) and not article_id.endswith(".") else content_id(article_id, prefix="a")


def _configuration() -> str:
    arguments = ", ".join(f"{role}*:{'Participant' if role in ('Actor', 'Recipient') else role}" for role in ROLES)
    events = "\n".join(f"{t}\t{arguments}" for t in TYPES)
    entities = "\n".join(KINDS)
    return f"[entities]\n{entities}\n\n[relations]\n\n[events]\n{events}\n\n[attributes]\nStatus\tArg:<EVENT>, Value:{'|'.join(STATUSES)}\n"


def _lines(article: Article, told: list[Told]) -> Iterator[str]:
    """Text-bound annotations (each span of a kind once), events with their arguments, status and notes."""
    numbers: dict[tuple[str, int, int], int] = {}
    notes = 0
    for n, t in enumerate(told, 1):
        arguments: list[str] = []
        for role, kind, span in _spans(t.mention):
            key = (kind, span.start, span.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                yield _bound(numbers[key], kind, span, article.text)
            arguments.append(f"{role}:T{numbers[key]}")
        trigger, rest = arguments[0], _numbered(arguments[1:])
        yield f"E{n}\t{' '.join([trigger, *rest])}\nA{n}\tStatus E{n} {t.mention.status}\n"
        for note in _notes(t):
            notes += 1
            yield f"#{notes}\tAnnotatorNotes E{n}\t{note}\n"


def _spans(m: Mention) -> Iterator[tuple[str, str, Span]]:
    yield m.type, m.type, m.trigger
    yield from (("Actor", "Participant", p.span) for p in m.actors)
    yield from (("Recipient", "Participant", p.span) for p in m.recipients)
    yield from (("Place", "Place", p.span) for p in m.places)
    yield from (("Time", "Time", x.span) for x in ([m.time] if m.time else []))
    yield from (("Count", "Count", c.span) for c in m.counts)
    yield from (("Source", "Source", s.span) for s in m.sources)


def _numbered(arguments: list[str]) -> list[str]:
    """Arguments of one role as brat wants them: `Actor`, `Actor2`, `Actor3`."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for argument in arguments:
        role, _, target = argument.partition(":")
        seen[role] += 1
        out.append(f"{role}{seen[role] if seen[role] > 1 else ''}:{target}")
    return out


def _bound(number: int, kind: str, span: Span, text: str) -> str:
    """A text-bound annotation, in fragments where it goes over the end of a line."""
    parts = [(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^\r\n]+", text[span.start : span.end])] or [(span.start, span.end)]
    where = ";".join(f"{start} {end}" for start, end in parts)
    return f"T{number}\t{kind} {where}\t{' '.join(text[start:end] for start, end in parts)}\n"


def _notes(t: Told) -> Iterator[str]:
    m = t.mention
    yield f"mention {t.mention_id}; event {t.event_id}" + (f"; modes {', '.join(m.modes)}" if m.modes else "")
    codes = [f"{role} {p.code}" for role, members in (("actor", m.actors), ("recipient", m.recipients)) for p in members]
    counts = [f"{c.role} {c.low}" + (f"-{c.high}" if c.high not in (None, c.low) else "+" if c.high is None else "") for c in m.counts]
    if values := [*codes, *counts, *(f"place {p.name}" for p in m.places)]:
        yield "; ".join(values)
