"""A room in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


class Served:
    """A room over a store, at `base`."""

    def __init__(self, store: Path) -> None:
        self.store, self.base = store, f"http://127.0.0.1:{free_port()}"
        command = [Path(sys.executable).with_name("khabar"), "serve", "--store", str(store), "--engine", "rules", "--user", "tester"]
        self.process = subprocess.Popen([*command, "--port", self.base.rpartition(":")[2]], stderr=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        over = time.monotonic() + 60
        while time.monotonic() < over and self.process.poll() is None:
            try:
                with urlopen(f"{self.base}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the room does not answer")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
