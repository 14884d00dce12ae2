"""How far the network's answers are from the annotators'."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as fn

from batches import IGNORED, Batch
from khabar.engines.learned.labels import MODES, TYPES
from network import Reader

_OF_TYPE = torch.tensor([[float(t == kind) for kind, _ in MODES] for t in TYPES])
WEIGHTS = {"type": 1.0, "status": 0.6, "modes": 0.4, "links": 1.0, "ends": 0.3, "cues": 0.1, "kind": 0.15, "count": 0.1, "sector": 0.15, "same": 0.3}


def losses(net: Reader, b: Batch) -> dict[str, Tensor]:
    """The loss of each question, divided by the number of acts or spans that it is asked of."""
    x = net.encode(b.ids, b.member, b.evidence)
    out = net.words(x, b.evidence)
    acts = max(1, len(b.acts))
    found = {"type": fn.cross_entropy(out["type"].flatten(0, 1), b.types.flatten(), ignore_index=IGNORED, reduction="sum") / acts}
    if len(b.acts):
        row, at = b.acts.T
        found["status"] = fn.cross_entropy(out["status"][row, at], b.status)
        mask = _OF_TYPE[b.types[row, at]]
        found["modes"] = (fn.binary_cross_entropy_with_logits(out["modes"][row, at], b.modes, reduction="none") * mask).sum() / acts
    if len(b.ends):
        row, at, group, length = b.ends.T
        found["ends"] = fn.cross_entropy(out["ends"][row, at, :, group], length)
    for name, rows in (("cues", b.cues), ("kind", b.kinds), ("count", b.counts), ("sector", b.sectors)):
        if len(rows):
            found[name] = fn.cross_entropy(out[name][rows[:, 0], rows[:, 1]], rows[:, 2])
    return found | _pair_losses(net, b, x, acts)


def _pair_losses(net: Reader, b: Batch, x: Tensor, acts: int) -> dict[str, Tensor]:
    links, same, pairs = x.new_zeros(()), x.new_zeros(()), 0
    for row, p in enumerate(b.pairs):
        if not len(p.acts):
            continue
        words = x[row, : p.distance.shape[1]]
        links = links + fn.binary_cross_entropy_with_logits(net.links(words, p.acts, p.distance, p.votes), p.links, reduction="sum")
        if len(p.acts) > 1:
            upper = torch.triu(torch.ones_like(p.same), 1)
            loss = fn.binary_cross_entropy_with_logits(net.same(words, p.acts, p.extra), p.same, reduction="none") * upper * (0.1 + p.extra[:, :, 0])
            same, pairs = same + loss.sum(), pairs + len(p.acts)
    return {"links": links / acts, "same": same / max(1, pairs)}


def total(found: dict[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
