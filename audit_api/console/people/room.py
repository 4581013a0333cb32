"""The room of people: signing in, one's own account, and the people of the organisation."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("people", __name__)
