"""Many URLs at a time: every host at its own pace, none waiting for another."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count, islice

from khabar.collect.fetch.answers import Fetched, FetchRefused, NotModified, Request, Result
from khabar.collect.fetch.journey import Ground, Journey, start

WINDOW = 10_000  # requests read ahead, so that the hosts among them take turns
_POLL = 0.02  # seconds until a host that another caller has is tried again
Answer = Fetched | NotModified | FetchRefused
Step = Callable[[Journey], Answer | None]


class Schedule:
    """The journeys under way by host. A host is in `_due` while it has journeys and none of them is being stepped."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._number = now, count()
        self._queues: dict[str, deque[Journey]] = {}
        self._due: list[tuple[float, int, str]] = []
        self._stepped: set[str] = set()
        self.size = 0

    def add(self, journey: Journey, *, first: bool = False) -> None:
        """Put a journey behind the others of its host, or before them."""
        host = journey.host
        queue = self._queues.setdefault(host, deque())
        if not queue and host not in self._stepped:
            self._push(host, 0.0)
        queue.appendleft(journey) if first else queue.append(journey)
        self.size += 1

    def _push(self, host: str, seconds: float) -> None:
        heapq.heappush(self._due, (self._now() + seconds, next(self._number), host))

    def take(self) -> Journey | None:
        """A journey of the host that has waited longest, None while no host is due. The host is then out of turn until `done`."""
        if not self._due or self._due[0][0] > self._now():
            return None
        _, _, host = heapq.heappop(self._due)
        journey = self._queues[host].popleft()
        self._stepped.add(host)
        self.size -= 1
        return journey

    def done(self, host: str, seconds: float) -> None:
        """Let a host have its turn again in `seconds`."""
        self._stepped.discard(host)
        if self._queues.get(host):
            self._push(host, seconds)
        else:
            self._queues.pop(host, None)

    def pause(self) -> float | None:
        """The seconds until a host is due, None while none will be."""
        return max(0.0, self._due[0][0] - self._now()) if self._due else None


def fetch_many(
    ground: Ground, requests: Iterable[Request], step: Step, now: Callable[[], float], sleep: Callable[[float], None], threads: int
) -> Iterator[Result]:
    """A result for every request, as they come. At most `threads` answers are held at a time and WINDOW requests read ahead."""
    source, schedule = iter(requests), Schedule(now)
    running: dict[Future[Answer | None], tuple[Journey, str]] = {}
    with ThreadPoolExecutor(threads, thread_name_prefix="fetch") as pool:
        while True:
            yield from _fill(ground, source, schedule, len(running))
            while len(running) < threads and (journey := schedule.take()) is not None:
                host = journey.host
                refused = _ready(journey, schedule, host)
                if isinstance(refused, FetchRefused):
                    yield Result(journey.request, refused)
                elif refused:
                    running[pool.submit(step, journey)] = journey, host
            if not running and not schedule.size:
                return
            if running:
                yield from _collect(ground, running, schedule, schedule.pause() if len(running) < threads else None)
            elif pause := schedule.pause():
                sleep(pause)


def _fill(ground: Ground, source: Iterator[Request], schedule: Schedule, running: int) -> Iterator[Result]:
    """Read ahead. A URL that is none gets its result at once."""
    for request in islice(source, max(0, WINDOW - schedule.size - running)):
        try:
            schedule.add(start(ground, request))
        except FetchRefused as refused:
            yield Result(request, refused)


def _ready(journey: Journey, schedule: Schedule, host: str) -> bool | FetchRefused:
    """Whether the journey, taken out of the schedule, may be stepped now; if not it is put back, or refused."""
    try:
        seconds = journey.wait()
    except FetchRefused as refused:
        schedule.done(host, 0.0)
        return refused
    if journey.host == host:
        seconds = seconds or journey.ground.hosts.enter(host)
        if not seconds:
            return True
    schedule.add(journey, first=True)
    schedule.done(host, max(seconds, _POLL) if journey.host == host else 0.0)
    return False


def _collect(ground: Ground, running: dict[Future[Answer | None], tuple[Journey, str]], schedule: Schedule, seconds: float | None) -> Iterator[Result]:
    """Wait until a step is made, or for `seconds`; give results, put back what needs more steps."""
    finished, _ = wait(running, timeout=seconds, return_when=FIRST_COMPLETED)
    for future in finished:
        journey, host = running.pop(future)
        answer = future.result()
        if answer is None:
            schedule.add(journey, first=True)
        schedule.done(host, ground.hosts.wait(host))
        if answer is not None:
            yield Result(journey.request, answer)
