"""Scorecards: how sites do, where they are weak, what changed, and what to fix first."""

from audit_api.console.scorecards import league, overview, questions, repeats, site
from audit_api.console.scorecards.room import room

__all__ = ["league", "overview", "questions", "repeats", "room", "site"]
