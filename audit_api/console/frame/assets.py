"""The stylesheets, modules and fonts of pages, each under an address that changes with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Response, request, send_from_directory, url_for

from audit_api.drawing import colours, shades
from audit_api.drawing.colours import Colour
from audit_api.errors import not_found
from audit_api.svg.painting import hexadecimal

FOLDER = Path(__file__).parents[1] / "static"
COLOURS = "colours.css"
"""The stylesheet that says the colours of charts and documents; no file holds it."""
_FOR_EVER = "public, max-age=31536000, immutable"
_NAMED = ("INK", "QUIET", "LINE", "WASH", "TRACK", "GOOD", "BAD", "REGION", "ORGANISATION")


def address(name: str) -> str:
    """Return where a file is served, with its digest: whoever has it need not ask again."""
    return url_for("console.asset", name=name, v=_digest(name))


def send(name: str) -> Response:
    """Send a file."""
    if name == COLOURS:
        response = Response(stylesheet(), mimetype="text/css")
    elif (FOLDER / name).is_file():
        response = send_from_directory(FOLDER, name)
    else:
        raise not_found("page")
    fresh = request.args.get("v") == _digest(name)
    response.headers["Cache-Control"] = _FOR_EVER if fresh else "no-cache"
    return response


@cache
def _digest(name: str) -> str:
    content = stylesheet().encode() if name == COLOURS else (FOLDER / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def stylesheet() -> str:
    """Return the colours as a stylesheet has them: each by its name, and the grounds of scores."""
    return "\n".join(_rules())


def _rules() -> Iterator[str]:
    named: dict[str, Colour] = {name: getattr(colours, name) for name in _NAMED}
    declared = "".join(f"--{name.lower()}:{hexadecimal(named[name])};" for name in named)
    yield f":root{{{declared}}}"
    for step, ground in enumerate(shades.SHADES):
        ink = hexadecimal(shades.ink(step * 1000))
        yield f".shade-{step}{{background:{hexadecimal(ground)};color:{ink}}}"
