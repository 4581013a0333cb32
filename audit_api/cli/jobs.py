"""flask jobs and flask worker: work that is done later, and whoever does it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from flask import current_app

from audit_api.cli.commands import Commands, operator
from audit_api.database import db
from audit_api.rules.lifecycle import JobState
from audit_api.services.jobs import control
from audit_api.worker.process import Process

commands = Commands("jobs", help="Work that is done later.")

_MOST = 50


@commands.command("list")
@click.option("--organisation", "organisation_code", help="Only this organisation's.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in JobState]),
    help="Only those in this state.",
)
@click.option("--limit", default=_MOST, show_default=True, help="Most jobs to list.")
def list_jobs(organisation_code: str | None, state: str | None, limit: int) -> None:
    """List jobs, the newest first."""
    by = operator(organisation_code) if organisation_code else None
    organisation_id = by.organisation_id if by else None
    for job in control.listed(organisation_id=organisation_id, state=state, limit=limit):
        click.echo(_line(job))


@commands.command("retry")
@click.argument("job_id", type=click.UUID)
def retry(job_id: UUID) -> None:
    """Try a failed job again; what it has done stands."""
    job = control.find(job_id)
    control.retry(job, now=datetime.now(UTC))
    db.session.commit()
    click.echo(_line(job))


@commands.command("cancel")
@click.argument("job_id", type=click.UUID)
def cancel(job_id: UUID) -> None:
    """Cancel a job that has not ended, and those that work for it."""
    job = control.find(job_id)
    control.cancel(job, now=datetime.now(UTC))
    db.session.commit()
    click.echo(_line(job))


@click.command("worker")
@click.option("--long-only", is_flag=True, help="Leave photos and totals to others.")
def worker(long_only: bool) -> None:
    """Do jobs until it is told to end (Ctrl-C); run it as often as there are cores for it."""
    process = Process(current_app.extensions["audit_worker"])
    process.end_on_signals()
    process.run(short=not long_only)
    current_app.extensions["audit_worker"].close()


def _line(job: Any) -> str:
    progress = f"{job.done}/{job.total or '?'}" if job.is_long else "-"
    due = f"{job.due_at:%Y-%m-%d %H:%M:%S}Z"
    told = (job.id, job.kind, job.state, progress, f"attempt {job.attempts}", due)
    return "  ".join([*map(str, told), *([job.error] if job.error else [])])
