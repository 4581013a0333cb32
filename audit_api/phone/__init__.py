"""The rules in JavaScript, for the phone: they say what the server will say, without a network."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

_RULES = Path(__file__).parent / "rules"

blueprint = Blueprint("phone", __name__)


@blueprint.get("/phone/rules/<name>.js")
def module(name: str) -> Response:
    """Send one module of the rules.

    The modules of a release belong together, and their names do not change with it: a phone may
    keep them but has to ask whether they are still the same (`no-cache`, `ETag`).
    """
    return send_from_directory(_RULES, f"{name}.js", mimetype="text/javascript")
