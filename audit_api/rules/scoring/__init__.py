"""The scorer of one checklist version: checks a phone's answers and scores them.

Order: visibility → items → sections → whole → bonus cap → critical effects → rounding → band
and pass mark.  Compiled once per version and immutable, so that any number of threads may
share one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from audit_api.errors import Fault, invalid, pointer_to
from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring.answer_values import LeftOut, Mark, Row, value_table
from audit_api.rules.scoring.answers import (
    ABSENT,
    Absent,
    AnswerReader,
    absent_row,
    answer_faults,
    answer_reader,
    evidence_faults,
    is_commented,
    left_out_row,
)
from audit_api.rules.scoring.score import (
    SCORING_ENGINE,
    AppliedEffect,
    PartScore,
    Score,
    score_from_json,
)
from audit_api.rules.scoring.verdict import Frame, frame, judge
from audit_api.rules.scoring.visibility import Visibility, visibility

__all__ = [
    "SCORING_ENGINE",
    "AppliedEffect",
    "PartScore",
    "QuestionResult",
    "Score",
    "Scorer",
    "Visit",
    "compile_scorer",
    "score_from_json",
]

MAX_FAULTS = 50
"""A refusal names no more faults than this."""
NOTHING: frozenset[str] = frozenset()


class Visit(NamedTuple):
    """What an audit is scored by.

    `answers` are the phone's by question key, as decoded from JSON (see `answers`), `photos`
    how many of the audit's manifest belong to each question, `attributes` the site's as stored,
    with its `kind` among them.
    """

    answers: Mapping[str, Any]
    photos: Mapping[str, int] = {}
    attributes: Mapping[str, object] = {}


class QuestionResult(NamedTuple):
    """One question of an audit: points earned and possible in millionths, and what else it did.

    `mark` is None for a plain answer; its `left_out` says why there is no value.
    """

    question: Question
    earned: int
    possible: int
    mark: Mark | None

    @property
    def failed(self) -> bool:
        return self.mark is not None and self.mark.failed


AnswerReading = tuple[type, Mapping[object, Row], AnswerReader, Row]
"""One question's way from an answer to its row: a table with the row of every listed value, all
of one class, the reader that knows every answer and gives None for what is refused, and the row
of no answer."""


def compile_scorer(checklist: Checklist) -> Scorer:
    """The scorer of a checklist version; cache it by the version's digest."""
    zero = checklist.scoring.unanswered_is_zero
    conditions = visibility(checklist)
    questions = {question.key: question for question in checklist.questions()}
    return Scorer(
        questions=questions,
        readings={
            key: (
                *value_table(question),
                answer_reader(question, unanswered_is_zero=zero),
                absent_row(question, unanswered_is_zero=zero),
            )
            for key, question in questions.items()
        },
        places={key: place for place, key in enumerate(questions)},
        frame=frame(checklist),
        visibility=conditions if conditions.steps else None,
        consequential=frozenset(key for key, each in questions.items() if each.consequential),
        texts=frozenset(key for key, each in questions.items() if each.type is QuestionType.TEXT),
    )


def _unasked(question: Question, read: AnswerReader) -> AnswerReading:
    """The reading of a question that was not asked: an answer to it has to be one, and is kept."""
    row = left_out_row(question, LeftOut.HIDDEN)
    return Absent, {}, lambda answer: row if answer is ABSENT or read(answer) else None, row


@dataclass(frozen=True, slots=True)
class Scorer:
    """Checks and scores the answers to one checklist version.

    `readings` stand in asking order, `places` tells where; `consequential` are the questions that
    can change a score or a status, `texts` those that are answered by one.
    """

    questions: Mapping[str, Question]
    readings: Mapping[str, AnswerReading]
    places: Mapping[str, int]
    frame: Frame
    visibility: Visibility | None
    consequential: Collection[str]
    texts: Collection[str]

    def site(self, attributes: Mapping[str, object]) -> Mapping[str, object]:
        """What a score goes by of a site's attributes."""
        return self.visibility.site(attributes) if self.visibility else {}

    def score(self, visit: Visit) -> Score:
        """The score of one audit.

        Raises `errors.Problem` of kind INVALID with every fault (50 at most), each at its
        JSON pointer under `/answers`, or `/photos` where a photo names no question.
        """
        answers, photos, known = visit.answers, visit.photos, self.questions.keys()
        outcome = self._read(answers, self._readings(visit))
        if outcome is None or not photos.keys() <= known or self._lacks(outcome[1], visit):
            raise invalid(*self.faults(visit))
        return judge(self.frame, *outcome, self.site(visit.attributes))

    def trial(self, visit: Visit) -> Score:
        """The score of an audit that may be unfinished: what is refused counts as unanswered."""
        results = self.results(visit)
        return judge(
            self.frame,
            [result.earned for result in results],
            [result.mark for result in results if result.mark],
            self.site(visit.attributes),
        )

    def results(self, visit: Visit) -> Sequence[QuestionResult]:
        """What each question brought, in asking order; what is refused counts as unanswered."""
        readings = zip(self._readings(visit).items(), self.frame.possible, strict=True)
        return [
            self._result(key, reading, possible, visit.answers.get(key, ABSENT))
            for (key, reading), possible in readings
        ]

    def result(self, key: str, answer: Any) -> QuestionResult:
        """What a question that was asked brought; `answer` is `answers.ABSENT` without one."""
        possible = self.frame.possible[self.places[key]]
        return self._result(key, self.readings[key], possible, answer)

    def _result(
        self, key: str, reading: AnswerReading, possible: int, answer: Any
    ) -> QuestionResult:
        _, _, read, without = reading
        earned, mark = read(answer) or without
        dropped = mark.dropped if mark else 0
        return QuestionResult(self.questions[key], earned, possible - dropped, mark)

    def hidden(self, visit: Visit) -> Collection[str]:
        """The questions that conditions keep from being asked."""
        if self.visibility is None:
            return NOTHING
        return self.visibility.hidden(visit.answers, visit.photos, self.site(visit.attributes))

    def faults(self, visit: Visit) -> list[Fault]:
        """Everything that is wrong with an audit's answers, 50 faults at most."""
        return list(islice(self._all_faults(visit), MAX_FAULTS))

    def _readings(self, visit: Visit) -> Mapping[str, AnswerReading]:
        """The questions' readings, with those of hidden ones in their places."""
        hidden = self.hidden(visit)
        if not hidden:
            return self.readings
        unasked = {key: _unasked(self.questions[key], self.readings[key][2]) for key in hidden}
        return {**self.readings, **unasked}

    def _read(
        self, answers: Mapping[str, Any], readings: Mapping[str, AnswerReading]
    ) -> tuple[list[int], list[Mark]] | None:
        """What was earned, in asking order, and the marks; None where an answer is refused, or is
        to no question."""
        earned, marks, absent = [], [], 0
        for key, (kind, table, read, _) in readings.items():
            try:
                # A listed value is looked up right here: most answers are one.
                answer = answers[key]
                value = answer["value"]
                listed = value.__class__ is kind and (len(answer) == 1 or is_commented(answer))
                row = table[value] if listed else read(answer)
            except (KeyError, TypeError):
                answer = answers.get(key, ABSENT)
                absent += answer is ABSENT
                row = read(answer)
            if row is None:
                return None
            points, mark = row
            earned.append(points)
            if mark is not None:
                marks.append(mark)
        return (earned, marks) if len(answers) + absent == len(readings) else None

    def _lacks(self, marks: Iterable[Mark], visit: Visit) -> bool:
        """Whether an answer came without the evidence that it has to come with."""
        demanding = [mark for mark in marks if mark.photo or mark.comment]
        return any(_evidence_faults(mark, visit) for mark in demanding)

    def _all_faults(self, visit: Visit) -> Iterator[Fault]:
        answers = visit.answers
        for key, (_, _, read, _) in self._readings(visit).items():
            answer = answers.get(key, ABSENT)
            row = read(answer)
            if row is None:
                yield from answer_faults(self.questions[key], answer)
            elif row[1] is not None:
                yield from _evidence_faults(row[1], visit)
        for key in sorted(answers.keys() - self.questions.keys()):
            yield Fault(pointer_to("answers", key), "question_unknown")
        for key in sorted(visit.photos.keys() - self.questions.keys()):
            yield Fault("/photos", "photo_question_unknown", {"question": key})


def _evidence_faults(mark: Mark, visit: Visit) -> list[Fault]:
    key = mark.question.key
    return evidence_faults(mark, visit.answers.get(key), visit.photos.get(key, 0))
