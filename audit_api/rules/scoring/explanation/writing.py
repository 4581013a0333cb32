"""A step of an explained score written down: JSON values, in the numbers that people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from fractions import Fraction

from audit_api.rules.checklist.conditions import AllOf, AnyOf, Not, SubjectTest
from audit_api.rules.exact import number
from audit_api.rules.scoring.explanation.steps import Step, fixed_share

KINDS = (
    "question",
    "hidden",
    "section",
    "whole",
    "bonus_cap",
    "raw",
    "section_zeroed",
    "section_mark",
    "effect",
    "final",
    "band",
    "status",
    "coverage",
    "dimension",
    "differs",
)
"""Every kind of step, in about the order in which an explanation tells them."""

THOUSANDTHS = ("best", "terms", "points", "low", "high", "weight", "demerit", "start")
MILLIONTHS = ("earned", "possible", "left")
HUNDREDTHS = ("score", "pass_mark", "cap")
UNITS: Mapping[str, int] = {
    **dict.fromkeys(THOUSANDTHS, 1000),
    **dict.fromkeys(MILLIONTHS, 1_000_000),
    **dict.fromkeys(HUNDREDTHS, 100),
}
"""How many parts of what is held under a name make one of what is written."""


def values(step: Step) -> dict[str, object]:
    """All that a step says beside its kind and key, enough to compute the score again.

    A share is written as its exact fraction, a text because it may be longer than a JSON number,
    beside the percentage that it rounds to.
    """
    members = {field.name: getattr(step, field.name) for field in fields(step)}
    return {
        name: _written(name, value)
        for name, value in members.items()
        if name not in ("kind", "key")
    }


def _written(name: str, value: object) -> object:
    match value:
        case Fraction():
            return {"exact": str(value), "percent": number(fixed_share(value) or 0, 100)}
        case AllOf() | AnyOf() | Not() | SubjectTest():
            return value.document()
        case tuple() if hasattr(value, "_asdict"):
            return {member: _written(member, part) for member, part in value._asdict().items()}
        case list() | tuple():
            return [_written(name, each) for each in value]
        case StrEnum():
            return value.value
        case int() if name in UNITS:
            return number(value, UNITS[name])
    return value
