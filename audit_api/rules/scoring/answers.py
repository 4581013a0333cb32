"""One answer as the phone sends it: what it is worth, or everything that is wrong with it.

An answer is `{"value": …}`, `{"not_applicable": true}` or `{"not_observed": true}`, each with
an optional `"comment"`.  Pictures are answered by photos of the audit's manifest instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from audit_api.errors import Fault, escaped
from audit_api.rules.checklist.questions import PICTURES, Question, QuestionType
from audit_api.rules.exact import number
from audit_api.rules.scoring.answer_values import (
    MAX_BARCODE_LENGTH,
    MAX_TEXT_LENGTH,
    LeftOut,
    Mark,
    Row,
    bounds,
    most_counted,
    value_reader,
)

MEMBERS = ("value", "not_applicable", "not_observed", "comment")
STATES = (LeftOut.NOT_APPLICABLE, LeftOut.NOT_OBSERVED)
MAX_COMMENT_LENGTH = 4_000


class Absent:
    """Stands where the phone sent no answer to a question."""


ABSENT = Absent()

AnswerReader = Callable[[Any], Row | None]


def answer_reader(question: Question, *, unanswered_is_zero: bool) -> AnswerReader:
    """The reader of a question's answers: an answer's row, or None for what is refused."""
    read_value = value_reader(question)
    required = question.required and question.type not in PICTURES
    absent = absent_row(question, unanswered_is_zero=unanswered_is_zero)
    left_out: Mapping[str, Row] = {state: left_out_row(question, state) for state in STATES}

    def read(answer: Any) -> Row | None:
        if answer is ABSENT:
            return None if required else absent
        has_value = answer.__class__ is dict and "value" in answer
        if has_value and (len(answer) == 1 or is_commented(answer)):
            return read_value(answer["value"])
        if any(answer_faults(question, answer)):
            return None
        if "value" in answer:
            return read_value(answer["value"])
        return next((row for state, row in left_out.items() if state in answer), absent)

    return read


def absent_row(question: Question, *, unanswered_is_zero: bool) -> Row:
    """The row of a question that got no answer; a picture that is due has to come all the same."""
    due = question.required and question.type in PICTURES
    dropped = 0 if unanswered_is_zero else question.possible
    return 0, Mark(question, photo=due, left_out=LeftOut.UNANSWERED, dropped=dropped)


def left_out_row(question: Question, why: LeftOut) -> Row:
    """The row of a question that does not count in this audit."""
    return 0, Mark(question, left_out=why, dropped=question.possible)


def is_commented(answer: Mapping[str, Any]) -> bool:
    """Whether an answer that has a value has a comment beside it, and nothing else."""
    comment = answer.get("comment")
    return len(answer) == 2 and comment.__class__ is str and len(comment) <= MAX_COMMENT_LENGTH


def answer_faults(question: Question, answer: Any) -> Iterator[Fault]:
    """Everything that is wrong with one answer; nothing where it is accepted."""
    pointer = f"/answers/{question.key}"
    if answer is ABSENT:
        if question.required and question.type not in PICTURES:
            yield Fault(pointer, "answer_missing")
        return
    if not isinstance(answer, dict):
        yield Fault(pointer, "answer_expected")
        return
    for member in sorted(answer.keys() - set(MEMBERS)):
        place = f"{pointer}/{escaped(member)}"
        yield Fault(place, "answer_member_unknown", {"accepted": list(MEMBERS)})
    comment = answer.get("comment", "")
    if not isinstance(comment, str) or len(comment) > MAX_COMMENT_LENGTH:
        yield Fault(f"{pointer}/comment", "comment_expected", {"longest": MAX_COMMENT_LENGTH})
    yield from _state_faults(question, answer, pointer)
    if "value" in answer and value_reader(question)(answer["value"]) is None:
        yield from value_faults(question, answer["value"], f"{pointer}/value")


def _state_faults(
    question: Question, answer: Mapping[str, object], pointer: str
) -> Iterator[Fault]:
    """An answer is exactly one thing: a value, or one of the reasons for having none."""
    allowed = {
        "value": question.type not in PICTURES,
        "not_applicable": question.not_applicable,
        "not_observed": question.not_observed,
    }
    accepted = [state for state, allows in allowed.items() if allows]
    states = [state for state in allowed if state in answer]
    if len(states) > 1 or (not states and question.type not in PICTURES):
        yield Fault(pointer, "answer_state_expected", {"accepted": accepted})
    for state in STATES:
        if state not in answer or (allowed[state] and answer[state] is True):
            continue
        here = f"{pointer}/{state}"
        if allowed[state]:
            yield Fault(here, "answer_state_not_true")
        elif set(accepted) - {"value"}:
            yield Fault(here, "answer_state_refused", {"accepted": accepted})
        else:
            yield Fault(here, "answer_required")


def value_faults(question: Question, value: object, pointer: str) -> Iterator[Fault]:
    """Why a value was refused, and what is accepted."""
    keys = [str(option.key) for option in question.options]
    match question.type:
        case QuestionType.SINGLE | QuestionType.YES_NO:
            yield Fault(pointer, "option_unknown", {"accepted": keys})
        case QuestionType.SEVERAL if isinstance(value, list):
            yield from _several_faults(keys, value, pointer)
        case QuestionType.SEVERAL:
            yield Fault(pointer, "options_expected", {"accepted": keys})
        case QuestionType.SCALE:
            yield Fault(pointer, "scale_mark_expected", {"low": keys[0], "high": keys[-1]})
        case QuestionType.NUMBER:
            low, high = (number(bound) for bound in bounds(question))
            yield Fault(pointer, "number_expected", {"low": low, "high": high})
        case QuestionType.COUNT:
            yield Fault(pointer, "count_expected", {"high": most_counted(question)})
        case QuestionType.DURATION:
            yield Fault(pointer, "duration_expected", {"high": most_counted(question)})
        case QuestionType.TEXT:
            yield Fault(pointer, "text_expected", {"longest": MAX_TEXT_LENGTH})
        case QuestionType.BARCODE:
            yield Fault(pointer, "text_expected", {"longest": MAX_BARCODE_LENGTH})
        case _:
            yield Fault(pointer, f"{question.type.value}_expected")


def _several_faults(keys: list[str], value: list[object], pointer: str) -> Iterator[Fault]:
    for position, given in enumerate(value):
        if given not in keys:
            yield Fault(f"{pointer}/{position}", "option_unknown", {"accepted": keys})
        elif given in value[:position]:
            yield Fault(f"{pointer}/{position}", "option_repeated")


def evidence_faults(mark: Mark, answer: Any, photos: int) -> list[Fault]:
    """The evidence that an accepted answer has to come with and does not.

    `photos` is how many photos the manifest declares for the question.
    """
    faults = []
    if mark.photo and not photos:
        faults.append(Fault(f"/answers/{mark.question.key}", "photo_missing"))
    if mark.comment and not answer.get("comment", "").strip():
        faults.append(Fault(f"/answers/{mark.question.key}/comment", "comment_missing"))
    return faults
