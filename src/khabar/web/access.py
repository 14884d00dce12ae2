"""Before every route: who asks, whether they may, and whether what changes something comes from a page of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from khabar.web.accounts import SESSION_COOKIE, Doors
from khabar.web.errors import CrossSite, Forbidden, LoginNeeded, ReadOnly
from khabar.web.permissions import CHANGING, PERMISSIONS, Role, allowed
from khabar.web.render import VISIT_COOKIE
from khabar.web.room import Room
from khabar.web.security import SAFE, is_browser, same_token

TOKEN_FIELD, TOKEN_HEADER = "csrf", "x-csrf-token"


@dataclass(frozen=True, slots=True)
class User:
    """Who asks."""

    name: str
    role: Role


def room_of(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def authorise(request: Request) -> None:
    """Find out who asks, and raise LoginNeeded, Forbidden or ReadOnly where they may not. A route that no table lists is refused."""
    room = room_of(request)
    request.state.user = user = _member(request, room) if room.settings.team else _local(room)
    name = getattr(request.scope.get("route"), "name", "")
    if not allowed(name, user.role if user else None):
        raise LoginNeeded() if user is None and name in PERMISSIONS else Forbidden(name)
    if room.settings.read_only and name in CHANGING:
        raise ReadOnly()


async def check_token(request: Request) -> None:
    """Raise CrossSite where a browser sends what changes something without the token of the room's own pages."""
    if request.method in SAFE or not is_browser(request.headers):
        return
    given = request.headers.get(TOKEN_HEADER)
    kind = request.headers.get("content-type", "")
    if given is None and kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        field = (await request.form()).get(TOKEN_FIELD)
        given = field if isinstance(field, str) else None
    secret = getattr(request.state, "session", None) or request.cookies.get(VISIT_COOKIE)
    if not same_token(secret, given):
        raise CrossSite()


def user_of(request: Request) -> User:
    """Who asks, behind `authorise`."""
    user: User | None = request.state.user
    if user is None:
        raise LoginNeeded()
    return user


def _member(request: Request, room: Room) -> User | None:
    """The account whose session the cookie names."""
    token = request.cookies.get(SESSION_COOKIE, "")
    found = Doors(room.store).who(token) if token else None
    request.state.session = token if found else None
    return User(found.name, cast(Role, found.role)) if found else None


def _local(room: Room) -> User:
    return User(room.settings.user, "admin")
