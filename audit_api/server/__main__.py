"""`python -m audit_api.server`: the one way in which the product is served.

All that is asked of the server stands here; where it listens, and with how many workers and
threads, is said by `AUDIT_HOST`, `AUDIT_PORT`, `AUDIT_WORKERS` and `AUDIT_THREADS`.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
from collections.abc import Mapping
from typing import Any

import uvicorn

from audit_api import config
from audit_api.config import InvalidSetting
from audit_api.server.sending import PIECE
from audit_api.server.workers import HUNG_SECONDS, MAX_FINISH_SECONDS, Workers

MAX_WAITING = 1024
"""Connections that wait to be accepted."""
MAX_FILES = 65_536
"""Open files that a process asks for: connections, bodies, photos."""
IDLE_SECONDS = 30
"""How long a connection is kept between two requests."""


def main() -> None:
    """Serve until SIGTERM or SIGINT; exit with 1 where that is not possible, and say why."""
    try:
        settings = config.read(os.environ)
    except InvalidSetting as error:
        sys.exit(str(error))
    raise_file_limit()
    served = configuration(settings)
    # Bound here, so that a second server on the port fails instead of sharing it.
    workers = Workers(served, [listening(served)])
    workers.run()
    sys.exit(workers.failed_to_start)


def configuration(settings: Mapping[str, Any]) -> uvicorn.Config:
    """Return how each worker serves, by the settings."""
    return uvicorn.Config(
        "audit_api.server.start:create_front",
        factory=True,
        host=settings["HOST"],
        port=settings["PORT"],
        workers=settings["WORKERS"],
        http="audit_api.server.connection:Connection",
        loop="uvloop",
        interface="asgi3",
        lifespan="on",
        ws="none",
        backlog=MAX_WAITING,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=MAX_FINISH_SECONDS,
        timeout_worker_healthcheck=HUNG_SECONDS,
        # Who asks is told by ProxyFix, and AUDIT_TRUSTED_PROXIES alone says whom it trusts.
        proxy_headers=False,
        server_header=False,
        # It prints addresses, which the application's own log never does.
        access_log=False,
        log_level="error",
    )


def listening(served: uvicorn.Config) -> socket.socket:
    """Return the socket that every worker accepts connections from, which take after it."""
    listener = served.bind_socket()
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        # Else the system takes megabytes of an answer, and nobody knows whether they are read.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, PIECE)
    return listener


def raise_file_limit() -> None:
    """Let the processes open as many files as the system grants them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_FILES if hard == resource.RLIM_INFINITY else min(MAX_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
