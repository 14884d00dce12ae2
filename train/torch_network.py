"""The network in PyTorch behind the reader's protocol, for measuring before it is exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from khabar.engines.learned.decode import Floats, Scores
from khabar.engines.learned.network import Ints
from network import Reader, Shape


class TorchNetwork:
    """Runs a trained module as it is."""

    def __init__(self, module: Reader) -> None:
        self.module = module.eval()

    @torch.no_grad()
    def words(self, ids: Ints, member: Floats, evidence: Floats) -> tuple[Floats, Scores]:
        x = self.module.encode(*(torch.from_numpy(np.ascontiguousarray(a))[None] for a in (ids, member, evidence)))
        return x[0].numpy(), {k: v[0].numpy() for k, v in self.module.words(x, torch.from_numpy(evidence)[None]).items()}

    @torch.no_grad()
    def links(self, vectors: Floats, acts: Ints, distance: Ints, votes: Floats) -> Floats:
        return np.asarray(self.module.links(*map(torch.from_numpy, (vectors, acts, distance, votes))))

    @torch.no_grad()
    def same(self, vectors: Floats, extra: Floats) -> Floats:
        return np.asarray(self.module.same(torch.from_numpy(vectors), torch.arange(len(vectors)), torch.from_numpy(extra)))


def load(path: Path, encoder: Any) -> Reader:
    """A trained module from `latest.pt` or `reader.pt`."""
    saved = torch.load(path, weights_only=True)
    module = Reader(encoder, Shape(**saved["shape"]))
    module.load_state_dict(saved["state"])
    return module
