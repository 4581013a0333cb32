"""Jobs: the truth about work done later, whoever delivers it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import CHANGED_OFTEN, Json, Moment, Table, new_id, one_of
from audit_api.rules.lifecycle import JobState

_HAS_PARENT = sa.text("parent_id IS NOT NULL")


class Job(Table):
    """A piece of work, written in the transaction that wants it.

    `key` names the work: asked twice, it is one job.  A worker holds it by a lease until `due_at`,
    under a new `holder` each time; when the lease runs out, another takes it up.  Long work (an
    export) may be done by several at once: each has a job of its own, whose `parent` waits for it.

    `done` of `total` units are done.  What came of it is let go of at `expires_at`.  `owner_id` is
    who asked for it (a person, an integration), where somebody did.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", JobState),
        sa.Index(None, "is_long", "state", "due_at"),
        sa.Index(None, "parent_id", sqlite_where=_HAS_PARENT, postgresql_where=_HAS_PARENT),
        CHANGED_OFTEN,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    owner_id: Mapped[UUID | None]
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("jobs.id"))
    kind: Mapped[str] = mapped_column(sa.String(32))
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    request: Mapped[dict[str, Any]] = mapped_column(Json)
    is_long: Mapped[bool] = mapped_column(server_default=sa.false())
    state: Mapped[str] = mapped_column(sa.String(16))
    holder: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment)
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)


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
