"""Where things are measured: a PostgreSQL that nobody else uses, or SQLite, with a world in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit_api.database import db
from bench.world import World, world
from tests.servers.postgres import Database, Server, database, own_server


@dataclass(frozen=True, slots=True)
class Ground:
    """A world, the PostgreSQL server that holds it, the number of the server's first process, and
    the world's database."""

    world: World
    server: Server
    pid: int
    database: Database

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Yield libpq's words for a copy of the world that no server of the product knows."""
        # Nobody may be connected to what is copied.
        db.session.remove()
        db.engine.dispose()
        with database(self.server, template=self.database, durable=True) as copied:
            yield copied.conninfo

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Yield libpq's words for an empty database beside the world's."""
        with database(self.server, durable=True) as fresh:
            yield fresh.conninfo


@contextmanager
def on_postgresql(*, visits: int, durable: bool = True) -> Iterator[Ground]:
    """Yield a world of planned visits; its commits wait for the disk where it is `durable`."""
    with (
        own_server() as (server, pid),
        database(server, durable=durable) as own,
        tempfile.TemporaryDirectory() as folder,
        world(own.url, Path(folder), visits=visits) as filled,
    ):
        yield Ground(filled, server, pid, own)


@contextmanager
def on_sqlite(*, visits: int) -> Iterator[World]:
    """Yield a world of planned visits in a file of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        world("", Path(folder), visits=visits) as filled,
    ):
        yield filled
