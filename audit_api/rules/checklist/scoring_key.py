"""The scoring key: two versions of a checklist that share it are comparable over time.

Totals are kept by it, so no two checklists share one, however alike they score: a scorecard can be
of one checklist alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

from audit_api.rules.checklist.conditions import Condition, questions_named, subject_tests
from audit_api.rules.checklist.document import canonical
from audit_api.rules.checklist.questions import Question, effects_document
from audit_api.rules.checklist.sections import Checklist, Section, questions_of


def scoring_key(checklist: Checklist) -> str:
    """16 hexadecimal digits over which checklist it is, and its `rules_key`."""
    return _digest([checklist.key, rules_key(checklist)])


def rules_key(checklist: Checklist) -> str:
    """16 hexadecimal digits over only what bears on scores.

    Titles, hints, evidence, the order of things, and questions that can change no score and
    decide over no other question leave it as it is.
    """
    rules = checklist.scoring
    weighty, conditions = weighty_questions(checklist)
    tested = {test.key for each in conditions for test in subject_tests(each)}
    facts: Mapping[str, object] = {
        "method": rules.method.value,
        "start": rules.start,
        "bonus_over_100": rules.bonus_over_100,
        "pass_mark": rules.pass_mark,
        "every_section_must_pass": rules.every_section_must_pass,
        "validity": rules.validity,
        "unanswered_is_zero": rules.unanswered_is_zero,
        "bands": sorted((band.start, band.key) for band in rules.bands),
        "site_attributes": sorted(
            (attribute.key, attribute.type)
            for attribute in checklist.site_attributes
            if attribute.key in tested
        ),
        "touchpoints": _section_facts(checklist.touchpoints, weighty),
    }
    return _digest(facts)


def _digest(facts: object) -> str:
    return hashlib.sha256(canonical(facts)).hexdigest()[:16]


def weighty_questions(checklist: Checklist) -> tuple[Collection[str], Collection[Condition]]:
    """The questions that can change a score, those that decide whether one of them is asked,
    and the conditions that say so.

    It goes backwards because a condition names earlier questions only.
    """
    weighty: set[str] = set()
    conditions: set[Condition] = set()
    for section in reversed(list(checklist.sections())):
        for question in reversed(section.questions):
            if question.consequential or question.key in weighty:
                weighty.add(question.key)
                _add(question.condition, weighty, conditions)
        if any(question.key in weighty for question in questions_of(section)):
            _add(section.condition, weighty, conditions)
    return weighty, conditions


def _add(condition: Condition | None, weighty: set[str], conditions: set[Condition]) -> None:
    if condition is not None:
        weighty |= questions_named(condition)
        conditions.add(condition)


def _section_facts(
    sections: Iterable[Section], weighty: Collection[str]
) -> list[Mapping[str, object]]:
    return [
        {
            "key": section.key,
            "weight": section.weight,
            "pass_mark": section.pass_mark,
            "on_fail": effects_document(section.on_fail),
            "condition": _condition(section.condition),
            "sections": _section_facts(section.sections, weighty),
            "questions": [
                _question_facts(question)
                for question in sorted(section.questions, key=lambda question: question.key)
                if question.key in weighty
            ],
        }
        for section in sorted(sections, key=lambda section: section.key)
        if any(question.key in weighty for question in questions_of(section))
    ]


def _question_facts(question: Question) -> Mapping[str, object]:
    """The parts of a question that bear on scores, in an order that its author cannot change."""
    return {
        "key": question.key,
        "type": question.type.value,
        "weight": question.weight,
        "bonus": question.bonus,
        "demerit": question.demerit,
        "per_unit": question.per_unit,
        "effect": effects_document(question.effects),
        "condition": _condition(question.condition),
        "not_applicable": question.not_applicable,
        "not_observed": question.not_observed,
        "dimensions": sorted(question.dimensions),
        "options": sorted(
            [str(o.key), o.points, o.failed, effects_document(o.effects)] for o in question.options
        ),
        "bands": [
            [b.start, b.points, b.failed, effects_document(b.effects)] for b in question.bands
        ],
    }


def _condition(condition: Condition | None) -> object:
    return None if condition is None else condition.document()
