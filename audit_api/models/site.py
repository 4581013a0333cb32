"""Sites: the places visited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Table, new_id, one_of
from audit_api.rules.kinds import SITE_KINDS


class Site(Table):
    """A place visited.  `version` grows with each change and shows whether what was read is old."""

    __tablename__ = "sites"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "code"),
        one_of("kind", SITE_KINDS),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    region_id: Mapped[UUID] = mapped_column(sa.ForeignKey("regions.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(16))
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    address: Mapped[str | None] = mapped_column(sa.String(500))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    geofence_metres: Mapped[int] = mapped_column(default=150)
    attributes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
