"""`khabar review` and `khabar compare`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar import open_store, review
from khabar.cli.main import main
from records import MARCH, RAID


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of three articles of two outlets in the folder that is the current one."""
    texts = {"a": (RAID, "alif"), "b": (RAID.replace("ثلاثة", "خمسة"), "ba"), "c": (MARCH, "ba")}
    lines = [json.dumps({"id": k, "text": t, "published": "2020-01-10", "outlet": o}, ensure_ascii=False) for k, (t, o) in texts.items()]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["collect", "news.jsonl", "--engine", "rules"]) == 0
    return tmp_path


def out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def code_all(coder: str, batch: str, *, reject: int = 0) -> None:
    """Accept everything a coder is given, but the first so many."""
    with open_store("khabar.db") as store:
        for i, item in enumerate(review.queue(store, coder=coder, batch=batch, limit=100)):
            review.decide(store, coder, "reject" if i < reject else "accept", item.reading.mention_id, expected=item.expected)


def test_double_coding_from_assigning_to_closing(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stored / "ids.txt").write_text("a\nb\n", "utf-8")
    made = json.loads(out(capsys, "review", "assign", "week 1", "--coders", "ann, ben", "--articles", "ids.txt", "--json"))
    assert (made["articles"], made["coders"], made["blind"]) == (["a", "b"], ["ann", "ben"], True)
    assert out(capsys, "review", "agreement", "week 1", code=1).startswith("0 articles")
    code_all("ann", "week 1")
    code_all("ben", "week 1", reject=1)
    told = out(capsys, "review", "agreement", "week 1", "--bootstrap", "20")
    assert "2 articles coded by at least two" in told
    assert "alpha event" in told
    alphas = json.loads(out(capsys, "review", "agreement", made["batch_id"], "--json"))["alpha"]
    assert (alphas["event"], alphas["type"]) == ({"alpha": 0.0, "units": 2, "values": 4}, {"alpha": None, "units": 1, "values": 2})
    assert "ann 2 of 2 articles" in out(capsys, "review", "progress").replace("\u2068", "").replace("\u2069", "")
    assert "closed" in out(capsys, "review", "close", "week 1")
    assert main(["review", "agreement", "nowhere"]) == 2


def test_reviewed_articles_are_written_to_train_on(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out(capsys, "review", "export", code=1)
    out(capsys, "review", "assign", "open", "--coders", "ann", "--seen", "--limit", "2")
    code_all("ann", "open")
    assert main(["review", "export", "-o", "lines.jsonl"]) == 0
    lines = [json.loads(x) for x in (stored / "lines.jsonl").read_text("utf-8").splitlines()]
    assert [(x["id"], x["mentions"][0]["type"]) for x in lines] == [("a", "ASSAULT"), ("b", "ASSAULT")]
    assert json.loads(out(capsys, "review", "progress", "--json"))["reviewed"] == 2
    out(capsys, "review", "export", "--complete", code=1)
    out(capsys, "judge", "complete", "a", "--who", "ann")
    assert len(out(capsys, "review", "export", "--complete").splitlines()) == 1


def test_judging_keeps_out_of_what_is_coded_blind(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out(capsys, "review", "assign", "week 1", "--coders", "ann,ben")
    event = json.loads(out(capsys, "events", "--type", "PROTEST", "--format", "jsonl"))["event_id"]
    assert main(["judge", "reject", event, "--who", "me"]) == 2
    assert "is coded blind" in capsys.readouterr().err
    out(capsys, "judge", "reject", event, "--who", "ann")
    assert out(capsys, "events", "--type", "PROTEST", "--format", "jsonl")


def test_two_outlets_are_compared(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raids = [json.loads(x)["event_id"] for x in out(capsys, "events", "--type", "ASSAULT", "--format", "jsonl").splitlines()]
    out(capsys, "judge", "same", *raids)
    out(capsys, "stories")
    told = out(capsys, "compare", "outlet:alif", "outlet:ba", "--since", "2020-01-01", "--until", "2020-01-31").replace("\u2068", "").replace("\u2069", "")
    assert "ba: 2 articles, 2 claims, 2 events, 1 that only this side tells" in told
    assert "1 events of both, 1 told differently" in told
    assert "killed: killed 3 actual | killed 5 actual" in told
    found = json.loads(out(capsys, "compare", "outlet:alif", "outlet:ba", "--json"))
    assert found["both"][0]["differ"] == ["killed"]
    assert main(["compare", "alif", "ba"]) == 2
