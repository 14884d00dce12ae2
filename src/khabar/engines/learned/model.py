"""The model that ships: ONNX graphs and a vocabulary, loaded only if their hashes are those that `model.json` names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import onnxruntime

from khabar.engines.learned.decode import Bounds, Calibration, Floats, Scores
from khabar.engines.learned.network import Ints
from khabar.engines.learned.pieces import Pieces
from khabar.model import KhabarError

GRAPHS = ("words.onnx", "links.onnx", "same.onnx")
VOCABULARY = "pieces.tsv"


class ModelFault(KhabarError):
    """The model's files are missing, damaged or not the ones its description names."""


@dataclass(frozen=True)
class Model:
    """A loaded model: its network, vocabulary and bounds; `about` is its description."""

    network: OnnxNetwork
    pieces: Pieces
    bounds: Bounds
    calibration: Calibration
    about: dict[str, Any]


class OnnxNetwork:
    """Runs the graphs on the processor."""

    def __init__(self, graphs: dict[str, bytes], threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps what the longest article needed, and
        options.enable_mem_pattern = False  # patterns are kept for every shape, and each article has its own
        provider = ["CPUExecutionProvider"]
        self._words, self._links, self._same = (onnxruntime.InferenceSession(graphs[name], options, providers=provider) for name in GRAPHS)
        self._names = [o.name for o in self._words.get_outputs()]

    def words(self, ids: Ints, member: Floats, evidence: Floats) -> tuple[Floats, Scores]:
        out = dict(zip(self._names, self._words.run(None, {"ids": ids, "member": member, "evidence": evidence}), strict=True))
        return out.pop("vectors"), out

    def links(self, vectors: Floats, acts: Ints, distance: Ints, votes: Floats) -> Floats:
        found: Floats = self._links.run(None, {"vectors": vectors, "acts": acts, "distance": distance, "votes": votes})[0]
        return found

    def same(self, vectors: Floats, extra: Floats) -> Floats:
        found: Floats = self._same.run(None, {"vectors": vectors, "extra": extra})[0]
        return found


def load_model(folder: Traversable | None = None, threads: int = 1) -> Model:
    """The model of a folder, or the one that ships. Raises ModelFault where a file is missing or its SHA-256 is not the one described."""
    folder = files("khabar.engines.learned") / "data" if folder is None else folder
    try:
        about = json.loads((folder / "model.json").read_text("utf-8"))
        contents = {name: _checked(folder, name, about["files"][name]) for name in (*GRAPHS, VOCABULARY)}
    except (OSError, ValueError, KeyError) as error:
        raise ModelFault(f"no model that can be read in {folder} ({error}); make one with `make model`, or use the engine `rules`") from error
    rows = [line.split("\t") for line in contents.pop(VOCABULARY).decode("utf-8").rstrip("\n").split("\n")]
    pieces = Pieces([r[0] for r in rows], [float(r[1]) for r in rows])
    return Model(OnnxNetwork(contents, threads), pieces, _bounds(about.get("bounds")), Calibration(about.get("calibration", {})), about)


def _checked(folder: Traversable, name: str, expected: str) -> bytes:
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ModelFault(f"{name}: its SHA-256 is {found[:12]}…, model.json names {expected[:12]}…; install khabar again or make one with `make model`")
    return data


def _bounds(told: dict[str, Any] | None) -> Bounds:
    return Bounds(told["act"], told["alone"], told["mode"], tuple(told["role"]), told["same"]) if told else Bounds()
