"""The resource blueprint: strict bodies, faults instead of messages, documented problems."""

from __future__ import annotations

from typing import Any, NoReturn

import flask_smorest
import marshmallow as ma
from flask import Request, request
from webargs.flaskparser import FlaskParser

from audit_api.api import body, faults
from audit_api.errors import Kind, Problem, invalid


class Schema(ma.Schema):
    """What every schema of the API is: unknown members are faults, members keep their order."""

    class Meta:
        unknown = ma.RAISE


class Parser(FlaskParser):
    """Reads arguments; JSON through `body.parse`, and every fault becomes part of one problem."""

    # A query is checked as strictly as a body: a misspelt filter would silently widen the list.
    DEFAULT_UNKNOWN_BY_LOCATION = {"json": None, "query": ma.RAISE, "headers": ma.EXCLUDE}

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        return read_json()

    def handle_error(
        self, error: ma.ValidationError, req: Request, schema: ma.Schema, *,
        error_status_code: int | None, error_headers: Any,
    ) -> NoReturn:
        assert isinstance(error.messages, dict)
        found = tuple(
            fault
            for place, messages in error.messages.items()
            for fault in faults.from_messages(messages, "" if place == "json" else f"?{place}")
        )
        raise invalid(*found)


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = Parser()


def read_json() -> Any:
    """Return the request's JSON body, strictly; raise MEDIA_TYPE, TOO_LARGE or MALFORMED."""
    if not request.is_json:
        raise Problem(Kind.MEDIA_TYPE, accepted="application/json")
    return body.parse(request.get_data(cache=True))
