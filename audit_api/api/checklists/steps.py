"""The shapes of the steps of an explained score, told from the rules' own types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as members
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from audit_api.api.checklists.answers import VALUE
from audit_api.api.checklists.questions import asked_on
from audit_api.api.http.shapes import Literal, Shown, Union, Word, as_it_is
from audit_api.api.scores import SentenceSchema
from audit_api.rules.checklist.conditions import Condition
from audit_api.rules.checklist.sections import Method
from audit_api.rules.scoring.explanation import steps
from audit_api.rules.scoring.explanation.questions import Asked, Finding, Hidden, State
from audit_api.rules.scoring.explanation.writing import UNITS
from audit_api.web import fields


class ShareSchema(Shown):
    """A share: as its exact fraction, and the percentage that it rounds to."""

    exact = fields.Text(metadata={"example": "2/3"})
    percent = fields.Float()


class _Step(Shown):
    key = fields.Text(
        allow_none=True,
        metadata={"description": "Of the question, section or dimension; null: the whole audit."},
    )
    number = fields.Text(
        allow_none=True,
        metadata={"description": "A question's number in reports.", "example": "1.2"},
    )
    text = fields.Nested(SentenceSchema)


_NAMES = {Method: "ScoringMethod", State: "QuestionState", Finding: "FindingKind"}
"""What the specification calls an enum whose own name would tell too little there."""


def _values(*types: type) -> fields.Field:
    """Return the shape of what steps of these types say beside their kind and key."""
    shapes = [fields.Nested(_schema(f"{each.__name__}Values", each)) for each in types]
    return shapes[0] if len(shapes) == 1 else Union("WholeValues", *shapes)


@cache
def _schema(name: str, described: type) -> type[Shown]:
    return type(f"{name}Schema", (Shown,), dict(_members(described)))


def _members(described: type) -> Iterator[tuple[str, fields.Field]]:
    """The members of a step, or of a named tuple inside one, as `writing.values` writes them."""
    hints = get_type_hints(described)
    named: Any = getattr(described, "_fields", None) or [m.name for m in members(described)]
    for name in named:
        if name not in ("kind", "key") or hasattr(described, "_fields"):
            yield name, _shape(name, hints[name])


def _shape(name: str, hint: Any) -> fields.Field:
    if hint == Condition:
        return asked_on()
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        (only,) = (each for each in get_args(hint) if each is not NoneType)
        shape = _shape(name, only)
        shape.allow_none = True
        return shape
    if get_origin(hint) is tuple:
        return fields.List(_shape(name, get_args(hint)[0]))
    return _simple(name, hint)


def _simple(name: str, hint: Any) -> fields.Field:
    if hint is int:
        return fields.Float() if name in UNITS else fields.Integer()
    if hint is bool:
        return fields.Boolean()
    if hint is str:
        return fields.Text()
    if hint is object:
        return Union("AnswerValue", *VALUE.shapes, allow_none=True)
    if hint is Fraction:
        return fields.Nested(ShareSchema)
    if hasattr(hint, "_fields"):
        return fields.Nested(_schema(f"Step{hint.__name__}", hint))
    return Word(_NAMES.get(hint, hint.__name__), hint)


def _step(values: fields.Field, *kinds: str) -> type[Shown]:
    """Return the shape of a step of one of these kinds."""
    name = "".join(part.title() for part in kinds[0].split("_"))
    return type(f"{name}StepSchema", (_Step,), {"kind": Literal(*kinds), "values": values})


STEP = Union(
    "Step",
    _step(_values(Asked), "question"),
    _step(_values(Hidden), "hidden"),
    _step(_values(steps.Summed), "section"),
    _step(_values(steps.Summed, steps.Deducted), "whole"),
    _step(_values(steps.Capped), "bonus_cap"),
    _step(_values(steps.Fixed), "raw", "final"),
    _step(_values(steps.Zeroed), "section_zeroed"),
    _step(_values(steps.Marked), "section_mark"),
    _step(_values(steps.Affected), "effect"),
    _step(_values(steps.Banded), "band"),
    _step(_values(steps.Decided), "status"),
    _step(_values(steps.Covered), "coverage"),
    _step(_values(steps.Tagged), "dimension"),
    _step(_values(steps.Differing), "differs"),
    tag="kind",
    about="A step from the answers to the score; its values are enough to compute it by hand.",
)


def explained(**kwargs: Any) -> fields.Field:
    """Return a field of steps, in the order in which they are computed."""
    return as_it_is(fields.List(STEP), **kwargs)
