"""What scorecards read: sums over the audits that count."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Table, new_id


def _sum() -> Mapped[int]:
    return mapped_column(sa.BigInteger, default=0, server_default="0")


class Sums:
    """The columns of `rules.totals.Sums`: scores are integer hundredths of a percent, points
    integer millionths; `scored` of the `audits` have a score."""

    audits: Mapped[int] = _sum()
    scored: Mapped[int] = _sum()
    passed: Mapped[int] = _sum()
    final_sum: Mapped[int] = _sum()
    final_squares: Mapped[int] = _sum()
    raw_sum: Mapped[int] = _sum()
    earned: Mapped[int] = _sum()
    possible: Mapped[int] = _sum()


class SiteTotal(Sums, Table):
    """Sums of one site, month, scoring key and part (a touchpoint's key; "" is the whole audit).

    Changed in the transaction that makes an audit count; always equal to a recomputation from
    the audits (`services.totals.of_sites`).
    """

    __tablename__ = "site_totals"
    __table_args__ = (sa.Index(None, "month", "part", "site_id"),)

    site_id: Mapped[UUID] = mapped_column(sa.ForeignKey("sites.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    scoring_key: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class FoldedTotal(Sums, Table):
    """Sums of one scope, month, scoring key, kind and part (`rules.totals.Kind`).

    The scope is a site (then by campaign as well), a region's own sites, an organisation or a
    campaign; competitors' sites are in no scope but their own.  A `TotalChange` is not in it until
    it is folded and gone.
    """

    __tablename__ = "folded_totals"

    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    scoring_key: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(130), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)


class VisitTotal(Table):
    """Visits of one campaign to one site in one month: how many were planned (all but the
    cancelled ones) and how many of them were made.

    A visit that was made counts in the month in which it was, under the key of the checklist that
    it was made with; any other in the month in which its window ends, under no checklist of its
    own: the campaign may still change that.

    Changed in the transaction that changes an assignment; always equal to a recomputation from
    the assignments (`services.totals.of_visits`).
    """

    __tablename__ = "visit_totals"
    __table_args__ = (sa.Index(None, "organisation_id", "month"),)

    site_id: Mapped[UUID] = mapped_column(sa.ForeignKey("sites.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("campaigns.id"), primary_key=True, index=True
    )
    checklist: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    planned: Mapped[int]
    done: Mapped[int]


class TotalChange(Table):
    """A revision that began to count (`sign` 1) or ceased to (-1), until it is folded."""

    __tablename__ = "total_changes"
    __table_args__ = (sa.Index(None, "organisation_id", "month"), sa.Index(None, "site_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisations.id"))
    site_id: Mapped[UUID] = mapped_column(sa.ForeignKey("sites.id"))
    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("campaigns.id"))
    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"))
    content_digest: Mapped[str] = mapped_column(sa.String(64))
    month: Mapped[date]
    sign: Mapped[int]
