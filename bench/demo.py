"""Code the bundled example articles with the command line, as a user would, and say in English what each is about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from examples import Example, examples

LINE = "─" * 100


def command(example: Example) -> list[str]:
    """The command that codes an example."""
    path = Path(os.path.relpath(example.path))
    return ["khabar", "code", "--format", "table", "--published", example.published, "--outlet", example.outlet, str(path)]


def show(example: Example) -> int:
    """Print an example's heading and its events; the exit code of the command."""
    shown, *arguments = command(example)
    print(f"{LINE}\n{example.outlet_english}, {example.published}\n{example.description}", flush=True)
    print(f"$ khabar code --format table --published {example.published} {arguments[-1]}\n", flush=True)
    return subprocess.run([Path(sys.executable).with_name(shown), *arguments], check=False).returncode


def main() -> int:
    print("khabar reads Arabic political news: who did what to whom, where, when, how many, and who says so.")
    print("The articles below were written for this demo; their events are invented.\n", flush=True)
    codes = [show(e) for e in examples()]
    print(f"{LINE}\nTo read these with their evidence in a browser, with the map, the ledger and the review desk: make room")
    print("Next: README.md, docs/tutorial.md, and `.venv/bin/khabar code --help`.")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
