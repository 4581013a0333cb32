"""The lives of audits, assignments, checklist versions and photos: a move is one row of a table.

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
    REVIEW_ACTIONS,
    AuditAction,
    AuditState,
    ReviewRule,
    arrival_state,
    counts,
    is_approved_unseen,
    settled_state,
)
from audit_api.rules.lifecycle.checklist_versions import (
    CHECKLIST_VERSION,
    VersionAction,
    VersionState,
)
from audit_api.rules.lifecycle.moves import Life, Move, not_allowed
from audit_api.rules.lifecycle.photos import PHOTO, PhotoAction, PhotoState

__all__ = [
    "ASSIGNMENT",
    "AUDIT",
    "AWAITS_AUDIT",
    "CHECKLIST_VERSION",
    "COUNTED",
    "GIVEN_UP",
    "PHOTO",
    "REASSIGNMENT",
    "REVIEW_ACTIONS",
    "SHOWN_ON_PHONE",
    "VISITED",
    "AssignmentAction",
    "AssignmentState",
    "AuditAction",
    "AuditState",
    "Life",
    "Move",
    "PhotoAction",
    "PhotoState",
    "ReviewRule",
    "VersionAction",
    "VersionState",
    "arrival_state",
    "counts",
    "is_approved_unseen",
    "not_allowed",
    "settled_state",
    "visited_state",
]
