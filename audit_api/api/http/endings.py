"""Addresses whose ending says as what sheet they are asked for."""

from __future__ import annotations

import flask_smorest
from flask import Flask
from werkzeug.routing import BaseConverter

ENDINGS = ("xlsx", "csv")
SHEET = "sheet"
"""The end of an address that chooses among these."""


class Ending(BaseConverter):
    """The end of an address, one of a few; with any other, nothing is there."""

    regex = "|".join(ENDINGS)


def init_app(app: Flask) -> None:
    app.url_map.converters[SHEET] = Ending


def describe(api: flask_smorest.Api) -> None:
    """Tell the specification which endings there are."""
    api.register_converter(Ending, lambda converter: {"type": "string", "enum": [*ENDINGS]})
