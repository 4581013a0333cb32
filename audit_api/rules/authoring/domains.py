"""The values that tests can tell apart, at least one for each way in which they can come out.

Of the many numbers, dates or texts that an answer may be, only those on a test's constant and
those between two of them differ to the tests; all the others behave like one that is listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, time
from itertools import combinations

from audit_api.rules.checklist.conditions import (
    FLAG,
    KIND,
    NUMBER,
    Operand,
    Operator,
    SiteAttribute,
    SubjectTest,
    predicate,
)
from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.exact import MAX_NUMBER, number, thousandths
from audit_api.rules.scoring.answer_values import bounds, most_counted

MAX_COMBINATIONS = 20_000
"""The most combinations that are tried for one condition."""

SECONDS = 24 * 60 * 60


def question_domain(question: Question, tests: Sequence[SubjectTest]) -> Sequence[object]:
    """What a visible question's value may be, None standing for no value.

    Empty where the choices of several options are more than `MAX_COMBINATIONS`.
    """
    constants = _constants(tests)
    if question.type is QuestionType.SEVERAL and 2 ** len(constants) > MAX_COMBINATIONS:
        return ()
    left_out = not question.required or question.not_applicable or question.not_observed
    return [*_answers(question, constants), *([None] if left_out else [])]


def attribute_domain(attribute: SiteAttribute, tests: Sequence[SubjectTest]) -> Sequence[object]:
    """What the site's value may be.  Nothing holds a site to the values that are declared, and
    only its kind is always known."""
    if attribute == KIND:
        return KIND.values
    return [*_site_values(attribute, _constants(tests)), None]


def told_apart(values: Iterable[object], tests: Sequence[SubjectTest]) -> Sequence[object]:
    """The first of the values for each different outcome of the tests."""
    predicates = [predicate(test) for test in tests]
    by_outcome: dict[tuple[bool, ...], object] = {}
    for value in values:
        by_outcome.setdefault(tuple(holds(value) for holds in predicates), value)
    return tuple(by_outcome.values())


def _constants(tests: Iterable[SubjectTest]) -> list[Operand]:
    """What the tests compare with, each once."""
    constants: list[Operand] = []
    for test in tests:
        if test.operator is not Operator.ANSWERED:
            constants += test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return list(dict.fromkeys(constants))


def _answers(question: Question, constants: Collection[Operand]) -> Iterator[object]:
    match question.type:
        case QuestionType.SINGLE | QuestionType.YES_NO | QuestionType.SCALE:
            yield from (option.key for option in question.options)
        case QuestionType.SEVERAL:
            for size in range(len(constants) + 1):
                yield from map(list, combinations(constants, size))
        case QuestionType.NUMBER:
            numbers = _exact(constants)
            yield from (number(near) for near in _near(numbers, *bounds(question)))
        case QuestionType.COUNT | QuestionType.DURATION:
            whole = [each // 1000 for each in _exact(constants)]
            yield from _near(whole, 0, most_counted(question))
        case QuestionType.DATE:
            days = [date.fromisoformat(str(day)).toordinal() for day in constants]
            last = date.max.toordinal()
            yield from (date.fromordinal(near).isoformat() for near in _near(days, 1, last))
        case QuestionType.TIME:
            seconds = [_second(time.fromisoformat(str(moment))) for moment in constants]
            yield from map(_clock, _near(seconds, 0, SECONDS - 1))
        case QuestionType.TEXT | QuestionType.BARCODE:
            yield from _words(constants)
        case _:
            yield True


def _site_values(attribute: SiteAttribute, constants: Collection[Operand]) -> Iterator[object]:
    if attribute.type == FLAG:
        yield from (True, False)
    elif attribute.type == NUMBER:
        # Twice as fine as any constant is written: a site's number may have more decimals.
        most = (MAX_NUMBER + 1) * 2000
        fine = [2 * each for each in _exact(constants)]
        yield from (near / 2000 for near in _near(fine, -most, most))
    else:
        yield from _words(constants)


def _exact(constants: Iterable[Operand]) -> list[int]:
    """Numbers in thousandths."""
    return [exact for constant in constants if (exact := thousandths(constant)) is not None]


def _near(constants: Iterable[int], low: int, high: int) -> Iterator[int]:
    """The lower bound, the constants, and what follows each: one lies in every gap."""
    around = (near for each in constants for near in (each, each + 1))
    yield from (near for near in (low, *around) if low <= near <= high)


def _words(constants: Collection[Operand]) -> Iterator[str]:
    """The constants, and a text that is none of them."""
    words = [str(constant) for constant in constants]
    yield from (*words, f"{''.join(words)}…")


def _second(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second


def _clock(second: int) -> str:
    return time(second // 3600, second // 60 % 60, second % 60).isoformat()
