"""The product under its production server, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import granian as server
from tests.servers.ports import free_port


@contextmanager
def granian(settings: dict[str, str], *, workers: int) -> Iterator[int]:
    """Serve with `settings` and yield the port."""
    port = free_port()
    process = server.start(settings, port, workers=workers)
    try:
        yield port
    finally:
        server.stop(process)
