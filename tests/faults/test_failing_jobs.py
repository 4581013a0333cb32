"""A job whose error quotes what no database holds fails as visibly as any other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from audit_api.database import db, new_id
from audit_api.models import Job
from audit_api.services import jobs
from audit_api.services.access import Who
from audit_api.services.jobs import Task


@pytest.mark.parametrize("error", ["a\0b", "\ud800", "\udcff" * 600, "x" * 9_000])
def test_any_error_of_a_job_can_be_kept(context: Flask, hq: Who, error: str) -> None:
    now = datetime.now(UTC)
    job = Job(
        organisation_id=hq.organisation_id,
        kind="display_copy",
        key=f"failing {error[:5]!r}",
        request={},
        state="running",
        holder=new_id(),
        due_at=now,
        created_at=now,
        attempts=1,
    )
    db.session.add(job)
    db.session.flush()
    task = Task(job.id, job.organisation_id, job.kind, {}, job.attempts, job.holder)
    jobs.fail(task, f"ValueError: {error}", now=now)
    db.session.flush()
    db.session.refresh(job)
    assert str(job.error).startswith("ValueError: ")
