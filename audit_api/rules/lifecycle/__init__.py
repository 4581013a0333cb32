"""The lives of audits, assignments, checklist versions, photos and jobs: each move is a row.

States change nowhere else: a service asks a table for the state that a move leads to.
"""

from audit_api.rules.lifecycle.assignments import (
    ASSIGNMENT,
    AWAITS_AUDIT,
    GIVEN_UP,
    REASSIGNMENT,
    SHOWN_ON_PHONE,
    VISITED,
    AssignmentAction,
    AssignmentState,
    visited_state,
)
from audit_api.rules.lifecycle.audits import (
    AUDIT,
    COUNTED,
    DECIDED,
    REVIEW_ACTIONS,
    TAKEN_BACK_WITHIN,
    UNDECIDED,
    WITH_REASON,
    AuditAction,
    AuditState,
    ReviewRule,
    arrival_state,
    counts,
    is_approved_unseen,
    require_recent,
)
from audit_api.rules.lifecycle.checklist_versions import (
    CHECKLIST_VERSION,
    VersionAction,
    VersionState,
)
from audit_api.rules.lifecycle.jobs import JOB, JobAction, JobState
from audit_api.rules.lifecycle.moves import Life, Move, not_allowed
from audit_api.rules.lifecycle.photos import PHOTO, PhotoAction, PhotoState, UnreadableReason

__all__ = [
    "ASSIGNMENT",
    "AUDIT",
    "AWAITS_AUDIT",
    "CHECKLIST_VERSION",
    "COUNTED",
    "DECIDED",
    "GIVEN_UP",
    "JOB",
    "PHOTO",
    "REASSIGNMENT",
    "REVIEW_ACTIONS",
    "SHOWN_ON_PHONE",
    "TAKEN_BACK_WITHIN",
    "UNDECIDED",
    "VISITED",
    "WITH_REASON",
    "AssignmentAction",
    "AssignmentState",
    "AuditAction",
    "AuditState",
    "JobAction",
    "JobState",
    "Life",
    "Move",
    "PhotoAction",
    "PhotoState",
    "ReviewRule",
    "UnreadableReason",
    "VersionAction",
    "VersionState",
    "arrival_state",
    "counts",
    "is_approved_unseen",
    "not_allowed",
    "require_recent",
    "visited_state",
]
