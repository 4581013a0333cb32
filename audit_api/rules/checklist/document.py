"""A checklist written down: the document that phones get, and its digest."""

from __future__ import annotations

import hashlib
import json

from audit_api.rules.checklist.conditions import Condition, SiteAttribute
from audit_api.rules.checklist.questions import (
    CHOICES,
    MEASURES,
    SCORED,
    Demanded,
    Option,
    Question,
    QuestionType,
    ValueBand,
    effects_document,
)
from audit_api.rules.checklist.sections import Checklist, ScoringRules, Section
from audit_api.rules.exact import number
from audit_api.rules.figures.metrics import CSI

FORMAT = 1
"""The version of the document format."""


def document(checklist: Checklist) -> dict[str, object]:
    """The normalised document: defaults made explicit, response sets put in their places.

    It holds JSON values alone; reading it again gives an equal checklist.
    """
    return {
        "format": FORMAT,
        "key": checklist.key,
        "locales": list(checklist.locales),
        "title": dict(checklist.title),
        "scoring": _scoring(checklist.scoring),
        "metrics": checklist.metrics.document(),
        "dimensions": [
            {"key": dimension.key, "title": dict(dimension.title)}
            for dimension in checklist.dimensions
        ],
        "site_attributes": [_attribute(attribute) for attribute in checklist.site_attributes],
        "touchpoints": [_section(touchpoint) for touchpoint in checklist.touchpoints],
    }


def _scoring(rules: ScoringRules) -> dict[str, object]:
    part, of = rules.validity
    return {
        "method": rules.method.value,
        "start": number(rules.start),
        "bonus_over_100": rules.bonus_over_100,
        "pass_mark": _percent(rules.pass_mark),
        "every_section_must_pass": rules.every_section_must_pass,
        "validity": f"{part}/{of}",
        "unanswered": "zero" if rules.unanswered_is_zero else "ignore",
        "bands": [
            {"key": band.key, "title": dict(band.title), "from": _percent(band.start)}
            for band in rules.bands
        ],
    }


def _attribute(attribute: SiteAttribute) -> dict[str, object]:
    members: dict[str, object] = {
        "key": attribute.key,
        "title": dict(attribute.title),
        "type": attribute.type,
    }
    return members | ({"values": list(attribute.values)} if attribute.values else {})


def _percent(hundredths: int | None) -> int | float | None:
    return None if hundredths is None else number(hundredths, 100)


def _section(section: Section) -> dict[str, object]:
    members: dict[str, object] = {
        "key": section.key,
        "title": dict(section.title),
        "weight": number(section.weight),
        "pass_mark": _percent(section.pass_mark),
        "on_fail": effects_document(section.on_fail),
        **_condition(section.condition),
    }
    if section.sections:
        members["sections"] = [_section(inner) for inner in section.sections]
    else:
        members["questions"] = [_question(question) for question in section.questions]
    return members


def _condition(condition: Condition | None) -> dict[str, object]:
    return {} if condition is None else {"condition": condition.document()}


def _question(question: Question) -> dict[str, object]:
    members: dict[str, object] = {
        "key": question.key,
        "type": question.type.value,
        "title": dict(question.title),
        "required": question.required,
        "not_applicable": question.not_applicable,
        "not_observed": question.not_observed,
        "evidence": {
            "photo": _demanded(question.photo),
            "comment": _demanded(question.comment),
        },
        "dimensions": list(question.dimensions),
        **_condition(question.condition),
    }
    if question.hint is not None:
        members["hint"] = dict(question.hint)
    if question.type in SCORED:
        members |= _worth(question)
    return members


def _demanded(demanded: Demanded) -> object:
    return list(demanded) if isinstance(demanded, tuple) else demanded.value


def _worth(question: Question) -> dict[str, object]:
    members: dict[str, object] = {
        "weight": number(question.weight),
        "bonus": question.bonus,
        "effect": effects_document(question.effects),
        "demerit": number(question.demerit),
    }
    if question.type in CHOICES:
        return members | {"options": [_option(option) for option in question.options]}
    if question.type in MEASURES:
        return members | _measure(question)
    if question.type is QuestionType.SCALE:
        return members | _scale(question)
    return members | {
        "points": number(question.best),
        "reverse": question.reverse,
        "fails_at": next((option.key for option in question.options if option.failed), None),
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "key": option.key,
        "title": dict(option.title or {}),
        "points": number(option.points),
        "failed": option.failed,
        "effect": effects_document(option.effects),
    }


def _measure(question: Question) -> dict[str, object]:
    members: dict[str, object] = {"bands": [_band(band) for band in question.bands]}
    if question.type is QuestionType.NUMBER:
        bounds = {"min": question.minimum, "max": question.maximum}
        return members | {
            member: None if bound is None else number(bound) for member, bound in bounds.items()
        }
    per_unit = question.per_unit
    return members | {"per_unit": None if per_unit is None else number(per_unit)}


def _band(band: ValueBand) -> dict[str, object]:
    return {
        "from": number(band.start),
        "points": number(band.points),
        "failed": band.failed,
        "effect": effects_document(band.effects),
    }


def _scale(question: Question) -> dict[str, object]:
    failing = [option.key for option in question.options if option.failed]
    mildest = 0 if question.reverse else -1
    members: dict[str, object] = {
        "min": question.minimum,
        "max": question.maximum,
        "points": [number(option.points) for option in question.options],
        "reverse": question.reverse,
        "fails_at": failing[mildest] if failing else None,
        "metric": question.metric,
        "expectation": question.expectation,
    }
    if question.metric == CSI:
        members["metric_weight"] = number(question.metric_weight)
    return members


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: equal values give equal bytes."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(checklist: Checklist) -> str:
    """64 hexadecimal digits: the SHA-256 of the canonical document."""
    return hashlib.sha256(canonical(document(checklist))).hexdigest()
