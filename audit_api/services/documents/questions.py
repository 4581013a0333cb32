"""The lines of an audit's questions: what was asked and answered, and what it brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.drawing import Text
from audit_api.pdf import PhotoRef, QuestionLine, State
from audit_api.rules.checklist.questions import TRACES, Question
from audit_api.rules.checklist.sections import Method
from audit_api.rules.scoring import QuestionResult, Visit
from audit_api.rules.scoring.answer_values import LeftOut
from audit_api.rules.scoring.explanation.questions import Asked, Hidden
from audit_api.services.documents.languages import spoken
from audit_api.services.documents.points import NONE, points
from audit_api.services.documents.told import Told, texts
from audit_api.words import answers
from audit_api.words.checklist import Words
from audit_api.words.explanation import effects
from audit_api.words.explanation.questions import asked_if, workings

Pictures = Mapping[str, tuple[PhotoRef, ...]]
"""The photos to show by question."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes the line of each question, from what is worked out once for all of them.

    Whoever is not to identify the auditor reads of an answer that leads there only that it exists.
    """

    told: Told
    pictures: Pictures
    identifies: bool
    numbers: Mapping[str, str]
    results: Mapping[str, QuestionResult]
    steps: Mapping[str, Asked | Hidden]
    words: Sequence[Words]

    def of(self, question: Question) -> QuestionLine:
        """The line of a question, of one that was not asked too."""
        told, result = self.told, self.results[question.key]
        hidden = result.mark is not None and result.mark.left_out is LeftOut.HIDDEN
        answer = {} if hidden else told.visit.answers.get(question.key) or {}
        by_demerits = told.checklist.scoring.method is Method.DEMERIT
        return QuestionLine(
            number=self.numbers[question.key],
            title=texts(question.title, told.lang),
            answer=self._answer(question, answer),
            points=NONE if hidden else points(result, told.lang, by_demerits=by_demerits),
            failed=result.failed,
            critical=self._critical(result),
            state=State.HIDDEN if hidden else _state(answer, question, told.visit),
            note=self._note(question),
            comment=answer.get("comment"),
            photos=() if hidden else self.pictures.get(question.key, ()),
        )

    def _answer(self, question: Question, answer: Mapping[str, Any]) -> Text:
        if "value" not in answer:
            return ""
        lang = self.told.lang
        if question.type in TRACES and not self.identifies:
            return spoken(lambda locale: answers.recorded(question, locale), lang)
        return spoken(lambda locale: answers.answer(question, answer["value"], locale), lang)

    def _critical(self, result: QuestionResult) -> Text | None:
        """What an answer did beyond its points; the section that it zeroes is its own."""
        hung = result.mark.effects if result.mark else ()
        if not hung:
            return None
        home = self.told.scorer.frame.home[result.question.key]
        return tuple(
            words.say("explain.also").join(
                effects.effect(each.kind, words, section=home, cap=each.cap, band=each.band)
                for each in hung
            )
            for words in self.words
        )

    def _note(self, question: Question) -> Text | None:
        """How the points came about, or why the question was not asked."""
        match self.steps.get(question.key):
            case Hidden() as step:
                return tuple(asked_if(step, words) for words in self.words)
            case Asked() as step:
                said = tuple(workings(step, words) for words in self.words)
                return said if any(said) else None
        return None


def lines(told: Told, pictures: Pictures, *, identifies: bool) -> Lines:
    """Return what makes the lines of an audit's questions."""
    results = told.scorer.results(told.visit)
    return Lines(
        told,
        pictures,
        identifies,
        numbers=told.checklist.numbers(),
        results={result.question.key: result for result in results},
        steps={step.key: step for step in told.steps if isinstance(step, Asked | Hidden)},
        words=told.words(),
    )


def _state(answer: Mapping[str, Any], question: Question, visit: Visit) -> State:
    for state in (State.NOT_APPLICABLE, State.NOT_OBSERVED):
        if answer.get(state.value):
            return state
    pictured = bool(visit.photos.get(question.key))
    return State.ANSWERED if "value" in answer or pictured else State.UNANSWERED
