"""How a reading room is run."""

from __future__ import annotations

from dataclasses import dataclass

from khabar import DEFAULT_ENGINE, ENGINES, InvalidValue

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY = 8 * 2**20  # bytes of a request; the longest article read, many times over


@dataclass(frozen=True, slots=True)
class Settings:
    """`store` is a path or URL; `host_names` are those that a request may be addressed to beside the bound address and, on a loopback address, the
    machine's own names. `team` asks for accounts; without it everybody who reaches the room is `user`, and only the machine itself may. `secure` marks
    cookies for HTTPS alone. `read_only` refuses whatever changes the store. `published` makes pages for a static site, without what needs a server."""

    store: str
    host: str = "127.0.0.1"
    port: int = 8000
    host_names: tuple[str, ...] = ()
    team: bool = False
    read_only: bool = False
    engine: str = DEFAULT_ENGINE
    user: str = "local"
    secure: bool = False
    max_body: int = MAX_BODY
    published: bool = False

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise InvalidValue(f"engine {self.engine!r}: expected one of {', '.join(ENGINES)}")
        if not self.team and not self.loopback:
            raise InvalidValue(f"host {self.host!r}: without accounts the room opens on this machine only; give --team, or --host 127.0.0.1")

    @property
    def loopback(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Names that requests may be addressed to, lower case, without port."""
        own = LOOPBACK if self.loopback else ()
        bound = f"[{self.host}]" if ":" in self.host else self.host
        return frozenset(name.lower() for name in (*own, bound, *self.host_names))
