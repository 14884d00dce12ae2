"""Reviewed articles as lines to train on."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from desk import filled, fix, ids, missed

from khabar.dataset import begin_run
from khabar.review import decide, training_lines
from khabar.store import Store
from records import entry, record

CORPUS = Path(__file__).parents[2] / "train" / "corpus.py"


def corpus() -> ModuleType:
    """The program that keeps the annotated corpus."""
    spec = importlib.util.spec_from_file_location("train_corpus", CORPUS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_only_what_people_have_looked_at_altogether(store: Store) -> None:
    filled(store, 3)
    raids, marches = ids(store), ids(store, "PROTEST")
    for m in (raids[0], marches[0], raids[1]):
        decide(store, "ann", "accept", m)
    decide(store, "ann", "unsure", marches[1])
    decide(store, "ann", "complete", "a2")
    assert [json.loads(line)["id"] for line in training_lines(store)] == ["a0"]
    assert list(training_lines(store, complete=True)) == []
    decide(store, "ann", "complete", "a0")
    assert len(list(training_lines(store, complete=True))) == 1
    assert list(training_lines(store, ["a1"])) == []


def test_lines_are_those_of_the_corpus(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    raid, march = ids(store)[0], ids(store, "PROTEST")[0]
    decide(store, "ann", "fix", raid, fix(store, raid, status="denied"))
    decide(store, "ann", "reject", march)
    decide(store, "ann", "add", "a0", {**missed(), "status": "planned"})
    (line,) = (json.loads(x) for x in training_lines(store))
    text, program = store.text("a0") or "", corpus()
    assert line["sha256"] == program.digest(text)
    assert [(m["type"], m["status"], m["event"]) for m in line["mentions"]] == [("ASSAULT", "denied", "e1"), ("PROTEST", "planned", "e2")]
    assert list(program.faults(line, text, program.countries(tmp_path))) == []
    assert program.stripped(program.restored(line, text)) == line, "nothing but offsets and labels, and all of them"


def test_an_article_without_events(store: Store) -> None:
    filled(store, 2)
    for m in [*ids(store), *ids(store, "PROTEST")]:
        decide(store, "ann", "reject", m)
    store.add(entry(record("quiet", "لا شيء هنا.")), begin_run(store, "rules"))
    assert [json.loads(line)["id"] for line in training_lines(store)] == ["a0", "a1"]
    decide(store, "ann", "complete", "quiet")
    assert [(x["id"], x["mentions"]) for x in map(json.loads, training_lines(store))] == [("a0", []), ("a1", []), ("quiet", [])]
