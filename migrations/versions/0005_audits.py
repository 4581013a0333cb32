"""Audits: where each stands, what was sent, its signals and photos, what the reviewers decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    audits()
    revisions()
    signals()
    photos()
    reviews()


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("photos")
    op.drop_table("audit_signals")
    op.drop_table("revisions")
    op.drop_table("audits")


def audits() -> None:
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
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("scoring_key", sa.String(length=16), nullable=False),
        sa.Column("conducted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conducted_offset", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw_score", sa.Integer(), nullable=True),
        sa.Column("final_score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("band", sa.String(length=64), nullable=True),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.Column("possible", sa.BigInteger(), nullable=False),
        sa.Column("findings_count", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column(
            "score_order",
            sa.Integer(),
            sa.Computed("coalesce(final_score, 100000)", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('awaiting_media', 'submitted', 'in_review', 'approved', "
            "'returned', 'rejected', 'excluded', 'voided')",
            name=op.f("ck_audits_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "organisation_id", "campaign_id", "site_id"],
            [f"assignments.{name}" for name in ("id", "organisation_id", "campaign_id", "site_id")],
            name=op.f("fk_audits_assignment_id_organisation_id_campaign_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["users.id"], name=op.f("fk_audits_auditor_id")),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_audits_checklist_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )
    op.create_index(op.f("ix_audits_assignment_id"), "audits", ["assignment_id"])
    op.create_index(op.f("ix_audits_campaign_id"), "audits", ["campaign_id"])
    op.create_index(op.f("ix_audits_auditor_id_id"), "audits", ["auditor_id", "id"])
    op.create_index(
        op.f("ix_audits_organisation_id_state_id"), "audits", ["organisation_id", "state", "id"]
    )
    for column in ("received_at", "score_order"):
        op.create_index(
            op.f(f"ix_audits_organisation_id_state_{column}_id"),
            "audits",
            ["organisation_id", "state", column, "id"],
        )
        op.create_index(
            op.f(f"ix_audits_organisation_id_{column}_id"),
            "audits",
            ["organisation_id", column, "id"],
        )
    op.create_index(
        op.f("ix_audits_organisation_id_business_date_id"),
        "audits",
        ["organisation_id", "business_date", "id"],
    )
    op.create_index(op.f("ix_audits_site_id_business_date"), "audits", ["site_id", "business_date"])
    op.create_index(
        op.f("ix_audits_checklist_version_id_state_received_at"),
        "audits",
        ["checklist_version_id", "state", "received_at"],
        sqlite_where=sa.text("seconds IS NOT NULL"),
        postgresql_where=sa.text("seconds IS NOT NULL"),
    )


def revisions() -> None:
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


def signals() -> None:
    op.create_table(
        "audit_signals",
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.CheckConstraint(
            "kind IN ('future_visit', 'reversed_times', 'too_fast', 'mock_location', "
            "'outside_geofence', 'clock_skew', 'site_attributes', 'few_answers', 'photo_time', "
            "'early', 'late', 'sent_late', 'cancelled_assignment', 'declined_assignment', "
            "'reassigned_visit', 'duplicate_visit', 'same_photo', 'unreadable_photo', "
            "'waived_photo')",
            name=op.f("ck_audit_signals_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_signals_audit_id")
        ),
        sa.PrimaryKeyConstraint("audit_id", "kind", name=op.f("pk_audit_signals")),
    )
    op.create_index(op.f("ix_audit_signals_kind_audit_id"), "audit_signals", ["kind", "audit_id"])


def photos() -> None:
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
        sa.Column("file", sa.String(length=24), server_default="original", nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("damaged", sa.Boolean(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=True),
        sa.Column("exif_taken_at", sa.String(length=40), nullable=True),
        sa.Column("exif_latitude", sa.Double(), nullable=True),
        sa.Column("exif_longitude", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "state IN ('declared', 'waived', 'stored', 'ready', 'unreadable')",
            name=op.f("ck_photos_state"),
        ),
        sa.CheckConstraint(
            "reason IN ('no_picture', 'type_not_accepted', 'too_large', 'too_many_pixels', "
            "'damaged', 'too_costly')",
            name=op.f("ck_photos_reason"),
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_photos_audit_id")),
        sa.PrimaryKeyConstraint("audit_id", "id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_fingerprint"), "photos", ["fingerprint"])
    op.create_index(op.f("ix_photos_sha256"), "photos", ["sha256"])


def reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("notes", Json, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_reviews_audit_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_reviews_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_audit_id"), "reviews", ["audit_id"])
