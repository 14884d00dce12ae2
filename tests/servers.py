"""Web sites on this machine, honest and hostile, for the tests of fetching."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from khabar.collect.fetch import Fetched, Fetcher, FetchRefused

Send = Callable[[bytes], None]
Page = Callable[[Send, bytes], None]
Answer = bytes | Page | list[bytes]
HTML = "<!doctype html><meta charset=utf-8><title>خبر</title><p>أعلنت الحكومة موعد الانتخابات.</p>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def answer(body: bytes = HTML, *, status: str = "200 OK", type: str | None = "text/html; charset=utf-8", length: int | None = None, **headers: str) -> bytes:  # noqa: A002
    """A whole HTTP answer. Headers' names are given with _ for -."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"Content-Type: {type}"] if type else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


@dataclass
class Site:
    """A server. `pages` has by target an answer, a list of answers one after the other (the last one stays), or a function that sends;
    `asked` has the targets in order, `heads` the heads of the requests; `accepted` counts connections."""

    pages: dict[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    accepted: int = 0
    scheme: str = "http"

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{target}"

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while head := _head(connection):
                target = head.split(b" ", 2)[1].decode("latin-1")
                self.asked.append(target)
                self.heads.append(head)
                page = self.pages.get(target, answer(b"", status="404 Not Found"))
                if isinstance(page, list):
                    page = page.pop(0) if len(page) > 1 else page[0]
                if callable(page):
                    page(connection.sendall, head)
                    return
                connection.sendall(page)
                if b"Connection: close" in page:
                    return


def _head(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    return data


@contextmanager
def site(pages: dict[str, Answer] | None = None, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site while the block lasts."""
    listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    here = Site(pages if pages is not None else {"/": answer()}, listener.getsockname()[1], scheme="https" if tls else "http")

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                here.accepted += 1
                threading.Thread(target=shake, args=(connection,), daemon=True).start()

    def shake(connection: socket.socket) -> None:
        with suppress(OSError):
            here._serve(tls.wrap_socket(connection, server_side=True) if tls else connection)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield here
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # closing alone would leave the thread accepting
        listener.close()


class Clock:
    """A clock that only sleeping moves; `slept` has the lengths of the sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def by_name(host: str, port: int, seconds: float) -> list[str]:
    """Every name leads to this machine, every address to itself."""
    return [host if host[0].isdigit() or ":" in host else "127.0.0.1"]


def fetcher(**options: Any) -> Fetcher:
    return Fetcher(**{"delay": 0, "allow_loopback": True, "random": Random(1), "resolve": by_name, **options})


def fetched(got: object) -> Fetched:
    assert isinstance(got, Fetched), got
    return got


def refused(url: str, **options: Any) -> FetchRefused:
    with pytest.raises(FetchRefused) as error:
        fetcher(**options).get(url)
    return error.value


def robots(*lines: str) -> bytes:
    return answer("\n".join(lines).encode(), type="text/plain")


def moved(to: str) -> bytes:
    return answer(b"", status="301 Moved Permanently", Location=to)


def drip(first: bytes, then: bytes = b"x", every: float = 0.02) -> Page:
    """A page that comes a byte at a time, without end."""

    def send(sendall: Send, head: bytes) -> None:
        sendall(first)
        while True:
            sendall(then)
            time.sleep(every)

    return send
