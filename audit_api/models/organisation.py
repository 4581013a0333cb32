"""Organisations (tenants) and their tree of regions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Moment, Table, new_id


class Organisation(Table):
    """A tenant: a brand, or an agency working for brands."""

    __tablename__ = "organisations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    locale: Mapped[str] = mapped_column(sa.String(35))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Rises whenever folded totals change or move: see `services.totals.tables.lock`.
    totals_version: Mapped[int] = mapped_column(default=0, server_default="0")
    folding_until: Mapped[datetime | None] = mapped_column(Moment)
    # #RRGGBB, of the heads and headings of documents.
    colour: Mapped[str | None] = mapped_column(sa.String(7))
    # What sites are to score, in hundredths of a percent.
    target: Mapped[int | None]
    # A JPEG for the head of documents; read only where one is drawn.
    logo: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)


class Region(Table):
    """A node in an organisation's tree of regions; a root has no parent."""

    __tablename__ = "regions"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("regions.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    version: Mapped[int] = mapped_column(default=1)


class RegionAncestor(Table):
    """One row for each region and each region that it lies in, itself included.

    "Everything below" is then one indexed join, at any depth, on both databases.
    """

    __tablename__ = "region_ancestors"

    region_id: Mapped[UUID] = mapped_column(sa.ForeignKey("regions.id"), primary_key=True)
    ancestor_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("regions.id"), primary_key=True, index=True
    )
