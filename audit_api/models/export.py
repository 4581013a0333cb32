"""Exports: what HQ takes away, made by jobs, and the reports in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import CHANGED_OFTEN, Json, Moment, Table, one_of
from audit_api.rules.kinds import LEFT_OUT


class Export(Table):
    """A file that a job makes: which one, and how far it has come in the store.

    `is_planned` once it is known what will be in it.  Until the file is whole, `attempt` is what
    the store calls the putting together, `parts` the tags of the parts that it holds, `size` how
    many bytes they have, and `packed` how many entries are in them.

    A link holds as long as `links` is the number that it was made under.
    """

    __tablename__ = "exports"
    __table_args__ = (sa.Index(None, "organisation_id", "id"), CHANGED_OFTEN)

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("jobs.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    is_planned: Mapped[bool] = mapped_column(default=False)
    attempt: Mapped[str | None] = mapped_column(sa.Text)
    parts: Mapped[list[Any]] = mapped_column(Json, default=list)
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    packed: Mapped[int] = mapped_column(default=0)
    links: Mapped[int] = mapped_column(default=0)


class ExportEntry(Table):
    """One report of an export, in its order; or what was `left_out`, and why.

    `digest` names the drawn report (`DrawnReport`), `place` is where it begins in the file.
    """

    __tablename__ = "export_entries"
    __table_args__ = (one_of("left_out", LEFT_OUT), CHANGED_OFTEN)

    export_id: Mapped[UUID] = mapped_column(sa.ForeignKey("exports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"))
    file_name: Mapped[str | None] = mapped_column(sa.String(255))
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    left_out: Mapped[str | None] = mapped_column(sa.String(32))
    place: Mapped[int | None] = mapped_column(sa.BigInteger)


class DrawnReport(Table):
    """A report that was drawn and is kept in the store for a while: `digest` is that of all that it
    says, and of what draws it, so that it is never drawn twice."""

    __tablename__ = "drawn_reports"

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisations.id"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    crc32: Mapped[int] = mapped_column(sa.BigInteger)
    size: Mapped[int]
    used_at: Mapped[datetime] = mapped_column(Moment, index=True)
