"""The room of documents: what can be taken away as a file."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("documents", __name__)
