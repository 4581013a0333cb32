"""What a question brought, as a report's column of points says it: never a figure that could be
taken for another."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.drawing import Text
from audit_api.rules.checklist.questions import Question
from audit_api.rules.scoring import QuestionResult
from audit_api.services.documents.languages import spoken
from audit_api.words import answers, say
from audit_api.words.checklist import decimal

NONE = "–"


def points(result: QuestionResult, lang: str, *, by_demerits: bool) -> Text:
    """Return what a question brought: earned of possible points, a bonus, a deduction, or that it
    was left out; a dash where it can bring nothing.

    `by_demerits` says that the checklist takes demerits off a starting score.
    """
    code, values = _brought(result, by_demerits=by_demerits)
    return spoken(lambda locale: say(code, locale, **values), lang) if code else NONE


def _brought(result: QuestionResult, *, by_demerits: bool) -> tuple[str | None, Mapping[str, str]]:
    question, mark = result.question, result.mark
    if by_demerits and mark is not None and mark.demerit:
        return "points.demerit", {"points": decimal(mark.demerit)}
    if result.possible:
        earned, possible = answers.points(result.earned), answers.points(result.possible)
        return "points.of", {"earned": earned.replace("-", "−"), "possible": possible}
    if result.earned:
        code = "points.bonus" if result.earned > 0 else "points.deducted"
        return code, {"points": answers.points(abs(result.earned))}
    if not _can_bring(question, by_demerits=by_demerits):
        return None, {}
    if mark is not None and mark.left_out is not None:
        return "points.left_out", {}
    gains = question.bonus or (question.per_unit or 0) > 0
    return ("points.no_bonus" if gains else "points.none_deducted"), {}


def _can_bring(question: Question, *, by_demerits: bool) -> bool:
    """Whether some answer brings points or takes some away."""
    worth = question.per_unit or any(each.points for each in question.worths)
    return bool(question.weight and worth) or (by_demerits and question.demerit > 0)
