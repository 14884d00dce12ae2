"""Measure khabar: articles a second, memory, start-up, and with --profile what dominates. The rule reader on one core, the learned on two.

usage: bench.py [--articles N] [--learned N] [--profile]

Reads the first N (2,000; 400 with the learned reader) of every fifth line of `corpora/ant.jsonl.gz` in $KHABAR_SHARED (default ../shared).
Where that is missing, the bundled example articles are read over and over, which is kinder to caches of words, and the output says so.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import itertools
import json
import os
import platform
import pstats
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from examples import examples
from khabar import Coder, Document, KhabarError, code_all
from khabar.model import canonical_json

ARTICLES, LEARNED_ARTICLES, PROCESSES = 2000, 400, 2
SAMPLE_S = 0.2
EVERY = 5  # a line in five, so that all sections and years of the corpus are met
REPEATS = 30  # of the bundled examples, enough to run for some seconds
PROFILED = 300  # articles; the profiler slows the reader several times
STARTS = 3
ROOT = Path(__file__).resolve().parent.parent
FIRST_ARTICLE = "import sys; from khabar import Coder, Document; Coder(sys.argv[2]).code(Document(text=open(sys.argv[1], encoding='utf-8').read()))"


def corpus() -> Path | None:
    """The corpus, if it is here."""
    path = Path(os.environ.get("KHABAR_SHARED", ROOT.parent / "shared")) / "corpora" / "ant.jsonl.gz"
    return path if path.is_file() else None


def articles(path: Path | None, limit: int) -> Iterator[Document]:
    """The articles to read, one at a time."""
    if path is None:
        documents = [Document(text=e.text, id=e.path.name, published=e.published, outlet=e.outlet) for e in examples()]  # type: ignore[arg-type]
        yield from itertools.islice(itertools.chain.from_iterable(itertools.repeat(documents, REPEATS)), limit)
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, 0, EVERY * limit, EVERY):
            a = json.loads(line)
            yield Document(text=a["text"], id=a["id"], published=a.get("published"), outlet=a.get("outlet"))


def peak() -> float:
    """The most memory this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def processor() -> str:
    """The processor's name as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), platform.machine())


def best(command: list[str]) -> float:
    """The shortest of some runs of a command, in seconds."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return min(once() for _ in range(STARTS))


def usable() -> list[str]:
    """The readers that can be loaded; the learned one needs its model."""
    found = []
    for engine in ("rules", "learned"):
        try:
            Coder(engine)
        except KhabarError as error:
            print(f"{engine:20} not measured: {error}")
        else:
            found.append(engine)
    return found


def start_up(engines: list[str]) -> None:
    khabar = Path(sys.executable).with_name("khabar")
    print(f"khabar --version     {best([str(khabar), '--version']):8.2f} s")
    for engine in engines:
        seconds = best([sys.executable, "-c", FIRST_ARTICLE, str(examples()[0].path), engine])
        print(f"first article        {seconds:8.2f} s   from a cold start to its record, {engine}")


def throughput(path: Path | None, limit: int) -> None:
    coder = Coder("rules")
    coder.code(Document(text=examples()[0].text))
    halfway, mentions, characters, n = 0.0, 0, 0, 0
    start = time.perf_counter()
    for n, document in enumerate(articles(path, limit), 1):
        record = coder.code(document)
        characters += len(document.text)
        mentions += len(record.mentions)
        canonical_json(record.record())
        if n == limit // 2:
            halfway = peak()
    seconds = time.perf_counter() - start
    print(f"articles             {n:8d}     {characters / n:.0f} characters and {mentions / n:.1f} mentions each")
    print(f"articles a second    {n / seconds:8.1f}     reading, coding and writing JSON, rules, one process")
    print(f"peak memory          {peak():8.0f} MB" + (f"  ({halfway:.0f} MB halfway)" if halfway else ""))


def tree_memory(stop: threading.Event, peaks: list[float], every: float = SAMPLE_S) -> None:
    """The most memory that this process and its children held together, in MB, looked at every so many seconds; shared pages count once."""
    me = psutil.Process()
    while not stop.wait(every):
        total = 0.0
        for process in (me, *me.children(recursive=True)):
            try:
                found = process.memory_full_info()
            except psutil.Error:
                continue
            total += getattr(found, "pss", found.uss) / 1e6
        peaks.append(total)


def learned_throughput(path: Path | None, limit: int) -> None:
    """The learned reader end to end, in as many processes as there are cores to measure on."""
    stop, peaks = threading.Event(), [0.0]
    watch = threading.Thread(target=tree_memory, args=(stop, peaks), daemon=True)
    watch.start()
    start, n, characters = time.perf_counter(), 0, 0
    for record in code_all(articles(path, limit), jobs=PROCESSES, engine="learned"):
        canonical_json(record.record())
        n, characters = n + 1, characters + len(record.text or "")
    seconds = time.perf_counter() - start
    stop.set()
    watch.join()
    print(f"articles a second    {n / seconds:8.1f}     {characters / n:.0f} characters each, learned, {PROCESSES} processes, loading the model included")
    print(f"peak memory          {max(peaks):8.0f} MB  all processes together")


def profiled(path: Path | None, limit: int, engine: str) -> None:
    """The functions that take most of the time, by their own time."""
    coder = Coder(engine)
    documents = list(articles(path, min(limit, PROFILED)))
    coder.code(documents[0])
    profiler = cProfile.Profile()
    code: Callable[[Document], object] = coder.code
    profiler.enable()
    for document in documents:
        code(document)
    profiler.disable()
    print(f"\nwhat dominates over {len(documents)} articles:")
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(15)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--learned", type=int, default=LEARNED_ARTICLES)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--only-learned", action="store_true", help="the throughput of the learned reader alone, in a process of its own")
    arguments = parser.parse_args()
    path = corpus()
    if arguments.only_learned:
        learned_throughput(path, arguments.learned)
        return
    print(f"machine              {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(f"input                {path.name if path else 'the bundled examples, repeated (no shared corpus found)'}")
    throughput(path, arguments.articles)
    engines = usable()
    if "learned" in engines:
        subprocess.run([sys.executable, __file__, "--only-learned", "--learned", str(arguments.learned)], check=True)
    start_up(engines)
    for engine in engines if arguments.profile else ():
        profiled(path, arguments.articles, engine)


if __name__ == "__main__":
    main()
