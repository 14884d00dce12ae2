"""Mentions in the columns of GDELT 2.0's mentions table: one row for every time an article tells an event."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from khabar.export.delimited import write_rows
from khabar.export.job import Job
from khabar.export.sides import actual, number
from khabar.export.view import Event, Told

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, NO_LINK = 1, 2  # MentionType: a link, and a citation where there is none
_SENTENCE = re.compile(r"(?<=[.!؟?])\s+|\n+")


def write_gdelt(job: Job) -> None:
    """Tab-separated with a head; mentions that deny, plan or ask for an event are counted as dropped."""
    with job.target.file() as out:
        found = (_row(job, e, t) for e in actual(job) for t in e.told if _counts(job, t))
        write_rows(job, out, "mentions", COLUMNS, found, delimiter="\t")
    job.notes.append("left empty, since khabar does not code it: MentionDocTone")
    job.notes.append("Confidence is 100 times the reader's probability in steps of 10, empty where the reader gives none")


def _counts(job: Job, t: Told) -> bool:
    if t.mention.status != "actual":
        job.dropped[f"{t.mention.status} mentions of events that happened"] += 1
    return t.mention.status == "actual"


def _row(job: Job, e: Event, t: Told) -> dict[str, Any]:
    article, m = job.view.articles[t.article_id], t.mention
    first = min((p for x in e.told if (p := job.view.articles[x.article_id].published)), default=None)
    sure = m.confidence and max(10, round(m.confidence.mention * 10) * 10)
    offsets = {f"Actor{i}CharOffset": members[0].span.start if members else -1 for i, members in ((1, m.actors), (2, m.recipients))}
    own = {"GLOBALEVENTID": number(e.row.event_id), "EventTimeDate": _stamp(first), "MentionTimeDate": _stamp(article.published)}
    link = {"MentionType": WEB if article.url else NO_LINK, "MentionSourceName": article.outlet, "MentionIdentifier": article.url or article.article_id}
    place = {"SentenceID": len(_SENTENCE.findall(article.text, 0, t.start)) + 1, **offsets, "ActionCharOffset": m.trigger.start, "InRawText": 1}
    about = {"Confidence": sure, "MentionDocLen": len(article.text), "MentionDocTone": None, "MentionDocTranslationInfo": None, "Extras": t.mention_id}
    return {**own, **link, **place, **about}


def _stamp(day: date | None) -> str | None:
    return day.isoformat().replace("-", "") + "000000" if day else None
