"""The server's own work: who did what, what is still to do, and answers kept to be said again.

Those answers are the `repeatables`, each under the Idempotency-Key of the write that it answered.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    activity()
    jobs()
    exports()
    repeatables()


def downgrade() -> None:
    op.drop_table("repeatables")
    op.drop_table("drawn_reports")
    op.drop_table("export_entries")
    op.drop_table("exports")
    op.drop_table("jobs")
    op.drop_table("activity")


def activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_subject_id"), "activity", ["subject_id"])


def jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request", Json, nullable=False),
        sa.Column("is_long", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')",
            name=op.f("ck_jobs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_jobs_organisation_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["jobs.id"], name=op.f("fk_jobs_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
        postgresql_with={"fillfactor": 70},
    )
    has_parent = sa.text("parent_id IS NOT NULL")
    op.create_index(
        op.f("ix_jobs_parent_id"),
        "jobs",
        ["parent_id"],
        sqlite_where=has_parent,
        postgresql_where=has_parent,
    )
    op.create_index(op.f("ix_jobs_is_long_state_due_at"), "jobs", ["is_long", "state", "due_at"])


def exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=True),
        sa.Column("parts", Json, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.Integer(), nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["jobs.id"], name=op.f("fk_exports_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_exports_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(op.f("ix_exports_organisation_id_id"), "exports", ["organisation_id", "id"])
    op.create_table(
        "export_entries",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("left_out", sa.String(length=32), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "left_out IN ('gone', 'not_counted', 'not_drawn')",
            name=op.f("ck_export_entries_left_out"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_export_entries_audit_id")
        ),
        sa.ForeignKeyConstraint(
            ["export_id"], ["exports.id"], name=op.f("fk_export_entries_export_id")
        ),
        sa.PrimaryKeyConstraint("export_id", "position", name=op.f("pk_export_entries")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_table(
        "drawn_reports",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("crc32", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_drawn_reports_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "digest", name=op.f("pk_drawn_reports")),
    )
    op.create_index(op.f("ix_drawn_reports_used_at"), "drawn_reports", ["used_at"])


def repeatables() -> None:
    op.create_table(
        "repeatables",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", Json, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key", name=op.f("pk_repeatables")),
    )
