"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_subject_id"), "activity", ["subject_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("totals_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    op.create_table(
        "repeatables",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column(
            "headers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key", name=op.f("pk_repeatables")),
    )
    op.create_table(
        "checklists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_checklists_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklists")),
        sa.UniqueConstraint(
            "organisation_id", "key", name=op.f("uq_checklists_organisation_id_key")
        ),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "request", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_jobs_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_jobs_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    op.create_index(op.f("ix_jobs_state_due_at"), "jobs", ["state", "due_at"], unique=False)

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
    op.create_index(op.f("ix_regions_parent_id"), "regions", ["parent_id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("feed_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('auditor', 'manager', 'reviewer', 'hq')", name=op.f("ck_users_role")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_users_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_index(
        op.f("ix_users_organisation_id_id"), "users", ["organisation_id", "id"], unique=False
    )

    op.create_table(
        "checklist_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column(
            "title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("written_as", sa.String(length=4), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("scoring_key", sa.String(length=16), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'retired')", name=op.f("ck_checklist_versions_state")
        ),
        sa.CheckConstraint(
            "written_as IN ('json', 'yaml')", name=op.f("ck_checklist_versions_written_as")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklists.id"], name=op.f("fk_checklist_versions_checklist_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_checklist_versions_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_versions")),
        sa.UniqueConstraint(
            "checklist_id", "number", name=op.f("uq_checklist_versions_checklist_id_number")
        ),
        sa.UniqueConstraint(
            "organisation_id", "digest", name=op.f("uq_checklist_versions_organisation_id_digest")
        ),
    )
    op.create_table(
        "integration_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "permissions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_integration_tokens_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_integration_tokens_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integration_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_integration_tokens_digest")),
    )
    op.create_index(
        op.f("ix_integration_tokens_organisation_id"),
        "integration_tokens",
        ["organisation_id"],
        unique=False,
    )

    op.create_table(
        "logins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_because", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_logins_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logins")),
    )
    op.create_index(op.f("ix_logins_user_id"), "logins", ["user_id"], unique=False)

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
    op.create_index(
        op.f("ix_region_ancestors_ancestor_id"), "region_ancestors", ["ancestor_id"], unique=False
    )

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
        sa.Column(
            "attributes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
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
    op.create_index(op.f("ix_sites_region_id"), "sites", ["region_id"], unique=False)

    op.create_table(
        "user_regions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_user_regions_region_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_regions_user_id")),
        sa.PrimaryKeyConstraint("user_id", "region_id", name=op.f("pk_user_regions")),
    )
    op.create_index(op.f("ix_user_regions_region_id"), "user_regions", ["region_id"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.Column("review", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("review IN ('always', 'none')", name=op.f("ck_campaigns_review")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_campaigns_period")),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_campaigns_checklist_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_campaigns_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index(
        op.f("ix_campaigns_organisation_id_id"),
        "campaigns",
        ["organisation_id", "id"],
        unique=False,
    )

    op.create_table(
        "login_tokens",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("login_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('access', 'refresh')", name=op.f("ck_login_tokens_kind")),
        sa.ForeignKeyConstraint(["login_id"], ["logins.id"], name=op.f("fk_login_tokens_login_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_login_tokens")),
    )
    op.create_index(op.f("ix_login_tokens_login_id"), "login_tokens", ["login_id"], unique=False)
    op.create_index(op.f("ix_login_tokens_parent"), "login_tokens", ["parent"], unique=False)

    op.create_table(
        "site_totals",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("audits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("scored", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("passed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("final_sum", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("final_squares", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("raw_sum", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("earned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("possible", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_totals_site_id")),
        sa.PrimaryKeyConstraint(
            "site_id", "month", "scoring_key", "part", name=op.f("pk_site_totals")
        ),
    )
    op.create_index(
        op.f("ix_site_totals_month_part_site_id"),
        "site_totals",
        ["month", "part", "site_id"],
        unique=False,
    )

    op.create_table(
        "folded_totals",
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("audits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("scored", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("passed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("final_sum", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("final_squares", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("raw_sum", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("earned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("possible", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint(
            "scope_id",
            "kind",
            "month",
            "scoring_key",
            "part",
            "campaign_id",
            name=op.f("pk_folded_totals"),
        ),
    )

    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("auditor_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_assignments_window")),
        sa.ForeignKeyConstraint(
            ["auditor_id"], ["users.id"], name=op.f("fk_assignments_auditor_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_assignments_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_assignments_organisation_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_assignments_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(
        op.f("ix_assignments_auditor_id_site_id"),
        "assignments",
        ["auditor_id", "site_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignments_campaign_id"), "assignments", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_assignments_organisation_id_id"),
        "assignments",
        ["organisation_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignments_site_id"),
        "assignments",
        ["site_id"],
        unique=False,
    )

    op.create_table(
        "audits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("auditor_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        sa.Column("conducted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conducted_offset", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw_score", sa.Integer(), nullable=True),
        sa.Column("final_score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("band", sa.String(length=64), nullable=True),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.Column("possible", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_media', 'submitted', 'in_review', 'approved', "
            "'returned', 'rejected', 'excluded', 'voided')",
            name=op.f("ck_audits_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_audits_assignment_id")
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["users.id"], name=op.f("fk_audits_auditor_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_audits_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_audits_checklist_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_audits_organisation_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_audits_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )
    op.create_index(op.f("ix_audits_assignment_id"), "audits", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_audits_auditor_id_id"), "audits", ["auditor_id", "id"], unique=False)
    op.create_index(
        op.f("ix_audits_organisation_id_state_id"),
        "audits",
        ["organisation_id", "state", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_audits_site_id_business_date"),
        "audits",
        ["site_id", "business_date"],
        unique=False,
    )

    op.create_table(
        "feed_entries",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_feed_entries_assignment_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_feed_entries_user_id")),
        sa.PrimaryKeyConstraint("user_id", "assignment_id", name=op.f("pk_feed_entries")),
    )
    op.create_index(
        op.f("ix_feed_entries_user_id_seq"), "feed_entries", ["user_id", "seq"], unique=True
    )

    op.create_table(
        "photos",
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("last_revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=True),
        sa.Column("exif_taken_at", sa.String(length=40), nullable=True),
        sa.Column("exif_latitude", sa.Double(), nullable=True),
        sa.Column("exif_longitude", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "state IN ('declared', 'stored', 'ready', 'unreadable')", name=op.f("ck_photos_state")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_photos_audit_id")),
        sa.PrimaryKeyConstraint("audit_id", "id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_fingerprint"), "photos", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_photos_sha256"), "photos", ["sha256"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "notes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_reviews_audit_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_reviews_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_audit_id"), "reviews", ["audit_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("site_attributes", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('current', 'superseded', 'lost')", name=op.f("ck_revisions_standing")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_revisions_audit_id")),
        sa.PrimaryKeyConstraint("audit_id", "content_digest", name=op.f("pk_revisions")),
    )

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
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_total_changes_audit_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_total_changes_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_total_changes_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_total_changes_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_total_changes")),
    )
    op.create_index(
        op.f("ix_total_changes_organisation_id_month"),
        "total_changes",
        ["organisation_id", "month"],
        unique=False,
    )
    op.create_index(op.f("ix_total_changes_site_id"), "total_changes", ["site_id"], unique=False)

    op.create_table(
        "visit_totals",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_visit_totals_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_visit_totals_organisation_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_visit_totals_site_id")),
        sa.PrimaryKeyConstraint("site_id", "month", "campaign_id", name=op.f("pk_visit_totals")),
    )
    op.create_index(
        op.f("ix_visit_totals_campaign_id"), "visit_totals", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_visit_totals_organisation_id_month"),
        "visit_totals",
        ["organisation_id", "month"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_totals_organisation_id_month"), table_name="visit_totals")
    op.drop_index(op.f("ix_visit_totals_campaign_id"), table_name="visit_totals")

    op.drop_table("visit_totals")
    op.drop_index(op.f("ix_total_changes_site_id"), table_name="total_changes")
    op.drop_index(op.f("ix_total_changes_organisation_id_month"), table_name="total_changes")

    op.drop_table("total_changes")
    op.drop_table("revisions")
    op.drop_index(op.f("ix_reviews_audit_id"), table_name="reviews")

    op.drop_table("reviews")
    op.drop_index(op.f("ix_photos_sha256"), table_name="photos")
    op.drop_index(op.f("ix_photos_fingerprint"), table_name="photos")

    op.drop_table("photos")
    op.drop_index(op.f("ix_feed_entries_user_id_seq"), table_name="feed_entries")

    op.drop_table("feed_entries")
    op.drop_index(op.f("ix_audits_site_id_business_date"), table_name="audits")
    op.drop_index(op.f("ix_audits_organisation_id_state_id"), table_name="audits")
    op.drop_index(op.f("ix_audits_auditor_id_id"), table_name="audits")
    op.drop_index(op.f("ix_audits_assignment_id"), table_name="audits")

    op.drop_table("audits")
    op.drop_index(op.f("ix_assignments_site_id"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_organisation_id_id"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_campaign_id"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_auditor_id_site_id"), table_name="assignments")

    op.drop_table("assignments")
    op.drop_table("folded_totals")
    op.drop_index(op.f("ix_site_totals_month_part_site_id"), table_name="site_totals")

    op.drop_table("site_totals")
    op.drop_index(op.f("ix_login_tokens_parent"), table_name="login_tokens")
    op.drop_index(op.f("ix_login_tokens_login_id"), table_name="login_tokens")

    op.drop_table("login_tokens")
    op.drop_index(op.f("ix_campaigns_organisation_id_id"), table_name="campaigns")

    op.drop_table("campaigns")
    op.drop_index(op.f("ix_user_regions_region_id"), table_name="user_regions")

    op.drop_table("user_regions")
    op.drop_index(op.f("ix_sites_region_id"), table_name="sites")

    op.drop_table("sites")
    op.drop_index(op.f("ix_region_ancestors_ancestor_id"), table_name="region_ancestors")

    op.drop_table("region_ancestors")
    op.drop_index(op.f("ix_logins_user_id"), table_name="logins")

    op.drop_table("logins")
    op.drop_index(op.f("ix_integration_tokens_organisation_id"), table_name="integration_tokens")

    op.drop_table("integration_tokens")
    op.drop_table("checklist_versions")
    op.drop_index(op.f("ix_users_organisation_id_id"), table_name="users")

    op.drop_table("users")
    op.drop_index(op.f("ix_regions_parent_id"), table_name="regions")

    op.drop_table("regions")
    op.drop_index(op.f("ix_jobs_state_due_at"), table_name="jobs")

    op.drop_table("jobs")
    op.drop_table("checklists")
    op.drop_table("repeatables")
    op.drop_table("organisations")
    op.drop_index(op.f("ix_activity_subject_id"), table_name="activity")

    op.drop_table("activity")
