"""Measure batches: articles a second from WARC to Parquet, with one process and two, the memory they take, what a million articles and CC-NEWS would take.

usage: batch.py [--articles N] [--learned N] [--memory A B] [--minutes M] [--profile] [--folder DIR]

Writes WARCs of N (10,000; 400 with the learned reader) articles of `corpora/ant.jsonl.gz` in $KHABAR_SHARED (default ../shared), as pages with the
furniture that pages have, and runs batches over them in processes of their own. --memory compares the peak of all processes together over A and B articles
(give 10000 100000). --minutes reads so many articles with the learned reader that it runs at least so long (give 30), and extrapolates from that. --profile
tells where the time of one process goes.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import html
import itertools
import json
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import corpus, processor, tree_memory
from khabar import Coder
from khabar.archives import Settings, run_batch
from khabar.archives.folder import Folder
from khabar.archives.parts import find_files, plan
from khabar.archives.work import do_part

ROOT = Path(__file__).resolve().parent.parent
EVERY = 5  # a line in five, so that all sections and years are met; then the four others
FILE_ARTICLES = 2_500  # of a WARC
MILLION = 1_000_000
WATCHED = 2.0  # seconds between looks at memory; each takes time from the processes looked at
NAVIGATION = "".join(f'<li><a href="/section/{n}">قسم رقم {n} من الموقع</a></li>' for n in range(30))
ASIDE = "".join(f'<li><a href="/article/{n}">عنوان خبر آخر من أخبار الموقع رقم {n}</a></li>' for n in range(12))
CC_NEWS = {"pages": 1.3e9, "Arabic share": 0.035, "bytes": 75e12}
"""CC-NEWS from August 2016 to 2026, assumed: pages, the share that is Arabic, bytes of WARC. The assumptions are argued in docs/scale.md."""
CORE_HOUR = 0.035  # US dollars for a core of a rented machine, on demand; a third of it on spot


@dataclass(frozen=True, slots=True)
class Run:
    """A batch run: articles, seconds, peak memory of all processes in MB."""

    articles: int
    seconds: float
    peak: float
    manifest: dict[str, Any]

    @property
    def rate(self) -> float:
        return self.articles / self.seconds


def pages(limit: int) -> Iterator[tuple[str, bytes]]:
    """Address and page of so many articles; where the corpus ends it begins again, under other addresses."""
    path = corpus()
    if path is None:
        sys.exit("bench-batch needs corpora/ant.jsonl.gz; name its folder in KHABAR_SHARED")
    made = 0
    for turn in itertools.count():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in itertools.islice(lines, turn % EVERY, None, EVERY):
                if made == limit:
                    return
                a = json.loads(line)
                made += 1
                yield f"{a['url']}?n={made}" if turn >= EVERY else a["url"] or f"http://news.example/{a['id']}", page(a, made if turn >= EVERY else 0)


def page(a: dict[str, Any], copy: int) -> bytes:
    title, *body = (html.escape(x) for x in a["text"].split("\n"))
    head = f'<meta charset="utf-8"><title>{title}</title><meta property="article:published_time" content="{a["published"]}T10:00:00+01:00">'
    head += f'<meta property="og:site_name" content="{html.escape(a["outlet"])}"><style>{"p { margin: 1em }" * 40}</style>'
    paragraphs = "".join(f"<p>{p}</p>" for p in body) + (f"<p>نسخة رقم {copy}.</p>" if copy else "")
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body><nav><ul>{NAVIGATION}</ul></nav><article><h1>{title}</h1>{paragraphs}</article>'
        f"<aside><ul>{ASIDE}</ul></aside><footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


def record(url: str, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-10T09:00:00Z\r\nWARC-Target-URI: {url}\r\n"
    return f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def write_warcs(folder: Path, limit: int) -> Path:
    """A folder of WARCs of so many articles, kept for the next time."""
    made = folder / f"warc-{limit}"
    if not made.is_dir():
        beside = folder / f"warc-{limit}.part"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        source = pages(limit)
        for number in range(-(-limit // FILE_ARTICLES)):
            with (beside / f"{number:05}.warc.gz").open("wb") as out:
                out.writelines(gzip.compress(record(*found), 6) for found in itertools.islice(source, FILE_ARTICLES))
        beside.rename(made)
    return made


def measured(inputs: Path, engine: str, jobs: int, *, triage: bool = False) -> Run:
    """A batch in a process of its own, watched from here."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, __file__, "--one", str(inputs), out, engine, str(jobs), "triage" if triage else "all"]
        stop, peaks = threading.Event(), [0.0]
        watch = threading.Thread(target=tree_memory, args=(stop, peaks, WATCHED), daemon=True)
        watch.start()
        started = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - started
        stop.set()
        watch.join()
        manifest = json.loads((Path(out) / "batch.json").read_text("utf-8"))
    return Run(sum(manifest["outcomes"].values()), seconds, max(peaks), manifest)


def one(inputs: str, out: str, engine: str, jobs: str, which: str) -> None:
    run_batch([inputs], out, Settings(engine, triage=which == "triage", part_inputs=250 if engine == "learned" else 1_000), jobs=int(jobs))


def told(what: str, run: Run) -> None:
    print(f"{what:28} {run.rate:8.1f} articles a second   {run.articles:,} in {run.seconds:.0f} s, peak {run.peak:.0f} MB", flush=True)


def rates(folder: Path, articles: int, learned: int) -> dict[str, Run]:
    found = {}
    for engine, limit in (("rules", articles), ("learned", learned)):
        inputs = write_warcs(folder, limit)
        for jobs in (1, 2):
            found[f"{engine} {jobs}"] = measured(inputs, engine, jobs)
            told(f"{engine}, {jobs} {'process' if jobs == 1 else 'processes'}", found[f"{engine} {jobs}"])
        print(f"{'':28} {found[f'{engine} 2'].rate / found[f'{engine} 1'].rate:8.2f} times as fast with two")
        found[f"{engine} triage"] = measured(inputs, engine, 2, triage=True)
        told(f"{engine}, 2, with triage", found[f"{engine} triage"])
        kept = found[f"{engine} triage"].manifest["tables"]["mentions"]["rows"] / max(1, found[f"{engine} 2"].manifest["tables"]["mentions"]["rows"])
        print(f"{'':28} {kept:8.4f} of the mentions kept by triage")
    return found


def long_run(folder: Path, rate: float, minutes: float, *, triage: bool) -> Run:
    """The learned reader for at least so many minutes: once more where the machine was faster than it had been when the rate was measured."""
    limit, runs = int(rate * minutes * 60), list[Run]()
    while sum(r.seconds for r in runs) < minutes * 60:
        runs.append(measured(write_warcs(folder, limit), "learned", 2, triage=triage))
    return Run(sum(r.articles for r in runs), sum(r.seconds for r in runs), max(r.peak for r in runs), runs[-1].manifest)


def extrapolated(found: dict[str, Run]) -> None:
    """What a million articles and CC-NEWS would take at these rates."""
    for name in ("rules 2", "rules triage", "learned 2", "learned triage"):
        hours = MILLION / found[name].rate / 3600
        core_hours = CC_NEWS["pages"] * CC_NEWS["Arabic share"] / found[name].rate * 2 / 3600
        cost = f"CC-NEWS: {core_hours:,.0f} core-hours for its Arabic pages, ${core_hours * CORE_HOUR:,.0f} on demand"
        print(f"{name:28} {hours:8.1f} hours for a million articles; {cost}")


def memory(folder: Path, limits: list[int], known: Run) -> None:
    """Compare the peaks over few and many articles; a run over as many is not done again."""
    peaks = []
    for limit in limits:
        run = known if known.articles == limit else measured(write_warcs(folder, limit), "rules", 2)
        told(f"memory over {limit:,}", run)
        peaks.append(run.peak)
    print(f"{'':28} {peaks[1] / peaks[0] - 1:+8.1%} memory")


def profiled(inputs: Path, engine: str) -> None:
    settings = Settings(engine)
    files, _ = find_files([str(inputs)])
    part = next(iter(plan(files[:1], {}, settings.record())))
    coder = Coder(engine)
    profiler = cProfile.Profile()
    with tempfile.TemporaryDirectory() as out:
        profiler.enable()
        do_part(part, Folder(out), coder, settings)
        profiler.disable()
    print(f"\nwhere the time of {engine} goes, functions with what they call:")
    pstats.Stats(profiler).strip_dirs().sort_stats("cumtime").print_stats(45)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--learned", type=int, default=400)
    parser.add_argument("--memory", nargs=2, type=int, metavar=("A", "B"))
    parser.add_argument("--minutes", type=float, help="run the learned reader at least so long")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench-batch")
    parser.add_argument("--one", nargs=5, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one(*args.one)
        return
    print(f"machine                      {processor()}, {os.cpu_count()} cores")
    if args.profile:
        profiled(write_warcs(args.folder, min(500, args.articles)), "rules")
        return
    found = rates(args.folder, args.articles, args.learned)
    if args.minutes:
        for name, triage in (("learned 2", False), ("learned triage", True)):
            found[name] = long_run(args.folder, found[name].rate, args.minutes, triage=triage)
            told("the long run, with triage" if triage else "the long run", found[name])
    extrapolated(found)
    if args.memory:
        memory(args.folder, args.memory, found["rules 2"])


if __name__ == "__main__":
    main()
