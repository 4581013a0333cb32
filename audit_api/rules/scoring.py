"""The scorer of one checklist version: checks a phone's answers and scores them.

Order: items → sections → whole → bonus cap → critical effects → rounding → band and pass
mark.  Compiled once per version and immutable, so that any number of threads may share one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from audit_api.errors import Fault, invalid
from audit_api.rules.answer_values import Row, value_table
from audit_api.rules.answers import (
    ABSENT,
    AnswerReader,
    answer_faults,
    answer_reader,
    evidence_faults,
)
from audit_api.rules.questions import Question
from audit_api.rules.reading import escaped
from audit_api.rules.score import SCORING_ENGINE, AppliedEffect, PartScore, Score, score_from_json
from audit_api.rules.sections import Checklist
from audit_api.rules.verdict import Frame, frame, judge

__all__ = [
    "SCORING_ENGINE",
    "AppliedEffect",
    "PartScore",
    "Score",
    "Scorer",
    "compile_scorer",
    "score_from_json",
]

MOST_FAULTS = 50
"""A refusal names no more faults than this."""

Answers = Mapping[str, Any]
"""The phone's answers by question key, as decoded from JSON (see `answers`)."""
Photos = Mapping[str, int]
"""How many photos the audit's manifest declares, by question key."""


def compile_scorer(checklist: Checklist) -> Scorer:
    """The scorer of a checklist version; cache it by the version's digest."""
    questions = tuple(checklist.questions())
    zero = checklist.scoring.unanswered_is_zero
    return Scorer(
        questions={question.key: question for question in questions},
        readers=tuple(
            (
                question.key,
                *value_table(question),
                answer_reader(question, unanswered_is_zero=zero),
            )
            for question in questions
        ),
        frame=frame(checklist),
    )


@dataclass(frozen=True, slots=True)
class Scorer:
    """Checks and scores the answers to one checklist version."""

    questions: Mapping[str, Question]
    readers: tuple[tuple[str, type, Mapping[object, Row], AnswerReader], ...]
    frame: Frame

    def score(self, answers: Answers, photos: Photos) -> Score:
        """The score of one audit's answers.

        Raises `errors.Problem` of kind INVALID with every fault (50 at most), each at its
        JSON pointer under `/answers`, or `/photos` where a photo names no question.
        """
        rows: list[Row] = []
        for key, kind, table, read in self.readers:
            answer = answers.get(key, ABSENT)
            row = None
            # A bare listed value is looked up right here, without a call: most answers are.
            if answer.__class__ is dict and len(answer) == 1:
                value = answer.get("value")
                row = table.get(value) if value.__class__ is kind else None
            row = row or read(answer)
            if row is None:
                raise invalid(*self.faults(answers, photos))
            rows.append(row)
        earned, possible, answered, marks = zip(*rows, strict=True)
        noted = [mark for mark in marks if mark is not None]
        known = self.questions.keys()
        complete = answers.keys() <= known and photos.keys() <= known
        lacking = [
            mark
            for mark in noted
            if (mark.photo or mark.comment)
            and evidence_faults(
                mark, answers.get(mark.question.key), photos.get(mark.question.key, 0)
            )
        ]
        if lacking or not complete:
            raise invalid(*self.faults(answers, photos))
        return judge(self.frame, earned, possible, sum(answered), noted)

    def faults(self, answers: Answers, photos: Photos) -> list[Fault]:
        """Everything that is wrong with an audit's answers, 50 faults at most."""
        return list(islice(self._all_faults(answers, photos), MOST_FAULTS))

    def _all_faults(self, answers: Answers, photos: Photos) -> Iterator[Fault]:
        for key, _, _, read in self.readers:
            answer = answers.get(key, ABSENT)
            row = read(answer)
            if row is None:
                yield from answer_faults(self.questions[key], answer)
            elif row[3] is not None:
                yield from evidence_faults(row[3], answer, photos.get(key, 0))
        for key in answers.keys() - self.questions.keys():
            yield Fault(f"/answers/{escaped(key)}", "question_unknown")
        for key in photos.keys() - self.questions.keys():
            yield Fault("/photos", "photo_question_unknown", {"question": key})

    def points(self, answers: Answers) -> dict[str, tuple[int, int]]:
        """What each question earned and could earn, in millionths, for answers that were scored."""
        rows = ((key, read(answers.get(key, ABSENT))) for key, _, _, read in self.readers)
        return {key: (row[0], row[1]) for key, row in rows if row is not None}
