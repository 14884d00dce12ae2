"""Records made up for tests: mentions over short texts, without a reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from khabar import Count, Document, Location, Mention, Outcome, Participant, Place, Record, Source, Span, Time
from khabar.collect.items import Piece
from khabar.dataset import prepared
from khabar.store import Entry
from khabar.store.entry import digest

ALEPPO = Location("Aleppo", "SYR", "Aleppo", 36.2, 37.16, "town", "gazetteer", "gn:170063")
TUNIS = Location("Tunis", "TUN", "Tunis", 36.82, 10.17, "town", "gazetteer", "gn:2464470")
RAID = "قصف الجيش قرية قرب حلب أمس وقتل ثلاثة مدنيين، بحسب المرصد."
MARCH = "تظاهر عمال في تونس اليوم."
DAY = date(2020, 1, 10)


def piece(key: str, text: str, published: date | None = DAY, outlet: str | None = "outlet") -> Piece:
    return Piece(key, digest(text), Document(text, key, published, outlet, f"https://news.example/{key}"), "text", text.split(".")[0])


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def raid(text: str = RAID, *, killed: int = 3, event: str = "e1", status: str = "actual", source: str = "المرصد") -> Mention:
    """The raid of RAID: by the army on a village near Aleppo, the day before."""
    yesterday = date(2020, 1, 9)
    return Mention(
        span(text, "قصف"), "ASSAULT", ("heavy-weapons",), status, event,  # type: ignore[arg-type]
        actors=(Participant(span(text, "الجيش"), "SYR MIL", "Syrian Army", "syrian-army"),), recipients=(Participant(span(text, "ثلاثة مدنيين"), "SYR CVL"),),
        places=(Place(span(text, "حلب"), ALEPPO),), time=Time(span(text, "أمس"), yesterday, yesterday, "relative"),
        counts=(Count(span(text, "ثلاثة مدنيين"), "killed", killed, killed, "مدنيين"),), sources=(Source(span(text, source), "named", span(text, "بحسب")),),
    )  # fmt: skip


def march(text: str = MARCH, event: str = "e2") -> Mention:
    where = (Place(span(text, "تونس"), TUNIS),)
    return Mention(span(text, "تظاهر"), "PROTEST", ("demo",), "actual", event, (Participant(span(text, "عمال"), "TUN LAB"),), places=where)


def record(key: str, text: str, *mentions: Mention, published: date | None = DAY, outlet: str | None = "outlet") -> Record:
    return Record(key, outlet, published, text, Outcome("read" if mentions else "no_events"), mentions)


def entry(coded: Record, key: str | None = None) -> Entry:
    """A record as it goes into the store."""
    made = prepared(coded)
    name = key or coded.id or "key"
    url = f"https://news.example/{name}"
    return Entry(name, digest(coded.text or name), coded, url, "title", quotes=made.quotes, words=made.words, keys=made.keys, media_type="text")


def raids(n: int) -> list[Record]:
    """Records of n articles, each with a raid and a march."""
    text = f"{RAID} {MARCH}"
    return [record(f"a{i}", text, raid(text, killed=i + 1), march(text), outlet=f"outlet{i % 3}") for i in range(n)]


def again(r: Record, **changes: object) -> Record:
    return replace(r, **changes)  # type: ignore[arg-type]
