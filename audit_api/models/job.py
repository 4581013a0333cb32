"""Jobs: the truth about work done later, whoever delivers it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Moment, Table, new_id, one_of


class Job(Table):
    """A piece of work, written in the transaction that wants it.

    `key` names the work: asked twice, it is one job.  A worker holds it by a lease; when the
    lease runs out, another takes it up.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", ("queued", "running", "done", "failed")),
        sa.Index(None, "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(sa.String(32))
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    request: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(sa.String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class Repeatable(Table):
    """The answer to a write that carried an Idempotency-Key: said again, not done again."""

    __tablename__ = "repeatables"

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    request_digest: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(Json)
    body: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(Moment)
