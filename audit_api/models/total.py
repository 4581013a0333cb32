"""What scorecards read: sums over the audits that count.

These tables name sites, campaigns and audits without foreign keys: every row follows from audits
and assignments, which have theirs, and `services.totals` proves it; to ask again with each audit
whether its site exists would cost as much as to add it up.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import CHANGED_OFTEN, Table, new_id


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
    """Sums of one site, month and scoring key, over all campaigns.

    Changed in the transaction that makes an audit count; always equal to a recomputation from
    the audits (`services.totals.of_sites`).
    """

    __tablename__ = "site_totals"
    __table_args__ = (sa.Index(None, "month", "site_id"), CHANGED_OFTEN)

    site_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    scoring_key: Mapped[str] = mapped_column(sa.String(16), primary_key=True)


class FoldedTotal(Sums, Table):
    """Sums of one scope, month and scoring key: those of the whole in columns, those of every part
    in three texts by how they are read (`services.totals.packing`).

    The scope is a site (then by campaign as well), a region's own sites, an organisation or a
    campaign; competitors' sites are in no scope but their own.  A `TotalChange` is not in it until
    it is folded and gone.
    """

    __tablename__ = "folded_totals"
    __table_args__ = (CHANGED_OFTEN,)

    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    scoring_key: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    parts: Mapped[str] = mapped_column(sa.Text)
    questions: Mapped[str] = mapped_column(sa.Text)
    answers: Mapped[str] = mapped_column(sa.Text)


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
    __table_args__ = (sa.Index(None, "organisation_id", "month"), CHANGED_OFTEN)

    site_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    checklist: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    organisation_id: Mapped[UUID]
    planned: Mapped[int]
    done: Mapped[int]


class TotalChange(Table):
    """A revision that began to count (`sign` 1) or ceased to (-1), until it is folded."""

    __tablename__ = "total_changes"
    __table_args__ = (sa.Index(None, "organisation_id", "site_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID]
    site_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    audit_id: Mapped[UUID]
    content_digest: Mapped[str] = mapped_column(sa.String(64))
    month: Mapped[date]
    sign: Mapped[int]
