"""Campaigns (waves of visits) and assignments (planned visits)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import CHANGED_OFTEN, Moment, Table, new_id, one_of
from audit_api.rules.lifecycle import ReviewRule


class Campaign(Table):
    """A wave of visits with one checklist version; `review: none` approves what nothing holds."""

    __tablename__ = "campaigns"
    __table_args__ = (
        one_of("review", ReviewRule),
        sa.CheckConstraint("starts_on <= ends_on", name="period"),
        sa.Index(None, "organisation_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    checklist_version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checklist_versions.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    scenario: Mapped[str | None] = mapped_column(sa.Text)
    review: Mapped[str] = mapped_column(sa.String(16))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class Assignment(Table):
    """One planned visit of one auditor to one site between two of the site's local dates.

    `audits` is how many audits of it have come, from whomever and in whatever state they are.
    `visited_on` is the site's local date of the visit once it was made, `visited_with` the key of
    the checklist that it was made with.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="window"),
        # What an audit's foreign key names: the audit has to be where its assignment is.
        sa.UniqueConstraint("id", "organisation_id", "campaign_id", "site_id"),
        sa.Index(None, "organisation_id", "id"),
        sa.Index(None, "auditor_id", "site_id"),
        CHANGED_OFTEN,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("campaigns.id"), index=True)
    site_id: Mapped[UUID] = mapped_column(sa.ForeignKey("sites.id"), index=True)
    auditor_id: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(sa.String(16))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    audits: Mapped[int] = mapped_column(default=0)
    visited_on: Mapped[date | None]
    visited_with: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)
