"""The product under its server, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import product
from tests.servers.ports import free_port


@contextmanager
def served(settings: dict[str, str], *, workers: int) -> Iterator[int]:
    """Serve with `settings` and yield the port."""
    port = free_port()
    process = product.start(settings, port, workers=workers)
    try:
        yield port
    finally:
        product.stop(process)
