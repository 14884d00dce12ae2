"""The lexicon: its tables load, are sound, hold what was promised, and name the line of every fault."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from khabar.arabic.fold import fold
from khabar.lexicon import Condition, Element, load_lexicon
from khabar.lexicon.entries import NOUN_FRAME, VERB_FRAME, parse_conditions, parse_frame, parse_trigger
from khabar.lexicon.lint import lint
from khabar.lexicon.load import ACTOR_COLUMNS, COUNTRY_COLUMNS, MEDIA_COLUMNS, REPORT_COLUMNS, TRIGGER_COLUMNS
from khabar.lexicon.tables import DATA, Row, rows, tables
from khabar.model import LexiconFault
from khabar.model.ontology import TYPES

FOLDER = Path(str(DATA))
TABLES = sorted(FOLDER.rglob("*.tsv"))


def table(path: Path, columns: tuple[str, ...], *lines: str) -> Path:
    """A table with a comment, an empty line and the lines given, which begin in line 4."""
    path.write_text("\n".join(("\t".join(columns), "# a comment", "", *lines)) + "\n", "utf-8")
    return path


def trigger_row(cells: str) -> Row:
    """The row of a trigger table from cells parted by spaces, `_` for a space inside a cell; the missing ones are empty."""
    values = [c.replace("_", " ") for c in cells.split()]
    values += ["-"] * (len(TRIGGER_COLUMNS) - len(values))
    return Row("assault.tsv", 7, {c: "" if v == "-" else v for c, v in zip(TRIGGER_COLUMNS, values, strict=True)})


def test_the_tables_lint_clean() -> None:
    assert [str(f) for f in lint()] == []


def test_all_types_have_triggers() -> None:
    by_type = Counter(t.type for t in load_lexicon().triggers)
    assert set(by_type) == set(TYPES)
    assert min(by_type.values()) >= 30
    assert by_type.total() >= 1500


def test_reporting_words() -> None:
    found = list(rows(DATA / "reporting.tsv", REPORT_COLUMNS))
    assert len({row["lemma"] for row in found}) >= 200
    assert {row["act"] for row in found} >= {"say", "deny", "relay", "claim", "add", "attribute", "told", "document"}


def test_actors() -> None:
    found = [row for path in tables("actors") for row in rows(path, ACTOR_COLUMNS)]
    assert len({row["id"] for row in found}) >= 600
    assert sum(bool(row["from"]) for row in found) >= 100


def test_countries() -> None:
    found = [row["iso3"] for row in rows(DATA / "countries.tsv", COUNTRY_COLUMNS)]
    assert len(set(found)) == len(found) >= 190


def test_every_country_has_its_people() -> None:
    found = list(rows(DATA / "countries.tsv", COUNTRY_COLUMNS))
    assert [row["iso3"] for row in found if not row["adjective"]] == []


def test_media_and_agencies() -> None:
    assert len(list(rows(DATA / "media.tsv", MEDIA_COLUMNS))) >= 200


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_no_line_stands_twice(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip() and not line.startswith("#")]
    assert len(lines) > 1
    assert [line for line, n in Counter(lines).items() if n > 1] == []


def test_no_trigger_has_two_types_for_the_same_reading() -> None:
    """Two rows that match under the same conditions would leave the type to chance."""
    senses: dict[tuple[str, str, str, str], set[str]] = {}
    for path in tables("triggers"):
        for row in rows(path, TRIGGER_COLUMNS):
            senses.setdefault((row["lemma"], row["pos"], row["if"], row["unless"]), set()).add(row["type"])
    assert {key[0]: types for key, types in senses.items() if len(types) > 1} == {}


@pytest.mark.parametrize(
    ("form", "lemma", "kind"),
    [
        ("قصفت", "قصف", "perfect"),
        ("سيطالب", "", ""),
        ("يطالبون", "طالب", "imperfect"),
        ("مظاهرات", "مظاهرة", "noun"),
        ("اعتقالات", "اعتقال", "noun"),
        ("هوجم", "هاجم", "perfect"),
    ],
)
def test_forms_lead_to_their_lemma(form: str, lemma: str, kind: str) -> None:
    found = {(lexeme.key, f.kind) for lexeme, f in load_lexicon().forms.get(fold(form), ())}
    if lemma:
        assert (fold(lemma), kind) in found
    else:
        assert found == set()  # clitics are taken off elsewhere


def test_the_lexicon_is_built_once() -> None:
    assert load_lexicon() is load_lexicon()


@pytest.mark.parametrize(
    ("name", "medium"), [("رويترز", "Reuters"), ("وكالة رويترز", "Reuters"), ("صحيفة الأهرام", "Al-Ahram"), ("Reuters", "Reuters"), ("جريدة لا وجود لها", "")]
)
def test_outlets_are_known_by_their_names(name: str, medium: str) -> None:
    assert load_lexicon().outlet(name) == (f"media:{medium}" if medium else "")


# Rows, frames, conditions, phrases


def test_rows_skip_comments_and_read_lists(tmp_path: Path) -> None:
    path = table(tmp_path / "assault.tsv", TRIGGER_COLUMNS, "قصف\tv\tيقصف|قصف\tASSAULT\t-\t-\t-\t-")
    (row,) = rows(path, TRIGGER_COLUMNS)
    assert (row.file, row.line) == ("assault.tsv", 4)
    assert row.list("forms") == ("يقصف", "قصف")
    assert row["modes"] == ""
    assert row.list("modes") == ()


def test_windows_line_ends_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "function.tsv"
    path.write_bytes("word\tclass\r\nمن\tprep\r\n".encode())
    assert [row["class"] for row in rows(path, ("word", "class"))] == ["prep"]


def test_a_frame_is_slots_and_roles() -> None:
    row = trigger_row("قصف v يقصف ASSAULT")
    assert parse_frame("s:A,o:R/P,على:C", VERB_FRAME, row) == {"s": "A", "o": "RP", "علي": "C"}
    assert parse_frame("", NOUN_FRAME, row) == NOUN_FRAME


@pytest.mark.parametrize(
    ("cell", "conditions"),
    [
        ("next=على|عن", (Condition("next", False, frozenset({"علي", "عن"})),)),
        ("!prev=لم", (Condition("prev", True, frozenset({"لم"})),)),
        ("sent=مباراة & def=yes", (Condition("sent", False, frozenset({"مباراه"})), Condition("def", False, frozenset({"yes"})))),
        ("", ()),
    ],
)
def test_conditions(cell: str, conditions: tuple[Condition, ...]) -> None:
    assert parse_conditions(cell, trigger_row("قصف v يقصف ASSAULT")) == conditions


def test_a_verb_with_everything() -> None:
    t = parse_trigger(trigger_row("قصف v يقصف|قصف ASSAULT heavy-weapons s:A,o:R/P next=على sent=إعلامي_;_prev=لم_&_def=no"))
    assert (t.pos, t.type, t.modes, t.forms) == ("v", "ASSAULT", ("heavy-weapons",), ("يقصف", "قصف"))
    assert t.frame == {"s": "A", "o": "RP"}
    assert [c.op for c in t.when] == ["next"]
    assert [[c.op for c in way] for way in t.unless] == [["sent"], ["prev", "def"]]
    assert t.origin == "assault.tsv:7"


def test_default_frames() -> None:
    assert parse_trigger(trigger_row("قصف v يقصف ASSAULT")).frame == VERB_FRAME
    assert parse_trigger(trigger_row("غارة n غارات ASSAULT")).frame == NOUN_FRAME


def test_content_slots() -> None:
    assert parse_trigger(trigger_row("دعا v يدعو|دعوة REQUEST - s:A,o:R,إلى:C")).content == ("الي",)


def test_a_phrase_is_words_around_its_trigger() -> None:
    t = parse_trigger(trigger_row("<ألقى>_.._[القبض]_على - COERCE".replace(" - ", " x - ")))
    assert t.before == (Element("القي", verb=True), Element("", gap=True))
    assert t.bracket == (Element("القبض"),)
    assert t.after == (Element("علي"),)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("قصف q يقصف ASSAULT", "pos 'q'"),
        ("قصف v يقصف BATTLE", "type 'BATTLE'"),
        ("قصف v يقصف ASSAULT arrest", "ASSAULT has no mode 'arrest'"),
        ("قصف v قصف ASSAULT", "without its imperfect"),
        ("قصف v - ASSAULT", "without its imperfect"),
        ("قصف v يقصف ASSAULT - s:Z", "frame 's:Z'"),
        ("قصف v يقصف ASSAULT - A", "frame 'A'"),
        ("قصف v يقصف ASSAULT - - near=على", "condition 'near=على'"),
        ("قصف v يقصف ASSAULT - - next=", "condition 'next='"),
        ("قصف v يقصف ASSAULT - - obj=طفل", "obj takes"),
        ("قصف v يقصف ASSAULT - - - next", "condition 'next'"),
        ("القبض_على x - COERCE", "one trigger in square brackets"),
        ("[القبض]_[على] x - COERCE", "one trigger in square brackets"),
        ("[_] x - COERCE", "one trigger in square brackets"),
    ],
)
def test_faults_of_a_trigger_name_file_and_line(cells: str, fault: str) -> None:
    with pytest.raises(LexiconFault) as caught:
        parse_trigger(trigger_row(cells))
    assert str(caught.value).startswith("assault.tsv:7: ")
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("line", "fault"), [("قصف\tv", "assault.tsv:4: 2 cells; expected 8"), ("\t".join("قصف v يقصف ASSAULT - - - - -".split()), "assault.tsv:4: 9 cells")]
)
def test_lines_of_another_width_are_refused(tmp_path: Path, line: str, fault: str) -> None:
    path = table(tmp_path / "assault.tsv", TRIGGER_COLUMNS, line)
    with pytest.raises(LexiconFault, match=fault):
        list(rows(path, TRIGGER_COLUMNS))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "media.tsv", ("name", "english"), "رويترز\tReuters")
    with pytest.raises(LexiconFault, match=r"media\.tsv:1: columns name english; expected name english country variants"):
        list(rows(path, MEDIA_COLUMNS))
