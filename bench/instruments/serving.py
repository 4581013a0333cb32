"""The product under its server, for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.servers import product
from tests.servers.ports import free_port

APART = {"AUDIT_BROKER_URL": "memory://"}
"""Settings under which a server leaves all background work to workers elsewhere: none listens to
this broker, so what is used is used by requests."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server of the product: its port, and the number of its first process."""

    port: int
    pid: int


@contextmanager
def served(settings: Mapping[str, str], *, workers: int) -> Iterator[Served]:
    """Serve with `settings`."""
    port = free_port()
    process = product.start(settings, port, workers=workers)
    try:
        yield Served(port, process.pid)
    finally:
        product.stop(process)
