"""The linter finds every fault, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from khabar.lexicon.lint import lint
from khabar.lexicon.tables import DATA


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(str(DATA), tmp_path / "data")
    return tmp_path / "data"


def test_the_lexicon_is_clean() -> None:
    assert [str(f) for f in lint()] == []


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        ("triggers/assault.tsv", "قصفقص\tv\tيقصفقص\tWAR\t-\t-\t-\t-", "type 'WAR'"),
        ("triggers/assault.tsv", "قصفقص\tv\tيقصفقص\tASSAULT\tdemo\t-\t-\t-", "no mode 'demo'"),
        ("triggers/assault.tsv", "قصفقص\tv\t-\tASSAULT\t-\t-\t-\t-", "without its imperfect"),
        ("triggers/assault.tsv", "قصفقص\tv\tيقصفقص\tASSAULT\t-\ts:Z\t-\t-", "frame 's:Z'"),
        ("triggers/assault.tsv", "قصفقص\tv\tيقصفقص\tASSAULT\t-\t-\tnear=x\t-", "condition 'near=x'"),
        ("triggers/assault.tsv", "قصفقص\tv\tيقصفقص\tASSAULT", "4 cells; expected 8"),
        ("triggers/assault.tsv", "قصفقص\tn\t-\tPROTEST\t-\t-\t-\t-", "move it to protest.tsv"),
        ("triggers/assault.tsv", "<قصفقص> .. [ضربة]\tx\t-\tASSAULT\t-\t-\t-\t-", "stands in no table"),
        ("triggers/assault.tsv", "ضربة\tx\t-\tASSAULT\t-\t-\t-\t-", "square brackets"),
        ("reporting.tsv", "قالقال\tv\tيقالقال\tshout\ts:S\t-", "act 'shout'"),
        ("cues.tsv", "ربماربما\tp\t-\tmaybe\tnext\t-", "status 'maybe'"),
        ("cues.tsv", "ربماربما\tp\t-\tplanned\tpage\t-", "scope 'page'"),
        ("nouns.tsv", "شخصشخص\t-\tbeing\t-\t-\tx", "class 'being'"),
        ("nouns.tsv", "شخص\t-\tperson\tCVL\tyes\tperson", "repeats line"),
        ("verbs.tsv", "شنشن\tشن\tlight", "without its imperfect"),
        ("means.tsv", "مدفع ما\t-\tASSAULT\tdemo\t-", "no mode 'demo'"),
        ("media.tsv", "جريدة ما\tX\tXXX\t-", "country 'XXX'"),
        ("function.tsv", "فيفيفي\tword", "class 'word'"),
        ("casualties.tsv", "قتيلقتيل\t-\tdead", "role 'dead'"),
        ("countries.tsv", "Syr\tX\tس\t-\t-\t-", "iso3 'Syr'"),
        ("actors/people.tsv", "Some One\tSYR GOV\tX\tفلان\tperson\t-\t-\t-\t-", "snake case"),
        ("actors/people.tsv", "some_one\tZZZ GOV\tX\tفلان\tperson\t-\t-\t-\t-", "country 'ZZZ'"),
        ("actors/people.tsv", "some_one\tSYR KING\tX\tفلان\tperson\t-\t-\t-\t-", "sector 'KING'"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان\thero\t-\t-\t-\t-", "kind 'hero'"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان\tperson\t2011-02-30\t-\t-\t-", "from '2011-02-30'"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان\tperson\t2012\t2011\t-\t-", "before the beginning"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان||علان\tperson\t-\t-\t-\t-", "empty member"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان|فلان\tperson\t-\t-\t-\t-", "stands twice"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلان\tperson\t-\t-\t-\tno_such_body", "parent 'no_such_body'"),
        ("actors/people.tsv", "some_one\tSYR GOV\tX\tفلا\u200fن\tperson\t-\t-\t-\t-", "U+200F"),
    ],
)
def test_faults(data: Path, table: str, row: str, fault: str) -> None:
    path = data / table
    text = path.read_text("utf-8").rstrip("\n") + "\n"
    path.write_text(text + row + "\n", "utf-8")
    line = text.count("\n") + 1
    found = [f for f in lint(data) if (f.file, f.line) == (path.name, line)]
    assert any(fault in f.fault for f in found), found
    assert str(found[0]).startswith(f"{path.name}:{line}: ")


def test_wrong_columns_and_missing_tables(data: Path) -> None:
    (data / "cues.tsv").unlink()
    verbs = data / "verbs.tsv"
    verbs.write_text(verbs.read_text("utf-8").replace("lemma", "word", 1), "utf-8")
    found = [str(f) for f in lint(data)]
    assert any(f.startswith("cues.tsv:0: missing") for f in found)
    assert any(f.startswith("verbs.tsv:1: columns word forms role; expected lemma forms role") for f in found)
