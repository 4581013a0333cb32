"""Says answers, points and effects in words, for reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.checklist.sections import Checklist, Section
from audit_api.rules.exact import percent
from audit_api.rules.scoring.score import AppliedEffect
from audit_api.words import pick, say

MILLIONTHS = 1_000_000


def answer(question: Question, value: object, locale: str) -> str:
    """Return an answer's value as a person reads it."""
    if question.type is QuestionType.YES_NO:
        return say("answer.yes" if value in (True, "yes") else "answer.no", locale)
    if question.type is QuestionType.DURATION and isinstance(value, int | float):
        minutes, seconds = divmod(value, 60)
        return say("answer.duration", locale, minutes=int(minutes), seconds=f"{seconds:g}")
    if question.type is QuestionType.PLACE and isinstance(value, dict):
        return recorded(question, locale)
    if isinstance(value, list):
        return say("answer.joint", locale).join(_option(question, item, locale) for item in value)
    return _option(question, value, locale)


def recorded(question: Question, locale: str) -> str:
    """Return that a place, a time or a code was answered, and not which."""
    return say(f"answer.{question.type}", locale)


def points(millionths: int) -> str:
    """Return points as text: 2.5, 10, 0."""
    whole, rest = divmod(abs(millionths), MILLIONTHS)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if millionths < 0 else text


def weight(section: Section) -> str:
    return f"{section.weight / 1000:g}"


def effect(applied: AppliedEffect, checklist: Checklist, locale: str) -> str:
    """Return a sentence that tells which effect changed which score."""
    return say(
        f"effect.{applied.kind}",
        locale,
        where=_place(applied.where, checklist, locale),
        band=band(applied.band, checklist, locale),
        before=percent(applied.before),
        after=percent(applied.after),
    )


def band(key: str | None, checklist: Checklist, locale: str) -> str:
    """Return the title of a score band, nothing where there is none."""
    titles = (band.title for band in checklist.scoring.bands if band.key == key)
    return next((pick(title, locale) for title in titles), "")


def _option(question: Question, value: Any, locale: str) -> str:
    for option in question.options:
        if option.key == value and option.title:
            return pick(option.title, locale)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _place(key: str, checklist: Checklist, locale: str) -> str:
    titled: Iterable[Question | Section] = (*checklist.questions(), *checklist.sections())
    return next((pick(each.title, locale) for each in titled if each.key == key), key)
