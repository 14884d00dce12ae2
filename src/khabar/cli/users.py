"""`khabar users`: the accounts of a team's reading room."""

from __future__ import annotations

import argparse
import getpass
import sys

from khabar import open_store
from khabar.cli.serve import check_extra
from khabar.model import InvalidValue


def run(args: argparse.Namespace) -> int:
    """List accounts, add one, or change one."""
    check_extra()
    from khabar.web.accounts import Doors, checked_role, hashed

    with open_store(args.store, create=True) as store:
        accounts = store.accounts()
        if args.act == "list":
            for a in accounts.all():
                print(f"{a.name}\t{a.role}\t{'active' if a.active else 'closed'}")
            return 0
        if not args.name:
            raise InvalidValue(f"users {args.act}: name an account")
        if args.act == "add":
            Doors(store).add(args.name, args.role or "reader", _password(args.stdin))
        elif args.act == "password":
            accounts.change(args.name, password=hashed(_password(args.stdin)))
        elif args.act == "role":
            accounts.change(args.name, role=checked_role(args.role or ""))
        else:
            accounts.change(args.name, active=args.act == "open")
    return 0


def _password(stdin: bool) -> str:
    """A password typed twice, or the first line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise InvalidValue("the two passwords differ")
    return first
