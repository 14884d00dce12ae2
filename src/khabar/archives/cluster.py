"""Tasks done on a Ray cluster by way of Daft: the engine spreads them over the nodes; each is done in a process of its own kind, as on one machine."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from khabar.archives.crew import Crew
from khabar.archives.errors import BatchError
from khabar.archives.tasks import Task, Tick
from khabar.pipeline import Coder

ROUNDS = 20  # times that what a lost node was at is handed out anew, while every round gets something done
IDLE_ROUNDS = 3  # rounds in which nothing is done until the cluster is given up
WAVE = 8  # tasks a core that are handed out at once; between waves progress is kept even if the whole query fails


class Cluster:
    """A Ray cluster at an address, else the one this process is part of, else a new one on this machine."""

    def __init__(self, load: Callable[[], Coder], address: str | None = None) -> None:
        self._load = load
        try:
            import daft
            import ray
        except ImportError as error:
            raise BatchError(f"a cluster needs the packages daft and ray ({error.name} is missing); install them with: pip install 'khabar[batch]'") from None
        if not ray.is_initialized():
            ray.init(address=address or os.environ.get("RAY_ADDRESS"), log_to_driver=False, logging_level="ERROR")
        daft.set_runner_ray(noop_if_initialized=True)

    def run(self, tasks: Iterable[Task], tick: Tick) -> Iterator[tuple[Task, Any]]:
        """The tasks with their results. What a node that is lost was at is done again on another."""
        left = list(tasks)
        idle = rounds = 0
        while left:
            wave = left[: WAVE * self._cores()]
            done: set[int] = set()
            fault = ""
            try:
                for i, fine, result in self._round(wave):
                    if not fine:
                        raise BatchError(f"{wave[i].key}: {result}")
                    done.add(i)
                    yield wave[i], result
                    tick(0, 0)
            except BatchError:
                raise
            except Exception as error:  # noqa: BLE001 - Daft and Ray tell of lost nodes in many types
                fault = f"{type(error).__name__}: {str(error)[:300]}"
            left = [t for i, t in enumerate(wave) if i not in done] + left[len(wave) :]
            idle, rounds = 0 if done else idle + 1, rounds + bool(fault)
            if idle >= IDLE_ROUNDS or rounds >= ROUNDS:
                raise BatchError(f"the cluster failed {rounds} times, at last with {fault or 'no result'}; run the same command again to go on")

    def _cores(self) -> int:
        import ray

        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    def _round(self, wave: list[Task]) -> Iterator[tuple[int, bool, Any]]:
        """Hand tasks out; the place of each with its result, or what was wrong."""
        import daft
        from daft import DataType, col

        load = self._load

        def performed(tasks: Any) -> list[bytes]:
            return [perform(load, data) for data in tasks.to_pylist()]

        results = daft.udf(return_dtype=DataType.binary(), batch_size=1)(performed)
        given = {"place": list(range(len(wave))), "task": [pickle.dumps(t) for t in wave]}
        frame = daft.from_pydict(given).into_partitions(len(wave)).select(col("place"), results(col("task")).alias("result"))
        for row in frame.iter_rows():
            fine, result = pickle.loads(row["result"])
            yield row["place"], fine, result


_HELD = threading.local()  # Daft calls from as many threads as a node has cores; each keeps a process


def perform(load: Callable[[], Coder], data: bytes) -> bytes:
    """Do a pickled task in a process that this one keeps, so that an input that ends its process costs no node."""
    crews: dict[bytes, Crew] = _HELD.__dict__.setdefault("crews", {})
    name = pickle.dumps(load)
    if name not in crews:
        crews[name] = Crew(1, load, share=False)
    try:
        for _, result in crews[name].run([pickle.loads(data)], lambda inputs, mentions: None):
            return pickle.dumps((True, result))
    except BatchError as error:
        return pickle.dumps((False, str(error).partition(": ")[2]))
    return pickle.dumps((False, "no result"))
