"""The resource blueprint: strict bodies, faults instead of messages, documented problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NoReturn

import flask_smorest
import marshmallow as ma
from apispec.ext.marshmallow.common import resolve_schema_instance
from flask import Request, request
from webargs.flaskparser import FlaskParser

from audit_api.api.http import body, dumping, loading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.web import faults


class Schema(ma.Schema):
    """What every schema of the API is: unknown members are faults, members keep their order."""

    error_messages: dict[str, Any] = {  # noqa: RUF012 (marshmallow's own form)
        "type": Fault("", "not_object"),
        "unknown": Fault("", "unknown_field"),
    }

    class Meta:
        unknown = ma.RAISE

    def load(self, data: Any, *, unknown: Any = None, **options: Any) -> Any:
        """Return what the schema reads of one object, or of many."""
        plain = unknown in (None, ma.RAISE) and not any(options.values())
        found = self._read(data) if plain else None
        return super().load(data, unknown=unknown, **options) if found is None else found

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """Return what the schema writes of one object, or of many."""
        if self.many if many is None else many:
            return list(map(self._dump_one, obj))
        return self._dump_one(obj)

    def _dump_one(self, obj: Any) -> Any:
        if not isinstance(obj, dict):
            try:
                return self._write(obj)
            except AttributeError:  # it lacks what need not be there
                pass
        return super().dump(obj, many=False)

    @cached_property
    def _read(self) -> loading.Read:
        return loading.compiled(self)

    @cached_property
    def _write(self) -> dumping.Write:
        return dumping.compiled(self)


class Parser(FlaskParser):
    """Reads arguments; JSON through `body.parse`, and every fault becomes part of one problem."""

    # A query is checked as strictly as a body: a misspelt filter would silently widen the list.
    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 (webargs' own form)
        "json": None,
        "query": ma.RAISE,
        "headers": ma.EXCLUDE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        return read_json()

    def handle_error(
        self,
        error: ma.ValidationError,
        req: Request,
        schema: ma.Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,
    ) -> NoReturn:
        assert isinstance(error.messages, dict)
        found = tuple(
            fault
            for place, messages in error.messages.items()
            for fault in faults.from_messages(messages, "" if place == "json" else f"?{place}")
        )
        raise invalid(*found[: faults.MAX_FAULTS])


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = Parser()

    def arguments(self, schema: Any, **options: Any) -> Callable[..., Any]:
        """Read a call's arguments by a schema, which is made once and not at every call."""
        return super().arguments(resolve_schema_instance(schema), **options)

    def route(
        self, rule: str, *, parameters: Sequence[dict[str, Any]] = (), **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a call under the name of its function.  `parameters` are headers of this call
        alone: flask-smorest would tell them of every call at the address."""
        register = super().route(rule, **options)
        headers = {header["name"]: header for header in parameters}
        return lambda view: register(self.doc(operationId=view.__name__, headers=headers)(view))


def read_json() -> Any:
    """Return the request's JSON body, strictly; raise MEDIA_TYPE, TOO_LARGE, MALFORMED or, for
    texts that hold what none may, INVALID."""
    require_json()
    return body.parse(request.get_data(cache=True))


def require_json() -> None:
    """Raise MEDIA_TYPE unless the request says that its body is JSON."""
    if not request.is_json:
        raise Problem(Kind.MEDIA_TYPE, accepted="application/json")
