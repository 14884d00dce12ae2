"""`khabar serve`: the reading room."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec

from khabar.model import InvalidValue

NEEDED = ("fastapi", "uvicorn", "jinja2", "multipart", "argon2")


def run(args: argparse.Namespace) -> int:
    """Open the room, and say where, until it is interrupted."""
    check_extra()
    import uvicorn

    from khabar.web.app import create_app
    from khabar.web.settings import Settings

    settings = Settings(
        store=args.store, host=args.host, port=args.port, host_names=tuple(args.host_name), team=args.team, read_only=args.read_only,
        engine=args.engine, user=args.user, secure=args.https,
    )  # fmt: skip
    app = create_app(settings)
    if args.team and not app.state.room.store.accounts().all():
        print(f"There is no account yet: khabar users add NAME --role admin --store {args.store}", file=sys.stderr)
    name = f"[{args.host}]" if ":" in args.host else args.host
    print(f"The reading room over {app.state.room.store.name} is open at http://{name}:{args.port}/ (Ctrl-C closes it)", file=sys.stderr, flush=True)
    uvicorn.run(app, host=args.host, port=args.port, log_level="warning", server_header=False, access_log=args.log, timeout_keep_alive=20)
    return 0


def check_extra() -> None:
    """Raise InvalidValue where a package that the room needs is missing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InvalidValue(f"the reading room needs {', '.join(missing)}: pip install 'khabar[web]'")
