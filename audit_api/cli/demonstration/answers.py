"""Believable answers: good sites mostly do well, and whatever fails comes with its evidence."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.rules.questions import Demand, Option, Question, QuestionType, ValueBand
from audit_api.rules.sections import Checklist

COMMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "service_attitude": (
            "Nobody looked up until I spoke first.",
            "Friendly, but busy with something else.",
        ),
        "communication": ("I had to ask twice before I got an answer.",),
        "expertise": ("The answer was a guess, and no colleague was asked.",),
        "problem_solving": ("It was put right only after the shift leader came.",),
        "product": ("Label and goods did not agree, and nobody had noticed.",),
        "food": ("Lukewarm, and it had waited at the pass.",),
        "environment": ("Dust in the corners and a box left standing about.",),
        "hygiene": ("Stains that had not come today.",),
    },
    "zh": {
        "service_attitude": ("一直没有人抬头，直到我先开口。", "态度友善，但手上一直忙别的事。"),
        "communication": ("问了两次才得到答复。",),
        "expertise": ("回答含糊，只说“大概是吧”，也没有去问同事。",),
        "problem_solving": ("店长过来以后才解决，处理得还算及时。",),
        "product": ("标签与实物不一致，店员没有发现。",),
        "food": ("端上来时已经不热，等了较久。",),
        "environment": ("角落有灰尘，过道边堆着空纸箱。",),
        "hygiene": ("有明显污渍，不像是当天留下的。",),
    },
}
"""What auditors write about a failure, by the dimension that it belongs to first."""
SUMMARIES = {
    "en": (
        "A pleasant visit from door to door: greeted at once, good advice, no pressure to buy.",
        "The advice was sound but rushed. The queue was short; the farewell was forgotten.",
    ),
    "zh": (
        "整体体验很好：进店即有人问候，介绍铁观音和桂花乌龙时很专业，没有强行推销。",
        "讲解还算清楚，但比较匆忙。排队不久，离店时没有人道别，茶杯陈列略显凌乱。",
    ),
}
GOOD_VISIT = 0.85


@dataclass(frozen=True, slots=True)
class Mood:
    """How a visit went: `skill` is the chance that one thing is done well, `locale` the language
    of the auditor's words, `pictures` whether failures with photos may happen."""

    skill: float
    locale: str
    pictures: bool
    arrived: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A visit's answers by question key, and the questions that photos were taken for."""

    answers: dict[str, Any]
    pictured: tuple[str, ...]


def fill_in(checklist: Checklist, mood: Mood, chance: random.Random) -> Answered:
    """Answer a checklist without conditions; the same `chance` gives the same answers."""
    answers: dict[str, Any] = {}
    pictured = []
    for question in checklist.questions():
        if question.type is QuestionType.PHOTO:
            if mood.pictures or not (question.not_observed or question.not_applicable):
                pictured.append(question.key)
            else:
                answers[question.key] = _left_out(question)
        elif question.not_applicable and chance.random() < 0.12:
            answers[question.key] = _left_out(question)
        elif question.required or chance.random() < 0.2:
            value, failed = _value(question, mood, chance)
            if value is not None:
                answers[question.key] = {"value": value} | _comment(question, failed, mood, chance)
            if failed and question.photo is Demand.WHEN_FAILED:
                pictured.append(question.key)
    return Answered(answers, tuple(pictured))


def _left_out(question: Question) -> dict[str, bool]:
    return {"not_observed" if question.not_observed else "not_applicable": True}


def _comment(question: Question, failed: bool, mood: Mood, chance: random.Random) -> dict[str, str]:
    wanted = failed and (question.comment is Demand.WHEN_FAILED or chance.random() < 0.5)
    topic = next(iter(question.dimensions), "service_attitude")
    return {"comment": chance.choice(COMMENTS[mood.locale][topic])} if wanted else {}


def _value(question: Question, mood: Mood, chance: random.Random) -> tuple[Any, bool]:
    match question.type:
        case QuestionType.SEVERAL:
            return _several(question, mood, chance), False
        case QuestionType.TEXT if question.key == "summary":
            return SUMMARIES[mood.locale][mood.skill < GOOD_VISIT], False
        case QuestionType.TIME:
            return mood.arrived, False
        case QuestionType.NUMBER if not question.bands:
            return chance.randrange(18, 180), False
    if not question.worths:
        return None, False
    worth = _pick(question, mood, chance)
    if isinstance(worth, Option):
        return worth.key, worth.failed
    return _inside(worth, question.bands, chance), worth.failed


def _pick(question: Question, mood: Mood, chance: random.Random) -> Option | ValueBand:
    """Go down from the best answer; a long scale is gone down faster, disaster seldom strikes."""
    worths = sorted(question.worths, key=lambda worth: -worth.points)
    if question.photo is Demand.WHEN_FAILED and not mood.pictures:
        worths = [worth for worth in worths if not worth.failed]
    skill = mood.skill * (0.6 if len(worths) > 5 else 1)
    if question.effects:
        skill = 0.985
    return next((worth for worth in worths if chance.random() < skill), worths[-1])


def _several(question: Question, mood: Mood, chance: random.Random) -> list[Any]:
    best = max(question.options, key=lambda option: option.points)
    return [
        option.key
        for option in question.options
        if option is best or chance.random() < (mood.skill if option.points > 0 else 0.05)
    ]


def _inside(band: ValueBand, bands: Sequence[ValueBand], chance: random.Random) -> int:
    low = max(band.start // 1000, 0)
    above = [other.start // 1000 for other in bands if other.start > band.start]
    return chance.randrange(low, min(above, default=low + low // 2 + 2))
