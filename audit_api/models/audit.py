"""Audits: one visit's report, its revisions, its reviews."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from audit_api.database import Json, Moment, Table, new_id, one_of
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import AuditState
from audit_api.rules.scoring.arithmetic import MAX_SCORE
from audit_api.rules.signals.kinds import SignalKind

UNSCORED = MAX_SCORE + 1
"""Where an audit without a score stands among the scores: after the highest."""


class Audit(Table):
    """One visit's report: where it stands now.  The id is the phone's.

    `revision`, `content_digest` and the scores are those of the revision that stands;
    `version` grows with every change and makes the ETag; `state_since` is when the last move was
    made.  `conducted_at` is the moment by the phone's clock, `visited_at` the same moment by the
    server's, as far as the difference is known; `seconds` is how long it took by the phone's, where
    that is known.  Scores are integer hundredths of a percent,
    `earned` and `possible` integer millionths of a point (see `rules.scoring`).  `valid`: whether
    enough was answered; `score_order` sorts by the final score, audits without one last.
    """

    __tablename__ = "audits"
    __table_args__ = (
        one_of("state", AuditState),
        # Where an audit belongs is where its assignment does: one look-up proves all four.
        sa.ForeignKeyConstraint(
            ["assignment_id", "organisation_id", "campaign_id", "site_id"],
            [f"assignments.{name}" for name in ("id", "organisation_id", "campaign_id", "site_id")],
        ),
        sa.Index(None, "organisation_id", "state", "id"),
        sa.Index(None, "organisation_id", "state", "received_at", "id"),
        sa.Index(None, "organisation_id", "state", "score_order", "id"),
        sa.Index(None, "organisation_id", "received_at", "id"),
        sa.Index(None, "organisation_id", "score_order", "id"),
        sa.Index(None, "organisation_id", "business_date", "id"),
        sa.Index(None, "campaign_id"),
        sa.Index(None, "site_id", "business_date"),
        sa.Index(None, "auditor_id", "id"),
        sa.Index(None, "assignment_id"),
        # Of some checklists few phones tell when a visit began: a pace is not looked for among all.
        sa.Index(
            None,
            *("checklist_version_id", "state", "received_at"),
            sqlite_where=sa.text("seconds IS NOT NULL"),
            postgresql_where=sa.text("seconds IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    assignment_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    site_id: Mapped[UUID]
    auditor_id: Mapped[UUID] = mapped_column(sa.ForeignKey("users.id"))
    checklist_version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checklist_versions.id"))
    state: Mapped[str] = mapped_column(sa.String(16))
    state_since: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int]
    revision: Mapped[int]
    content_digest: Mapped[str] = mapped_column(sa.String(64))
    scoring_key: Mapped[str] = mapped_column(sa.String(16))
    conducted_at: Mapped[datetime] = mapped_column(Moment)
    conducted_offset: Mapped[int]
    visited_at: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[int | None] = mapped_column(sa.BigInteger)
    business_date: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Moment)
    raw_score: Mapped[int | None]
    final_score: Mapped[int | None]
    passed: Mapped[bool | None]
    band: Mapped[str | None] = mapped_column(sa.String(64))
    earned: Mapped[int] = mapped_column(sa.BigInteger)
    possible: Mapped[int] = mapped_column(sa.BigInteger)
    findings_count: Mapped[int]
    valid: Mapped[bool]
    score_order: Mapped[int] = mapped_column(
        sa.Computed(f"coalesce(final_score, {UNSCORED})", persisted=True)
    )


class Revision(Table):
    """What was sent, as canonical JSON under its digest, with the score it got; never changed.

    `standing`: `current`, `superseded` by a later revision, or `lost`: it came second and was kept.
    `site_attributes` are those that the score goes by, as the server knew them at receipt.
    """

    __tablename__ = "revisions"
    __table_args__ = (one_of("standing", STANDINGS),)

    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"), primary_key=True)
    content_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    number: Mapped[int]
    standing: Mapped[str] = mapped_column(sa.String(16))
    received_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    content: Mapped[str] = mapped_column(sa.Text)
    score: Mapped[str] = mapped_column(sa.Text)
    site_attributes: Mapped[str] = mapped_column(sa.Text)


class AuditSignal(Table):
    """A hint on an audit's quality, as it was known when it came; `values` are what it names."""

    __tablename__ = "audit_signals"
    __table_args__ = (
        one_of("kind", SignalKind),
        sa.Index(None, "kind", "audit_id"),
    )

    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Review(Table):
    """One reviewer's decision on one revision, with notes by question."""

    __tablename__ = "reviews"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    audit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audits.id"), index=True)
    revision: Mapped[int]
    action: Mapped[str] = mapped_column(sa.String(16))
    reviewer_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    note: Mapped[str | None] = mapped_column(sa.Text)
    notes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime] = mapped_column(Moment)
