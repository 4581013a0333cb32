"""Warnings about questions: weights, bands of values and demands for evidence without effect."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.errors import Fault
from audit_api.rules.authoring.checking.placing import Layout, places_by_start
from audit_api.rules.checklist.conditions import questions_named
from audit_api.rules.checklist.questions import CHOICES, Demand, Question, QuestionType
from audit_api.rules.exact import number
from audit_api.rules.scoring.answer_values import bounds, most_counted

PLAIN = 1000
ANSWERS = (*CHOICES, QuestionType.SCALE)
"""The types whose answers say nothing by themselves: they count, or they are read by nobody."""


def weights(layout: Layout) -> Iterator[Fault]:
    """Weights on questions without points."""
    for placed in layout.sound_questions:
        if placed.question.weight not in (0, PLAIN) and not _has_points(placed.question):
            yield Fault(f"{placed.pointer}/weight", "weight_without_points")


def read_by_nobody(layout: Layout) -> Iterator[Fault]:
    """Choices that nothing goes by.

    `weight: 0` says that a question is asked to be read and not to be counted.
    """
    used = {key for condition in layout.conditions for key in questions_named(condition)}
    used |= {key for each in layout.questions if (key := each.question.expectation)}
    for placed in layout.questions:
        question = placed.question
        plain = question.type in ANSWERS and question.weight == PLAIN
        if plain and question.key not in used and _counts_nowhere(question):
            yield Fault(placed.pointer, "answers_without_points")


def _has_points(question: Question) -> bool:
    return bool(question.per_unit) or any(worth.points for worth in question.worths)


def _counts_nowhere(question: Question) -> bool:
    counts = _has_points(question) or question.can_fail or question.possible_effects
    return not (counts or question.metric or question.expectation)


def value_bands(layout: Layout) -> Iterator[Fault]:
    """Bands of values that no accepted value falls in, and values below every band."""
    for placed in layout.sound_questions:
        question = placed.question
        if not question.bands:
            continue
        low, high = _accepted(question)
        starts = [band.start for band in question.bands]
        places = places_by_start(placed.written["bands"])
        if starts[0] > low:
            yield Fault(
                f"{placed.pointer}/bands/{places[0]}/from",
                "values_below_bands",
                {"start": number(starts[0]), "least": number(low)},
            )
        for place, start, end in zip(places, starts, [*starts[1:], high + 1], strict=True):
            if start > high or end <= low:
                yield Fault(
                    f"{placed.pointer}/bands/{place}/from",
                    "value_band_unreachable",
                    {"low": number(low), "high": number(high)},
                )


def _accepted(question: Question) -> tuple[int, int]:
    """The least and the greatest value that is accepted, in thousandths."""
    if question.type is QuestionType.NUMBER:
        return bounds(question)
    return 0, most_counted(question) * 1000


def evidence(layout: Layout) -> Iterator[Fault]:
    """Evidence that no answer ever demands."""
    for placed in layout.sound_questions:
        question = placed.question
        for member, demanded in (("photo", question.photo), ("comment", question.comment)):
            pointer = f"{placed.pointer}/evidence/{member}"
            if demanded is Demand.WHEN_FAILED and not question.can_fail:
                yield Fault(pointer, "evidence_never_failed")
            elif demanded == ():
                yield Fault(pointer, "evidence_of_no_answer")


def left_out(layout: Layout) -> Iterator[Fault]:
    """Sections of which every question that counts may be not applicable."""
    for placed in layout.sound_sections:
        counting = [question for question in placed.section.questions if question.possible > 0]
        if counting and all(question.not_applicable for question in counting):
            yield Fault(placed.pointer, "section_may_be_left_out")
