"""The room of scorecards: what the audits add up to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from audit_api.console.scorecards import figures

room = Blueprint("scorecards", __name__)


@room.context_processor
def context() -> dict[str, Any]:
    """Return what the templates of this room say and ask, beside what all do."""
    return dict(figures.SAID)
