"""The network of the learned reader in PyTorch: an encoder over pieces, evidence of the grammar added to its words, and a head for each question.

Shapes: B windows, L pieces, W words, T acts, F kinds of evidence, H width of the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from encoder import Encoder
from khabar.engines.learned.evidence import NAMES, ROLES
from khabar.engines.learned.labels import COUNT_ROLES, CUE_REACH, DISTANCES, GROUPS, LONGEST, MODES, SECTORS, SOURCE_KINDS, STATUSES, TYPES

EPS = 1e-12
SURE = 2.5  # log-odds that a vote of the grammar begins with


@dataclass(frozen=True)
class Shape:
    """What an experiment may vary."""

    layers: int = 12
    link: int = 192
    key: int = 48
    dropout: float = 0.1


class Layer(nn.Module):
    """A layer of the encoder: attention and a feed-forward network, each with its residual and norm after it."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, EPS)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, EPS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = fn.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(b, n, width)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(fn.gelu(self.up(x)))))


class Reader(nn.Module):
    """Everything the reader asks of an article. `words` answers for each word, `links` for pairs of an act and a word, `same` for pairs of acts."""

    def __init__(self, encoder: Encoder, shape: Shape, *, bare: bool = False) -> None:
        super().__init__()
        self.shape = shape
        width, inner = encoder.tensors["l0.fi.w"].shape[1], encoder.tensors["l0.fi.w"].shape[0]
        self.pieces = nn.Embedding.from_pretrained(encoder.tensors["emb.word"].clone(), freeze=True)
        self.positions = nn.Parameter(encoder.tensors["emb.pos"] + encoder.tensors["emb.type"].view(-1)[:width])
        self.norm = nn.LayerNorm(width, EPS)
        self.layers = nn.ModuleList(Layer(width, inner, encoder.heads, shape.dropout) for _ in range(shape.layers))
        if not bare:
            self.norm.load_state_dict({"weight": encoder.tensors["emb.ln.w"], "bias": encoder.tensors["emb.ln.b"]})
            for i, layer in enumerate(self.layers):
                layer.load_state_dict(_layer_state(encoder, i))
        self.evidence_in = nn.Linear(len(NAMES), width, bias=False)
        nn.init.zeros_(self.evidence_in.weight)
        self.evidence_out = nn.Linear(len(NAMES), width)
        self.word_norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(shape.dropout)
        self.act = nn.Linear(width, width)
        self.act_type, self.act_status, self.act_modes = nn.Linear(width, len(TYPES) + 1), nn.Linear(width, len(STATUSES)), nn.Linear(width, len(MODES))
        self.type_votes = nn.Linear(len(NAMES), len(TYPES) + 1, bias=False)
        self.status_votes = nn.Linear(len(NAMES), len(STATUSES), bias=False)
        self.mode_votes = nn.Linear(len(NAMES), len(MODES), bias=False)
        self.end_query, self.end_key = nn.Linear(width, len(GROUPS) * shape.key), nn.Linear(width, shape.key)
        self.end_offset = nn.Parameter(torch.randn(LONGEST, shape.key) * 0.02)
        self.end_prior = nn.Parameter(torch.zeros(LONGEST, len(GROUPS)))
        self.cue_query, self.cue_key = nn.Linear(width, shape.key), nn.Linear(width, shape.key)
        self.cue_prior = nn.Parameter(torch.zeros(2 * CUE_REACH + 1))
        self.kind, self.count, self.sector = nn.Linear(width, len(SOURCE_KINDS)), nn.Linear(width, len(COUNT_ROLES)), nn.Linear(width, len(SECTORS))
        self.link_act, self.link_word = nn.Linear(width, shape.link), nn.Linear(width, shape.link)
        self.link_distance = nn.Embedding(DISTANCES, shape.link)
        self.link_votes = nn.Linear(len(ROLES), shape.link, bias=False)
        self.link_out = nn.Linear(shape.link, len(ROLES))
        self.link_query, self.link_key = nn.Linear(width, len(ROLES) * shape.key), nn.Linear(width, len(ROLES) * shape.key)
        self.same_act = nn.Linear(width, shape.link)
        self.same_extra = nn.Linear(2, shape.link)
        self.same_out = nn.Linear(shape.link, 1)
        self.link_shortcut = nn.Linear(len(ROLES), len(ROLES), bias=False)
        self.same_shortcut = nn.Linear(2, 1, bias=False)
        self._begin_with_grammar()

    @torch.no_grad()
    def _begin_with_grammar(self) -> None:
        """Before it has learned anything the network says, less surely, what the grammar says."""
        modes = [f"{kind} {mode}" for kind, mode in MODES]
        for votes, labels, word in ((self.type_votes, TYPES, "act"), (self.status_votes, STATUSES, "status"), (self.mode_votes, modes, "mode")):
            votes.weight.zero_()
            for i, label in enumerate(labels):
                votes.weight[i, NAMES.index(f"{word} {label}")] = SURE
        self.link_shortcut.weight.copy_(torch.eye(len(ROLES)) * SURE * 2)
        self.same_shortcut.weight.copy_(torch.tensor([[1.0, SURE]]))
        self.act_type.bias[len(TYPES)] = SURE
        self.act_modes.bias.fill_(-SURE)
        self.link_out.bias.fill_(-2 * SURE)
        self.same_out.bias.fill_(-SURE)

    def encode(self, ids: Tensor, member: Tensor, evidence: Tensor) -> Tensor:
        """ids [B, L]; member [B, W, L], 1 where a piece belongs to a word, empty for padding; evidence [B, W, F] -> [B, W, H]."""
        bias = torch.zeros(ids.shape, dtype=torch.float32).masked_fill(ids == 1, -1e4)[:, None, None, :]
        x = self.pieces(ids) + self.positions[: ids.shape[1]] + member.transpose(1, 2) @ self.evidence_in(evidence)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        words = member @ x / member.sum(-1, keepdim=True).clamp(min=1)
        words = self.word_norm(words + self.evidence_out(evidence))
        return self.dropout(words)

    def words(self, x: Tensor, evidence: Tensor) -> dict[str, Tensor]:
        """[..., W, H], [..., W, F] -> logits for every word; `ends` [..., W, LONGEST, groups], `cues` [..., W, 2 * CUE_REACH + 1]."""
        act = fn.gelu(self.act(x))
        return {
            "type": self.act_type(act) + self.type_votes(evidence), "status": self.act_status(act) + self.status_votes(evidence),
            "modes": self.act_modes(act) + self.mode_votes(evidence), "ends": self._ends(x), "cues": self._cues(x),
            "kind": self.kind(x), "count": self.count(x), "sector": self.sector(x),
        }  # fmt: skip

    def _ends(self, x: Tensor) -> Tensor:
        n, key = x.shape[-2], self.shape.key
        query = self.end_query(x).view(*x.shape[:-1], len(GROUPS), key)
        keys = fn.pad(self.end_key(x), (0, 0, 0, LONGEST))
        ahead = torch.stack([keys[..., k : k + n, :] + self.end_offset[k] for k in range(LONGEST)], dim=-2)
        return (ahead @ query.transpose(-1, -2)) / key**0.5 + self.end_prior

    def _cues(self, x: Tensor) -> Tensor:
        n = x.shape[-2]
        keys = fn.pad(self.cue_key(x), (0, 0, CUE_REACH, CUE_REACH))
        around = torch.stack([keys[..., k : k + n, :] for k in range(2 * CUE_REACH + 1)], dim=-2)
        return (around @ self.cue_query(x).unsqueeze(-1)).squeeze(-1) / self.shape.key**0.5 + self.cue_prior

    def links(self, x: Tensor, acts: Tensor, distance: Tensor, votes: Tensor) -> Tensor:
        """x [W, H], acts [T], distance [T, W], votes [T, W, roles] -> logits [T, W, roles]."""
        chosen = x[acts]
        hidden = self.link_act(chosen)[:, None] + self.link_word(x)[None] + self.link_distance(distance) + self.link_votes(votes)
        query = self.link_query(chosen).view(-1, len(ROLES), self.shape.key).transpose(0, 1)
        key = self.link_key(x).view(-1, len(ROLES), self.shape.key).permute(1, 2, 0)
        return self.link_out(fn.gelu(hidden)) + (query @ key).permute(1, 2, 0) / self.shape.key**0.5 + self.link_shortcut(votes)

    def same(self, x: Tensor, acts: Tensor, extra: Tensor) -> Tensor:
        """x [W, H], acts [T], extra [T, T, 2] (same type, same event by the grammar) -> logits [T, T]."""
        a = self.same_act(x[acts])
        hidden = a[:, None] * a[None] + (a[:, None] - a[None]).abs() + self.same_extra(extra)
        return (self.same_out(fn.gelu(hidden)) + self.same_shortcut(extra)).squeeze(-1)


def _layer_state(encoder: Encoder, i: int) -> dict[str, Tensor]:
    """The weights of a layer of the encoder under the names they have here."""
    t = encoder.tensors
    parts = ("weight", "bias")
    state = {f"qkv.{p}": torch.cat([t[f"l{i}.{x}.{p[0]}"] for x in "qkv"]) for p in parts}
    names = {"out": "ao", "up": "fi", "down": "fo", "norm": "aln", "norm2": "oln"}
    return state | {f"{mine}.{p}": t[f"l{i}.{theirs}.{p[0]}"] for mine, theirs in names.items() for p in parts}
