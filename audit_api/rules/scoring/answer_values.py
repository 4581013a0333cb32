"""What an answered value is worth: one reader per question, its tables made once.

A reader is the only judge of what is accepted: it answers the value's row, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from audit_api.rules.checklist.questions import (
    AnswerKey,
    Demand,
    Demanded,
    Effect,
    Question,
    QuestionType,
)
from audit_api.rules.exact import MAX_NUMBER, thousandths

MAX_COUNT = 1_000_000
"""The largest count, and the longest duration in seconds."""
MAX_WORTH = 100_000_000_000
"""One answer earns or costs at most 100,000 points, in millionths: the greatest weight times the
greatest points."""
MAX_TEXT_LENGTH = 10_000
MAX_BARCODE_LENGTH = 500
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")


class LeftOut(StrEnum):
    """Why a question has no value."""

    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer brings besides points: most answers bring nothing, and have no mark.

    `demerit` is in thousandths; `photo` and `comment` are evidence that it has to come with;
    `left_out` says why there is no value, where there is none, and `dropped` what the question
    would have added to the points possible (millionths).
    """

    question: Question
    failed: bool = False
    effects: tuple[Effect, ...] = ()
    demerit: int = 0
    photo: bool = False
    comment: bool = False
    left_out: LeftOut | None = None
    dropped: int = 0


Row = tuple[int, Mark | None]
"""What was earned, in millionths, and the mark."""

ValueReader = Callable[[object], Row | None]


def value_reader(question: Question) -> ValueReader:
    """The reader of a question's values."""
    match question.type:
        case QuestionType.SINGLE | QuestionType.YES_NO | QuestionType.SCALE:
            return _table_reader(question)
        case QuestionType.SEVERAL:
            return _several_reader(question)
        case QuestionType.NUMBER:
            return _number_reader(question)
        case QuestionType.COUNT | QuestionType.DURATION:
            return _count_reader(question)
        case _:
            return _evidence_reader(question)


def _row(
    question: Question,
    points: int,
    failed: bool,
    *,
    given: Sequence[AnswerKey] = (),
    effects: tuple[Effect, ...] = (),
    findings: int = 1,
) -> Row:
    """The row of an answer worth `points` (thousandths) that holds so many findings.

    `given` are the listed answers that it names.
    """
    mark = None
    photo = _demanded(question.photo, failed, given)
    comment = _demanded(question.comment, failed, given)
    if failed or effects or photo or comment:
        own = question.effects if failed else ()
        # What several chosen options do alike happens once.
        every = tuple(dict.fromkeys(effects + own))
        demerit = question.demerit * findings if failed else 0
        mark = Mark(question, failed, every, demerit, photo, comment)
    return question.weight * points, mark


def _demanded(demanded: Demanded, failed: bool, given: Sequence[AnswerKey]) -> bool:
    if isinstance(demanded, tuple):
        return any(answer in demanded for answer in given)
    return demanded is Demand.ALWAYS or (failed and demanded is Demand.WHEN_FAILED)


def value_table(question: Question) -> tuple[type, Mapping[object, Row]]:
    """The class of a question's values and the row of each, where they can all be listed."""
    kind = int if question.type is QuestionType.SCALE else str
    if question.type not in (QuestionType.SINGLE, QuestionType.YES_NO, QuestionType.SCALE):
        return kind, {}
    return kind, {
        option.key: _row(
            question,
            option.points,
            option.failed,
            given=(option.key,),
            effects=option.effects,
        )
        for option in question.options
    }


def _table_reader(question: Question) -> ValueReader:
    kind, table = value_table(question)
    # The class is compared because True and 1.0 would find the row of 1.
    return lambda value: table.get(value) if value.__class__ is kind else None


def _several_reader(question: Question) -> ValueReader:
    options = {option.key: option for option in question.options}
    possible = question.possible

    def read(value: object) -> Row | None:
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            return None
        chosen = [options[key] for key in value if key in options]
        if len(chosen) != len(value) or len(set(value)) != len(value):
            return None
        points = max(sum(option.points for option in chosen), 0)
        nothing = possible > 0 and points == 0
        failed = nothing or any(option.failed for option in chosen)
        effects = tuple(effect for option in chosen for effect in option.effects)
        return _row(question, points, failed, given=value, effects=effects)

    return read


def _band_rows(question: Question) -> Callable[[int], Row]:
    starts = [band.start for band in question.bands][1:]
    ordered = [
        _row(question, band.points, band.failed, effects=band.effects) for band in question.bands
    ] or [_row(question, 0, False)]
    return lambda exact: ordered[bisect_right(starts, exact)]


def _number_reader(question: Question) -> ValueReader:
    low, high = bounds(question)
    band_row = _band_rows(question)

    def read(value: object) -> Row | None:
        exact = thousandths(value)
        return None if exact is None or not low <= exact <= high else band_row(exact)

    return read


def bounds(question: Question) -> tuple[int, int]:
    """The least and the greatest number that is accepted, in thousandths."""
    low, high = question.minimum, question.maximum
    most = MAX_NUMBER * 1000
    return -most if low is None else low, most if high is None else high


def most_counted(question: Question) -> int:
    """The largest count, or number of seconds, that is accepted."""
    each = abs(question.weight * (question.per_unit or 0))
    return min(MAX_COUNT, MAX_WORTH // each) if each else MAX_COUNT


def _count_reader(question: Question) -> ValueReader:
    most = most_counted(question)
    per_unit = question.per_unit or 0
    every_unit_fails = question.fails_by_counting
    each = question.type is QuestionType.COUNT and not question.bands
    band_row = _band_rows(question)

    def read(value: object) -> Row | None:
        if value.__class__ is not int or not 0 <= value <= most:
            return None
        count: int = value
        if question.bands:
            return band_row(count * 1000)
        failed = every_unit_fails and count > 0
        return _row(question, per_unit * count, failed, findings=count if each else 1)

    return read


def _evidence_reader(question: Question) -> ValueReader:
    row = _row(question, 0, False)
    accepts = EVIDENCE.get(question.type, _never)
    return lambda value: row if accepts(value) else None


def _never(value: object) -> bool:
    return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH and bool(value.strip())


def _is_barcode(value: object) -> bool:
    return _is_text(value) and len(str(value)) <= MAX_BARCODE_LENGTH


def _is_date(value: object) -> bool:
    return isinstance(value, str) and bool(DATE.fullmatch(value)) and _parses(date, value)


def _is_time(value: object) -> bool:
    return isinstance(value, str) and bool(TIME.fullmatch(value)) and _parses(time, value)


def _parses(kind: type[date] | type[time], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_place(value: object) -> bool:
    """Degrees north and east (WGS 84), and optionally the accuracy in metres."""
    if not isinstance(value, dict) or not {"latitude", "longitude"} <= value.keys():
        return False
    most = {"latitude": (-90, 90), "longitude": (-180, 180), "accuracy": (0, MAX_NUMBER)}
    return value.keys() <= most.keys() and all(
        type(number) in (int, float) and most[name][0] <= number <= most[name][1]
        for name, number in value.items()
    )


EVIDENCE: Mapping[QuestionType, Callable[[object], bool]] = {
    QuestionType.TEXT: _is_text,
    QuestionType.BARCODE: _is_barcode,
    QuestionType.DATE: _is_date,
    QuestionType.TIME: _is_time,
    QuestionType.PLACE: _is_place,
}
"""What each kind of evidence accepts; a picture accepts no value: it comes as a photo."""
