"""How long saves take while many review at once.

usage: reviewing.py STORE [--coders N] [--seconds S]

STORE is a copy of a store: the decisions stay in it. Coders are threads of one process, as in a server; each takes ten mentions from the queue and decides
about one a second, as a quick person does."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ThreadPoolExecutor

from khabar import Store, open_store, review


def work(store: Store, coder: str, end: float) -> list[float]:
    """Review until the end; the seconds of every save."""
    times: list[float] = []
    while time.monotonic() < end and (found := review.queue(store, coder=coder, limit=10)):
        for item in found:
            time.sleep(1)
            began = time.perf_counter()
            review.decide(store, coder, "accept", item.reading.mention_id, expected=item.expected)
            times.append(time.perf_counter() - began)
    return times


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("store")
    cli.add_argument("--coders", type=int, default=20)
    cli.add_argument("--seconds", type=float, default=120)
    args = cli.parse_args()
    with open_store(args.store) as store, ThreadPoolExecutor(args.coders) as pool:
        before, began = len(store.decisions()), time.perf_counter()
        review.queue(store, coder="first")
        print(f"first look at the queue: {time.perf_counter() - began:.2f} s")
        end = time.monotonic() + args.seconds
        times = sorted(t for mine in pool.map(lambda i: work(store, f"coder {i}", end), range(args.coders)) for t in mine)
        kept = len(store.decisions()) - before
    rank = {name: times[int(len(times) * share)] * 1000 for name, share in (("median", 0.5), ("95 %", 0.95), ("99 %", 0.99))}
    print(f"{len(times)} saves by {args.coders} coders, {kept} kept; " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in rank.items()))


if __name__ == "__main__":
    main()
