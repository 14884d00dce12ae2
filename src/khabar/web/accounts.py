"""Logging in: passwords by argon2, sessions by random tokens of which only the digest is kept, attempts that are slowed down."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from khabar import InvalidValue, Store
from khabar.store.team import Account
from khabar.web.errors import TooMany
from khabar.web.permissions import ROLES

SESSION_COOKIE = "khabar_session"
IDLE, LONGEST = 8 * 3600.0, 7 * 86_400.0  # seconds: unused, and in all
WINDOW, MOST_BY_NAME, MOST_BY_ADDRESS = 900.0, 5, 30  # failed attempts within so many seconds
SHORTEST, LONGEST_PASSWORD, LONGEST_NAME = 10, 1_000, 60


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to check against where there is no account, so that the time an answer takes tells nothing."""
    return str(_hasher().hash(secrets.token_hex(16)))


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Doors:
    """Who comes in. `clock` gives seconds since 1970."""

    store: Store
    clock: Any = field(default=time.time)

    def add(self, name: str, role: str, password: str) -> Account:
        """A new account; a name, role or password that cannot be used raises InvalidValue."""
        return self.store.accounts().add(checked_name(name), checked_role(role), hashed(password), self.clock())

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """The token of a new session; None for a wrong name or password. Too many failures under one name or from one address raise TooMany."""
        accounts, now = self.store.accounts(), self.clock()
        by_name, by_address = f"name:{name[:LONGEST_NAME]}", f"from:{address}"
        if accounts.attempts(by_name, now - WINDOW) >= MOST_BY_NAME or accounts.attempts(by_address, now - WINDOW) >= MOST_BY_ADDRESS:
            raise TooMany()
        found = accounts.get(name)
        right = _verified(found.password if found else _nobody(), password)
        if not right or found is None or not found.active:
            accounts.note_attempt(by_name, by_address, now=now)
            return None
        accounts.forget_attempts(by_name)
        accounts.sweep(now, IDLE, LONGEST, WINDOW)
        token = secrets.token_hex(32)
        accounts.open_session(digest_of(token), name, now)
        return token

    def who(self, token: str) -> Account | None:
        """The account of a session; None where it is over."""
        return self.store.accounts().session(digest_of(token), self.clock(), IDLE, LONGEST)

    def log_out(self, token: str) -> None:
        self.store.accounts().close_session(digest_of(token))

    def new_password(self, name: str, old: str, new: str, token: str) -> bool:
        """Change one's own password, other sessions end; False where the old one is wrong."""
        found = self.store.accounts().get(name)
        if found is None or not _verified(found.password, old):
            return False
        self.store.accounts().change(name, password=hashed(new), keep=digest_of(token))
        return True


def _verified(kept: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return bool(_hasher().verify(kept, password[:LONGEST_PASSWORD]))
    except (Argon2Error, InvalidHashError):
        return False


def hashed(password: str) -> str:
    """A password as it is kept; one that is too short or long raises InvalidValue."""
    if not SHORTEST <= len(password) <= LONGEST_PASSWORD:
        raise InvalidValue(f"password of {len(password)} characters: expected {SHORTEST} to {LONGEST_PASSWORD}")
    return str(_hasher().hash(password))


def checked_name(name: str) -> str:
    given = name.strip()
    if not given or len(given) > LONGEST_NAME or not given.isprintable():
        raise InvalidValue(f"name {name[:LONGEST_NAME]!r}: expected one line of up to {LONGEST_NAME} characters")
    return given


def checked_role(role: str) -> str:
    if role not in ROLES:
        raise InvalidValue(f"role {role[:40]!r}: expected one of {', '.join(ROLES)}")
    return role
