"""Exports: what each report costs, how much memory a worker takes, and how two share the work."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import current_app

from audit_api.database import db
from audit_api.models import Audit, DrawnReport
from audit_api.rules.lifecycle import JobState
from audit_api.services import access
from audit_api.services.audits.queue import Filter
from audit_api.services.exports import asking
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.jobs import control
from bench.instruments import processors
from bench.rows import Row, ratio
from bench.world import World, world
from tests.servers.postgres import database, own_server

SIZES, LARGE_SIZES = (100, 1_000), (100, 1_000, 10_000)
VISITS = 10_000
ROUNDS = 3
LANGUAGE = "both"


class Made(NamedTuple):
    """An export: its seconds, the seconds of processors a report took, the worker's peak memory."""

    seconds: float
    cpu: float
    peak: int


def rows(sizes: Sequence[int] = SIZES) -> Iterable[Row]:
    """Exports of each size by one worker, and of the last by two; anew, and of what is kept."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server, _ = stack.enter_context(own_server())
        url = stack.enter_context(database(server)).url
        filled = stack.enter_context(world(url, folder, visits=VISITS))
        by_size: list[list[Made]] = []
        for size in sizes:
            _fill(filled, size)
            # The application's own process for long work would be one worker more than are named.
            current_app.extensions["audit_worker"].close()
            by_size.append([_made(filled, workers=1) for _ in range(ROUNDS)])
        two = [_made(filled, workers=2) for _ in range(ROUNDS)]
        kept = [_made(filled, workers=1, anew=False) for _ in range(ROUNDS)]
    first, *_, last = by_size
    for size, rounds in zip(sizes, by_size, strict=True):
        yield (
            f"export of {size:,} reports in two languages: processor time of each",
            f"{_middle(each.cpu for each in rounds) / size * 1000:.1f} ms",
            f"in all {_middle(each.seconds for each in rounds):.1f} s",
            "–",
            "≤ 25 ms",
        )
    yield (
        f"export: a worker's peak memory at {sizes[-1]:,} reports",
        f"{_middle(each.peak for each in last) / 1e6:.0f} MB",
        f"at {sizes[0]:,}: {_middle(each.peak for each in first) / 1e6:.0f} MB",
        ratio((each.peak for each in last), (each.peak for each in first)),
        "0.9–1.1",
    )
    yield (
        f"export of {sizes[-1]:,} reports by two workers",
        f"{_middle(each.seconds for each in two):.1f} s",
        f"by one: {_middle(each.seconds for each in last):.1f} s",
        ratio((each.seconds for each in two), (each.seconds for each in last)),
        "< 1",
    )
    yield (
        f"the same {sizes[-1]:,} reports again",
        f"{_middle(each.seconds for each in kept):.1f} s",
        f"drawn: {_middle(each.seconds for each in last):.1f} s",
        ratio((each.seconds for each in kept), (each.seconds for each in last)),
        "–",
    )


def _fill(filled: World, size: int) -> None:
    """Send audits until there are so many."""
    client = current_app.test_client()
    stored = db.session.scalars(sa.select(sa.func.count()).select_from(Audit)).one()
    db.session.rollback()
    for number in range(stored, size):
        answer = client.put(
            f"/api/v1/audits/{uuid4()}",
            json=filled.audit(number),
            headers={"Authorization": f"Bearer {filled.token(number)}"},
        )
        assert answer.status_code == 201, answer.text


def _made(filled: World, *, workers: int, anew: bool = True) -> Made:
    """Have all audits' reports exported by so many processes."""
    by = access.system_who(filled.organisation_id)
    if anew:
        db.session.execute(sa.delete(DrawnReport))
    # Within ten minutes the same would be the same export.
    distinct = Filter(business_date_from=datetime.fromtimestamp(time.time_ns() % 10**9, UTC).date())
    with ExitStack() as stack:
        pids = [stack.enter_context(_worker(filled)) for _ in range(workers)]
        before = sum(map(processors.seconds, pids))
        begun = time.monotonic()
        export = asking.reports(ReportsRequest(distinct, LANGUAGE), by=by, now=datetime.now(UTC))
        db.session.commit()
        _wait(export.id)
        seconds = time.monotonic() - begun
        cpu = sum(map(processors.seconds, pids)) - before
        return Made(seconds, cpu, max(map(_peak, pids)))


def _wait(export_id: UUID) -> None:
    while (job := control.find(export_id)).state in control.UNFINISHED:
        db.session.rollback()
        time.sleep(0.05)
    assert job.state == JobState.DONE, job.error
    db.session.rollback()


@contextmanager
def _worker(filled: World) -> Iterator[int]:
    """Run a worker that is warm: it waits for work."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--long-only"]
    with subprocess.Popen(command, env=os.environ | filled.settings) as process:
        time.sleep(3)
        try:
            yield process.pid
        finally:
            process.terminate()


def _peak(pid: int) -> int:
    """The most memory that a process has held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def _middle(figures: Iterable[float]) -> float:
    ordered = sorted(figures)
    return ordered[len(ordered) // 2]
