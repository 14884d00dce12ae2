"""The parts of the learned reader that need no model, and the loading of models."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import PROTEST, SHELLING
from khabar import Coder, Document
from khabar.engines.learned.decode import Bounds, Calibration, Found, Grammar, acts, attach, number_events
from khabar.engines.learned.evidence import NAMES, ROLES, Votes
from khabar.engines.learned.labels import COUNT_ROLES, CUE_REACH, DISTANCES, GROUPS, LONGEST, MODES, SECTORS, SOURCE_KINDS, STATUSES, TYPES, distances
from khabar.engines.learned.model import GRAPHS, VOCABULARY, ModelFault, load_model
from khabar.engines.learned.pieces import MAX_PIECES, START, UNKNOWN, Pieces
from khabar.engines.learned.windows import ROOM, cut, member_of
from khabar.engines.rules import RuleReader
from khabar.engines.rules.values import Ground, named_place
from khabar.segment import sentences
from models import needs_model

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
VOCABULARY_OF_TEN = [*SPECIAL, START, "ال", START + "ال", "جيش", "قصف", "ق", "ص", "ف", START + "و"]
DATA = files("khabar.engines.learned") / "data"


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(VOCABULARY_OF_TEN, [0, 0, 0, 0, -4, -3, -3, -2, -2, -6, -6, -6, -3])


@pytest.fixture(scope="module")
def rules() -> RuleReader:
    return RuleReader()


def votes(rules: RuleReader, text: str) -> Votes:
    read, drafts = rules.drafts(Document(text), sentences(text))
    return Votes(read, drafts, frozenset(rules.lexicon.casualties))


def test_a_word_is_cut_into_its_likeliest_pieces(pieces: Pieces) -> None:
    told = [VOCABULARY_OF_TEN[i] for i in pieces.word("الجيش", after_space=True)]
    assert told == [START + "ال", "جيش"]
    assert [VOCABULARY_OF_TEN[i] for i in pieces.word("وقصف", after_space=True)] == [START + "و", "قصف"]


def test_marks_and_stretching_change_no_piece(pieces: Pieces) -> None:
    assert pieces.word("قَصَفَ", after_space=False) == pieces.word("قـصـف", after_space=False) == pieces.word("قصف", after_space=False)


def test_a_letter_without_a_piece_is_unknown(pieces: Pieces) -> None:
    assert pieces.word("ض", after_space=False) == (UNKNOWN,)


@given(st.text(min_size=1, max_size=40), st.booleans())
def test_every_word_has_pieces(text: str, space: bool) -> None:
    found = Pieces(VOCABULARY_OF_TEN, [-1.0] * len(VOCABULARY_OF_TEN)).word(text, after_space=space)
    assert 1 <= len(found) <= MAX_PIECES
    assert all(UNKNOWN <= i < len(VOCABULARY_OF_TEN) for i in found)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60))
def test_windows_cover_every_word_once_and_fit(repeats: int) -> None:
    rules = RuleReader()
    text = "\n\n".join([SHELLING, *[PROTEST.partition("\n")[2].strip()] * repeats])
    v = votes(rules, text)
    windows = cut(v.sentences, Pieces(VOCABULARY_OF_TEN, [-1.0] * len(VOCABULARY_OF_TEN)))
    owned = [k for w in windows for k in range(w.own, w.last)]
    assert owned == list(range(len(v.starts)))
    for w in windows:
        assert len(w.ids) == len(w.word_of) <= ROOM + 2
        assert w.first <= w.own < w.last
        assert set(w.word_of) == {-1, *range(w.last - w.first)}
        assert member_of(w.word_of, w.last - w.first, len(w.ids)).sum() == len(w.ids) - 2


def test_a_sentence_too_long_for_a_window_keeps_every_word(rules: RuleReader) -> None:
    text = "عنوان\n\n" + "قصف الجيش " * 80 + "."
    windows = cut(votes(rules, text).sentences, Pieces([*SPECIAL, "غ"], [-1.0] * 5))
    assert all(len(w.ids) <= ROOM + 2 for w in windows)


def test_evidence_says_what_the_grammar_found(rules: RuleReader) -> None:
    v = votes(rules, SHELLING)
    table = v.words()
    assert table.shape == (len(v.starts), len(NAMES))
    assert set(np.unique(table)) <= {0.0, 1.0}
    at, draft = next(iter(v.acts.items()))
    assert table[at, NAMES.index(f"act {draft.sense.type}")] == 1
    links = v.links([at], 0, len(v.starts))
    assert {(ROLES[r], w) for w, r in zip(*np.nonzero(links[0]), strict=True)} == {(ROLES[r], first) for r, first, _ in v.spans[at]}


def test_distances_tell_side_and_sentence() -> None:
    table = distances([2], np.array([0, 0, 0, 1, 1]))
    assert table.shape == (1, 5)
    assert len(set(table[0].tolist())) == 5
    assert table.max() < DISTANCES
    assert distances([0], np.zeros(500, dtype=np.int64)).max() < DISTANCES


def scores(words: int) -> dict[str, np.ndarray]:
    shapes = {
        "type": len(TYPES) + 1,
        "status": len(STATUSES),
        "modes": len(MODES),
        "kind": len(SOURCE_KINDS),
        "count": len(COUNT_ROLES),
        "sector": len(SECTORS),
    }
    out = {k: np.zeros((words, n), dtype=np.float32) for k, n in shapes.items()}
    out["type"][:, len(TYPES)] = 9
    return out | {"ends": np.zeros((words, LONGEST, len(GROUPS)), dtype=np.float32), "cues": np.zeros((words, 2 * CUE_REACH + 1), dtype=np.float32)}


def found(words: int = 6, at: int = 2) -> tuple[list[Found], dict[str, np.ndarray]]:
    s = scores(words)
    s["type"][at, TYPES.index("ASSAULT")] = 20
    s["ends"][:, 1, :] = 5
    return acts(s, np.zeros((words, 4), dtype=np.float32), 0, 100, Bounds(), Grammar()), s


def test_a_likely_act_is_found_by_the_articles_number() -> None:
    (act,), _ = found()
    assert (act.at, act.type) == (102, "ASSAULT")
    assert act.p > 0.9


def test_the_grammar_lowers_the_bar_and_knows_what_is_to_come() -> None:
    s = scores(4)
    s["type"][1, [TYPES.index("ASSAULT"), len(TYPES)]] = 9.4, 9
    s["status"][1, STATUSES.index("actual")] = 3
    s["status"][1, STATUSES.index("planned")] = 2
    vectors, bounds = np.zeros((4, 4), dtype=np.float32), Bounds(act=0.4, alone=0.8)
    assert acts(s, vectors, 0, 100, bounds, Grammar()) == []
    (act,) = acts(s, vectors, 0, 100, bounds, Grammar(acts={101}))
    assert act.status == "actual"
    (act,) = acts(s, vectors, 0, 100, bounds, Grammar(acts={101}, coming={101}))
    assert act.status == "planned"


def test_nobody_is_both_actor_and_recipient_and_spans_do_not_overlap() -> None:
    (act,), s = found()
    links = np.full((1, 6, len(ROLES)), -9, dtype=np.float32)
    links[0, 0, :2] = 4, 2
    links[0, 3, 5], links[0, 4, 5] = 3, 2
    attach([act], links, s, np.full(6, 6), 100, Bounds())
    assert [(p.first, p.last) for p in act.pieces["actors"]] == [(100, 102)]
    assert act.pieces["recipients"] == []
    assert [p.first for p in act.pieces["sources"]] == [103]


def test_a_span_ends_with_its_sentence() -> None:
    (act,), s = found()
    links = np.full((1, 6, len(ROLES)), -9, dtype=np.float32)
    links[0, 2, 0] = 5
    attach([act], links, s, np.array([3, 3, 3, 6, 6, 6]), 100, Bounds())
    assert [(p.first, p.last) for p in act.pieces["actors"]] == [(102, 103)]


def test_events_join_acts_of_one_type_only() -> None:
    def act(kind: str, at: int) -> Found:
        return Found(at, kind, 0.9, "actual", 0.9, [], np.zeros(4, dtype=np.float32))  # type: ignore[arg-type]

    some = [act("ASSAULT", 1), act("PROTEST", 2), act("ASSAULT", 3)]
    number_events(some, lambda members: np.full((len(members), len(members)), 5, dtype=np.float32), Bounds())
    assert [a.event for a in some] == ["e1", "e2", "e1"]


@given(st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_calibration_keeps_order_and_stays_a_probability(p: float, slope: float, shift: float) -> None:
    calibrate = Calibration({"mention": (slope, shift)})
    assert 0 <= calibrate("mention", p) <= 1
    assert calibrate("mention", p) <= calibrate("mention", min(1.0, p + 0.1))
    assert calibrate("unknown", 0.5) == pytest.approx(0.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that are no graphs, described as they should be: hashes are looked at before anything is read."""
    contents = {name: f"{name}\t0\n".encode() for name in (*GRAPHS, VOCABULARY)}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "model.json").write_text(json.dumps({"files": {k: hashlib.sha256(v).hexdigest() for k, v in contents.items()}}))
    return tmp_path


@pytest.mark.parametrize("name", [*GRAPHS, VOCABULARY])
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + b"x")
    with pytest.raises(ModelFault, match=f"{name}: its SHA-256"):
        load_model(folder)


@pytest.mark.parametrize("name", [*GRAPHS, VOCABULARY, "model.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelFault, match=name):
        load_model(folder)


def test_a_description_without_hashes_is_refused(folder: Path) -> None:
    (folder / "model.json").write_text(json.dumps({"files": {}}))
    with pytest.raises(ModelFault, match="make model"):
        load_model(folder)


def test_the_model_is_small_and_says_what_it_learned_from() -> None:
    needs_model("learned")
    assert sum(len(p.read_bytes()) for p in DATA.iterdir()) <= 40e6
    about = load_model().about
    assert len(about["trained on"]["sha256"]) == 64
    assert about["trained on"]["articles"] > 500
    assert "MIT" in about["encoder"]


def test_a_bare_word_for_a_place_takes_up_the_one_told(coder: Coder) -> None:
    reader = coder._engine
    assert isinstance(reader, RuleReader)
    text = "اشتباكات في بلدة الرهد\nوقعت اشتباكات في مدينة الأبيض السودانية وبلدة الرهد. وقصف المسلحون البلدة ثم المدينة وسط البلاد."
    document = Document(text=text)
    read, _ = reader.drafts(document, sentences(text))
    ground = Ground.of(document, read, reader.lexicon, reader.gazetteer)
    told = read[-1]
    bare = {w.bare: k for k, w in enumerate(told.words) if w.bare in ("البلده", "المدينه", "البلاد")}
    names = {word: named_place(told, k, k + 1, ground).candidates[0] for word, k in bare.items()}
    assert {word: place.country for word, place in names.items()} == {"البلده": "SDN", "المدينه": "SDN", "البلاد": "SDN"}
    assert names["البلده"].name == "Er Rahad"
    assert names["المدينه"].kind in ("city", "town")
