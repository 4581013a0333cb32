"""The room of places."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("sites", __name__)
