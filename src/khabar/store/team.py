"""Accounts of a team's reading room, their sessions, and failed attempts to log in: tables of their own, left out of dumps and exports."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from khabar.model import InvalidValue
from khabar.store.database import Database
from khabar.store.team_tables import account, attempt, session

SEEN_EVERY = 60.0  # seconds between notes of a session's use


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. `password` is a hash, never the words; `made` is a time in seconds."""

    name: str
    role: str
    password: str
    active: bool
    made: float


class Accounts:
    """The accounts of a store. Times are seconds since 1970; sessions are known by the digest of their token only."""

    def __init__(self, base: Database) -> None:
        self._base = base

    def add(self, name: str, role: str, password: str, now: float) -> Account:
        """A new account; a name that is taken raises InvalidValue."""
        with self._base.writing() as connection:
            if _row(connection, name):
                raise InvalidValue(f"account {name!r}: there is one of that name")
            connection.execute(insert(account), {"name": name, "role": role, "password": password, "active": True, "made": now})
        return Account(name, role, password, True, now)

    def get(self, name: str) -> Account | None:
        with self._base.reading() as connection:
            return _row(connection, name)

    def all(self) -> tuple[Account, ...]:
        with self._base.reading() as connection:
            return tuple(Account(*r) for r in connection.execute(select(account).order_by(account.c.name)))

    def change(self, name: str, *, role: str | None = None, password: str | None = None, active: bool | None = None, keep: str | None = None) -> None:
        """Change an account and end its sessions but the one of the digest `keep`. The last active admin stays one."""
        values = {k: v for k, v in (("role", role), ("password", password), ("active", active)) if v is not None}
        with self._base.writing() as connection:
            before = _row(connection, name)
            if before is None:
                raise InvalidValue(f"account {name!r}: there is none of that name")
            if before.role == "admin" and before.active and (role not in (None, "admin") or active is False) and _admins(connection) < 2:
                raise InvalidValue(f"account {name!r}: is the last admin; make another one first")
            connection.execute(update(account).where(account.c.name == name).values(**values))
            connection.execute(delete(session).where(session.c.name == name, session.c.digest != (keep or "")))

    def open_session(self, digest: str, name: str, now: float) -> None:
        with self._base.writing() as connection:
            connection.execute(insert(session), {"digest": digest, "name": name, "opened": now, "seen": now})

    def session(self, digest: str, now: float, idle: float, longest: float) -> Account | None:
        """The account of a session that was used within `idle` and opened within `longest` seconds; None where it is over, or the account closed."""
        wanted = select(account, session.c.opened, session.c.seen).join(session, session.c.name == account.c.name).where(session.c.digest == digest)
        with self._base.reading() as connection:
            row = connection.execute(wanted).first()
        if row is None or not row.active or now - row.seen > idle or now - row.opened > longest:
            return None
        if now - row.seen > SEEN_EVERY:
            with self._base.writing() as connection:
                connection.execute(update(session).where(session.c.digest == digest).values(seen=now))
        return Account(*row[:5])

    def close_session(self, digest: str) -> None:
        with self._base.writing() as connection:
            connection.execute(delete(session).where(session.c.digest == digest))

    def sweep(self, now: float, idle: float, longest: float, attempts: float) -> None:
        """Forget sessions that are over and attempts older than so many seconds."""
        with self._base.writing() as connection:
            connection.execute(delete(session).where((session.c.seen < now - idle) | (session.c.opened < now - longest)))
            connection.execute(delete(attempt).where(attempt.c.at < now - attempts))

    def note_attempt(self, *keys: str, now: float) -> None:
        """Keep that logging in failed, under each key."""
        with self._base.writing() as connection:
            connection.execute(insert(attempt), [{"key": k, "at": now} for k in keys])

    def attempts(self, key: str, since: float) -> int:
        with self._base.reading() as connection:
            return int(connection.execute(select(func.count()).where(attempt.c.key == key, attempt.c.at > since)).scalar_one())

    def forget_attempts(self, key: str) -> None:
        with self._base.writing() as connection:
            connection.execute(delete(attempt).where(attempt.c.key == key))


def _row(connection: Connection, name: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.name == name)).first()
    return Account(*row) if row else None


def _admins(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).where(account.c.role == "admin", account.c.active)).scalar_one())
