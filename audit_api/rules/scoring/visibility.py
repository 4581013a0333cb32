"""Which questions an audit asks: conditions on earlier answers and on the site's attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit_api.rules.checklist.conditions import (
    Condition,
    Evaluation,
    SiteAttribute,
    Source,
    compile_condition,
    questions_named,
    site_values,
    subject_tests,
)
from audit_api.rules.checklist.questions import PICTURES, Question
from audit_api.rules.checklist.sections import Checklist, conditions_over, walk


@dataclass(frozen=True, slots=True)
class VisibilityStep:
    """One question that has conditions (its own, its sections'), or that conditions name."""

    question: Question
    tests: tuple[Evaluation, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Visibility:
    """The steps of a checklist in asking order; without any, every question is visible.

    `site_attributes` are those declared, `tested` the keys of those that conditions test.
    """

    steps: tuple[VisibilityStep, ...]
    site_attributes: tuple[SiteAttribute, ...]
    tested: frozenset[str]

    def site(self, attributes: Mapping[str, object]) -> Mapping[str, object]:
        """What the conditions go by of a site's attributes as stored, `kind` among them."""
        values = site_values(self.site_attributes, attributes)
        return {key: value for key, value in values.items() if key in self.tested}

    def hidden(
        self, answers: Mapping[str, Any], photos: Mapping[str, int], site: Mapping[str, object]
    ) -> frozenset[str]:
        """The questions that are not asked, by key; `site` is what the conditions go by.

        An answer to a hidden question is no value for the conditions after it.
        """
        values: dict[str, object] = {}
        hidden = set()
        for step in self.steps:
            key = step.question.key
            if not all(test(values, site) for test in step.tests):
                hidden.add(key)
            elif step.named:
                values |= _value(step.question, answers.get(key), photos.get(key, 0))
        return frozenset(hidden)


def _value(question: Question, answer: Any, photos: int) -> Mapping[str, object]:
    members = answer if isinstance(answer, Mapping) else {}
    if question.type in PICTURES:
        left_out = "not_applicable" in members or "not_observed" in members
        return {question.key: True} if photos and not left_out else {}
    return {question.key: members["value"]} if "value" in members else {}


def visibility(checklist: Checklist) -> Visibility:
    """The conditions of a checklist, compiled."""
    questions = list(_asked(checklist))
    every = [condition for _, conditions in questions for condition in conditions]
    named = {key for condition in every for key in questions_named(condition)}
    attributes = {
        test.key
        for condition in every
        for test in subject_tests(condition)
        if test.source is Source.SITE
    }
    return Visibility(
        tuple(
            VisibilityStep(
                question, tuple(map(compile_condition, conditions)), question.key in named
            )
            for question, conditions in questions
            if conditions or question.key in named
        ),
        checklist.site_attributes,
        frozenset(attributes),
    )


def _asked(checklist: Checklist) -> Iterator[tuple[Question, tuple[Condition, ...]]]:
    """Every question in asking order, with its sections' conditions and its own."""
    for path in walk(checklist.touchpoints):
        for question in path[-1].questions:
            yield question, tuple(condition for _, condition in conditions_over(path, question))
