"""Many callers at one moment, and what must be true afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.services.totals import of_sites, of_visits
from tests import patience
from tests.world import World

Answer = TypeVar("Answer")
SENDERS = 32


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Make the calls in as many threads, let go at one moment; return their answers in order."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> Answer:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def caller(world: World) -> World:
    """Return the world with a client of its own, for one thread."""
    return replace(world)


def stored(world: World) -> dict[UUID, int]:
    """Return how many revisions each audit of the organisation has."""
    with world.app.app_context():
        rows = db.session.execute(
            sa.select(Audit.id, sa.func.count())
            .join(Revision, Revision.audit_id == Audit.id)
            .where(Audit.organisation_id == world.organisation_id)
            .group_by(Audit.id)
        )
        return dict(rows.all())


def counted(world: World) -> int:
    """Return how many audits the site's scorecard counts, once totals equal a recomputation."""
    with world.app.app_context():
        assert of_sites.differences(world.organisation_id) == []
        assert of_visits.differences(world.organisation_id) == []
    path = f"/sites/{world.site_id}/scorecard?period=2026-03"
    return int(world.call("manager", "GET", path).json["audits"])


def etag(world: World, audit_id: Any) -> str:
    return world.call("hq", "GET", f"/audits/{audit_id}").headers["ETag"]


def backend_of(connection: sa.Connection) -> int:
    """Return the number of the PostgreSQL process that serves a connection."""
    return int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


def until_somebody_waits_for(holder: int, world: World) -> None:
    """Return once a transaction on PostgreSQL waits for a lock that the process `holder` has."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE :holder = ANY(pg_blocking_pids(pid))"
    )
    give_up = time.monotonic() + patience.SECONDS
    with world.app.app_context(), db.engine.connect() as connection:
        while not connection.execute(waiting, {"holder": holder}).scalar_one():
            assert time.monotonic() < give_up
            connection.rollback()
