"""Batches of examples as tensors: what the network is given, and the answers it should give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from examples import Act, Example
from khabar.engines.learned.evidence import NAMES, ROLES
from khabar.engines.learned.labels import COUNT_ROLES, CUE_REACH, GROUP_OF, LONGEST, MODES, SECTORS, SOURCE_KINDS, STATUSES, TYPES, distances
from khabar.engines.learned.pieces import PADDING, UNKNOWN
from khabar.engines.learned.windows import member_of

IGNORED = -100
_MODE_AT = {pair: i for i, pair in enumerate(MODES)}


@dataclass
class Pairs:
    """What is asked about the acts of one window: acts by word number within it."""

    acts: Tensor
    distance: Tensor
    votes: Tensor
    links: Tensor
    extra: Tensor
    same: Tensor


@dataclass
class Batch:
    """Windows padded to one length: `types` [B, W] with IGNORED where a word is not the window's own; the other answers by (row, word)."""

    ids: Tensor
    member: Tensor
    evidence: Tensor
    types: Tensor
    acts: Tensor
    status: Tensor
    modes: Tensor
    ends: Tensor
    cues: Tensor
    kinds: Tensor
    counts: Tensor
    sectors: Tensor
    pairs: list[Pairs]


def batches(examples: Sequence[Example], pieces: int, rng: random.Random | None, blank: float = 0.0, deaf: float = 0.0) -> Iterator[Batch]:
    """The examples in batches of about `pieces` pieces, of like length together; shuffled where `rng` is given. `blank` is the share of
    pieces made unknown, `deaf` the share of windows without evidence."""
    order = sorted(range(len(examples)), key=lambda i: (len(examples[i].window.ids) + (rng.uniform(-40, 40) if rng else 0), i))
    groups: list[list[int]] = [[]]
    for i in order:
        longest = max([len(examples[i].window.ids), *(len(examples[k].window.ids) for k in groups[-1])])
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield batch([examples[i] for i in group], rng, blank, deaf)


def batch(group: Sequence[Example], rng: random.Random | None = None, blank: float = 0.0, deaf: float = 0.0) -> Batch:
    length, words = max(len(e.window.ids) for e in group), max(e.window.last - e.window.first for e in group)
    ids = torch.full((len(group), length), PADDING)
    member, evidence = torch.zeros(len(group), words, length), torch.zeros(len(group), words, len(NAMES))
    types = torch.full((len(group), words), IGNORED)
    rows: dict[str, list[tuple[int, ...]]] = {k: [] for k in ("acts", "ends", "cues", "kinds", "counts", "sectors")}
    status, modes, pairs = [], [], []
    for b, e in enumerate(group):
        w = e.window
        n = w.last - w.first
        ids[b, : len(w.ids)] = torch.tensor([UNKNOWN if rng and x > UNKNOWN and rng.random() < blank else x for x in w.ids])
        member[b, :n, : len(w.ids)] = torch.from_numpy(member_of(w.word_of, n, len(w.ids)))
        heard = not (rng and rng.random() < deaf)
        if heard:
            evidence[b, :n] = torch.from_numpy(e.evidence)
        types[b, w.own - w.first : n] = len(TYPES)
        for act in e.acts:
            types[b, act.at - w.first] = TYPES.index(act.type)  # type: ignore[arg-type]
            rows["acts"].append((b, act.at - w.first))
            status.append(STATUSES.index(act.status))  # type: ignore[arg-type]
            modes.append([float((act.type, m) in {(act.type, x) for x in act.modes} and t == act.type) for t, m in MODES])
            _spans(rows, b, act, e)
        pairs.append(_pairs(e, heard))
    tensors = {k: torch.tensor(sorted(set(v)) if k != "acts" else v, dtype=torch.long) for k, v in rows.items()}
    return Batch(ids, member, evidence, types, tensors["acts"], torch.tensor(status), torch.tensor(modes), tensors["ends"], tensors["cues"],
                 tensors["kinds"], tensors["counts"], tensors["sectors"], pairs)  # fmt: skip


def _spans(rows: dict[str, list[tuple[int, ...]]], b: int, act: Act, e: Example) -> None:
    first, last = e.window.first, e.window.last
    for role, start, end, told in act.spans:
        if not first <= start < last:
            continue
        at = start - first
        rows["ends"].append((b, at, GROUP_OF[role], min(end - start, LONGEST) - 1))
        name = ROLES[role]
        if name in ("actors", "recipients"):
            sector = [*told["code"].split(), "-"][1]
            rows["sectors"].append((b, at, SECTORS.index(sector) if sector in SECTORS else 0))
        elif name == "counts":
            rows["counts"].append((b, at, COUNT_ROLES.index(told["role"])))
        elif name == "sources":
            rows["kinds"].append((b, at, SOURCE_KINDS.index(told["kind"])))
            gap = None if told["cue_at"] is None else told["cue_at"] - start
            if gap is not None and abs(gap) <= CUE_REACH and first <= told["cue_at"] < last:
                rows["cues"].append((b, at, gap + CUE_REACH))


def _pairs(e: Example, heard: bool) -> Pairs:
    first, last = e.window.first, e.window.last
    acts = [a.at for a in e.acts]
    local = [a - first for a in acts]
    links = np.zeros((len(acts), last - first, len(ROLES)), dtype=np.float32)
    for row, act in enumerate(e.acts):
        for role, start, _, _ in act.spans:
            if first <= start < last:
                links[row, start - first, role] = 1
    votes, grammar = e.votes.links(acts, first, last), e.votes.same_event(acts)
    types = np.array([[float(a.type == b.type) for b in e.acts] for a in e.acts], dtype=np.float32).reshape(len(acts), len(acts))
    same = np.array([[float(a.event == b.event) for b in e.acts] for a in e.acts], dtype=np.float32).reshape(len(acts), len(acts))
    heard_as = np.float32(heard)
    return Pairs(
        torch.tensor(local, dtype=torch.long), torch.from_numpy(distances(local, e.votes.layout()[0][first:last])), torch.from_numpy(votes * heard_as),
        torch.from_numpy(links), torch.from_numpy(np.stack([types, grammar * heard_as], axis=-1)), torch.from_numpy(same),
    )  # fmt: skip
