"""The network in PyTorch behind the reader's protocol, to compare what is exported with."""

from __future__ import annotations

import numpy as np
import torch

from khabar.engines.learned.decode import Floats, Scores
from khabar.engines.learned.network import Ints
from network import Reader


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
