"""Who did what, when: append-only; and each person's feed of what changed for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Moment, Table, new_id


class Activity(Table):
    """One act: `verb` is the permission's own string (`audit.approve`); `actor` a user or token."""

    __tablename__ = "activity"
    __table_args__ = (sa.Index(None, "subject_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    verb: Mapped[str] = mapped_column(sa.String(64))
    subject_id: Mapped[UUID]
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime] = mapped_column(Moment)


class FeedEntry(Table):
    """The newest change of one thing for one user, numbered from the user's own `feed_seq`.

    The user's row is locked while a number is given out, so numbers appear in the order in
    which their transactions commit and no reader can skip one (ADR 0004).
    """

    __tablename__ = "feed_entries"
    __table_args__ = (sa.Index(None, "user_id", "seq", unique=True),)

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    assignment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assignments.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    removed: Mapped[bool] = mapped_column(default=False)
