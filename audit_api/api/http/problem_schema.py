"""The shape of every refusal (RFC 9457)."""

from __future__ import annotations

from audit_api.api.http.shapes import Shown, Word
from audit_api.errors import Kind
from audit_api.web import fields
from audit_api.words import DEFAULT_LOCALE, fault_codes, say, vocabulary


def type_uri(kind: Kind) -> str:
    """Return the stable identity of a kind of problem; it resolves to its description."""
    return f"/api/v1/problems/{kind.slug}"


def problem_type() -> Word:
    """Return a field that holds the identity of a kind of problem."""
    more = {
        "x-enum-varnames": [kind.name for kind in Kind],
        "x-enum-descriptions": [say(f"problem.{kind.slug}.title", DEFAULT_LOCALE) for kind in Kind],
    }
    return Word("ProblemType", map(type_uri, Kind), more=more, required=True)


def fault_code() -> Word:
    """Return a field that says what kind of thing is wrong."""
    told = vocabulary(DEFAULT_LOCALE)
    more = {
        "description": "Everything that can be wrong; a later version may know more.",
        "x-enum-descriptions": [told[f"fault.{code}"] for code in fault_codes()],
    }
    return Word("FaultCode", fault_codes(), more=more, metadata={"description": "Stable."})


class FaultSchema(Shown):
    """One thing wrong with what was sent, and what is accepted."""

    pointer = fields.Text(metadata={"description": "RFC 6901, into what was sent."})
    code = fault_code()
    detail = fields.Text()


class ProblemSchema(Shown):
    """RFC 9457.  `type` is stable; `errors` lists the faults."""

    sometimes = frozenset({"errors"})

    type = problem_type()
    title = fields.Text()
    status = fields.Integer()
    detail = fields.Text()
    request_id = fields.Text(allow_none=True)
    errors = fields.List(fields.Nested(FaultSchema))
