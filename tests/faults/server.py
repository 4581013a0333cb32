"""The product under its production server, in processes that a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from tests.world import World

ROOT = Path(__file__).parents[2]
_START_WITHIN = 60.0


class Server:
    """A server on loopback with `settings`.  `kill` ends all its processes as kill -9 does."""

    def __init__(self, settings: Mapping[str, Any], *, workers: int) -> None:
        self._workers = workers
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        named = {f"AUDIT_{name}": str(value) for name, value in settings.items()}
        self._environment = (
            inherited
            | named
            | {
                "AUDIT_BASE_URL": self.url,
                "AUDIT_LOG_LEVEL": "WARNING",
            }
        )
        self._process: subprocess.Popen[bytes] | None = None
        # No connection is kept: one of before a kill would fail the first call after it.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._client = httpx.Client(timeout=60, limits=limits)

    def start(self) -> None:
        """Return once the server answers."""
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(self._port),
                "--workers",
                str(self._workers),
                "--blocking-threads",
                "8",
                "--no-ws",
                "wsgi:app",
            ],
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up = time.monotonic() + _START_WITHIN
        while time.monotonic() < give_up and self._process.poll() is None:
            try:
                if self._client.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """End every process of the server at once, in the middle of whatever it does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Kill the server and let go of the connections to it."""
        self.kill()
        self._client.close()

    def call(
        self, world: World, person: str, method: str, path: str, json: Any = None, **more: Any
    ) -> httpx.Response:
        """Make one API call as `person`; raise httpx.HTTPError where no answer comes."""
        headers = {"Authorization": f"Bearer {world.tokens[person]}"} | more.pop("headers", {})
        return self._client.request(
            method, f"{self.url}/api/v1{path}", json=json, headers=headers, **more
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
