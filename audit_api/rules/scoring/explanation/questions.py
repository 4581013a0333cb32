"""The first steps of an explained score: what each question of an audit brought, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from audit_api.rules.checklist.conditions import Condition, compile_condition
from audit_api.rules.checklist.questions import (
    MEASURES,
    PICTURES,
    SCORED,
    AnswerKey,
    Question,
    QuestionType,
)
from audit_api.rules.checklist.sections import Checklist, Method, conditions_over, walk
from audit_api.rules.exact import thousandths
from audit_api.rules.scoring import QuestionResult, Visit
from audit_api.rules.scoring.answer_values import LeftOut


class State(StrEnum):
    """What became of a question that was asked."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    UNANSWERED = "unanswered"


class Finding(StrEnum):
    """Why an answer failed: a listed answer, choices that come to no points, the band that the
    value lies in, or every unit that was counted."""

    ANSWER = "answer"
    NOTHING = "nothing"
    BAND = "band"
    COUNTED = "counted"


class Worth(NamedTuple):
    """What an answer is worth: `points` = `units` × Σ`terms`, of several choices never below 0.

    `best` is what the best answer is worth.  A measured value lies in the band from `low` to
    below `high`; an end without a limit is None, and so are both where there are no bands.
    """

    best: int
    terms: tuple[int, ...] = ()
    units: int = 1
    points: int = 0
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: earned = weight × points; possible = weight × best, but 0 for a
    bonus, and for what has no value, unless the checklist counts the unanswered as zero.

    Only a question of a type that may bring points has a `value`.  Where the checklist scores by
    demerits, each of the `findings` costs `demerit`.  `counts` says that the coverage counts the
    question.
    """

    kind: ClassVar[str] = "question"
    key: str
    section: str
    type: QuestionType
    state: State
    value: object
    worth: Worth
    weight: int
    earned: int
    possible: int
    bonus: bool
    finding: Finding | None
    demerit: int
    findings: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Hidden:
    """A question that was not asked: the first condition that did not hold, and the question or
    section, `place`, that has it."""

    kind: ClassVar[str] = "hidden"
    key: str
    section: str
    place: str
    condition: Condition


Conditions = tuple[tuple[str, Condition], ...]
"""What a question is asked on: conditions, outermost first, each beside the key that has it."""


class QuestionPlace(NamedTuple):
    """Where a question stands: in which section, and under which conditions."""

    section: str
    conditions: Conditions


def items(
    checklist: Checklist,
    results: Sequence[QuestionResult],
    visit: Visit,
    site: Mapping[str, object],
) -> Iterator[Asked | Hidden]:
    """One step for each question, in asking order; `site` is what the conditions go by."""
    values = _values(results, visit)
    by_demerits = checklist.scoring.method is Method.DEMERIT
    for place, result in zip(_places(checklist), results, strict=True):
        if _left_out(result) is LeftOut.HIDDEN:
            yield _hidden(result.question, place, values, site)
        else:
            yield _asked(result, visit, place.section, by_demerits=by_demerits)


def _places(checklist: Checklist) -> Iterator[QuestionPlace]:
    """Where each question stands, in asking order."""
    for path in walk(checklist.touchpoints):
        for question in path[-1].questions:
            yield QuestionPlace(path[-1].key, tuple(conditions_over(path, question)))


def _left_out(result: QuestionResult) -> LeftOut | None:
    return result.mark.left_out if result.mark else None


def _values(results: Iterable[QuestionResult], visit: Visit) -> dict[str, object]:
    """What the conditions go by of every question that was asked: as `visibility` has it, also
    of an answer that is refused."""
    values: dict[str, object] = {}
    for result in results:
        key = result.question.key
        if _left_out(result) is LeftOut.HIDDEN:
            continue
        if result.question.type in PICTURES:
            values |= {key: True} if _is_pictured(key, visit) else {}
        elif "value" in (answer := _given(key, visit)):
            values[key] = answer["value"]
    return values


def _given(key: str, visit: Visit) -> Mapping[str, object]:
    answer = visit.answers.get(key)
    return answer if isinstance(answer, Mapping) else {}


def _is_pictured(key: str, visit: Visit) -> bool:
    answer = _given(key, visit)
    return bool(visit.photos.get(key)) and not answer.keys() & {"not_applicable", "not_observed"}


def _hidden(
    question: Question,
    place: QuestionPlace,
    values: Mapping[str, object],
    site: Mapping[str, object],
) -> Hidden:
    """The step of a question of which one condition at least does not hold."""
    where, condition = next(
        (where, condition)
        for where, condition in place.conditions
        if not compile_condition(condition)(values, site)
    )
    return Hidden(question.key, place.section, where, condition)


def _asked(result: QuestionResult, visit: Visit, section: str, *, by_demerits: bool) -> Asked:
    question = result.question
    state = _state(result, visit)
    scored = state is State.ANSWERED and question.type in SCORED
    value = visit.answers[question.key]["value"] if scored else None
    finding = _finding(question, value) if result.failed else None
    return Asked(
        key=question.key,
        section=section,
        type=question.type,
        state=state,
        value=value,
        worth=_worth(question, value),
        weight=question.weight,
        earned=result.earned,
        possible=result.possible,
        bonus=question.bonus,
        finding=finding,
        demerit=question.demerit if by_demerits else 0,
        findings=_findings(question, value) if finding else 0,
        counts=question.scored,
    )


def _findings(question: Question, value: Any) -> int:
    """How many findings an answer that failed holds: as many as were counted, else one."""
    if question.type is QuestionType.COUNT and not question.bands:
        return int(value)
    return 1


def _state(result: QuestionResult, visit: Visit) -> State:
    question, why = result.question, _left_out(result)
    if why is None or (question.type in PICTURES and _is_pictured(question.key, visit)):
        return State.ANSWERED
    return State(why)


def _chosen(value: Any) -> list[AnswerKey]:
    return value if isinstance(value, list) else [value]


def _worth(question: Question, value: Any) -> Worth:
    """What a value is worth, which the answers' readers have accepted; None is no value."""
    best = max(question.best, 0)
    if value is None:
        return Worth(best)
    if question.bands:
        return _band_worth(question, best, value)
    if question.type in MEASURES:
        per_unit = question.per_unit
        return Worth(best, (per_unit,), value, per_unit * value) if per_unit else Worth(best)
    worths = {option.key: option.points for option in question.options}
    terms = tuple(worths[key] for key in _chosen(value))
    points = max(sum(terms), 0) if question.type is QuestionType.SEVERAL else sum(terms)
    return Worth(best, terms, points=points)


def _band_worth(question: Question, best: int, value: object) -> Worth:
    starts = [band.start for band in question.bands]
    place = bisect_right(starts[1:], thousandths(value) or 0)
    points = question.bands[place].points
    return Worth(
        best,
        (points,),
        points=points,
        low=starts[place] if place else None,
        high=starts[place + 1] if place + 1 < len(starts) else None,
    )


def _finding(question: Question, value: Any) -> Finding:
    """Why a value that failed did."""
    if question.bands:
        return Finding.BAND
    if question.type in MEASURES:
        return Finding.COUNTED
    chosen = _chosen(value)
    failed = any(option.failed for option in question.options if option.key in chosen)
    return Finding.ANSWER if failed else Finding.NOTHING
