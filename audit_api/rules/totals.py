"""What one counted audit adds to totals: sums that add up and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from operator import add, neg
from typing import Any, NamedTuple

from audit_api.rules.checklist.questions import (
    MEASURES,
    PICTURES,
    SCORED,
    AnswerKey,
    Question,
    QuestionType,
)
from audit_api.rules.exact import thousandths
from audit_api.rules.figures.distribution import class_start
from audit_api.rules.figures.metrics import difference
from audit_api.rules.scoring import QuestionResult, Score, Scorer, Visit
from audit_api.rules.scoring.answer_values import LeftOut
from audit_api.rules.scoring.score import PartScore

WHOLE = ""
"""The part that is the whole audit."""
TENTHS = 10
"""The classes of the distribution: 0 up to 10 %, 10 up to 20 % … 90 % and more."""


REASONS = (LeftOut.NOT_APPLICABLE, LeftOut.NOT_OBSERVED)
"""What is told apart of questions that were left out on purpose."""


class Kind(StrEnum):
    """What a total is about; what its part and its sums mean with it.

    `QUESTION`: `audits` asked it, `scored` answered it, `passed` without a finding.  `ANSWER`: the
    part is `question=answer`, and `audits` gave that answer (an option, a mark, yes or no, the
    start of a class of measured values in thousandths, of which `final_sum` is the sum); or
    `question?reason`, and `audits` gave that reason for having none.  `MARK`: the same of the marks
    that a metric is made of.
    `GAP`: `scored` gave both marks, `final_sum` is perceived − expected in hundredths of a mark.
    `BAND`, `TENTH`: `audits` fell in it.  `COVERAGE`: `earned` of `possible` visible scored
    questions were answered, `passed` audits are valid.
    """

    WHOLE = "whole"
    TOUCHPOINT = "touchpoint"
    SECTION = "section"
    DIMENSION = "dimension"
    QUESTION = "question"
    ANSWER = "answer"
    MARK = "mark"
    GAP = "gap"
    BAND = "band"
    TENTH = "tenth"
    COVERAGE = "coverage"


class Sums(NamedTuple):
    """Sums over audits: counts, integer hundredths of a percent, millionths of a point.

    `scored` of the `audits` have a score.
    """

    audits: int = 0
    scored: int = 0
    passed: int = 0
    final_sum: int = 0
    final_squares: int = 0
    raw_sum: int = 0
    earned: int = 0
    possible: int = 0

    def plus(self, other: Iterable[int]) -> Sums:
        return Sums._make(map(add, self, other))

    @property
    def negative(self) -> Sums:
        return Sums._make(map(neg, self))


COLUMNS = Sums._fields
ONE = Sums(1)

Detail = tuple[Kind, str, Sums]
"""A kind, a part, and what one audit adds to it."""


def whole(score: Score) -> Sums:
    """What an audit with `score` adds to its site."""
    return Sums(
        1,
        int(score.final is not None),
        int(bool(score.passed)),
        score.final or 0,
        (score.final or 0) ** 2,
        score.raw or 0,
        score.earned,
        score.possible,
    )


def details(score: Score, visit: Visit, scorer: Scorer) -> Iterator[Detail]:
    """Everything that an audit adds up to, from its score and what each question brought."""
    yield from of_score(score)
    answers = {key: answer for key, answer in visit.answers.items() if key not in score.hidden}
    for result in scorer.results(visit):
        if result.question.key not in score.hidden:
            yield from of_question(result, answers, photos=visit.photos)


def of_score(score: Score) -> Iterator[Detail]:
    """What an audit adds up to by its score and its parts' alone."""
    yield Kind.WHOLE, WHOLE, whole(score)
    for kind, parts in (
        (Kind.TOUCHPOINT, score.touchpoints),
        (Kind.SECTION, score.sections),
        (Kind.DIMENSION, score.dimensions),
    ):
        for part in parts:
            yield kind, part.key, _of_part(part)
    coverage = Sums(1, passed=int(score.valid), earned=score.answered, possible=score.visible)
    yield Kind.COVERAGE, "", coverage
    if score.final is not None:
        yield Kind.TENTH, str(min(score.final // 1000, TENTHS - 1)), ONE
    if score.band is not None:
        yield Kind.BAND, score.band, ONE


def of_question(
    result: QuestionResult, answers: Mapping[str, Any], *, photos: Mapping[str, int]
) -> Iterator[Detail]:
    """What an audit adds up to by one question that was asked; `answers` are those to questions
    that were asked."""
    question, key = result.question, result.question.key
    left_out = why_left_out(result, photos)
    answered = left_out is None
    passed = int(answered and not result.failed)
    points = result.earned, result.possible
    yield Kind.QUESTION, key, Sums(1, int(answered), passed, 0, 0, 0, *points)
    if left_out in REASONS:
        yield Kind.ANSWER, f"{key}?{left_out}", ONE
    if answered:
        kind = Kind.ANSWER if question.metric is None else Kind.MARK
        for given, measured in _given(question, answers.get(key, {}).get("value")):
            yield kind, f"{key}={given}", Sums(1, final_sum=measured) if measured else ONE
    gap = difference(_mark(answers, key), _mark(answers, question.expectation))
    if gap is not None:
        yield Kind.GAP, key, Sums(1, 1, final_sum=gap)


def month_of(day: date) -> date:
    """Return the first day of the month, which names it."""
    return day.replace(day=1)


def _of_part(part: PartScore) -> Sums:
    score = part.score or 0
    return Sums(
        1,
        int(part.score is not None),
        int(bool(part.passed)),
        score,
        score * score,
        score,
        part.earned,
        part.possible,
    )


def why_left_out(result: QuestionResult, photos: Mapping[str, int]) -> LeftOut | None:
    """Why a question has no answer; a picture is one, though it has no value."""
    left_out = result.mark.left_out if result.mark else None
    is_pictured = left_out is LeftOut.UNANSWERED and result.question.type in PICTURES
    return None if is_pictured and photos.get(result.question.key) else left_out


def _given(question: Question, value: Any) -> Iterator[tuple[AnswerKey, int]]:
    """What an answer is counted as, each with what was measured, in thousandths; nothing where
    only that there is one can be told."""
    if question.type in MEASURES:
        measured = thousandths(value)
        assert measured is not None, "what is answered was accepted"
        yield class_start(measured, [band.start for band in question.bands]), measured
    elif question.type is QuestionType.SEVERAL:
        yield from ((option, 0) for option in value)
    elif question.type in SCORED:
        yield value, 0


def _mark(answers: Mapping[str, Any], key: str | None) -> int | None:
    """The mark given on a scale; None without one."""
    mark: int | None = answers.get(key, {}).get("value") if key is not None else None
    return mark
