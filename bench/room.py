"""Speed of the reading room: tables of 100,000 events, the first view of an article, weights of pages, twenty reviewers saving at once."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from khabar import STATUSES, TYPES, Hints, collect_into, open_store
from khabar.web.accounts import Doors
from khabar.web.intake import example_pieces, text_piece

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "a password of the bench"
COUNTRIES = ("SYR", "IRQ", "YEM", "LBY", "EGY", "SDN", "LBN", "PSE", "TUN", "DZA")
CODES = ("SYR MIL", "SYR OPP", "IRQ GOV", "YEM REB", "LBY UAF", "EGY GOV", "USA MIL", "ISR MIL", "LBN PTY", "SDN MIL")
FILTERS = (
    "", "?type=ASSAULT", "?status=denied", "?country=SYR", "?type=PROTEST&country=EGY&since=2015-01-01&until=2016-12-31", "?actor=SYR+MIL", "?actor=actor+7",
    "?outlet=outlet+3", "?sort=deadliest", "?confidence=0.9", "?source_kind=unnamed", "?place=place+12", "?page=1500", "?reviewed=no&sort=most-told",
)  # fmt: skip


def rows(n: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """A store of n events in n articles, as `Store.load` takes it."""
    rnd = random.Random(1)
    yield "run", {"run_id": "r1", "position": 1, "started": "2020-01-01T00:00:00+00:00", "engine": "rules", "version": "0", "settings": "{}"}
    made = [_event(i, rnd) for i in range(n)]
    for table in ("article", "outcome", "mention", "participant", "source", "event", "member"):
        yield from ((table, x[table]) for x in made)


def _event(i: int, rnd: random.Random) -> dict[str, dict[str, Any]]:
    day = (date(2010, 1, 1) + timedelta(rnd.randrange(4000))).isoformat()
    kind, status, place, country = rnd.choice(TYPES), rnd.choices(STATUSES, (80, 8, 5, 4, 3))[0], rnd.randrange(400), rnd.choice(COUNTRIES)
    mention_id, article_id, words = f"m{i:016x}", f"a{i}", "قصفت الطائرات المدينة أمس"
    killed = rnd.randrange(30) if rnd.random() < 0.3 else None
    trigger = {"start": 0, "end": 4, "text": "قصفت"}
    record = {"trigger": trigger, "type": kind, "modes": [], "status": status, "event": "e1", "actors": [], "recipients": [], "places": [], "time": None,
              "counts": [], "sources": []}  # fmt: skip
    own, code = {"mention_id": mention_id, "run_id": "r1"}, rnd.choice(CODES)
    return {
        "article": {"article_id": article_id, "document_id": article_id, "key": article_id, "version": 1, "current": True, "digest": "x",
                    "content": "x", "run_id": "r1", "url": None, "outlet": f"outlet {i % 12}", "published": day, "published_basis": None, "title": f"title {i}",
                    "text": words, "caption": "[]", "links": "[]", "fetched": None, "media_type": None, "etag": None, "last_modified": None},
        "outcome": {"article_id": article_id, "run_id": "r1", "kind": "read", "reason": None},
        "mention": {**own, "article_id": article_id, "position": 0, "type": kind, "status": status, "start": 0, "end": 4, "date_from": day, "date_to": day,
                    "confidence": round(rnd.random(), 3), "sources": "", "source_kinds": "", "figures": "", "quote_start": 0, "quote_end": len(words),
                    "record": json.dumps(record, ensure_ascii=False)},
        "participant": {**own, "role": "actor", "position": 0, "text": "الطائرات", "code": code, "name": f"actor {rnd.randrange(60)}", "entity": None},
        "source": {**own, "position": 0, "text": "شهود", "kind": rnd.choice(("named", "unnamed", "media")), "cue": None},
        "event": {"event_id": f"e{i:016x}", "type": kind, "modes": "", "status": status, "date_from": day, "date_to": day, "place": f"place {place}",
                  "country": country, "admin1": f"unit {place % 40}", "lat": 30 + place / 40, "lon": 35 + place / 40, "precision": "town", "actors": "actor",
                  "actor_codes": code, "recipients": "", "recipient_codes": "", "killed_low": killed, "killed_high": killed, "injured_low": None,
                  "injured_high": None, "arrested_low": None, "arrested_high": None, "articles": 1, "voices": 1, "denials": 0,
                  "confidence": round(rnd.random(), 3), "reviewed": False},
        "member": {**own, "article_id": article_id, "event_id": f"e{i:016x}"},
    }  # fmt: skip


@contextmanager
def served(store: Path, *more: str) -> Iterator[float]:
    """A room over a store in a process of its own; seconds until it answers."""
    began = time.perf_counter()
    command = [Path(sys.executable).with_name("khabar"), "serve", "--store", str(store), "--port", str(PORT), "--engine", "rules", *more]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            while True:
                try:
                    httpx.get(f"{BASE}/healthz", timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield time.perf_counter() - began
        finally:
            process.terminate()


def timed(client: httpx.Client, path: str, times: int = 7) -> tuple[float, int]:
    """Milliseconds in the middle of several requests, and bytes of the answer."""
    found, size = [], 0
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(path, headers={"accept": "text/html"})
        found.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
        size = len(answer.content)
    return median(found), size


def tables(folder: Path, n: int) -> None:
    """Time filters over n events."""
    path = folder / "large.db"
    with open_store(str(path), create=True) as store:
        store.load(rows(n))
    with served(path) as start, httpx.Client(base_url=BASE, timeout=60) as client:
        print(f"{n:,} events; the room answers {start:.1f} s after its start")
        for query in FILTERS:
            page, size = timed(client, f"/events{query}")
            print(f"  {page:6.0f} ms  {size / 1000:5.0f} kB  /events{query}")
        for path_ in ("/timeline", "/map", "/articles", "/events.csv?country=SYR"):
            print(f"  {timed(client, path_, 3)[0]:6.0f} ms         {path_}")


def pages(folder: Path) -> None:
    """Time and weigh the pages over the bundled articles."""
    path = folder / "examples.db"
    with open_store(str(path), create=True) as store:
        list(collect_into(store, example_pieces("all"), engine="rules"))
        event = store.events(limit=1)[0].event_id
    with served(path), httpx.Client(base_url=BASE, timeout=60) as client:
        began = time.perf_counter()
        client.get("/articles/example:agency.txt").raise_for_status()
        print(f"first view of an article in a room just opened: {(time.perf_counter() - began) * 1000:.0f} ms")
        for view in ("/", "/articles", "/articles/example:agency.txt", "/events", f"/events/{event}", "/map", "/timeline", "/review", "/help"):
            took, size = timed(client, view)
            print(f"  {took:6.0f} ms  {size / 1000:5.0f} kB  {view}")


def reviewers(folder: Path, people: int, seconds: float, pause: float) -> None:
    """People who save at once, each waiting about `pause` seconds between two decisions."""
    path = folder / "team.db"
    with open_store(str(path), create=True) as store:
        sentences = (f"اعتقلت الشرطة العراقية {i} متظاهرا في البصرة أمس. وقصف الجيش المدينة وقتل {i} أشخاص." for i in range(2, 1502))
        list(collect_into(store, (text_piece(s, Hints(date(2020, 1, 1), "outlet")) for s in sentences), engine="rules"))
        for i in range(people):
            Doors(store).add(f"coder{i}", "coder", PASSWORD)
        mentions = store.totals().mentions
    saved: list[list[str]] = [[] for _ in range(people)]
    took: list[float] = []
    errors: list[str] = []
    with served(path, "--team"):
        threads = [threading.Thread(target=_review, args=(f"coder{i}", seconds, pause, saved[i], took, errors)) for i in range(people)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    with open_store(str(path)) as store:
        kept = {d.decision_id for d in store.decisions()}
    lost = sum(d not in kept for mine in saved for d in mine)
    cuts = quantiles(took, n=100)
    print(
        f"{people} reviewers over {mentions:,} mentions for {seconds:.0f} s, a decision about every {pause} s: "
        f"{len(took):,} saved, {lost} lost, {len(errors)} errors"
    )
    print(f"  median {median(took):.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, longest {max(took):.0f} ms")
    for e in sorted(set(errors))[:5]:
        print(f"  {e}")


def _review(name: str, seconds: float, pause: float, saved: list[str], took: list[float], errors: list[str]) -> None:
    rnd = random.Random(name)
    with httpx.Client(base_url=BASE, timeout=60, headers={"origin": BASE, "sec-fetch-site": "same-origin"}) as client:
        client.post("/login", data={"csrf": _token(client, "/login"), "name": name, "password": PASSWORD})
        token = _token(client, "/help")
        over = time.perf_counter() + seconds
        while time.perf_counter() < over:
            items = client.get("/review/queue.json?limit=10").json()["items"]
            for item in items:
                time.sleep(rnd.uniform(0.5, 1.5) * pause)
                began = time.perf_counter()
                body = {"kind": rnd.choice(("accept", "accept", "reject")), "subject": item["mention_id"], "expected": item["expected"]}
                answer = client.post("/review/decisions", json=body, headers={"x-csrf-token": token})
                if answer.status_code == 200:
                    took.append((time.perf_counter() - began) * 1000)
                    saved.append(answer.json()["decision_id"])
                elif answer.status_code != 409:
                    errors.append(f"{answer.status_code} {answer.text[:100]}")


def _token(client: httpx.Client, path: str) -> str:
    return client.get(path, headers={"accept": "text/html"}).text.split('"csrf":"')[1][:64]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--only", choices=("tables", "pages", "reviewers"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-bench-") as name:
        folder = Path(name)
        if args.only in (None, "pages"):
            pages(folder)
        if args.only in (None, "tables"):
            tables(folder, args.events)
        if args.only in (None, "reviewers"):
            reviewers(folder, args.people, args.seconds, args.pause)
    return 0


if __name__ == "__main__":
    sys.exit(main())
