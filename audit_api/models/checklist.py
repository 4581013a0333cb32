"""Checklists and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Moment, Table, new_id, one_of
from audit_api.rules.lifecycle import VersionState


class Checklist(Table):
    """A questionnaire under one key; what it asks is in its versions."""

    __tablename__ = "checklists"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    key: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)


WRITTEN_AS = ("json", "yaml")


class ChecklistVersion(Table):
    """One version: editable as a draft, immutable and known by its digest once published.

    `document` holds the canonical bytes as phones get them; a draft's are its author's, with
    whatever faults they have.  `written` keeps what the author wrote, as YAML with its comments
    or as JSON: the next version begins there.  `error_count` errors keep a draft from being
    published.
    """

    __tablename__ = "checklist_versions"
    __table_args__ = (
        sa.UniqueConstraint("checklist_id", "number"),
        sa.UniqueConstraint("organisation_id", "digest"),
        one_of("state", VersionState),
        one_of("written_as", WRITTEN_AS),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    checklist_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checklists.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[dict[str, Any]] = mapped_column(Json)
    document: Mapped[str] = mapped_column(sa.Text)
    written: Mapped[str] = mapped_column(sa.Text)
    written_as: Mapped[str] = mapped_column(sa.String(4))
    error_count: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    scoring_key: Mapped[str | None] = mapped_column(sa.String(16))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
