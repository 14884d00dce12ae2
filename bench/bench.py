"""Measure khabar on one core: articles a second, memory, start-up, and with --profile what dominates.

usage: bench.py [--articles N] [--profile]

Reads the first N (2,000) of every fifth line of `corpora/ant.jsonl.gz` in $KHABAR_SHARED (default ../shared). Where that is missing, the
bundled example articles are read over and over, which is kinder to caches of words, and the output says so.
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
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from examples import examples

from khabar import Coder, Document
from khabar.model import canonical_json

ARTICLES = 2000
EVERY = 5  # a line in five, so that all sections and years of the corpus are met
REPEATS = 30  # of the bundled examples, enough to run for some seconds
PROFILED = 300  # articles; the profiler slows the reader several times
STARTS = 3
ROOT = Path(__file__).resolve().parent.parent
FIRST_ARTICLE = "import sys; from khabar import Coder, Document; Coder().code(Document(text=open(sys.argv[1], encoding='utf-8').read()))"


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


def start_up() -> None:
    khabar = Path(sys.executable).with_name("khabar")
    print(f"khabar --version     {best([str(khabar), '--version']):8.2f} s")
    print(f"first article        {best([sys.executable, '-c', FIRST_ARTICLE, str(examples()[0].path)]):8.2f} s   from a cold start to its record")


def throughput(path: Path | None, limit: int) -> None:
    coder = Coder()
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
    print(f"articles a second    {n / seconds:8.1f}     reading, coding and writing JSON, one process")
    print(f"peak memory          {peak():8.0f} MB" + (f"  ({halfway:.0f} MB halfway)" if halfway else ""))


def profiled(path: Path | None, limit: int) -> None:
    """The functions that take most of the time, by their own time."""
    coder = Coder()
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
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    path = corpus()
    print(f"machine              {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(f"input                {path.name if path else 'the bundled examples, repeated (no shared corpus found)'}")
    throughput(path, arguments.articles)
    start_up()
    if arguments.profile:
        profiled(path, arguments.articles)


if __name__ == "__main__":
    main()
