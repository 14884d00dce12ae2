"""Our figures are those of the shared score.py, digit for digit."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from articles import articles
from khabar import Coder, Document
from khabar.evaluate import load_records, score
from khabar.model import InvalidValue
from khabar.model.ontology import MODES, SOURCE_KINDS, STATUSES, TYPES

TOOL = Path("/work/shared/tools/score.py")
Fields = dict[str, Any]


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    if not TOOL.exists():
        pytest.skip("the shared score.py is not here")
    spec = importlib.util.spec_from_file_location("shared_score", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def gold(coder: Coder) -> dict[str, Fields]:
    """Records to perturb: the reader's own of our articles, and the shared gold where it is."""
    shared = sorted(Path("/work/shared/gold/dev").glob("*.json"))
    ours = [coder.code(Document(text, f"d{i}")).record() for i, text in enumerate(articles())]
    return {r["id"]: r for r in (*ours, *(json.loads(p.read_text("utf-8")) for p in shared))}


def moved(span: Fields, text: str, rng: random.Random) -> Fields:
    start = max(0, min(len(text) - 1, span["start"] + rng.randint(-6, 6)))
    end = max(start + 1, min(len(text), span["end"] + rng.randint(-6, 6)))
    return {**span, "start": start, "end": end, "text": text[start:end]}


def perturbed(record: Fields, rng: random.Random) -> Fields:
    """The record with mentions dropped, doubled, moved, retyped and their members changed."""
    record = copy.deepcopy(record)
    text = record["text"]
    mentions = [m for m in record["mentions"] if rng.random() > 0.2]
    mentions += [copy.deepcopy(m) for m in mentions if rng.random() < 0.15]
    for m in mentions:
        if rng.random() < 0.3:
            m["trigger"] = moved(m["trigger"], text, rng)
        if rng.random() < 0.2:
            m["type"], m["modes"] = (kind := rng.choice(TYPES)), rng.sample(MODES[kind], min(1, len(MODES[kind])))
        if rng.random() < 0.2:
            m["status"] = rng.choice(STATUSES)
        m["event"] = rng.choice([m.get("event"), "e1", "e2", None])
        for field in ("actors", "recipients", "places", "counts", "sources"):
            m[field] = [moved(x, text, rng) if rng.random() < 0.3 else x for x in m.get(field) or [] if rng.random() > 0.2]
            rng.shuffle(m[field])
        for x in m["actors"]:
            x["code"] = rng.choice([x.get("code"), "SYR MIL", "SYR", "- GOV", None])
        for x in m["sources"]:
            x["kind"] = rng.choice(SOURCE_KINDS)
        if rng.random() < 0.3:
            m["time"] = None
    rng.shuffle(mentions)
    return {**record, "mentions": mentions}


@pytest.mark.parametrize("seed", range(25))
def test_figures_equal_the_shared_tool(seed: int, gold: dict[str, Fields], tool: ModuleType) -> None:
    rng = random.Random(seed)
    predicted = {k: perturbed(r, rng) for k, r in gold.items() if rng.random() > 0.1}
    left = {k: perturbed(r, rng) for k, r in gold.items()} if seed % 2 else gold
    expected, mistakes = tool.score(left, predicted, errors=20, bootstrap=40)
    ours = score(left, predicted, errors=20, bootstrap=40)
    assert ours.record() == expected
    assert list(ours.mistakes) == mistakes


def test_a_record_scored_against_itself_is_right(gold: dict[str, Fields]) -> None:
    result = score(gold, gold)
    assert all(rates.f1 == 1.0 for rates in result.measures.values() if rates.gold)
    assert not result.mistakes


def test_nothing_predicted(gold: dict[str, Fields]) -> None:
    result = score(gold, {})
    assert result.measures["trigger"].r == 0.0
    assert result.measures["trigger"].gold == sum(len(r["mentions"]) for r in gold.values())


def test_other_texts_and_spans_are_refused(gold: dict[str, Fields]) -> None:
    name, record = next(iter(gold.items()))
    with pytest.raises(InvalidValue, match="not the gold text"):
        score(gold, {name: {**record, "text": "غير"}})
    wrong = copy.deepcopy(record)
    wrong["mentions"][0]["trigger"]["start"] += 1
    with pytest.raises(InvalidValue, match="does not stand"):
        score(gold, {name: wrong})
    wrong["mentions"][0].pop("trigger")
    with pytest.raises(InvalidValue, match="section 7"):
        score(gold, {name: wrong})


def test_loading(tmp_path: Path, gold: dict[str, Fields]) -> None:
    lines = [json.dumps(r) for r in gold.values()]
    jsonl = tmp_path / "records.jsonl"
    jsonl.write_text("\n".join([*lines, '{"id": null, "line": 4}', ""]), "utf-8")
    assert load_records(jsonl).keys() == gold.keys()
    (tmp_path / "one.json").write_text(lines[0], "utf-8")
    assert list(load_records(tmp_path)) == list(load_records(tmp_path / "one.json")) == [next(iter(gold))]
    jsonl.write_text("\n".join([lines[0], lines[0]]), "utf-8")
    with pytest.raises(InvalidValue, match="two records"):
        load_records(jsonl)
    jsonl.write_text("[]\n", "utf-8")
    with pytest.raises(InvalidValue, match="expected a record"):
        load_records(jsonl)
    with pytest.raises(InvalidValue, match="expected records"):
        load_records(tmp_path / "none.jsonl")
