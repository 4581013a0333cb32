"""The room of exports."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("exports", __name__)
