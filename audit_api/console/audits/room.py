"""The room of audits: visits as they are read, and as they are reviewed."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("audits", __name__)
