"""Logging in, sessions that end, guesses that are slowed down, accounts that can be managed."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar import InvalidValue, open_store
from khabar.cli.main import main
from khabar.store import Store
from khabar.web.accounts import IDLE, LONGEST, MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW, Doors, hashed
from khabar.web.errors import TooMany
from web.rooms import PASSWORD, Visitor, fresh_store


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def log_in(at: Visitor, name: str = "coder", password: str = PASSWORD) -> int:
    at.look("/login")
    return at.send("/login", {"name": name, "password": password}).status_code


def test_who_logs_in_has_the_roles_rights(team: Visitor) -> None:
    assert log_in(team) == 303
    assert "coder" in team.look("/account")
    assert team.get("/review").status_code == 200
    assert team.get("/admin/users").status_code == 403


@pytest.mark.parametrize(
    ("name", "password"), [("coder", "wrong password"), ("nobody", PASSWORD), ("coder", ""), ("", ""), ("coder'--", PASSWORD), ("CODER", PASSWORD)]
)
def test_who_cannot_log_in_learns_nothing(team: Visitor, name: str, password: str) -> None:
    assert log_in(team, name, password) == 401
    assert team.get("/articles").status_code == 303
    assert "khabar_session" not in team.client.cookies


def test_passwords_and_tokens_are_kept_as_digests(team: Visitor) -> None:
    log_in(team)
    kept = Path(team.settings.store).read_bytes() + Path(f"{team.settings.store}-wal").read_bytes()
    assert team.client.cookies["khabar_session"].encode() not in kept
    assert PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept


def test_logging_in_gives_a_new_token(team: Visitor) -> None:
    team.look("/login")
    team.client.cookies.set("khabar_session", "a" * 64, domain="127.0.0.1")
    assert team.send("/login", {"name": "coder", "password": PASSWORD}).status_code in (303, 403)
    team.client.cookies.clear()
    log_in(team)
    first = team.client.cookies["khabar_session"]
    team.client.cookies.clear()
    log_in(team)
    assert team.client.cookies["khabar_session"] != first
    assert len(first) == 64


def test_logging_out_ends_the_session(team: Visitor) -> None:
    log_in(team)
    token = team.client.cookies["khabar_session"]
    team.look("/help")
    assert team.send("/logout", {}).status_code == 303
    team.client.cookies.set("khabar_session", token, domain="127.0.0.1")
    assert team.get("/articles").status_code == 303


def test_sessions_end_by_themselves(url: str) -> None:
    clock = Clock()
    with open_store(url, create=True) as store:
        doors = Doors(store, clock)
        doors.add("ann", "coder", PASSWORD)
        token = doors.log_in("ann", PASSWORD, "here")
        assert token
        for _ in range(int(LONGEST / (IDLE - 100))):
            clock.now += IDLE - 100
            assert doors.who(token)
        clock.now += IDLE - 100
        assert doors.who(token) is None
        again = doors.log_in("ann", PASSWORD, "here")
        assert again
        clock.now += IDLE + 1
        assert doors.who(again) is None
        assert doors.who("0" * 64) is None


def test_guessing_is_slowed_down_by_name_and_address(store: Store) -> None:
    clock = Clock()
    doors = Doors(store, clock)
    doors.add("ann", "coder", PASSWORD)
    doors.add("bob", "coder", PASSWORD)
    for _ in range(MOST_BY_NAME):
        assert doors.log_in("ann", "wrong", "there") is None
    with pytest.raises(TooMany):
        doors.log_in("ann", PASSWORD, "elsewhere")
    assert doors.log_in("bob", PASSWORD, "there")
    clock.now += WINDOW + 1
    assert doors.log_in("ann", PASSWORD, "there")
    for i in range(MOST_BY_ADDRESS):
        assert doors.log_in(f"name{i}", "wrong", "there") is None
    with pytest.raises(TooMany):
        doors.log_in("bob", PASSWORD, "there")
    assert doors.log_in("bob", PASSWORD, "elsewhere")


def test_a_changed_account_loses_its_sessions(store: Store) -> None:
    doors = Doors(store)
    doors.add("root", "admin", PASSWORD)
    doors.add("ann", "coder", PASSWORD)
    tokens = [doors.log_in("ann", PASSWORD, "x") or "" for _ in range(3)]
    assert doors.new_password("ann", "wrong password", "another long one", tokens[0]) is False
    assert doors.new_password("ann", PASSWORD, "another long one", tokens[0]) is True
    assert [bool(doors.who(t)) for t in tokens] == [True, False, False]
    assert doors.log_in("ann", PASSWORD, "x") is None
    store.accounts().change("ann", active=False)
    assert doors.who(tokens[0]) is None
    assert doors.log_in("ann", "another long one", "x") is None


def test_the_last_admin_stays(store: Store) -> None:
    doors = Doors(store)
    doors.add("root", "admin", PASSWORD)
    for change in ({"role": "reader"}, {"active": False}):
        with pytest.raises(InvalidValue, match="last admin"):
            store.accounts().change("root", **change)
    doors.add("other", "admin", PASSWORD)
    store.accounts().change("root", role="reader")


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "coder", PASSWORD),
        ("a\nb", "coder", PASSWORD),
        ("a\u202eb", "coder", PASSWORD),
        ("x" * 61, "coder", PASSWORD),
        ("ann", "root", PASSWORD),
        ("ann", "coder", "short"),
        ("ann", "coder", "x" * 1001),
    ],
)
def test_what_is_no_account_is_refused(store: Store, name: str, role: str, password: str) -> None:
    with pytest.raises(InvalidValue):
        Doors(store).add(name, role, password)
    assert store.accounts().all() == ()


def test_a_name_is_taken_once(store: Store) -> None:
    Doors(store).add("ann", "coder", PASSWORD)
    with pytest.raises(InvalidValue, match="there is one"):
        Doors(store).add("ann", "admin", PASSWORD)


def test_admins_manage_accounts(team: Visitor) -> None:
    log_in(team, "admin")
    team.look("/admin/users")
    assert team.send("/admin/users", {"act": "add", "name": "eve", "role": "coder", "password": PASSWORD}).status_code == 303
    assert team.send("/admin/users", {"act": "role", "name": "eve", "role": "adjudicator"}).status_code == 303
    assert team.send("/admin/users", {"act": "close", "name": "eve"}).status_code == 303
    assert team.send("/admin/users", {"act": "burn", "name": "eve"}).status_code == 400
    assert team.send("/admin/users", {"act": "close", "name": "admin"}).status_code == 400
    eve = team.store.accounts().get("eve")
    assert (eve.role, eve.active) == ("adjudicator", False)


def test_sessions_tokens_guard_forms(team: Visitor) -> None:
    team.look("/login")
    before = team.token
    log_in(team, "admin")
    team.token = before
    assert team.send("/admin/users", {"act": "close", "name": "coder"}).status_code == 403


def test_a_local_room_has_no_accounts(visitor: Visitor) -> None:
    for path in ("/login", "/account", "/admin/users"):
        assert visitor.get(path).status_code == 404


def test_the_command_line_makes_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    store = fresh_store(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["users", "add", "ann", "--role", "admin", "--stdin", "--store", store]) == 0
    assert main(["users", "list", "--store", store]) == 0
    assert capsys.readouterr().out == "ann\tadmin\tactive\n"
    assert main(["users", "close", "ann", "--store", store]) == 2


def test_equal_passwords_have_unlike_hashes() -> None:
    assert hashed(PASSWORD) != hashed(PASSWORD)
