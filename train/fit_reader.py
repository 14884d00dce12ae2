"""Train the learned reader's network.

usage: fit_reader.py --train FOLDER... [--seen FOLDER...] -o DIR [--layers N] [--epochs N] [--seed N] ...

FOLDERs hold records with text (section 7 of the codebook); those given as --seen are the ones the lexicon was written from. DIR receives
`checkpoint.pt` after every epoch, from which the same command goes on, and at last `reader.pt`: averaged weights, shape, pieces and the hash of
the records. Seeded; two runs differ only by the order in which a machine adds its numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from batches import batches
from encoder import Encoder, read_encoder
from examples import Example, Maker, load_records
from khabar.engines.learned.pieces import Pieces
from losses import losses, total
from network import Reader, Shape
from votes import judges

AVERAGE = 0.995  # of the running mean of the weights that is kept at each step


def cut_encoder(pieces: Path) -> Encoder:
    """The encoder with only the pieces listed in a file made by vocabulary.py."""
    whole = read_encoder()
    keep = json.loads(pieces.read_text("utf-8"))
    at = {p: i for i, p in enumerate(whole.pieces)}
    rows = [at[p] for p in keep]
    return Encoder(keep, [whole.scores[i] for i in rows], whole.tensors | {"emb.word": whole.tensors["emb.word"][rows]}, whole.layers, whole.heads)


def make_examples(records: list[dict[str, Any]], seen: frozenset[str], pieces: Pieces, folds: int, work: Path) -> list[Example]:
    """Examples whose votes come from judges that have not seen their article."""
    maker, out = Maker(pieces), []
    voters = judges(records, seen, folds, work)
    for k, judge in enumerate(voters):
        maker.use(judge)
        out += [e for r in records[k::folds] for e in maker.examples(r)]
    return out


def groups(net: Reader, rate: float, decay: float, head: float) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn more slowly, heads faster."""
    depth = len(net.layers)
    scale = {f"layers.{i}.": decay ** (depth - 1 - i) for i in range(depth)} | {"positions": decay**depth, "norm.": decay**depth}
    out = []
    for name, p in net.named_parameters():
        if p.requires_grad:
            share = next((s for prefix, s in scale.items() if name.startswith(prefix)), None)
            lr = head if share is None else rate * share
            out.append({"params": [p], "lr": lr, "weight_decay": 0.01 if p.dim() > 1 else 0.0})
    return out


def train(net: Reader, examples: list[Example], args: argparse.Namespace) -> Reader:
    """The network with the running mean of its weights."""
    optimizer = torch.optim.AdamW(groups(net, args.rate, args.decay, args.head_rate))
    steps = args.epochs * sum(1 for _ in batches(examples, args.batch, random.Random(args.seed)))
    warm = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm))))
    mean = {k: v.clone() for k, v in net.state_dict().items()}
    first, saved = 0, args.out / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        mean, first = state["mean"], state["epoch"]
    for epoch in range(first, args.epochs):
        torch.manual_seed(args.seed * 1000 + epoch)
        mean = _epoch(net, examples, args, epoch, optimizer, schedule, mean)
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "mean": mean, "epoch": epoch + 1}, saved)
        torch.save({"state": mean, "shape": asdict(net.shape)}, args.out / "latest.pt")
    net.load_state_dict(mean)
    return net.eval()


def _epoch(net: Reader, examples: list[Example], args: argparse.Namespace, epoch: int, optimizer: Any, schedule: Any, mean: dict[str, Any]) -> dict[str, Any]:
    rng, seen, began, sums = random.Random(f"{args.seed}:{epoch}"), 0, time.time(), Counter[str]()
    net.train()
    steps = 0
    for b in batches(examples, args.batch, rng, args.blank, args.deaf):
        steps += 1
        found = losses(net, b)
        total(found).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        keep = min(AVERAGE, (1 + schedule.last_epoch) / (10 + schedule.last_epoch))
        for k, v in net.state_dict().items():
            mean[k].lerp_(v, 1 - keep)
        seen += int((b.ids != 1).sum())
        sums.update({k: float(v.detach()) for k, v in found.items()})
    told = " ".join(f"{k} {v / max(1, steps):.3f}" for k, v in sums.items())
    print(
        f"epoch {epoch + 1} of {args.epochs}: {seen / (time.time() - began):.0f} pieces a second, {time.time() - began:.0f} s, {told}",
        file=sys.stderr,
        flush=True,
    )
    return mean


def arguments() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--train", nargs="+", type=Path, required=True)
    cli.add_argument("--seen", nargs="*", type=Path, default=[])
    cli.add_argument("--pieces", type=Path, default=Path("build/pieces.json"))
    cli.add_argument("-o", "--out", type=Path, required=True)
    cli.add_argument("--layers", type=int, default=8)
    cli.add_argument("--epochs", type=int, default=10)
    cli.add_argument("--batch", type=int, default=1200, help="pieces in a batch")
    cli.add_argument("--rate", type=float, default=2e-4)
    cli.add_argument("--head-rate", type=float, default=1e-3)
    cli.add_argument("--decay", type=float, default=0.9, help="of the learning rate from each layer to the one below")
    cli.add_argument("--blank", type=float, default=0.05, help="share of pieces hidden")
    cli.add_argument("--deaf", type=float, default=0.1, help="share of windows without evidence")
    cli.add_argument("--folds", type=int, default=5)
    cli.add_argument("--limit", type=int, help="train on the first N records only")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--threads", type=int, default=2)
    return cli.parse_args()


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder = cut_encoder(args.pieces)
    seen = load_records(args.seen)
    records = seen + load_records(args.train)
    random.Random(args.seed).shuffle(records)
    records = records[: args.limit]
    examples = make_examples(records, frozenset(r["id"] for r in seen), Pieces(encoder.pieces, encoder.scores), args.folds, args.out / "votes")
    print(f"{len(records)} articles, {len(examples)} windows, {sum(len(e.window.ids) for e in examples)} pieces", file=sys.stderr, flush=True)
    net = train(Reader(encoder, Shape(layers=args.layers)), examples, args)
    digest = hashlib.sha256("".join(sorted(json.dumps(r, sort_keys=True) for r in records)).encode()).hexdigest()
    about = {"articles": len(records), "mentions": sum(len(r["mentions"]) for r in records), "sha256": digest, "seed": args.seed}
    torch.save(
        {"state": net.state_dict(), "shape": asdict(net.shape), "pieces": encoder.pieces, "scores": encoder.scores, "about": about}, args.out / "reader.pt"
    )


if __name__ == "__main__":
    main()
