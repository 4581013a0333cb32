"""The room of checklists."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("checklists", __name__, url_prefix="/checklists")
