"""Addresses whose ending says as what sheet they are asked for, and those beside them without one,
of which `Accept` says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import flask_smorest
from flask import Flask, Response, make_response, request
from werkzeug.routing import BaseConverter

from audit_api.api.http.shapes import FILE
from audit_api.errors import Kind, Problem
from audit_api.sheets.xlsx_package import MEDIA_TYPE as WORKBOOK

ENDINGS = ("xlsx", "csv")
SHEET = "sheet"
"""The end of an address that chooses among these."""
_END = f".<{SHEET}:ending>"
_OFFERED: Mapping[str, str | None] = {
    "application/json": None,
    "text/csv": "csv",
    "text/csv;charset=utf-8": "csv",
    WORKBOOK: "xlsx",
}
"""The ending by media type; what accepts several alike gets the first."""
SHEETS_TOO: Mapping[str, Any] = {
    "responses": {
        200: {
            "headers": {
                "Vary": {
                    "description": "The answer is by `Accept`.",
                    "schema": {"type": "string"},
                }
            },
            "content": {"text/csv": {"schema": FILE}, WORKBOOK: {"schema": FILE}},
        }
    },
}
"""What a call answers with beside JSON that has an address of its own for sheets."""

View = Callable[..., Any]


class Ending(BaseConverter):
    """The end of an address, one of a few; with any other, nothing is there."""

    regex = "|".join(ENDINGS)


def init_app(app: Flask) -> None:
    app.url_map.converters[SHEET] = Ending


def describe(api: flask_smorest.Api) -> None:
    """Tell the specification which endings there are."""
    api.register_converter(Ending, lambda converter: {"type": "string", "enum": [*ENDINGS]})


def offer_by_accept(app: Flask) -> None:
    """Have each address that a sheet's is beside answer with that sheet whoever accepts it rather
    than JSON; its arguments are the sheet's then."""
    endpoints = {rule.rule: rule.endpoint for rule in app.url_map.iter_rules()}
    views = app.view_functions
    for address, endpoint in endpoints.items():
        if address.endswith(_END):
            plain = endpoints[address.removesuffix(_END)]
            views[plain] = _either(views[plain], views[endpoint])


def _either(shown: View, sheet: View) -> View:
    @wraps(shown)
    def chosen(**places: Any) -> Response:
        ending = _accepted()
        told = shown(**places) if ending is None else sheet(**places, ending=ending)
        answer = make_response(told)
        answer.vary.add("Accept")
        return answer

    return chosen


def _accepted() -> str | None:
    """Return the ending of the sheet that the request would rather have than JSON, None for JSON;
    raise NOT_ACCEPTABLE where it takes neither."""
    accepted = request.accept_mimetypes
    if not accepted:
        return None
    best = accepted.best_match([*_OFFERED])
    if best is None:
        offered = ", ".join(("application/json", "text/csv", WORKBOOK))
        raise Problem(Kind.NOT_ACCEPTABLE, accepted=offered)
    return _OFFERED[best]
