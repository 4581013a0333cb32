"""The parts of an audit's report that follow from its checklist, its answers and its score."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.drawing import BandStart, Scale, Text
from audit_api.pdf import EffectLine, Explanation, Impression, TouchpointPart
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.checklist.sections import Checklist, Method, questions_of
from audit_api.rules.exact import percent, percentage
from audit_api.rules.scoring.explanation.changes import changes
from audit_api.rules.scoring.explanation.questions import Asked, Hidden
from audit_api.rules.scoring.score import Score
from audit_api.services.documents.languages import locales, spoken
from audit_api.services.documents.points import NONE
from audit_api.services.documents.questions import Pictures, lines
from audit_api.services.documents.told import Told, texts
from audit_api.words import say
from audit_api.words.explanation import effects as effect_words
from audit_api.words.explanation.steps import sentences


def touchpoints(told: Told, pictures: Pictures, *, identifies: bool) -> tuple[TouchpointPart, ...]:
    """Return every touchpoint with its questions, numbered as in the checklist; `identifies` says
    whether the reader may know who the auditor was."""
    made = lines(told, pictures, identifies=identifies)
    scores = {part.key: part.score for part in told.score.touchpoints}
    shares = dict(_shares(told.checklist, told.score))
    return tuple(
        TouchpointPart(
            texts(touchpoint.title, told.lang),
            scores[touchpoint.key],
            shares.get(touchpoint.key, NONE),
            tuple(map(made.of, questions_of(touchpoint))),
        )
        for touchpoint in told.checklist.touchpoints
    )


def _shares(checklist: Checklist, score: Score) -> Iterator[tuple[str, str]]:
    """What each touchpoint with a score counts for in the whole, in percent: by its weight, or by
    its points.  Demerits are taken off the whole, and no touchpoint has a share of it."""
    if checklist.scoring.method is Method.DEMERIT:
        return
    weighted = checklist.scoring.method is Method.WEIGHTED
    counted = {
        part.key: touchpoint.weight if weighted else part.possible
        for part, touchpoint in zip(score.touchpoints, checklist.touchpoints, strict=True)
        if part.score is not None
    }
    for key, weight in counted.items():
        yield key, percent(percentage(weight, sum(counted.values())))


def effects(told: Told) -> tuple[EffectLine, ...]:
    """Return what every critical effect did to its section and to the whole, in their order."""
    words = told.words()
    return tuple(
        EffectLine(
            tuple(effect_words.causes(change, each) for each in words),
            tuple(effect_words.done(change, each) for each in words),
            _change(change.section_before, change.section_after, told.lang)
            if change.section
            else NONE,
            _change(change.before, change.after, told.lang),
        )
        for change in changes(told.steps, bonus_over_100=told.checklist.scoring.bonus_over_100)
    )


def _change(before: int | None, after: int | None, lang: str) -> Text:
    if before == after:
        return spoken(lambda locale: say("effect.unchanged", locale), lang)
    return f"{percent(before)} → {percent(after)}"


def impression(told: Told) -> Impression | None:
    """Return the visit in the shopper's own words: the answer to the last question that a text
    answers, which is where a checklist asks for the whole story."""
    for question in reversed(tuple(told.checklist.questions())):
        answer = told.visit.answers.get(question.key, {})
        asked = question.key not in told.score.hidden
        if question.type is QuestionType.TEXT and asked and "value" in answer:
            number = told.checklist.numbers()[question.key]
            return Impression(number, texts(question.title, told.lang), answer["value"])
    return None


def scale(checklist: Checklist, lang: str) -> Scale:
    """Return what the checklist holds a score against."""
    bands = sorted(checklist.scoring.bands, key=lambda band: band.start)
    return Scale(
        tuple(BandStart(texts(band.title, lang), band.start) for band in bands),
        checklist.scoring.pass_mark,
    )


def explanation(told: Told) -> Explanation:
    """Return how the score came about; what each question brought stands beside the question."""
    steps = [step for step in told.steps if not isinstance(step, Asked | Hidden)]
    code = f"report.method_{told.checklist.scoring.method}"
    return Explanation(
        spoken(lambda locale: say(code, locale), told.lang),
        tuple(sentences(told.checklist, steps, locales(told.lang))),
    )
