"""The product under its production server, in processes that a test may kill."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any

import httpx

from tests import patience
from tests.servers import product
from tests.servers.ports import free_port
from tests.world import World


class Server:
    """A server on loopback with `settings`.  `kill` ends all its processes as kill -9 does."""

    def __init__(self, settings: Mapping[str, Any], *, workers: int) -> None:
        self._workers = workers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {f"AUDIT_{name}": str(value) for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None
        # No connection is kept: one of before a kill would fail the first call after it.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._client = httpx.Client(timeout=patience.SECONDS, limits=limits)

    def start(self) -> None:
        """Return once the server answers."""
        self._process = product.start(self._settings, self.port, workers=self._workers)

    @property
    def pid(self) -> int:
        """The process whose children do the work."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End every process of the server at once, in the middle of whatever it does."""
        if self._process is not None:
            product.kill(self._process)
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
