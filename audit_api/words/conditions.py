"""Says conditions in words.

A negation is never said around what it negates: it goes down to the tests, which are said as not
holding.  A test that had no value does not hold, and is true of what is said of it then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from audit_api.rules.checklist.conditions import (
    KIND,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Operator,
    Source,
    SubjectTest,
)
from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.exact import thousandths
from audit_api.words.checklist import Words, decimal, value

CLOCKS = (QuestionType.DATE, QuestionType.TIME)

Tests = Mapping[Operator, tuple[str, str]]
"""What is said where a test holds, and where it does not."""

TESTS: Tests = {
    Operator.EQUALS: ("condition.equals", "condition.differs"),
    Operator.ONE_OF: ("condition.one_of", "condition.none_of"),
    Operator.CONTAINS: ("condition.contains", "condition.lacks"),
    Operator.LESS_THAN: ("condition.less_than", "condition.not_less_than"),
    Operator.AT_MOST: ("condition.at_most", "condition.not_at_most"),
    Operator.MORE_THAN: ("condition.more_than", "condition.not_more_than"),
    Operator.AT_LEAST: ("condition.at_least", "condition.not_at_least"),
}
TESTS_OF_CLOCKS: Tests = {
    **TESTS,
    Operator.LESS_THAN: ("condition.before", "condition.not_before"),
    Operator.AT_MOST: ("condition.by", "condition.not_by"),
    Operator.MORE_THAN: ("condition.after", "condition.not_after"),
    Operator.AT_LEAST: ("condition.from", "condition.not_from"),
}
ANSWERED = {True: "condition.answered", False: "condition.unanswered"}
KNOWN = {True: "condition.known", False: "condition.unknown"}
KINDS = {"own": "condition.own", "competitor": "condition.competitor"}


def condition(expression: Condition, words: Words, *, negated: bool = False) -> str:
    """Return a condition in words, or what is so where it does not hold, to stand after “if”."""
    match expression:
        case AllOf(parts):
            return _joined(parts, "condition.or" if negated else "condition.and", words, negated)
        case AnyOf(parts):
            return _joined(parts, "condition.and" if negated else "condition.or", words, negated)
        case Not(part):
            return condition(part, words, negated=not negated)
        case SubjectTest(Source.QUESTION):
            return _test_of_question(expression, words, negated)
        case SubjectTest():
            return _test_of_site(expression, words, negated)


def _joined(parts: Sequence[Condition], joint: str, words: Words, negated: bool) -> str:
    if len(parts) == 1:
        return condition(parts[0], words, negated=negated)
    return words.say(joint).join(_grouped(part, words, negated) for part in parts)


def _grouped(part: Condition, words: Words, negated: bool) -> str:
    text = condition(part, words, negated=negated)
    return words.say("condition.group", condition=text) if _is_joined(part) else text


def _is_joined(part: Condition) -> bool:
    """Whether a condition is said with “and” or “or”."""
    match part:
        case Not(inner):
            return _is_joined(inner)
        case AllOf(parts) | AnyOf(parts):
            return len(parts) > 1 or any(map(_is_joined, parts))
    return False


def _test_of_question(test: SubjectTest, words: Words, negated: bool) -> str:
    question = words.questions[test.key]
    subject = words.say("condition.question", question=words.question(test.key))
    tests = TESTS_OF_CLOCKS if question.type in CLOCKS else TESTS
    if isinstance(test.operand, bool):
        return words.say(ANSWERED[test.operand is not negated], subject=subject)
    named = partial(_answer, question, words=words)
    return _compared(tests[test.operator][negated], test, subject, named, words)


def _answer(question: Question, operand: object, words: Words) -> str:
    text = value(question, operand, words.locale)
    measured = isinstance(operand, int | float) or question.type in CLOCKS
    return text if measured else words.say("name.quoted", title=text)


def _test_of_site(test: SubjectTest, words: Words, negated: bool) -> str:
    if test.key == KIND.key:
        subject, named = words.say("condition.kind"), partial(_kind, words=words)
    else:
        title = words.quoted(words.attributes[test.key])
        subject, named = words.say("condition.site", title=title), partial(_attribute, words=words)
    if test.operator is Operator.ANSWERED:
        return words.say(KNOWN[bool(test.operand) is not negated], subject=subject)
    return _compared(TESTS[test.operator][negated], test, subject, named, words)


def _kind(operand: object, words: Words) -> str:
    return words.say(KINDS[str(operand)])


def _attribute(operand: object, words: Words) -> str:
    if isinstance(operand, bool):
        return words.say("answer.yes" if operand else "answer.no")
    exact = thousandths(operand)
    return words.say("name.quoted", title=operand) if exact is None else decimal(exact)


def _compared(
    code: str,
    test: SubjectTest,
    subject: str,
    named: Callable[[object], str],
    words: Words,
) -> str:
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    text = words.say("answer.joint").join(map(named, operands))
    return words.say(code, subject=subject, value=text)
