"""What it costs to write a data set: time by the row, and memory, which must not grow with rows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.app import create_app
from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.services.datasets import Format
from bench.databases import on_postgresql
from bench.loading import load, settle
from bench.rows import Row
from bench.world import AUDITORS, World, numbered

QUESTIONS = 40
FEW, MANY = 250, 25_000
"""Audits of 40 observations each: ten thousand rows, and a million."""
FIRST = date(2026, 1, 31)
"""The day of the first few audits; the others are spread over the ten months after it."""


@dataclass(frozen=True)
class Written:
    """An export: seconds by the clock, bytes that were written, and the most memory in bytes."""

    seconds: float
    size: int
    peak: int


def rows() -> Iterable[Row]:
    """Tell the writing of a million observations beside that of ten thousand."""
    with on_postgresql(visits=MANY, durable=False) as ground:
        with ThreadPoolExecutor(1) as thread:  # the world's own context is not that of calls
            thread.submit(_send, ground.world).result()
        _copy()
        for format in Format:
            few = _export(ground.world, format, "--until", FIRST.isoformat())
            many = _export(ground.world, format)
            yield (
                f"a million observations as {format}",
                f"{many.seconds:.0f} s, {many.size / 1e6:.0f} MB",
                f"ten thousand: {few.seconds:.1f} s",
                f"{MANY * QUESTIONS / many.seconds:,.0f} rows/s",
                "–",
            )
            yield (
                f"the most memory of it ({format})",
                f"{many.peak / 1e6:.0f} MB",
                f"ten thousand: {few.peak / 1e6:.0f} MB",
                f"{many.peak / few.peak:.2f}",
                "≤ 1.10",
            )


def _send(world: World) -> None:
    app = create_app({name.removeprefix("AUDIT_"): value for name, value in world.settings.items()})
    headers = {"Authorization": f"Bearer {world.token(0)}"}
    sent = app.test_client().put(f"/api/v1/audits/{_id(0)}", json=world.audit(0), headers=headers)
    assert sent.status_code == 201, sent.json


def _id(number: int) -> UUID:
    """The id of an audit: a random one, as phones make them."""
    return UUID(int=numbered("audit", number).int, version=4)


def _copy() -> None:
    """Store audits like the first, each of a visit and a day of its own."""
    first = _row(Audit) | {"business_date": FIRST}
    revision = _row(Revision)
    db.session.execute(sa.update(Audit).values(business_date=FIRST))
    db.session.commit()
    load(Audit, ({**first, **_own(number)} for number in range(1, MANY)))
    load(Revision, ({**revision, "audit_id": _id(number)} for number in range(1, MANY)))
    settle()


def _row(table: Any) -> dict[str, Any]:
    row = db.session.execute(sa.select(table.__table__)).mappings().one()
    return {name: value for name, value in row.items() if name != "score_order"}


def _own(number: int) -> dict[str, Any]:
    day = FIRST if number < FEW else FIRST + timedelta(days=1 + number % 300)
    return {
        "id": _id(number),
        "assignment_id": numbered("visit", number),
        "site_id": numbered("site", number % 200),
        "auditor_id": numbered("auditor", number % AUDITORS),
        "business_date": day,
    }


def _export(world: World, format: Format, *options: str) -> Written:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations"
        words = ["observations", "--organisation", "bench", "--format", format, "--to", str(path)]
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "data", "export", *words, *options],
            env=os.environ | world.settings,
            stdout=subprocess.DEVNULL,
        )
        peak = 0
        while process.poll() is None:
            peak = _most(process.pid) or peak
            time.sleep(0.02)
        assert process.returncode == 0, "the export failed"
        size = sum(file.stat().st_size for file in _files(path))
        return Written(time.monotonic() - started, size, peak)


def _most(pid: int) -> int:
    """The most bytes that a process has held since its program began; 0 of one that has ended.

    What the kernel tells of a child that was waited for counts what it was forked from, too.
    """
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _files(path: Path) -> Iterator[Path]:
    return (each for each in (path, *path.rglob("*")) if each.is_file())
