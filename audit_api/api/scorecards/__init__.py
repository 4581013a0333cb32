"""Scorecards, leagues, movers and rankings."""

from audit_api.api.scorecards import cards, leagues, questions
from audit_api.api.scorecards.arguments import blueprint

__all__ = ["blueprint", "cards", "leagues", "questions"]
