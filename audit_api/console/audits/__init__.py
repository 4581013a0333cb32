"""Visits as managers and the office read them, and the work of reviewers."""

from audit_api.console.audits import decisions, photos, queue, review, selection, visit, visits
from audit_api.console.audits.room import room

__all__ = ["decisions", "photos", "queue", "review", "room", "selection", "visit", "visits"]
