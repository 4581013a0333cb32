"""What a remark on an answer is: praise, a complaint, or neither."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.scoring import QuestionResult

NEARLY_ALL = 90
"""From this percentage on, an answer earned, or lost, nearly all of its question's points."""


class Tone(StrEnum):
    """What a remark says of the visit, by the answer that it stands at."""

    PRAISE = "praise"
    COMPLAINT = "complaint"


def tone(result: QuestionResult) -> Tone | None:
    """Return what a remark on an answer is; None where the answer says neither.

    A finding is complained of, and so is what has a critical effect.  Otherwise points decide, in
    whichever direction their scale runs: nearly all of them are praise; nearly none, or the fewest
    that there are, a complaint.  Whatever is in between, has no points to tell by, or was not
    answered, is neither.
    """
    question, mark = result.question, result.mark
    if mark is not None and (mark.failed or mark.effects):
        return Tone.COMPLAINT
    if mark is not None and mark.left_out is not None:
        return None
    least, best = _least(question), _best(question)
    if least == best:
        return Tone.PRAISE if _has_nothing_to_lose(question) else None
    if result.earned == best or _is_nearly_all(result.earned, best):
        return Tone.PRAISE
    if question.bonus:
        # A bonus that was missed costs nothing.
        return None
    nearly_none = best > 0 and _is_nearly_all(best - result.earned, best)
    return Tone.COMPLAINT if nearly_none or result.earned == least else None


def _is_nearly_all(points: int, best: int) -> bool:
    return best > 0 and 100 * points >= NEARLY_ALL * best


def _best(question: Question) -> int:
    """The most points that an answer can bring, in millionths."""
    return question.weight * question.best


def _least(question: Question) -> int:
    """The fewest points that an answer can bring, in millionths."""
    if question.type is QuestionType.SEVERAL:
        return 0
    return question.weight * min((worth.points for worth in question.worths), default=0)


def _has_nothing_to_lose(question: Question) -> bool:
    """Whether findings are all that the question can bring, so that none is all that it asks."""
    return question.demerit > 0 or (question.fails_by_counting and question.weight > 0)
