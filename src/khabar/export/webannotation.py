"""W3C Web Annotations (JSON-LD): every word that a mention rests on, by position and by quotation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from khabar.export.job import Job
from khabar.export.view import Article, Told
from khabar.model import Mention, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters of prefix and suffix


def write_webannotation(job: Job) -> None:
    """One AnnotationPage, an annotation a line. Positions count characters of khabar's text of the article, which need not be those of the page."""
    found = (a for e in job.view.events for t in e.told for a in _annotations(t, job.view.articles[t.article_id]))
    with job.target.file() as out:
        head = {"@context": CONTEXT, "id": "urn:khabar:export", "type": "AnnotationPage", "khabar": job.head()}
        out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "items": [')
        for i, annotation in enumerate(found):
            out.write((b",\n" if i else b"\n") + json.dumps(annotation, ensure_ascii=False).encode("utf-8", "replace"))
            job.written["annotations"] += 1
        out.write(b"\n]}\n")
    job.dropped["whole texts of articles (quotations with 32 characters around them stay)"] += len(job.view.articles)
    job.dropped["candidates and degrees of places"] += sum(bool(t.mention.places) for e in job.view.events for t in e.told)


def _annotations(t: Told, article: Article) -> Iterator[dict[str, Any]]:
    m = t.mention
    own = f"urn:khabar:mention:{t.mention_id}"
    tags = [m.type, *m.modes, f"status:{m.status}"]
    bodies: list[dict[str, Any]] = [_tag(x, "classifying" if x == m.type else "tagging") for x in tags]
    bodies.append({"type": "SpecificResource", "source": f"urn:khabar:event:{t.event_id}", "purpose": "linking"})
    yield _annotation(own, "classifying", bodies, m.trigger, article)
    for n, (role, value, span) in enumerate(_parts(m), 1):
        linked = {"type": "SpecificResource", "source": own, "purpose": "linking"}
        yield _annotation(f"{own}:{n}", "identifying", [_tag(f"{role}:{value}", "identifying"), linked], span, article)


def _tag(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _parts(m: Mention) -> Iterator[tuple[str, str, Span]]:
    """What else the mention rests on: role, value, words."""
    yield from (("actor", p.name or p.code, p.span) for p in m.actors)
    yield from (("recipient", p.name or p.code, p.span) for p in m.recipients)
    yield from (("place", p.name, p.span) for p in m.places)
    yield from (("time", f"{x.start or ''}/{x.end or ''}", x.span) for x in ([m.time] if m.time else []))
    yield from (("count", f"{c.role} {c.low}" + ("+" if c.high is None else f"-{c.high}" if c.high != c.low else ""), c.span) for c in m.counts)
    yield from (("source", s.kind, s.span) for s in m.sources)


def _annotation(identifier: str, motivation: str, bodies: list[dict[str, Any]], span: Span, article: Article) -> dict[str, Any]:
    text = article.text
    around = {"prefix": text[max(0, span.start - AROUND) : span.start], "suffix": text[span.end : span.end + AROUND]}
    exact = {"type": "TextQuoteSelector", "exact": span.text, **around}
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    source = article.url or f"urn:khabar:article:{quote(article.article_id, safe='')}"
    target = {"source": source, "selector": [position, exact]}
    return {"id": identifier, "type": "Annotation", "motivation": motivation, "body": bodies, "target": target}
