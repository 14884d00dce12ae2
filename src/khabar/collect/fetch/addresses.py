"""Which addresses may be connected to: public unicast, nothing else."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int, float], Sequence[str]]

# `ipaddress` calls some of these global, or did in one version of Python and not in another (IANA special-purpose registries, 2024).
_CLOSED_4 = tuple(map(ipaddress.IPv4Network, ("0.0.0.0/8", "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24")))
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(text: str, *, allow_loopback: bool = False) -> bool:
    """Whether `text` is an address on the public internet; with `allow_loopback` also 127.0.0.0/8 and ::1. Addresses that wrap an IPv4 one
    (mapped, 6to4, Teredo) are not, except NAT64's, by which hosts without IPv4 reach the others: there the wrapped address decides."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public_4(address) or (allow_loopback and address.is_loopback)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return _is_public_4(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return _is_public_6(address) or (allow_loopback and address == ipaddress.IPv6Address(1))


def _is_public_4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or any(address in closed for closed in _CLOSED_4))


def _is_public_6(address: ipaddress.IPv6Address) -> bool:
    return address.is_global and address in _OPEN_6 and not any(address in closed for closed in _CLOSED_6)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, each once, in the system's order. Raises socket.gaierror, TimeoutError after `seconds`."""
    answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(_with_zone(*entry[4]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, str(error)))

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()  # getaddrinfo takes no time limit
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"no answer from DNS in {seconds:.0f} seconds") from None
    if isinstance(found, OSError):
        raise found
    return found


def _with_zone(address: object, port: object = 0, flow: object = 0, zone: object = 0) -> str:
    text = str(address)
    return f"{text}%{zone}" if zone and "%" not in text else text
