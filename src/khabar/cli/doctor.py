"""`khabar doctor`: versions, sizes of the knowledge, and a sentence coded as a self-test."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from khabar import DEFAULT_ENGINE, ENGINES, Coder, Document, KhabarError, Record, __version__
from khabar.lexicon import load_lexicon
from khabar.lexicon.tables import DATA

PACKAGES = ("resiliparse", "py3langid", "charset-normalizer", "rich", "numpy", "onnxruntime")
SENTENCE = "قصف مدفعي في ريف حلب\nقال المرصد السوري لحقوق الإنسان إن الطيران الروسي قصف السبت قرية في ريف حلب وقتل خمسة مدنيين."
PUBLISHED = date(2020, 1, 12)


def run(args: argparse.Namespace) -> int:
    """Print what is installed and whether it works; 1 where it does not."""
    for name, value in _about():
        print(f"{name:22} {value}")
    faults = _tested(DEFAULT_ENGINE)
    for engine in ENGINES:
        if engine != DEFAULT_ENGINE:
            _tested(engine)  # a reader that is not the default may lack its model
    return faults


def _tested(engine: str) -> int:
    """Print whether a reader reads; 1 where it does not."""
    try:
        faults = list(_self_test(engine))
    except KhabarError as error:
        faults = [str(error)]
    for fault in faults:
        print(f"self-test {engine:12} FAILED: {fault}")
    if not faults:
        print(f"self-test {engine:12} passed: one sentence coded with type, place, day, count and source")
    return 1 if faults else 0


def _about() -> Iterator[tuple[str, str]]:
    yield "khabar", __version__
    yield "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    for package in PACKAGES:
        yield package, _version(package)
    yield "standard output", f"{sys.stdout.encoding}, {'a terminal' if sys.stdout.isatty() else 'no terminal'}"
    yield "lexicon", str(DATA)
    begin = time.perf_counter()
    lexicon = load_lexicon()
    yield "loaded in", f"{time.perf_counter() - begin:.2f} s"
    yield "triggers", f"{len(lexicon.triggers):,} senses"
    yield "inflected forms", f"{len(lexicon.forms):,}"
    yield "names", f"{sum(len(found) for found in lexicon.names.values()):,}"
    yield "countries", f"{len(lexicon.countries):,}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing; install it with pip"


def _self_test(engine: str) -> Iterator[str]:
    """What is wrong with the record of a sentence whose events are known."""
    record = Coder(engine).code(Document(SENTENCE, published=PUBLISHED))
    found = [m for m in record.mentions if m.type == "ASSAULT"]
    if not found:
        yield f"no ASSAULT in the sentence; outcome {record.outcome.kind} {record.outcome.reason or ''}"
        return
    yield from (f"no {field} was read" for field, seen in _fields(record).items() if not seen)


def _fields(record: Record) -> dict[str, bool]:
    mentions = record.mentions
    return {
        "place in Syria": any(p.country == "SYR" for m in mentions for p in m.places),
        "day": any(m.time and m.time.start == date(2020, 1, 11) for m in mentions),
        "count of five": any(c.low == 5 for m in mentions for c in m.counts),
        "source": any(m.sources for m in mentions),
    }
