"""Connections to PostgreSQL that do not wait for a server that has fallen silent.

The system's own timeouts see a machine that is gone, but not a process that is stopped: its kernel
goes on confirming what is sent.  So whoever has waited for a second has the server's pulse felt.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from audit_api.pulse import Pulse

CONNECT_SECONDS = 2
"""How long the server may take to let somebody in."""
PATIENCE = 1.0
"""Seconds that an answer may take before the server's pulse is felt."""
STATEMENT_SECONDS = 30
"""After so long the server gives a statement up by itself."""
MAX_WAIT = STATEMENT_SECONDS + 5.0
"""Seconds that are waited for one connection whose server answers others."""

SETTINGS = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # Milliseconds until what was sent and never confirmed ends its connection.
    "tcp_user_timeout": 10_000,
}


class WatchedConnection(psycopg.Connection[Any]):
    """A connection whose waits end when its server's pulse is lost; it is closed then."""

    pulse: Pulse

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        began = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready:
                    self._look(time.monotonic() - began)
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _look(self, waited: float) -> None:
        if self.pulse.away or waited > MAX_WAIT:
            self.pgconn.finish()
            raise psycopg.OperationalError("the server does not answer")
        if waited > PATIENCE:
            self.pulse.feel()


def watch(engine: Engine) -> None:
    """Give a PostgreSQL engine connections that are watched."""

    def beat() -> None:
        arguments, settings = engine.dialect.create_connect_args(engine.url)
        try:
            psycopg.connect(*arguments, **settings, connect_timeout=CONNECT_SECONDS).close()
        except psycopg.OperationalError as error:
            if error.sqlstate is None:
                raise  # whoever refuses with a reason is there

    pulse = Pulse(beat)

    @sa.event.listens_for(engine, "do_connect")
    def connect(
        dialect: object, record: object, arguments: list[Any], settings: dict[str, Any]
    ) -> WatchedConnection:
        if pulse.away:
            raise psycopg.OperationalError("the server does not answer")
        try:
            connection = WatchedConnection.connect(*arguments, **settings)
        except psycopg.errors.ConnectionTimeout:
            pulse.lost()
            raise
        connection.pulse = pulse
        return connection
