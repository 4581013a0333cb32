"""What scorecards read: sums over a site's counted audits in a month."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Table


def _sum() -> Mapped[int]:
    return mapped_column(sa.BigInteger, default=0, server_default="0")


class SiteTotal(Table):
    """Sums of one site, month, scoring key and part (a touchpoint's key; "" is the whole audit).

    Kept by site and not by region, so that a site which moves takes its history along.
    `scored` of the `audits` have a score; scores are integer hundredths of a percent, points
    integer millionths.  Always equal to a recomputation from the audits (`services.totals`).
    """

    __tablename__ = "site_totals"
    __table_args__ = (sa.Index(None, "month", "site_id"),)

    site_id: Mapped[UUID] = mapped_column(sa.ForeignKey("sites.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    scoring_key: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    audits: Mapped[int] = _sum()
    scored: Mapped[int] = _sum()
    passed: Mapped[int] = _sum()
    final_sum: Mapped[int] = _sum()
    final_squares: Mapped[int] = _sum()
    raw_sum: Mapped[int] = _sum()
    earned: Mapped[int] = _sum()
    possible: Mapped[int] = _sum()
