"""Conditions that decide nothing, and what hangs on a question that is never asked."""

from __future__ import annotations

from collections.abc import Iterator, Set

from audit_api.errors import Fault
from audit_api.rules.authoring.checking.placing import Layout, PlacedQuestion
from audit_api.rules.authoring.reachability import Reach
from audit_api.rules.checklist.questions import Demand, Question, QuestionType


def conditions(layout: Layout) -> Iterator[Fault]:
    """Conditions that never hold, and conditions that always do."""
    places = [(placed.section.key, placed.pointer) for placed in layout.sections]
    places += [(placed.question.key, placed.pointer) for placed in layout.questions]
    for key, pointer in places:
        reached = layout.reach.get(key)
        if reached is Reach.NEVER:
            yield Fault(f"{pointer}/condition", "condition_never")
        elif reached is Reach.ALWAYS:
            yield Fault(f"{pointer}/condition", "condition_always")


def never_asked(layout: Layout) -> Iterator[Fault]:
    """Photos and critical effects that wait for a question which is never asked."""
    closed = {key for key, reached in layout.reach.items() if reached is Reach.NEVER}
    shut = [each.pointer for each in layout.sections if each.section.key in closed]
    for placed in layout.sound_questions:
        if _is_asked(placed, closed, shut):
            continue
        if _wants_photo(placed.question):
            yield Fault(placed.pointer, "photo_never_asked")
        if placed.question.possible_effects:
            yield Fault(placed.pointer, "effect_never_asked")


def _is_asked(placed: PlacedQuestion, closed: Set[str], shut: list[str]) -> bool:
    inside = any(placed.pointer.startswith(f"{pointer}/") for pointer in shut)
    return placed.question.key not in closed and not inside


def _wants_photo(question: Question) -> bool:
    if question.type is QuestionType.PHOTO:
        return question.required
    return question.photo is not Demand.NEVER and question.photo != ()
