"""Logging in and out, one's own account, and the accounts of a team."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from khabar.web.access import room_of, user_of
from khabar.web.accounts import LONGEST, SESSION_COOKIE, Doors, checked_role, hashed
from khabar.web.errors import BadRequest, NotFound
from khabar.web.permissions import ROLES
from khabar.web.render import page

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Form(max_length=1_000)]


def doors(request: Request) -> Doors:
    """The accounts of the room; a room without them has none of these pages."""
    room = room_of(request)
    if not room.settings.team:
        raise NotFound()
    return Doors(room.store)


def show_login(request: Request) -> Response:
    doors(request)
    return page(request, "login.html", wrong=False)


def log_in(request: Request, name: Word = "", password: Word = "") -> Response:
    """Open a session, under a token that no earlier page knew."""
    address = request.client.host if request.client else ""
    token = doors(request).log_in(name.strip(), password, address)
    if token is None:
        return page(request, "login.html", 401, wrong=True)
    response = RedirectResponse("/", 303)
    secure = room_of(request).settings.secure
    response.set_cookie(SESSION_COOKIE, token, max_age=int(LONGEST), httponly=True, samesite="strict", secure=secure)
    return response


def log_out(request: Request) -> Response:
    doors(request).log_out(request.state.session or "")
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


def show_account(request: Request) -> Response:
    doors(request)
    return page(request, "account.html", told="")


def change_password(request: Request, old: Word = "", new: Word = "") -> Response:
    done = doors(request).new_password(user_of(request).name, old, new, request.state.session or "")
    return page(request, "account.html", 200 if done else 400, told="changed" if done else "wrong")


def show_users(request: Request) -> Response:
    found = doors(request).store.accounts().all()
    return page(request, "users.html", accounts=found, roles=ROLES)


def change_users(request: Request, act: Word, name: Word, role: Word = "reader", password: Word = "") -> Response:
    """Add an account, or change the role, the password or the state of one."""
    at = doors(request)
    accounts = at.store.accounts()
    if act == "add":
        at.add(name, role, password)
    elif act == "role":
        accounts.change(name, role=checked_role(role))
    elif act == "password":
        accounts.change(name, password=hashed(password))
    elif act in ("close", "open"):
        accounts.change(name, active=act == "open")
    else:
        raise BadRequest(act[:40])
    return RedirectResponse("/admin/users", 303)


router.add_api_route("/login", show_login, name="login", response_model=None)
router.add_api_route("/login", log_in, name="login.post", methods=["POST"], response_model=None)
router.add_api_route("/logout", log_out, name="logout", methods=["POST"], response_model=None)
router.add_api_route("/account", show_account, name="account", response_model=None)
router.add_api_route("/account/password", change_password, name="account.password", methods=["POST"], response_model=None)
router.add_api_route("/admin/users", show_users, name="admin.users", response_model=None)
router.add_api_route("/admin/users", change_users, name="admin.users.post", methods=["POST"], response_model=None)
