"""Training the learned reader, on an encoder of random weights. Needs what `make setup-train` installs; run by `make test-train`."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not here; `make test-train` runs these")
sys.path.insert(0, str(Path(__file__).parents[2] / "train"))

from articles import SHELLING  # noqa: E402
from batches import batch  # noqa: E402
from encoder import BLOCK, Encoder, _quantised, useful  # noqa: E402
from examples import Example, Maker  # noqa: E402
from khabar.engines.learned.decode import Bounds, Calibration  # noqa: E402
from khabar.engines.learned.labels import TYPES  # noqa: E402
from khabar.engines.learned.pieces import Pieces  # noqa: E402
from khabar.engines.learned.reader import LearnedReader  # noqa: E402
from khabar.engines.rules import RuleReader  # noqa: E402
from khabar.model import Document  # noqa: E402
from khabar.segment import sentences  # noqa: E402
from losses import losses, total  # noqa: E402
from network import Reader, Shape  # noqa: E402
from torch_network import TorchNetwork  # noqa: E402

LETTERS = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآ.,،"]
WIDTH = 48


def random_encoder() -> Encoder:
    generator = torch.Generator().manual_seed(3)

    def draw(*shape: int) -> Any:
        return torch.randn(*shape, generator=generator) * 0.1

    tensors = {
        "emb.word": draw(len(LETTERS), WIDTH),
        "emb.pos": draw(512, WIDTH),
        "emb.type": draw(WIDTH),
        "emb.ln.w": torch.ones(WIDTH),
        "emb.ln.b": draw(WIDTH),
    }
    for name, (rows, columns) in {
        "q": (WIDTH, WIDTH),
        "k": (WIDTH, WIDTH),
        "v": (WIDTH, WIDTH),
        "ao": (WIDTH, WIDTH),
        "fi": (96, WIDTH),
        "fo": (WIDTH, 96),
    }.items():
        tensors |= {f"l0.{name}.w": draw(rows, columns), f"l0.{name}.b": draw(rows)}
    tensors |= {f"l0.{n}.{p}": torch.ones(WIDTH) if p == "w" else torch.zeros(WIDTH) for n in ("aln", "oln") for p in "wb"}
    return Encoder(LETTERS, [-1.0] * len(LETTERS), tensors, 1, 12)


@pytest.fixture(scope="module")
def net() -> Reader:
    torch.manual_seed(0)
    return Reader(random_encoder(), Shape(layers=1, dropout=0.0)).eval()


@pytest.fixture(scope="module")
def example() -> Example:
    """The shelling article with the rule reader's own mentions as answers."""
    maker = Maker(Pieces(LETTERS, [-1.0] * len(LETTERS)))
    mentions = [m.record() for m in RuleReader().read(Document(SHELLING, "a"), sentences(SHELLING))]
    (made,) = maker.examples({"id": "a", "text": SHELLING, "published": None, "outlet": None, "mentions": mentions})
    return made


def test_an_untrained_network_says_what_the_grammar_says(net: Reader, example: Example) -> None:
    b = batch([example])
    with torch.no_grad():
        scores = net.words(net.encode(b.ids, b.member, b.evidence), b.evidence)["type"][0]
    acts = {a.at - example.window.first: TYPES.index(a.type) for a in example.acts}  # type: ignore[arg-type]
    named = {int(k): int(scores[k, : len(TYPES)].argmax()) for k in acts}
    assert acts
    assert sum(named[k] == acts[k] for k in acts) >= 0.8 * len(acts)
    assert (scores[[k for k in range(len(scores)) if k not in acts]].argmax(-1) == len(TYPES)).float().mean() > 0.9


def test_losses_are_told_for_every_question_and_sink(example: Example) -> None:
    learner = Reader(random_encoder(), Shape(layers=1, dropout=0.0))
    optimizer = torch.optim.AdamW([p for p in learner.parameters() if p.requires_grad], 3e-3)
    b, seen = batch([example]), []
    for _ in range(25):
        found = losses(learner, b)
        seen.append(float(total(found).detach()))
        total(found).backward()
        optimizer.step()
        optimizer.zero_grad()
    assert {"type", "status", "modes", "links", "ends", "kind", "sector", "same"} <= set(found)
    assert seen[-1] < 0.5 * seen[0]


def test_padding_changes_no_answer(net: Reader, example: Example) -> None:
    alone, padded = batch([example]), batch([example])
    padded.ids = torch.nn.functional.pad(padded.ids, (0, 9), value=1)
    padded.member = torch.nn.functional.pad(padded.member, (0, 9))
    with torch.no_grad():
        a, b = (net.encode(x.ids, x.member, x.evidence) for x in (alone, padded))
    assert torch.allclose(a, b, atol=1e-4)


def test_the_exported_graphs_answer_alike(net: Reader, example: Example, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from export_reader import main, restore
    from khabar.engines.learned.model import load_model

    saved = {"state": net.state_dict(), "shape": {"layers": 1, "link": 192, "key": 48, "dropout": 0.0}, "about": {}}
    torch.save({**saved, "pieces": LETTERS, "scores": [-1.0] * len(LETTERS)}, tmp_path / "reader.pt")
    restored, _ = restore(tmp_path / "reader.pt")
    sys_argv, sys.argv = sys.argv, ["export_reader.py", str(tmp_path / "reader.pt"), "-o", str(tmp_path / "model"), "--float"]
    try:
        main()
    finally:
        sys.argv = sys_argv
    exported, w = load_model(tmp_path / "model"), example.window
    inputs = (np.array(w.ids, dtype=np.int64), batch([example]).member[0].numpy(), example.evidence)
    (x, mine), (y, theirs) = TorchNetwork(restored).words(*inputs), exported.network.words(*inputs)
    assert np.allclose(x, y, atol=1e-3)
    assert all(np.allclose(mine[k], theirs[k], atol=1e-2) for k in mine)
    reader = LearnedReader(exported.network, exported.pieces, Bounds(), Calibration({}))
    assert reader.read(Document(SHELLING, "a"), sentences(SHELLING))


def test_blocks_of_four_bits_are_read_back() -> None:
    nibbles = np.arange(BLOCK) % 16
    raw = np.float16(0.5).tobytes() + bytes(int(a) | int(b) << 4 for a, b in zip(nibbles[:16], nibbles[16:], strict=True))
    assert np.allclose(_quantised(raw, 0, 1, BLOCK, None).numpy()[0], (nibbles - 8) * 0.5)


@pytest.mark.parametrize(("piece", "kept"), [("▁قصف", True), ("12", True), ("▁UN", True), ("▁government", False), ("政府", False), ("،", True)])
def test_the_vocabulary_is_that_of_arabic_news(piece: str, kept: bool) -> None:
    assert useful(piece) is kept


def test_batches_are_the_same_for_the_same_seed(example: Example) -> None:
    one, other = (batch([example], random.Random(4), blank=0.3) for _ in range(2))
    assert torch.equal(one.ids, other.ids)
    assert not torch.equal(one.ids, batch([example]).ids)
