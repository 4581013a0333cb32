"""Tenants and places: organisations, their trees of regions, and the sites that are visited.

All other tables belong to an organisation in the end, so these come first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    organisations()
    regions()
    region_ancestors()
    sites()


def downgrade() -> None:
    op.drop_table("sites")
    op.drop_table("region_ancestors")
    op.drop_table("regions")
    op.drop_table("organisations")


def organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("totals_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("folding_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("colour", sa.String(length=7), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )


def regions() -> None:
    op.create_table(
        "regions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_regions_organisation_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["regions.id"], name=op.f("fk_regions_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
        sa.UniqueConstraint(
            "organisation_id", "code", name=op.f("uq_regions_organisation_id_code")
        ),
    )
    op.create_index(op.f("ix_regions_parent_id"), "regions", ["parent_id"])


def region_ancestors() -> None:
    op.create_table(
        "region_ancestors",
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("ancestor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["regions.id"], name=op.f("fk_region_ancestors_ancestor_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_region_ancestors_region_id")
        ),
        sa.PrimaryKeyConstraint("region_id", "ancestor_id", name=op.f("pk_region_ancestors")),
    )
    op.create_index(op.f("ix_region_ancestors_ancestor_id"), "region_ancestors", ["ancestor_id"])


def sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("geofence_metres", sa.Integer(), nullable=False),
        sa.Column("attributes", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('own', 'competitor')", name=op.f("ck_sites_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sites_organisation_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_sites_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_sites_organisation_id_code")),
    )
    op.create_index(op.f("ix_sites_region_id"), "sites", ["region_id"])
