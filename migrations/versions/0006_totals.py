"""Totals: what scorecards read instead of adding up audits and assignments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SUMS = (
    "audits",
    "scored",
    "passed",
    "final_sum",
    "final_squares",
    "raw_sum",
    "earned",
    "possible",
)

CHANGED_OFTEN = {"postgresql_with": {"fillfactor": 70}}


def upgrade() -> None:
    site_totals()
    folded_totals()
    total_changes()
    visit_totals()


def downgrade() -> None:
    op.drop_table("visit_totals")
    op.drop_table("total_changes")
    op.drop_table("folded_totals")
    op.drop_table("site_totals")


def sums() -> list[sa.Column[int]]:
    """Return the columns that hold sums, new ones for each table: a column belongs to one."""
    return [sa.Column(name, sa.BigInteger(), server_default="0", nullable=False) for name in SUMS]


def site_totals() -> None:
    op.create_table(
        "site_totals",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        *sums(),
        sa.PrimaryKeyConstraint("site_id", "month", "scoring_key", name=op.f("pk_site_totals")),
        **CHANGED_OFTEN,
    )
    op.create_index(op.f("ix_site_totals_month_site_id"), "site_totals", ["month", "site_id"])


def folded_totals() -> None:
    op.create_table(
        "folded_totals",
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        *sums(),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "scope_id", "month", "scoring_key", "campaign_id", name=op.f("pk_folded_totals")
        ),
        **CHANGED_OFTEN,
    )


def total_changes() -> None:
    op.create_table(
        "total_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_total_changes")),
    )
    op.create_index(
        op.f("ix_total_changes_organisation_id_site_id"),
        "total_changes",
        ["organisation_id", "site_id"],
    )


def visit_totals() -> None:
    op.create_table(
        "visit_totals",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("checklist", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "site_id", "month", "campaign_id", "checklist", name=op.f("pk_visit_totals")
        ),
        **CHANGED_OFTEN,
    )
    op.create_index(op.f("ix_visit_totals_campaign_id"), "visit_totals", ["campaign_id"])
    op.create_index(
        op.f("ix_visit_totals_organisation_id_month"), "visit_totals", ["organisation_id", "month"]
    )
