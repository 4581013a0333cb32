"""The parts of an audit's report that follow from its checklist, its answers and its score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit_api.drawing import BandStart, Scale, Text
from audit_api.pdf import Explanation, PhotoRef, QuestionLine, State, TouchpointPart
from audit_api.rules.checklist.questions import TRACES, Question
from audit_api.rules.checklist.sections import Checklist, questions_of
from audit_api.rules.scoring import QuestionResult, Scorer, Visit
from audit_api.rules.scoring.explanation import Step
from audit_api.rules.scoring.score import Score
from audit_api.services.documents.languages import locales, spoken
from audit_api.words import answers, pick, say
from audit_api.words.explanation.steps import sentences

Pictures = Mapping[str, tuple[PhotoRef, ...]]
"""The photos to show by question."""


def touchpoints(
    checklist: Checklist,
    scorer: Scorer,
    visit: Visit,
    score: Score,
    pictures: Pictures,
    lang: str,
    *,
    identifies: bool,
) -> tuple[TouchpointPart, ...]:
    """Return every touchpoint with the questions that were asked, numbered as in the checklist.

    Whoever is not to identify the auditor reads of an answer that leads there only that it exists.
    """
    results = {result.question.key: result for result in scorer.results(visit)}
    scores = {part.key: part.score for part in score.touchpoints}
    numbers = checklist.numbers()
    parts = []
    for touchpoint in checklist.touchpoints:
        lines = tuple(
            _line(
                numbers[question.key],
                question,
                visit,
                results[question.key],
                pictures,
                lang,
                identifies=identifies,
            )
            for question in questions_of(touchpoint)
            if question.key not in score.hidden
        )
        title, weight = texts(touchpoint.title, lang), answers.weight(touchpoint)
        parts.append(TouchpointPart(title, scores[touchpoint.key], weight, lines))
    return tuple(parts)


def scale(checklist: Checklist, lang: str) -> Scale:
    """Return what the checklist holds a score against."""
    bands = sorted(checklist.scoring.bands, key=lambda band: band.start)
    return Scale(
        tuple(BandStart(texts(band.title, lang), band.start) for band in bands),
        checklist.scoring.pass_mark,
    )


def explanation(checklist: Checklist, steps: Sequence[Step], lang: str) -> Explanation:
    """Return how the score came about: the steps of each question apart from the others."""
    told: dict[bool, list[Text]] = {True: [], False: []}
    for step, said in zip(steps, sentences(checklist, steps, locales(lang)), strict=True):
        told[step.kind in ("question", "hidden")].append(said)
    method = spoken(lambda locale: say(f"report.method_{checklist.scoring.method}", locale), lang)
    return Explanation(method, tuple(told[False]), tuple(told[True]))


def texts(titles: Mapping[str, str], lang: str) -> Text:
    """Return a checklist's own words."""
    return spoken(lambda locale: pick(titles, locale), lang)


def _line(
    number: str,
    question: Question,
    visit: Visit,
    result: QuestionResult,
    pictures: Pictures,
    lang: str,
    *,
    identifies: bool,
) -> QuestionLine:
    answer = visit.answers.get(question.key) or {}
    scored = question.scored or question.bonus
    return QuestionLine(
        number=number,
        title=texts(question.title, lang),
        answer=_answer(question, answer, lang, identifies=identifies),
        earned=answers.points(result.earned) if scored else "",
        possible=answers.points(result.possible) if scored else "",
        failed=result.failed,
        state=_state(answer, bool(visit.photos.get(question.key))),
        comment=answer.get("comment"),
        photos=pictures.get(question.key, ()),
    )


def _answer(question: Question, answer: Mapping[str, Any], lang: str, *, identifies: bool) -> Text:
    if "value" not in answer:
        return ""
    if question.type in TRACES and not identifies:
        return spoken(lambda locale: answers.recorded(question, locale), lang)
    return spoken(lambda locale: answers.answer(question, answer["value"], locale), lang)


def _state(answer: Mapping[str, Any], has_photo: bool) -> State:
    for state in (State.NOT_APPLICABLE, State.NOT_OBSERVED):
        if answer.get(state.value):
            return state
    return State.ANSWERED if "value" in answer or has_photo else State.UNANSWERED
