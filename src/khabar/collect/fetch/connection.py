"""Connections that check where they go and when they must end. The address that was checked is the one connected to, so a name whose
addresses change in between gains nothing; TLS still names, and checks the certificate of, the host."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from khabar.collect.fetch.addresses import Resolve, is_public, resolve
from khabar.collect.fetch.answers import FetchRefused
from khabar.collect.fetch.limits import MAX_CONNECT
from khabar.collect.fetch.urls import Url

Dial = Callable[[str, int, float], socket.socket]


class Budget:
    """The seconds of network time that a fetch has left. They pass only inside `running`."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._left, self._clock, self._until = seconds, clock, 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the time pass for the length of the block."""
        self._until = self._clock() + self._left
        try:
            yield
        finally:
            self._left = self._until - self._clock()

    def remaining(self) -> float:
        """Seconds left, more than 0. Raises TimeoutError where there are none."""
        left = self._until - self._clock()
        if left <= 0:
            raise TimeoutError("the time limit is reached")
        return left

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self._left <= 0


class _Timed:
    """A socket whose every wait for bytes ends with the budget: without it a server that sends a byte now and then is waited for forever."""

    budget: Budget | None = None

    def recv_into(self, *args: Any) -> int:
        if self.budget is not None:
            self.settimeout(self.budget.remaining())  # type: ignore[attr-defined]
        return super().recv_into(*args)  # type: ignore[misc, no-any-return]


class TimedSocket(_Timed, socket.socket):
    """A plain socket with a budget."""


class _TimedTls(_Timed, ssl.SSLSocket):
    """A TLS socket with a budget."""


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A socket connected to an address, in numbers, within `seconds`. Raises OSError."""
    sock = TimedSocket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(seconds)
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock


@dataclass(slots=True)
class Door:
    """Where the connections of one pool may go and how long they may take; also what they sent last, and to which address."""

    url: Url
    allow_loopback: bool = False
    resolve: Resolve = resolve
    dial: Dial = dial
    budget: Budget = field(default_factory=lambda: Budget(0))
    sent: bytes = b""
    address: str = ""

    def open(self) -> socket.socket:
        """A socket to the host, all of whose addresses are public. Raises FetchRefused (`address`, `dns`), OSError."""
        error: OSError | None = None
        for address in self._checked():
            try:
                sock = self.dial(address, self.url.port, min(MAX_CONNECT, self.budget.remaining()))
            except OSError as failed:
                error = failed
                continue
            self.address = address
            self.give_budget(sock)
            return sock
        raise error or OSError("no address")

    def give_budget(self, sock: object) -> None:
        """Let a socket's waits end with the budget of now."""
        if isinstance(sock, _Timed):
            sock.budget = self.budget
            sock.settimeout(self.budget.remaining())  # type: ignore[attr-defined]

    def _checked(self) -> list[str]:
        host = self.url.host
        try:
            found = list(self.resolve(host, self.url.port, self.budget.remaining()))
        except socket.gaierror as error:
            passing = error.errno == socket.EAI_AGAIN
            raise FetchRefused("dns", str(self.url), f"{host} has no address ({error.strerror or error})", passing=passing) from error
        closed = [address for address in found if not is_public(address, allow_loopback=self.allow_loopback)]
        if closed:
            seen = host if closed[0] == host else f"{host} leads to {closed[0]}, which"
            raise FetchRefused("address", str(self.url), f"{seen} is no public address; khabar reaches public addresses only")
        if not found:
            raise FetchRefused("dns", str(self.url), f"{host} has no address")
        return found


class _Guarded:
    """The part that plain and TLS connections share."""

    door: Door

    def _new_conn(self) -> socket.socket:
        return self.door.open()

    def request(self, *args: Any, **options: Any) -> None:
        self.door.sent = b""
        if (sock := getattr(self, "sock", None)) is not None:
            self.door.give_budget(sock)
        super().request(*args, **options)  # type: ignore[misc]

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self.door.give_budget(getattr(self, "sock", None))

    def send(self, data: Any) -> None:
        if isinstance(data, bytes):
            self.door.sent += data
        super().send(data)  # type: ignore[misc]


class _Plain(_Guarded, HTTPConnection):
    pass


class _Tls(_Guarded, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


Pool = _PlainPool | _TlsPool


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """The system's certificates, or those of `ca_file`, and sockets with a budget."""
    context = create_urllib3_context()
    context.sslsocket_class = _TimedTls
    if ca_file is None:
        context.load_default_certs()
    else:
        context.load_verify_locations(ca_file)
    return context


def open_plain_pool(door: Door) -> Pool:
    """The pool of an origin without TLS: one connection, kept open between requests."""
    pool = _PlainPool(_bracketed(door.url), door.url.port)
    pool.door = door
    return pool


def open_tls_pool(door: Door, context: ssl.SSLContext) -> Pool:
    """The pool of an origin with TLS: one connection, kept open between requests."""
    pool = _TlsPool(_bracketed(door.url), door.url.port, ssl_context=context)
    pool.door = door
    return pool


def _bracketed(url: Url) -> str:
    return f"[{url.host}]" if ":" in url.host else url.host
