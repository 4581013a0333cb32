"""Ports for servers that tests start: nobody else's, even before the server has bound them."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from itertools import count
from pathlib import Path
from typing import IO

# Below those that the system lends to outgoing connections.
_FIRST, _PORTS = 10_000, 20_000
_claims: list[IO[bytes]] = []


def free_port() -> int:
    """Return a port of loopback that nobody listens on; it is this process's until it ends."""
    for step in count(os.getpid() * 97):
        port = _FIRST + step % _PORTS
        if _claim(port) and _is_free(port):
            return port
    raise AssertionError("count() never ends")


def _claim(port: int) -> bool:
    file = (Path(tempfile.gettempdir()) / f"audit-test-port-{port}").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return False
    _claims.append(file)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
