"""People, and the regions that each may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_api.database import CHANGED_OFTEN, Moment, Table, new_id, one_of
from audit_api.models.organisation import Region
from audit_api.rules.permissions import Role


class User(Table):
    """A person who logs in.  `email` is in lower case; `feed_seq` numbers the person's feed."""

    __tablename__ = "users"
    __table_args__ = (
        one_of("role", Role),
        sa.Index(None, "organisation_id", "id"),
        CHANGED_OFTEN,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[str] = mapped_column(sa.String(16))
    locale: Mapped[str] = mapped_column(sa.String(35))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    feed_seq: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    regions: Mapped[list[Region]] = relationship(secondary="user_regions", order_by=Region.code)

    @property
    def region_ids(self) -> list[UUID]:
        """The regions granted, each with all below it."""
        return [region.id for region in self.regions]


class UserRegion(Table):
    """A region, with all below it, that a user may see."""

    __tablename__ = "user_regions"

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    region_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("regions.id"), primary_key=True, index=True
    )
